"""The desk is put together from panels; each app above registers what it has for the desk."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any


@dataclass(frozen=True)
class Panel:
    """One panel: `rows(user, day)` gives what the template shows; an empty answer hides the panel."""

    key: str
    template: str
    rows: Callable[[Any, date], Any]
    column: str = "todo"  # todo, waiting, soon; wide stands above the columns, below under them
    order: int = 100


PANELS: dict[str, Panel] = {}


def panel(declared: Panel) -> None:
    """Register a panel; called when an app is ready."""
    PANELS[declared.key] = declared


def panels_for(user: Any, *, on: date) -> list[tuple[Panel, Any]]:
    """The panels that have something for this user today."""
    found = ((entry, entry.rows(user, on)) for entry in sorted(PANELS.values(), key=lambda p: p.order))
    return [(entry, rows) for entry, rows in found if rows]
