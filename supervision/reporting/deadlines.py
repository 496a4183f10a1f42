"""The ten days between the last signature on a report and the standing committee (A9.7a, AMB-6).

Calendar days, the day of approval not counted: signed on the 1st, due on the 11th. Where the eleventh is no working
day, the next working day still counts, if the office reads it so. The functions are pure: numbers and the work
calendar are handed in, so that a year the calendar does not know is only a plain week.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from accounts.calendar import WorkCalendar
from accounts.limits import Limit

SC_SUBMISSION_DAYS = Limit("sc_submission_days", 10, "A9.7a", "报告批准后提交县纪委常委会的期限")
SC_NEXT_WORKDAY = Limit(
    "sc_next_workday", 1, "A9.7a", "十日期限逢非工作日，顺延至下一工作日（1顺延，0不顺延）", "（1顺延，0不顺延）"
)
TEN_DAY_COVERS = Limit("ten_day_covers", 1, "A9.7a", "十日期限管到哪一步（1提交常委会，2书面抄报）", "（1提交，2抄报）")
SOON_DAYS = 5
REMIND_BEFORE = (5, 2, 0)  # days 5, 8 and 10 of ten: the clerk, his head, the deputy secretary


class Clock(StrEnum):
    """How the ten days stand on a day; the words are the office's."""

    OPEN = "open"
    SOON = "soon"
    AMBER = "amber"
    RED = "red"
    DONE = "done"
    LATE = "late"


TONES = {
    Clock.OPEN: ("good", "clock"),
    Clock.SOON: ("soon", "hourglass"),
    Clock.AMBER: ("soon", "hourglass"),
    Clock.RED: ("late", "late"),
    Clock.DONE: ("good", "done"),
    Clock.LATE: ("late", "late"),
}


@dataclass(frozen=True)
class Reading:
    """The office's reading of the ten days on the day of the last signature."""

    days: int = 10
    next_workday: bool = True
    covers_copy_out: bool = False


def due_day(approved_on: date, days: int) -> date:
    """The tenth day after approval, the day of approval not counted."""
    return approved_on + timedelta(days=days)


def last_day(due_on: date, calendar: WorkCalendar, *, next_workday: bool) -> date:
    """The day after which the submission is late: the due day, or the next working day where that is no working day."""
    return calendar.next_workday(due_on) if next_workday else due_on


def clock(due_on: date, last_on: date, *, on: date, done_on: date | None = None) -> Clock:
    """How a binding step stands: open, soon (five days), amber from the due day, red after the last day; done or late."""
    if done_on is not None:
        return Clock.DONE if done_on <= last_on else Clock.LATE
    if on > last_on:
        return Clock.RED
    if on >= due_on:
        return Clock.AMBER
    return Clock.SOON if (due_on - on).days <= SOON_DAYS else Clock.OPEN


def beside_clock(due_on: date, last_on: date, *, on: date, done_on: date | None = None) -> Clock:
    """A step that the ten days do not bind, study or copy: after them it is amber, never overdue."""
    found = clock(due_on, last_on, on=on, done_on=done_on)
    return Clock.AMBER if found in (Clock.RED, Clock.LATE) else found


def workdays_between(start: date, end: date, calendar: WorkCalendar) -> int:
    """Working days after `start` up to and with `end`: the same span as the office counts its week. For display only."""
    return sum(calendar.is_workday(start + timedelta(days=step)) for step in range(1, (end - start).days + 1))


def rungs_reached(due_on: date, *, on: date) -> list[int]:
    """Which of the reminders (5, 2 and 0 days before) are due by `on`; a missed day is caught up the next day."""
    return [before for before in REMIND_BEFORE if on >= due_on - timedelta(days=before)]
