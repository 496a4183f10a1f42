"""The demo county's year 2026, lived through the product's own verbs."""

from __future__ import annotations


def build_year() -> None:
    """Key points, proposals with their signatures, the published list, ledgers, problems."""
