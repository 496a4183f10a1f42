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


class WrongSpan(ValueError):
    """Days that no calendar has, or that do not make a span; says in words what is wrong and what to type instead."""


def read_span(data: Mapping[str, Any], *, today: date, usual: PeriodKind = PeriodKind.QUARTER) -> Span:
    """What an address asks for: `from` and `to`, or `period`; the usual period that runs where it names none.

    Raises WrongSpan, because figures of other days would be taken for those that were asked for.
    """
    first, last = data.get("from") or "", data.get("to") or ""
    if first or last:
        return _of_days(first, last)
    key = data.get("period") or ""
    return _of_period(key) if key else _whole(Period.of(usual, today))


def _of_days(first: Any, last: Any) -> Span:
    if not (first and last):
        raise WrongSpan(f"只填了{'起始' if first else '截止'}日期，请把起始日期和截止日期都填上。")
    start, end = read_day(first), read_day(last)
    if start > end:
        raise WrongSpan(f"起始日期{start}晚于截止日期{end}，请把两个日期调换或者改正。")
    return Span(start, end, _period_of(start, end))


def read_day(text: Any) -> date:
    """A day of the years that the office has records of. Raises WrongSpan."""
    try:
        day = date.fromisoformat(str(text))
    except ValueError as wrong:
        raise WrongSpan(f"没有“{str(text)[:20]}”这一天，请改成日历上有的日期，例如2026-02-28。") from wrong
    _within(day.year)
    return day


def _of_period(key: str) -> Span:
    try:
        found = Period.read(key)
    except ValueError as wrong:
        raise WrongSpan(
            f"“{key[:20]}”不是一个时段，请填写起始日期和截止日期，或者写成2026、2026H1、2026Q1、2026-01。"
        ) from wrong
    _within(found.at_year)
    return _whole(found)


def _within(year: int) -> None:
    """The years before and after are shown beside, and must be years as well."""
    if not EARLIEST < year < LATEST:
        raise WrongSpan(f"没有{year:04}年的记录，年份请填{EARLIEST + 1}到{LATEST - 1}之间。")


def _whole(period: Period) -> Span:
    return Span(period.first, period.last, period)


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
