"""What an indicator is: a figure with the number, the sentence and the clause under which the office is asked for it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Any

from accounts.models import Organ
from accounts.roles import OrganKind
from ledgers.reported_figures import REPORTED
from reports.counting.figure import FIGURES, Scope
from reports.indicators.figures.external import keys_reported


class Origin(StrEnum):
    """Where a number comes from."""

    COMPUTED = "C"  # counted from the office's own records
    EXTERNAL = "E"  # reported by another body: stored with its source, only ever summed
    NEVER = "N"  # no record of the office produces it


@dataclass(frozen=True)
class Indicator:
    """One indicator. `figure` is the key of the figure that counts it; `basis` says in one sentence what is counted.

    `scale` divides what is stored before it is shown (元 as 亿元); `reason` tells why a number can never be computed.
    `beside` names the rates that are read together with it, and `split` the field by which it may be divided (职级).
    """

    id: str
    name: str
    unit: str
    clause: str
    phrase: str
    basis: str
    origin: Origin = Origin.COMPUTED
    figure: str = ""
    reason: str = ""
    scale: int = 1
    beside: tuple[str, ...] = ()
    split: str = ""

    @property
    def short(self) -> str:
        """The id as a page shows it, without the key of a second number."""
        return self.id.partition("/")[0]

    @property
    def slug(self) -> str:
        """How an address names it; a second number under one id by the key behind the stroke."""
        return self.id.rpartition("/")[2]

    def value(self, scope: Scope) -> Any:
        """The number for a scope: an int or a Decimal; None where no record of the scope can produce it."""
        if not self.is_known(scope):
            return None
        return self.shown(FIGURES[self.figure].value(scope))

    def shown(self, found: Any) -> Any:
        """A figure as this indicator tells it: what others reported in its own unit (元 as 亿元), all else as it is."""
        return _plain(found / self.scale) if isinstance(found, Decimal) and self.is_external else found

    def records(self, scope: Scope) -> list[int]:
        """The ids of the records counted, in order."""
        return FIGURES[self.figure].ids(scope) if self.is_known(scope) else []

    def count(self, scope: Scope) -> int:
        """How many records are counted."""
        return FIGURES[self.figure].count(scope) if self.is_known(scope) else 0

    def parts(self, scope: Scope) -> dict[Any, Any]:
        """The number divided by the indicator's own field, such as the rank of officials; empty without one."""
        return FIGURES[self.figure].by(self.split, scope) if self.split else {}

    @property
    def is_external(self) -> bool:
        """Whether other bodies report it."""
        return self.origin == Origin.EXTERNAL

    def is_known(self, scope: Scope) -> bool:
        """Whether the scope can have the number: what other bodies report is the county's, or an organ's that entered it."""
        return self.figure in FIGURES and (not self.is_external or self.figure in externals_known(scope))


def externals_known(scope: Scope) -> frozenset[str]:
    """Figures of other bodies that the scope can have: all where 党风政风监督室, which keeps them, is among the organs."""
    if Organ.objects.filter(pk__in=scope.organs, kind=OrganKind.CONDUCT_SUPERVISION_OFFICE).exists():
        return frozenset(REPORTED)
    return keys_reported(scope)


def _plain(value: Decimal) -> int | Decimal:
    """Whole numbers without a fraction that is nothing."""
    return int(value) if value == value.to_integral_value() else value.normalize()


INDICATORS: dict[str, Indicator] = {}


def declare(indicators: Iterable[Indicator]) -> None:
    """Name indicators; each id once, each figure known."""
    for one in indicators:
        if one.id in INDICATORS:
            raise ValueError(f"indicator declared twice: {one.id}")
        if one.figure and one.figure not in FIGURES:
            raise ValueError(f"indicator {one.id} names an unknown figure: {one.figure}")
        INDICATORS[one.id] = one
