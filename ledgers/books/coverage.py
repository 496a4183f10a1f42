"""Whom the talks of a period have reached: distinct persons over registered persons, per unit. Counts, never a mark on a person."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Exists, OuterRef

from accounts.models import Official, SupervisedUnit
from accounts.models.organs import UnitKind
from ledgers.models import TalkRecord
from ledgers.register_states import TalkKind


@dataclass(frozen=True)
class Reach:
    """One coverage that the office reports: which talks, with whom."""

    key: str
    label: str
    kinds: tuple[str, ...]
    top_leaders: bool


REACHES = {
    reach.key: reach
    for reach in (
        Reach("top", "同下级“一把手”谈话", (TalkKind.TOP_LEADER,), True),
        Reach("heart", "谈心谈话", (TalkKind.HEART_TO_HEART,), False),
    )
}


@dataclass(frozen=True)
class Coverage:
    """One unit: persons talked with, persons registered and in office (人)."""

    unit: str
    talked: int
    registered: int


@dataclass(frozen=True)
class Row:
    """One unit, or one level of units, of the coverage page."""

    name: str
    talked: int
    registered: int
    organ: str = ""
    unit_id: int = 0
    level: str = ""

    @property
    def share(self) -> float | None:
        """Talked over registered in percent; None where nobody is registered."""
        return round(self.talked * 100 / self.registered, 1) if self.registered else None

    @property
    def left(self) -> int:
        """Persons not yet talked with."""
        return self.registered - self.talked


def _people(organ_ids: Iterable[int], on: date, *, top_leaders: bool) -> Any:
    units = SupervisedUnit.objects.filter(organ_id__in=organ_ids).active(on=on)
    people: Any = Official.objects.filter(unit__in=units).active(on=on)
    return people.filter(is_top_leader=True) if top_leaders else people


def _talks(kinds: Iterable[str], first: date, last: date) -> Any:
    return TalkRecord.objects.live().filter(kind__in=list(kinds), talk_date__range=(first, last))


def talk_coverage(
    organ_ids: Iterable[int], kinds: Iterable[str], first: date, last: date, *, top_leaders: bool = False
) -> list[Coverage]:
    """Per unit of the organs: officials in office on the last day talked with between the two, over all registered (S0-7, S0-8)."""
    rows = unit_rows(organ_ids, kinds, first, last, on=last, top_leaders=top_leaders)
    return [Coverage(row.name, row.talked, row.registered) for row in rows]


def unit_rows(
    organ_ids: Iterable[int], kinds: Iterable[str], first: date, last: date, *, on: date, top_leaders: bool = False
) -> list[Row]:
    """The same with what a page needs; in office is judged on the day `on`. Three queries whatever the number of units."""
    ids = list(organ_ids)
    people = _people(ids, on, top_leaders=top_leaders)
    registered = dict(people.order_by().values_list("unit_id").annotate(n=Count("pk")))
    talks = _talks(kinds, first, last).filter(official__in=people).order_by()
    talked = dict(talks.values_list("official__unit_id").annotate(n=Count("official_id", distinct=True)))
    units: Any = (
        SupervisedUnit.objects.filter(organ_id__in=ids).active(on=on).order_by("organ__sort_order", "organ_id", "pk")
    )
    return [
        Row(name, talked.get(pk, 0), registered.get(pk, 0), organ=organ, unit_id=pk, level=kind)
        for pk, name, kind, organ in units.values_list("pk", "name", "kind", "organ__name")
    ]


def by_level(rows: Sequence[Row]) -> list[Row]:
    """The units of a matrix added up by their level; units of one kind share a level (R-1)."""
    found = []
    for kind in UnitKind:
        of_kind = [row for row in rows if row.level == kind]
        if of_kind:
            sums = sum(row.talked for row in of_kind), sum(row.registered for row in of_kind)
            found.append(Row(str(kind.label), *sums, level=kind.value))
    return found


def not_talked(organ_ids: Iterable[int], reach: Reach, first: date, last: date, *, on: date) -> Any:
    """Officials in office on `on` with whom no such talk was held between the two days."""
    held = _talks(reach.kinds, first, last).filter(official=OuterRef("pk"))
    return _people(list(organ_ids), on, top_leaders=reach.top_leaders).filter(~Exists(held))
