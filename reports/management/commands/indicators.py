"""Print every indicator of a period: as JSON for programs, as a table for people."""

from __future__ import annotations

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from reports.counting.figure import Scope
from reports.indicators import choosing
from reports.indicators.rate import words
from reports.indicators.table import Row, rows


class Command(BaseCommand):
    """`indicators --from D --to D [--organ NAME] [--id ID …] [--topic NAME | --campaign NAME] --json`, as the contract of the product says."""

    help = "按统计期列出各项指标。"

    def add_arguments(self, parser: Any) -> None:
        """The days, both counted; the organ, the ids and the topic that narrow it."""
        parser.add_argument("--from", dest="first", help="起始日期，如 2026-07-01，含当日")
        parser.add_argument("--to", dest="last", help="截止日期，含当日")
        parser.add_argument("--organ", help="只统计某单位，写全称或简称；缺省为全县")
        parser.add_argument("--id", dest="ids", nargs="*", action="extend", help="只列这些指标，如 I3-5 R-1")
        parser.add_argument("--topic", help="只统计某专题")
        parser.add_argument("--campaign", help="只统计某专项行动，即它的专题")
        parser.add_argument("--json", action="store_true")

    def handle(self, *args: Any, **options: Any) -> None:
        """Count and print."""
        try:
            scope, wanted = _scope(options), choosing.indicators(options["ids"])
        except choosing.Unknown as wrong:
            raise CommandError(str(wrong), returncode=wrong.status) from wrong
        found = list(rows(scope, wanted))
        if options["json"]:
            self.stdout.write(json.dumps({row.id: row.as_json() for row in found}, ensure_ascii=False))
        else:
            self.stdout.write("\n".join(_line(row) for row in found))


def _scope(options: Any) -> Scope:
    first, last = choosing.day("--from", options["first"]), choosing.day("--to", options["last"])
    if first > last:
        raise choosing.Unknown(f"起始日期{first}晚于截止日期{last}，请核对 --from 和 --to。", choosing.USAGE)
    topic = choosing.topic(options["topic"], options["campaign"])
    organs = choosing.organs(options["organ"])
    return Scope(frozenset(organs), first, last, min(last, timezone.localdate()), topic)


def _line(row: Row) -> str:
    """One line of the table; nothing but the number is aligned, because Chinese names have no fixed width here."""
    return f"{row.id}\t{row.name}\t{words(row.value, row.unit)}\t{row.records}条记录"
