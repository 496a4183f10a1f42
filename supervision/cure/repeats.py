"""屡改屡犯: which earlier problems look alike, and how often a unit repeats itself (A9.8c)."""

from __future__ import annotations

from difflib import SequenceMatcher
from typing import Any

from django.db.models import Count, Q, QuerySet

from supervision.models import Problem

ALIKE = 0.45
LOOKED_AT = 200


def similar(problem: Problem, *, most: int = 3) -> list[dict[str, Any]]:
    """Earlier problems of the same unit whose words are alike, the likest first. A hint; a person decides."""
    rows: Any = Problem.objects.live().filter(organ_id=problem.organ_id, unit_id=problem.unit_id, pk__lt=problem.pk)
    found = []
    for row in rows.order_by("-pk").values("pk", "year", "description", "found_on", "rectification__step")[:LOOKED_AT]:
        row["alike"] = SequenceMatcher(None, row["description"][:300], problem.description[:300]).ratio()
        row["code"] = f"{row['year']}-{row['pk']:05d}"
        if row["alike"] >= ALIKE:
            found.append(row)
    return sorted(found, key=lambda row: -row["alike"])[:most]


def repeats_by_unit(problems: QuerySet[Problem]) -> dict[int, int]:
    """Unit id -> number of its problems that repeat an earlier one."""
    rows = problems.values("unit_id").annotate(again=Count("pk", filter=Q(repeat_of__isnull=False)))
    return {row["unit_id"]: row["again"] for row in rows if row["again"]}
