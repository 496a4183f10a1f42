"""What rates say for some organs, days and a topic, beside the indicators: the share, the share before, its two numbers (A10.1b)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse

from accounts.periods import Period, PeriodKind
from reports.counting.catalogue import FIGURES, Scope
from reports.counting.together import values_of
from reports.indicators.indicator import Indicator
from reports.indicators.rate import Rate, periods
from reports.indicators.telling.numbers import exact
from reports.indicators.telling.reading import Told
from reports.indicators.telling.trends import QUARTERS, YEARS, last_of, over, short
from reports.overview.charts import STRONG, Chart, Series

Numbers = tuple[Any, Any]
AT_ONCE = 300  # figures in one question: SQLite joins at most 500
SPANS = {PeriodKind.MONTH: "月", PeriodKind.QUARTER: "季度", PeriodKind.HALF: "半年", PeriodKind.YEAR: "年"}


@dataclass(frozen=True)
class Side:
    """One of the two numbers of a rate: what it counts, how many, and the list of its records."""

    name: str
    number: str
    address: str


def row_of(key: str, rate: Rate) -> Indicator:
    """The rate as a row of the table of indicators, under the id that the command prints."""
    return Indicator(key, rate.name, rate.unit, rate.clause, rate.name, rate.basis)


def tell_rates(rates: Mapping[str, Rate], scope: Scope, organ: int | None = None) -> dict[str, Told]:
    """Each rate by the id of its row; the number leads to the rate's page, where both of its numbers open their records."""
    scopes = [scope, scope.before()]
    numbers = numbers_of(rates.values(), scopes)
    found = {}
    for key, rate in rates.items():
        value, before = (rate.of_numbers(*numbers[rate.key, number]) for number in range(len(scopes)))
        page = f"{reverse('reports:indicator', args=[row_of(key, rate).slug])}?{_query(scope, organ, scope.first, scope.last)}"
        whatever = bool(scope.topic) and not any(FIGURES[one].heeds_topic for one in rate.of)
        found[key] = Told(row_of(key, rate), value, before, (), page, whatever)
    return found


def numbers_of(rates: Iterable[Rate], scopes: Sequence[Scope]) -> dict[tuple[str, int], Numbers]:
    """Part and whole of each rate in each scope (by its place), what the database can add up in one question."""
    rates = list(rates)
    asked = {(key, when) for rate in rates for scope in scopes for key, when in _asked(rate, scope)}
    pairs = sorted(asked, key=lambda pair: (pair[0], pair[1].first, sorted(pair[1].organs)))
    known: dict[tuple[str, Scope], Any] = {}
    for start in range(0, len(pairs), AT_ONCE):
        some = pairs[start : start + AT_ONCE]
        known |= zip(some, values_of([(FIGURES[key], when) for key, when in some]), strict=True)
    return {(rate.key, n): _numbers(rate, scope, known) for rate in rates for n, scope in enumerate(scopes)}


def _asked(rate: Rate, scope: Scope) -> list[tuple[str, Scope]]:
    whens = periods(rate.each, scope) if rate.each is not None else [scope]
    return [(key, when) for key in {*rate.of, *rate.among} for when in whens]


def _numbers(rate: Rate, scope: Scope, known: Mapping[tuple[str, Scope], Any]) -> Numbers:
    if rate.each is not None:
        there = [any(known[key, when] for key in rate.of) for when in periods(rate.each, scope)]
        return sum(there), len(there)
    part, whole = (sum(known[key, scope] for key in keys) for keys in (rate.of, rate.among))
    return part, whole if rate.among else None


def sides(rate: Rate, scope: Scope, organ: int | None) -> list[Side]:
    """Numerator and denominator with their lists; of a plain count the one number, of a share of periods the periods."""
    part, whole = numbers_of([rate], [scope])[rate.key, 0]
    if rate.each is not None:
        word = SPANS[rate.each]
        listed = [_side(f"有记录的{word}（分子）", part, rate.of[0], scope, organ)]
        return [*listed, Side(f"应有的{word}（分母）", f"{whole}个", "")]
    if not rate.among:
        return [_side(FIGURES[rate.of[0]].label, part, rate.of[0], scope, organ)]
    return [*_listed("分子", rate.of, scope, organ), *_listed("分母", rate.among, scope, organ)]


def _listed(word: str, keys: Sequence[str], scope: Scope, organ: int | None) -> list[Side]:
    values = values_of([(FIGURES[key], scope) for key in keys])
    return [
        _side(f"{FIGURES[key].label}（{word}）", value, key, scope, organ)
        for key, value in zip(keys, values, strict=True)
    ]


def _side(name: str, value: Any, key: str, scope: Scope, organ: int | None) -> Side:
    unit = "" if name.startswith("有记录的") else FIGURES[key].unit
    return Side(name, f"{exact(value)}{unit or '个'}", _list(key, scope, organ, scope.first, scope.last))


def _list(key: str, scope: Scope, organ: int | None, first: date, last: date) -> str:
    return f"{reverse('reports:figure', args=[key])}?{_query(scope, organ, first, last)}"


def _query(scope: Scope, organ: int | None, first: date, last: date) -> str:
    named = (("organ", organ), ("topic", scope.topic))
    return urlencode({"from": first, "to": last, **{name: value for name, value in named if value}})


def rate_charts(rate: Rate, scope: Scope, organ: int | None, names: Mapping[int, str], *, today: date) -> list[Chart]:
    """The organs side by side where there are several, then the last eight quarters and five years."""
    kinds = ((PeriodKind.QUARTER, QUARTERS), (PeriodKind.YEAR, YEARS))
    some = [last_of(kind, count, scope.on) for kind, count in kinds]
    charts = [_over_time(rate, each, scope, organ, today) for each in some]
    return [_organs(rate, scope, names), *charts] if len(scope.organs) > 1 else charts


def _over_time(rate: Rate, some: Sequence[Period], scope: Scope, organ: int | None, today: date) -> Chart:
    numbers = numbers_of([rate], [over(scope, period, today) for period in some])
    links = [_list(rate.ground[0], scope, organ, period.first, period.last) for period in some]
    quarterly = some[0].kind == PeriodKind.QUARTER
    question = (
        ("quarters", "最近八个季度怎样变化？", "lines", "季度")
        if quarterly
        else ("years", "最近五年怎样变化？", "columns", "年度")
    )
    return _chart(rate, question, [short(period) for period in some], [numbers[rate.key, n] for n in range(len(some))], links)  # fmt: skip


def _organs(rate: Rate, scope: Scope, names: Mapping[int, str]) -> Chart:
    """Those that have something to have a share of, the highest share first."""
    part, whole = _by_organ(rate, scope)
    numbers = {pk: (part[pk], whole[pk] if whole is not None else None) for pk in names if pk in scope.organs}
    each = [pk for pk, pair in numbers.items() if rate.of_numbers(*pair) is not None and any(pair)]
    each.sort(key=lambda pk: -rate.of_numbers(*numbers[pk]))
    links = [_list(rate.ground[0], scope, pk, scope.first, scope.last) for pk in each]
    question = ("organs", "各单位各是多少？", "bars", "单位")
    return _chart(rate, question, [names[pk] for pk in each], [numbers[pk] for pk in each], links)


def _by_organ(rate: Rate, scope: Scope) -> tuple[Counter[int], Counter[int] | None]:
    """Part and whole of every organ; of a plain count no whole."""
    if rate.each is not None:
        whens = periods(rate.each, scope)
        there = ({pk for key in rate.of for pk in FIGURES[key].by_organ(when)} for when in whens)
        return Counter(pk for some in there for pk in some), Counter(dict.fromkeys(scope.organs, len(whens)))
    part, whole = (_added(keys, scope) for keys in (rate.of, rate.among))
    return part, whole if rate.among else None


def _added(keys: Sequence[str], scope: Scope) -> Counter[int]:
    found: Counter[int] = Counter()
    for key in keys:
        found.update(FIGURES[key].by_organ(scope))
    return found


def _chart(rate: Rate, question: Sequence[str], heads: Sequence[str], numbers: Sequence[Numbers], links: Sequence[str]) -> Chart:  # fmt: skip
    """Shares drawn, with the two numbers behind each in the table."""
    key, asks, kind, head = question
    bars = Series(rate.name, [_drawn(rate.of_numbers(*pair)) for pair in numbers], links, STRONG)
    made = Chart(key, asks, kind, head, heads, [bars], rate.unit, FIGURES[rate.of[0]].article)
    if all(whole is None for _, whole in numbers):
        return made
    return replace(made, extra=("分子／分母", [f"{exact(part)}／{exact(whole)}" for part, whole in numbers]))


def _drawn(value: Any) -> Any:
    """A share as a script reads it; none is drawn as nothing."""
    number = Decimal(str(value or 0))
    return int(number) if number == number.to_integral_value() else float(number)
