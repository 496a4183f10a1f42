"""What was found and what became of it: found, on the spot, put to rectification, closed, overdue, rebound (A9.5-A9.8)."""

from __future__ import annotations

from typing import Any

from django.db.models import Q

from checklists.states import FocusArea
from reports.counting.figure import Figure, Rows, Scope, declare
from supervision.models import Extension, LookBackResult, Problem, RectificationItem
from supervision.states import ExtensionStep, LookBackStep, LookBackVerdict, Severity

PROBLEM = {
    "found_on": "发现日期",
    "unit__name": "被监督单位",
    "description": "问题",
    "organ__name": "监督单位",
    "rectification__due_on": "整改时限",
    "rectification__closed_on": "销号日期",
}
RECTIFICATION = {
    "problem__found_on": "发现日期",
    "problem__unit__name": "被监督单位",
    "problem__description": "问题",
    "organ__name": "监督单位",
    "due_on": "整改时限",
    "closed_on": "销号日期",
}


def found(**more: Any) -> Rows:
    """Problems found in the period, not removed; the day is the day of finding, never of typing."""
    return lambda scope: Problem.objects.live().filter(organ_id__in=scope.organs, found_on__range=scope.days, **more)


def rectifications(condition: Any) -> Rows:
    """Rectification under a condition of the scope; of problems taken out none."""
    return lambda scope: RectificationItem.objects.filter(
        condition(scope), organ_id__in=scope.organs, problem__removed_at__isnull=True
    )


def _still_open(scope: Scope) -> Q:
    """Found by the day of judging, or on a day that nobody wrote down, and not closed by then."""
    found = Q(problem__found_on__lte=scope.on) | Q(problem__found_on__isnull=True)
    return found & (Q(closed_on__isnull=True) | Q(closed_on__gt=scope.on))


def issued(scope: Scope) -> Q:
    return Q(problem__found_on__range=scope.days, problem__fixed_on_spot=False)


def _closed(scope: Scope) -> Q:
    return Q(closed_on__range=scope.days)


def overdue(scope: Scope) -> Q:
    return _still_open(scope) & Q(due_on__lt=scope.on)


def _extensions(scope: Scope) -> Any:
    return Extension.objects.filter(
        step=ExtensionStep.APPROVED, rectification__organ_id__in=scope.organs, decided_at__date__range=scope.days,
        rectification__problem__removed_at__isnull=True,
    )  # fmt: skip


def looked_at(**more: Any) -> Rows:
    """Problems that a “回头看” finished in the period judged; answers kept while it is under way are a draft."""
    return lambda scope: LookBackResult.objects.filter(
        look_back__step=LookBackStep.HELD, look_back__organ_id__in=scope.organs, look_back__held_on__range=scope.days,
        rectification__problem__removed_at__isnull=True, **more,
    )  # fmt: skip


OF_PROBLEM: dict[str, Any] = {
    "columns": PROBLEM, "page": "supervision:problem", "topic": "topics", "joint": "round__participants"
}  # fmt: skip
OF_ITEM: dict[str, Any] = {
    "columns": RECTIFICATION, "page": "supervision:problem", "page_key": "problem_id", "topic": "problem__topics",
    "joint": "problem__round__participants",
}  # fmt: skip

declare(
    Figure("problems_found", "发现问题", "个", "A9.4", found(), **OF_PROBLEM),
    *(
        Figure(f"problems_{area.value}", f"“{area.label}”方面问题", "个", "A5", found(focus_area=area), **OF_PROBLEM)
        for area in FocusArea
    ),
    Figure("problems_grave", "突出和重大问题", "个", "A9.4",
           found(severity__in=(Severity.PROMINENT, Severity.MAJOR)), **OF_PROBLEM),
    Figure("problems_on_spot", "立行立改问题", "个", "A9.5", found(fixed_on_spot=True), **OF_PROBLEM),
    Figure("problems_repeated", "屡改屡犯问题", "个", "A9.8c", found(repeat_of__isnull=False), **OF_PROBLEM),
    Figure("rectification_issued", "交办整改问题", "个", "A9.8a", rectifications(issued), **OF_ITEM),
    Figure("rectification_closed", "销号问题", "个", "A9.8b", rectifications(_closed), **OF_ITEM),
    Figure("rectification_open", "尚未销号问题", "个", "A9.8b", rectifications(_still_open), **OF_ITEM),
    Figure("rectification_overdue", "逾期未销号问题", "个", "A9.8c", rectifications(overdue), **OF_ITEM),
    Figure("extensions", "批准延期", "次", "A9.8b", _extensions, organ="rectification__organ_id",
           columns={"rectification__problem__description": "问题", "old_due_on": "原时限", "new_due_on": "延至", "reason": "理由"},
           page="supervision:problem", page_key="rectification__problem_id",
           joint="rectification__problem__round__participants"),
    Figure("rebounds", "“回头看”发现反弹", "个", "A9.8e", looked_at(verdict=LookBackVerdict.REBOUND), organ="look_back__organ_id",
           columns={"look_back__held_on": "日期", "rectification__problem__description": "问题", "finding": "核查情况"},
           page="supervision:problem", page_key="rectification__problem_id",
           joint="rectification__problem__round__participants"),
)  # fmt: skip
