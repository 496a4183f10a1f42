"""监督检查情况报告, 问题清单, 抄报件, 线索移送单, 政治表现评价 (A9.6-A9.7)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.conf import settings

from accounts.calendar import local_day
from accounts.citations import chinese_number
from accounts.xlsx import Sheet, workbook
from reports.builders.signatures import signed
from reports.paper import Block, Heading, Paper, Paragraph, Table, chinese_day
from supervision.models import Clue, CopyOut, InspectionReport, PoliticalAssessment, looks_on
from supervision.reporting import rules
from supervision.reporting import text as report_text
from supervision.rounds.states import CopyOutKind

# Columns of 问题清单 with their share of the width; 政治偏差 stays with the problem, a list that travels does not carry it.
LIST_COLUMNS: dict[str, float] = {
    "序号": 3, "问题编号": 8, "被监督单位": 8, "监督项目": 9, "发现问题": 18, "聚焦方面": 8, "性质": 5, "严重程度": 4, "发现日期/方式": 9,
    "立行立改": 4, "问题线索": 7, "责任单位/责任人": 7, "整改意见建议": 13, "整改时限": 7, "处置方式": 7,
}  # fmt: skip


def is_frozen(report: InspectionReport) -> bool:
    """Whether the paper shows what stands under signatures, not today's draft."""
    return report.step not in rules.EDITABLE and bool(report.content)


def sections(report: InspectionReport) -> dict[str, str]:
    """The four written sections by heading, as signed where they are signed."""
    kept = report.content["sections"] if is_frozen(report) else {}
    return {heading: kept.get(field, getattr(report, field)) for field, heading in rules.SECTIONS.items()}


def problem_rows(report: InspectionReport) -> list[dict[str, str]]:
    """问题清单: the frozen rows, with the ways decided since; else the rows of today."""
    today = report_text.problem_lines(report)
    if not is_frozen(report):
        return today
    # The way of disposal is decided after the signature; it is the one column that follows the record.
    decided = {row["问题编号"]: row["处置方式"] for row in today}
    return [row | {"处置方式": decided.get(row["问题编号"], row["处置方式"])} for row in report.content["problems"]]


def _watermark(report: InspectionReport) -> str:
    return "" if report.step in rules.SIGNED else "草稿"


def _day(report: InspectionReport) -> date | None:
    return local_day(report.approved_at) if report.approved_at else None


def _head(report: InspectionReport) -> list[str]:
    round = report.round
    days = "至".join(chinese_day(day) for day in (round.started_on, round.ended_on) if day)
    return [f"监督项目：{round.item.title}", f"牵头单位：{report.organ.name}",
            f"被监督单位：{'、'.join(unit.name for unit in rules.units_of(report))}", f"时间：{days or '未填'}"]  # fmt: skip


def _lines(text: str) -> list[Block]:
    """Paragraphs of a text; a line that is only 一、… or （一）… becomes a heading of its level in the paper."""
    return [Paragraph(line) for line in text.splitlines() if line.strip()]


def _list_table(report: InspectionReport) -> Table:
    rows = problem_rows(report)
    cells = [[row.get(name, "") for name in LIST_COLUMNS] for row in rows]
    return Table(list(LIST_COLUMNS.items()), cells, f"附件：问题清单（{len(rows)}个）")


def report_paper(report: InspectionReport) -> Paper:
    """The report by the office's outline: five parts, the list, the signatures. 政治表现 is only a marker here (A9.6c)."""
    texts = sections(report)
    advice = texts.pop("整改意见建议")
    parts = [*texts.items(), ("政治表现综合评价", report_text.MARKER), ("整改意见建议", advice)]
    blocks: list[Block] = []
    for number, (heading, text) in enumerate(parts, 1):
        blocks += [Heading(f"{chinese_number(number)}、{heading}"), *_lines(text)]
    blocks += signed(report, "审批")
    blocks.append(_list_table(report))
    return Paper(
        title=report.title, head_lines=_head(report), blocks=blocks, signer=report.organ.name, signed_on=_day(report),
        digest=report.digest if is_frozen(report) else "", watermark=_watermark(report),
    )  # fmt: skip


def problem_list_paper(report: InspectionReport) -> Paper:
    """问题清单 alone, lying on its side (A9.6a)."""
    table = _list_table(report)
    return Paper(
        title=f"{report.round.title}问题清单", head_lines=_head(report), blocks=[Table(table.columns, table.rows)], landscape=True,
        signer=report.organ.name, signed_on=_day(report), watermark=_watermark(report),
        digest=report.digest if is_frozen(report) else "",
    )  # fmt: skip


def problem_list_sheet(report: InspectionReport) -> bytes:
    """问题清单 as a workbook with the same columns."""
    columns: Sequence[tuple[str, float]] = [(name, share * 2) for name, share in LIST_COLUMNS.items()]
    rows = [
        [_number(row.get(name, "")) if name == "序号" else row.get(name, "") for name in LIST_COLUMNS]
        for row in problem_rows(report)
    ]
    foot = f"填报单位：{report.organ.name}　　{chinese_day(_day(report)) or '未批准'}"
    return workbook([Sheet(f"{report.round.title}问题清单", columns, rows, head=_head(report), foot=[foot], name="问题清单",
                           centred=frozenset({0, 1, 7, 9}))])  # fmt: skip


def _number(value: str) -> Any:
    return int(value) if value.isdecimal() else value


def copy_out_paper(copy: CopyOut) -> Paper:
    """抄报件 in the name of 县纪委, or the paper for 县委常委会 (A9.7b-c).

    What leaders write on it afterwards stays with the record: the paper is the one that was sent.
    """
    about = "抄报" if copy.kind == CopyOutKind.LEADERS else "报告"
    return Paper(
        title=f"关于{copy.report.round.title}监督检查情况的{about}", issuer=settings.OFFICE_NAME, doc_no=copy.doc_no,
        recipients=copy.recipients, blocks=_lines(copy.body), signer=settings.OFFICE_NAME, signed_on=copy.issued_on,
        approver=copy.signed_by, printed_by=f"{settings.OFFICE_NAME}办公室" if copy.issued_on else "",
        watermark="已作废" if copy.void_reason else "" if copy.issued_on or copy.meeting_on else "草稿",
    )  # fmt: skip


def clue_slip_paper(clue: Clue) -> Paper:
    """线索移送单: number, organs, day, count of papers, room for signatures. No narrative (A9.7g, AMB-10)."""
    rows = [
        ["线索编号", clue.code], ["移送单位", clue.organ.name], ["接收单位", clue.receiver.name],
        ["移送日期", chinese_day(clue.transferred_on)], ["材料份数", f"{clue.material_count}份"],
        ["移送人签字", ""], ["接收人签字", ""], ["接收日期", chinese_day(clue.received_on)],
    ]  # fmt: skip
    notice = Paragraph(
        "线索材料随单当面移交，本单不记载线索内容。接收人核对份数后签字，一式两份，双方各存一份。", flush=True
    )
    return Paper(title="问题线索移送单", blocks=[Table((("项目", 30), ("内容", 70)), rows, landscape=False), notice],
                 signer=clue.organ.name, signed_on=clue.transferred_on)  # fmt: skip


def assessments_paper(report: InspectionReport, rows: Sequence[PoliticalAssessment], *, printed_by: str) -> Paper:
    """政治表现综合评价: the texts that the reader may read, with his name on every page (A9.6c)."""
    blocks: list[Block] = []
    for number, row in enumerate(rows, 1):
        person = f" {row.official}" if row.official else ""
        blocks.append(Heading(f"{chinese_number(number)}、{row.unit}：{row.get_about_display()}{person}"))
        looks = looks_on(report.organ, local_day(row.written_at))
        texts = (row.first_look, row.second_look, row.third_look)
        for name, look, words in zip("一二三", looks, texts, strict=True):
            blocks += [Heading(f"{name}看：{look}", 2), *_lines(words or "未填")]
        blocks += [
            Heading("综合评价", 2),
            *_lines(row.conclusion),
            Paragraph(f"撰写人：{row.author}，{chinese_day(local_day(row.written_at))}"),
        ]
    return Paper(title="政治表现综合评价", head_lines=[report.title], blocks=blocks, signer=report.organ.name,
                 printed_by=printed_by, watermark=f"限阅 {printed_by}")  # fmt: skip
