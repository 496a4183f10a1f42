"""The half of the measurement that runs inside the product: alternate rounds of both ways on the seeded county."""

from __future__ import annotations

import json
import statistics
import time
from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import Organ
from reports.counting.figure import FIGURES, Scope
from reports.indicators.catalogue import INDICATORS
from reports.indicators.together import values

ROUNDS, YEAR = 15, 2026
FIRST, LAST = date(YEAR, 1, 1), date(YEAR, 12, 31)


def main() -> None:
    """Print median milliseconds of both ways, for one organ and for the county."""
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    one = [Organ.objects.get(name="规模测试第000组").pk]
    county = list(Organ.objects.values_list("pk", flat=True))
    print(json.dumps({**measured("organ", one), **measured("county", county)}, ensure_ascii=False))


def measured(name: str, organs: Sequence[int]) -> dict[str, Any]:
    """One scope."""
    scope = Scope.of(organs, FIRST, LAST, today=LAST)
    asked = statements(scope)
    start = time.perf_counter()
    values(scope, INDICATORS)
    first = (time.perf_counter() - start) * 1000
    ours, bare = alternately(lambda: values(scope, INDICATORS), lambda: bare_answers(asked))
    found = {"statements": len(asked), "first ms": round(first, 1), "ms": round(ours, 1), "bare SQL ms": round(bare, 1)}
    return {f"{name} {key}": value for key, value in (found | {"ratio": round(ours / bare, 2)}).items()}


def statements(scope: Scope) -> list[str]:
    """What each indicator asks of the database when it is asked alone."""
    known = [one for one in INDICATORS.values() if one.is_known(scope)]
    with CaptureQueriesContext(connection) as asked:
        for one in known:
            FIGURES[one.figure].value(scope)
    return [query["sql"] for query in asked.captured_queries]


def bare_answers(asked: Sequence[str]) -> list[Any]:
    """The same questions through the driver alone."""
    with connection.connection.cursor() as cursor:
        return [cursor.execute(question).fetchall() for question in asked]


def alternately(first: Callable[[], Any], second: Callable[[], Any]) -> tuple[float, float]:
    """Median milliseconds of two ways, measured in turn, after one round to warm up."""
    times: tuple[list[float], list[float]] = ([], [])
    for number in range(ROUNDS + 1):
        for way, kept in zip((first, second), times, strict=True):
            start = time.perf_counter()
            way()
            if number:
                kept.append((time.perf_counter() - start) * 1000)
    return statistics.median(times[0]), statistics.median(times[1])
