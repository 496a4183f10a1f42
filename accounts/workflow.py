"""The machine behind every step of every paper: one table per workflow, one `may`, one `move`."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Set
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import models, transaction

from accounts import editions
from accounts.citations import cite
from accounts.models import Event
from accounts.permissions import Permission, has
from accounts.sheets.identity import BASIS as NO_ID_NUMBERS
from accounts.sheets.identity import REFUSAL, id_numbers


class Refused(Exception):
    """A rule says no. Carries the sentence for the screen, the article, and the HTTP status."""

    status = 409

    def __init__(self, sentence: str, article: str = "") -> None:
        self.sentence = sentence
        self.article = article
        super().__init__(self.full)

    @property
    def full(self) -> str:
        """The sentence with its article."""
        return f"{self.sentence}（依据{cite(self.article)}）" if self.article else self.sentence


class AlreadyDecided(Refused):
    """Somebody else was quicker; the sentence names him."""


@dataclass(frozen=True)
class Verdict:
    """The answer of `may`: true, or false with a sentence and an article."""

    allowed: bool
    sentence: str = ""
    article: str = ""

    def __bool__(self) -> bool:
        return self.allowed

    def enforce(self) -> None:
        """Raise `Refused` where the answer is no."""
        if not self.allowed:
            raise Refused(self.sentence, self.article)


ALLOWED = Verdict(True)


def denied(sentence: str, article: str = "") -> Verdict:
    """A no with its reason."""
    return Verdict(False, sentence, article)


def has_no_id_number(text: str) -> Verdict:
    """No identity numbers in words that are to be kept: minimal data about persons (S3-10, A4)."""
    return denied(REFUSAL, NO_ID_NUMBERS) if any(id_numbers(text)) else ALLOWED


Rule = Callable[[Any], Verdict]


@dataclass(frozen=True)
class Move:
    """One line of a workflow table: from which steps, to which, by which right, by which article, under what conditions.

    `permission=None` marks a move that only a completed chain, or another move, may cause.
    """

    sources: Set[str]
    target: str
    permission: Permission | None
    article: str
    label: str
    needs: tuple[Rule, ...] = ()


MOVES: dict[type[models.Model], Mapping[str, Move]] = {}


def register(model: type[models.Model], moves: Mapping[str, Move]) -> None:
    """Give a model its table. Its instances have `step`, `organ_id` and `__str__`."""
    MOVES[model] = moves


def moves_of(subject: models.Model) -> Mapping[str, Move]:
    """The table of a record's kind."""
    return MOVES[type(subject)]


def may(subject: Any, verb: str, *, by: Any, by_chain: bool = False) -> Verdict:
    """Right of role, then state, then condition: asked by buttons, views and `move` alike."""
    line = moves_of(subject)[verb]
    if line.permission is None:
        if not by_chain:
            return denied(f"“{line.label}”由审批流程自动完成，不能直接办理。", line.article)
    elif not has(by, line.permission, subject.organ_id):
        return denied(f"您没有“{line.label}”的权限，请由有权限的人员办理。", line.article)
    if subject.step not in line.sources:
        return denied(f"“{subject}”当前为“{step_label(subject)}”，不能{line.label}。", line.article)
    for rule in line.needs:
        verdict = rule(subject)
        if not verdict:
            return verdict
    return ALLOWED


def step_label(subject: Any) -> str:
    """The step in the office's words."""
    return subject.get_step_display() if hasattr(subject, "get_step_display") else subject.step


@transaction.atomic
def move(
    subject: Any,
    verb: str,
    *,
    by: Any,
    at: datetime,
    note: str = "",
    by_chain: bool = False,
    on_behalf_of: Any = None,
    along: Mapping[str, Any] | None = None,
) -> Event:
    """Lock the record, ask `may`, set the step, write the event.

    `along` names fields that belong to the step and are written in the same statement (a day of closing, a receiver).
    Raises `Refused`. The instance handed in carries the new step and these fields afterwards; its other unsaved fields
    are not written.
    """
    fresh = type(subject)._default_manager.select_for_update().get(pk=subject.pk)
    may(fresh, verb, by=by, by_chain=by_chain).enforce()
    line = moves_of(fresh)[verb]
    before = fresh.step
    for name, value in {**(along or {}), "step": line.target}.items():
        setattr(fresh, name, value)
        setattr(subject, name, value)
    fresh.save()
    return record(
        fresh,
        verb,
        by=by,
        at=at,
        note=note,
        label=line.label,
        article=line.article,
        from_step=before,
        to_step=line.target,
        on_behalf_of=on_behalf_of,
    )


def record(
    subject: Any,
    verb: str,
    *,
    by: Any,
    at: datetime,
    label: str,
    note: str = "",
    article: str = "",
    from_step: str = "",
    to_step: str = "",
    on_behalf_of: Any = None,
) -> Event:
    """Write one event about a record: also for what people do without changing a step.

    Raises `Refused` where a person's note holds an identity number: reasons and opinions are kept here for ever (A4).
    """
    if by is not None:
        has_no_id_number(note).enforce()
    return Event.objects.create(
        subject=subject,
        title=str(subject)[:300],
        organ_id=subject.organ_id,
        verb=verb,
        label=label,
        from_step=from_step,
        to_step=to_step,
        by=by,
        on_behalf_of=on_behalf_of,
        at=at,
        note=note,
        article=article,
        edition=editions.in_force(),
    )


def buttons(subject: Any, verbs: tuple[str, ...], *, by: Any) -> list[dict[str, Any]]:
    """What the page offers: each verb with its label, and the reason where it may not be done now."""
    found = []
    for verb in verbs:
        verdict = may(subject, verb, by=by)
        line = moves_of(subject)[verb]
        found.append(
            {
                "verb": verb,
                "label": line.label,
                "allowed": bool(verdict),
                "reason": verdict.sentence,
                "article": verdict.article or line.article,
            }
        )
    return found
