"""The ten days as pure numbers: every day of 2026 and 2028 against a table counted by hand rules, and days written by hand."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from accounts.calendar import WorkCalendar
from supervision.reporting.deadlines import (
    Clock,
    beside_clock,
    clock,
    due_day,
    last_day,
    rungs_reached,
    workdays_between,
)

pytestmark = pytest.mark.once

PLAIN = WorkCalendar()
# Weekdays without work and weekends with work, copied from the State Council's notices (2028: the statutory days alone).
REST = {
    *((2026, 1, day) for day in (1, 2)), *((2026, 2, day) for day in (16, 17, 18, 19, 20, 23)), (2026, 4, 6),
    *((2026, 5, day) for day in (1, 4, 5)), (2026, 6, 19), (2026, 9, 25), *((2026, 10, day) for day in (1, 2, 5, 6, 7)), (2027, 1, 1),
    (2028, 1, 3), *((2028, 1, day) for day in (25, 26, 27, 28)), (2028, 4, 4), (2028, 5, 1), (2028, 5, 2), (2028, 5, 29),
    *((2028, 10, day) for day in (2, 3, 4)), (2029, 1, 1),
}  # fmt: skip
WORKED = {(2026, 1, 4), (2026, 2, 14), (2026, 2, 28), (2026, 5, 9), (2026, 9, 20), (2026, 10, 10)}
LENGTHS = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
Day = tuple[int, int, int]


def length(year: int, month: int) -> int:
    return 29 if month == 2 and year in (2028,) else LENGTHS[month - 1]


def next_day(day: Day) -> Day:
    year, month, number = day
    if number < length(year, month):
        return year, month, number + 1
    return (year, month + 1, 1) if month < 12 else (year + 1, 1, 1)


def every_day(year: int, first_weekday: int) -> list[tuple[Day, int]]:
    """Each day with its weekday (0 is Monday), sixteen days into the next year, counted without a calendar library."""
    found, day, weekday = [], (year, 1, 1), first_weekday
    while day <= (year + 1, 1, 16):
        found.append((day, weekday))
        day, weekday = next_day(day), (weekday + 1) % 7
    return found


def works(day: Day, weekday: int) -> bool:
    return day in WORKED or (weekday < 5 and day not in REST)


@pytest.mark.parametrize(("year", "first_weekday", "count"), [(2026, 3, 365), (2028, 5, 366)])
def test_every_start_day_of_the_year(year: int, first_weekday: int, count: int) -> None:
    days = every_day(year, first_weekday)
    starts = [place for place, (day, _) in enumerate(days) if day[0] == year and place + 14 < len(days)]
    assert len(starts) == count

    for place in starts:
        due, weekday = days[place + 10]
        last = next(day for day, weekday in days[place + 10 :] if works(day, weekday))
        found = due_day(date(*days[place][0]), 10)
        assert (found.year, found.month, found.day) == due, days[place]
        graced = last_day(found, PLAIN, next_workday=True)
        assert (graced.year, graced.month, graced.day) == last, days[place]
        assert last_day(found, PLAIN, next_workday=False) == found


@pytest.mark.parametrize(
    ("signed", "due", "last"),
    [
        (date(2026, 2, 4), date(2026, 2, 14), date(2026, 2, 14)),  # a Saturday that is worked before Spring Festival
        (date(2026, 2, 5), date(2026, 2, 15), date(2026, 2, 24)),  # the first day of the festival: nine days later
        (date(2026, 2, 13), date(2026, 2, 23), date(2026, 2, 24)),  # its last day
        (date(2026, 9, 21), date(2026, 10, 1), date(2026, 10, 8)),  # National Day
        (date(2026, 9, 27), date(2026, 10, 7), date(2026, 10, 8)),
        (date(2026, 9, 30), date(2026, 10, 10), date(2026, 10, 10)),  # a Saturday that is worked after it
        (date(2028, 2, 19), date(2028, 2, 29), date(2028, 2, 29)),  # the leap day, a Tuesday
        (date(2028, 2, 20), date(2028, 3, 1), date(2028, 3, 1)),
        (date(2026, 12, 22), date(2027, 1, 1), date(2027, 1, 4)),  # into the next year
        (date(2026, 3, 4), date(2026, 3, 14), date(2026, 3, 16)),  # a plain weekend
    ],
)
def test_days_around_the_festivals(signed: date, due: date, last: date) -> None:
    assert due_day(signed, 10) == due
    assert last_day(due, PLAIN, next_workday=True) == last


def test_a_year_that_nobody_knows_is_a_plain_week() -> None:
    assert not PLAIN.knows(2200)
    due = due_day(date(2200, 9, 21), 10)  # 1 October 2200 is a Wednesday

    assert (due, last_day(due, PLAIN, next_workday=True)) == (date(2200, 10, 1), date(2200, 10, 1))
    assert last_day(date(2200, 10, 4), PLAIN, next_workday=True) == date(2200, 10, 6)


def test_the_office_s_own_days_override_the_library() -> None:
    closed = WorkCalendar({date(2026, 3, 16): False})

    assert last_day(date(2026, 3, 14), closed, next_workday=True) == date(2026, 3, 17)


@pytest.mark.parametrize(
    ("day", "state"),
    [
        (date(2026, 3, 4), Clock.OPEN), (date(2026, 3, 8), Clock.OPEN), (date(2026, 3, 9), Clock.SOON), (date(2026, 3, 13), Clock.SOON),
        (date(2026, 3, 14), Clock.AMBER), (date(2026, 3, 15), Clock.AMBER), (date(2026, 3, 16), Clock.AMBER), (date(2026, 3, 17), Clock.RED),
    ],
)  # fmt: skip
def test_signed_on_4_march_the_clock_goes_open_soon_amber_red(day: date, state: Clock) -> None:
    assert clock(date(2026, 3, 14), date(2026, 3, 16), on=day) is state


@pytest.mark.parametrize(
    ("done", "state"),
    [(date(2026, 3, 14), Clock.DONE), (date(2026, 3, 16), Clock.DONE), (date(2026, 3, 17), Clock.LATE)],
)
def test_a_submission_on_the_next_working_day_is_in_time(done: date, state: Clock) -> None:
    assert clock(date(2026, 3, 14), date(2026, 3, 16), on=date(2026, 5, 1), done_on=done) is state


def test_study_and_copy_are_amber_after_the_ten_days_and_never_overdue() -> None:
    due, last = date(2026, 3, 14), date(2026, 3, 16)

    assert beside_clock(due, last, on=date(2026, 4, 20)) is Clock.AMBER
    assert beside_clock(due, last, on=date(2026, 4, 20), done_on=date(2026, 4, 2)) is Clock.AMBER
    assert beside_clock(due, last, on=date(2026, 4, 20), done_on=date(2026, 3, 12)) is Clock.DONE


@pytest.mark.parametrize(
    ("start", "end", "count"),
    [
        (date(2026, 3, 4), date(2026, 3, 14), 7),
        (date(2026, 2, 5), date(2026, 2, 15), 7),
        (date(2026, 9, 30), date(2026, 10, 10), 3),
    ],
)
def test_the_same_span_in_working_days(start: date, end: date, count: int) -> None:
    assert workdays_between(start, end, PLAIN) == count


def test_reminders_stand_on_days_5_8_and_10_and_are_caught_up() -> None:
    signed = date(2026, 3, 4)
    due = due_day(signed, 10)
    reached = {n: rungs_reached(due, on=signed + timedelta(days=n)) for n in (4, 5, 7, 8, 9, 10, 30)}

    assert reached == {4: [], 5: [5], 7: [5], 8: [5, 2], 9: [5, 2], 10: [5, 2, 0], 30: [5, 2, 0]}
