"""The only writer of rights: which group of which organ holds which codename on which organ, and who is in the group."""

from __future__ import annotations

from collections import defaultdict
from datetime import date

from django.contrib.auth.models import Group
from django.contrib.auth.models import Permission as AuthPermission
from django.db import transaction
from guardian.models import GroupObjectPermission

from accounts.models import Deputation, Organ, OversightAssignment, User
from accounts.permissions import Permission, forget
from accounts.roles import CHAIN, COUNTY_GRANTS, CSO_GRANTS, OWN_GRANTS, OrganKind, Role, Rung

LEADER_RUNGS = frozenset(CHAIN) - {Rung.HEAD}


def group_name(organ_id: int, role: str) -> str:
    """Name of the group of one role in one organ."""
    return f"organ:{organ_id}:{role}"


def matrix(organ: Organ) -> dict[str, frozenset[Permission]]:
    """Group name -> rights on `organ`: the whole of what anybody may do there."""
    county = organ.county()
    rows = {group_name(organ.pk, role): codes for role, codes in OWN_GRANTS.items()}
    cso = organ.cso()
    if cso is not None:
        for role, codes in CSO_GRANTS.items():
            name = group_name(cso.pk, role)
            rows[name] = rows.get(name, frozenset()) | codes
    for role, codes in COUNTY_GRANTS.items():
        rows[group_name(county.pk, f"county:{role}")] = codes
    return rows


@transaction.atomic
def grant_organ(organ: Organ) -> None:
    """Make guardian's rows on the organ equal to `matrix`, no more and no less."""
    wanted = {(name, code.value) for name, codes in matrix(organ).items() for code in codes}
    rows = GroupObjectPermission.objects.filter(
        content_type__app_label="accounts", content_type__model="organ", object_pk=str(organ.pk)
    ).select_related("group", "permission")
    present = {(row.group.name, row.permission.codename): row for row in rows}
    for key in present.keys() - wanted:
        present[key].delete()
    missing = sorted(wanted - present.keys())
    groups, codes = _groups({name for name, _ in missing}), _codes()
    GroupObjectPermission.objects.bulk_create(
        GroupObjectPermission(
            group=groups[name], permission=codes[code], content_type=codes[code].content_type, object_pk=str(organ.pk)
        )
        for name, code in missing
    )


def _codes() -> dict[str, AuthPermission]:
    rows = AuthPermission.objects.filter(content_type__app_label="accounts", content_type__model="organ")
    return {row.codename: row for row in rows.select_related("content_type")}


def _groups(names: set[str]) -> dict[str, Group]:
    """The groups of these names, made on first need."""
    known = set(Group.objects.filter(name__in=names).values_list("name", flat=True))
    Group.objects.bulk_create([Group(name=name) for name in sorted(names - known)], ignore_conflicts=True)
    return {group.name: group for group in Group.objects.filter(name__in=names)}


def groups_of(user: User, *, on: date) -> set[str]:
    """Names of the groups a person belongs to on a day: by post, by assignment, by deputation."""
    if not user.is_active or user.is_admin:
        return set()
    names = _own_groups(user, on=on)
    for principal in User.objects.filter(deputations__in=Deputation.objects.valid(on=on).filter(deputy=user)):
        names |= _own_groups(principal, on=on)
    return names


def _own_groups(user: User, *, on: date) -> set[str]:
    if user.role in LEADER_RUNGS:
        assigned = OversightAssignment.objects.valid(on=on).filter(leader=user)
        return {group_name(organ_id, rung) for organ_id, rung in assigned.values_list("organ_id", "rung")}
    if user.role in COUNTY_GRANTS:
        return {group_name(user.organ.county().pk, f"county:{user.role}")} | {group_name(user.organ_id, user.role)}
    return {group_name(user.organ_id, user.role)}


@transaction.atomic
def sync_user(user: User, *, on: date) -> None:
    """Put the person into exactly the groups that the day gives him."""
    user.groups.set(_groups(groups_of(user, on=on)).values())
    User.objects.filter(pk=user.pk).update(rights_synced_on=on)
    user.rights_synced_on = on
    forget(user)


def sync_all(*, on: date) -> int:
    """Daily: everybody's groups follow the dated assignments. Returns the number of persons looked at.

    Who belongs where is read for all in a few queries; only a person whose groups differ is written.
    """
    people = list(User.objects.select_related("organ__parent").prefetch_related("groups"))
    own = _everybodys_groups(people, on=on)
    principals: dict[int, list[int]] = defaultdict(list)
    for deputy, principal in Deputation.objects.valid(on=on).values_list("deputy_id", "principal_id"):
        principals[deputy].append(principal)
    for user in people:
        wanted = set().union(own[user.pk], *(own[pk] for pk in principals[user.pk])) if _holds_rights(user) else set()
        if {group.name for group in user.groups.all()} != wanted:
            sync_user(user, on=on)
    return len(people)


def _holds_rights(user: User) -> bool:
    return user.is_active and not user.is_admin


def _everybodys_groups(people: list[User], *, on: date) -> dict[int, set[str]]:
    """What `_own_groups` answers, for all at once."""
    assigned: dict[int, set[str]] = defaultdict(set)
    for leader, organ, rung in OversightAssignment.objects.valid(on=on).values_list("leader_id", "organ_id", "rung"):
        assigned[leader].add(group_name(organ, rung))
    return {user.pk: assigned[user.pk] if user.role in LEADER_RUNGS else _own_groups(user, on=on) for user in people}


def grant_all() -> None:
    """Every organ's rows anew; after an import of organs or a change of kinds."""
    for organ in Organ.objects.exclude(kind=OrganKind.COMMISSION).select_related("parent"):
        grant_organ(organ)


def roles_with_groups() -> tuple[str, ...]:
    """Roles that own a group in an organ (for the pages that print the matrix)."""
    return tuple(OWN_GRANTS) + (Role.SECRETARY, Role.SC_SECRETARY, Role.DOCUMENT_CLERK)
