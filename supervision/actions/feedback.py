"""巡视巡察反馈意见 is entered by the organ that watches the unit, or by 县委巡察办 (A5.6)."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.db import transaction

from accounts.calendar import local_day
from accounts.models import SupervisedUnit
from accounts.workflow import Refused
from supervision.models import InspectionFeedback
from supervision.rules import are_texts
from supervision.selectors import fed_by


@transaction.atomic
def record_feedback(
    *, unit: SupervisedUnit, level: str, feedback_on: date, text: str, by: Any, at: datetime, item_no: str = "",
    cured_on: date | None = None,
) -> InspectionFeedback:  # fmt: skip
    """One item of feedback. Raises `Refused` for strangers and for days out of order."""
    if unit.organ_id not in fed_by(by):
        raise Refused(f"{unit.name}的巡视巡察反馈由其监督单位或县委巡察办登记。", "A5.6")
    if feedback_on > local_day(at):
        raise Refused("反馈日期不能晚于今天。", "A5.6")
    if cured_on and cured_on < feedback_on:
        raise Refused("整改完成日期不能早于反馈日期。", "A5.6")
    are_texts(text, item_no).enforce()
    return InspectionFeedback.objects.create(unit=unit, level=level, feedback_on=feedback_on, text=text.strip(), item_no=item_no,
                                             cured_on=cured_on, created_by=by)  # fmt: skip
