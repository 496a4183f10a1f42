"""审批单: every round of a paper, every opinion, name and moment (A6.1c)."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from accounts.calendar import SHANGHAI, local_day
from accounts.citations import cite
from accounts.models import Approval, ApprovalStep, ChainState
from reports.paper import Block, Heading, Paper, Paragraph, Table, chinese_day, mark, with_chinese_days

COLUMNS = (("层级", 18), ("签批人", 22), ("意见", 10), ("批注", 30), ("时间", 20))
SIGNED_COLUMNS = (("层级", 22), ("签批人", 28), ("意见", 14), ("日期", 36))


def paper(approval: Approval) -> Paper:
    """All rounds of the paper to which this round belongs, the newest text last."""
    rounds = rounds_of(approval)
    blocks = route(rounds)
    blocks.append(Heading("报送文本"))
    blocks += [Paragraph(f"{label}：{with_chinese_days(text)}") for label, text in rounds[-1].content.items() if text]
    return Paper(title="层报审批单", head_lines=[f"事项：{approval.title}", f"单位：{approval.organ.name}　　依据：{cite(approval.article)}"],
                 blocks=blocks, digest=rounds[-1].digest, watermark="" if rounds[-1].state == "approved" else "未办结")  # fmt: skip


def rounds_of(approval: Approval) -> list[Approval]:
    """All rounds of the paper, oldest first."""
    if not approval.subject:
        return [approval]
    return list(Approval.objects.of(approval.subject).select_related("submitted_by", "organ"))


def route(rounds: list[Approval], *, level: int = 1) -> list[Block]:
    """The way of a paper so far: a table of signatures for each round, under headings of the level."""
    return [block for number, one in enumerate(rounds) for block in _round(number, one, level)]


def _round(number: int, one: Approval, level: int) -> list[Block]:
    steps = one.steps.select_related("acted_by", "on_behalf_of", "signer")
    rows = [_row(step) for step in steps]
    said = f"{mark(level, number + 1)}第{one.round_no}轮（{one.get_state_display()}），{one.submitted_by}{chinese_day(local_day(one.submitted_at))}报送"
    return [Heading(said, level), Table(COLUMNS, rows, landscape=False)]


def signed(subject: Any, heading: str) -> list[Block]:
    """审批栏 at the end of a paper: head, AM, DS with their days, of the round that was approved; empty before."""
    approval = Approval.objects.of(subject).filter(state=ChainState.APPROVED).last()
    if approval is None:
        return []
    rows = [
        [step.get_rung_display(), _signer(step), step.get_decision_display(), chinese_day(local_day(step.acted_at))]
        for step in approval.steps.select_related("acted_by", "on_behalf_of")
        if step.acted_at is not None
    ]
    return [Heading(heading), Table(SIGNED_COLUMNS, rows, landscape=False)]


def _signer(step: ApprovalStep) -> str:
    """Who signed, and for whom where he stood in (AMB-4)."""
    return f"{step.acted_by}{f'（代{step.on_behalf_of}）' if step.on_behalf_of else ''}" if step.acted_by else ""


def _row(step: ApprovalStep) -> list[str]:
    return [
        step.get_rung_display(),
        _signer(step) or (f"待{step.signer}" if step.signer else ""),
        step.get_decision_display() if step.decision else "",
        step.note,
        _moment(step.acted_at),
    ]


def _moment(at: datetime | None) -> str:
    """As a paper writes a moment, in the form of the days beside it."""
    return f"{chinese_day(local_day(at))} {at.astimezone(SHANGHAI):%H:%M}" if at else ""
