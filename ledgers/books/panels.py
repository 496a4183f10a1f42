"""Soft lists of the registers: what waits, for whom a talk may be due, which holiday comes. Persons decide; nothing is owed."""

from __future__ import annotations

from datetime import date
from typing import Any


def soft_lists(user: Any, day: date) -> list[dict[str, Any]]:
    """Lists for the registers' home page."""
    return []
