"""The ten-day clock of real reports: the office's readings and calendar applied to signed papers (A9.7a)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from accounts.calendar import WorkCalendar, local_day
from accounts.limits import Limit
from accounts.models import RuleSetting, work_calendar
from supervision.reporting.deadlines import (
    SC_NEXT_WORKDAY,
    SC_SUBMISSION_DAYS,
    TEN_DAY_COVERS,
    TONES,
    Clock,
    Reading,
    beside_clock,
    clock,
    last_day,
    workdays_between,
)

LIMITS = (SC_SUBMISSION_DAYS, SC_NEXT_WORKDAY, TEN_DAY_COVERS)


@dataclass(frozen=True)
class TenDays:
    """Calendar and dated readings, read once for a whole list."""

    calendar: WorkCalendar
    settings: Mapping[str, tuple[tuple[date, int], ...]]  # newest first

    def _value(self, limit: Limit, day: date) -> int:
        return next((value for since, value in self.settings.get(limit.key, ()) if since <= day), limit.default)

    @property
    def ever_covers_copy_out(self) -> bool:
        """Whether on any day the office read or reads the ten days up to the copy."""
        values = [TEN_DAY_COVERS.default, *(value for _, value in self.settings.get(TEN_DAY_COVERS.key, ()))]
        return 2 in values

    def reading(self, day: date) -> Reading:
        """The readings in force on the day of approval; a later change never moves a clock that runs (A13)."""
        days, grace, covers = (self._value(limit, day) for limit in LIMITS)
        return Reading(days, grace == 1, covers == 2)

    def last_day(self, approved_at: datetime, due_on: date) -> date:
        """The day after which the submission is late."""
        return last_day(due_on, self.calendar, next_workday=self.reading(local_day(approved_at)).next_workday)

    def state(self, row: Mapping[str, Any], *, on: date) -> dict[str, Any]:
        """How one report stands: `row` has approved_at, due_on, last_on and submitted_on. Empty before the signature."""
        if row["approved_at"] is None:
            return {}
        last_on = row["last_on"] or self.last_day(row["approved_at"], row["due_on"])
        found = clock(row["due_on"], last_on, on=on, done_on=row["submitted_on"])
        tone, drawing = TONES[found]
        left = (last_on - on).days
        return {"clock": found, "tone": tone, "icon": drawing, "words": words(found, last_on, on, row["submitted_on"]),
                "due_on": row["due_on"], "last_on": last_on, "left": left}  # fmt: skip

    def card(self, report: Any, *, on: date, copied_on: date | None) -> dict[str, Any]:
        """The whole clock of one report for its page: submission, study, copy, and the span in working days."""
        values = {name: getattr(report, name) for name in ("approved_at", "due_on", "last_on", "submitted_on")}
        shown = self.state(values, on=on)
        if not shown:
            return {}
        approved_on, due_on, last_on = local_day(report.approved_at), report.due_on, shown["last_on"]
        covers = self.reading(approved_on).covers_copy_out
        judge = clock if covers else beside_clock
        return shown | {
            "approved_on": approved_on,
            "elapsed": (on - approved_on).days,
            "days": (due_on - approved_on).days,
            "workdays": workdays_between(approved_on, due_on, self.calendar),
            "moved": last_on != due_on,
            "covers_copy_out": covers,
            "study": _beside(
                beside_clock(due_on, last_on, on=on, done_on=report.studied_on), report.studied_on, approved_on
            ),
            "copy": _beside(judge(due_on, last_on, on=on, done_on=copied_on), copied_on, approved_on),
        }


def ten_days() -> TenDays:
    """The office's calendar and readings as they stand now: two queries."""
    found: dict[str, list[tuple[date, int]]] = {}
    rows = RuleSetting.objects.filter(key__in=[limit.key for limit in LIMITS]).order_by("-valid_from")
    for key, since, value in rows.values_list("key", "valid_from", "value"):
        found.setdefault(key, []).append((since, int(value)))
    return TenDays(work_calendar(), {key: tuple(values) for key, values in found.items()})


def words(found: Clock, last_on: date, on: date, done_on: date | None) -> str:
    """The state of the submission in words, beside its colour."""
    if found is Clock.DONE:
        return "按期提交"
    if found is Clock.LATE:
        assert done_on is not None
        return f"逾期{(done_on - last_on).days}天提交"
    left = (last_on - on).days
    if left < 0:
        return f"已逾期{-left}天"
    return "今天到期" if left == 0 else f"还有{left}天"


def _beside(found: Clock, done_on: date | None, approved_on: date) -> dict[str, Any]:
    """Study or copy: its day, and on which day after approval that was."""
    tone, drawing = TONES[found]
    if done_on is None:
        if found in (Clock.OPEN, Clock.SOON):
            return {"tone": "none", "icon": "clock", "done_on": None, "words": "未办"}
        return {"tone": tone, "icon": drawing, "done_on": None, "words": "已过期限日数，未办"}
    return {"tone": tone, "icon": drawing, "done_on": done_on, "words": f"批准后第{(done_on - approved_on).days}天"}
