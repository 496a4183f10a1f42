"""All indicators of one organ and one year at a million problems, against the same questions put to PostgreSQL bare."""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

from benchmarks._office import ROOT, fresh_database, manage

PROBLEMS, ORGANS, ROUNDS, YEAR = int(os.environ.get("BENCH_PROBLEMS", 1_000_000)), 200, 15, 2026


def main() -> dict[str, Any]:
    """Seed the county, then measure in a process that knows nothing of it."""
    database = fresh_database("indicators")
    with tempfile.TemporaryDirectory() as folder:
        env = {**os.environ, "VAR_DIR": folder, "DATABASE_URL": database, "BROKER_URL": "", "DEMO": "1",
               "DEMO_PASSWORD": "bench-2026", "LOG_LEVEL": "ERROR"}  # fmt: skip
        (Path(folder) / "media").mkdir()
        manage(env, "migrate", "-v0")
        manage(env, "seed_demo")
        manage(env, "seed_scale", "--problems", str(PROBLEMS), "--organs", str(ORGANS))
        done = subprocess.run(  # noqa: S603 - our own file
            [sys.executable, "-m", "benchmarks.indicators", "measure"], cwd=ROOT, env=env, stdout=subprocess.PIPE, text=True,
            check=True,
        )  # fmt: skip
    return dict(json.loads(done.stdout.strip().splitlines()[-1]))


def measured() -> dict[str, Any]:
    """Median milliseconds of both ways in alternating rounds, and whether they found the same."""
    import django  # noqa: PLC0415 - only this half of the benchmark runs inside the product

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "supervision.config.settings")
    django.setup()
    from django.db import connection  # noqa: PLC0415

    from accounts.models import Organ  # noqa: PLC0415
    from reports.counting.figure import Scope  # noqa: PLC0415
    from reports.indicators.together import values  # noqa: PLC0415

    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    organ = Organ.objects.get(name="规模测试第000组")
    found: dict[str, Any] = {}
    county = list(Organ.objects.values_list("pk", flat=True))
    for name, organs in (("organ", [organ.pk]), ("county", county)):
        scope = Scope.of(organs, date(YEAR, 1, 1), date(YEAR, 12, 31), today=date(YEAR, 12, 31))
        asked = statements(scope)
        ours, bare = alternately(lambda scope=scope: values(scope), lambda asked=asked: bare_answers(connection, asked))  # type: ignore[misc]
        found |= {
            f"{name} ms": round(ours, 1),
            f"{name} bare SQL ms": round(bare, 1),
            f"{name} ratio": round(ours / bare, 2),
        }
        found[f"{name} statements"] = len(asked)
    return found


def statements(scope: Any) -> list[str]:
    """What each indicator asks of the database when it is asked alone."""
    from django.db import connection  # noqa: PLC0415
    from django.test.utils import CaptureQueriesContext  # noqa: PLC0415

    from reports.counting.figure import FIGURES  # noqa: PLC0415
    from reports.indicators.catalogue import INDICATORS  # noqa: PLC0415

    with CaptureQueriesContext(connection) as asked:
        for one in INDICATORS.values():
            if one.is_known(scope):
                FIGURES[one.figure].value(scope)
    return [query["sql"] for query in asked.captured_queries if "LIMIT 1" not in query["sql"]]


def bare_answers(connection: Any, asked: list[str]) -> list[Any]:
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


if __name__ == "__main__":
    print(json.dumps(measured() if sys.argv[1:] == ["measure"] else main(), ensure_ascii=False))
