"""Two years of the clock, hour by hour, over the demo county: every duty opened once, every reminder told once, none missed.

The periodic tasks run in this process with the moment handed in; people work beside them: each quarter every organ that
keeps a ledger gets a task, half of them finish it in time, a quarter five days late, a quarter never. What should come of
that is counted here from organs, quarters and the office's calendar, not by the engine. `--hours N` ticks every N hours.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import django
from django.core.management import call_command
from django.utils.module_loading import import_string

FIRST, LAST = date(2026, 1, 1), date(2027, 12, 31)
SKIPPED = {"run-jobs", "sweep-jobs", "sweep-uploads"}  # no jobs are ordered and nothing is uploaded
SOURCE = "两年运行测量"
REPORTING = ("stationed_group", "township_committee", "dev_zone_committee")


def prepare() -> Path:
    """A database of its own in a folder of its own; returns the folder."""
    folder = Path(tempfile.mkdtemp(prefix="ticks"))
    os.environ.update(
        VAR_DIR=str(folder), DEMO="1", LOG_LEVEL="WARNING", DJANGO_SETTINGS_MODULE="supervision.config.settings"
    )
    os.environ.pop("DATABASE_URL", None)
    os.environ.pop("BROKER_URL", None)
    django.setup()
    call_command("lay_tables")
    sys.stdout, kept = sys.stderr, sys.stdout
    call_command("seed_demo")
    sys.stdout = kept
    return folder


def model(name: str) -> Any:
    """A model, found when the project is set up."""
    return import_string(name)


def quarters() -> list[tuple[date, date]]:
    """First day of each quarter of the two years, and the 25th of its third month."""
    return [(date(year, month, 1), date(year, month + 2, 25)) for year in (2026, 2027) for month in (1, 4, 7, 10)]


def keepers() -> list[Any]:
    """Organs that get the tasks, always in the same order."""
    return list(model("accounts.models.Organ").objects.keeping_ledgers().order_by("pk"))


def ends_on(position: int, due_on: date) -> date | None:
    """When the organ at that place finishes: every other one ten days early, the third five days late, the fourth never."""
    return {0: due_on - timedelta(days=10), 1: due_on + timedelta(days=5), 2: due_on - timedelta(days=10)}.get(
        position % 4
    )


class County:
    """The people of the county, who get and finish tasks while the clock runs."""

    def __init__(self) -> None:
        """Read who is there."""
        self.organs = keepers()
        self.office = model("accounts.models.Organ").objects.get(kind="conduct_supervision_office")
        self.head = model("accounts.models.User").objects.filter(organ=self.office, role="organ_head").first()
        self.give = import_string("checklists.actions.tasks.give_task")
        self.tasks: dict[tuple[int, date], Any] = {}

    def morning(self, day: date, at: datetime) -> None:
        """What people do on a day, before its first tick."""
        for opens, due_on in quarters():
            if day == opens:
                for organ in self.organs:
                    self.tasks[organ.pk, due_on] = self.give(
                        organ,
                        task=f"{due_on:%Y年%m月}工作",
                        due_on=due_on,
                        source=SOURCE,
                        source_link="",
                        by=self.head,
                        at=at,
                    )
            for place, organ in enumerate(self.organs):
                if ends_on(place, due_on) == day and (organ.pk, due_on) in self.tasks:
                    task = self.tasks[organ.pk, due_on]
                    task.done_on, task.result = day, "已完成"
                    task.save()


def moments(hours: int) -> Iterator[datetime]:
    """Every tick of the two years."""
    shanghai = model("accounts.calendar.SHANGHAI")
    at = datetime.combine(FIRST, datetime.min.time(), shanghai)
    while at.date() <= LAST:
        yield at
        at += timedelta(hours=hours)


def tick(at: datetime) -> None:
    """The scheduled tasks once, as the beat would start them."""
    schedule = model("django.conf.settings").CELERY_BEAT_SCHEDULE
    for name, entry in schedule.items():
        if name not in SKIPPED:
            import_string(entry["task"])(at=at.isoformat())


# --- what should come of it, counted without the engine ---


def expected_duties() -> dict[str, int]:
    """Kind of duty -> how many rows, from organs, years, quarters and records."""
    organ, points = model("accounts.models.Organ").objects, model("checklists.models.AnnualPoints").objects
    milestone = model("checklists.models.Milestone").objects
    groups = organ.filter(kind="stationed_group").count()
    published = points.filter(step="published", year__in=(2026, 2027)).count()
    listed = milestone.filter(item__step="listed", item__year__in=(2026, 2027))
    return {
        "deployment": 2,
        "publish_points": 2,
        "propose_items": groups * published,
        "milestone": listed.values("item_id", "due_on").distinct().count(),
        "finish_task": len(keepers()) * 8 + len(open_before()),
        "quarterly_report": organ.filter(must_report=True).count() * 8,
        "consultation": len(consulted()) * 4,
        "briefing": len(leaders()) * 8,
        "dispatch_meeting": 8,
        "monthly_list": 24,
        "annual_report": 2,
        "annual_hearing": 2,
        "evaluation": 2,
        "appraisals": organ.filter(kind__in=REPORTING, units__active_to__isnull=True, units__isnull=False)
        .distinct()
        .count()
        * 2,
        "ecology_report": 3,  # of 2025 when the clock begins, of 2026, and of 2027 from December on
    }


def consulted() -> set[int]:
    """Units with which an organ consults each half-year: every unit of a group, of a township the township itself."""
    units = model("accounts.models.SupervisedUnit").objects.filter(active_to__isnull=True)
    groups = units.filter(organ__kind="stationed_group").values_list("pk", flat=True)
    towns = units.filter(organ__kind__in=("township_committee", "dev_zone_committee")).values_list(
        "pk", "organ_id", "kind"
    )
    own = {organ for _, organ, kind in towns if kind == "township"}
    return {*groups, *(pk for pk, organ, kind in towns if organ not in own or kind == "township")}


def leaders() -> set[int]:
    """Who looks after at least one organ as assisting member or as deputy secretary."""
    rows = model("accounts.models.OversightAssignment").objects.filter(valid_to__isnull=True)
    return set(rows.values_list("leader_id", flat=True))


def open_before() -> list[int]:
    """Tasks of the demo county itself that nobody had finished when the clock began."""
    rows = model("checklists.models.TaskAssignment").objects.exclude(source=SOURCE)
    return list(rows.filter(done_on__isnull=True).values_list("pk", flat=True))


def expected_notices() -> Counter[tuple[int, int]]:
    """(person, task) -> how many reminders, by the rule in words: 5, 2 and 0 days before, then the ladder upward."""
    calendar = model("accounts.models.work_calendar")()
    tasks = model("checklists.models.TaskAssignment").objects.filter(source=SOURCE).select_related("organ")
    staff = _staff()
    office = staff.get(model("accounts.models.Organ").objects.get(kind="conduct_supervision_office").pk, [])
    told: Counter[tuple[int, int]] = Counter()
    for task in tasks:
        ends = task.done_on or date.max
        own = staff.get(task.organ_id, [])
        before = {calendar.last_workday(task.due_on - timedelta(days=days)) for days in (5, 2, 0)}
        for _ in [day for day in before if day < ends]:
            told.update((person, task.pk) for person in own)
        rungs = (
            (1, own + office),
            (3, _leader(task.organ_id, "assisting_member")),
            (7, _leader(task.organ_id, "deputy_secretary")),
        )
        for days, people in rungs:
            on = calendar.next_workday(task.due_on + timedelta(days=days))
            if on < ends and on <= LAST:
                told.update((person, task.pk) for person in set(people))
    return told


def _staff() -> dict[int, list[int]]:
    rows = model("accounts.models.User").objects.filter(is_active=True, role__in=("clerk", "organ_head"))
    found: dict[int, list[int]] = {}
    for organ, person in rows.values_list("organ_id", "pk"):
        found.setdefault(organ, []).append(person)
    return found


def _leader(organ: int, rung: str) -> list[int]:
    rows = model("accounts.models.OversightAssignment").objects.filter(organ_id=organ, rung=rung, valid_to__isnull=True)
    return list(rows.values_list("leader_id", flat=True))


def told() -> Counter[tuple[int, int]]:
    """(person, task) -> how many reminders there are in the inboxes."""
    duty = model("accounts.models.Duty").objects.filter(kind="finish_task")
    tasks = set(model("checklists.models.TaskAssignment").objects.filter(source=SOURCE).values_list("pk", flat=True))
    about = {pk: task for pk, task in duty.values_list("pk", "subject_id") if task in tasks}
    notices = model("accounts.models.Notice").objects.filter(kind="duty", key__startswith="duty:")
    found: Counter[tuple[int, int]] = Counter()
    for person, key in notices.values_list("recipient_id", "key"):
        pk = int(key.split(":")[1])
        if pk in about:
            found[person, about[pk]] += 1
    return found


def doubles() -> int:
    """Duties and notices that stand twice where once is right."""
    duty, notice = model("accounts.models.Duty").objects, model("accounts.models.Notice").objects
    rows = Counter(duty.values_list("kind", "organ_id", "subject_key", "period"))
    notes = Counter(notice.filter(kind="duty").values_list("recipient_id", "key"))
    return sum(number - 1 for number in [*rows.values(), *notes.values()])


def state() -> tuple[int, int, int]:
    """Duties, fulfilled duties and notices."""
    duty, notice = model("accounts.models.Duty").objects, model("accounts.models.Notice").objects
    return duty.count(), duty.filter(fulfilled_at__isnull=False).count(), notice.count()


def main(hours: int) -> dict[str, Any]:
    """Seed, run, count; raises AssertionError where anything was missed, doubled or changed by a second run."""
    prepare()
    county, ticks, begun = County(), 0, time.perf_counter()
    slowest, worked = 0.0, time.process_time()
    for at in moments(hours):
        if (
            at.hour == 0
        ):  # before the first tick of the day, so that a reminder of that day is never a matter of the hour
            county.morning(at.date(), at)
        start = time.perf_counter()
        tick(at)
        slowest, ticks = max(slowest, time.perf_counter() - start), ticks + 1
        if at.day == 1 and at.hour == 0:
            print(f"{at:%Y-%m} {time.perf_counter() - begun:.0f} s, {state()}", file=sys.stderr, flush=True)
    seconds, cpu, before = time.perf_counter() - begun, time.process_time() - worked, state()
    wanted, found = expected_notices(), told()
    missed = sum((wanted - found).values())
    extra = sum((found - wanted).values())
    kinds = Counter(model("accounts.models.Duty").objects.values_list("kind", flat=True))
    wrong = {kind: (kinds[kind], number) for kind, number in expected_duties().items() if kinds[kind] != number}
    again = random.Random(2027).randrange((LAST - date(2027, 1, 1)).days)  # noqa: S311 - any day of the second year
    tick(
        datetime.combine(
            date(2027, 1, 1) + timedelta(days=again), datetime.min.time(), model("accounts.calendar.SHANGHAI")
        )
    )
    tick(at)
    figures = {
        "ticks": ticks, "seconds": round(seconds, 1), "cpu_s": round(cpu, 1), "cpu_ms_per_tick": round(1000 * cpu / ticks, 1), "slowest_s": round(slowest, 3),
        "duties": before[0], "fulfilled": before[1], "notices": before[2], "task_reminders": sum(found.values()),
        "missed": missed, "too_many": extra, "doubles": doubles(), "wrong_counts": wrong, "changed_by_second_run": state() != before,
    }  # fmt: skip
    if missed or extra or wrong or figures["doubles"] or figures["changed_by_second_run"]:
        print(json.dumps(figures, ensure_ascii=False), file=sys.stderr)
        raise AssertionError("the clock missed, doubled or changed something")
    return figures


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--hours", type=int, default=1)
    print(json.dumps(main(parser.parse_args().hours), ensure_ascii=False))
