"""Months, quarters, half-years and years as the office counts them, and which organ owes something for one (AMB-18)."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any


class PeriodKind(StrEnum):
    """How long a period is."""

    MONTH = "month"
    QUARTER = "quarter"
    HALF = "half"
    YEAR = "year"


MONTHS = {PeriodKind.MONTH: 1, PeriodKind.QUARTER: 3, PeriodKind.HALF: 6, PeriodKind.YEAR: 12}
KEYS = {
    PeriodKind.MONTH: re.compile(r"(\d{4})-(\d{2})"),
    PeriodKind.QUARTER: re.compile(r"(\d{4})-?Q(\d)"),
    PeriodKind.HALF: re.compile(r"(\d{4})-?H(\d)"),
    PeriodKind.YEAR: re.compile(r"(\d{4})"),
}
EARLIEST, LATEST = 1949, 2999  # a typed key outside of these is a slip


@dataclass(frozen=True)
class Period:
    """The `number`-th month, quarter or half of a year, or the year itself; `first` and `last` are days inside it."""

    kind: PeriodKind
    at_year: int
    number: int = 1

    def __post_init__(self) -> None:
        """Raises ValueError for a period that no calendar has."""
        if not (1 <= self.number <= 12 // MONTHS[self.kind] and EARLIEST <= self.at_year <= LATEST):
            raise ValueError(f"no such {self.kind.value}: {self.at_year}, {self.number}")

    @classmethod
    def month(cls, year: int, n: int) -> Period:
        """Month 1-12."""
        return cls(PeriodKind.MONTH, year, n)

    @classmethod
    def quarter(cls, year: int, n: int) -> Period:
        """Natural quarter 1-4 (A10.4a)."""
        return cls(PeriodKind.QUARTER, year, n)

    @classmethod
    def half(cls, year: int, n: int) -> Period:
        """Natural half-year 1 or 2 (A6.2d, AMB-9)."""
        return cls(PeriodKind.HALF, year, n)

    @classmethod
    def year_of(cls, year: int) -> Period:
        """The calendar year."""
        return cls(PeriodKind.YEAR, year)

    @classmethod
    def of(cls, kind: PeriodKind | str, day: date) -> Period:
        """The period of that kind that holds the day."""
        kind = PeriodKind(kind)
        return cls(kind, day.year, (day.month - 1) // MONTHS[kind] + 1)

    @classmethod
    def read(cls, key: str) -> Period:
        """The period that a key names: 2026-03, 2026Q1, 2026H1, 2026. Raises ValueError for anything else."""
        for kind, pattern in KEYS.items():
            if found := pattern.fullmatch(key):
                return cls(kind, *(int(part) for part in found.groups()))
        raise ValueError(f"not a period: {key!r}")

    @property
    def first(self) -> date:
        """Its first day."""
        return date(self.at_year, (self.number - 1) * MONTHS[self.kind] + 1, 1)

    @property
    def last(self) -> date:
        """Its last day."""
        month = self.number * MONTHS[self.kind]
        return date(self.at_year, month, monthrange(self.at_year, month)[1])

    @property
    def key(self) -> str:
        """As it is stored: 2026-03, 2026Q1, 2026H1, 2026."""
        return {
            PeriodKind.MONTH: f"{self.at_year}-{self.number:02}",
            PeriodKind.QUARTER: f"{self.at_year}Q{self.number}",
            PeriodKind.HALF: f"{self.at_year}H{self.number}",
            PeriodKind.YEAR: str(self.at_year),
        }[self.kind]

    @property
    def label(self) -> str:
        """As people say it: 2026年3月, 2026年第一季度, 2026年上半年, 2026年."""
        return (
            f"{self.at_year}年"
            + {
                PeriodKind.MONTH: f"{self.number}月",
                PeriodKind.QUARTER: f"第{'零一二三四'[min(self.number, 4)]}季度",
                PeriodKind.HALF: "上半年" if self.number == 1 else "下半年",
                PeriodKind.YEAR: "",
            }[self.kind]
        )

    def __str__(self) -> str:
        return self.label

    def __contains__(self, day: object) -> bool:
        return isinstance(day, date) and self.first <= day <= self.last

    def next(self) -> Period:
        """The one after it."""
        return self._moved(1)

    def before(self) -> Period:
        """The one before it."""
        return self._moved(-1)

    def _moved(self, by: int) -> Period:
        each = 12 // MONTHS[self.kind]
        year, number = divmod(self.at_year * each + self.number - 1 + by, each)
        return Period(self.kind, year, number + 1)

    def owes(self, organ: Any) -> bool:
        """Whether the organ owes what is due for this period: it stood on its first day and stands beyond its last (AMB-18)."""
        return (organ.active_from is None or organ.active_from <= self.first) and (
            organ.active_to is None or organ.active_to > self.last
        )


def owing(organs: Iterable[Any], period: Period) -> list[Any]:
    """Those of the organs that owe something for the period: from the first full one, none for the one of their end."""
    return [organ for organ in organs if period.owes(organ)]
