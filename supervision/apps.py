"""Wiring of the app."""

from importlib import import_module
from importlib.util import find_spec

from django.apps import AppConfig

# Modules that register something when the product starts: policy rows, workflow tables, routes, duties, panels.
WIRED = (
    "policies",
    "reporting.policies",
    "transitions",
    "rounds.transitions",
    "reporting.transitions",
    "actions",
    "duties",
    "panels",
    "documents.duties",
    "documents.panels",
    "reporting.duties",
    "reporting.panels",
    "reporting.chain",
)


class SupervisionConfig(AppConfig):
    """问题整改."""

    name = "supervision"
    verbose_name = "问题整改"

    def ready(self) -> None:
        """Load what registers itself."""
        for module in WIRED:
            if find_spec(f"supervision.{module}"):
                import_module(f"supervision.{module}")
