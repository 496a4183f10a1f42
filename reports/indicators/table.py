"""Every indicator and rate of one scope in rows: what the command prints and what other programs read."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from reports.counting.figure import Scope
from reports.indicators.catalogue import INDICATORS, RATES, Indicator, Rate
from reports.indicators.together import values

RATE = "R"  # the class of what is a share of two figures


@dataclass(frozen=True)
class Row:
    """One number: its id, its value or None, and how many records stand behind it."""

    id: str
    name: str
    value: Any
    unit: str
    origin: str
    records: int

    def as_json(self) -> dict[str, Any]:
        """As the contract of the product says."""
        return {
            "name": self.name,
            "value": number(self.value),
            "unit": self.unit,
            "class": self.origin,
            "records": self.records,
        }


def ids() -> list[str]:
    """Ids of all rows in order: what the papers ask for, the rates, the evaluation (A10.5)."""
    return [key for key in INDICATORS if is_asked(key)] + [*rates()] + [key for key in INDICATORS if not is_asked(key)]


def is_asked(key: str) -> bool:
    """Whether one of the office's papers asks for it; the others are what the evaluation scores."""
    return key.startswith("I")


def rows(scope: Scope, wanted: Collection[str] = ()) -> Iterator[Row]:
    """The rows that were asked for, or all; with I4-2 come the rates that are read beside it."""
    shares = rates()
    asked = [key for key in ids() if not wanted or key in wanted or (key in shares and shares[key].id in wanted)]
    told = values(scope, [key for key in asked if key not in shares])
    for key in asked:
        yield _of_rate(key, shares[key], scope) if key in shares else _of_indicator(INDICATORS[key], told[key], scope)


def number(value: Any) -> Any:
    """A number of JSON: whole ones without a fraction. Two decimals of a sum in 元 come through a float unharmed."""
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    return value


def rates() -> dict[str, Rate]:
    """Rates by the id of their row. A second one under one id is told apart by its key: R-3, R-3/rectification_rate_due."""
    found: dict[str, Rate] = {}
    for rate in RATES.values():
        taken = rate.id in found or rate.id in INDICATORS
        found[f"{rate.id}/{rate.key}" if taken else rate.id] = rate
    return found


def _of_indicator(one: Indicator, value: Any, scope: Scope) -> Row:
    return Row(one.id, one.name, value, one.unit, one.origin.value, one.count(scope))


def _of_rate(key: str, rate: Rate, scope: Scope) -> Row:
    return Row(key, rate.name, rate.value(scope), rate.unit, RATE, rate.count(scope))
