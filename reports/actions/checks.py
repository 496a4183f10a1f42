"""Clearing a hit of a standing check, and the weekly word to 党风政风监督室 (A10.1b)."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction
from django.urls import reverse

from accounts.calendar import SHANGHAI, local_day
from accounts.models import Notice, Organ
from accounts.notifications import staff_of, tell, told_by
from accounts.permissions import Permission, organ_ids
from accounts.roles import OrganKind
from accounts.workflow import Refused, record
from reports.checks.catalogue import CHECKS
from reports.checks.reading import counted, findings
from reports.models import CheckDismissal

MONDAY, HOUR, MINUTE = 1, 8, 30


@transaction.atomic
def dismiss(check_key: str, about: str, *, reason: str, by: Any, at: datetime) -> CheckDismissal:
    """党风政风监督室 has looked: nothing to mend. Raises `Refused` without a reason, or when the hit is no longer there."""
    if not reason.strip():
        raise Refused("请写明核实情况，例如问了谁、看了什么材料；理由将留存备查。", "A10.1b")
    organs = organ_ids(by, Permission.COORDINATE)
    found = findings(organs, local_day(at), checks=[check_key]) if check_key in CHECKS else []
    hit = next((one.hit for one in found if one.hit.record == about), None)
    if hit is None:
        raise Refused("这一项已经改正、已经核实，或不在您的统筹范围内，请回到列表看最新情况。", "A10.1b")
    made = CheckDismissal.objects.create(
        organ_id=hit.organ_id, check_key=check_key, record=hit.record, digest=hit.digest, text=hit.text[:400], link=hit.link[:200],
        reason=reason.strip()[:300], by=by, at=at,
    )  # fmt: skip
    label = CHECKS[check_key].label
    event = record(made, "clear", by=by, at=at, label=f"核实：{label}", note=made.reason, article="A10.1b")
    told_by(
        event,
        staff_of(hit.organ_id),
        f"党风政风监督室已核实“{label}”一项，无须处理：{hit.text}"[:400],
        link=reverse("reports:checks"),
    )
    return made


def tell_checks(*, at: datetime) -> int:
    """Once in a week, from Monday half past eight, how many hits wait in each county. Returns how many persons were told."""
    day, told = local_day(at), 0
    if not _begun(at):
        return 0
    year, week, _ = day.isocalendar()
    for office in Organ.objects.filter(kind=OrganKind.CONDUCT_SUPERVISION_OFFICE).active(on=day):
        key = f"checks:{year}W{week:02}:{office.pk}"
        if not Notice.objects.filter(key=key).exists():
            told += _tell(office, key, at)
    return told


def _begun(at: datetime) -> bool:
    """Whether the week's moment has come: it may be made up for on any later day of the same week."""
    local = at.astimezone(SHANGHAI)
    return local.isoweekday() > MONDAY or (local.hour, local.minute) >= (HOUR, MINUTE)


def _tell(office: Organ, key: str, at: datetime) -> int:
    organs = Organ.objects.within(office.county()).values_list("pk", flat=True)
    found = findings(organs, local_day(at))
    if not found:
        return 0
    words = "、".join(f"{gravity.label}{count}项" for gravity, count in counted(found).items() if count)
    sentence = f"本周矛盾核对共{len(found)}项：{words}，请逐项核对处理。"
    return tell(
        staff_of(office.pk), sentence, key=key, at=at, link=reverse("reports:checks"), kind="check", article="A10.1b"
    )
