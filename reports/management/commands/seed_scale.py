"""A large synthetic county for benchmarks."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils import timezone

from accounts.models import Organ
from reports.demo.scale import build


class Command(BaseCommand):
    """`seed_scale --problems N --organs M`: adds to the demo county, never to an office's own data."""

    help = "为性能测试加入大量合成数据。"

    def add_arguments(self, parser: Any) -> None:
        """How much."""
        parser.add_argument("--problems", type=int, required=True)
        parser.add_argument("--organs", type=int, required=True)

    def handle(self, *args: Any, **options: Any) -> None:
        """Build it in one transaction."""
        if not settings.DEMO:
            raise CommandError("合成数据只用于演示环境（DEMO=1）。", returncode=1)
        if not Organ.objects.exists():
            raise CommandError("请先运行 seed_demo。", returncode=1)
        with transaction.atomic():
            build(options["problems"], max(1, options["organs"]), at=timezone.now())
        self.stderr.write(f"已加入 {options['problems']} 个问题、{options['organs']} 个单位。")
