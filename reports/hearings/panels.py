"""What the year's mechanisms have for the desk: a leader's briefing, records to check, the office's yearly things."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef
from django.urls import reverse

from accounts.calendar import spoken
from accounts.citations import cite
from accounts.desk import Panel, panel
from accounts.models import Duty, Organ
from accounts.periods import Period
from accounts.permissions import Permission, organ_ids
from checklists.models import AnnualDeployment
from reports.hearings.duties import assigned_in
from reports.hearings.rules import BRIEFED
from reports.hearings.states import HEARD, BriefingStep
from reports.models import AnnualHearing, AnnualReport, Briefing


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
    """From 1 December, what the year still misses; in January and February, what last year was left without.

    The days stand with the other terms of the office; here is what is not there yet, in one query.
    """
    office = user.organ
    if day.month not in (12, 1, 2) or not office.is_cso or office.pk not in organ_ids(user, Permission.DRAFT):
        return None
    year = Period.year_of(day.year if day.month == 12 else day.year - 1)
    if not year.owes(office):
        return None
    there: Any = on_record(office.pk, year.at_year)
    entries = [
        {"text": f"{year.label}{name}", "note": f"{cite(article)}，还没有办理" if key != "report" else f"{cite(article)}，常委会还没有听取",
         "button": "去办理", "address": f"{reverse('reports:hearings')}?year={year.key}"}
        for key, (name, article) in YEARLY.items() if not there[key]
    ]  # fmt: skip
    return {"title": "年度收尾", "entries": entries, "count": len(entries)} if entries else None


YEARLY = {
    "deployment": ("县纪委全会安排部署", "A10.1a"),
    "report": ("全县政治监督综合情况报告", "A10.4b"),
    "hearing": ("常委会听取综合汇报", "A10.4d"),
}


def on_record(office_id: int, year: int) -> Any:
    """Which of the three things of a year are on record or were excused; one query."""
    here: dict[str, Any] = {"organ_id": OuterRef("pk"), "year": year}
    freed = Duty.objects.filter(organ_id=OuterRef("pk"), period=str(year), excused_at__isnull=False)
    rows: Any = Organ.objects.filter(pk=office_id).annotate(
        deployment=Exists(AnnualDeployment.objects.filter(**here)) | Exists(freed.filter(kind="annual_deployment")),
        report=Exists(AnnualReport.objects.filter(**here, step__in=HEARD)) | Exists(freed.filter(kind="annual_report")),
        hearing=Exists(AnnualHearing.objects.filter(**here)) | Exists(freed.filter(kind="annual_hearing")),
    )
    return rows.values("deployment", "report", "hearing").get()


panel(Panel("to_hear", "_panel.html", to_hear, column="todo", order=30))
panel(Panel("year_end", "_panel.html", year_end, column="soon", order=20))
