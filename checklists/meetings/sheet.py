"""The monthly list by the columns the office uses: 序号、任务、责任单位、完成时限、进展、状态 (S0-5)."""

from __future__ import annotations

from datetime import date
from typing import Any

from accounts.xlsx import Sheet
from checklists.meetings.standing import status_of
from checklists.models import MonthlyList

COLUMNS = (("序号", 6), ("任务", 44), ("责任单位", 26), ("完成时限", 14), ("进展", 40), ("状态", 20))


def month_rows(found: MonthlyList, *, on: date) -> list[list[Any]]:
    """Its lines; what is carried over says so before its words, what is finished shows its result as progress."""
    rows: list[list[Any]] = []
    for number, line in enumerate(found.tasks.select_related("organ", "assignment"), 1):
        marked = f"（{line.mark}）{line.task}" if line.mark else line.task
        said = line.assignment.result if line.assignment and line.done_on else line.progress
        rows.append([number, marked, line.organ.name, line.due_on, said, status_of(line, on=on)])
    return rows


def month_sheet(found: MonthlyList, *, on: date) -> Sheet:
    """The list as a workbook's sheet."""
    issued = f"{found.issued_at:%Y-%m-%d}" if found.issued_at else "未印发"
    head = [f"印发单位：{found.organ.name}　　印发日期：{issued}　　进展截至：{on:%Y-%m-%d}"]
    return Sheet(
        str(found), COLUMNS, month_rows(found, on=on), head=head, name=f"{found.month}月", centred=frozenset({0, 3, 5})
    )
