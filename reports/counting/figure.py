"""What a figure is: which records it counts, how, for whom and for which days. A figure is never typed and never stored."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from itertools import product
from typing import Any

from django.db.models import Aggregate, Count, Q, QuerySet, Sum

from accounts.models import Organ


@dataclass(frozen=True)
class Scope:
    """For which organs and which local days something is counted; both days belong to it.

    `on` is the day on which states such as "overdue" are judged: the last day of the period, or today while it runs.
    `topic` narrows to what bears one topic, which a campaign is too; only figures whose records bear topics heed it.
    `cutoff` is the 数据截止日 of an evaluation: what was verified or filed after it does not count; without one nothing is too late.
    """

    organs: frozenset[int]
    first: date
    last: date
    on: date
    topic: int | None = None
    cutoff: date | None = None

    @classmethod
    def of(cls, organs: Iterable[int], first: date, last: date, *, today: date) -> Scope:
        """The scope of a period as it can be known today."""
        return cls(frozenset(organs), first, last, min(last, today))

    @property
    def days(self) -> tuple[date, date]:
        """First and last day, for `__range`."""
        return self.first, self.last

    def only(self, organ_id: int) -> Scope:
        """The same days for one organ."""
        return replace(self, organs=frozenset({organ_id}) & self.organs)

    def before(self) -> Scope:
        """The period of the same length just before: whole months where this one is whole months, else as many days."""
        last = self.first - timedelta(days=1)
        first = _months_back(self.first, self.last) or last - (self.last - self.first)
        return replace(self, first=first, last=last, on=last)


def _months_back(first: date, last: date) -> date | None:
    """The first day of as many whole months before; None where the period is not made of whole months."""
    if first.day != 1 or (last + timedelta(days=1)).day != 1:
        return None
    months = (last.year - first.year) * 12 + last.month - first.month + 1
    number = first.year * 12 + first.month - 1 - months
    return date(number // 12, number % 12 + 1, 1)


Rows = Callable[[Scope], QuerySet[Any]]


@dataclass(frozen=True)
class Figure:
    """One figure: its name and unit on paper, its article, the records behind it, and how they are counted.

    `measure` counts records; `distinct persons` (人) and sums (元) name their own. `columns` are what its list shows
    (path in `.values()` -> heading), `page` the URL name that opens one record by `page_key`, after the fixed `page_args`.
    `topic` is the path, or the paths, from a record to the topics it bears; without one the figure is the same for every
    topic. A figure about certain `topics` counts what bears a topic with one of these words in its name (“五难”专项整治
    is about 五难), unless the scope asks for another. `by_topic`: `rows` heeds the scope's topic by itself, where not the
    records bear it but what led to them, as with persons whom a talk reached.
    `reckon` counts in Python what no aggregate says, such as an average of days; None where there is nothing to count. It is
    given the records, or their values of `reads` where they are named: then all organs are asked for at once.
    `joint` is the path from a record to the organs that joined its round, for the column 参与.
    Of an `average` 0 is a value and no record is none, so that an organ with 0 is told and one without records is not.
    An empty `organ` means that its records do not say whose they are, so that organs are counted one by one.
    """

    key: str
    label: str
    unit: str
    article: str
    rows: Rows
    organ: str = "organ_id"
    measure: Aggregate = field(default_factory=lambda: Count("pk", distinct=True))
    columns: Mapping[str, str] = field(default_factory=dict)
    page: str = ""
    page_key: str = "pk"
    page_args: tuple[str, ...] = ()
    about_persons: bool = False  # its list opens only to authors and by the restricted right; the number may be told
    topic: str | tuple[str, ...] = ""
    topics: tuple[str, ...] = ()
    by_topic: bool = False
    reckon: Callable[[Any, Scope], Any] | None = None
    reads: tuple[str, ...] = ()
    joint: str = ""
    average: bool = False

    @property
    def heeds_topic(self) -> bool:
        """Whether a chosen topic narrows the figure; else it is the same for every topic."""
        return bool(self.topic) or self.by_topic

    def records(self, scope: Scope) -> QuerySet[Any]:
        """The records behind the figure, of the scope's topic where it has one and they bear topics."""
        rows = self.rows(scope)
        if not self.topic or not (scope.topic or self.topics):
            return rows
        paths = (self.topic,) if isinstance(self.topic, str) else self.topic
        wanted = [("", scope.topic)] if scope.topic else [("__name__contains", words) for words in self.topics]
        bears = Q()
        for path, (ending, value) in product(paths, wanted):
            bears |= Q(**{f"{path}{ending}": value})
        # By key and not by join: a record with two of the topics is one record, and its money is added once.
        return rows.filter(pk__in=rows.model._default_manager.filter(bears).values("pk"))

    def value(self, scope: Scope) -> Any:
        """The figure: an int, a Decimal of 元, or None where there is nothing to take an average of."""
        return self.over(self.records(scope), scope)

    def over(self, rows: Any, scope: Scope) -> Any:
        """The figure over records that were narrowed further."""
        if self.reckon is not None:
            return self.reckon(rows.values_list(*self.reads) if self.reads else rows, scope)
        return rows.order_by().aggregate(value=self.measure)["value"] or 0

    def by_organ(self, scope: Scope) -> dict[int, Any]:
        """The figure of each organ that has any; a joint record belongs to its lead organ alone."""
        if self.reckon is not None and self.reads and self.organ:
            return self._reckoned_by_organ(scope)
        if self.reckon is not None or not self.organ:
            each = ((organ, self.value(scope.only(organ))) for organ in scope.organs)
            return {organ: value for organ, value in each if self._is_any(value)}
        rows: Any = self.records(scope).order_by().values(self.organ).annotate(value=self.measure)
        return {row[self.organ]: row["value"] for row in rows if row["value"]}

    def _reckoned_by_organ(self, scope: Scope) -> dict[int, Any]:
        """What is reckoned, from the values of all organs read at once."""
        read: dict[int, list[Any]] = {}
        for organ, *values in self.records(scope).order_by().values_list(self.organ, *self.reads):
            read.setdefault(organ, []).append(tuple(values))
        reckon = self.reckon or (lambda rows, _: len(rows))
        each = {organ: reckon(rows, scope) for organ, rows in read.items()}
        return {organ: value for organ, value in each.items() if self._is_any(value)}

    def _is_any(self, value: Any) -> bool:
        return value is not None if self.average else bool(value)

    def joined(self, scope: Scope) -> dict[int, int]:
        """参与: how many records of other organs come from rounds that an organ of the scope joined; no part of its figure."""
        if not self.joint:
            return {}
        county = replace(scope, organs=frozenset(Organ.objects.values_list("pk", flat=True)))
        rows: Any = self.records(county).order_by().filter(**{f"{self.joint}__in": scope.organs})
        counted = rows.values(self.organ, self.joint).annotate(value=Count("pk", distinct=True))
        found: dict[int, int] = {}
        for owner, organ, value in counted.values_list(self.organ, self.joint, "value"):
            if owner != organ:
                found[organ] = found.get(organ, 0) + value
        return found

    def by(self, path: str, scope: Scope) -> dict[Any, Any]:
        """The figure split by another field of its records, such as the focus area."""
        rows: Any = self.records(scope).order_by().values(path).annotate(value=self.measure)
        return {row[path]: row["value"] for row in rows if row["value"]}

    def ids(self, scope: Scope) -> list[int]:
        """The records behind the figure, as ids in order: what a frozen report keeps."""
        return list(self.records(scope).order_by("pk").values_list("pk", flat=True).distinct())

    def count(self, scope: Scope) -> int:
        """How many records they are, counted where they lie."""
        return self.records(scope).order_by().values("pk").distinct().count()


FIGURES: dict[str, Figure] = {}


def declare(*figures: Figure) -> None:
    """Name figures of the product; each key once."""
    for one in figures:
        if one.key in FIGURES:
            raise ValueError(f"figure declared twice: {one.key}")
        FIGURES[one.key] = one


def money(path: str) -> Aggregate:
    """A sum in 元."""
    return Sum(path)


def persons(path: str) -> Aggregate:
    """人: distinct persons, however often each occurs."""
    return Count(path, distinct=True)


NONE = "—"  # a number that is not there, such as the average of nothing; never a zero


def _kept(value: Any) -> str:
    return NONE if value is None else str(value)


def freeze(keys: Iterable[str], scope: Scope) -> dict[str, dict[str, Any]]:
    """Figures as a report keeps them: value, the value of the period before, and the ids of the records behind it."""
    earlier = scope.before()
    return {
        key: {
            "value": _kept(FIGURES[key].value(scope)),
            "before": _kept(FIGURES[key].value(earlier)),
            "ids": FIGURES[key].ids(scope),
        }
        for key in keys
    }
