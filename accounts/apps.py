"""Wiring of the app."""

from importlib import import_module
from importlib.util import find_spec

from django.apps import AppConfig

# What forms say, and modules that register something when the product starts: policy rows, workflow tables, routes, duties, panels.
WIRED = ("forms.words", "policies", "transitions", "actions", "duties", "panels")


class AccountsConfig(AppConfig):
    """组织权限."""

    name = "accounts"
    verbose_name = "组织权限"

    def ready(self) -> None:
        """Load what registers itself."""
        for module in WIRED:
            if find_spec(f"accounts.{module}"):
                import_module(f"accounts.{module}")
