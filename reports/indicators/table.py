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
    """Ids of all rows in order. A second rate under one id is told apart by its key: R-3, R-3/rectification_rate_due."""
    return [*INDICATORS, *_rates()]


def rows(scope: Scope, wanted: Collection[str] = ()) -> Iterator[Row]:
    """The rows that were asked for, or all; with I4-2 come the rates that are read beside it."""
    asked = [key for key in INDICATORS if not wanted or key in wanted]
    told = values(scope, asked)
    for key in asked:
        yield _of_indicator(INDICATORS[key], told[key], scope)
    for key, rate in _rates().items():
        if not wanted or key in wanted or rate.id in wanted:
            yield _of_rate(key, rate, scope)


def number(value: Any) -> Any:
    """A number of JSON: whole ones without a fraction. Two decimals of a sum in 元 come through a float unharmed."""
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    return value


def _rates() -> dict[str, Rate]:
    found: dict[str, Rate] = {}
    for rate in RATES.values():
        taken = rate.id in found or rate.id in INDICATORS
        found[f"{rate.id}/{rate.key}" if taken else rate.id] = rate
    return found


def _of_indicator(one: Indicator, value: Any, scope: Scope) -> Row:
    return Row(one.id, one.name, value, one.unit, one.origin.value, one.count(scope))


def _of_rate(key: str, rate: Rate, scope: Scope) -> Row:
    return Row(key, rate.name, rate.value(scope), rate.unit, RATE, rate.count(scope))
