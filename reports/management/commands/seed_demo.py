"""Fill an empty database with the demo county."""

import os
import secrets
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils import timezone

from accounts.models import User
from checklists.shipped import ship
from reports.demo.county import PEOPLE, build_county
from reports.demo.duties import build_duties
from reports.demo.quarterly import build_quarterly
from reports.demo.year import build_year


class Command(BaseCommand):
    """`seed_demo [--fresh]`: the demo county with the year 2026; does nothing where it already stands."""

    help = "建立示范县演示数据。"

    def add_arguments(self, parser: Any) -> None:
        """--fresh empties the database first."""
        parser.add_argument("--fresh", action="store_true", help="清空后重新建立")

    def handle(self, *args: Any, **options: Any) -> None:
        """Seed once; print who can log in."""
        if not settings.DEMO:
            raise CommandError("演示数据只用于演示环境（DEMO=1）。", returncode=1)
        if options["fresh"]:
            empty()
        if User.objects.exists():
            self.stderr.write("演示数据已存在，保持不变。")
            return
        password = demo_password(renew=True)
        with transaction.atomic():
            build_county(password, on=timezone.localdate())
            build_year()
            build_quarterly(timezone.now())
            build_duties(timezone.now())
        self.stderr.write(f"已建立示范县演示数据：{len(PEOPLE)} 个可登录账号。")


def empty() -> None:
    """Every table emptied, then the rows that every office starts with: they came by a migration, which runs once."""
    call_command("flush", interactive=False, verbosity=0)
    ship()


def demo_password(*, renew: bool = False) -> str:
    """The one password of all demo accounts: DEMO_PASSWORD, else a generated one kept beside the data."""
    given = os.environ.get("DEMO_PASSWORD", "")
    path = Path(settings.VAR_DIR) / "demo-password"
    if given:
        password = given
    elif path.exists() and not renew:
        return path.read_text().strip()
    else:
        password = f"shifan-{secrets.token_hex(4)}"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(password + "\n")
    path.chmod(0o600)
    return password
