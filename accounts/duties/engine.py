"""Opening, settling and excusing duties: a handful of queries per kind, however many there are, and safe to repeat."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import models

from accounts import editions
from accounts.duties import kinds
from accounts.duties.kinds import DutyKind, Owed, Proof
from accounts.models import Duty

BATCH = 400


def open_duties(day: date) -> int:
    """Open every duty that is owed on `day` and not yet there. Running it again opens nothing. Returns the count."""
    edition = editions.in_force()
    return sum(
        _open(kind, {owed.key: owed for owed in kind.owed(day)}, edition, day) for kind in list(kinds.KINDS.values())
    )


def _open(kind: DutyKind, owed: dict[tuple[int, str, str], Owed], edition: str, day: date) -> int:
    """One query finds what is there, one writes what is missing; the database's own constraint settles a race."""
    present = _present(kind, list(owed.values())) if owed else {}
    missing = [_row(kind, entry, edition, day) for key, entry in owed.items() if key not in present]
    if missing:
        Duty.objects.bulk_create(missing, batch_size=BATCH, ignore_conflicts=True)
    if kind.movable:
        _follow(owed, present)
    return len(missing)


def _present(kind: DutyKind, owed: Sequence[Owed]) -> dict[tuple[int, str, str], Any]:
    """(organ, subject, period) -> (id, (due day, person), whether it still stands open) of the kind's duties among those owed."""
    rows: Any = Duty.objects.filter(kind=kind.key)
    subjects, periods = {entry.subject_key for entry in owed}, {entry.period for entry in owed}
    if len(subjects) < BATCH:
        rows = rows.filter(subject_key__in=subjects)
    if len(periods) < BATCH:
        rows = rows.filter(period__in=periods)
    names = ("organ_id", "subject_key", "period", "pk", "due_on", "person_id", "fulfilled_at", "excused_at")
    return {
        (organ, subject, period): (pk, (due_on, person), done is None and freed is None)
        for organ, subject, period, pk, due_on, person, done, freed in rows.values_list(*names)
    }


def _row(kind: DutyKind, owed: Owed, edition: str, day: date) -> Duty:
    subject = owed.subject
    return Duty(
        kind=kind.key,
        organ=owed.organ,
        period=owed.period,
        subject_key=owed.subject_key,
        article=kind.article,
        edition=edition,
        title=owed.title[:300],
        due_on=owed.due_on,
        opened_on=min(owed.opened_on, day),
        person=owed.person,
        link=owed.link,
        subject_id=subject.pk if subject else 0,
        subject_type=ContentType.objects.get_for_model(subject) if subject else None,
    )


def _follow(owed: dict[tuple[int, str, str], Owed], present: dict[tuple[int, str, str], Any]) -> None:
    """Let open duties of a movable kind take the day and the person of their record (an extension, another signer)."""
    moved = [
        Duty(pk=present[key][0], due_on=entry.due_on, person=entry.person)
        for key, entry in owed.items()
        if key in present
        and present[key][2]
        and present[key][1] != (entry.due_on, entry.person.pk if entry.person else None)
    ]
    if moved:
        Duty.objects.open().bulk_update(moved, ["due_on", "person"], batch_size=BATCH)


def settle_duties() -> int:
    """Ask for the proofs of all open duties, kind by kind, and mark the fulfilled ones. Returns how many.

    What nobody owes any longer is taken off: an organ was abolished in the quarter (AMB-18), a problem was deleted.
    """
    waiting: dict[str, list[Duty]] = defaultdict(list)
    for duty in Duty.objects.open().filter(kind__in=list(kinds.KINDS)).select_related("organ"):
        waiting[duty.kind].append(duty)
    settled = sum(_settle(rows, kinds.KINDS[key].prove(rows)) for key, rows in waiting.items())
    for key, rows in waiting.items():
        _take_off(kinds.KINDS[key], [duty for duty in rows if duty.fulfilled_at is None])
    return settled


def _take_off(kind: DutyKind, duties: Sequence[Duty]) -> None:
    """Forget open duties that lapsed; what was fulfilled or excused stays on record, what is owed again is opened again."""
    gone = list(kind.lapsed(duties)) if kind.lapsed is not None and duties else []
    for start in range(0, len(gone), BATCH):
        Duty.objects.open().filter(pk__in=gone[start : start + BATCH]).delete()


def _settle(duties: Iterable[Duty], proofs: Any) -> int:
    proved = [duty for duty in duties if duty.pk in proofs]
    for duty in proved:
        _mark(duty, proofs[duty.pk])
    return (
        Duty.objects.open().bulk_update(proved, ["fulfilled_at", "proof", "proof_link"], batch_size=BATCH)
        if proved
        else 0
    )


def _mark(duty: Duty, proof: Proof) -> None:
    duty.fulfilled_at, duty.proof, duty.proof_link = proof.at, proof.text[:200], proof.link[:200]


def fulfil(duty: Duty, proof: Proof) -> int:
    """Mark one duty fulfilled by its proof; a second call changes nothing."""
    return (
        Duty.objects.open()
        .filter(pk=duty.pk)
        .update(fulfilled_at=proof.at, proof=proof.text[:200], proof_link=proof.link)
    )


def reopen(kind: str, subject: models.Model) -> int:
    """What proved the duty about this record turned out not to: it stands open again until something else proves it."""
    rows = Duty.objects.of(subject).filter(kind=kind, fulfilled_at__isnull=False, excused_at__isnull=True)
    return rows.update(fulfilled_at=None, proof="", proof_link="")


def excuse(duty: Duty, *, by: Any, at: datetime, reason: str) -> None:
    """党风政风监督室 frees an organ from one duty, with a reason that stays on record. Raises ValueError without one."""
    if not reason.strip():
        raise ValueError("免除须写明理由。")
    Duty.objects.open().filter(pk=duty.pk).update(excused_at=at, excused_by=by, excuse=reason.strip()[:300])
