"""Readings over the disposal of a round's problems. Rows are plain values, a constant number of queries."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django.db.models import QuerySet

from accounts.roles import REPORTING_KINDS
from supervision.models import AccountabilityAction, DisposalRoute, Problem, Round
from supervision.models.disposal import UnitFeedback
from supervision.rounds.states import Route
from supervision.states import Severity

COLUMNS = ("pk", "year", "description", "severity", "unit_id", "unit__name", "fixed_on_spot", "rectification__due_on")
ACTION_COLUMNS = (
    "pk", "problem_id", "problem__year", "organ__name", "organ__kind", "object_kind", "object_name", "responsibility", "competent_organ",
    "started_on", "decided_on", "result", "in_cooperation", "verified_at", "withdrawn_at",
)  # fmt: skip


CHECKED: dict[str, Callable[[Any], Any]] = {
    "yes": lambda actions: actions.filter(verified_at__isnull=False),
    "no": lambda actions: actions.evaluated().standing().filter(verified_at__isnull=True),
    "out": lambda actions: actions.exclude(organ__kind__in=REPORTING_KINDS),
}


STATES: dict[str, Callable[[Any], Any]] = {
    "open": lambda actions: actions.standing().filter(decided_on__isnull=True),
    "decided": lambda actions: actions.filter(decided_on__isnull=False),
    "withdrawn": lambda actions: actions.filter(withdrawn_at__isnull=False),
}


def checked_word(row: Mapping[str, Any]) -> str:
    """Where an action stands on its way into the evaluation (A10.5)."""
    if row["withdrawn_at"]:
        return "已撤销登记"
    if row["verified_at"]:
        return "已核实"
    if row["organ__kind"] not in REPORTING_KINDS:
        return "不计入"
    return "待核实" if row["decided_on"] else ""


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


def action_rows(actions: QuerySet[AccountabilityAction], chosen: Mapping[str, Any]) -> Any:
    """Accountability as values; `chosen` is what the filter of the list understood."""
    if state := chosen.get("state"):
        actions = STATES[state](actions)
    if "in_cooperation" in chosen:
        actions = actions.filter(in_cooperation=chosen["in_cooperation"] == "yes")
    if checked := chosen.get("checked"):
        actions = CHECKED[checked](actions)
    plain = {"organ": "organ", "object_kind": "object_kind", "topic": "topics", "year": "decided_on__year"}
    asked = {path: chosen[name] for name, path in plain.items() if name in chosen}
    return actions.filter(**asked).values(*ACTION_COLUMNS)


def with_topics(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The rows with the names of their topics, in one more query."""
    names: dict[int, list[str]] = {}
    tagged: Any = AccountabilityAction.objects.filter(pk__in=[row["pk"] for row in rows], topics__isnull=False)
    for pk, name in tagged.order_by("topics__name").values_list("pk", "topics__name"):
        names.setdefault(pk, []).append(name)
    for row in rows:
        row["topic_words"] = "、".join(names.get(row["pk"], []))
    return rows
