"""季度报告 as a duty: who owes one for a quarter, from when to when, and what proves it (A10.4a, AMB-1, AMB-7, AMB-18)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse

from accounts.calendar import spoken
from accounts.duties import DutyKind, Owed, Proof, declare
from accounts.models import Duty, Organ
from accounts.periods import Period, owing
from reports.models import QuarterlyReport
from reports.quarterly.deadlines import due_day, quarter_of

KEY = "quarterly_report"


def reporters(period: Period, organs: QuerySet[Organ] | None = None) -> list[Organ]:
    """Organs that owe a report for the quarter: marked as reporting, there from its first day and beyond its last."""
    rows = Organ.objects.all() if organs is None else organs
    return owing(rows.filter(must_report=True), period)


def owed_for(organ: Organ, period: Period) -> Owed:
    """The duty of one organ for one quarter."""
    return Owed(organ, title=f"{period.label}政治监督工作书面报告", due_on=due_day(period), opened_on=period.first,
                period=period.key, link=f"{reverse('reports:quarterly')}?period={period.key}")  # fmt: skip


def _owed(day: date) -> Iterable[Owed]:
    period = quarter_of(day)
    return [owed_for(organ, period) for organ in reporters(period)]


def proof_of(report: QuarterlyReport) -> Proof | None:
    """The first submission, whatever happened to the report later (AMB-7)."""
    if report.first_submitted_at is None or report.submitted_by is None:
        return None
    text = f"负责人签字报送，应于{spoken(report.due_on)}前报送"
    return Proof(report.first_submitted_at, text, report.get_absolute_url())


def _proof(duty: Duty) -> Proof | None:
    period = Period.read(duty.period)
    rows: Any = QuarterlyReport.objects.in_quarter(period).filter(organ_id=duty.organ_id)
    report = rows.select_related("submitted_by").first()
    return proof_of(report) if report is not None else None


declare(DutyKind(KEY, "A10.4a", "季度报告", _owed, _proof))
