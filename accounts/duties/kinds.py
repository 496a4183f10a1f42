"""What a duty of the regulation is: who owes it on a day, what proves it, and how whoever owes it is reminded."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import models

from accounts.duties.ladder import DEFAULT, Ladder, OwnDays
from accounts.models import Duty, Organ
from accounts.periods import Period


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

    @property
    def subject_key(self) -> str:
        """The record it is about, as one word; empty where it is about none."""
        return f"{self.subject._meta.label_lower}:{self.subject.pk}" if self.subject else ""

    @property
    def key(self) -> tuple[int, str, str]:
        """What makes it one duty among those of its kind."""
        return (self.organ.pk, self.subject_key, self.period)


@dataclass(frozen=True)
class Proof:
    """What fulfils a duty: since when, in words, and where it can be opened."""

    at: datetime
    text: str
    link: str = ""


@dataclass(frozen=True)
class DutyKind:
    """A duty of the regulation: who owes it on a day (`owed`), and what proves it (`proof`, or `proofs` for many at once).

    `ladder` says who is told when; without one the usual ladder applies. `summary` is the article in one line, for 制度对表.
    """

    key: str
    article: str
    label: str
    owed: Callable[[date], Iterable[Owed]]
    proof: Callable[[Duty], Proof | None] | None = None
    movable: bool = (
        False  # day and person follow the record (an extension, another signer); others keep what they were opened with
    )
    reminds: bool = True  # False where the kind has a ladder of reminders of its own
    proofs: Callable[[Sequence[Duty]], Mapping[int, Proof]] | None = None  # duty id -> proof, in a few queries
    ladder: Ladder | OwnDays = DEFAULT
    summary: str = ""
    soft: bool = False  # a prompt: shown and asked for, but counted in no share of punctuality (AMB-13)
    lapsed: Callable[[Sequence[Duty]], Iterable[int]] | None = None  # ids of open duties that nobody owes any longer
    personal: bool = False  # a leader's own: his office keeps the record of it, but it counts in no organ's punctuality

    def prove(self, duties: Sequence[Duty]) -> Mapping[int, Proof]:
        """The proofs of those duties that are fulfilled, by their id."""
        if self.proofs is not None:
            return self.proofs(duties)
        if self.proof is None:
            return {}
        found = ((duty.pk, self.proof(duty)) for duty in duties)
        return {pk: proof for pk, proof in found if proof is not None}


def beyond_their_organ(duties: Sequence[Duty]) -> list[int]:
    """Duties of a period in which their organ was founded or abolished: nobody owes them (AMB-18)."""
    return [duty.pk for duty in duties if not Period.read(duty.period).owes(duty.organ)]


KINDS: dict[str, DutyKind] = {}


def declare(kind: DutyKind) -> None:
    """Add a kind of duty; called from the app's `duties.py` when the app is ready."""
    KINDS[kind.key] = kind
