"""年度政治监督重点项目清单, 年度政治监督要点, 指示批示台账 (A6.1, A5.2)."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.conf import settings

from accounts.calendar import local_day
from accounts.xlsx import Sheet, workbook
from checklists.models import AnnualChecklist, AnnualPoints, InstructionItem
from checklists.publication import COLUMNS, by_form, is_intact, rows_of
from reports.paper import Block, Heading, Paper, Paragraph, Table, chinese_day, mark

SHARES = {"seq": 3, "form": 5, "focus_area": 8, "title": 13, "content": 19, "basis": 13, "period": 11, "lead_organ": 9, "participants": 6,
          "units": 12, "assisting_member": 5, "deputy_secretary": 5, "due_on": 9, "remark": 5}  # fmt: skip


def rows(checklist: AnnualChecklist, *, on: date) -> list[dict[str, Any]]:
    """The frozen rows of an issued list, else the rows as they would be issued today."""
    return checklist.content if checklist.published_at else rows_of(checklist, on=on)


def head_lines(checklist: AnnualChecklist) -> list[str]:
    """年度, 版本, 常委会审批日期."""
    resolution = checklist.resolution
    approved = chinese_day(resolution.meeting_on) if resolution and resolution.approved else "尚未审批"
    return [f"年度：{checklist.year}　　版本：第{checklist.version}版　　县纪委常委会审批日期：{approved}"]


def foot_line(checklist: AnnualChecklist, *, on: date) -> str:
    """填报单位, 日期."""
    day = local_day(checklist.published_at) if checklist.published_at else on
    return f"填报单位：{checklist.organ.name}　　{chinese_day(day)}"


def paper(checklist: AnnualChecklist, *, on: date) -> Paper:
    """The list as it is tabled and issued; a list not yet issued carries 草稿."""
    issued = checklist.published_at is not None
    day = local_day(checklist.published_at) if checklist.published_at else on
    tables = by_form(rows(checklist, on=on))
    blocks: list[Block] = [Paragraph(_introduction(checklist, tables))]
    for number, (form, lines) in enumerate(tables):
        cells = [[str(line.get(key, "")) for key in COLUMNS] for line in lines]
        columns = [(heading, SHARES[key]) for key, heading in COLUMNS.items()]
        blocks.append(Table(columns, cells, f"{mark(1, number + 1)}{form}政治监督项目（{len(lines)}项）"))
    return Paper(
        title=f"{checklist.year}年度政治监督重点项目清单", issuer=f"{settings.OFFICE_NAME}", head_lines=head_lines(checklist),
        blocks=blocks, signer=checklist.organ.name, signed_on=day, watermark="" if issued else "草稿",
        digest=checklist.digest if issued and is_intact(checklist) else "",
    )  # fmt: skip


def _introduction(checklist: AnnualChecklist, tables: list[Any]) -> str:
    total = sum(len(lines) for _, lines in tables)
    parts = "，".join(f"{form}{len(lines)}项" for form, lines in tables)
    return f"{checklist.year}年度全县共确定政治监督重点项目{total}项，其中{parts or '暂无项目'}。请各责任单位按照清单组织实施，建立工作台账，按期报告进展。"


def sheets(checklist: AnnualChecklist, *, on: date) -> bytes:
    """The same list as a workbook: one sheet per form."""
    pages = [
        Sheet(f"{checklist.year}年度政治监督重点项目清单（{form}）", [(heading, SHARES[key] * 1.6) for key, heading in COLUMNS.items()],
              [[_cell(key, line.get(key, "")) for key in COLUMNS] for line in lines], head=head_lines(checklist),
              foot=[foot_line(checklist, on=on)], name=form, centred=frozenset({0, 1}))
        for form, lines in by_form(rows(checklist, on=on))
    ]  # fmt: skip
    empty = Sheet(f"{checklist.year}年度政治监督重点项目清单", [(heading, 14) for heading in COLUMNS.values()], [])
    return workbook(pages or [empty])


def _cell(key: str, value: Any) -> Any:
    return date.fromisoformat(value) if key == "due_on" and value else value


def points_paper(points: AnnualPoints) -> Paper:
    """年度政治监督要点 (A6.1a)."""
    blocks: list[Block] = [Paragraph(points.basis)]
    for number, row in enumerate(points.rows.all(), 1):
        blocks += [Heading(f"{mark(1, number)}{row.get_focus_area_display()}"), Paragraph(row.text)]
    issued = points.published_at
    return Paper(title=points.title, issuer=settings.OFFICE_NAME, blocks=blocks, signer=points.organ.name,
                 signed_on=local_day(issued) if issued else None, watermark="" if issued else "草稿")  # fmt: skip


INSTRUCTION_COLUMNS = (("序号", 6), ("批示内容（摘要）", 30), ("来源", 18), ("收到日期", 12), ("责任单位", 18), ("措施", 30),
                       ("办结时限", 12), ("进展", 36), ("办结日期", 12), ("通报日期", 12), ("“回头看”", 30))  # fmt: skip


def instruction_sheet(items: list[InstructionItem]) -> bytes:
    """指示批示台账 (A5.2)."""
    values = [
        (n, item.title, item.source_doc, item.received_on, item.responsible_unit.name, item.measures, item.due_on,
         "\n".join(f"{entry.reported_on:%Y-%m-%d} {entry.text}" for entry in item.progress.all()), item.closed_on, item.notified_on,
         "\n".join(f"第{entry.round_no}轮 {entry.held_on:%Y-%m-%d} {entry.result}" for entry in item.look_backs.all()))
        for n, item in enumerate(items, 1)
    ]  # fmt: skip
    return workbook([Sheet("重要指示批示贯彻落实台账", INSTRUCTION_COLUMNS, values, name="指示批示台账")])
