"""Meetings that the regulation asks for or the office holds by itself: consultations, dispatch meetings (A10.3a, S0-4)."""

from __future__ import annotations

from typing import Any

from checklists.models import Meeting
from ledgers.models import Consultation
from reports.counting.figure import Figure, Scope, declare

CONSULTATION = {"held_on": "日期", "organ__name": "单位", "place": "地点", "suggestions": "整改建议"}
MEETING = {"held_on": "日期", "organ__name": "召集单位", "attendees": "参加人员"}


def _consultations(scope: Scope) -> Any:
    return Consultation.objects.recorded().filter(organ_id__in=scope.organs, held_on__range=scope.days)


def _meetings(scope: Scope) -> Any:
    return Meeting.objects.held().filter(organ_id__in=scope.organs, held_on__range=scope.days)


declare(
    Figure(
        "consultations", "专题会商", "次", "A10.3a", _consultations, columns=CONSULTATION, page="ledgers:consultation"
    ),
    Figure("meetings", "工作调度会等会议", "次", "A10.1b", _meetings, columns=MEETING, page="checklists:meeting"),
)
