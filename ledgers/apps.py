"""Wiring of the app."""

from importlib import import_module
from importlib.util import find_spec

from django.apps import AppConfig

# Modules that register something when the product starts: policy rows, workflow tables, routes, duties, panels.
WIRED = ("policies", "transitions", "actions", "duties", "panels", "registers", "consulting.duties", "books.panels")


class LedgersConfig(AppConfig):
    """工作台账."""

    name = "ledgers"
    verbose_name = "工作台账"

    def ready(self) -> None:
        """Load what registers itself."""
        for module in WIRED:
            if find_spec(f"ledgers.{module}"):
                import_module(f"ledgers.{module}")
