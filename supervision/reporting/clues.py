"""Readings over clues: number, state and days only."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet

from accounts.models import Organ
from accounts.roles import OrganKind
from supervision.models import Clue

RECEIVER_NAME = "案件监督管理室"
# What everybody in scope may see of a clue; the problem, the names and the summary stay sealed (AMB-10).
OPEN_COLUMNS = ("pk", "code", "organ__name", "receiver__name", "transferred_on", "received_on", "status", "status_on")
ORDERS: dict[str, tuple[str, ...]] = {"new": ("-transferred_on", "-pk"), "code": ("code", "pk")}


def receivers(organ: Organ) -> QuerySet[Organ]:
    """案件监督管理室 of the organ's county: the one office that takes clues in."""
    rows = Organ.objects.within(organ.county()).filter(kind=OrganKind.INTERNAL_OFFICE, name__contains=RECEIVER_NAME)
    return rows.order_by("pk")


def clue_rows(clues: QuerySet[Clue], chosen: dict[str, Any]) -> Any:
    """The open values of the clues that a reader asked for."""
    if status := chosen.get("status"):
        clues = clues.filter(status=status)
    if q := chosen.get("q"):
        clues = clues.filter(code__contains=q)
    return clues.values(*OPEN_COLUMNS)
