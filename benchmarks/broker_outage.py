"""A burst of work while Redis is well, stopped, frozen and emptied: how long requests take, and what is lost or doubled."""

from __future__ import annotations

import collections
import email
import email.policy
import http.cookiejar
import json
import re
import statistics
import tempfile
import time
import urllib.parse
import urllib.request
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from benchmarks._office import PASSWORD, Redis, fresh_database, office, one, seed, surroundings, wait_for

REQUESTS, AT_ONCE = 60, 3
OURS = "(热身|平时|停机|冻结|清空)第[0-9]+项"  # the tasks that the bursts give, apart from the county's own
PATIENCE = 480  # seconds: the outbox sends 200 letters a minute


class Person:
    """Somebody with a browser."""

    def __init__(self, address: str, username: str) -> None:
        self.address = address
        jar = http.cookiejar.CookieJar()
        self.web = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(jar))
        self.post("/login/", username=username, password=PASSWORD)

    def get(self, path: str) -> str:
        """A page."""
        with self.web.open(self.address + path, timeout=60) as answer:
            return str(answer.read().decode())

    def post(self, path: str, **fields: str) -> str:
        """The page's form, sent."""
        token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', self.get(path))
        data = urllib.parse.urlencode({**fields, "csrfmiddlewaretoken": token[1] if token else ""}).encode()
        with self.web.open(self.address + path, data, timeout=60) as answer:
            return str(answer.read().decode())


def burst(address: str, path: str, phase: str, middle: Any = None) -> list[float]:
    """Tasks given one after another by several people at once; milliseconds of each. `middle` happens half way."""
    people = [Person(address, "dangfeng") for _ in range(AT_ONCE)]
    due = (datetime.now(UTC) + timedelta(days=30)).date().isoformat()

    def give(number: int) -> float:
        if middle and number == REQUESTS // 2:
            middle()
        person = people[number % AT_ONCE]
        organ = re.search(r'<option value="(\d+)"[^>]*>[^<]*农业农村局', person.get(path))
        start = time.perf_counter()
        person.post(path, organ=organ[1] if organ else "", task=f"{phase}第{number}项", due_on=due)
        return (time.perf_counter() - start) * 1000

    with ThreadPoolExecutor(AT_ONCE) as pool:
        return list(pool.map(give, range(REQUESTS)))


def letters(folder: Path) -> collections.Counter[str]:
    """How often each letter to a person was sent, by recipient and words."""
    found: collections.Counter[str] = collections.Counter()
    for file in (folder / "mail").glob("*"):
        for text in re.split(r"(?m)^-{70,}$", file.read_text()):
            if text.strip():
                said = email.message_from_bytes(text.strip().encode(), policy=email.policy.default)
                found[f"{said['To']} {said.get_content()}"] += 1
    return found


def main() -> dict[str, Any]:
    """Five bursts; then Redis is well again and everything must have arrived once."""
    database = fresh_database("outage")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        redis = Redis(folder)
        env = surroundings(folder, database, redis)
        seed(env)
        try:
            with office(env) as address:
                return measured(address, database, folder, redis)
        finally:
            redis.thaw()
            redis.stop()


def measured(address: str, database: str, folder: Path, redis: Redis) -> dict[str, Any]:
    """Times of each phase, and the count of what arrived."""
    one(database, "UPDATE accounts_notice SET told_at = now() WHERE told_at IS NULL RETURNING 1")
    one(database, "UPDATE accounts_user SET email = username || '@office.example' WHERE is_active RETURNING 1")
    path = next(
        f"/checklists/items/{pk}/task/"
        for pk in [one(database, "SELECT min(id) FROM checklists_checklistitem WHERE step = 'listed'")]
    )
    burst(address, path, "热身")
    phases = {"normal": burst(address, path, "平时")}
    redis.stop()
    phases["stopped"] = burst(address, path, "停机")
    redis.start()
    redis.freeze()
    phases["frozen"] = burst(address, path, "冻结")
    redis.thaw()
    phases["emptied"] = burst(address, path, "清空", middle=lambda: redis.ask("FLUSHALL"))
    tasks = one(database, "SELECT count(*) FROM checklists_taskassignment WHERE task LIKE '%第%项'")
    untold = "SELECT count(*) FROM accounts_notice WHERE told_at IS NULL"
    wait_for(lambda: one(database, untold) == 0, PATIENCE)
    sent = letters(folder)
    notices = one(database, f"SELECT count(*) FROM accounts_notice WHERE sentence ~ '{OURS}'")
    ours = {key: count for key, count in sent.items() if re.search(OURS, key)}
    figures: dict[str, Any] = {"requests": REQUESTS * 5, "tasks": tasks, "notices": notices}
    for phase, times in phases.items():
        figures[f"{phase} p50 ms"] = round(statistics.median(times))
        figures[f"{phase} p95 ms"] = round(statistics.quantiles(times, n=20)[-1])
    figures["letters"] = sum(ours.values())
    figures["lost tasks"] = REQUESTS * 5 - tasks
    figures["lost letters"] = notices - len(ours)
    figures["doubled letters"] = sum(count - 1 for count in ours.values())
    return figures


if __name__ == "__main__":
    print(json.dumps(main(), ensure_ascii=False))
