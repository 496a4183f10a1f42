"""Whom the talks of a period have reached: distinct persons over registered persons, per unit. Counts, never a mark on a person."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Q

from accounts.models import Official, SupervisedUnit
from ledgers.models import TalkRecord


@dataclass(frozen=True)
class Coverage:
    """One unit: persons talked with, persons registered and active (人)."""

    unit: str
    talked: int
    registered: int


def talk_coverage(
    organ_ids: Iterable[int], kinds: Iterable[str], first: date, last: date, *, top_leaders: bool = False
) -> list[Coverage]:
    """Per unit of the organs: active officials talked with between the two days, both counted, over all registered (S0-7, S0-8)."""
    who = Q(officials__is_active=True) & (Q(officials__is_top_leader=True) if top_leaders else Q())
    units: Any = SupervisedUnit.objects.filter(organ_id__in=organ_ids, active_to__isnull=True)
    registered = (
        units.annotate(n=Count("officials", filter=who)).order_by("organ_id", "pk").values_list("pk", "name", "n")
    )
    people = Official.objects.filter(unit__in=units, is_active=True)
    people = people.filter(is_top_leader=True) if top_leaders else people
    talks = TalkRecord.objects.live().filter(official__in=people, kind__in=list(kinds), talk_date__range=(first, last))
    talked = dict(talks.order_by().values_list("official__unit_id").annotate(n=Count("official_id", distinct=True)))
    return [Coverage(name, talked.get(pk, 0), number) for pk, name, number in registered]
