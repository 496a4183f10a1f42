"""Wiring of the app."""

from importlib import import_module
from importlib.util import find_spec

from django.apps import AppConfig

# Modules that register something when the product starts: policy rows, workflow tables, routes, duties, panels, figures.
WIRED = ("policies", "transitions", "actions", "duties", "panels", "catalogue")
# The rooms of the yearly round of papers; each registers its own.
ROOMS = ("quarterly", "hearings", "committee", "overview", "checks", "indicators", "evaluation", "ecology")


class ReportsConfig(AppConfig):
    """文书报告."""

    name = "reports"
    verbose_name = "文书报告"

    def ready(self) -> None:
        """Load what registers itself."""
        for place in ("reports", *(f"reports.{room}" for room in ROOMS)):
            for module in WIRED:
                if find_spec(f"{place}.{module}"):
                    import_module(f"{place}.{module}")
