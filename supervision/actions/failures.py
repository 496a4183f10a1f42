"""整改不力, and problems that come again: named by a person on stated facts, never derived (A9.8c)."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction

from accounts.calendar import local_day
from accounts.notifications import staff_of, told_by
from accounts.permissions import Permission, has
from accounts.workflow import Refused, record
from supervision.actions.rectification import problem_url
from supervision.models import Problem, RectificationItem
from supervision.states import FailureKind, RectificationStep


@transaction.atomic
def set_failure(item: RectificationItem, kind: str, *, by: Any, at: datetime, reason: str) -> None:
    """Name the failure of an open rectification, or take the name back with an empty `kind`; both need a reason (A9.8c).

    The supervising organ or 党风政风监督室 does so. “不及时” needs a term that has passed. Raises `Refused`.
    """
    fresh = RectificationItem.objects.select_for_update(of=("self",)).select_related("problem").get(pk=item.pk)
    if not (has(by, Permission.DRAFT, fresh.organ_id) or has(by, Permission.COORDINATE, fresh.organ_id)):
        raise Refused("整改不力由监督单位或党风政风监督室认定。", "A9.8c")
    if not reason.strip():
        raise Refused("请写明事实和依据：哪项整改不及时、不到位或者怎样拒不整改。", "A9.8c")
    if kind and fresh.step == RectificationStep.CLOSED:
        raise Refused("该问题已销号，不能认定整改不力。如有反弹，请先重新开启。", "A9.8c")
    if kind == FailureKind.LATE and not fresh.is_overdue(on=local_day(at)):
        raise Refused("整改时限还没有过，不能认定“不及时”。请核对时限，或者选择其他情形。", "A9.8c")
    fresh.failure_kind, fresh.failure_note = kind, reason.strip() if kind else ""
    fresh.save()
    label = f"认定整改{FailureKind(kind).label}" if kind else "撤销整改不力认定"
    label = "认定拒不整改" if kind == FailureKind.REFUSED else label
    event = record(fresh, "failure", by=by, at=at, label=label, note=reason.strip(), article="A9.8c")
    told_by(
        event,
        staff_of(fresh.organ_id).exclude(pk=by.pk),
        f"{label}：{fresh.problem}。",
        link=problem_url(fresh.problem),
    )


@transaction.atomic
def link_repeat(problem: Problem, earlier: Problem | None, *, by: Any, at: datetime) -> None:
    """Say that this problem repeats an earlier one of the same unit, or that it does not (A9.8c). Raises `Refused`."""
    fresh = Problem.objects.select_for_update(of=("self",)).get(pk=problem.pk)
    if not has(by, Permission.DRAFT, fresh.organ_id):
        raise Refused("屡改屡犯由监督单位认定。", "A9.8c")
    if earlier is not None:
        _check_earlier(fresh, earlier)
    fresh.repeat_of = earlier
    fresh.save()
    label = f"认定屡改屡犯，与问题{earlier.code}同类" if earlier else "撤销屡改屡犯认定"
    record(fresh, "repeat", by=by, at=at, label=label, article="A9.8c")


def _check_earlier(problem: Problem, earlier: Problem) -> None:
    if earlier.unit_id != problem.unit_id:
        raise Refused("屡改屡犯是同一单位的问题，所选问题属于另一个单位。", "A9.8c")
    if earlier.pk == problem.pk:
        raise Refused("问题不能与自己同类，请选择以前的问题。", "A9.8c")
    if problem.found_on and earlier.found_on and earlier.found_on > problem.found_on:
        raise Refused(f"所选问题发现于{earlier.found_on:%Y-%m-%d}，晚于本问题，请选择以前的问题。", "A9.8c")
    step: Problem | None = earlier
    while step is not None:
        if step.pk == problem.pk:
            raise Refused("所选问题本身已登记为本问题的重复，不能互为同类。", "A9.8c")
        step = step.repeat_of
