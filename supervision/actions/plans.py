"""监督方案: written in six parts, sent up, in force once approved; a change is a new version with a chain of its own (A9.3)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction

from accounts import approvals
from accounts.models import Approval, Event, ScResolutionKind
from accounts.roles import CHAIN, Rung
from accounts.workflow import Refused, move, record
from supervision.actions.rounds import _led as led_by
from supervision.models import Plan, Round
from supervision.rounds import rules
from supervision.rounds.states import PlanStep, RoundStep
from supervision.rules import are_texts

FIELDS = (*rules.PARTS, "start_on", "end_on", "is_major", "in_name_of_commission", "change_reason")
AT_WORK = (PlanStep.DRAFT, PlanStep.RETURNED, PlanStep.SUBMITTED)


def plan_in_work(round: Round) -> Plan | None:
    """The version that is being written or is under way, if any."""
    return Plan.objects.filter(round=round, step__in=AT_WORK).first()


def plan_approved(round: Round) -> Plan | None:
    """The version in force."""
    return Plan.objects.filter(round=round, step=PlanStep.APPROVED).first()


@transaction.atomic
def save_plan(round: Round, values: Mapping[str, Any], *, by: Any, at: datetime) -> Plan:
    """Write the version in work; where the last one is approved, begin the next (A9.3b). Raises `Refused`."""
    fresh = led_by(round, by)
    plan = plan_in_work(fresh)
    if plan is not None and plan.step == PlanStep.SUBMITTED:
        raise Refused("方案正在审批，不能修改。请先撤回。", "A9.3b")
    if plan is None:
        plan = Plan(round=fresh, organ_id=fresh.organ_id, version=fresh.plans.count() + 1, created_by=by, created_at=at)
    for name in FIELDS:
        if name in values:
            setattr(plan, name, values[name])
    are_texts(*(getattr(plan, name) for name in (*rules.PARTS, "change_reason"))).enforce()
    if plan.end_on < plan.start_on:
        raise Refused("检查结束日期早于开始日期，请核对。", "A9.3a")
    rules.plan_runs_in_an_open_round(plan).enforce()
    new = plan.pk is None
    plan.save()
    verb, label = ("draft", f"起草方案第{plan.version}版") if new else ("edit", "修改方案")
    record(
        plan, verb, by=by, at=at, label=label, article="A9.3a", from_step="" if new else plan.step, to_step=plan.step
    )
    return plan


def plan_authors(plan: Plan) -> set[int]:
    """Whoever wrote or rewrote the text; none of them signs it."""
    wrote = Event.objects.of(plan).filter(verb__in=("draft", "edit")).values_list("by_id", flat=True)
    return {plan.created_by_id, *wrote}


@transaction.atomic
def submit_plan(plan: Plan, *, by: Any, at: datetime) -> Approval:
    """Send the plan up: head, AM, DS, and the committee where it is major or in the commission's name. Raises `Refused`."""
    event = move(plan, "submit", by=by, at=at)
    approval = approvals.submit(plan, by=by, at=at)
    approvals.told_submission(event, approval)
    return approval


def rungs_for(plan: Plan) -> Sequence[Rung]:
    """A9.3c: what is major, or done in the name of the commission, also goes to the standing committee."""
    return (*CHAIN, Rung.STANDING_COMMITTEE) if plan.is_major or plan.in_name_of_commission else CHAIN


def plan_paper(plan: Plan) -> dict[str, str]:
    """The plan's text as it is submitted: label -> words, in the order of the paper."""
    round = plan.round
    text = {
        "监督项目": round.item.title,
        "牵头单位": round.organ.name,
        **rules.frame_words(round),
        "检查时间": f"{plan.start_on:%Y年%-m月%-d日}至{plan.end_on:%Y年%-m月%-d日}",
        "全局性、系统性重大事项": "是" if plan.is_major else "",
        "以县纪委监委名义开展": "是" if plan.in_name_of_commission else "",
        "修改原因": plan.change_reason,
        **{f"{'一二三四五六'[place]}、{label}": getattr(plan, name) for place, (name, label) in enumerate(rules.PARTS.items())},
    }  # fmt: skip
    return {label: words for label, words in text.items() if words}


# --- what the chain causes ---


def _approved(plan: Plan, *, by: Any, at: datetime, note: str, step: Any) -> None:
    before = plan_approved(plan.round)
    if before is not None:
        move(before, "supersede", by=by, at=at, by_chain=True)
    move(plan, "approve", by=by, at=at, by_chain=True, along={"approved_at": at})
    if plan.round.step == RoundStep.PLANNED:
        move(plan.round, "prepare", by=by, at=at, by_chain=True)


approvals.register_route(
    Plan,
    approvals.Route(
        article="A9.3b",
        title=str,
        rungs=rungs_for,
        snapshot=plan_paper,
        template="",
        approved=_approved,
        authors=plan_authors,
        filed="方案生效",
        matter=ScResolutionKind.PLAN_APPROVAL,
    ),
)
