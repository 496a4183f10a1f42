"""What the committee has for the desk: meetings to come, with their papers; one that waits for its decisions."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import Count, Q
from django.urls import reverse

from accounts.calendar import spoken
from accounts.desk import Panel, panel
from accounts.permissions import Permission, anywhere
from accounts.policy import TABLE, admits
from reports.committee.states import MeetingStep
from reports.models import CommitteeMeeting

SHOWN = 6


def meetings_ahead(user: Any, day: date) -> dict[str, Any] | None:
    """Fixed agendas for their readers; for the secretary also drafts, and meetings whose decisions are not all recorded."""
    if not admits(user, TABLE["reports:committee"], "GET"):
        return None
    steps = [MeetingStep.TABLED, MeetingStep.HELD]
    if anywhere(user, Permission.RECORD_RESOLUTION):
        steps.append(MeetingStep.DRAFT)
    rows: Any = CommitteeMeeting.objects.visible_to(user).filter(step__in=steps)
    left = Count("items", filter=Q(items__decision=""))
    columns = ("pk", "year", "number", "held_on", "step", "left")
    entries = [_entry(row) for row in rows.annotate(left=left).order_by("held_on", "pk").values(*columns)[:SHOWN]]
    return (
        {"title": "常委会会议", "entries": entries, "count": len(entries), "more": reverse("reports:committee")}
        if entries
        else None
    )


def _entry(row: dict[str, Any]) -> dict[str, Any]:
    word = {MeetingStep.DRAFT: "编排议程", MeetingStep.TABLED: "看议题材料", MeetingStep.HELD: "登记决定"}[
        MeetingStep(row["step"])
    ]
    tail = f"还有{row['left']}项未登记决定" if row["step"] == MeetingStep.HELD else f"{row['left']}项议题"
    return {"text": f"县纪委常委会{row['year']}年第{row['number']}次会议", "note": f"{spoken(row['held_on'])}，{tail}", "button": word,
            "address": reverse("reports:committee_meeting", args=[row["pk"]])}  # fmt: skip


panel(Panel("committee", "_panel.html", meetings_ahead, column="soon", order=5))
