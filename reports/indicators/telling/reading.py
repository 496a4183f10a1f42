"""What indicators say for some organs, days and a topic: number, the number before, who reported it, where its list is."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any
from urllib.parse import urlencode

from django.db.models import IntegerField, Value
from django.urls import reverse

from checklists.models import Topic
from reports.counting.catalogue import FIGURES, Scope
from reports.counting.together import values_of
from reports.indicators.indicator import Indicator, Origin, externals_known
from reports.indicators.rate import RATES
from reports.indicators.telling.numbers import change, exact

REPORTED = "部门报送"
NEVER = "（须另行填写）"
UNKNOWABLE = "（系统不能统计，请核实后填写）"  # in a sentence, where nobody would look for the reason
UNREPORTED = "未报送"
NOT_HERE = f"{REPORTED}的数字由党风政风监督室按全县登记，所选单位没有登记；统计范围选全部时可见。"
KINDS = {Origin.COMPUTED: "系统统计", Origin.EXTERNAL: REPORTED, Origin.NEVER: "须另行填写"}


@dataclass(frozen=True)
class Told:
    """One indicator as it stands. `value` is None where nobody here knows the number, or nothing can be averaged.

    What other bodies report is not 0 but None as long as none of them has reported: then it is `unreported`.
    """

    indicator: Indicator
    value: Any = None
    before: Any = None
    sources: tuple[str, ...] = ()
    address: str = ""
    unreported: bool = False
    whatever_topic: bool = False  # a topic was chosen and the records bear none
    topics: tuple[str, ...] = ()  # by whose names it counts, where no topic was chosen
    other_topic: bool = False  # a topic was chosen in place of its own
    missing: tuple[str, ...] = ()  # those of them that the office's list of topics has not
    beside: tuple[tuple[str, str, str], ...] = ()  # rates read beside it: name, share, how it is counted

    @property
    def basis(self) -> str:
        """How the number is counted, or why it is not."""
        told = self.indicator.reason or self.indicator.basis
        if self.other_topic:
            return f"{told}这里按所选专题统计，代替口径中的专题。"
        return f"{told}{'这项数字不分专题。' if self.whatever_topic else self.gap}"

    @property
    def gap(self) -> str:
        """That a topic it counts by does not exist, so that nobody takes the lack for a nought."""
        words = "、".join(f"“{name}”" for name in self.missing)
        return f"专题词表中还没有名称含{words}的专题，无法计入。" if self.missing else ""

    @property
    def never(self) -> bool:
        """Whether somebody has to write the number himself: no record produces it, or only the county's records do."""
        return self.indicator.origin == Origin.NEVER or (self.reported and self.value is None and not self.unreported)

    @property
    def reported(self) -> bool:
        """Whether another body reports the number."""
        return self.indicator.origin == Origin.EXTERNAL

    @property
    def number(self) -> str:
        """As a table shows it."""
        if self.unreported:
            return UNREPORTED
        return NEVER if self.never else exact(self.value)

    @property
    def blank(self) -> str:
        """What stands in a sentence for people to fill in; empty where there is a number."""
        if self.indicator.origin == Origin.NEVER:
            return UNKNOWABLE
        if self.unreported:
            return f"（{UNREPORTED}）"
        return NEVER if self.never else ""

    @property
    def earlier(self) -> str:
        """The number of the period before."""
        return "" if self.never else exact(self.before)

    @property
    def change(self) -> str:
        """增加3, 减少2, 持平."""
        return "" if self.never else change(self.value, self.before)

    @property
    def kind(self) -> str:
        """系统统计, 部门报送, 须另行填写."""
        return KINDS[self.indicator.origin]

    @property
    def note(self) -> str:
        """What a reader must know about the number: why there is none, or who reported it; empty for a counted one."""
        if self.reported and self.never:
            return NOT_HERE
        if self.reported:
            told = f"来源：{'、'.join(self.sources)}" if self.sources else "本时段尚无报送"
            return f"{REPORTED}，{told}。"
        return self.indicator.reason


def topical(one: Indicator) -> bool:
    """Whether a chosen topic narrows the indicator; without records that bear topics it is the same for every topic."""
    return bool(one.figure and FIGURES[one.figure].heeds_topic)


def address(one: Indicator, scope: Scope, organ: int | None = None, *, first: date | None = None, last: date | None = None) -> str:  # fmt: skip
    """The list behind the number; days of its own for a point of a trend."""
    if not one.figure:
        return ""
    return list_of(one.figure, scope, organ, first=first, last=last)


def list_of(
    key: str, scope: Scope, organ: int | None = None, *, first: date | None = None, last: date | None = None
) -> str:
    """The list of a figure."""
    query: dict[str, Any] = {"from": first or scope.first, "to": last or scope.last}
    if organ:
        query["organ"] = organ
    if scope.topic and FIGURES[key].heeds_topic:
        query["topic"] = scope.topic
    return f"{reverse('reports:figure', args=[key])}?{urlencode(query)}"


def tell(
    indicators: Iterable[Indicator], scope: Scope, organ: int | None = None, *, rates: bool = False
) -> dict[str, Told]:
    """Each indicator by its id. All counts are one question to the database, sums one each, all sources one.

    `rates` asks for what is read beside them too, such as the share that was put right.
    """
    wanted = list(indicators)
    counted = known(wanted, scope)
    values = series(counted, [scope, scope.before()])
    outside = [one for one in counted if one.is_external]
    sources, earlier = (_sources(outside, when) for when in (scope, scope.before()))
    found = {one.id: Told(one) for one in wanted}
    kept = _kept_topics(counted, scope)
    for one in counted:
        value, before = values[one.id]
        if one.is_external:
            value, before = (
                number if one.id in some else None for number, some in ((value, sources), (before, earlier))
            )
        own = FIGURES[one.figure].topics
        named = () if scope.topic else own
        found[one.id] = Told(
            one, value, before, sources.get(one.id, ()), address(one, scope, organ), unreported=one.is_external and value is None,
            whatever_topic=bool(scope.topic) and not topical(one), topics=named, other_topic=bool(scope.topic and own),
            missing=tuple(name for name in named if name not in kept), beside=_beside(one, scope) if rates else (),
        )  # fmt: skip
    return found


def _kept_topics(counted: Sequence[Indicator], scope: Scope) -> set[str]:
    """Those of the words by which figures count that a topic of the office's list has in its name."""
    words = set() if scope.topic else {name for one in counted for name in FIGURES[one.figure].topics}
    names = list(Topic.objects.values_list("name", flat=True)) if words else []
    return {word for word in words if any(word in name for name in names)}


def _beside(one: Indicator, scope: Scope) -> tuple[tuple[str, str, str], ...]:
    found = [(rate, rate.value(scope)) for key in one.beside if (rate := RATES.get(key))]
    return tuple(
        (rate.name, exact(value) + (rate.unit if value is not None else ""), rate.basis) for rate, value in found
    )


def known(indicators: Iterable[Indicator], scope: Scope) -> list[Indicator]:
    """Those whose number the scope can have; what other bodies reported is asked once for all of them."""
    found = [one for one in indicators if one.figure]
    outside = externals_known(scope) if any(one.is_external for one in found) else frozenset()
    return [one for one in found if not one.is_external or one.figure in outside]


def series(counted: Sequence[Indicator], scopes: Sequence[Scope]) -> dict[str, list[Any]]:
    """The numbers of indicators that have a figure, in each scope."""
    values = iter(values_of([(FIGURES[one.figure], scope) for one in counted for scope in scopes]))
    return {one.id: [scaled(next(values), one) for _ in scopes] for one in counted}


def scaled(value: Any, one: Indicator) -> Any:
    """As it is shown: 元 as 亿元."""
    return value if value is None or one.scale == 1 else Decimal(value) / one.scale


def _sources(reported: Sequence[Indicator], scope: Scope) -> Mapping[str, tuple[str, ...]]:
    """Who reported each number."""
    lines = [_source_lines(number, FIGURES[one.figure].records(scope)) for number, one in enumerate(reported)]
    found: dict[str, tuple[str, ...]] = {}
    if not lines:
        return found
    rows = lines[0].union(*lines[1:]) if len(lines) > 1 else lines[0].distinct()
    for number, source in sorted(rows):
        found[reported[number].id] = (*found.get(reported[number].id, ()), source)
    return found


def _source_lines(number: int, rows: Any) -> Any:
    return rows.order_by().annotate(which=Value(number, output_field=IntegerField())).values_list("which", "source")
