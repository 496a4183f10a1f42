"""Rectification is a duty with a day: each open item with a term, until it is struck off (A9.8b)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time

from django.urls import reverse

from accounts.calendar import SHANGHAI
from accounts.duties import DutyKind, Owed, Proof, declare
from accounts.models import Duty
from supervision.models import RectificationItem
from supervision.states import RectificationStep


def owed(day: date) -> Iterator[Owed]:
    """Open items with a term, found by that day."""
    rows = RectificationItem.objects.open().filter(due_on__isnull=False, problem__removed_at__isnull=True)
    for item in rows.filter(problem__created_at__date__lte=day).select_related("organ", "problem__unit").iterator(500):
        assert item.due_on is not None
        yield Owed(item.organ, f"督促{item.problem.unit}整改：{item.problem}", item.due_on, item.problem.found_on or item.due_on,
                   period=str(item.problem.year), subject=item, link=reverse("supervision:problem", args=[item.problem_id]))  # fmt: skip


def proof(duty: Duty) -> Proof | None:
    """销号 ends the duty on its day."""
    item = RectificationItem.objects.filter(pk=duty.subject_id).first()
    if item is None or item.step != RectificationStep.CLOSED or item.closed_on is None:
        return None
    return Proof(datetime.combine(item.closed_on, time(12), SHANGHAI), "已销号", duty.link)


declare(DutyKind("rectification_due", "A9.8b", "按期整改", owed, proof, movable=True))
