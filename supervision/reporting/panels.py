"""What reports have for the desk: what is to be tabled with its days, what is to be drafted, what waits to be studied."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.urls import reverse

from accounts.calendar import spoken
from accounts.desk import Panel, panel
from accounts.permissions import Permission, organ_ids
from accounts.roles import OrganKind
from supervision.models import Clue, CopyOut
from supervision.reporting.selectors import before_committee, rounds_to_report, waiting_for_committee
from supervision.reporting.ten_days import ten_days
from supervision.rounds.states import CopyOutKind, ReportStep

SHOWN, COUNTED = 8, 200  # entries on the desk; what one query fetches to count them


def _panel(title: str, entries: list[dict[str, Any]], more: str = "") -> dict[str, Any] | None:
    return {"title": title, "count": len(entries), "more": more, "entries": entries[:SHOWN]} if entries else None


def to_table(user: Any, day: date) -> Any:
    """待提交常委会, with the days that are left (A9.7a)."""
    if not organ_ids(user, Permission.COORDINATE):
        return None
    columns = ("pk", "title", "organ__name", "approved_at", "due_on", "last_on", "submitted_on")
    rows: Any = list(waiting_for_committee(user).values(*columns)[:COUNTED])
    clock = ten_days() if rows else None
    entries = [_table_entry(row, clock.state(row, on=day)) for row in rows] if clock else []
    return _panel("待提交常委会", entries, f"{reverse('supervision:reports')}?step=waiting")


def _table_entry(row: dict[str, Any], state: dict[str, Any]) -> dict[str, Any]:
    address = reverse("supervision:report", args=[row["pk"]])
    note = f"{row['organ__name']}，{state['words']}，最迟{spoken(state['last_on'])}"
    return {
        "text": row["title"],
        "link": address,
        "note": note,
        "due_on": state["last_on"],
        "button": "登记提交",
        "address": address,
    }


def to_draft(user: Any, day: date) -> Any:
    """报告待起草: the inspection is over and nobody has begun the report (A9.6a)."""
    rows: Any = rounds_to_report(user)
    entries = [
        {"text": row["title"], "note": f"{row['ended_on']:%Y-%m-%d}检查结束" if row["ended_on"] else "",
         "button": "起草报告", "address": reverse("supervision:report_new", args=[row["pk"]])}
        for row in rows.values("pk", "title", "ended_on")[:COUNTED]
    ]  # fmt: skip
    return _panel("报告待起草", entries)


def to_study(user: Any, day: date) -> Any:
    """Reports on the committee's table, for its secretary (A9.7a)."""
    rows: Any = before_committee(user).filter(step=ReportStep.SC_SUBMITTED)
    entries = [
        {"text": row["title"], "note": f"{row['organ__name']}，{spoken(row['submitted_on'])}提交",
         "button": "登记研判意见", "address": reverse("supervision:report_study", args=[row["pk"]])}
        for row in rows.values("pk", "title", "organ__name", "submitted_on")[:COUNTED]
    ]  # fmt: skip
    return _panel("待登记研判意见", entries, reverse("supervision:committee_reports"))


def for_county_committee(user: Any, day: date) -> Any:
    """重要情况 that waits for a meeting of 县委常委会 (A9.7c)."""
    ids = organ_ids(user, Permission.COORDINATE)
    rows: Any = CopyOut.objects.filter(
        kind=CopyOutKind.COMMITTEE, meeting_on__isnull=True, report__organ_id__in=ids, report__studied_on__isnull=False
    )
    entries = [
        {"text": row["report__title"], "note": "重要情况、重大问题，待登记县委常委会日期",
         "button": "登记会议", "address": reverse("supervision:copy", args=[row["pk"]])}
        for row in rows.order_by("pk").values("pk", "report__title")[:COUNTED]
    ]  # fmt: skip
    return _panel("待向县委常委会报告", entries, reverse("supervision:copies"))


def copies_to_number(user: Any, day: date) -> Any:
    """For the document clerk: signed copies that wait for their number (A9.7b)."""
    ids = organ_ids(user, Permission.NUMBER)
    rows: Any = CopyOut.objects.to_number().filter(organ_id__in=ids) if ids else CopyOut.objects.none()
    entries = [
        {"text": f"抄报件：{row['report__title']}", "note": f"签发人{row['signed_by']}，主送{row['recipients']}",
         "button": "编号", "address": reverse("supervision:copy", args=[row["pk"]])}
        for row in rows.order_by("pk").values("pk", "report__title", "signed_by", "recipients")[:COUNTED]
    ]  # fmt: skip
    return _panel("抄报件待编号", entries)


def to_receive(user: Any, day: date) -> Any:
    """Clues handed over and not taken in yet, for the receiving office (A9.7g)."""
    if user.organ.kind != OrganKind.INTERNAL_OFFICE:
        return None
    rows: Any = Clue.objects.filter(receiver_id__in=organ_ids(user, Permission.DRAFT), received_on__isnull=True)
    entries = [
        {"text": f"线索{row['code']}", "note": f"{row['organ__name']}{row['transferred_on']:%Y-%m-%d}移送",
         "button": "接收", "address": reverse("supervision:clue", args=[row["pk"]])}
        for row in rows.order_by("transferred_on", "pk").values("pk", "code", "organ__name", "transferred_on")[:COUNTED]
    ]  # fmt: skip
    return _panel("待接收线索", entries, reverse("supervision:clues"))


panel(Panel("to_table", "_panel.html", to_table, column="todo", order=20))
panel(Panel("copies_to_number", "_panel.html", copies_to_number, column="todo", order=26))
panel(Panel("to_draft", "_panel.html", to_draft, column="todo", order=22))
panel(Panel("to_study", "_panel.html", to_study, column="todo", order=20))
panel(Panel("county_committee", "_panel.html", for_county_committee, column="todo", order=24))
panel(Panel("to_receive", "_panel.html", to_receive, column="todo", order=24))
