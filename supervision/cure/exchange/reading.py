"""The workbook as it comes back: whose it is, who filled it in, what each good cell says, which cells are refused and why."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from accounts.sheets.dates import NotADay, day_of
from accounts.sheets.grid import cell_name
from accounts.workflow import Refused
from supervision.cure.exchange.codes import item_of, package_of, sheet_digest
from supervision.cure.exchange.shape import (
    CHECK,
    EDITABLE,
    HEADER_ROW,
    HEADINGS,
    LOCKED,
    LONGEST,
    MOST,
    POST_CELL,
    SENDER_CELL,
    SHEET,
)
from supervision.rules import is_text

PHONE = re.compile(r"\d[\d\s-]{6,}\d")
Sheets = dict[str, dict[str, Any]]


@dataclass
class Returned:
    """`cells`: rectification id -> field -> text. `faults`: row, cell and sentence of what is not taken over."""

    sender: str = ""
    post: str = ""
    cells: dict[str, dict[str, str]] = field(default_factory=dict)
    faults: list[dict[str, Any]] = field(default_factory=list)

    def refuse(self, row: int, column: int, sentence: str) -> None:
        """Note one refused cell; `row` and `column` counted from 1."""
        self.faults.append({"row": row, "cell": cell_name(row - 1, column - 1), "sentence": sentence})


def named_package(sheets: Sheets) -> int:
    """The package that the file says it is. Raises `Refused` where the code is gone or was altered."""
    text = " ".join(" ".join(map(str, row)) for row in _rows(sheets)[:5])
    found = package_of(text)
    if found is None:
        raise Refused(
            "没有找到整改表编号，或者编号被改动（第2行）。请使用本系统发出的整改表填写，不要另做表格。", "A9.8a"
        )
    return found


def read_returned(sheets: Sheets, package: int, sent: Sequence[dict[str, Any]], *, today: date) -> Returned:
    """Compare the file with what was sent and take its words, cell by cell. Raises `Refused` where it cannot be used at all."""
    rows = _rows(sheets)
    _check_frame(rows, sheets, package, sent)
    found = Returned(_at(rows, *SENDER_CELL), _at(rows, *POST_CELL))
    _check_sender(found)
    known = {row["code"]: row for row in sent}
    formulas = {(row + 1, column + 1) for row, column in _sheet(sheets)["formulas"]}
    for number in range(HEADER_ROW + 1, len(rows) + 1):
        texts = [_at(rows, number, column) for column in range(1, len(HEADINGS) + 1)]
        if any(texts):
            _read_row(found, number, texts, known, package, formulas, today)
    return found


def _sheet(sheets: Sheets) -> dict[str, Any]:
    if SHEET not in sheets:
        raise Refused(f"文件里没有“{SHEET}”工作表。请使用本系统发出的整改表填写。", "A9.8a")
    return sheets[SHEET]


def _rows(sheets: Sheets) -> list[list[str]]:
    rows: list[list[str]] = _sheet(sheets)["rows"]
    return rows


def _at(rows: list[list[str]], row: int, column: int) -> str:
    if row > len(rows) or column > len(rows[row - 1]):
        return ""
    return str(rows[row - 1][column - 1]).strip()


def _check_frame(rows: list[list[str]], sheets: Sheets, package: int, sent: Sequence[dict[str, Any]]) -> None:
    headings = tuple(_at(rows, HEADER_ROW, column) for column in range(1, len(HEADINGS) + 1))
    if headings != HEADINGS:
        place = next(n for n, (is_, was) in enumerate(zip(headings, HEADINGS, strict=True)) if is_ != was)
        raise Refused(
            f"表头{cell_name(HEADER_ROW - 1, place)}应为“{HEADINGS[place]}”，列被增删或改名。请在发出的原表上填写。",
            "A9.8a",
        )
    seal = [_at(row_set, 2, 1) for name, sheet in sheets.items() if name == CHECK for row_set in [sheet["rows"]]]
    if seal != [sheet_digest(package, [[row[name] for name in LOCKED] for row in sent])]:
        raise Refused(
            "整改表的校验码不符：“校验”工作表被删除或改动。请在发出的原表上填写，不要另存部分工作表。", "A9.8a"
        )


def _check_sender(found: Returned) -> None:
    if not found.sender:
        raise Refused(f"{cell_name(SENDER_CELL[0] - 1, 1)}没有填写填报人。请由被监督单位补填姓名后再上传。", "A9.8a")
    if PHONE.search(found.sender) or PHONE.search(found.post):
        raise Refused("填报人一栏只填写姓名、科室和职务，请删去电话号码后再上传。", "A9.8a")


def _read_row(
    found: Returned, number: int, texts: list[str], known: dict[str, dict[str, Any]], package: int,
    formulas: set[tuple[int, int]], today: date,
) -> None:  # fmt: skip
    code = texts[0]
    key = item_of(code, package)
    if key is None or code not in known:
        said = f"编号“{code}”校验不符，被改动过" if code else "编号是空的，表外增加的行"
        found.refuse(number, 1, f"{said}，本行不导入。新发现的问题请由监督单位登记。")
        return
    if str(key) in found.cells:
        found.refuse(number, 1, f"编号“{code}”在表中出现了两次，只导入第一次出现的行。")
        return
    for column, (name, label) in enumerate(LOCKED.items(), 1):
        if texts[column - 1] != known[code][name]:
            found.refuse(number, column, f"“{label}”是锁定内容，与发出时不一致，本行不导入。请在原表上重新填写本行。")
            return
    found.cells[str(key)] = {}
    for column, name in enumerate(EDITABLE, len(LOCKED) + 1):
        _read_cell(found, number, column, name, texts[column - 1], str(key), (number, column) in formulas, today)


def _read_cell(
    found: Returned, row: int, column: int, name: str, text: str, key: str, formula: bool, today: date
) -> None:
    label, longest = EDITABLE[name], LONGEST.get(name, MOST)
    if formula:
        found.refuse(row, column, f"“{label}”是公式，不是文字，未导入。请直接写出内容。")
        return
    if not (verdict := is_text(text)):
        found.refuse(row, column, f"“{label}”未导入：{verdict.sentence}")
        return
    if len(text) > longest:
        found.refuse(row, column, f"“{label}”有{len(text)}个字，超过{longest}个字，未导入。")
        return
    if name == "claimed_on":
        text = _day(found, row, column, text, today)
    if text:
        found.cells[key][name] = text


def _day(found: Returned, row: int, column: int, text: str, today: date) -> str:
    try:
        day = day_of(text, year=today.year)
    except NotADay:
        found.refuse(row, column, f"“{text}”不是日期，未导入。请写成 2026-03-05 的样式。")
        return ""
    if day and day > today:
        found.refuse(row, column, f"整改完成日期{day:%Y-%m-%d}晚于今天，未导入。没有完成的请留空。")
        return ""
    return day.isoformat() if day else ""
