"""The quarterly report on the desk: for an organ its own state, for 党风政风监督室 the row of in, late, missing (A10.4a)."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.urls import reverse

from accounts.calendar import spoken
from accounts.desk import Panel, panel
from accounts.models import work_calendar
from accounts.periods import Period
from accounts.permissions import Permission, has, organ_ids
from reports.models import CountyQuarter, QuarterlyReport
from reports.quarterly.deadlines import due_day, quarter_of, recommended_day
from reports.quarterly.final import authors
from reports.quarterly.selectors import standings, tally
from reports.quarterly.states import CountyStep, QuarterlyStep

SHOWN = 4  # drafts on the desk


def speaking_of(day: date) -> Period:
    """The quarter that people speak of: in its third month the running one, before that the last one's stragglers."""
    period = quarter_of(day)
    return period if day.month == period.last.month else period.before()


def own(user: Any, day: date) -> Any:
    """The own organ's report: from the third month on until it is sent, and whenever it came back."""
    if not user.organ.must_report or not has(user, Permission.DRAFT, user.organ_id):
        return None
    rows: Any = QuarterlyReport.objects.filter(organ_id=user.organ_id)
    back = rows.filter(step=QuarterlyStep.RETURNED).order_by("due_on").first()
    period = quarter_of(day)
    report = back or rows.in_quarter(period).first()
    if back is None and (day.month != period.last.month or not period.owes(user.organ)):
        return None
    if report is not None and report.step in {QuarterlyStep.SUBMITTED, QuarterlyStep.ACCEPTED}:
        return None
    return {"title": "季度报告", "more": reverse("reports:quarterly"), "entries": [_entry(report, period)]}


def _entry(report: QuarterlyReport | None, period: Period) -> dict[str, Any]:
    due_on = report.due_on if report else due_day(period)
    advised = recommended_day(due_on, work_calendar())
    if report is not None and report.step == QuarterlyStep.RETURNED:
        return {"text": f"{report.period.label}报告：被退回，待修改", "note": "修改后由负责人签字重新报送，首次报送时间不变",
                "button": "修改报告", "address": report.get_absolute_url()}  # fmt: skip
    note = f"{spoken(due_on)}前报送" + (f"，当日休息，建议{spoken(advised)}前" if advised != due_on else "")
    address = report.get_absolute_url() if report else f"{reverse('reports:quarterly')}?period={period.key}"
    return {
        "text": f"{(report.period if report else period).label}报告：{'初稿待核对、签字' if report else '还没有起草'}", "note": note,
        "due_on": due_on,
        "button": "核对报送" if report else "现在起草", "address": address,
    }  # fmt: skip


def county(user: Any, day: date) -> Any:
    """How many are in, late and missing; what waits to be taken in. One query: the desk has many panels."""
    ids = organ_ids(user, Permission.COORDINATE)
    period = speaking_of(day)
    rows = list(standings(ids, period)) if ids else []
    found = tally(rows, on=day)
    if not rows or (period != quarter_of(day) and not (found["open"] or found["missing"] or found["waiting"])):
        return None
    page = f"{reverse('reports:quarterly')}?period={period.key}"
    silent = f"逾期未报{found['missing']}个" if found["missing"] else f"未报{found['open']}个"
    text = f"{period.label}报告：应报{len(rows)}个，已报{found['in']}个（逾期{found['late']}个），{silent}"
    note = f"待接收{found['waiting']}个，退回修改{found['returned']}个，已接收{found['accepted']}个"
    due_on = rows[0]["due_on"] if found["open"] or found["missing"] else None
    entry = {"text": text, "note": note, "due_on": due_on, "button": "看各单位", "address": page}
    return {"title": "各单位季度报告", "more": page, "entries": [entry]}


def to_settle(user: Any, day: date) -> Any:
    """County drafts that wait for the head of 党风政风监督室, without those the reader merged or wrote (A10.1b)."""
    ids = organ_ids(user, Permission.DIRECT)
    drafts = CountyQuarter.objects.filter(organ_id__in=ids, step=CountyStep.DRAFT).order_by("year", "quarter")
    entries = [_settling(row) for row in drafts[:SHOWN] if user.pk not in authors(row)] if ids else []
    more = reverse("reports:quarterly")
    return {"title": "季度情况待定稿", "count": len(entries), "more": more, "entries": entries} if entries else None


def _settling(row: CountyQuarter) -> dict[str, Any]:
    note = f"已汇总{len(row.merged)}个单位" + (f"，未纳入{len(row.missing)}个" if row.missing else "")
    return {
        "text": f"全县{row.period.label}政治监督工作情况草稿",
        "note": note,
        "button": "核对定稿",
        "address": row.get_absolute_url(),
    }


panel(Panel("quarterly_own", "_panel.html", own, column="todo", order=30))
panel(Panel("quarterly_settle", "_panel.html", to_settle, column="todo", order=32))
panel(Panel("quarterly_county", "_panel.html", county, column="waiting", order=5))
