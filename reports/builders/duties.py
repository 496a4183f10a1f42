"""制度对表 for printing: a landscape paper, a dozen organs to a table, every cell in words (A10.1b)."""

from __future__ import annotations

from datetime import date
from typing import Any

from accounts.duties.matrix import Matrix, matrix
from accounts.periods import Period
from reports.paper import Paper, Table, chinese_day

ABREAST = 10  # organs side by side; more become narrower than their words
HEAD = (("依据", 11.0), ("职责", 12.0))


def paper(user: Any, period: Period, *, on: date) -> Paper:
    """What the user may see of one period."""
    table = matrix(user, period, on=on, address="")
    groups = [range(start, min(start + ABREAST, len(table.organs))) for start in range(0, len(table.organs), ABREAST)]
    return Paper(
        title="政治监督制度对表",
        head_lines=[
            f"期间：{period.label}　　打印日期：{chinese_day(on)}",
            f"本期合计：{table.totals.words or '没有到期的职责'}。“—”表示本期没有这项职责。",
        ],
        blocks=[_table(table, group, number, len(groups)) for number, group in enumerate(groups, 1)],
        landscape=True,
    )


def _table(table: Matrix, group: range, number: int, of: int) -> Table:
    columns = [*HEAD, *((table.organs[n].label, 7.7) for n in group)]
    rows = [[line.basis, line.label, *(line.cells[n].words or "—" for n in group)] for line in table.lines]
    return Table(columns, rows, caption=f"（{number}/{of}）" if of > 1 else "")
