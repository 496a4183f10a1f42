"""What every office starts with: the edition of the regulation, the methods of article 8, the first topics.

The rows came with a migration, which runs once; an emptied or newly laid database asks for them here.
"""

from importlib import import_module
from typing import Any

from django.apps import apps

_MIGRATION: Any = import_module("checklists.migrations.0002_shipped")
METHODS: tuple[tuple[str, str], ...] = _MIGRATION.METHODS
BASIS: str = _MIGRATION.BASIS


def ship() -> None:
    """Enter the rows into tables that have none of them."""
    _MIGRATION.ship(apps, None)
