"""Wiring of the app."""

from importlib import import_module
from importlib.util import find_spec

from django.apps import AppConfig

# Modules that register something when the product starts: policy rows, workflow tables, routes, duties, panels.
WIRED = ("policies", "transitions", "actions", "duties", "panels", "meetings.duties")


class ChecklistsConfig(AppConfig):
    """监督清单."""

    name = "checklists"
    verbose_name = "监督清单"

    def ready(self) -> None:
        """Load what registers itself."""
        for module in WIRED:
            if find_spec(f"checklists.{module}"):
                import_module(f"checklists.{module}")
