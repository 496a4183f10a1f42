"""What the office owes once a year, side by side: deployment, report, hearing (A10.1a, A10.4b, A10.4d)."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.urls import reverse

from accounts.calendar import local_day
from accounts.limits import month_day
from accounts.models import Duty, Organ
from accounts.permissions import Permission, has
from accounts.templatetags.look import due_words
from checklists.models import AnnualDeployment
from reports.hearings.limits import ANNUAL_HEARING_DUE, ANNUAL_REPORT_DUE
from reports.hearings.states import HEARD, AnnualStep
from reports.models import AnnualHearing, AnnualReport

SHEET = {
    "year": "年度",
    "name": "事项",
    "basis": "依据",
    "due_on": "期限",
    "done_on": "完成日期",
    "words": "状态",
    "said": "说明",
}


def years(office: Organ, user: Any, *, on: date) -> list[dict[str, Any]]:
    """This year and every year that has anything on record, newest first; each with its three lines."""
    deployments = {row.year: row for row in AnnualDeployment.objects.filter(organ=office)}
    hearings = {row.year: row for row in AnnualHearing.objects.filter(organ=office).select_related("resolution")}
    reports: dict[int, AnnualReport] = {}
    heard_on: dict[int, date] = {}
    for row in AnnualReport.objects.filter(organ=office).select_related("resolution").order_by("version"):
        reports[row.year] = row
        if row.step in HEARD and row.resolution and row.year not in heard_on:
            heard_on[row.year] = row.resolution.meeting_on
    excused = set(
        Duty.objects.filter(
            organ=office, kind__in=("annual_report", "annual_hearing"), excused_at__isnull=False
        ).values_list("kind", "period")
    )
    found = []
    for year in sorted({on.year, *deployments, *hearings, *reports}, reverse=True):
        due = _due(year)
        lines = [
            _deployed(year, deployments.get(year)),
            _line(
                "annual_report",
                "年度综合情况报告",
                "A10.4b",
                due[0],
                heard_on.get(year),
                _report_words(reports.get(year)),
                on,
            )
            | {"excused": ("annual_report", str(year)) in excused, "link": _report_link(user, reports.get(year))},
            _line(
                "annual_hearing",
                "常委会听取综合汇报",
                "A10.4d",
                due[1],
                hearings[year].resolution.meeting_on if year in hearings else None,
                str(hearings[year].resolution) if year in hearings else "",
                on,
            )
            | {"excused": ("annual_hearing", str(year)) in excused},
        ]
        found.append({"year": year, "lines": lines, "report": reports.get(year)})
    return found


def _due(year: int) -> tuple[date, date]:
    first = date(year, 1, 1)
    return month_day(ANNUAL_REPORT_DUE.on(first), year), month_day(ANNUAL_HEARING_DUE.on(first), year)


def _line(key: str, name: str, article: str, due_on: date, done_on: date | None, said: str, on: date) -> dict[str, Any]:
    tone, drawing, words = due_words(due_on, on, done_on)
    return {"key": key, "name": name, "basis": article, "due_on": due_on, "done_on": done_on, "tone": tone, "icon": drawing, "words": words,
            "said": said, "link": ""}  # fmt: skip


def _deployed(year: int, row: AnnualDeployment | None) -> dict[str, Any]:
    """The plenum has no day of its own in the regulation; what counts is whether it is on record."""
    words = "已登记" if row else "未登记"
    return {"key": "deployment", "name": "县纪委全会安排部署", "basis": "A10.1a", "due_on": None, "done_on": row.plenum_on if row else None,
            "tone": "none", "icon": "done" if row else "calendar", "words": words, "said": row.text[:120] if row else "",
            "link": f"{reverse('checklists:home')}?year={year}" if row else ""}  # fmt: skip


def _report_words(row: AnnualReport | None) -> str:
    if row is None:
        return ""
    day = local_day(row.approved_at) if row.approved_at else None
    version = f"第{row.version}版" if row.version > 1 else ""
    return f"{version}{row.get_step_display()}{f'（{day:%Y-%m-%d}登记）' if day and row.step == AnnualStep.APPROVED else ''}"


def _report_link(user: Any, row: AnnualReport | None) -> str:
    return row.get_absolute_url() if row is not None and has(user, Permission.READ, row.organ_id) else ""
