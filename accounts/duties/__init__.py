"""The duty engine: each app declares who owes what by when and what proves it; one job opens, closes and reminds."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import models, transaction

from accounts import editions
from accounts.calendar import spoken
from accounts.models import Duty, Organ
from accounts.notifications import members, staff_of, tell
from accounts.roles import Role


@dataclass(frozen=True)
class Owed:
    """One duty as an app sees it today. `person` owes it where it is a leader's, else the organ's staff."""

    organ: Organ
    title: str
    due_on: date
    opened_on: date
    period: str = ""
    subject: models.Model | None = None
    person: Any = None
    link: str = ""


@dataclass(frozen=True)
class Proof:
    """What fulfils a duty: since when, in words, and where it can be opened."""

    at: datetime
    text: str
    link: str = ""


@dataclass(frozen=True)
class DutyKind:
    """A duty of the regulation: who owes it on a day (`owed`), and what proves it (`proof`)."""

    key: str
    article: str
    label: str
    owed: Callable[[date], Iterable[Owed]]
    proof: Callable[[Duty], Proof | None]
    movable: bool = (
        False  # its day follows the record (an approved extension); others keep the day they were opened with
    )
    reminds: bool = True  # False where the kind has a ladder of reminders of its own


KINDS: dict[str, DutyKind] = {}
REMIND_BEFORE = (5, 2, 0)


def declare(kind: DutyKind) -> None:
    """Add a kind of duty; called from the app's `duties.py` when the app is ready."""
    KINDS[kind.key] = kind


def open_duties(day: date) -> int:
    """Open every duty that is owed on `day` and not yet there. Running it again opens nothing. Returns the count."""
    edition = editions.in_force()
    return sum(_open(kind, owed, edition) for kind in KINDS.values() for owed in kind.owed(day))


@transaction.atomic
def _open(kind: DutyKind, owed: Owed, edition: str) -> int:
    subject = owed.subject
    duty, created = Duty.objects.get_or_create(
        kind=kind.key,
        organ=owed.organ,
        period=owed.period,
        subject_key=f"{subject._meta.label_lower}:{subject.pk}" if subject else "",
        defaults={
            "article": kind.article,
            "edition": edition,
            "title": owed.title,
            "due_on": owed.due_on,
            "opened_on": owed.opened_on,
            "person": owed.person,
            "link": owed.link,
            "subject_id": subject.pk if subject else 0,
            "subject_type": ContentType.objects.get_for_model(subject) if subject else None,
        },
    )
    if kind.movable and not created and duty.due_on != owed.due_on:
        Duty.objects.open().filter(pk=duty.pk).update(due_on=owed.due_on)
    return int(created)


def settle_duties() -> int:
    """Ask each open duty for its proof and mark the fulfilled ones. Returns how many were fulfilled now."""
    done = 0
    for duty in Duty.objects.open().filter(kind__in=KINDS).select_related("organ"):
        proof = KINDS[duty.kind].proof(duty)
        if proof is not None:
            done += fulfil(duty, proof)
    return done


def fulfil(duty: Duty, proof: Proof) -> int:
    """Mark one duty fulfilled by its proof; a second call changes nothing."""
    return (
        Duty.objects.open()
        .filter(pk=duty.pk)
        .update(fulfilled_at=proof.at, proof=proof.text[:200], proof_link=proof.link)
    )


def remind_duties(day: date, *, at: datetime) -> int:
    """Tell whoever owes an open duty: 5 and 2 days before, on the day, and each grade of lateness once."""
    sent = 0
    for duty in (
        Duty.objects.open()
        .filter(due_on__lte=day + timedelta(days=max(REMIND_BEFORE)))
        .exclude(kind__in=[key for key, kind in KINDS.items() if not kind.reminds])
        .select_related("organ", "person")
    ):
        grade = _grade(duty.days_left(on=day))
        sent += tell(
            _debtors(duty, grade),
            _sentence(duty, day),
            key=f"duty:{duty.pk}:{grade}",
            at=at,
            kind="duty",
            article=duty.article,
            link=duty.link,
        )
    return sent


def _grade(days_left: int) -> str:
    if days_left < 0:
        return "late"
    return f"d{min(step for step in REMIND_BEFORE if step >= days_left)}"


def _debtors(duty: Duty, grade: str) -> list[Any]:
    if duty.person is not None:
        return [duty.person]
    people = list(staff_of(duty.organ_id))
    cso = duty.organ.cso() if grade == "late" else None
    return people + (list(members(cso.pk, Role.CLERK, Role.ORGAN_HEAD)) if cso else [])


def _sentence(duty: Duty, day: date) -> str:
    left = duty.days_left(on=day)
    when = f"应于{spoken(duty.due_on)}前完成"
    tail = f"已逾期{-left}天" if left < 0 else ("今天到期" if left == 0 else f"还有{left}天")
    return f"{duty.organ.label}：{duty.title}，{when}，{tail}。"


def excuse(duty: Duty, *, by: Any, at: datetime, reason: str) -> None:
    """党风政风监督室 frees an organ from one duty, with a reason that stays on record. Raises ValueError without one."""
    if not reason.strip():
        raise ValueError("免除须写明理由。")
    Duty.objects.open().filter(pk=duty.pk).update(excused_at=at, excused_by=by, excuse=reason.strip()[:300])
