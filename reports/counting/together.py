"""Many figures in one question to the database: what a page of tiles needs."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db.models import Count, IntegerField, Value

from reports.counting.figure import Figure, Scope


def values_of(pairs: Sequence[tuple[Figure, Scope]]) -> list[Any]:
    """The value of each figure in its scope, in order. Counts share one query; each sum asks alone."""
    found: list[Any] = [0] * len(pairs)
    counts = [_counted(number, *pair) for number, pair in enumerate(pairs) if _is_count(pair[0])]
    if counts:
        rows = counts[0].union(*counts[1:], all=True) if len(counts) > 1 else counts[0]
        for number, value in rows:
            found[number] = value or 0
    for number, (figure, scope) in enumerate(pairs):
        if not _is_count(figure):
            found[number] = figure.value(scope)
    return found


def _is_count(figure: Figure) -> bool:
    return figure.reckon is None and isinstance(figure.measure, Count)


def _counted(number: int, figure: Figure, scope: Scope) -> Any:
    """One line, (number, value): a constant is nothing to group by, so that the whole is counted."""
    which = Value(number, output_field=IntegerField())
    rows: Any = figure.records(scope).order_by().annotate(which=which).values("which").annotate(value=figure.measure)
    return rows.values_list("which", "value")
