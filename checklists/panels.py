"""What the checklist has for the desk: projects to file, filings to receive, lists to decide and to issue."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse

from accounts.desk import Panel, panel
from accounts.permissions import Permission, organ_ids
from checklists.models import AnnualChecklist, ChecklistItem
from checklists.states import ChecklistStep, ItemStep

SHOWN = 12


def to_file(user: Any, day: date) -> dict[str, Any] | None:
    """Projects that the DS has approved and nobody has filed yet (A6.1d)."""
    rows = ChecklistItem.objects.filter(organ_id__in=organ_ids(user, Permission.DRAFT), step=ItemStep.APPROVED)
    return _items("已批准，待报送党风政风监督室", rows, "去报送")


def to_receive(user: Any, day: date) -> dict[str, Any] | None:
    """Filed projects without a receipt, for 党风政风监督室 (A6.1d)."""
    rows = ChecklistItem.objects.filter(
        organ_id__in=organ_ids(user, Permission.COORDINATE) - {user.organ_id},
        step=ItemStep.FILED,
        received_at__isnull=True,
    )
    return _items("已报送，待签收", rows, "去签收")


def _items(title: str, rows: QuerySet[ChecklistItem], button: str) -> dict[str, Any] | None:
    found = rows.order_by("filed_at", "pk").values("pk", "title", "organ__name")
    entries = [
        {
            "text": row["title"],
            "note": row["organ__name"],
            "button": button,
            "address": reverse("checklists:item", args=[row["pk"]]),
        }
        for row in found[:SHOWN]
    ]
    return {"title": title, "entries": entries, "count": rows.count()} if entries else None


def lists_to_decide(user: Any, day: date) -> dict[str, Any] | None:
    """Lists before the committee, for its secretary (A6.1f)."""
    rows = AnnualChecklist.objects.filter(
        organ_id__in=organ_ids(user, Permission.RECORD_RESOLUTION), step=ChecklistStep.SUBMITTED
    ).exclude(resolution__approved=True)
    return _lists("待登记常委会决定", rows, "登记决定", reverse("checklists:resolution"))


def lists_to_issue(user: Any, day: date) -> dict[str, Any] | None:
    """Lists that the committee approved and the head of 党风政风监督室 has not issued (A6.1f)."""
    mine = organ_ids(user, Permission.DIRECT)
    rows = AnnualChecklist.objects.filter(organ_id__in=mine, step=ChecklistStep.SUBMITTED, resolution__approved=True)
    return _lists("常委会已通过，待印发", rows, "去印发", reverse("checklists:compile"))


def _lists(title: str, rows: QuerySet[AnnualChecklist], button: str, page: str) -> dict[str, Any] | None:
    entries = [
        {"text": str(row), "note": "", "button": button, "address": f"{page}?year={row.year}"} for row in rows[:SHOWN]
    ]
    return {"title": title, "entries": entries, "count": len(entries)} if entries else None


panel(Panel("items_to_file", "_panel.html", to_file, column="todo", order=40))
panel(Panel("items_to_receive", "_panel.html", to_receive, column="todo", order=41))
panel(Panel("lists_to_decide", "_panel.html", lists_to_decide, column="todo", order=42))
panel(Panel("lists_to_issue", "_panel.html", lists_to_issue, column="todo", order=43))
