"""What a round waits for between the committee's study and its end; each question quotes its article (A9.7-A9.8)."""

from __future__ import annotations

from typing import Any

from django.db.models import Q

from accounts.workflow import ALLOWED, Verdict, denied
from supervision.models import AccountabilityAction, InspectionReport, Problem, RectificationItem, Round
from supervision.rounds.rules import takes_findings
from supervision.rounds.states import AFTER_DISPOSAL, ReportKind, ReportStep, RoundStep
from supervision.rounds.states import Route as Way
from supervision.states import RectificationStep

SHOWN = 3  # problems named in a refusal; the rest are counted


def _problems(round: Round) -> Any:
    return Problem.objects.live().filter(round=round).order_by("pk")


def _named(rows: Any) -> str:
    """The first few codes and the number of all: 2026-00012、2026-00015等5个."""
    found = list(rows.distinct())
    codes = "、".join(row.code for row in found[:SHOWN])
    return codes if len(found) <= SHOWN else f"{codes}等{len(found)}个"


def has_final_report_approved(round: Round) -> Verdict:
    """A9.6d: the final report, or one for each unit, carries the deputy secretary's signature."""
    finals = InspectionReport.objects.filter(round=round, kind=ReportKind.FINAL)
    signed = finals.filter(approved_at__isnull=False)
    if signed.filter(unit__isnull=True).exists():
        return ALLOWED
    lacking = round.units.exclude(pk__in=signed.filter(unit__isnull=False).values("unit_id"))
    if not signed.exists() or lacking.exists():
        names = "、".join(unit.name for unit in lacking[:SHOWN])
        return denied(f"还没有批准的监督检查情况报告{f'（{names}）' if names else ''}。请起草报告并层报审批。", "A9.6d")
    return ALLOWED


def every_final_report_studied(round: Round) -> Verdict:
    """A9.7a: the standing committee has studied each approved final report."""
    waiting = InspectionReport.objects.filter(round=round, kind=ReportKind.FINAL, approved_at__isnull=False)
    left = waiting.exclude(step=ReportStep.STUDIED).first()
    if left is not None:
        return denied(f"县纪委常委会还没有研判“{left}”。请提交常委会，并由常委会秘书登记研判意见。", "A9.7a")
    return ALLOWED


def every_problem_routed(round: Round) -> Verdict:
    """A9.7d: no problem is left without a way to go on."""
    left = _problems(round).filter(routes__isnull=True)
    if left.exists():
        return denied(f"问题{_named(left)}还没有确定处置方式。请在“分类处置”中逐个确定。", "A9.7d")
    return ALLOWED


def every_problem_fed_back(round: Round) -> Verdict:
    """A9.7d: each unit was told of each of its problems, on a day."""
    left = _problems(round).filter(feedbacks__isnull=True)
    if left.exists():
        return denied(f"问题{_named(left)}还没有向被监督单位反馈。请登记反馈日期、方式和接收人。", "A9.7d")
    return ALLOWED


def routes_have_their_records(round: Round) -> Verdict:
    """A9.7e-g: what is to be rectified has its term, what is held to account its action, what is handed over its clue."""
    rows = _problems(round)
    without_term = rows.filter(routes__route=Way.RECTIFY, rectification__due_on__isnull=True)
    if without_term.exists():
        return denied(f"问题{_named(without_term)}定为限期整改，但没有整改时限。请先定时限。", "A9.7e")
    without_action = rows.filter(routes__route=Way.ACCOUNTABILITY).exclude(
        pk__in=AccountabilityAction.objects.standing().values("problem")
    )
    if without_action.exists():
        return denied(f"问题{_named(without_action)}定为问责，但没有登记问责程序。请登记启动日期和承办单位。", "A9.7f")
    without_clue = rows.filter(routes__route=Way.REVIEW, clues__isnull=True)
    if without_clue.exists():
        return denied(f"问题{_named(without_clue)}定为移送，但没有线索移送登记。请登记线索编号和接收单位。", "A9.7g")
    return ALLOWED


def needing_cure(round: Round, *, removed: bool = False) -> Any:
    """Rectification items of the round's problems, those left without action excepted (A9.8); `removed` takes those off the books."""
    rows = RectificationItem.objects.filter(problem__round=round, problem__removed_at__isnull=not removed)
    cured = Q(problem__routes__route__in=(Way.RECTIFY, Way.ON_SPOT, Way.ACCOUNTABILITY, Way.REVIEW))
    return rows.filter(cured).distinct()


def takes_back(problem: Problem) -> Verdict:
    """A9.6a, A9.7d, A9.8b: a problem comes back to its round only as far as the round has gone: listed, routed, told, struck off."""
    round = problem.round
    if round is None or (on_the_books := takes_findings(round, problem.unit)):
        return ALLOWED
    if not problem.reports.filter(kind=ReportKind.FINAL).exists():
        return on_the_books
    if round.step not in AFTER_DISPOSAL:
        return ALLOWED
    if not problem.routes.exists() or not problem.feedbacks.exists():
        return denied(
            f"“{round}”{round.get_step_display()}，这个问题还没有处置和反馈，不能恢复。请按日常监督重新登记。", "A9.7d"
        )
    if (
        round.step == RoundStep.CLOSED
        and needing_cure(round, removed=True).filter(problem=problem).exclude(step=RectificationStep.CLOSED).exists()
    ):
        return denied(f"“{round}”已办结，这个问题还没有销号，不能恢复。请按日常监督重新登记。", "A9.8b")
    return ALLOWED


def every_problem_struck_off(round: Round) -> Verdict:
    """A9.8b: the round ends when the last of its problems is struck off."""
    left = needing_cure(round).exclude(step=RectificationStep.CLOSED).select_related("problem")
    count = left.count()
    if count:
        codes = "、".join(item.problem.code for item in left[:SHOWN])
        return denied(f"还有{count}个问题没有销号（{codes}）。请督促整改并审核销号。", "A9.8b")
    return ALLOWED
