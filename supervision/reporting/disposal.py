"""Readings over the disposal of a round's problems. Rows are plain values, a constant number of queries."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet

from supervision.models import AccountabilityAction, DisposalRoute, Problem, Round
from supervision.models.disposal import UnitFeedback
from supervision.rounds.states import Route
from supervision.states import Severity

COLUMNS = ("pk", "year", "description", "severity", "unit_id", "unit__name", "fixed_on_spot", "rectification__due_on")
ACTION_COLUMNS = (
    "pk", "problem_id", "problem__year", "organ__name", "object_kind", "object_name", "responsibility", "competent_organ",
    "started_on", "decided_on", "result",
)  # fmt: skip


def disposal_rows(round: Round, state: str = "") -> list[dict[str, Any]]:
    """Problems of the round with their ways, reason and the day their unit was told; `state` is unrouted or untold."""
    problems: Any = Problem.objects.live().filter(round=round)
    if state == "unrouted":
        problems = problems.filter(routes__isnull=True)
    elif state == "untold":
        problems = problems.filter(feedbacks__isnull=True)
    ways, told = _ways(round), _told(round)
    return [
        _row(row, ways.get(row["pk"], []), told.get(row["pk"]))
        for row in problems.order_by("unit_id", "pk").values(*COLUMNS)
    ]


def _ways(round: Round) -> dict[int, list[DisposalRoute]]:
    found: dict[int, list[DisposalRoute]] = {}
    for row in DisposalRoute.objects.filter(problem__round=round):
        found.setdefault(row.problem_id, []).append(row)
    return found


def _told(round: Round) -> dict[int, Any]:
    rows: Any = UnitFeedback.objects.filter(round=round).values_list("problems", "fed_back_on")
    return dict(rows)


def _row(row: dict[str, Any], ways: list[DisposalRoute], fed_back_on: Any) -> dict[str, Any]:
    return row | {
        "code": f"{row['year']}-{row['pk']:05d}",
        "severity_word": Severity(row["severity"]).label,
        "due_on": row["rectification__due_on"],
        "routes": [Route(way.route) for way in ways],
        "ways": "、".join(Route(way.route).label for way in ways),
        "reason": next((way.reason for way in ways if way.reason), ""),
        "fed_back_on": fed_back_on,
    }


def route_counts(round: Round) -> dict[str, int]:
    """How many problems the round has, how many without a way, how many not told."""
    problems = Problem.objects.live().filter(round=round)
    return {
        "": problems.count(),
        "unrouted": problems.filter(routes__isnull=True).count(),
        "untold": problems.filter(feedbacks__isnull=True).count(),
    }


def action_rows(actions: QuerySet[AccountabilityAction], state: str = "") -> Any:
    """Accountability as values; `state` is open or decided."""
    if state in ("open", "decided"):
        actions = actions.filter(decided_on__isnull=state == "open")
    return actions.values(*ACTION_COLUMNS)
