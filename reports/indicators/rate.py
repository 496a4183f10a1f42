"""What a rate is: one figure in another, or in how many periods something was there; and the plain counts beside them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from accounts.periods import Period, PeriodKind
from reports.counting.figure import FIGURES, NONE, Scope


@dataclass(frozen=True)
class Rate:
    """One rate of the catalogue's section 2, or one read beside an indicator, whose id it then bears.

    `of` and `among` are keys of figures, added up where there are several. Without `among` it is the count of `of` itself;
    with `each` it is the share of the periods of the scope in which `of` was there at all. `times` is 100 for percent.
    `split` is the field of the records by which the share may be told apart, such as the unit of the persons.
    """

    id: str
    key: str
    name: str
    clause: str
    basis: str
    of: tuple[str, ...]
    among: tuple[str, ...] = ()
    each: PeriodKind | None = None
    unit: str = "%"
    times: int = 100
    split: str = ""

    def numbers(self, scope: Scope) -> tuple[Any, Any]:
        """Part and whole; None for a figure that nobody declared, and for the whole of a plain count."""
        if self.each is not None:
            there = [_sum(self.of, when) for when in periods(self.each, scope)]
            return sum(1 for found in there if found), len(there)
        return _sum(self.of, scope), _sum(self.among, scope) if self.among else None

    def value(self, scope: Scope) -> Any:
        """The share to one decimal, or the count; None where there is nothing to have a share of."""
        part, whole = self.numbers(scope)
        return self.of_numbers(part, whole)

    def of_numbers(self, part: Any, whole: Any) -> Any:
        """The same from its two numbers."""
        if not self.among and self.each is None:
            return part
        if part is None or not whole:
            return None
        return (Decimal(self.times) * part / whole).quantize(Decimal("0.1"), ROUND_HALF_UP)

    def records(self, scope: Scope) -> list[int]:
        """The ids behind the whole, or behind the count."""
        return [pk for key in self.ground if key in FIGURES for pk in FIGURES[key].ids(scope)]

    def parts(self, scope: Scope) -> dict[Any, tuple[Any, Any, Any]]:
        """Part, whole and share for each value of `split` that the whole has; empty without one."""
        if not self.split:
            return {}
        part, whole = (FIGURES[keys[0]].by(self.split, scope) for keys in (self.of, self.among))
        return {
            key: (part.get(key, 0), found, self.of_numbers(part.get(key, 0), found)) for key, found in whole.items()
        }

    def count(self, scope: Scope) -> int:
        """How many records they are."""
        return sum(FIGURES[key].count(scope) for key in self.ground if key in FIGURES)

    @property
    def ground(self) -> tuple[str, ...]:
        """Keys of the figures whose lists show what was looked at."""
        return self.among or self.of


def words(value: Any, unit: str) -> str:
    """62.5%, 12个; a dash where there is nothing to have a share of, never 0%."""
    return NONE if value is None else f"{value}{unit}"


def _sum(keys: Iterable[str], scope: Scope) -> Any:
    keys = tuple(keys)
    return sum(FIGURES[key].value(scope) for key in keys) if all(key in FIGURES for key in keys) else None


def periods(kind: PeriodKind, scope: Scope) -> list[Scope]:
    """The periods that the scope touches and that have begun by the day of judging, each cut to the scope."""
    period, found = Period.of(kind, scope.first), []
    while period.first <= min(scope.last, scope.on):
        found.append(replace(scope, first=max(period.first, scope.first), last=min(period.last, scope.last)))
        period = period.next()
    return found


RATES: dict[str, Rate] = {}


def declare(*rates: Rate) -> None:
    """Name rates; each key once."""
    for one in rates:
        if one.key in RATES:
            raise ValueError(f"rate declared twice: {one.key}")
        RATES[one.key] = one
