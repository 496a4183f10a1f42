"""What the ledgers oblige organs to: one consultation per unit and half-year, and the follow-up it promised (A10.3a)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, time
from typing import Any

from django.urls import reverse

from accounts.calendar import SHANGHAI
from accounts.duties import DutyKind, Owed, Proof, declare
from accounts.models import Duty, SupervisedUnit
from accounts.periods import Period, PeriodKind
from accounts.roles import REPORTING_KINDS
from ledgers.consulting.rules import owing, party_of
from ledgers.consulting.states import ConsultationStep
from ledgers.models import Consultation

CONSULTATION = "consultation"


def _noon(day: date) -> datetime:
    return datetime.combine(day, time(12), tzinfo=SHANGHAI)


def _consultations_owed(day: date) -> Iterable[Owed]:
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


def _consultation_held(duty: Duty) -> Proof | None:
    """The earliest one with this unit in the half. Its day counts, not the day on which it was written down."""
    half = Period.read(duty.period)
    rows = Consultation.objects.recorded().filter(organ_id=duty.organ_id, units=duty.subject_id)
    made = rows.filter(held_on__range=(half.first, half.last)).order_by("held_on", "pk").first()
    if made is None:
        return None
    return Proof(at=_noon(made.held_on), text=f"{made.held_on:%Y-%m-%d}专题会商", link=_page(made))


def _follow_ups_owed(day: date) -> Iterable[Owed]:
    rows = Consultation.objects.recorded().filter(follow_up_on__isnull=False, followed_up_on__isnull=True)
    for made in rows.select_related("organ"):
        assert made.follow_up_on is not None
        yield Owed(
            organ=made.organ,
            title=f"会商跟踪问效：{made.held_on:%Y-%m-%d}专题会商",
            due_on=made.follow_up_on,
            opened_on=made.held_on,
            subject=made,
            link=_page(made),
        )


def _followed_up(duty: Duty) -> Proof | None:
    made = Consultation.objects.filter(pk=duty.subject_id).first()
    if made is not None and made.followed_up_on is not None:
        return Proof(at=_noon(made.followed_up_on), text=made.follow_up_result[:200], link=_page(made))
    if made is not None and made.step == ConsultationStep.SUPERSEDED:
        newer = made.corrections.get(step__in=(ConsultationStep.RECORDED, ConsultationStep.SUPERSEDED))
        assert newer.recorded_at is not None
        return Proof(at=newer.recorded_at, text="会商记录已更正，按更正后的一版跟踪", link=_page(newer))
    return None


def _page(made: Consultation) -> str:
    return reverse("ledgers:consultation", args=[made.pk])


declare(DutyKind(CONSULTATION, "A10.3a", "每半年专题会商", _consultations_owed, _consultation_held))
declare(DutyKind("consultation_follow_up", "A10.3a", "会商跟踪问效", _follow_ups_owed, _followed_up))
