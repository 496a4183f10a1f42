"""Rounds of the demo county, one in each state, so that every step of article 9 has something to show."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from accounts import approvals
from accounts.models import Approval, Organ, ScResolution, SupervisedUnit, User
from accounts.roles import Role, Rung
from accounts.workflow import move
from checklists.models import ChecklistItem, Method
from checklists.states import LinkageMode
from reports.demo.county import person
from reports.demo.findings import YEAR, at
from supervision.actions import fieldwork, plans, rounds
from supervision.actions.problems import create_problem
from supervision.models import Problem, Round
from supervision.rounds.states import ActivityKind, GuidanceKind, LecturerKind, Recusal, ReminderKind, Scale
from supervision.states import Severity, Source

PARTS = {
    "goals": "掌握项目落实情况，发现并推动解决突出问题。",
    "focus": "责任落实、资金使用、台账资料、群众反映集中的事项。",
    "division": "检查组分组到单位，查阅资料、实地走访、谈心谈话同步进行。",
    "coordination": "牵头单位统筹，参加单位派员，被监督单位提供资料。",
    "supervision": "每周调度一次进展，重大问题随时报告协管领导。",
    "summary": "检查结束后形成问题清单和监督检查情况报告。",
}
# title of the project, lead's clerk, month, days of the visit, how far the round has come
ROUNDS = (
    ("高标准农田建设管护情况专项监督", "nongye", 10, 30, "inspecting"),
    ("惠农补贴“一卡通”发放情况监督", "nongye", 11, 20, "ready"),
    ("教育系统党费收缴专项清理", "jiaoyu", 10, 15, "reporting"),
    ("义务教育学校营养餐采购管理监督", "jiaoyu", 9, 20, "reporting"),
    ("校外培训机构治理责任落实监督", "jiaoyu", 12, 15, "planned"),
    ("医保基金使用突出问题监督", "weijian", 4, 15, "reporting"),
    ("耕地保护和违建排查整改监督", "liuhe", 11, 15, "submitted"),
    ("乡村振兴项目资金使用监督", "liuhe", 8, 15, "reporting"),
    ("项目建设招投标监督", "weijian", 7, 15, "reporting"),
    ("乡镇卫生院药品采购监督", "weijian", 12, 15, "cancelled"),
)
SEEN = (
    ("site_visit", "实地走访3个点位，查看现场和记录。"),
    ("document_review", "查阅近两年台账、会议记录和支付凭证。"),
    ("talk", "与主要负责人和经办人员谈心谈话。"),
)


def build_rounds() -> None:
    """Each project's first round, walked by the office's own verbs."""
    for title, clerk, month, days, state in ROUNDS:
        walk(ChecklistItem.objects.get(title=title), person(clerk), month, days, state)
    _joint()


def walk(item: ChecklistItem, clerk: User, month: int, days: int, state: str) -> Round:
    """A round of one project, as far as `state`."""
    start = date(YEAR, month, 9)
    round = rounds.open_round(
        item, by=clerk, at=at(month, 1), title="", units=list(item.units.all()), scale=Scale.SINGLE,
        start_planned_on=start, end_planned_on=start + timedelta(days=days), linkage_mode=LinkageMode.NONE,
    )  # fmt: skip
    if state == "cancelled":
        head = User.objects.select_related("organ").get(organ_id=clerk.organ_id, role=Role.ORGAN_HEAD)
        rounds.cancel_round(round, by=head, at=at(month, 1), reason="并入下一年度同类监督，避免重复检查。")
    if state in ("planned", "cancelled"):
        return round
    prepare(round, clerk, month)
    if state == "submitted":
        return round
    sign(round.plans.get(), at(month, 8))
    if state == "ready":
        return round
    inspect(round, clerk, month)
    if state == "reporting":
        rounds.end_inspection(_fresh(round), by=clerk, at=at(month, 26), on=date(YEAR, month, 25))
    return round


def prepare(round: Round, clerk: User, month: int) -> None:
    """Training, a team with its declarations, and the plan on its way up."""
    fieldwork.add_training(
        round, {"held_on": date(YEAR, month, 2), "topic": "监督重点和政策规定解读", "lecturer": "省纪委监委业务骨干", "attendee_count": 8,
                "lecturer_kind": LecturerKind.SUPERIOR, "attendees": "检查组全体人员"}, by=clerk, at=at(month, 2),
    )  # fmt: skip
    members: list[dict[str, Any]] = [{"name": clerk.full_name, "from_where": clerk.organ.name, "user": clerk, "is_leader": True},
               {"name": "田野", "from_where": "县审计局", "user": None, "is_leader": False}]  # fmt: skip
    team = fieldwork.save_team(round, by=clerk, at=at(month, 3), name="第一检查组", members=members)
    for member in team.members.all():
        fieldwork.declare_recusal(member, by=clerk, at=at(month, 3), recusal=Recusal.CLEAR)
    days = {"start_on": round.start_planned_on, "end_on": round.end_planned_on}
    plan = plans.save_plan(round, {**PARTS, **days}, by=clerk, at=at(month, 4))
    plans.submit_plan(plan, by=clerk, at=at(month, 4))


def sign(paper: Any, moment: Any, *, kind: str = "plan_approval", opinion: str = "同意。") -> Approval:
    """Every rung of the running chain agrees, the committee by a resolution."""
    approval = Approval.objects.of(paper).running().get()
    for step in list(approval.steps.order_by("seq")):
        if step.rung == Rung.STANDING_COMMITTEE:
            resolution = ScResolution.objects.create(
                organ_id=approval.organ_id, kind=kind, meeting_on=moment.date(), title=approval.title[:200], approved=True,
                opinion=opinion, recorded_by=person("changweihui"), recorded_at=moment,
            )  # fmt: skip
            approvals.decide(approval, "approve", by=person("changweihui"), at=moment, resolution=resolution)
        else:
            signer = approvals.signers(approval.organ_id, step.rung, on=moment.date())[0]
            approvals.decide(approval, "approve", by=person(signer.username), at=moment, note="同意。")
    return approval


def inspect(round: Round, clerk: User, month: int) -> list[Problem]:
    """The visits, a working paper that became a problem, one more problem with a reminder, and a leader's word."""
    found = begin(round, clerk, month)
    leader = approvals.signers(found.organ_id, Rung.ASSISTING_MEMBER, on=date(YEAR, month, 12))[0]
    fieldwork.note_guidance(found, {"leader": leader, "given_on": date(YEAR, month, 12), "kind": GuidanceKind.PROGRESS,
                                    "content": "调度检查进展，要求聚焦资金和责任两条线。", "result": "已调整检查重点。"}, by=clerk, at=at(month, 12))  # fmt: skip
    return [_by_paper(found, clerk, month), _by_hand(found, clerk, month)]


def begin(round: Round, clerk: User, month: int) -> Round:
    """The round is started and the units are visited."""
    rounds.start_round(_fresh(round), by=clerk, at=at(month, 10), on=date(YEAR, month, 10))
    found = _fresh(round)
    for offset, (code, seen) in enumerate(SEEN):
        log(found, clerk, month, 11 + offset, code, seen)
    if found.item.topics.filter(name="疫情防控").exists():
        log(found, clerk, month, 14, "survey", "调研防控物资储备和医保结算保障，查看3家定点机构。")
    return found


def log(round: Round, clerk: User, month: int, day: int, code: str, seen: str) -> None:
    """One entry of the log."""
    values = {"held_on": date(YEAR, month, day), "unit": round.units.first(), "method": Method.objects.get(code=code), "findings": seen,
              "participants": f"{clerk.full_name}、田野", "kind": ActivityKind.SPECIAL, "place": "单位现场", "team": round.teams.first()}  # fmt: skip
    fieldwork.log_activity(round, values, by=clerk, at=at(month, day))


def _by_paper(round: Round, clerk: User, month: int) -> Problem:
    head = User.objects.select_related("organ").get(organ_id=clerk.organ_id, role=Role.ORGAN_HEAD)
    values = {"unit": round.units.first(), "title": "台账与现场不符", "sample_count": 20, "failed_count": 6, "basis": "项目管理办法第十二条",
              "facts": "抽查20处点位，6处台账登记与现场不一致。", "unit_opinion": "情况属实，立即核对更正。"}  # fmt: skip
    paper = fieldwork.save_paper(round, values, by=clerk, at=at(month, 14))
    move(paper, "submit", by=clerk, at=at(month, 14))
    problem = fieldwork.review_paper(paper, "confirm", by=head, at=at(month, 15))
    assert problem is not None
    return problem


def _by_hand(round: Round, clerk: User, month: int) -> Problem:
    problem = create_problem(
        organ=clerk.organ, unit=round.units.get(pk=round.units.order_by("pk").values("pk")[:1]), item=round.item, round=round, year=YEAR, by=clerk, at=at(month, 16),
        description="责任人变动后没有及时交接，公示牌信息过期。", found_on=date(YEAR, month, 15), source=Source.ROUND,
        severity=Severity.GENERAL, suggestion="立即更新公示信息，明确交接责任。", fixed_on_spot=True,
    )  # fmt: skip
    values = {"kind": ReminderKind.INTERVIEW, "reminded": f"{round.units.first()}分管负责人", "given_on": date(YEAR, month, 16),
              "given_by": clerk.full_name, "response": "当场更新，次日完成交接。", "corrected_on": date(YEAR, month, 17)}  # fmt: skip
    fieldwork.add_reminder(problem, values, by=clerk, at=at(month, 18))
    return problem


def _joint() -> None:
    """The centralized round: three organs, two units, teams put together by 党风政风监督室."""
    clerk = person("dangfeng")
    item = ChecklistItem.objects.get(title="粮食购销领域突出问题集中监督")
    partners = [Organ.objects.get(name=name) for name in ("驻县发展和改革委纪检监察组", "驻县财政局纪检监察组")]
    units = [SupervisedUnit.objects.get(name=name) for name in ("县发展和改革委", "县财政局")]
    round = rounds.open_round(
        item, by=clerk, at=at(5, 1), title="", units=units, participants=partners, scale=Scale.COUNTY_WIDE,
        start_planned_on=date(YEAR, 5, 9), end_planned_on=date(YEAR, 6, 5), linkage_mode=LinkageMode.ROOM_GROUP,
    )  # fmt: skip
    prepare(round, clerk, 5)
    sign(round.plans.get(), at(5, 8))
    inspect(round, clerk, 5)
    rounds.end_inspection(_fresh(round), by=clerk, at=at(6, 5), on=date(YEAR, 6, 5))


def _fresh(round: Round) -> Round:
    return Round.objects.select_related("organ", "item").get(pk=round.pk)
