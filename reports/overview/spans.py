"""The days that a reader looks at: a quarter, half or year by its key, or two days of his own (A10.4)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlencode

from accounts.periods import EARLIEST, LATEST, Period, PeriodKind

KINDS = (PeriodKind.QUARTER, PeriodKind.HALF, PeriodKind.YEAR)
AGO = {PeriodKind.MONTH: "上月", PeriodKind.QUARTER: "上季度", PeriodKind.HALF: "上半年度", PeriodKind.YEAR: "上年"}


@dataclass(frozen=True)
class Span:
    """First and last day, and the period of the calendar that they are, if they are one."""

    first: date
    last: date
    period: Period | None = None

    @property
    def label(self) -> str:
        """2026年第三季度, or 2026-03-05至2026-03-14."""
        return self.period.label if self.period else f"{self.first:%Y-%m-%d}至{self.last:%Y-%m-%d}"

    @property
    def ago(self) -> str:
        """What it is compared with, in words."""
        return AGO[self.period.kind] if self.period else "前一时段"

    @property
    def query(self) -> str:
        """The part of an address that names it."""
        return f"from={self.first}&to={self.last}"


def read_span(data: Mapping[str, Any], *, today: date) -> Span:
    """What an address asks for: `period`, or `from` and `to`; nonsense is the quarter that runs."""
    first, last = _day(data.get("from")), _day(data.get("to"))
    if first and last and first <= last:
        return Span(first, last, _period_of(first, last))
    try:
        found = Period.read(data.get("period") or "")
    except ValueError:
        found = Period.of(PeriodKind.QUARTER, today)
    return Span(found.first, found.last, found)


def chips(span: Span, kept: Mapping[str, Any], today: date) -> list[dict[str, Any]]:
    """The running quarter, half and year, with what else was chosen; the kind that is shown is marked."""
    words = ("本季度", "本半年", "本年")
    now = [Period.of(kind, today) for kind in KINDS]
    return [
        {"label": word, "address": _address(one, kept), "on": span.period == one}
        for word, one in zip(words, now, strict=True)
    ]


def steps(span: Span, kept: Mapping[str, Any]) -> dict[str, Any]:
    """The period before and the one after, where the span is one of the calendar."""
    if span.period is None:
        return {}
    return {
        side: {"label": one.label, "address": _address(one, kept)}
        for side, one in (("before", span.period.before()), ("after", span.period.next()))
    }


def _address(period: Period, kept: Mapping[str, Any]) -> str:
    return f"?{urlencode({'period': period.key, **kept})}"


def _period_of(first: date, last: date) -> Period | None:
    """The month, quarter, half or year that is exactly these days."""
    periods = (Period.of(kind, first) for kind in PeriodKind)
    return next((one for one in periods if (one.first, one.last) == (first, last)), None)


def _day(text: Any) -> date | None:
    try:
        day = date.fromisoformat(text or "")
    except (TypeError, ValueError):
        return None
    return day if EARLIEST < day.year < LATEST else None
