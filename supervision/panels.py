"""What rectification has for the desk: closings to check, extensions to decide, terms that have passed."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.urls import reverse

from accounts.desk import Panel, panel
from accounts.permissions import Permission, organ_ids
from supervision.models import Extension, RectificationItem
from supervision.selectors import closing_queue
from supervision.states import ExtensionStep


def _entry(problem_id: int, text: str, button: str, due_on: date | None = None) -> dict[str, Any]:
    address = reverse("supervision:problem", args=[problem_id])
    return {"text": text, "link": address, "button": button, "address": address, "due_on": due_on}


def closings(user: Any, day: date) -> Any:
    """销号 that waits for the user's check (A9.8b)."""
    rows = list(closing_queue(organ_ids(user, Permission.CLOSE))[:10])
    entries = [
        _entry(
            row["problem_id"],
            f"{row['problem__unit__name']}：{row['problem__description'][:60]}，{row['by']}提请销号。",
            "审核",
        )
        for row in rows
    ]
    return {"title": "请审核销号", "count": len(entries), "more": "", "entries": entries} if entries else None


def extensions(user: Any, day: date) -> Any:
    """Requests for a later day (A9.8b)."""
    rows = Extension.objects.filter(
        step=ExtensionStep.REQUESTED, rectification__organ_id__in=organ_ids(user, Permission.CLOSE)
    )
    rows = rows.select_related("rectification__problem", "requested_by").order_by("pk")[:10]
    entries = [
        _entry(
            row.rectification.problem_id,
            f"{row.requested_by}申请延至{row.new_due_on:%Y-%m-%d}：{row.rectification.problem}。",
            "审批",
        )
        for row in rows
    ]
    return {"title": "请审批延期", "count": len(entries), "more": "", "entries": entries} if entries else None


def overdue(user: Any, day: date) -> Any:
    """Rectification of the user's own organ whose day has passed."""
    rows = RectificationItem.objects.overdue(on=day).filter(
        organ_id__in=organ_ids(user, Permission.DRAFT), problem__removed_at__isnull=True
    )
    rows = rows.select_related("problem__unit").order_by("due_on")
    entries = [_entry(row.problem_id, f"{row.problem.unit}：{row.problem}", "办理", row.due_on) for row in rows[:8]]
    more = f"{reverse('supervision:problems')}?step=overdue"
    return {"title": "整改逾期", "count": rows.count(), "more": more, "entries": entries} if entries else None


panel(Panel("closings", "_panel.html", closings, column="todo", order=30))
panel(Panel("extensions", "_panel.html", extensions, column="todo", order=35))
panel(Panel("overdue", "_panel.html", overdue, column="soon", order=40))
