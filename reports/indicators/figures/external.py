"""Figures that other bodies report to the office: stored with their source, only ever summed (I0-18..24, I3-2..4)."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.db.models import Case, DecimalField, F, Sum, Value, When

from ledgers.models import ExternalFigure
from ledgers.reported_figures import FACTORS, REPORTED, words_of
from reports.counting.figure import Figure, Rows, Scope, declare
from reports.indicators.figures.rows import of_register

COLUMNS = {
    "reported_on": "报送日期",
    "name": "标题",
    "period_from": "期间自",
    "period_to": "期间至",
    "value": "数值",
    "unit_word": "单位",
    "source": "报送部门",
}


def _within(scope: Scope) -> Any:
    """Reports whose period lies inside the scope: what reaches beyond it is not of it."""
    return ExternalFigure.objects.live().filter(
        organ_id__in=scope.organs, period_from__gte=scope.first, period_to__lte=scope.last
    )


def reported(name: str, unit: str) -> Rows:
    """Rows of the scope under that name in that unit."""
    words = tuple(words_of(unit))
    return lambda scope: _within(scope).filter(name=name, unit_word__in=words)


def keys_reported(scope: Scope) -> frozenset[str]:
    """The figures that anybody reported to the scope's organs, all in one question."""
    rows = _within(scope).filter(topics=scope.topic) if scope.topic else _within(scope)
    told = set(rows.values_list("name", "unit_word").distinct())
    return frozenset(
        key for key, (name, unit) in REPORTED.items() if any((name, word) in told for word in words_of(unit))
    )


def total(rows: Any, scope: Scope) -> Decimal:
    """The sum in the figure's own unit (money in 元), whichever word each row came in."""
    factor = Case(*(When(unit_word=word, then=Value(times)) for word, times in FACTORS.items()), default=Value(1))
    amount: Any = Sum(F("value") * factor, output_field=DecimalField(max_digits=24, decimal_places=2))
    return rows.order_by().aggregate(sum=amount)["sum"] or Decimal(0)


declare(
    *(
        Figure(key, name, unit, "A10.5", reported(name, unit), reckon=total, **of_register("external-figures", COLUMNS))
        for key, (name, unit) in REPORTED.items()
    )
)
