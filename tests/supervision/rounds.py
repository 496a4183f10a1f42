"""Steps that tests of rounds walk: a listed project, a round, what must stand before it begins, papers signed to the end."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from accounts import approvals
from accounts.models import Approval, ScResolution, User
from accounts.roles import Rung
from checklists.models import ChecklistItem, Method
from checklists.states import FocusArea, Form, ItemStep, LinkageMode
from supervision.actions import fieldwork, plans, rounds
from supervision.models import InspectionActivity, Plan, Round, Team
from supervision.rounds.states import ActivityKind, LecturerKind, Recusal, Scale
from tests.factories import NOW, TODAY, County

SIX = {"goals": "查清管护责任", "focus": "管护资金和台账", "division": "第一组查县局", "coordination": "县局派员配合",
       "supervision": "每周调度一次", "summary": "结束后十日内形成报告"}  # fmt: skip
TITLE = "高标准农田建设管护情况专项监督"


def listed(cast: County, *, lead: Any = None, by: User | None = None, **fields: Any) -> ChecklistItem:
    """A listed project of an organ, of its first unit."""
    organ = lead or cast.agri
    values = {"form": Form.STATIONED, "focus_area": FocusArea.MAJOR_DECISIONS, "title": TITLE, "content": "管护责任是否落实", **fields}  # fmt: skip
    item = ChecklistItem.objects.create(organ=organ, lead_organ=organ, year=2026, step=ItemStep.LISTED,
                                        created_by=by or cast.nongye, **values)  # fmt: skip
    item.units.set([unit for unit in cast.units.values() if unit.organ_id == organ.pk][:2])
    return item


def opened(cast: County, item: ChecklistItem | None = None, *, by: User | None = None, **fields: Any) -> Round:
    """A round in preparation, of the agriculture group unless said otherwise."""
    project = item or listed(cast)
    values = {"units": list(project.units.all()), "start_planned_on": TODAY, "end_planned_on": TODAY + timedelta(days=20),
              "scale": Scale.SINGLE, "linkage_mode": LinkageMode.NONE, "title": "", **fields}  # fmt: skip
    return rounds.open_round(project, by=by or cast.nongye, at=NOW, **values)


def trained(round: Round, by: User, on: date = TODAY) -> None:
    """One training."""
    values = {"held_on": on, "topic": "高标准农田政策", "lecturer": "韩冬", "lecturer_kind": LecturerKind.EXPERT, "attendee_count": 6, "attendees": ""}  # fmt: skip
    fieldwork.add_training(round, values, by=by, at=NOW)


def teamed(round: Round, by: User, *, name: str = "第一检查组", units: Any = (), declared: bool = True) -> Team:
    """A team with a leader and a member who have declared that they need not keep away."""
    members = [
        {"name": f"{by.full_name}", "from_where": by.organ.name, "user": by, "is_leader": True},
        {"name": "丁一", "from_where": "县审计局", "user": None, "is_leader": False},
    ]
    team = fieldwork.save_team(round, by=by, at=NOW, name=name, members=members, units=units)
    if declared:
        for member in team.members.all():
            fieldwork.declare_recusal(member, by=by, at=NOW, recusal=Recusal.CLEAR)
    return team


def planned(round: Round, by: User, **fields: Any) -> Plan:
    """A complete plan, not yet sent up."""
    values = {**SIX, "start_on": round.start_planned_on, "end_on": round.end_planned_on, "is_major": False,
              "in_name_of_commission": False, "change_reason": "", **fields}  # fmt: skip
    return plans.save_plan(round, values, by=by, at=NOW)


def signed_below_committee(subject: Any, *, at: datetime = NOW) -> Approval:
    """Every rung below the committee signs; the paper waits for it."""
    approval = Approval.objects.of(subject).running().get()
    for step in approval.steps.exclude(rung=Rung.STANDING_COMMITTEE).order_by("seq"):
        approvals.decide(
            approval, "approve", by=approvals.signers(approval.organ_id, step.rung, on=at.date())[0], at=at
        )
    approval.refresh_from_db()
    return approval


def signed(cast: County, subject: Any, *, at: datetime = NOW, kind: str = "plan_approval") -> Approval:
    """Every rung of the running chain of a paper signs, the committee by a resolution."""
    approval = Approval.objects.of(subject).running().get()
    for step in list(approval.steps.order_by("seq")):
        day = at.date()
        if step.rung == Rung.STANDING_COMMITTEE:
            resolution = ScResolution.objects.create(
                organ_id=approval.organ_id, kind=kind, meeting_on=day, title=approval.title[:200], approved=True,
                opinion="同意", recorded_by=cast.changweihui, recorded_at=at,
            )  # fmt: skip
            approvals.decide(approval, "approve", by=cast.changweihui, at=at, resolution=resolution)
        else:
            signer = approvals.signers(approval.organ_id, step.rung, on=day)[0]
            approvals.decide(approval, "approve", by=signer, at=at)
    approval.refresh_from_db()
    return approval


def ready(cast: County, round: Round | None = None, *, by: User | None = None) -> Round:
    """A round for which everything stands: it may begin."""
    clerk = by or cast.nongye
    found = round or opened(cast)
    trained(found, clerk)
    teamed(found, clerk)
    plan = planned(found, clerk)
    plans.submit_plan(plan, by=clerk, at=NOW)
    signed(cast, plan)
    return fresh(found)


def begun(cast: County, round: Round | None = None, *, by: User | None = None) -> Round:
    """A round under way."""
    found = ready(cast, round, by=by)
    rounds.start_round(found, by=by or cast.nongye, at=NOW, on=TODAY)
    return fresh(found)


def visited(round: Round, by: User, *, on: date = TODAY, unit: Any = None) -> InspectionActivity:
    """One entry of the log."""
    method, _ = Method.objects.get_or_create(code="site_visit", defaults={"name": "实地走访", "basis": "A8"})
    values = {"held_on": on, "method": method, "unit": unit or round.units.first(), "findings": "三处机井没有管护人", "participants": "李青、丁一",
              "kind": ActivityKind.ROUTINE, "place": "柳河镇", "team": None}  # fmt: skip
    return fieldwork.log_activity(round, values, by=by, at=NOW)


def fresh(round: Round) -> Round:
    """As the database has it."""
    return Round.objects.select_related("organ", "item").get(pk=round.pk)
