"""What an indicator is: a figure with the number, the sentence and the clause under which the office is asked for it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from reports.counting.figure import FIGURES, Scope


class Origin(StrEnum):
    """Where a number comes from."""

    COMPUTED = "C"  # counted from the office's own records
    EXTERNAL = "E"  # reported by another body: stored with its source, only ever summed
    NEVER = "N"  # no record of the office produces it


@dataclass(frozen=True)
class Indicator:
    """One indicator. `figure` is the key of the figure that counts it; `basis` says in one sentence what is counted.

    `scale` divides what is stored before it is shown (元 as 亿元); `reason` tells why a number can never be computed.
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

    def value(self, scope: Scope) -> Any:
        """The number for a scope: an int or a Decimal; None where no record of the office can produce it."""
        return FIGURES[self.figure].value(scope) if self.figure else None

    def records(self, scope: Scope) -> list[int]:
        """The ids of the records counted, in order."""
        return FIGURES[self.figure].ids(scope) if self.figure else []


INDICATORS: dict[str, Indicator] = {}


def declare(indicators: Iterable[Indicator]) -> None:
    """Name indicators; each id once, each figure known."""
    for one in indicators:
        if one.id in INDICATORS:
            raise ValueError(f"indicator declared twice: {one.id}")
        if one.figure and one.figure not in FIGURES:
            raise ValueError(f"indicator {one.id} names an unknown figure: {one.figure}")
        INDICATORS[one.id] = one
