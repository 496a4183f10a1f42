"""The days of a quarterly report: the 25th of the third month, the day advised before a holiday, the day of the draft.

The article says 25日前. The office reads it inclusive: until 23:59:59 of the 25th in Asia/Shanghai (AMB-7). A holiday on
the 25th moves nothing; the product advises the last working day on or before it and drafts five working days earlier.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta

from accounts.calendar import WorkCalendar, local_day
from accounts.limits import Limit
from accounts.periods import Period, PeriodKind

REPORT_DAY = Limit("quarterly_report_day", 25, "A10.4a", "季度报告报送截止日（每季度第三个月）", "日")
CUTOFF_INCLUSIVE = Limit("cutoff_inclusive", 1, "A10.4a", "季度报告截止日当天报送算按时（1是，0否）", "（1是，0否）")
DRAFT_WORKDAYS = Limit("quarterly_draft_workdays", 5, "A10.4a", "季度报告初稿在截止日前多少个工作日生成", "个工作日")


def quarter_of(day: date) -> Period:
    """The quarter that holds the day."""
    return Period.of(PeriodKind.QUARTER, day)


def due_day(period: Period) -> date:
    """The last day in time: the 25th, or the 24th where the office reads 25日前 without the day itself.

    The limits in force on the first day of the quarter hold for the whole quarter (A13).
    """
    day = period.last.replace(day=REPORT_DAY.on(period.first))
    return day if CUTOFF_INCLUSIVE.on(period.first) else day - timedelta(days=1)


def recommended_day(due_on: date, calendar: WorkCalendar) -> date:
    """The last working day on or before the due day: what people should aim at. It judges nobody (AMB-7)."""
    return calendar.last_workday(due_on)


def draft_day(period: Period, calendar: WorkCalendar) -> date:
    """As many working days before the due day as the office wants; the due day itself is not counted."""
    day, left = due_day(period), DRAFT_WORKDAYS.on(period.first)
    while left > 0:
        day -= timedelta(days=1)
        left -= calendar.is_workday(day)
    return day


def is_late(submitted_at: datetime, due_on: date) -> bool:
    """Whether a first submission came after the due day of Asia/Shanghai, whatever clock the host keeps."""
    return local_day(submitted_at) > due_on
