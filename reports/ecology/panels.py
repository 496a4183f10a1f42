"""The year-end file on the desk: an organ's units without appraisal, the county's count, copies without receipt (A11)."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import Count, Q
from django.urls import reverse

from accounts.desk import Panel, panel
from accounts.limits import month_day
from accounts.permissions import Permission, has, organ_ids
from accounts.roles import REPORTING_KINDS
from reports.ecology.completeness import tally
from reports.ecology.limits import APPRAISAL_DUE
from reports.ecology.states import EcologyStep
from reports.models import EcologyReport

CLOSING = 11  # the month from which a year is being closed


def year_spoken_of(day: date) -> int | None:
    """The year that people are closing: this one from November on, the last one until the end of February."""
    if day.month >= CLOSING:
        return day.year
    return day.year - 1 if day.month <= 2 else None


def own(user: Any, day: date) -> dict[str, Any] | None:
    """The own organ's units that still lack an approved appraisal, from November to February."""
    year = year_spoken_of(day)
    if year is None or user.organ.kind not in REPORTING_KINDS or not has(user, Permission.DRAFT, user.organ_id):
        return None
    lines = tally([user.organ_id], year)
    left = lines[0]["due"] - lines[0]["approved"] if lines else 0
    if not left:
        return None
    entry = {
        "text": f"{year}年度政治表现综合评价：还有{left}个单位没有批准", "button": "去撰写",
        "note": f"应评价{lines[0]['due']}个，已批准{lines[0]['approved']}个，审批中{lines[0]['submitted']}个",
        "due_on": month_day(APPRAISAL_DUE.on(date(year, 1, 1)), year), "address": f"{reverse('reports:appraisals')}?year={year}",
    }  # fmt: skip
    return {"title": "年度政治表现综合评价", "entries": [entry], "more": reverse("reports:appraisals")}


def county(user: Any, day: date) -> dict[str, Any] | None:
    """For 党风政风监督室: in November and December how far the organs are, then the report to send and its receipts.

    One or the other, so that the desk asks once; what was not sent in time stands among the terms all the same.
    """
    if not user.organ.is_cso or not has(user, Permission.DRAFT, user.organ_id):
        return None
    entries = _counted(user, day) if day.month >= CLOSING else _waiting(user)
    return {"title": "年度政治生态分析", "entries": entries, "more": reverse("reports:ecology")} if entries else None


def _counted(user: Any, day: date) -> list[dict[str, Any]]:
    year = day.year
    lines = tally(organ_ids(user, Permission.COORDINATE), year)
    due, done = sum(row["due"] for row in lines), sum(row["approved"] for row in lines)
    if due == done:
        return []
    slow = sum(1 for row in lines if row["approved"] < row["due"])
    return [{"text": f"{year}年度政治表现综合评价：应评价{due}个，已批准{done}个", "note": f"{slow}个单位尚未完成", "button": "看各单位",
             "address": f"{reverse('reports:appraisals')}?year={year}"}]  # fmt: skip


def _waiting(user: Any) -> list[dict[str, Any]]:
    rows = EcologyReport.objects.filter(
        organ_id=user.organ_id, step__in=(EcologyStep.APPROVED, EcologyStep.DISPATCHED)
    ).annotate(sent=Count("dispatches"), back=Count("dispatches", filter=Q(dispatches__received_on__isnull=False)))
    return [
        {"text": f"{row}：{row.get_step_display()}", "note": f"已报送{row.sent}份，回执{row.back}份", "button": "去登记", "address": row.get_absolute_url()}
        for row in rows
    ]  # fmt: skip


panel(Panel("appraisals_own", "_panel.html", own, column="todo", order=32))
panel(Panel("ecology_county", "_panel.html", county, column="waiting", order=8))
