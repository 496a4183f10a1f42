"""Figures that other bodies report to the office: stored with their source, only ever summed (I0-18..24, I3-2..4)."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.db.models import Case, DecimalField, F, Sum, Value, When

from ledgers.models import ExternalFigure
from ledgers.reported_figures import MONEY, REPORTED, words_of
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


def reported(name: str, unit: str) -> Rows:
    """Rows under that name in that unit whose period lies inside the scope: what reaches beyond it is not of it."""
    words = words_of(unit)

    def rows(scope: Scope) -> Any:
        return ExternalFigure.objects.live().filter(
            organ_id__in=scope.organs, name=name, unit_word__in=words, period_from__gte=scope.first, period_to__lte=scope.last
        )  # fmt: skip

    return rows


def total(rows: Any, scope: Scope) -> Decimal:
    """The sum; money in 元, whichever word it came in."""
    factor = Case(*(When(unit_word=word, then=Value(times)) for word, times in MONEY.items()), default=Value(1))
    amount: Any = Sum(F("value") * factor, output_field=DecimalField(max_digits=24, decimal_places=2))
    return rows.order_by().aggregate(sum=amount)["sum"] or Decimal(0)


declare(
    *(
        Figure(key, name, unit, "A10.5", reported(name, unit), reckon=total, **of_register("external-figures", COLUMNS))
        for key, (name, unit) in REPORTED.items()
    )
)
