"""Why a struck-off problem deserves a second look: facts of its record, counted, never a judgement of persons (A9.8e)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from supervision.models import LookBackResult, Problem, RectificationItem, SampledItem
from supervision.states import LookBackStep, RectificationStep, Risk, SampleVerdict, Severity

# How much each fact adds to a problem's weight; a problem without any has weight 1.
WEIGHTS: Mapping[str, int] = {
    Risk.FAILED_SAMPLE: 6, Risk.REBOUND: 5, Risk.REPEAT: 4, Risk.OVERDUE: 3, Risk.EXTENSION: 2, Risk.GRAVE: 2,
}  # fmt: skip
COLUMNS = (
    "pk", "organ_id", "closed_on", "first_due_on", "extension_count", "rebound_count", "problem_id", "problem__year",
    "problem__description", "problem__severity", "problem__repeat_of_id", "problem__unit_id", "problem__unit__name",
    "problem__organ__name", "repeated", "failed",
)  # fmt: skip
MOST = 3000


def closed_rows(items: QuerySet[RectificationItem]) -> list[dict[str, Any]]:
    """Struck-off problems as values, each with its `reasons` (codes of Risk) and its `weight`; in the order of ids."""
    closed = items.filter(step=RectificationStep.CLOSED, problem__removed_at__isnull=True)
    again = Problem.objects.live().filter(repeat_of=OuterRef("problem_id"))
    failed = SampledItem.objects.filter(rectification=OuterRef("pk"), verdict=SampleVerdict.FALSE)
    rows: Any = closed.annotate(repeated=Exists(again), failed=Exists(failed)).order_by("pk").values(*COLUMNS)[:MOST]
    return [_weighed(row) for row in rows]


def _weighed(row: dict[str, Any]) -> dict[str, Any]:
    reasons = risks_of(row)
    code = f"{row['problem__year']}-{row['problem_id']:05d}"
    words = [Risk(reason).label for reason in reasons]
    return {**row, "reasons": reasons, "words": words, "weight": weight_of(reasons), "code": code}


def risks_of(row: Mapping[str, Any]) -> list[str]:
    """The facts that speak for a second look, the gravest first."""
    found = {
        Risk.FAILED_SAMPLE: row["failed"],
        Risk.REBOUND: row["rebound_count"] > 0,
        Risk.REPEAT: row["problem__repeat_of_id"] is not None or row["repeated"],
        Risk.OVERDUE: bool(row["first_due_on"] and row["closed_on"] and row["closed_on"] > row["first_due_on"]),
        Risk.EXTENSION: row["extension_count"] > 0,
        Risk.GRAVE: row["problem__severity"] in (Severity.PROMINENT, Severity.MAJOR),
    }
    return [risk.value for risk, holds in found.items() if holds]


def weight_of(reasons: list[str], weights: Mapping[str, int] = WEIGHTS) -> int:
    """1, and what each fact adds."""
    return 1 + sum(weights.get(reason, 0) for reason in reasons)


def candidates(organ_ids: frozenset[int]) -> list[dict[str, Any]]:
    """Struck-off problems of these organs for “回头看”, the riskiest first; what is planned or was looked at since is out."""
    looked = LookBackResult.objects.filter(rectification=OuterRef("pk")).filter(
        Q(look_back__step=LookBackStep.PLANNED)
        | Q(look_back__step=LookBackStep.HELD, look_back__held_on__gte=F("rectification__closed_on"))
    )
    rows = closed_rows(RectificationItem.objects.filter(~Exists(looked), organ_id__in=organ_ids))
    return sorted(rows, key=lambda row: (-row["weight"], row["closed_on"], row["pk"]))
