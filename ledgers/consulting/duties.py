"""One consultation per unit and half-year, and the follow-up it promised (A10.3a)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from django.urls import reverse

from accounts.calendar import noon
from accounts.duties import DutyKind, Owed, Proof, beyond_their_organ, consultation_days, declare
from accounts.models import Duty, SupervisedUnit
from accounts.periods import Period, PeriodKind
from accounts.roles import REPORTING_KINDS
from ledgers.consulting.rules import owing, party_of
from ledgers.consulting.states import ConsultationStep
from ledgers.models import Consultation

CONSULTATION = "consultation"


def _owed(day: date) -> Iterator[Owed]:
    half = Period.of(PeriodKind.HALF, day)
    rows: Any = SupervisedUnit.objects.filter(organ__kind__in=REPORTING_KINDS).active(on=day)
    for unit in owing(rows.select_related("organ").order_by("organ_id", "pk"), half):
        yield Owed(
            organ=unit.organ,
            title=f"{half.label}会同{party_of(unit)}开展专题会商",
            due_on=half.last,
            opened_on=half.first,
            period=half.key,
            subject=unit,
            link=f"{reverse('ledgers:consultation_new')}?unit={unit.pk}",
        )


def _held(duties: Sequence[Duty]) -> Mapping[int, Proof]:
    """The earliest one with this unit in the half. Its day counts, not the day on which it was written down."""
    rows: Any = Consultation.objects.recorded().filter(units__in={duty.subject_id for duty in duties})
    first: dict[tuple[int, int, str], tuple[int, date]] = {}
    for organ, unit, pk, day in rows.order_by("-held_on", "-pk").values_list("organ_id", "units", "pk", "held_on"):
        first[organ, unit, Period.of(PeriodKind.HALF, day).key] = (pk, day)
    return {
        duty.pk: Proof(noon(found[1]), f"{found[1]:%Y-%m-%d}专题会商", _page(found[0]))
        for duty in duties
        if (found := first.get((duty.organ_id, duty.subject_id, duty.period))) is not None
    }


def _lapsed(duties: Sequence[Duty]) -> list[int]:
    """Duties whose organ or unit was abolished in the half (AMB-18)."""
    rows = SupervisedUnit.objects.filter(pk__in={duty.subject_id for duty in duties})
    ended = {pk: last for pk, last in rows.values_list("pk", "active_to") if last is not None}
    unit_left = [duty.pk for duty in duties if ended.get(duty.subject_id, date.max) <= Period.read(duty.period).last]
    return [*unit_left, *beyond_their_organ(duties)]


def _follow_ups_owed(day: date) -> Iterator[Owed]:
    rows = Consultation.objects.recorded().filter(follow_up_on__isnull=False, followed_up_on__isnull=True)
    for made in rows.select_related("organ"):
        assert made.follow_up_on is not None
        yield Owed(
            organ=made.organ,
            title=f"会商跟踪问效：{made.held_on:%Y-%m-%d}专题会商",
            due_on=made.follow_up_on,
            opened_on=made.held_on,
            subject=made,
            link=_page(made.pk),
        )


def _followed_up(duties: Sequence[Duty]) -> Mapping[int, Proof]:
    """The result is written down; or the record was corrected, and the newer one goes on with it."""
    rows = Consultation.objects.filter(pk__in={duty.subject_id for duty in duties})
    made = {row.pk: row for row in rows.prefetch_related("corrections")}
    found = {duty.pk: _follow_up_proof(made.get(duty.subject_id)) for duty in duties}
    return {pk: proof for pk, proof in found.items() if proof is not None}


def _follow_up_proof(made: Consultation | None) -> Proof | None:
    if made is None:
        return None
    if made.followed_up_on is not None:
        return Proof(noon(made.followed_up_on), made.follow_up_result[:200], _page(made.pk))
    if made.step != ConsultationStep.SUPERSEDED:
        return None
    newer = next(row for row in made.corrections.all() if row.recorded_at is not None)
    assert newer.recorded_at is not None
    return Proof(newer.recorded_at, "会商记录已更正，按更正后的一版跟踪", _page(newer.pk))


def _page(pk: int) -> str:
    return reverse("ledgers:consultation", args=[pk])


declare(
    DutyKind(
        CONSULTATION, "A10.3a", "每半年专题会商", _owed, proofs=_held, ladder=consultation_days, lapsed=_lapsed,
        summary="派驻纪检监察组和乡（镇、办）纪（工）委至少每半年会同被监督单位开展1次专题会商",
    )
)  # fmt: skip
declare(
    DutyKind(
        "consultation_follow_up", "A10.3a", "会商跟踪问效", _follow_ups_owed, proofs=_followed_up,
        summary="跟踪问效会商中问题的整改落实情况",
    )
)  # fmt: skip
