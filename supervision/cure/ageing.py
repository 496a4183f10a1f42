"""How long open problems have been late, by organ or by unit, in buckets that open their records (A9.8c)."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import Count, Q, QuerySet

from supervision.models import Problem
from supervision.selectors import aged
from supervision.states import AGES, RectificationStep

GROUPS = {
    "organ": ("organ_id", "organ__name", "organ__sort_order"),
    "unit": ("unit_id", "unit__name", "organ__sort_order"),
}


def ageing_rows(problems: QuerySet[Problem], *, by: str, on: date) -> list[dict[str, Any]]:
    """One row for each organ or unit with problems: `buckets` in the order of AGES, `open`, `submitted`, `failed`, `repeats`."""
    key, name, order = GROUPS[by]
    counts = {f"age{n}": Count("pk", filter=aged(n, on=on)) for n in range(len(AGES))}
    counts |= {
        "open": Count("pk", filter=~Q(rectification__step=RectificationStep.CLOSED)),
        "submitted": Count("pk", filter=Q(rectification__step=RectificationStep.SUBMITTED)),
        "failed": Count("pk", filter=~Q(rectification__failure_kind="")),
        "repeats": Count("pk", filter=Q(repeat_of__isnull=False)),
        "total": Count("pk"),
    }
    rows: Any = problems.values(key, name, order).annotate(**counts).order_by(order, key)
    return [
        {**row, "key": row[key], "name": row[name], "buckets": [row[f"age{n}"] for n in range(len(AGES))]}
        for row in rows
    ]
