"""What differs from what was approved before, sentence by sentence, so that a member reads only what is new."""

from __future__ import annotations

import re
from collections.abc import Mapping
from difflib import SequenceMatcher
from typing import Any

from accounts import approvals
from accounts.models import Approval, ChainState
from checklists.models import AnnualChecklist, ChecklistItemChange
from checklists.papers import compared
from checklists.publication import differences as list_differences
from checklists.states import ChangeKind, ChecklistStep
from reports.paper import Block, Paragraph, Table
from supervision.models import InspectionReport, Plan

COLUMNS = (("栏目", 18), ("原为", 41), ("现为", 41))
SENTENCE = re.compile(r"[^。；\n]+[。；]?")


def changed(old: str, new: str) -> tuple[str, str]:
    """The sentences that only the old text has, and those that only the new one has."""
    before, after = SENTENCE.findall(old), SENTENCE.findall(new)
    gone: list[str] = []
    come: list[str] = []
    for kind, a, b, c, d in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if kind != "equal":
            gone += before[a:b]
            come += after[c:d]
    return "\n".join(gone), "\n".join(come)


def _table(old: Mapping[str, str], new: Mapping[str, str], against: str) -> list[Block]:
    labels = dict.fromkeys([*old, *new])
    rows = [
        (label, *changed(old.get(label, ""), new.get(label, "")))
        for label in labels
        if old.get(label, "") != new.get(label, "")
    ]
    if not rows:
        return [Paragraph(f"与{against}相比，文字没有变化。")]
    shown = [(label, gone or "（无）", come or "（删去）") for label, gone, come in rows]
    return [Paragraph(f"与{against}相比，有{len(rows)}处不同："), Table(COLUMNS, shown, landscape=False)]


def of_approval(approval: Approval) -> list[Block]:
    """A plan against the version in force, a change against the list, anything else against its last round."""
    subject = approval.subject
    if isinstance(subject, ChecklistItemChange):
        return _of_change(subject)
    before = _approved_text(subject)
    if before is not None:
        return _table(before[1], approval.content, before[0])
    rows = approvals.differences(approval)
    if rows:
        return _table(
            {row["label"]: row["old"] for row in rows}, {row["label"]: row["new"] for row in rows}, "上一轮报送文本"
        )
    return [Paragraph("首次提请，没有此前批准的文本。")]


def _approved_text(subject: Any) -> tuple[str, dict[str, str]] | None:
    """The words of the version approved before, with what it is called."""
    if not isinstance(subject, Plan):
        return None
    earlier = Plan.objects.filter(round_id=subject.round_id, version__lt=subject.version).order_by("-version")
    for plan in earlier:
        signed = Approval.objects.of(plan).filter(state=ChainState.APPROVED).last()
        if signed is not None:
            return f"已批准的第{plan.version}版", signed.content
    return None


def _of_change(change: ChecklistItemChange) -> list[Block]:
    if change.kind == ChangeKind.ADD:
        return [Paragraph("申请增列的项目，已印发的清单上没有。")]
    if change.kind == ChangeKind.WITHDRAW:
        return [Paragraph("申请从已印发的清单上撤销这个项目。")]
    rows = compared(change.old, change.new)
    return _table(
        {row["label"]: row["old"] for row in rows}, {row["label"]: row["new"] for row in rows}, "已印发的清单"
    )


def of_report(report: InspectionReport) -> list[Block]:
    """A report that comes back, against the text that the committee had before it."""
    signed = list(Approval.objects.of(report).filter(state=ChainState.APPROVED))
    if len(signed) < 2:
        return [Paragraph("首次提交，没有此前提交的文本。")]
    return _table(signed[-2].content, signed[-1].content, "上次提交的报告")


def of_checklist(checklist: AnnualChecklist, rows: list[dict[str, Any]]) -> list[Block]:
    """A list against the version issued before it, of this year or of the year before."""
    issued = AnnualChecklist.objects.filter(
        organ_id=checklist.organ_id, step__in=(ChecklistStep.PUBLISHED, ChecklistStep.SUPERSEDED)
    ).exclude(pk=checklist.pk)
    before = issued.filter(year=checklist.year).order_by("-version").first()
    if before is None:
        return [Paragraph("本年度首次提请，没有此前审批的版本。")]
    found = list_differences(before.content, rows)
    lines = [(f"增加：{row['title']}", "（无）", row["content"]) for row in found["added"]]
    lines += [(f"撤销：{row['title']}", row["content"], "（删去）") for row in found["removed"]]
    lines += [
        (f"{title}：{heading}", *changed(old, new)) for title, cells in found["changed"] for heading, old, new in cells
    ]
    if not lines:
        return [Paragraph(f"与{before}相比，没有变化。")]
    return [Paragraph(f"与{before}相比，有{len(lines)}处不同："), Table(COLUMNS, lines, landscape=False)]
