"""A person's own open duties as a calendar (RFC 5545), behind an address that he makes and revokes himself.

The address works without a login, so it says little: what kind of duty, by which article, on which day. Titles of
records, names of units and persons and every typed word stay inside the product.
"""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Iterable
from contextlib import suppress
from datetime import UTC, date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Q

from accounts.citations import cite
from accounts.duties import kinds
from accounts.models import Duty, DutyFeed
from accounts.periods import Period

MOST = 300
FOLD = 75  # octets in a line, the break not counted


def digest(secret: str) -> str:
    """What is kept of a secret of 256 random bits; guessing it is as hard as guessing the secret."""
    return hashlib.sha256(secret.encode()).hexdigest()


@transaction.atomic
def renew(*, by: Any, at: datetime) -> str:
    """Make the person's address, or a new one in place of the old. Returns the secret, which is shown once."""
    secret = secrets.token_urlsafe(32)
    DutyFeed.objects.update_or_create(user=by, defaults={"digest": digest(secret), "made_at": at})
    return secret


def revoke(*, by: Any) -> bool:
    """Make the person's address void. Returns whether there was one."""
    return bool(DutyFeed.objects.filter(user=by).delete()[0])


def made_at(user: Any) -> datetime | None:
    """When the person made his address; None where he has none."""
    return DutyFeed.objects.filter(user=user).values_list("made_at", flat=True).first()


def owner_of(secret: str) -> Any:
    """The person whose address this is, or None: unknown, revoked, or no longer active."""
    found = DutyFeed.objects.filter(digest=digest(secret), user__is_active=True).select_related("user").first()
    return found.user if found else None


def calendar(user: Any, *, at: datetime) -> str:
    """The person's open duties as all-day events."""
    mine = Q(person=user)
    if user.is_staff_member:
        mine |= Q(organ_id=user.organ_id, person__isnull=True)
    rows: Any = Duty.objects.open().filter(mine).order_by("due_on", "pk")
    events = rows.values("pk", "kind", "article", "period", "due_on")[:MOST]
    return lines_of(events, at=at)


def lines_of(events: Iterable[dict[str, Any]], *, at: datetime) -> str:
    """The text of the calendar; lines end in CR LF and are folded at 75 octets."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//political-supervision//duties//ZH", "CALSCALE:GREGORIAN",
             "METHOD:PUBLISH", "X-WR-CALNAME:职责期限", "REFRESH-INTERVAL;VALUE=DURATION:PT1H"]  # fmt: skip
    for event in events:
        lines += _event(event, at)
    return "".join(f"{fold(line)}\r\n" for line in [*lines, "END:VCALENDAR"])


def _event(event: dict[str, Any], at: datetime) -> list[str]:
    day: date = event["due_on"]
    return [
        "BEGIN:VEVENT",
        f"UID:duty-{event['pk']}@political-supervision",
        f"DTSTAMP:{at.astimezone(UTC):%Y%m%dT%H%M%SZ}",
        f"DTSTART;VALUE=DATE:{day:%Y%m%d}",
        f"DTEND;VALUE=DATE:{day + timedelta(days=1):%Y%m%d}",
        f"SUMMARY:{escape(_summary(event))}",
        "TRANSP:TRANSPARENT",
        "BEGIN:VALARM",
        "ACTION:DISPLAY",
        "DESCRIPTION:职责期限",
        "TRIGGER:-PT16H",
        "END:VALARM",
        "END:VEVENT",
    ]


def _summary(event: dict[str, Any]) -> str:
    kind = kinds.KINDS.get(event["kind"])
    label = kind.label if kind else "职责期限"
    with suppress(ValueError):  # a duty about one record: nothing of the record is said
        label = f"{label}（{Period.read(event['period']).label}）"
    return f"{label}，依据{cite(event['article'])}"


def escape(text: str) -> str:
    """Backslash, semicolon, comma and line break as RFC 5545, 3.3.11 wants them."""
    return (
        text.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,").replace("\r\n", "\\n").replace("\n", "\\n")
    )


def fold(line: str) -> str:
    """Break a line after at most 75 octets, never inside a character (RFC 5545, 3.1)."""
    parts: list[str] = []
    part, size = "", 0
    for letter in line:
        octets = len(letter.encode())
        if size + octets > FOLD:
            parts.append(part)
            part, size = "", 1  # the blank that leads a continued line
        part, size = part + letter, size + octets
    return "\r\n ".join([*parts, part])
