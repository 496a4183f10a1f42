"""Telling whoever owes a duty, and whoever stands above: each step of its ladder once, what was missed caught up once."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from accounts.calendar import WorkCalendar, spoken
from accounts.duties import kinds
from accounts.duties.ladder import ABOVE, DEFAULT, Circle, Grade, Ladder, Step, steps_of
from accounts.duties.people import People
from accounts.models import Duty, Notice, work_calendar

HORIZON = timedelta(days=62)  # no ladder speaks earlier than that before a duty's day
BATCH = 400
WORDS = {Grade.GREEN: "绿色提醒", Grade.YELLOW: "黄色提醒", Grade.RED: "红色提醒"}


def remind_duties(day: date, *, at: datetime) -> int:
    """Tell every person the loudest step that his open duties have reached by `day`, unless he was told it.

    Derived from the database alone: a second run tells nobody, and after days on which nothing ran each person hears the
    loudest missed step once, not every one. The number of queries does not depend on how many duties there are.
    """
    silent = [key for key, kind in kinds.KINDS.items() if not kind.reminds]
    rows = Duty.objects.open().filter(due_on__lte=day + HORIZON, opened_on__lte=day).exclude(kind__in=silent)
    due = list(rows.select_related("organ", "person"))
    if not due:
        return 0
    reached = _Reached(day)
    wanted = {(person.pk, key): (duty, step) for duty in due for person, step, key in reached.by(duty)}
    return _tell(wanted, day, at)


class _Reached:
    """Which step each person is to know of, on one day: calendar, people and numbers are read once."""

    def __init__(self, day: date) -> None:
        self.day, self.calendar, self.people = day, work_calendar(), People(day)
        self.ladders: dict[int, Any] = {}
        self.days: dict[tuple[date, int], list[Step]] = {}

    def by(self, duty: Duty) -> Iterator[tuple[Any, Step, str]]:
        """(person, step, key of the notice): the loudest step that has been reached for each person."""
        loudest: dict[int, tuple[Any, Step]] = {}
        for step in self._steps(duty):
            if step.on <= self.day:
                for circle in step.circles:
                    for person in self.people.behind(duty, circle):
                        loudest[person.pk] = (person, step)
        for person, step in loudest.values():
            yield person, step, f"duty:{duty.pk}:{duty.due_on:%Y%m%d}:{step.key}"

    def _steps(self, duty: Duty) -> Sequence[Step]:
        kind = kinds.KINDS.get(duty.kind)
        ladder = kind.ladder if kind is not None else DEFAULT
        same = (duty.due_on, id(ladder))
        if same not in self.days:
            rungs, own = (ladder, None) if isinstance(ladder, Ladder) else (ABOVE, ladder)
            self.days[same] = steps_of(duty.due_on, self._read(rungs), self.calendar, own)
        return self.days[same]

    def _read(self, ladder: Ladder) -> Any:
        if id(ladder) not in self.ladders:
            self.ladders[id(ladder)] = ladder.read(self.day)
        return self.ladders[id(ladder)]


def _tell(wanted: dict[tuple[int, str], tuple[Duty, Step]], day: date, at: datetime) -> int:
    keys = sorted({key for _, key in wanted})
    told: set[tuple[int, str]] = set()
    for start in range(0, len(keys), BATCH):
        rows = Notice.objects.filter(key__in=keys[start : start + BATCH])
        told.update(rows.values_list("recipient_id", "key"))
    fresh = [
        Notice(recipient_id=person, key=key, kind="duty", sentence=sentence(duty, day, step.grade)[:400], link=duty.link,
               article=duty.article, created_at=at)
        for (person, key), (duty, step) in wanted.items() if (person, key) not in told
    ]  # fmt: skip
    Notice.objects.bulk_create(fresh, batch_size=BATCH, ignore_conflicts=True)
    return len(fresh)


def sentence(duty: Duty, day: date, grade: Grade) -> str:
    """The reminder in words: who owes what by when, how long that is, and how urgent."""
    left = duty.days_left(on=day)
    when = f"应于{spoken(duty.due_on)}前完成"
    tail = f"已逾期{-left}天" if left < 0 else ("今天到期" if left == 0 else f"还有{left}天")
    return f"{duty.organ.label}：{duty.title}，{when}，{tail}（{WORDS[grade]}）。"


def consultation_days(due: date, calendar: WorkCalendar) -> list[tuple[date, Grade, Any]]:
    """A ladder of fixed days for what is due with a half-year: a month and a fortnight before its end (AMB-9)."""
    early, later = due.replace(day=1) - timedelta(days=1), due.replace(day=15)
    days = [(early, Grade.GREEN), (later, Grade.YELLOW), (due, Grade.RED)]
    told: list[tuple[date, Grade, Any]] = [(calendar.last_workday(d), g, (Circle.CLERK, Circle.HEAD)) for d, g in days]
    return [*told, (calendar.next_workday(due + timedelta(days=1)), Grade.RED, (Circle.HEAD, Circle.CSO))]
