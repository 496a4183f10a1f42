"""Who may open the whole yearly report: said to whoever sends it out and may not (A11)."""

from __future__ import annotations

from accounts.models import Organ, User
from accounts.permissions import Permission, has
from accounts.roles import Role

ROLES = (Role.ORGAN_HEAD, Role.ASSISTING_MEMBER, Role.DEPUTY_SECRETARY, Role.SECRETARY)


def readers_of(organ: Organ) -> list[User]:
    """People with the restricted right on the office, those of the office itself first."""
    people = User.objects.filter(is_active=True, role__in=ROLES, organ__path__startswith=organ.county().path)
    found = [person for person in people.select_related("organ") if has(person, Permission.READ_RESTRICTED, organ.pk)]
    return sorted(found, key=lambda person: (person.organ_id != organ.pk, person.pk))
