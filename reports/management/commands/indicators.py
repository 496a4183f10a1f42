"""Print every indicator of a period: as JSON for programs, as a table for people."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from accounts.models import Organ
from accounts.roles import OrganKind
from checklists.models import Topic
from reports.counting.figure import Scope
from reports.indicators.rate import words
from reports.indicators.table import Row, ids, rows


class Command(BaseCommand):
    """`indicators --from D --to D [--organ NAME] [--id ID …] [--topic NAME] --json`, as the contract of the product says."""

    help = "按统计期列出各项指标。"

    def add_arguments(self, parser: Any) -> None:
        """The days, both counted; the organ, the ids and the topic that narrow it."""
        parser.add_argument("--from", dest="first", required=True, help="起始日期，如 2026-07-01，含当日")
        parser.add_argument("--to", dest="last", required=True, help="截止日期，含当日")
        parser.add_argument("--organ", help="只统计某单位；缺省为全县")
        parser.add_argument(
            "--id", dest="ids", nargs="+", action="extend", default=[], help="只列这些指标，如 I3-5 R-1"
        )
        parser.add_argument("--topic", help="只统计某专题")
        parser.add_argument("--json", action="store_true")

    def handle(self, *args: Any, **options: Any) -> None:
        """Count and print."""
        found = list(rows(_scope(options), _ids(options["ids"])))
        if options["json"]:
            self.stdout.write(json.dumps({row.id: row.as_json() for row in found}, ensure_ascii=False))
        else:
            self.stdout.write("\n".join(_line(row) for row in found))


def _scope(options: Any) -> Scope:
    first, last = _day("--from", options["first"]), _day("--to", options["last"])
    if first > last:
        raise CommandError(f"起始日期{first}晚于截止日期{last}，请核对 --from 和 --to。", returncode=2)
    topic = _topic(options["topic"]) if options["topic"] else None
    organs = _organs(options["organ"])
    return Scope(frozenset(organs), first, last, min(last, timezone.localdate()), topic)


def _day(name: str, text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise CommandError(f"{name} 不是日期：{text}，请写成 2026-07-01 的形式。", returncode=2) from error


def _organs(name: str | None) -> Sequence[int]:
    """One organ; a commission stands for its whole county, and no name for all there are."""
    if not name:
        return list(Organ.objects.values_list("pk", flat=True))
    organ = Organ.objects.filter(name=name).first()
    if organ is None:
        raise CommandError(f"没有名为“{name}”的单位，请写单位全称。", returncode=1)
    if organ.kind == OrganKind.COMMISSION:
        return list(Organ.objects.within(organ).values_list("pk", flat=True))
    return [organ.pk]


def _topic(name: str) -> int:
    topic = Topic.objects.filter(name=name).first()
    if topic is None:
        raise CommandError(f"没有名为“{name}”的专题，请核对专题名称。", returncode=1)
    return topic.pk


def _ids(wanted: Sequence[str]) -> Sequence[str]:
    unknown = [one for one in wanted if one not in ids()]
    if unknown:
        raise CommandError(f"没有编号为“{'、'.join(unknown)}”的指标。", returncode=2)
    return wanted


def _line(row: Row) -> str:
    """One line of the table; nothing but the number is aligned, because Chinese names have no fixed width here."""
    return f"{row.id}\t{row.name}\t{words(row.value, row.unit)}\t{row.records}条记录"
