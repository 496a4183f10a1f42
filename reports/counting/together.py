"""Many figures in one question to the database: what a page of tiles needs."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import Count, IntegerField, Value

from reports.counting.figure import FIGURES, Figure, Scope

Pairs = Sequence[tuple[Figure, Scope]]
KEPT = 64  # questions kept ready in a process: a page asks the same of the same organ and period again and again


def values_of(pairs: Pairs) -> list[Any]:
    """The value of each figure in its scope, in order. What the database can add up shares one query; the rest asks alone."""
    found: list[Any] = [None] * len(pairs)
    places = [place for place, (figure, _) in enumerate(pairs) if _is_shared(figure)]
    for place, value in zip(places, _shared([pairs[place] for place in places]), strict=True):
        found[place] = value
    for place, (figure, scope) in enumerate(pairs):
        if not _is_shared(figure):
            found[place] = figure.value(scope)
    return found


def _is_count(figure: Figure) -> bool:
    return isinstance(figure.measure, Count)


def _is_shared(figure: Figure) -> bool:
    """Counts; sums only where the database adds decimals exactly, which SQLite does not."""
    known = figure.reckon is None and FIGURES.get(figure.key) is figure
    return known and (_is_count(figure) or connection.vendor == "postgresql")


def _shared(pairs: Pairs) -> list[Any]:
    found: list[Any] = [0] * len(pairs)
    if pairs:
        question, values = _question(tuple((figure.key, scope) for figure, scope in pairs), connection.vendor)
        for number, value in _answers(question, values) if question else ():
            found[number] = int(value or 0) if _is_count(pairs[number][0]) else value or 0
    return found


def _answers(question: str, values: tuple[Any, ...] | None) -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute(question, values)
        return cursor.fetchall()


@lru_cache(maxsize=KEPT)
def _question(asked: tuple[tuple[str, Scope], ...], vendor: str) -> tuple[str, tuple[Any, ...] | None]:
    """The text of the question and its values, empty where no record can answer. It follows from the declared figures and the scopes alone, so it keeps.

    PostgreSQL's driver takes longer to put thousands of values into a text than the server to answer: they are put in once.
    """
    rows = [_counted(number, FIGURES[key], scope) for number, (key, scope) in enumerate(asked)]
    whole = rows[0].union(*rows[1:], all=True) if len(rows) > 1 else rows[0]
    try:
        question, values = whole.query.get_compiler(connection=connection).as_sql()
    except EmptyResultSet:  # nobody's records: there is nothing to ask, and everything is none
        return "", None
    if vendor == "postgresql":
        operations: Any = connection.ops
        return operations.compose_sql(question, values), None
    return question, tuple(values)


def _counted(number: int, figure: Figure, scope: Scope) -> Any:
    """One line, (number, value): a constant is nothing to group by, so that the whole is counted."""
    which = Value(number, output_field=IntegerField())
    rows: Any = figure.records(scope).order_by().annotate(which=which).values("which").annotate(value=figure.measure)
    return rows.values_list("which", "value")
