"""What must stand before a round goes on to its next step; each question quotes its article (A9.1-A9.6, A10.2)."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import Q

from accounts.calendar import local_day
from accounts.models import Approval, ChainState, Official
from accounts.roles import TOWNSHIP_KINDS, OrganKind
from accounts.workflow import ALLOWED, Verdict, denied
from checklists.rules import linkage_verdict
from supervision.models import InspectionActivity, InspectionReport, Plan, Round, RoundTraining, Team, TeamMember
from supervision.rounds.states import FINDING, FINISHED, PREPARING, WIDE, PlanStep, Recusal, ReportKind

LOCAL_KINDS = frozenset({OrganKind.STATIONED_GROUP, OrganKind.UNIT_DISCIPLINE_ORGAN}) | TOWNSHIP_KINDS
PARTS = {
    "goals": "目标任务",
    "focus": "监督重点",
    "division": "责任分工",
    "coordination": "组织协调",
    "supervision": "督查督办",
    "summary": "总结报告",
}


# --- preparing ---


def has_training(round: Round) -> Verdict:
    """A9.1: before each round there is training, unless the head has waived it in writing (AMB-5)."""
    if round.waived_by_id or RoundTraining.objects.filter(round=round).exists():
        return ALLOWED
    return denied("还没有登记学习培训。请先组织培训并登记；确需先启动的，由牵头单位负责人写明理由同意。", "A9.1")


def trained_by(round: Round, day: date) -> Verdict:
    """A9.1: the training was held not later than the day on which the round begins."""
    first = RoundTraining.objects.filter(round=round).order_by("held_on").first()
    if round.waived_by_id or (first is not None and first.held_on <= day):
        return ALLOWED
    when = f"登记的培训在{first.held_on:%Y-%m-%d}，晚于启动日期{day:%Y-%m-%d}。" if first else "还没有登记学习培训。"
    return denied(f"{when}培训应在启动前完成。", "A9.1")


def has_team_with_leader(round: Round) -> Verdict:
    """A9.2: at least one team, and each has its leader."""
    teams = list(Team.objects.filter(round=round).prefetch_related("members"))
    if not teams:
        return denied("还没有组建监督检查组。请先登记检查组、组长和成员。", "A9.2")
    headless = next((team for team in teams if not any(member.is_leader for member in team.members.all())), None)
    if headless is not None:
        return denied(f"{headless.name}还没有组长。请在成员中指定组长。", "A9.2")
    return ALLOWED


def teams_put_together_rightly(round: Round) -> Verdict:
    """A9.2: county-wide or systemic, 党风政风监督室 puts the teams together; else the group or township concerned."""
    for team in Team.objects.filter(round=round).select_related("organ"):
        verdict = team_organ_verdict(round.scale, team.organ)
        if not verdict:
            return verdict
    return ALLOWED


def team_organ_verdict(scale: str, organ: Any) -> Verdict:
    """Whether an organ may put together a team for a round of this scale."""
    if scale in WIDE and organ.kind != OrganKind.CONDUCT_SUPERVISION_OFFICE:
        return denied(f"全县性、系统性监督的检查组由党风政风监督室统一组建，不由{organ.label}组建。", "A9.2")
    if scale not in WIDE and organ.kind not in LOCAL_KINDS:
        return denied(
            "单个部门或单独领域的监督，以相应派驻纪检监察组、乡（镇、办）纪（工）委为主体组建检查组。", "A9.2"
        )
    return ALLOWED


def recusal_declared(round: Round) -> Verdict:
    """A9.2: each member has said whether he must keep away from a unit (回避)."""
    silent = TeamMember.objects.filter(team__round=round, recusal=Recusal.UNDECLARED)
    names = list(silent.values_list("name", flat=True)[:5])
    if names:
        return denied(f"{'、'.join(names)}还没有作回避声明。请在检查组成员中逐人登记。", "A9.2")
    return ALLOWED


def recusal_kept(round: Round) -> Verdict:
    """A9.2: nobody is in a team that goes to a unit from which he keeps away."""
    people = TeamMember.objects.filter(team__round=round).select_related("team")
    for member in people.filter(recusal=Recusal.RECUSED):
        away = member.recused_from.values("pk")
        if not member.recused_from.exists():
            return denied(f"{member.name}须回避，但仍在{member.team.name}。请调整分组或检查单位。", "A9.2")
        same = Q(name=member.name) | Q(user=member.user_id, user__isnull=False)
        for place in people.filter(same):  # who declared in one team keeps away with every other team he is in
            units = place.team.units.all() if place.team.units.exists() else round.units.all()
            clash = units.filter(pk__in=away).first()
            if clash is not None:
                return denied(
                    f"{member.name}须对{clash.name}回避，但仍在{place.team.name}。请调整分组或检查单位。", "A9.2"
                )
    return ALLOWED


def names_to_ask(round: Round) -> list[tuple[str, str]]:
    """Members whose name also stands among the officials of a unit of the round: (name, unit). A hint to ask, no verdict."""
    names = TeamMember.objects.filter(team__round=round).values_list("name", flat=True)
    rows: Any = Official.objects.filter(unit__in=round.units.all(), full_name__in=list(names))
    return list(rows.values_list("full_name", "unit__name"))


def linkage_fits(round: Round) -> Verdict:
    """A10.2: the kinds of those who take part match the mode of joint working."""
    others = round.participants.exclude(pk=round.organ_id).values_list("kind", flat=True)
    return linkage_verdict(
        round.linkage_mode, [round.organ.kind, *others], by_committee=round.item.arrangement_id is not None
    )


def plan_in_force(round: Round) -> Verdict:
    """A9.3b: nobody goes to a unit before the plan is approved; a plan under change stops nothing that was approved."""
    if Plan.objects.filter(round=round, step=PlanStep.APPROVED).exists():
        return ALLOWED
    return denied("监督方案还没有批准。请起草方案，层报协管常委、委员和分管副书记审批。", "A9.3b")


def frame_words(round: Round) -> dict[str, str]:
    """What a plan is signed for besides its own text: partners, linkage, units."""
    return {
        "参加单位": "、".join(str(organ) for organ in round.participants.all()),
        "联动方式": round.get_linkage_mode_display(),
        "被监督单位": "、".join(unit.name for unit in round.units.all()),
    }


def plan_covers_the_round(round: Round) -> Verdict:
    """A9.3b: the round goes to the units, with the partners, that were signed; another frame is another plan."""
    plan = Plan.objects.filter(round=round, step=PlanStep.APPROVED).first()
    signed = Approval.objects.of(plan).filter(state=ChainState.APPROVED).last() if plan else None
    if signed is None:
        return ALLOWED
    for label, now in frame_words(round).items():
        then = signed.content.get(label, "")
        if set(then.split("、")) != set(now.split("、")):
            return denied(
                f"方案批准后{label}有改动（批准的是{then or '无'}，现在是{now or '无'}）。请“修改方案”，作为新版层报审批后再启动。",
                "A9.3b",
            )
    return ALLOWED


def no_plan_under_signature(round: Round) -> Verdict:
    """A9.3b: what the leaders are signing for does not change under their hands."""
    if Plan.objects.filter(round=round, step=PlanStep.SUBMITTED).exists():
        return denied("监督方案正在审批，轮次不能修改。请先撤回方案，改好后再层报审批。", "A9.3b")
    return ALLOWED


def approved_by(round: Round, day: date) -> Verdict:
    """A9.3b: nobody goes to a unit before the day on which the plan was first approved."""
    first = Plan.objects.filter(round=round, approved_at__isnull=False).order_by("approved_at").first()
    if first is None or first.approved_at is None or local_day(first.approved_at) <= day:
        return ALLOWED
    return denied(
        f"监督方案{local_day(first.approved_at):%Y-%m-%d}批准，启动日期{day:%Y-%m-%d}早于批准日期。方案批准后才能实施，请核对启动日期。",
        "A9.3b",
    )


# --- the plan ---


def plan_is_complete(plan: Plan) -> Verdict:
    """A9.3a: all six parts are written."""
    empty = [label for name, label in PARTS.items() if not getattr(plan, name).strip()]
    if empty:
        return denied(f"方案还缺：{'、'.join(empty)}。六项内容写全后再层报审批。", "A9.3a")
    return ALLOWED


def plan_says_why_it_changes(plan: Plan) -> Verdict:
    """A9.3b: a plan approved before is changed for a reason, and goes up anew."""
    if plan.version > 1 and not plan.change_reason.strip():
        return denied("修改已批准的方案须写明原因。", "A9.3b")
    return ALLOWED


def plan_runs_in_an_open_round(plan: Plan) -> Verdict:
    """A9.3b: a plan belongs to a round that is being prepared or carried out."""
    if plan.round.ended_on is not None:
        return denied("本轮检查已结束，方案不再修改。", "A9.3b")
    if plan.round.step in FINISHED:
        return denied(f"本轮监督{plan.round.get_step_display()}，方案不再修改。", "A9.3b")
    return ALLOWED


def within_plan(activity: InspectionActivity) -> Verdict:
    """A9.4a: a day outside the plan is worth a word, not a refusal."""
    plan = Plan.objects.filter(round=activity.round, step=PlanStep.APPROVED).first()
    if plan is None or plan.start_on <= activity.held_on <= plan.end_on:
        return ALLOWED
    return denied(f"{activity.held_on:%Y-%m-%d}不在方案确定的{plan.start_on:%Y-%m-%d}至{plan.end_on:%Y-%m-%d}之内，请核对；确需延长的应修改方案。", "A9.4a")  # fmt: skip


# --- carrying out ---


def within_inspection(round: Round, day: date) -> Verdict:
    """A9.3b, A9.4a: an entry of the log lies between the day the round began and the day the teams came back."""
    if round.started_on and day < round.started_on:
        return denied(
            f"本轮{round.started_on:%Y-%m-%d}启动，{day:%Y-%m-%d}还没有启动，不能登记为本轮的检查活动。请核对日期。",
            "A9.3b",
        )
    if round.ended_on and day > round.ended_on:
        return denied(
            f"本轮检查{round.ended_on:%Y-%m-%d}结束，{day:%Y-%m-%d}的活动不属于本轮检查。请核对日期；整改中的核查请在问题页面登记。",
            "A9.4a",
        )
    return ALLOWED


def ends_after_last_visit(round: Round, day: date) -> Verdict:
    """A9.6a: the inspection ends not before its last visit."""
    last = InspectionActivity.objects.filter(round=round).order_by("-held_on").first()
    if last is None or last.held_on <= day:
        return ALLOWED
    return denied(f"最后一次检查活动在{last.held_on:%Y-%m-%d}，晚于结束日期{day:%Y-%m-%d}，请核对。", "A9.6a")


def takes_findings(round: Round, unit: Any = None) -> Verdict:
    """A9.3b, A9.6a: a problem belongs to a round from its beginning until the list of problems of its unit goes up."""
    if round.step in FINDING:
        return _list_is_open(round, unit)
    if round.step in PREPARING:
        return denied(
            f"“{round}”还没有启动监督检查，不能登记检查发现的问题。请先启动检查，或者不选轮次、按日常监督登记。",
            "A9.3b",
        )
    return denied(
        f"“{round}”{round.get_step_display()}，问题清单已经确定。新发现的问题请按日常监督登记，或者列入下一轮。",
        "A9.6a",
    )


def _list_is_open(round: Round, unit: Any) -> Verdict:
    finals = InspectionReport.objects.filter(round=round, kind=ReportKind.FINAL).exclude(step__in=("draft", "returned"))
    sent = finals.filter(Q(unit__isnull=True) | Q(unit=unit)).first()
    if sent is None:
        return ALLOWED
    return denied(
        f"“{sent}”{sent.get_step_display()}，问题清单已锁定。审批中的请先撤回报告，已批准的请按日常监督登记。", "A9.6a"
    )


def has_activity(round: Round) -> Verdict:
    """A9.4a: there is a report only about what was done."""
    if InspectionActivity.objects.filter(round=round).exists():
        return ALLOWED
    return denied("还没有登记监督检查活动。请先登记谈话、调研、列席、走访等情况。", "A9.4a")


def papers_are_settled(round: Round) -> Verdict:
    """A9.6a: no working paper waits for its reviewer when the report is begun."""
    waiting = round.papers.filter(step__in=("draft", "submitted", "returned")).count()
    if waiting:
        return denied(f"还有{waiting}份问题底稿没有复核完。请完成复核后再形成报告。", "A9.6a")
    return ALLOWED


def is_being_prepared(round: Round) -> Verdict:
    """Units, linkage and days are changed only before the round begins."""
    if round.step in PREPARING:
        return ALLOWED
    return denied(f"本轮已是“{round.get_step_display()}”，单位和联动方式不能再改。", "A9.0")
