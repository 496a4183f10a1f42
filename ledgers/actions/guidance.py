"""督促指导: what 党风政风监督室 tells an organ about its ledger, and that the organ has read it (A6.2c)."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction
from django.http import Http404
from django.urls import reverse

from accounts.calendar import local_day
from accounts.models import Organ
from accounts.notifications import staff_of, told_by
from accounts.permissions import Permission, has, organ_ids
from accounts.workflow import Refused, has_no_id_number, record
from ledgers.models import LedgerGuidance


@transaction.atomic
def give_guidance(organ: Organ, year: int, *, text: str, by: Any, at: datetime) -> LedgerGuidance:
    """One dated note to the organ; its people find it on their desk. Raises `Refused`."""
    if not has(by, Permission.COORDINATE, organ.pk):
        raise Refused("督促指导由党风政风监督室发出。", "A6.2c")
    if not text.strip():
        raise Refused("请写明督促指导的内容。", "A6.2c")
    note = LedgerGuidance.objects.create(organ=organ, year=year, given_on=local_day(at), text=text.strip(), by=by)
    event = record(note, "guide", by=by, at=at, label="督促指导", note=note.text, article="A6.2c")
    told_by(
        event,
        staff_of(organ.pk),
        f"党风政风监督室督促指导：{note.text[:80]}",
        link=reverse("ledgers:ledger", args=[organ.pk]),
    )
    return note


@transaction.atomic
def read_guidance(pk: int, *, answer: str, by: Any, at: datetime) -> LedgerGuidance:
    """The organ acknowledges a note; a second time changes only the answer. Foreign notes do not exist (404)."""
    rows = LedgerGuidance.objects.select_for_update().filter(organ_id__in=organ_ids(by, Permission.DRAFT))
    note = rows.filter(pk=pk).first()
    if note is None:
        raise Http404("no such note")
    has_no_id_number(answer).enforce()
    note.read_at = note.read_at or at
    note.answer = answer.strip() or note.answer
    note.save()
    return note
