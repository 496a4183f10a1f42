"""Run the periodic jobs once, without a broker: the system's own scheduler can drive a small office."""

import json
from datetime import datetime
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.module_loading import import_string

from accounts.calendar import SHANGHAI


class Command(BaseCommand):
    """`tick [--at ISO-MOMENT]`: every job derives its work from the database, so a second run does nothing twice."""

    help = "运行到期的定时任务一次（可用 --at 指定时刻）。"

    def add_arguments(self, parser: Any) -> None:
        """One optional moment."""
        parser.add_argument("--at", help="ISO 时刻，如 2026-03-20T08:00:00+08:00；缺省为现在")
        parser.add_argument("--json", action="store_true")

    def handle(self, *args: Any, **options: Any) -> None:
        """Run each beat entry by its name and print what it did; one that fails leaves the others their turn."""
        at, done, failed = _moment(options["at"]).isoformat(), {}, []
        for name, entry in settings.CELERY_BEAT_SCHEDULE.items():
            try:
                done[name] = import_string(entry["task"])(at=at)
            except Exception:  # noqa: BLE001 - written down by the task itself, with its traceback in the log
                failed.append(name)
        self.stdout.write(json.dumps({"at": at, "jobs": done, "failed": failed}, ensure_ascii=False))
        if failed:
            raise CommandError(f"没有完成的定时任务：{'、'.join(failed)}", returncode=1)


def _moment(text: str | None) -> datetime:
    if not text:
        return timezone.now()
    try:
        moment = datetime.fromisoformat(text)
    except ValueError as error:
        raise CommandError(f"--at 不是 ISO 时刻：{text}", returncode=2) from error
    return moment if moment.tzinfo else moment.replace(tzinfo=SHANGHAI)
