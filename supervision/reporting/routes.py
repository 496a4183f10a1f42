"""Questions asked when the problems of a round are disposed of and fed back (A9.7d)."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from accounts.models import Attachment, SupervisedUnit
from accounts.workflow import ALLOWED, Verdict, denied
from supervision.models import InspectionReport, Problem, Round
from supervision.rounds.states import RoundStep, Route

TOLD = frozenset({RoundStep.SC_ANALYSED, RoundStep.DISPOSED, RoundStep.RECTIFYING})


def may_route(round: Round) -> Verdict:
    """A9.7d: routes follow from the committee's study; they may change until the round is disposed of."""
    if round.step == RoundStep.SC_ANALYSED:
        return ALLOWED
    if round.step in (RoundStep.DISPOSED, RoundStep.RECTIFYING, RoundStep.CLOSED):
        return denied(f"“{round}”{round.get_step_display()}，处置方式已确定，不能再改。", "A9.7d")
    return denied(
        f"“{round}”{round.get_step_display()}，县纪委常委会还没有研判报告。请先提交常委会并登记研判意见，再分类处置。",
        "A9.7d",
    )


def routes_fit(routes: Collection[Route], reason: str) -> Verdict:
    """A9.7d: at least one way; no action stands alone and says why."""
    if not routes:
        return denied("请至少选择一种处置方式。", "A9.7d")
    if Route.NO_ACTION in routes:
        if len(routes) > 1:
            return denied("“不予处理”不能与其他处置方式同时选择。", "A9.7d")
        if not reason.strip():
            return denied("“不予处理”须写明理由。", "A9.7d")
    return ALLOWED


def fixed_on_the_spot(problem: Problem) -> Verdict:
    """A9.7d: 立行立改 is claimed only with its mark and with evidence on file."""
    if not problem.fixed_on_spot:
        return denied(
            f"问题{problem.code}没有标记为立行立改。请先在问题页面标记并上传佐证，或选择其他处置方式。", "A9.7d"
        )
    item = getattr(problem, "rectification", None)
    if item is None or not Attachment.objects.of(item).filter(purpose="evidence").exists():
        return denied(f"问题{problem.code}还没有立行立改的佐证材料。请先在问题页面上传佐证。", "A9.7d")
    return ALLOWED


def may_feed_back(round: Round) -> Verdict:
    """A9.7d: units are told after the study."""
    if round.step in TOLD:
        return ALLOWED
    return denied(f"“{round}”{round.get_step_display()}，常委会研判后才能向被监督单位反馈问题。", "A9.7d")


def after_study(round: Round, day: date) -> Verdict:
    """A9.7d: the day of telling is not before the day of the study."""
    studied = InspectionReport.objects.filter(round=round, studied_on__isnull=False).order_by("studied_on")
    first = studied.values_list("studied_on", flat=True).first()
    if first and day < first:
        return denied(f"反馈日期早于常委会研判日期{first:%Y-%m-%d}，请核对。", "A9.7d")
    return ALLOWED


def may_be_told(round: Round, unit: SupervisedUnit, problem: Problem) -> Verdict:
    """A9.7d: a unit is told of its own problems of this round, each once."""
    if problem.round_id != round.pk or problem.unit_id != unit.pk or problem.removed_at:
        return denied(f"问题{problem.code}不是本轮监督中{unit}的问题。", "A9.7d")
    if problem.feedbacks.exists():
        return denied(f"问题{problem.code}已经反馈过，不用重复登记。", "A9.7d")
    return ALLOWED
