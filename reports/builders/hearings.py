"""听取汇报记录 and 听取汇报参考 (A10.4c)."""

from __future__ import annotations

from typing import Any

from accounts.citations import cite
from reports.counting.catalogue import FIGURES
from reports.hearings.selectors import BY_ORGAN
from reports.models import Briefing
from reports.paper import Block, Heading, Paper, Paragraph, Table, chinese_day, mark

FACTS = ("听取领导", "听取日期", "听取事由", "对应季度", "汇报单位", "监督轮次")
FIGURE_COLUMNS = (("指标", 40), ("本季度", 16), ("上季度", 16), ("较上季度", 28))
ORGAN_COLUMNS = (("单位", 30), *((FIGURES[key].label, 14) for key in BY_ORGAN))


def briefing_paper(row: Briefing) -> Paper:
    """The record as it was written down, newest version; corrections are named with their reasons."""
    words = row.words
    blocks: list[Block] = [
        Table((("项目", 22), ("内容", 78)), [[name, words[name]] for name in FACTS if words.get(name)], landscape=False)
    ]
    for number, name in enumerate(("汇报内容", "领导要求"), 1):
        blocks.append(Heading(f"{mark(1, number)}{name}"))
        blocks += [Paragraph(line) for line in (words.get(name) or "无").splitlines() if line.strip()]
    versions = list(row.versions.select_related("by").order_by("number"))
    if len(versions) > 1:
        blocks.append(Heading(f"{mark(1, 3)}更正情况"))
        blocks += [Paragraph(f"第{one.number}版，{chinese_day(one.at.date())}由{one.by}更正。{f'理由：{one.reason}' if one.reason else ''}")
                   for one in versions[1:]]  # fmt: skip
    blocks.append(Paragraph("听取领导（签字）：　　　　　　　　　　　　年　　月　　日", flush=True))
    return Paper(
        title="听取汇报记录", head_lines=[f"依据：{cite('A10.4c')}", f"登记人：{row.created_by}"],
        blocks=blocks, digest=row.digest, marking="内部资料",
    )  # fmt: skip


def sheet_paper(found: dict[str, Any]) -> Paper:
    """What a leader takes into the meeting: figures with their change, what is late, what was asked last time."""
    leader, period = found["leader"], found["period"]
    rows = [[f"{one['figure'].label}（{one['figure'].unit}）", str(one["value"]), str(one["before"]), one["change"]]
            for one in found["figures"]]  # fmt: skip
    blocks: list[Block] = [
        Heading("一、主要数据"), Table(FIGURE_COLUMNS, rows, landscape=False),
        Heading("二、各单位情况"), Table(ORGAN_COLUMNS, [[str(cell) for cell in row] for row in found["by_organ"]], landscape=False),
        *([Paragraph(f"以上各项都没有记录的单位：{found['silent']}。")] if found["silent"] else []),
        Heading("三、逾期未完成的职责"),
        *_numbered([f"{row['organ__name']}：{row['title'].rstrip('。；')}，期限{chinese_day(row['due_on'])}。" for row in found["late"]]),
        Heading("四、逾期未整改的问题"),
        *_numbered([f"{row['unit__name']}：{row['description'].rstrip('。；')}，整改时限{chinese_day(row['rectification__due_on'])}（{row['organ__name']}）。"
                    for row in found["overdue"]]),
        Heading("五、上次听取汇报时的要求"), *_before(found["before"]),
    ]  # fmt: skip
    return Paper(
        title=f"{period.label}听取汇报参考", blocks=blocks, marking="内部资料",
        head_lines=[f"领导：{leader}{leader.post and f'（{leader.post}）'}", f"单位：{'、'.join(organ.label for organ in found['organs'])}",
                    f"数据截至：{chinese_day(found['on'])}"],
    )  # fmt: skip


def _numbered(lines: list[str]) -> list[Block]:
    return [Paragraph(f"{number}. {line}") for number, line in enumerate(lines, 1)] or [Paragraph("无。")]


def _before(row: Briefing | None) -> list[Block]:
    if row is None:
        return [Paragraph("没有登记过。")]
    lines = [Paragraph(line) for line in row.instructions.splitlines() if line.strip()]
    return [Paragraph(f"{chinese_day(row.held_on)}："), *lines]
