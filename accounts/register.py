"""The register of officials: kept by the organ that supervises their unit, with the day of each change (A4, S3-10)."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.db import transaction

from accounts.calendar import local_day, spoken
from accounts.models import Official
from accounts.permissions import Permission, has
from accounts.workflow import Refused


@transaction.atomic
def save_official(official: Official, *, by: Any, at: datetime) -> Official:
    """Keep one official as he stands now; the day of saving is the day of the update.

    Whoever is marked as left without a day left today; whoever is back in office has no day of leaving. A person who was
    already out when days were not yet kept stays without one. Raises `Refused` for strangers, and for days out of order.
    """
    if not has(by, Permission.DRAFT, official.unit.organ_id):
        raise Refused(f"监察对象由{official.unit.organ.name}人员登记。", "A4")
    today = local_day(at)
    before = Official.objects.select_for_update().filter(pk=official.pk).first() if official.pk else None
    official.left_on = _left_on(official, before, today)
    _days_in_order(official, today)
    official.updated_on = today
    official.save()
    return official


def _left_on(official: Official, before: Official | None, today: date) -> date | None:
    if official.is_active:
        return None
    out_already = before is not None and not before.is_active
    return official.left_on or (before.left_on if before and out_already else today)


def _days_in_order(official: Official, today: date) -> None:
    for name, day in (("任现职时间", official.post_since), ("离任日期", official.left_on)):
        if day and day > today:
            raise Refused(f"{name}{spoken(day)}晚于今天，请核对。", "A4")
    if official.left_on and official.post_since and official.left_on < official.post_since:
        raise Refused(f"离任日期{spoken(official.left_on)}早于任现职时间{spoken(official.post_since)}，请核对。", "A4")
