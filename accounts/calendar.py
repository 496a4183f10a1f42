"""Working days of the office, and local days. Pure: the office's own table is handed in, never read here."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from functools import cache
from zoneinfo import ZoneInfo

import holidays

SHANGHAI = ZoneInfo("Asia/Shanghai")
WEEKDAYS = "一二三四五六日"


def local_day(moment: datetime) -> date:
    """The day of a moment in Asia/Shanghai, on which every deadline of the office is judged."""
    return moment.astimezone(SHANGHAI).date()


def noon(day: date) -> datetime:
    """The moment by which something known by its day alone is dated: noon there, so that no clock moves it to another day."""
    return datetime.combine(day, time(12), tzinfo=SHANGHAI)


def spoken(day: date) -> str:
    """A day as written in a sentence: 2026年9月25日（周五）."""
    return f"{day.year}年{day.month}月{day.day}日（周{WEEKDAYS[day.weekday()]}）"


@cache
def _national(year: int) -> tuple[frozenset[date], frozenset[date]]:
    """Rest days and make-up working days that the library knows for a year; empty sets where it knows none."""
    try:
        table = holidays.country_holidays("CN", years=year)
    except Exception:  # noqa: BLE001 - a year outside the library's data falls back to weekends
        return frozenset(), frozenset()
    makeup = getattr(table, "weekend_workdays", ()) or ()
    return frozenset(table), frozenset(day for day in makeup if day.year == year)


@dataclass(frozen=True)
class WorkCalendar:
    """Holidays of the library, overridden by the office's own table of 调休 days."""

    overrides: Mapping[date, bool] = field(default_factory=dict)

    def is_workday(self, day: date) -> bool:
        """Whether the office works on that day. An unknown year falls back to Monday-Friday."""
        if day in self.overrides:
            return self.overrides[day]
        rest, makeup = _national(day.year)
        if day in makeup:
            return True
        return day.weekday() < 5 and day not in rest

    def knows(self, year: int) -> bool:
        """Whether the year's 调休 arrangement is known, from the library or from the office's own entries."""
        return bool(_national(year)[1]) or any(day.year == year for day in self.overrides)

    def next_workday(self, day: date) -> date:
        """The day itself if the office works, else the next day on which it does."""
        while not self.is_workday(day):
            day += timedelta(days=1)
        return day

    def last_workday(self, day: date) -> date:
        """The day itself if the office works, else the last working day before it."""
        while not self.is_workday(day):
            day -= timedelta(days=1)
        return day

    def add_workdays(self, day: date, count: int) -> date:
        """The working day `count` working days after `day`; the day itself is not counted."""
        while count > 0:
            day += timedelta(days=1)
            count -= self.is_workday(day)
        return day


FESTIVALS = {
    "New Year": "元旦", "Chinese New Year": "春节", "Tomb-Sweeping": "清明节", "Labor": "劳动节", "Dragon Boat": "端午节",
    "Mid-Autumn": "中秋节", "National": "国庆节",
}  # fmt: skip


def festival_ahead(day: date, days: int) -> tuple[date, str] | None:
    """The first day and the name of the next festival within `days` calendar days after `day`, None where none comes."""
    for ahead in range(1, days + 1):
        coming = day + timedelta(days=ahead)
        name = _festival(coming)
        if name and name != _festival(coming - timedelta(days=1)):
            return coming, name
    return None


def _festival(day: date) -> str:
    try:
        known = holidays.country_holidays("CN", years=day.year).get(day) or ""
    except Exception:  # noqa: BLE001 - a year outside the library's data has no names
        return ""
    return next((name for start, name in FESTIVALS.items() if known.startswith(start)), "")
