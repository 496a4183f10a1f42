"""单位工作台账 and 工作总台账, as papers and as workbooks that can be imported again (A6.2)."""

from __future__ import annotations

from datetime import date
from typing import Any

from accounts.models import Organ
from accounts.xlsx import Sheet, workbook
from ledgers.columns import COLUMNS
from ledgers.selectors import master_rows, rows_of
from reports.paper import Paper, Table, chinese_day

DAYS = ("found_on", "due_on", "closed_on", "updated_at")
# Shares of the printed width: a day needs 18 mm, what people write gets the rest.
SHARES = {"seq": 3, "task": 12, "unit": 8, "problem": 18, "found_on": 8.7, "method": 5, "clue": 6, "suggestion": 12, "due_on": 8.7,
          "rectification": 12, "closed_on": 8.7, "handling": 7, "handler": 5, "updated_at": 8.7}  # fmt: skip
MASTER = (("seq", "序号", 4), ("form", "监督形式", 7), ("task", "工作任务", 18), ("measures", "工作举措", 22), ("organ__name", "责任单位", 14),
          ("milestone_text", "时间节点", 14), ("progress_note", "进展情况", 12), ("found", "发现问题数", 6), ("closed", "整改完成数", 6),
          ("clues", "移交线索数", 6), ("handled", "处理情况数", 6), ("status", "完成状态", 8), ("updated", "更新日期", 11))  # fmt: skip


def unit_rows(organ: Organ, year: int) -> list[dict[str, Any]]:
    """Every row of the ledger, page by page."""
    rows: list[dict[str, Any]] = []
    while page := rows_of(organ, year, after=rows[-1]["position"] if rows else 0):
        rows += page
    return [row["cells"] for row in rows]


def unit_sheet(organ: Organ, year: int, *, on: date) -> bytes:
    """The ledger as the office keeps it: head with unit and year, six obligatory columns and the usual ones."""
    columns = [(column.title, max(column.width / 8, 8)) for column in COLUMNS]
    values = [[_cell(column.key, row[column.key]) for column in COLUMNS] for row in unit_rows(organ, year)]
    quarter = (on.month - 1) // 3 + 1
    head = [
        f"单位：{organ.name}　　年度：{year}年　　截至{year}年第{quarter}季度"
        if on.year == year
        else f"单位：{organ.name}　　年度：{year}年"
    ]
    return workbook(
        [
            Sheet(
                f"{organ.name}{year}年政治监督工作台账",
                columns,
                values,
                head=head,
                name="工作台账",
                centred=frozenset({0}),
            )
        ]
    )


def _cell(key: str, text: str) -> Any:
    if key == "seq":
        return int(text)
    try:
        return date.fromisoformat(text) if key in DAYS and text else text
    except ValueError:
        return text  # what a clerk typed and has not mended yet stays as she typed it


def unit_paper(organ: Organ, year: int, *, on: date) -> Paper:
    """The same for printing."""
    columns = [(column.title, SHARES[column.key]) for column in COLUMNS]
    rows = [[row[column.key] for column in COLUMNS] for row in unit_rows(organ, year)]
    return Paper(title=f"{organ.name}{year}年政治监督工作台账", head_lines=[f"单位：{organ.name}　　年度：{year}年　　打印日期：{chinese_day(on)}"],
                 blocks=[Table(columns, rows)], landscape=True)  # fmt: skip


def _master(year: int, organ_ids: frozenset[int], on: date) -> list[list[Any]]:
    found = master_rows(year, organ_ids, on=on)
    for row in found:
        row["updated"] = row["updated_at"].date() if row["updated_at"] else None
    return [[row[key] for key, _, _ in MASTER] for row in found]


def master_sheet(year: int, organ_ids: frozenset[int], *, on: date) -> bytes:
    """工作总台账 as a workbook."""
    columns = [(heading, width * 1.5) for _, heading, width in MASTER]
    return workbook(
        [
            Sheet(
                f"{year}年政治监督工作总台账",
                columns,
                _master(year, organ_ids, on),
                name="工作总台账",
                centred=frozenset({0}),
            )
        ]
    )


def master_paper(year: int, organ_ids: frozenset[int], *, on: date) -> Paper:
    """工作总台账 for printing."""
    rows = [["" if value is None else str(value) for value in row] for row in _master(year, organ_ids, on)]
    columns = [(heading, float(width)) for _, heading, width in MASTER]
    return Paper(
        title=f"{year}年政治监督工作总台账",
        head_lines=[f"年度：{year}年　　打印日期：{chinese_day(on)}"],
        blocks=[Table(columns, rows)],
        landscape=True,
    )
