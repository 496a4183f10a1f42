"""One indicator over the last eight quarters and five years, and among organs (A10.1b)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any

from accounts.periods import Period, PeriodKind
from reports.counting.catalogue import FIGURES, Figure, Scope
from reports.counting.together import values_of
from reports.indicators.indicator import Indicator
from reports.indicators.telling.numbers import exact
from reports.indicators.telling.reading import address, scaled, series
from reports.overview.charts import STRONG, Chart, Series
from reports.paper import numeral

QUARTERS, YEARS = 8, 5
JOINED = "参与"
JOINED_BASIS = "“参与”是其他单位登记、本单位参加的联合监督轮次中的记录，不计入本单位数字，全县只计一次。"


@dataclass(frozen=True)
class Comparison:
    """The organs side by side, what they add up to, and a sentence where that is not the number of all."""

    chart: Chart
    sentence: str


def trends(one: Indicator, scope: Scope, organ: int | None, article: str, *, today: date) -> list[Chart]:
    """Both charts from one reading, up to the period in which the scope is judged."""
    kinds = ((PeriodKind.QUARTER, QUARTERS), (PeriodKind.YEAR, YEARS))
    periods = [last_of(kind, count, scope.on) for kind, count in kinds]
    scopes = [over(scope, period, today) for some in periods for period in some]
    values = iter(_known_values(one, scopes))
    return [
        _chart(one, some, [_drawn(next(values)) for _ in some], scope, organ, article)
        for some in periods
    ]  # fmt: skip


def _known_values(one: Indicator, scopes: Sequence[Scope]) -> list[Any]:
    """The numbers; none for days of which other bodies have reported nothing."""
    values = series([one], scopes)[one.id]
    if not one.is_external:
        return values
    return [value if one.count(when) else None for value, when in zip(values, scopes, strict=True)]


def last_of(kind: PeriodKind, count: int, on: date) -> list[Period]:
    period = Period.of(kind, on)
    found = [period]
    while len(found) < count:
        period = period.before()
        found.insert(0, period)
    return found


def over(scope: Scope, period: Period, today: date) -> Scope:
    """As the list behind the point counts it."""
    return replace(scope, first=period.first, last=period.last, on=min(period.last, today))


def _chart(one: Indicator, periods: Sequence[Period], values: Sequence[Any], scope: Scope, organ: int | None, article: str) -> Chart:  # fmt: skip
    quarterly = periods[0].kind == PeriodKind.QUARTER
    links = [address(one, scope, organ, first=period.first, last=period.last) for period in periods]
    line = Series(one.name, values, links, STRONG)
    key, question, kind = (
        ("quarters", "最近八个季度怎样变化？", "lines") if quarterly else ("years", "最近五年怎样变化？", "columns")
    )
    return Chart(key, question, kind, "季度" if quarterly else "年度", [short(period) for period in periods], [line], one.unit, article,
                 average=FIGURES[one.figure].average)  # fmt: skip


def short(period: Period) -> str:
    """2026年一季度 fits under a point."""
    quarter = f"{numeral(period.number)}季度" if period.kind == PeriodKind.QUARTER else ""
    return f"{period.at_year}年{quarter}"


def _drawn(value: Any) -> Any:
    """A number as a script reads it; nothing to average is no number, for 0 days would be the best there is."""
    if value is None:
        return None
    number = Decimal(str(value))
    return int(number) if number == number.to_integral_value() else float(round(number, 2))


def compare(one: Indicator, scope: Scope, names: Mapping[int, str], value: Any, article: str, joined: Mapping[int, int]) -> Comparison:  # fmt: skip
    """Each organ's number, and what it took part in beside it; a joint record belongs to its lead organ alone."""
    figure = FIGURES[one.figure]
    found = {organ: scaled(each, one) for organ, each in _by_organ(figure, scope).items()}
    organs = [pk for pk in names if pk in found or pk in joined]
    organs.sort(key=lambda pk: (-found.get(pk, 0), -joined.get(pk, 0)))
    nothing = None if figure.average else 0
    bars = Series(
        one.name, [_drawn(found.get(pk, nothing)) for pk in organs], [address(one, scope, pk) for pk in organs], STRONG
    )
    chart = Chart("organs", "各单位各有多少？", "bars", "单位", [names[pk] for pk in organs], [bars], one.unit, article,
                  average=figure.average)  # fmt: skip
    if figure.joint:
        chart = replace(
            chart, note=JOINED_BASIS, extra=(JOINED, [joined.get(pk, 0) for pk in organs]), stays=bool(joined)
        )
    return Comparison(chart, _sentence(one, found.values(), value, sum(1 for pk in names if pk not in found)))


def _by_organ(figure: Figure, scope: Scope) -> dict[int, Any]:
    """Counts whose records do not say whose they are, are asked for all organs in one question."""
    if figure.organ or figure.reckon is not None:
        return figure.by_organ(scope)
    organs = sorted(scope.organs)
    values = values_of([(figure, scope.only(organ)) for organ in organs])
    return {organ: value for organ, value in zip(organs, values, strict=True) if value}


def _sentence(one: Indicator, each: Any, value: Any, idle: int) -> str:
    nothing = "没有可以平均的记录" if FIGURES[one.figure].average else "为0"
    rest = f"其余{idle}个单位{nothing}。" if idle and each else ""
    total = sum(each, Decimal(0))
    if FIGURES[one.figure].average:
        return f"总数是全部记录的平均，不是各单位数字相加。{rest}"
    if value is not None and total == Decimal(str(value)):
        return f"各单位合计{exact(total)}{one.unit}，与总数一致。{rest}"
    if FIGURES[one.figure].reckon is not None:
        return f"总数按全部记录计算，不是各单位数字相加。{rest}"
    return f"各单位合计{exact(total)}{one.unit}，总数{exact(value)}{one.unit}：同一人涉及两个以上单位的，各单位分别计入，总数只计一人。{rest}"
