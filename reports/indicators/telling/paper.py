"""Texts and indicators to take away: a paper with the table behind its numbers, and a workbook."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Any

from accounts.citations import cite
from accounts.xlsx import Sheet, as_number, workbook
from reports.indicators.telling.filling import Filled
from reports.indicators.telling.numbers import NONE
from reports.indicators.telling.parts import Parts
from reports.indicators.telling.reading import Told
from reports.overview.charts import Chart
from reports.paper import Attachment, Block, Heading, Paper, Paragraph, Table

ANNEX = "指标表"
HEADINGS = ("编号", "指标", "数值", "单位", "上期", "变化", "类别", "口径")
WIDTHS = (8.0, 26.0, 14.0, 8.0, 10.0, 12.0, 12.0, 60.0)
COLUMN = (("编号", 2.0), ("指标", 5.0), ("数值", 3.0), ("单位", 2.0), ("怎样统计", 9.0))


def paper(found: Filled, head: str) -> Paper:
    """The text as the office reads it, notes below, the indicators as its annex."""
    blocks = list(_rules(found) if found.rules else _text(found))
    return Paper(title=found.title, head_lines=(head,), blocks=[*blocks, *_notes(found)],
                 attachments=(Attachment(ANNEX, (_annex(found),)),))  # fmt: skip


def _text(found: Filled) -> Iterator[Block]:
    for part in found.parts:
        if part.heading:
            yield Heading(part.heading)
        yield Paragraph(part.text)


def _rules(found: Filled) -> Iterator[Block]:
    rows = [
        (cite(rule.article), rule.text, one.indicator.name, f"{one.number}{_unit(one)}") for rule, one in found.rules
    ]
    yield Table((("条款", 4), ("规定", 8), ("指标", 5), ("数值", 3)), rows, landscape=False)


def _unit(one: Told) -> str:
    return one.indicator.unit if one.value is not None else ""


def _notes(found: Filled) -> Iterator[Block]:
    if not found.notes:
        return
    yield Paragraph("数据说明：")
    for one in found.notes:
        yield Paragraph(one)


def _annex(found: Filled) -> Table:
    rows = [
        (one.indicator.id, one.indicator.name, one.number, one.indicator.unit, one.note or one.basis)
        for one in found.told
    ]
    return Table(COLUMN, rows)


def cells(one: Told) -> tuple[Any, ...]:
    """One line of the table of indicators."""
    about = one.indicator
    return (about.id, about.name, one.number, about.unit, one.earlier, one.change, one.kind, one.basis)  # fmt: skip


def sheet(title: str, rows: Iterable[Told], head: str, charts: Sequence[Chart] = (), notes: Sequence[str] = (), parts: Parts | None = None) -> bytes:  # fmt: skip
    """The table of indicators as a workbook: the same rows and words as the page; parts and each chart's table on sheets of their own."""
    lines = [_numbers(cells(one)) for one in rows]
    first = Sheet(title, list(zip(HEADINGS, WIDTHS, strict=True)), lines, head=[head, *notes], name="数据指标")
    return workbook([first, *([_parts(parts, head)] if parts else ()), *(_chart(chart, head) for chart in charts)])


def _parts(parts: Parts, head: str) -> Sheet:
    title = f"按{parts.heading}分列"
    rows = [[name, as_number(number)] for name, number in parts.rows]
    return Sheet(
        title,
        [(parts.heading, 36.0), ("数值", 24.0)],
        rows,
        head=[head, *([parts.sentence] if parts.sentence else [])],
        name=title,
    )


def _chart(chart: Chart, head: str) -> Sheet:
    columns = [(chart.head, 36.0), *((f"{one.label}（{chart.unit}）", 24.0) for one in chart.series)]
    rows = [[row["name"], *(NONE if value is None else value for value, _ in row["cells"])] for row in chart.rows()]
    if chart.extra[0]:
        columns.append((chart.extra[0], 12.0))
        rows = [[*line, beside] for line, beside in zip(rows, chart.extra[1], strict=True)]
    return Sheet(chart.question, columns, rows, head=[head, *([chart.note] if chart.note else [])], name=chart.question)


def _numbers(line: tuple[Any, ...]) -> list[Any]:
    """Numbers as numbers, so that a sheet can add them up."""
    return [as_number(cell) if place in (2, 4) else cell for place, cell in enumerate(line)]


def head_of(where: str, label: str, topic: str, on: date) -> str:
    """Whose numbers of which days they are."""
    return f"{where}，{label}{f'，专题：{topic}' if topic else ''}，按{on:%Y-%m-%d}的情况统计。"
