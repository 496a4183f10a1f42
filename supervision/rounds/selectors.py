"""Readings over rounds: the list, the guide of eight steps, what a unit is asked for by everybody. Rows are plain values."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from accounts.limits import UNIT_BURDEN_DAYS
from accounts.workflow import Verdict
from supervision.models import InspectionActivity, InspectionReport, Problem, Round, RoundTraining, Team
from supervision.rounds import endings as after
from supervision.rounds import rules
from supervision.rounds.states import FINISHED, PREPARING, RoundStep

COLUMNS = (
    "pk", "title", "seq", "organ_id", "organ__name", "organ__short_name", "item_id", "item__title", "item__form", "step",
    "start_planned_on", "end_planned_on", "started_on", "ended_on", "found", "closed",
)  # fmt: skip
ORDERS: dict[str, tuple[str, ...]] = {
    "start": ("-start_planned_on", "-pk"),
    "end": ("end_planned_on", "pk"),
    "organ": ("organ_id", "-pk"),
}


def round_rows(rounds: QuerySet[Round]) -> Any:
    """The values of rounds that the list shows, with the problems found and struck off."""
    live = Q(problems__removed_at__isnull=True)
    counted = rounds.annotate(
        found=Count("problems", filter=live, distinct=True),
        closed=Count("problems", filter=live & Q(problems__rectification__step="closed"), distinct=True),
    )
    return counted.values(*COLUMNS)


def filtered_rounds(rounds: QuerySet[Round], chosen: dict[str, Any]) -> QuerySet[Round]:
    """The rounds that a reader asked for. `chosen` holds what the filter form understood."""
    for name in ("organ", "item"):
        if name in chosen:
            rounds = rounds.filter(**{name: chosen[name]})
    if "unit" in chosen:
        rounds = rounds.filter(Exists(Round.units.through.objects.filter(round_id=OuterRef("pk"), supervisedunit_id=chosen["unit"].pk)))  # fmt: skip
    if "year" in chosen:
        rounds = rounds.filter(start_planned_on__year=chosen["year"])
    step = chosen.get("step")
    if step == "open":
        rounds = rounds.exclude(step__in=FINISHED)
    elif step:
        rounds = rounds.filter(step=step)
    if q := chosen.get("q"):
        rounds = rounds.filter(title__contains=q)
    return rounds


# --- the guide ---


@dataclass(frozen=True)
class Stage:
    """One of the eight steps of article 9 as the page shows it."""

    no: int
    key: str
    title: str
    article: str
    state: str  # done, now, next
    facts: str
    blocker: Verdict | None = None


_ORDER = {step: place for place, step in enumerate(RoundStep)}


def guide(round: Round) -> list[Stage]:
    """Eight steps: what is done, what is due, and the one sentence that blocks the next."""
    facts = _facts(round)
    done = _done(round, facts)
    current = next((key for key in STAGES if not done[key]), "")
    return [
        Stage(no, key, title, article, "done" if done[key] else "now" if key == current else "next", facts[key], _blocker(round, key) if key == current else None)
        for no, (key, (title, article)) in enumerate(STAGES.items(), 1)
    ]  # fmt: skip


STAGES = {
    "training": ("学习培训", "A9.1"),
    "teams": ("组建力量", "A9.2"),
    "plan": ("制定方案", "A9.3"),
    "inspection": ("监督检查", "A9.4"),
    "correction": ("纠偏提醒", "A9.5"),
    "report": ("形成报告", "A9.6"),
    "disposal": ("研判处置", "A9.7"),
    "cure": ("整改和回头看", "A9.8"),
}


def _facts(round: Round) -> dict[str, str]:
    problems: Any = Problem.objects.live().filter(round=round)
    counts = problems.aggregate(
        found=Count("pk", distinct=True),
        reminded=Count("reminders", distinct=True),
        spot=Count("pk", filter=Q(fixed_on_spot=True), distinct=True),
        routed=Count("pk", filter=Q(routes__isnull=False), distinct=True),
        closed=Count("pk", filter=Q(rectification__step="closed"), distinct=True),
    )
    trained = RoundTraining.objects.filter(round=round).count()
    reports = InspectionReport.objects.filter(round=round)
    plan = round.plans.order_by("-version").first()
    return {
        "training": f"{trained}次" if trained else ("已同意先启动" if round.waived_by_id else "未登记"),
        "teams": f"{Team.objects.filter(round=round).count()}个检查组",
        "plan": f"第{plan.version}版，{plan.get_step_display()}" if plan else "未起草",
        "inspection": f"活动{InspectionActivity.objects.filter(round=round).count()}次，发现问题{counts['found']}个",
        "correction": f"提醒{counts['reminded']}次，立行立改{counts['spot']}个",
        "report": "，".join(report.get_step_display() for report in reports[:3]) or "未起草",
        "disposal": f"已定处置方式{counts['routed']}/{counts['found']}",
        "cure": f"已销号{counts['closed']}/{counts['found']}",
    }


def _done(round: Round, facts: dict[str, str]) -> dict[str, bool]:
    place = _ORDER[RoundStep(round.step)]
    preparing = round.step in PREPARING
    return {
        "training": not preparing or bool(rules.has_training(round)),
        "teams": not preparing or all((rules.has_team_with_leader(round), rules.recusal_declared(round), rules.recusal_kept(round), rules.linkage_fits(round))),
        "plan": not preparing or all((rules.plan_in_force(round), rules.plan_covers_the_round(round))),
        "inspection": place > _ORDER[RoundStep.INSPECTING],
        "correction": place > _ORDER[RoundStep.INSPECTING],
        "report": place > _ORDER[RoundStep.REPORTING],
        "disposal": place > _ORDER[RoundStep.SC_ANALYSED],
        "cure": round.step == RoundStep.CLOSED,
    }  # fmt: skip


def _blocker(round: Round, key: str) -> Verdict | None:
    """The first thing that is missing in the step of now; None where nothing is."""
    questions: dict[str, tuple[Any, ...]] = {
        "training": (rules.has_training,),
        "teams": (rules.has_team_with_leader, rules.teams_put_together_rightly, rules.recusal_declared, rules.recusal_kept, rules.linkage_fits),
        "plan": (rules.plan_in_force, rules.plan_covers_the_round),
        "inspection": (rules.has_activity, rules.papers_are_settled),
        "report": (after.has_final_report_approved,),
        "disposal": (after.every_final_report_studied, after.every_problem_routed, after.every_problem_fed_back, after.routes_have_their_records),
        "cure": (after.every_problem_struck_off,),
    }  # fmt: skip
    for question in questions.get(key, ()):
        verdict = question(round)
        if not verdict:
            return verdict
    return None


# --- the burden of a unit ---


def visits(unit_id: int, *, since: date, until: date) -> list[dict[str, Any]]:
    """Every round that goes to a unit in a span of days, whoever leads it (减负): oldest first."""
    rows: Any = Round.objects.filter(units=unit_id, start_planned_on__lte=until, end_planned_on__gte=since)
    shown = rows.exclude(step=RoundStep.CANCELLED).order_by("start_planned_on", "pk")
    return list(
        shown.values(
            "pk", "title", "organ_id", "organ__name", "start_planned_on", "end_planned_on", "started_on", "step"
        )
    )


def crowded(
    unit_ids: Iterable[int], *, organ_id: int, start: date, end: date, but: int | None = None
) -> list[dict[str, Any]]:
    """Rounds of OTHER organs that go to the same units within the days that should lie between two checks.

    A warning for people, never a refusal: they combine the checks, or move one.
    """
    gap = timedelta(days=UNIT_BURDEN_DAYS.on(start))
    rows: Any = Round.objects.filter(
        units__in=list(unit_ids), start_planned_on__lte=end + gap, end_planned_on__gte=start - gap
    )
    others = rows.exclude(organ_id=organ_id).exclude(pk=but).exclude(step__in=FINISHED)
    return list(
        others.order_by("start_planned_on", "pk").values(
            "pk", "title", "organ__name", "start_planned_on", "end_planned_on", "units__name"
        )
    )
