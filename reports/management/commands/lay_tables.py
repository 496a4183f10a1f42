"""The tables of a new embedded database at once, where the way over every migration takes a minute."""

from typing import Any

from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.db import connection
from django.test.utils import override_settings

from checklists.shipped import ship


class Command(BaseCommand):
    """`lay_tables`: lays an empty SQLite database by today's models; any other database takes its migrations."""

    help = "新建内置数据库的全部数据表；已有数据的数据库按迁移逐步升级。"

    def handle(self, *args: Any, **options: Any) -> None:
        """Lay them, or migrate. A second run has nothing to do."""
        if connection.vendor == "sqlite" and not connection.introspection.table_names():
            lay()
        call_command("migrate", interactive=False, verbosity=0)


def lay() -> None:
    """Every table by its model, what ships with the product in them, and each migration noted as done."""
    own = {config.label: None for config in apps.get_app_configs()}
    with override_settings(MIGRATION_MODULES={**settings.MIGRATION_MODULES, **own}):
        call_command("migrate", run_syncdb=True, interactive=False, verbosity=0)
    ship()
    call_command("migrate", fake=True, interactive=False, verbosity=0)
