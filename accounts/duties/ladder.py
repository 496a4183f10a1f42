"""Ladders of reminders as data: how many days before or after its day a duty is spoken of, how loudly, and to whom.

Days before and on the due day are calendar days; a reminder that would fall on a rest day is told on the working day
before it, so that nobody learns of a deadline after it. What speaks of lateness waits for the next working day.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import NamedTuple

from accounts.calendar import WorkCalendar
from accounts.limits import Limit, values_on


class Grade(StrEnum):
    """How loud a reminder is; the words stand in every sentence, colours mean time only."""

    GREEN = "green"
    YELLOW = "yellow"
    RED = "red"


class Circle(StrEnum):
    """Who is told. Of a duty that one person owes, clerk and head mean him, the others the leaders above him."""

    CLERK = "clerk"
    HEAD = "head"
    CSO = "cso"
    AM = "am"
    DS = "ds"


STAFF = (Circle.CLERK, Circle.HEAD)


class Step(NamedTuple):
    """From `on` the `circles` are to know, once. `key` names the step among those of its duty."""

    on: date
    grade: Grade
    circles: tuple[Circle, ...]
    key: str


# What a kind with days of its own answers for a due day: (day, grade, circle or circles), in the order of the days.
# The climb to the leaders above is added to them, so that no kind can forget it.
OwnDays = Callable[[date, WorkCalendar], Iterable[tuple[date, Grade, Circle | tuple[Circle, ...]]]]


@dataclass(frozen=True)
class Rung:
    """One rung: a dated number of days before the due day, or after it."""

    days: Limit
    grade: Grade
    circles: tuple[Circle, ...]
    after: bool = False

    def step(self, due_on: date, day: int, calendar: WorkCalendar) -> Step:
        """The day on which this rung is reached for a duty, rest days avoided."""
        if self.after:
            return Step(calendar.next_workday(due_on + timedelta(day)), self.grade, self.circles, self.days.key)
        return Step(calendar.last_workday(due_on - timedelta(day)), self.grade, self.circles, self.days.key)


@dataclass(frozen=True)
class Ladder:
    """Rungs from the quietest to the loudest."""

    rungs: tuple[Rung, ...]

    def read(self, on: date) -> tuple[tuple[Rung, int], ...]:
        """The rungs with the numbers in force on a day; one query."""
        values = values_on((rung.days for rung in self.rungs), on)
        return tuple((rung, values[rung.days.key]) for rung in self.rungs)


def steps_of(
    due_on: date, ladder: Sequence[tuple[Rung, int]], calendar: WorkCalendar, own: OwnDays | None = None
) -> list[Step]:
    """The steps of whatever is due on a day, the quietest first: a kind's own days, then the rungs of a ladder."""
    steps = [_own(*entry) for entry in own(due_on, calendar)] if own is not None else []
    return steps + [rung.step(due_on, days, calendar) for rung, days in ladder]


def _own(on: date, grade: Grade, circles: Circle | tuple[Circle, ...]) -> Step:
    return Step(on, grade, (circles,) if isinstance(circles, Circle) else circles, on.isoformat())


def each_workday_after(day: date, calendar: WorkCalendar, *, most: int = 40) -> Iterable[date]:
    """The working days that follow a day, for duties that are asked for daily once they are late."""
    for _ in range(most):
        day = calendar.add_workdays(day, 1)
        yield day


REMIND_FIRST = Limit("remind_first_days", 5, "A10.1b", "到期前第一次提醒（经办人、负责人）")
REMIND_SECOND = Limit("remind_second_days", 2, "A10.1b", "到期前第二次提醒（经办人、负责人）")
REMIND_LAST = Limit("remind_last_days", 0, "A10.1b", "到期前最后一次提醒（0为当天）")
LATE_STAFF = Limit("late_staff_days", 1, "A10.1b", "逾期后告知本单位和党风政风监督室")
LATE_AM = Limit("late_am_days", 3, "A10.1b", "逾期后告知协管常委、委员")
LATE_DS = Limit("late_ds_days", 7, "A10.1b", "逾期后告知分管副书记")
CURE_FIRST = Limit("cure_first_days", 7, "A9.8b", "整改到期前第一次提醒")
CURE_SECOND = Limit("cure_second_days", 3, "A9.8b", "整改到期前第二次提醒")

LATE = (
    Rung(LATE_STAFF, Grade.RED, (*STAFF, Circle.CSO), after=True),
    Rung(LATE_AM, Grade.RED, (Circle.AM,), after=True),
    Rung(LATE_DS, Grade.RED, (Circle.DS,), after=True),
)
ABOVE = Ladder(LATE[1:])  # what kinds with days of their own climb to: the leaders above
DEFAULT = Ladder(
    (
        Rung(REMIND_FIRST, Grade.GREEN, STAFF),
        Rung(REMIND_SECOND, Grade.YELLOW, STAFF),
        Rung(REMIND_LAST, Grade.RED, STAFF),
        *LATE,
    )
)
CURE = Ladder(
    (
        Rung(CURE_FIRST, Grade.GREEN, STAFF),
        Rung(CURE_SECOND, Grade.YELLOW, STAFF),
        Rung(REMIND_LAST, Grade.RED, STAFF),
        *LATE,
    )
)
# Prompts only: the organ at its day, then 党风政风监督室; no leader is troubled (A6.2c).
SOFT = Ladder(
    (
        Rung(REMIND_LAST, Grade.YELLOW, STAFF),
        Rung(LATE_STAFF, Grade.YELLOW, (Circle.CSO,), after=True),
    )
)
