"""Figures that other bodies report to the office: stored with their source, only ever summed (I0-18..24, I3-2..4)."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.db.models import Case, DecimalField, F, Sum, Value, When

from ledgers.models import ExternalFigure
from reports.counting.figure import Figure, Rows, Scope, declare
from reports.indicators.figures.rows import of_register

MONEY = {"元": 1, "万元": 10_000, "亿元": 100_000_000}
TEN_THOUSAND = 10_000  # 近1.2万次: departments report large counts by the ten thousand
COLUMNS = {
    "reported_on": "报送日期",
    "name": "标题",
    "period_from": "期间自",
    "period_to": "期间至",
    "value": "数值",
    "unit_word": "单位",
    "source": "报送部门",
}
# key -> name under which it is reported, unit of the figure; money comes in any of three words and counts in 元.
EXTERNAL = {
    "grassroots_visit_count": ("党员干部下基层次数", "次"),
    "grassroots_problem_count": ("下基层发现问题数", "个"),
    "grassroots_solved_count": ("现场解决问题数", "个"),
    "paired_enterprise_count": ("结对企业数", "个"),
    "financing_amount": ("协调融资额", "元"),
    "land_area": ("协调用地面积", "亩"),
    "labour_count": ("协调用工人数", "人"),
    "enterprise_service_count": ("联系服务企业次数", "次"),
    "enterprise_problem_collected": ("企业问题收集数", "件"),
    "enterprise_problem_solved": ("企业问题解决数", "件"),
}


def words_of(unit: str) -> dict[str, int]:
    """The words in which a unit is reported, with what each stands for."""
    return MONEY if unit in MONEY else {unit: 1, f"万{unit}": TEN_THOUSAND}


FACTORS = {word: times for _, unit in EXTERNAL.values() for word, times in words_of(unit).items()}


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
        key for key, (name, unit) in EXTERNAL.items() if any((name, word) in told for word in words_of(unit))
    )


def total(rows: Any, scope: Scope) -> Decimal:
    """The sum in the figure's own unit (money in 元), whichever word each row came in."""
    factor = Case(*(When(unit_word=word, then=Value(times)) for word, times in FACTORS.items()), default=Value(1))
    amount: Any = Sum(F("value") * factor, output_field=DecimalField(max_digits=24, decimal_places=2))
    return rows.order_by().aggregate(sum=amount)["sum"] or Decimal(0)


declare(
    *(
        Figure(key, name, unit, "A10.5", reported(name, unit), reckon=total, **of_register("external-figures", COLUMNS))
        for key, (name, unit) in EXTERNAL.items()
    )
)
