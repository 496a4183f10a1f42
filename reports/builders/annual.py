"""全县政治监督综合情况报告 and its annexes (A10.4b)."""

from __future__ import annotations

from typing import Any

from django.conf import settings

from accounts.calendar import local_day
from accounts.xlsx import Sheet, as_number, workbook
from reports.builders.evaluating.sheet import table_sheets
from reports.builders.evaluation import MARKING, head_of, table_blocks
from reports.counting.catalogue import FIGURES
from reports.hearings import outline
from reports.hearings.content import numbered
from reports.hearings.states import HEARD
from reports.models import AnnualReport, EvaluationTable
from reports.paper import Attachment, Block, Heading, Paper, Paragraph, Table, with_chinese_days

ORGAN_COLUMNS = (("单位", 28.0), *((FIGURES[key].label, 12.0) for key in outline.BY_ORGAN))
AREA_COLUMNS = (("聚焦方面", 40.0), ("发现问题", 20.0), ("立行立改", 20.0), ("销号", 20.0))
ITEM_SHARES = (4.0, 8.0, 26.0, 18.0, 7.0, 7.0, 20.0, 10.0)
FIGURE_COLUMNS = (("序号", 8.0), ("指标", 40.0), ("单位", 10.0), ("本年", 21.0), ("上年", 21.0))


def annual_paper(report: AnnualReport, content: dict[str, Any]) -> Paper:
    """The eight parts with the tables of part three, the list's completion and the table of figures; 草稿 until heard."""
    blocks: list[Block] = []
    for part in numbered(content):
        blocks.append(Heading(f"{part['numeral']}、{part['heading']}"))
        blocks += [Paragraph(line) for line in part["text"].splitlines() if line.strip()]
        blocks += _tables(content) if part["key"] == "problems" else []
    items = Table(list(zip(outline.ITEM_COLUMNS.values(), ITEM_SHARES, strict=True)), content["items"])
    figures = Table(FIGURE_COLUMNS, figure_rows(content), landscape=False)
    heard, table = report.step in HEARD, evaluation_of(content)
    annexes = [Attachment(f"{report.year}年度政治监督重点项目清单完成表", [items]), Attachment("指标表", [figures])]
    if table is None:
        blocks.append(Paragraph(f"{report.year}年政治监督质效评估表尚未经县纪委常委会确认，本报告不附评估表。"))
    else:
        head = [Paragraph(line, flush=True) for line in head_of(table)]
        annexes.append(Attachment(str(table), [*head, *table_blocks(table)]))
    return Paper(
        title=f"{report.year}年全县政治监督综合情况报告", issuer=settings.OFFICE_NAME, recipients="县纪委常委会", blocks=blocks,
        attachments=annexes, marking=MARKING if table else "",
        signer=report.organ.name, signed_on=local_day(report.data_as_of) if report.data_as_of else None, watermark="" if heard else "草稿",
        digest=report.digest if report.content else "", head_lines=_head(report, content),
    )  # fmt: skip


def evaluation_of(content: dict[str, Any]) -> EvaluationTable | None:
    """The confirmed evaluation table that belongs to the report, if there was one when it went up."""
    pk: int | None = content.get("evaluation")
    if pk is None:
        return None
    return EvaluationTable.objects.select_related("organ", "scheme", "resolution").get(pk=pk)


def _head(report: AnnualReport, content: dict[str, Any]) -> list[str]:
    lines = [f"数据截至：{_moment(content['as_of'])}"]
    if report.version > 1:
        lines.append(f"第{report.version}版，更正理由：{report.reason}")
    if report.resolution:
        lines.append(f"{report.resolution.meeting_on:%Y年%-m月%-d日}县纪委常委会听取")
    return lines


def _moment(text: str) -> str:
    """数据截至 as a paper writes it, from what the content keeps: 2026-11-22 04:54; empty before it was counted."""
    return with_chinese_days(text).replace(" ", "")


def _tables(content: dict[str, Any]) -> list[Block]:
    found: list[Block] = []
    if content["organs"]:
        found.append(Table(ORGAN_COLUMNS, _texts(content["organs"]), "各单位问题发现和整改情况", landscape=False))
    return [*found, Table(AREA_COLUMNS, _texts(content["areas"]), "各聚焦方面问题情况", landscape=False)]


def _texts(rows: list[list[Any]]) -> list[list[str]]:
    return [[str(cell) for cell in row] for row in rows]


def figure_rows(content: dict[str, Any]) -> list[list[str]]:
    """指标表 as texts."""
    return [
        [str(n), row["label"], row["unit"], row["value"], row["before"]] for n, row in enumerate(content["figures"], 1)
    ]


def annual_sheets(report: AnnualReport, content: dict[str, Any]) -> bytes:
    """The annexes as a workbook: completion of the list, figures, organs and focus areas."""
    head = [f"数据截至：{_moment(content['as_of'])}"]
    tables = (
        (f"{report.year}年度政治监督重点项目清单完成表", "清单完成表", list(zip(outline.ITEM_COLUMNS.values(), ITEM_SHARES, strict=True)), content["items"]),
        (f"{report.year}年政治监督指标表", "指标表", FIGURE_COLUMNS, [[int(row[0]), *row[1:3], as_number(row[3]), as_number(row[4])] for row in figure_rows(content)]),
        ("各单位问题发现和整改情况", "各单位", ORGAN_COLUMNS, content["organs"]),
        ("各聚焦方面问题情况", "聚焦方面", AREA_COLUMNS, content["areas"]),
    )  # fmt: skip
    table = evaluation_of(content)
    sheets = [Sheet(title, [(word, max(width, 8) * 1.4) for word, width in columns], rows, head=head, name=name)
              for title, name, columns, rows in tables]  # fmt: skip
    return workbook([*sheets, *(table_sheets(table) if table else ())])
