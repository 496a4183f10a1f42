"""What the year's mechanisms have for the desk: a leader's briefing, records to check, the office's yearly things."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.urls import reverse

from accounts.calendar import spoken
from accounts.desk import Panel, panel
from accounts.limits import month_day
from accounts.periods import Period
from accounts.permissions import Permission, organ_ids
from reports.hearings.duties import assigned_in
from reports.hearings.limits import ANNUAL_CLOSE
from reports.hearings.rules import BRIEFED
from reports.hearings.states import BriefingStep
from reports.hearings.yearly import years
from reports.models import Briefing


def to_hear(user: Any, day: date) -> dict[str, Any] | None:
    """In the last month of a quarter, a leader who has not been briefed; and what others wrote down for him."""
    if user.role not in BRIEFED:
        return None
    entries = [*_missing(user, day), *_to_check(user, day)]
    return (
        {"title": "听取汇报", "entries": entries, "count": len(entries), "more": reverse("reports:briefings")}
        if entries
        else None
    )


def _missing(user: Any, day: date) -> list[dict[str, Any]]:
    period = Period.of("quarter", day)
    if day.month % 3 or Briefing.objects.filter(leader=user, quarter=period.key).exists():
        return []
    if not assigned_in(period).filter(leader=user).exists():
        return []
    sheet = reverse("reports:briefing_sheet", args=[user.pk, period.key])
    return [{"text": f"{period.label}还没有听取汇报", "link": sheet, "note": f"{spoken(period.last)}前听取；点开看汇报参考", "due_on": period.last,
             "button": "登记", "address": f"{reverse('reports:briefing_new')}?quarter={period.key}"}]  # fmt: skip


def _to_check(user: Any, day: date) -> list[dict[str, Any]]:
    rows: Any = Briefing.objects.filter(leader=user, step=BriefingStep.ENTERED, open_until__gte=day).order_by(
        "open_until", "pk"
    )
    return [
        {"text": f"{row['created_by__full_name']}代您登记了{row['held_on']:%-m月%-d日}听取汇报", "note": "请核对，期限内可直接更正",
         "due_on": row["open_until"], "button": "核对", "address": reverse("reports:briefing", args=[row["pk"]])}
        for row in rows.values("pk", "held_on", "open_until", "created_by__full_name")[:8]
    ]  # fmt: skip


def year_end(user: Any, day: date) -> dict[str, Any] | None:
    """From 1 December, what the year still misses; in January and February, what last year was left without."""
    office = user.organ
    if not (office.is_cso and office.pk in organ_ids(user, Permission.DRAFT)):
        return None
    closing = day >= month_day(ANNUAL_CLOSE.on(day), day.year)
    if not closing and day.month > 2:
        return None
    wanted = day.year if closing else day.year - 1
    lines: list[Any] = next((row["lines"] for row in years(office, user, on=day) if row["year"] == wanted), [])
    entries = [
        {"text": f"{wanted}年{line['name']}", "note": line["said"] or "还没有办理", "due_on": line["due_on"], "button": "去办理",
         "address": f"{reverse('reports:hearings')}?year={wanted}"}
        for line in lines if not line["done_on"] and not line.get("excused")
    ]  # fmt: skip
    return {"title": "年度收尾", "entries": entries, "count": len(entries)} if entries else None


panel(Panel("to_hear", "_panel.html", to_hear, column="todo", order=30))
panel(Panel("year_end", "_panel.html", year_end, column="soon", order=20))
