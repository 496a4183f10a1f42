"""Reads a ledger workbook, shows what it says, and with `--commit` takes it over."""

import json
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from accounts.digest import sm3
from accounts.models import Organ, User
from accounts.permissions import Permission, has
from accounts.roles import Role
from accounts.workflow import Refused
from ledgers.importing import book_of, read_workbook, take_over
from ledgers.models import ImportRun
from ledgers.sheets import CellError, Reading, Row, Unreadable

REFUSED, USAGE = 1, 2
FIELDS = ("task", "unit", "problem", "found_on", "clue", "suggestion", "due_on", "closed_on", "handling")


class Command(BaseCommand):
    """`import_ledger FILE --organ NAME --year Y [--commit] [--skip-bad-rows] [--json]`."""

    help = "读取工作台账（.xlsx、.xls、.et）；加 --commit 才写入"

    def add_arguments(self, parser: CommandParser) -> None:
        """Names as in the contract; `--by` names the person in whose name the rows are written."""
        parser.add_argument("file")
        parser.add_argument("--organ", required=True, help="单位名称")
        parser.add_argument("--year", required=True, type=int, help="台账年度")
        parser.add_argument("--commit", action="store_true", help="写入台账")
        parser.add_argument("--skip-bad-rows", action="store_true", help="跳过不能导入的行")
        parser.add_argument("--by", help="登录名；不写则为该单位第一个经办人")
        parser.add_argument("--json", action="store_true", help="在标准输出打印 JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        """Exit 0; 1 when the input is refused (nothing is written), 2 when it was asked for wrongly."""
        organ = Organ.objects.filter(name=options["organ"]).first()
        if organ is None:
            raise CommandError(f"没有名为“{options['organ']}”的单位，请核对 --organ。", returncode=USAGE)
        path = Path(options["file"])
        if not path.is_file():
            raise CommandError(f"找不到文件“{path}”。", returncode=USAGE)
        if not 2000 <= options["year"] <= 2100:
            raise CommandError("--year 应为四位年度，例如 2026。", returncode=USAGE)
        reading, imported, why = self._import(organ, path, options)
        if options["json"]:
            answer = _answer(organ, options["year"], reading, imported)
            self.stdout.write(json.dumps(answer, ensure_ascii=False, indent=1))
        else:
            self._say(reading, imported)
        if why:
            raise CommandError(why, returncode=REFUSED)

    def _import(self, organ: Organ, path: Path, options: dict[str, Any]) -> tuple[Reading, int, str]:
        book = book_of(organ, options["year"])
        data = path.read_bytes()
        try:
            reading = read_workbook(data, path.name, book)
        except Unreadable as unreadable:
            whole_file = CellError(0, "", "", unreadable.sentence)
            return Reading(errors=[whole_file]), 0, unreadable.sentence
        if reading.errors and not options["skip_bad_rows"]:
            return reading, 0, f"有{len({error.row for error in reading.errors})}行不能导入，没有写入。"
        if not options["commit"]:
            return reading, 0, ""
        now = timezone.now()
        run = ImportRun(organ=organ, year=options["year"], filename=path.name[:200], digest=sm3(data), created_at=now)
        try:
            by = self._person(organ, options["by"])
            counts = take_over(reading, book, run, by=by, at=now, skip_bad_rows=options["skip_bad_rows"])
        except Refused as refused:
            return reading, 0, refused.full
        return reading, counts["new"] + counts["changed"], ""

    def _person(self, organ: Organ, username: str | None) -> User:
        """The named person, else the organ's first clerk, else its head."""
        members = User.objects.filter(is_active=True).order_by("pk")
        if username:
            named = members.filter(username=username).first()
            if named is None:
                raise CommandError(f"没有登录名为“{username}”的在用账号。", returncode=USAGE)
            return named
        staff = sorted(members.filter(organ=organ), key=lambda user: (user.role != Role.CLERK, user.pk))
        person = next((user for user in staff if has(user, Permission.DRAFT, organ.pk)), None)
        if person is None:
            raise Refused(f"{organ.name}没有可以登记台账的账号，请先由管理员开通，或用 --by 指定。", "A6.2b")
        return person

    def _say(self, reading: Reading, imported: int) -> None:
        for note in reading.notes:
            self.stdout.write(note)
        for error in reading.errors:
            self.stdout.write(error.message)
        self.stdout.write(f"读入{len(reading.rows)}行，写入{imported}行。")


def _answer(organ: Organ, year: int, reading: Reading, imported: int) -> dict[str, Any]:
    return {
        "organ": organ.name,
        "year": year,
        "rows": [_row(row) for row in reading.rows],
        "errors": [_error(error) for error in reading.errors],
        "imported": imported,
    }


def _row(row: Row) -> dict[str, Any]:
    values = {name: getattr(row, name) for name in FIELDS}
    return {"row": row.row} | {
        name: value.isoformat() if hasattr(value, "isoformat") else value for name, value in values.items()
    }


def _error(error: CellError) -> dict[str, Any]:
    return {"row": error.row, "column": error.column, "cell": error.cell, "message": error.message}
