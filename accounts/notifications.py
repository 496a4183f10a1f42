"""Telling people: a notice is written in the transaction of what it tells about, and delivered outside it."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import models

from accounts.models import Event, Notice, User
from accounts.permissions import Permission
from accounts.roles import Role


def tell(
    recipients: Iterable[User],
    sentence: str,
    *,
    key: str,
    at: datetime,
    link: str = "",
    kind: str = "event",
    article: str = "",
    event: Event | None = None,
) -> int:
    """Put one sentence into each person's inbox, once per key. Returns how many were new."""
    rows = [
        Notice(
            recipient=person,
            event=event,
            kind=kind,
            key=key[:160],
            sentence=sentence[:400],
            link=link,
            article=article,
            created_at=at,
        )
        for person in {person.pk: person for person in recipients}.values()
    ]
    before = Notice.objects.filter(key=key[:160]).count()
    Notice.objects.bulk_create(rows, ignore_conflicts=True)
    return Notice.objects.filter(key=key[:160]).count() - before


def members(organ_id: int, *roles: str) -> models.QuerySet[User]:
    """Active members of an organ, of the given roles or of all."""
    people = User.objects.filter(organ_id=organ_id, is_active=True)
    return people.filter(role__in=roles) if roles else people


def staff_of(organ_id: int) -> models.QuerySet[User]:
    """Clerks and heads of an organ."""
    return members(organ_id, Role.CLERK, Role.ORGAN_HEAD)


def holders(permission: Permission, organ_id: int) -> models.QuerySet[User]:
    """Everybody who holds a right on an organ through one of the groups."""
    return User.objects.filter(
        is_active=True,
        groups__groupobjectpermission__permission__codename=permission.value,
        groups__groupobjectpermission__object_pk=str(organ_id),
        groups__groupobjectpermission__content_type__model="organ",
    ).distinct()


def told_by(event: Any, recipients: Iterable[User], sentence: str, *, link: str) -> int:
    """Tell people about an event; the key is the event, so a repeated call tells nobody twice."""
    return tell(
        recipients, sentence, key=f"event:{event.pk}:{link}", at=event.at, link=link, event=event, article=event.article
    )
