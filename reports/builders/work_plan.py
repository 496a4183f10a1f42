"""计划书 of one project: what it is to reach, by which means, until when, on one page (S0-3)."""

from __future__ import annotations

from collections.abc import Iterator

from checklists.models import ChecklistItem
from checklists.papers import names
from checklists.states import ItemStep
from reports.paper import Block, Heading, Paper, Paragraph, Table, chinese_day, with_chinese_days

UNSET = "（未填写）"
FACTS = (("事项", 18.0), ("内容", 82.0))
STEPS = (("序号", 8.0), ("节点内容", 52.0), ("时间节点", 20.0), ("完成日期", 20.0))


def work_plan_paper(item: ChecklistItem) -> Paper:
    """工作目标, 工作措施, 工作时限 of a project as list and master ledger keep them; 草稿 until it is on the list."""
    kept = getattr(item, "master_row", None) or item
    blocks: list[Block] = [
        Table(FACTS, _facts(item), landscape=False),
        Heading("一、工作目标"), *_lines(kept.goal or item.goal or item.content),
        Heading("二、工作措施"), *_lines(kept.measures or item.measures),
        Heading("三、工作时限"), *_term(item),
    ]  # fmt: skip
    return Paper(title=f"{item.title}计划书", head_lines=[f"{item.year}年度政治监督项目"], blocks=blocks, signer=item.lead_organ.name,
                 watermark="" if item.step == ItemStep.LISTED else "草稿")  # fmt: skip


def _facts(item: ChecklistItem) -> list[tuple[str, str]]:
    found = (("责任单位", item.lead_organ.name), ("配合单位", names(item.participants.all())), ("监督形式", item.get_form_display()),
             ("聚焦方面", item.get_focus_area_display()), ("被监督单位", names(item.units.all())))  # fmt: skip
    return [(label, words) for label, words in found if words]


def _lines(text: str) -> list[Paragraph]:
    return [Paragraph(line) for line in text.splitlines() if line.strip()] or [Paragraph(UNSET)]


def _term(item: ChecklistItem) -> Iterator[Block]:
    """The period, the last day, and the days between."""
    parts = [
        f"监督周期：{with_chinese_days(item.period_text)}。" if item.period_text else "",
        f"完成时限：{chinese_day(item.due_on)}。" if item.due_on else "",
    ]
    steps = [
        [str(number), row.text, f"{row.due_on:%Y-%m-%d}", f"{row.done_on:%Y-%m-%d}" if row.done_on else ""]
        for number, row in enumerate(item.milestones.all(), 1)
    ]
    if any(parts) or not steps:
        yield Paragraph("".join(parts) or UNSET)
    if steps:
        yield Table(STEPS, steps, landscape=False)
