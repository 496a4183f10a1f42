"""Print who owes what on a day: the duty matrix as JSON."""

import json
from datetime import date
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from accounts.calendar import local_day
from accounts.duties import open_duties, settle_duties
from accounts.models import Duty, Organ


class Command(BaseCommand):
    """`duties --on D [--organ NAME] --json`, as the contract of the product says."""

    help = "列出某日的各项职责及其状态。"

    def add_arguments(self, parser: Any) -> None:
        """Day and organ."""
        parser.add_argument("--on", help="日期，如 2026-03-25；缺省为今天")
        parser.add_argument("--organ", help="只列某单位")
        parser.add_argument("--json", action="store_true")

    def handle(self, *args: Any, **options: Any) -> None:
        """Open what is owed on that day, settle what is proved, and print."""
        day = _day(options["on"])
        open_duties(day)
        settle_duties()
        rows = Duty.objects.filter(opened_on__lte=day).select_related("organ").order_by("due_on", "pk")
        if options["organ"]:
            rows = rows.filter(organ=_organ(options["organ"]))
        self.stdout.write(json.dumps([_row(duty, day) for duty in rows], ensure_ascii=False))


def _day(text: str | None) -> date:
    try:
        return date.fromisoformat(text) if text else timezone.localdate()
    except ValueError as error:
        raise CommandError(f"--on 不是日期：{text}", returncode=2) from error


def _organ(name: str) -> Organ:
    organ = Organ.objects.filter(name=name).first()
    if organ is None:
        raise CommandError(f"没有名为“{name}”的单位。", returncode=1)
    return organ


def _row(duty: Duty, day: date) -> dict[str, Any]:
    return {
        "article": duty.article,
        "duty": duty.kind,
        "organ": duty.organ.name,
        "about": duty.title,
        "period": duty.period,
        "due_on": duty.due_on.isoformat(),
        "fulfilled_on": local_day(duty.fulfilled_at).isoformat() if duty.fulfilled_at else None,
        "state": str(duty.state(on=day).value),
    }
