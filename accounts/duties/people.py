"""Who stands behind the circles of a ladder on a day: read once for a whole run of reminders."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from typing import Any

from accounts.duties.ladder import Circle
from accounts.models import Deputation, Duty, Organ, OversightAssignment, User
from accounts.roles import OrganKind, Role, Rung

CHAIN_OF_PERSONS = (Role.CLERK, Role.ORGAN_HEAD, Role.ASSISTING_MEMBER, Role.DEPUTY_SECRETARY, Role.SECRETARY)


class People:
    """Clerks, heads, assigned leaders and 党风政风监督室 of every organ on one day, with their stand-ins. Four queries in all."""

    def __init__(self, on: date) -> None:
        """Read the office as it stands on that day."""
        self.members: dict[tuple[int, str], list[User]] = defaultdict(list)
        people = User.objects.filter(is_active=True, role__in=CHAIN_OF_PERSONS).order_by("pk")
        for person in people.only("organ_id", "role", "is_active"):
            self.members[person.organ_id, person.role].append(person)
        assigned = OversightAssignment.objects.valid(on=on).filter(leader__is_active=True)
        known = {person.pk: person for group in self.members.values() for person in group}
        named = assigned.order_by("-valid_from").values_list("organ_id", "rung", "leader_id")
        self.leaders = {(organ, rung): known[leader] for organ, rung, leader in named if leader in known}
        self.deputies: dict[int, list[User]] = defaultdict(list)
        standing_in = Deputation.objects.valid(on=on).filter(deputy__is_active=True).order_by("pk")
        for row in standing_in.select_related("deputy"):
            self.deputies[row.principal_id].append(row.deputy)
        self.organs = {organ.pk: organ for organ in Organ.objects.only("kind", "parent_id", "path")}
        self.office = {self.county_of(pk): pk for pk in self.organs if self._is_office(pk)}

    def _is_office(self, pk: int) -> bool:
        return self.organs[pk].kind == OrganKind.CONDUCT_SUPERVISION_OFFICE

    def county_of(self, organ_id: int) -> int:
        """The commission above an organ, itself included."""
        organ = self.organs[organ_id]
        while organ.kind != OrganKind.COMMISSION and organ.parent_id is not None:
            organ = self.organs[organ.parent_id]
        return organ.pk

    def behind(self, duty: Duty, circle: Circle) -> list[Any]:
        """Whom a circle means for one duty, and whoever stands in for them that day (AMB-4)."""
        found = self._above(duty, circle) if duty.person is not None else self._of_organ(duty.organ_id, circle)
        return [*found, *(deputy for person in found for deputy in self.deputies.get(person.pk, ()))]

    def _of_organ(self, organ_id: int, circle: Circle) -> list[Any]:
        if circle == Circle.CLERK:
            return self.members[organ_id, Role.CLERK]
        if circle == Circle.HEAD:
            return self.members[organ_id, Role.ORGAN_HEAD]
        if circle == Circle.CSO:
            office = self.office.get(self.county_of(organ_id), 0)
            return self.members[office, Role.CLERK] + self.members[office, Role.ORGAN_HEAD]
        rung = Rung.ASSISTING_MEMBER if circle == Circle.AM else Rung.DEPUTY_SECRETARY
        leader = self.leaders.get((organ_id, rung))
        return [leader] if leader is not None else []

    def _above(self, duty: Duty, circle: Circle) -> list[Any]:
        """A person's own duty: he himself, then the one above him, then the one above that; no office in between."""
        person: Any = duty.person
        if circle in (Circle.CLERK, Circle.HEAD):
            return [person] if person.is_active else []
        if circle == Circle.CSO or person.role not in CHAIN_OF_PERSONS:
            return []
        ranks = self._ranks(duty.organ_id)[CHAIN_OF_PERSONS.index(person.role) + 1 :]
        filled = [rank for rank in ranks if rank]
        place = 0 if circle == Circle.AM else 1
        return filled[place] if place < len(filled) else []

    def _ranks(self, organ_id: int) -> list[list[Any]]:
        county = self.county_of(organ_id)
        return [
            self._of_organ(organ_id, Circle.CLERK),
            self._of_organ(organ_id, Circle.HEAD),
            self._of_organ(organ_id, Circle.AM),
            self._of_organ(organ_id, Circle.DS),
            self.members[county, Role.SECRETARY],
        ]
