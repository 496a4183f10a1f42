"""监督方案 and 回头看报告 (A9.3, A9.8e)."""

from __future__ import annotations

from accounts.calendar import local_day
from accounts.citations import quoted
from reports.paper import Block, Heading, Paper, Paragraph, mark
from supervision.models import LookBack, Plan
from supervision.rounds.rules import PARTS
from supervision.rounds.states import PlanStep
from supervision.states import LookBackStep

IN_FORCE = (PlanStep.APPROVED, PlanStep.SUPERSEDED)


def plan_paper(plan: Plan) -> Paper:
    """The plan in its six parts; a version not yet approved carries 草稿."""
    round = plan.round
    units = "、".join(unit.name for unit in round.units.all())
    partners = "、".join(str(organ) for organ in round.participants.all())
    blocks: list[Block] = [
        Paragraph(f"为做好{quoted(round.item.title)}监督，{round.organ.name}{f'会同{partners}' if partners else ''}对{units}开展监督检查，"
                  f"时间为{plan.start_on:%Y年%-m月%-d日}至{plan.end_on:%Y年%-m月%-d日}。制定方案如下。")
    ]  # fmt: skip
    for number, (name, label) in enumerate(PARTS.items(), 1):
        blocks.append(Heading(f"{mark(1, number)}{label}"))
        blocks += [Paragraph(line) for line in getattr(plan, name).splitlines() if line.strip()]
    approved = plan.approved_at is not None and plan.step in IN_FORCE
    return Paper(
        title=f"{round.title}监督方案", blocks=blocks, signer=round.organ.name,
        signed_on=local_day(plan.approved_at) if plan.approved_at else None, watermark="" if approved else "草稿",
        head_lines=[f"第{plan.version}版"] if plan.version > 1 else (),
    )  # fmt: skip


def look_back_paper(look: LookBack) -> Paper:
    """The report as it was frozen; before that the plan of the look back, marked 草稿."""
    held = look.step == LookBackStep.HELD
    lines = (
        look.report_text.splitlines()
        if held
        else [f"安排理由：{look.reason}", f"计划日期：{look.planned_on:%Y年%-m月%-d日}"]
    )
    blocks: list[Block] = [
        Heading(line) if line.startswith(("一、", "二、", "三、", "四、")) else Paragraph(line)
        for line in lines
        if line.strip()
    ]
    return Paper(
        title=f"{look.unit.name}整改“回头看”报告", blocks=blocks, signer=look.organ.name, signed_on=look.held_on,
        watermark="" if held else "草稿", digest=look.report_digest,
    )  # fmt: skip
