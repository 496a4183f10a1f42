"""Natural half-years (AMB-9): January to June, July to December."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, order=True)
class Half:
    """One half of one year; `number` is 1 or 2."""

    year: int
    number: int

    @property
    def first(self) -> date:
        """Its first day."""
        return date(self.year, 1 if self.number == 1 else 7, 1)

    @property
    def last(self) -> date:
        """Its last day, until which the consultation is owed."""
        return date(self.year, 6, 30) if self.number == 1 else date(self.year, 12, 31)

    @property
    def key(self) -> str:
        """As duties name their period: 2026H1."""
        return f"{self.year}H{self.number}"

    @property
    def label(self) -> str:
        """As people say it."""
        return f"{self.year}年{'上' if self.number == 1 else '下'}半年"

    def __contains__(self, day: date) -> bool:
        return self.first <= day <= self.last


def half_of(day: date) -> Half:
    """The half in which a day lies."""
    return Half(day.year, 1 if day.month <= 6 else 2)


def half_from(key: str) -> Half:
    """Read 2026H1 again."""
    year, number = key.split("H")
    return Half(int(year), int(number))


def exists_throughout(half: Half, *, since: date | None = None, until: date | None = None) -> bool:
    """Whether a body owes something for the half: from its first full half on, and none for the half of its end (AMB-18)."""
    return (since is None or since <= half.first) and (until is None or until > half.last)
