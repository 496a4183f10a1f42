"""The figures that a leader reads first, each beside the period before it, each opening its records (A10.1b, A10.5a)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.urls import reverse

from reports.counting.catalogue import FIGURES, Scope
from reports.counting.listing import spoken
from reports.counting.together import values_of

KEYS = (
    "problems_found", "problems_on_spot", "rectification_issued", "rectification_closed", "rectification_open",
    "rectification_overdue", "clues", "documents", "accountable_organs", "accountable_persons", "look_backs",
    "losses_recovered", "rebound_rate", "punctuality",
)  # fmt: skip


@dataclass(frozen=True)
class Rate:
    """A share in percent: records of one figure among those of another."""

    key: str
    label: str
    article: str
    of: str
    among: str
    ahead: str = ""  # what is left out because its day has not come


RATES = {
    rate.key: rate
    for rate in (
        Rate("rebound_rate", "反弹率", "A9.8e", "rebounds", "look_back_results"),
        Rate("punctuality", "按时履职率", "A10.4", "duties_in_time", "duties_due", "duties_ahead"),
    )
}
Values = Mapping[str, tuple[Any, Any]]  # figure -> in the period, in the one before
DESK = ("problems_found", "rectification_closed", "rectification_overdue", "documents", "clues", "punctuality")


@dataclass(frozen=True)
class Tile:
    """One figure in words: value, what it was in the period before, the difference, and where its list is."""

    key: str
    label: str
    value: str
    before: str
    change: str
    article: str
    address: str
    ground: str = ""  # of a rate: the two counts


def tiles(scope: Scope, query: str, *, keys: Sequence[str] = KEYS) -> list[Tile]:
    """The tiles of a scope; `query` is the part of the address that names days and organ. A fixed number of queries."""
    names = [name for key in keys for name in _figures(key)]
    pairs = [(FIGURES[name], when) for name in names for when in (scope, scope.before())]
    counted = iter(values_of(pairs))
    values = {name: (next(counted), next(counted)) for name in names}
    return [_rate(RATES[key], values, query) if key in RATES else _count(key, values, query) for key in keys]


def _figures(key: str) -> tuple[str, ...]:
    if key not in RATES:
        return (key,)
    rate = RATES[key]
    return tuple(name for name in (rate.of, rate.among, rate.ahead) if name)


def _count(key: str, values: Values, query: str) -> Tile:
    figure, (now, before) = FIGURES[key], values[key]
    return Tile(key, figure.label, f"{_short(now)}{figure.unit}", f"{_short(before)}{figure.unit}", _change(now - before, figure.unit),
                figure.article, _address(key, query))  # fmt: skip


def _rate(rate: Rate, values: Values, query: str) -> Tile:
    (part, part_before), (whole, whole_before) = values[rate.of], values[rate.among]
    now, before = share(part, whole), share(part_before, whole_before)
    left = values[rate.ahead][0] if rate.ahead else 0
    change = "" if now is None or before is None else _change(now - before, "个百分点")
    return Tile(rate.key, rate.label, percent(now), percent(before), change, rate.article, _address(rate.among, query),
                f"{part}/{whole}" + (f"，尚未到期{left}项" if left else ""))  # fmt: skip


def share(part: int, whole: int) -> Decimal | None:
    """Percent with one decimal; None where there is nothing to have a share of."""
    return (Decimal(100) * part / whole).quantize(Decimal("0.1")) if whole else None


def percent(value: Decimal | None) -> str:
    """62.5%, or a dash where nothing was due or looked at."""
    return "—" if value is None else f"{value.normalize():f}%"


def _short(value: Any) -> str:
    """Sums of money without a fraction that is nothing."""
    return spoken(value).removesuffix(".00")


def _change(difference: Any, unit: str) -> str:
    if not difference:
        return "持平"
    words = f"{abs(difference).normalize():f}" if unit == "个百分点" else _short(abs(difference))
    return f"{'增加' if difference > 0 else '减少'}{words}{unit}"


def _address(key: str, query: str) -> str:
    return f"{reverse('reports:figure', args=[key])}?{query}"
