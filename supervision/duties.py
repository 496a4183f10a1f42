"""Rectification is a duty with a day: each open item with a term, until it is struck off (A9.8b)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from django.urls import reverse

from accounts.calendar import local_day, noon
from accounts.duties import CURE, DutyKind, Owed, Proof, declare
from accounts.models import Duty
from supervision.models import LookBack, RectificationItem
from supervision.states import LookBackStep, RectificationStep


def owed(day: date) -> Iterator[Owed]:
    """Open items with a term, found by that day."""
    rows = RectificationItem.objects.open().filter(due_on__isnull=False, problem__removed_at__isnull=True)
    for item in rows.filter(problem__created_at__date__lte=day).select_related("organ", "problem__unit").iterator(500):
        assert item.due_on is not None
        yield Owed(item.organ, f"督促{item.problem.unit}整改：{item.problem}", item.due_on, item.problem.found_on or item.due_on,
                   period=str(item.problem.year), subject=item, link=reverse("supervision:problem", args=[item.problem_id]))  # fmt: skip


def proofs(duties: Sequence[Duty]) -> Mapping[int, Proof]:
    """销号 ends the duty on its day."""
    rows = RectificationItem.objects.filter(
        pk__in=[duty.subject_id for duty in duties], step=RectificationStep.CLOSED, closed_on__isnull=False
    )
    closed = dict(rows.values_list("pk", "closed_on"))
    return {
        duty.pk: Proof(noon(day), "已销号", duty.link)
        for duty in duties
        if (day := closed.get(duty.subject_id)) is not None
    }


def _lapsed(duties: Sequence[Duty]) -> list[int]:
    """The problem was deleted as wrongly entered, or its term was taken out of the ledger again (A6.2b)."""
    ids = [duty.subject_id for duty in duties]
    rows = RectificationItem.objects.filter(pk__in=ids, due_on__isnull=False, problem__removed_at__isnull=True)
    kept = set(rows.values_list("pk", flat=True))
    return [duty.pk for duty in duties if duty.subject_id not in kept]


declare(
    DutyKind(
        "rectification_due", "A9.8b", "按期整改", owed, proofs=proofs, lapsed=_lapsed, movable=True, ladder=CURE,
        summary="建立整改台账，明确时限，督促整改到位后销号",
    )
)  # fmt: skip


def look_backs_owed(day: date) -> Iterator[Owed]:
    """“回头看” that stand on the plan by that day (A9.8e)."""
    rows = LookBack.objects.filter(step=LookBackStep.PLANNED, created_at__date__lte=day).select_related("organ", "unit")
    for look in rows.iterator(500):
        yield Owed(look.organ, f"开展{look}", look.planned_on, local_day(look.created_at), period=str(look.planned_on.year),
                   subject=look, link=reverse("supervision:look_back", args=[look.pk]))  # fmt: skip


def look_back_proofs(duties: Sequence[Duty]) -> Mapping[int, Proof]:
    """The finished look back with its report, or its cancellation."""
    rows = LookBack.objects.filter(pk__in=[duty.subject_id for duty in duties]).exclude(step=LookBackStep.PLANNED)
    found = {look.pk: look for look in rows}
    return {
        duty.pk: Proof(
            look.finished_at or noon(look.planned_on),
            look.get_step_display(),
            duty.link,
        )
        for duty in duties
        if (look := found.get(duty.subject_id)) is not None
    }


declare(
    DutyKind(
        "look_back", "A9.8e", "开展回头看", look_backs_owed, proofs=look_back_proofs, movable=True,
        summary="对整改情况适时开展“回头看”",
    )
)  # fmt: skip
