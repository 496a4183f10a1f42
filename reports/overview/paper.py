"""The overview to take away: the same figures, questions, drawings and tables on paper, and all tables as a workbook."""

from __future__ import annotations

from collections.abc import Iterable

from accounts.xlsx import Sheet, workbook
from reports.overview.charts import Chart
from reports.overview.reading import Overview
from reports.overview.svg import draw
from reports.paper import Block, Drawing, Heading, Paper, Paragraph, Table, mark

EMPTY = "本时段没有可以统计的记录。"


def paper(found: Overview) -> Paper:
    """政治监督情况统计: the figures beside the period before, then each question with its drawing and its table."""
    blocks: list[Block] = [Heading(mark(1, 1) + "主要数据"), _figures(found)]
    for number, chart in enumerate(found.charts, 2):
        blocks += [Heading(mark(1, number) + chart.question), *_chart(chart)]
    head = (f"按{found.on:%Y-%m-%d}的情况统计，与{found.span.ago}比较。",)
    return Paper(title=found.title, head_lines=head, blocks=blocks)


def _figures(found: Overview) -> Table:
    columns = (("指标", 5), ("本期", 4), (found.span.ago, 4), ("变化", 5))
    rows = [[tile.label, f"{tile.value}{_ground(tile.ground)}", tile.before, tile.change] for tile in found.tiles]
    return Table(columns, rows, landscape=False)


def _ground(ground: str) -> str:
    return f"（{ground}）" if ground else ""


def _chart(chart: Chart) -> Iterable[Block]:
    if chart.note:
        yield Paragraph(chart.note)
    if chart.empty:
        yield Paragraph(EMPTY)
        return
    yield Drawing(draw(chart), chart.question)
    yield Table(
        [(heading, 3 if number else 6) for number, heading in enumerate(_headings(chart))],
        _rows(chart),
        landscape=False,
    )


def _headings(chart: Chart) -> list[str]:
    tail = [chart.extra[0]] if chart.extra[0] else []
    return [chart.head, *(f"{one.label}（{chart.unit}）" for one in chart.series), *tail]


def _rows(chart: Chart) -> list[list[str]]:
    return [
        [row["name"], *(str(value) for value, _ in row["cells"]), *([row["tail"]] if chart.extra[0] else [])]
        for row in chart.rows()
    ]


def sheets(found: Overview) -> bytes:
    """The workbook: the figures, then one sheet for each question."""
    head = [f"按{found.on:%Y-%m-%d}的情况统计"]
    first = _figures(found)
    made = [
        Sheet(
            found.title,
            [(heading, share * 4) for heading, share in first.columns],
            first.rows,
            head=head,
            name="主要数据",
        )
    ]
    for chart in found.charts:
        rows = [
            [row["name"], *(value for value, _ in row["cells"]), *([row["tail"]] if chart.extra[0] else [])]
            for row in chart.rows()
        ]
        columns = [(heading, 16.0 if number else 36.0) for number, heading in enumerate(_headings(chart))]
        made.append(Sheet(chart.question, columns, rows, head=[chart.note] if chart.note else (), name=chart.question))
    return workbook(made)
