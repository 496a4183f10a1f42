"""Six weeks of the office's diary through the queue, the worker killed at random: the same duties and reminders as undisturbed."""

from __future__ import annotations

import json
import random
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import psycopg

from benchmarks._office import Redis, fresh_database, manage, seed, start_worker, surroundings, wait_for

FIRST, DAYS, HOURS = datetime.fromisoformat("2026-11-20T08:00:00+08:00"), 45, 12
KILLS, SEED = 12, 20261121
END = (FIRST + timedelta(days=DAYS)).isoformat()
IMPORT = "from django.utils.module_loading import import_string"
JOBS = ("accounts.tasks.open_duties", "accounts.tasks.remind_duties", "supervision.tasks.remind_ten_days")
DUTIES = "SELECT id, kind, organ_id, person_id, subject_key, period, due_on::text, fulfilled_at IS NOT NULL FROM accounts_duty"
NOTICES = "SELECT recipient_id, key FROM accounts_notice WHERE kind = 'duty' OR key LIKE 'duty:%'"


def moments() -> Iterator[str]:
    """Every twelve hours of the six weeks."""
    for step in range(DAYS * 24 // HOURS):
        yield (FIRST + timedelta(hours=step * HOURS)).isoformat()


def diary(database: str) -> tuple[set[Any], list[Any]]:
    """Duties and reminders without the numbers that a database gives them, so that two databases can be compared."""
    with psycopg.connect(database) as line:
        rows = line.execute(DUTIES).fetchall()
        named = {row[0]: row[1:6] for row in rows}
        notices = line.execute(NOTICES).fetchall()
    told = [
        (person, named.get(int(found[1])), found[2])
        for person, key in notices
        if (found := re.match(r"duty:(\d+):(.*)", key))
    ]
    return {row[1:] for row in rows}, told


def undisturbed(folder: Path, redis: Redis) -> tuple[set[Any], list[Any]]:
    """The six weeks in order, by the same command that a small office uses."""
    database = fresh_database("diary_plain")
    env = surroundings(folder, database, redis)
    seed(env)
    lines = [f"import_string({job!r})(at={at!r})" for at in moments() for job in JOBS]
    run_code(env, [IMPORT, *lines])
    manage(env, "tick", "--at", END)
    return diary(database)


def run_code(env: dict[str, str], lines: list[str]) -> None:
    """Lines of Python inside the product."""
    subprocess.run(  # noqa: S603 - our own file
        [sys.executable, "manage.py", "shell", "-v0"], cwd=Path(__file__).parents[1], env=env, input="\n".join(lines),
        text=True, check=True, stdout=subprocess.DEVNULL,
    )  # fmt: skip


def killed(folder: Path, redis: Redis) -> tuple[set[Any], list[Any], int]:
    """The same through Redis and a worker that dies again and again; what was lost is derived anew by the next run."""
    database = fresh_database("diary_killed")
    env = surroundings(folder, database, redis)
    seed(env)
    sends = [f"import_string({job!r}).apply_async(kwargs={{'at': {at!r}}})" for at in moments() for job in JOBS]
    run_code(env, [IMPORT, *sends])
    chance, kills = random.Random(SEED), 0  # noqa: S311 - a fixed series, so that a failure can be repeated
    worker = start_worker(env)
    while kills < KILLS and waiting(redis):
        time.sleep(3 + chance.random() * 2)
        worker.kill()
        worker.wait()
        kills += 1
        worker = start_worker(env)
    wait_for(lambda: not waiting(redis), 600)
    worker.terminate()
    worker.wait(60)
    # The tick after the last death: whatever a dead worker had in its hands is done by the next run of the same job.
    manage(env, "tick", "--at", END)
    return *diary(database), kills


def waiting(redis: Redis) -> int:
    """Messages in the queue."""
    found = re.match(rb":(\d+)", redis.ask("LLEN celery"))
    return int(found[1]) if found else 0


def main() -> dict[str, Any]:
    """Both ways, compared."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        redis = Redis(folder)
        try:
            plain_duties, plain_told = undisturbed(folder, redis)
            duties, told, kills = killed(folder, redis)
        finally:
            redis.stop()
    return {
        "kills": kills, "duties": len(duties), "reminders": len(told), "duties missed": len(plain_duties - duties),
        "duties too many": len(duties - plain_duties), "reminders missed": len(set(plain_told) - set(told)),
        "reminders too many": len(set(told) - set(plain_told)), "reminders doubled": len(told) - len(set(told)),
    }  # fmt: skip


if __name__ == "__main__":
    print(json.dumps(main(), ensure_ascii=False))
