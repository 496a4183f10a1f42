"""季度报告 as a duty: who owes one for a quarter, from when to when, and what proves it (A10.4a, AMB-1, AMB-7, AMB-18)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse

from accounts.calendar import WorkCalendar, spoken
from accounts.duties import Circle, DutyKind, Grade, Owed, Proof, declare, each_workday_after
from accounts.models import Duty, Organ
from accounts.periods import Period, owing
from reports.models import QuarterlyReport
from reports.quarterly.deadlines import due_day, quarter_of, recommended_day

KEY = "quarterly_report"


def reporters(period: Period, organs: QuerySet[Organ] | None = None) -> list[Organ]:
    """Organs that owe a report for the quarter: marked as reporting, there from its first day and beyond its last."""
    rows = Organ.objects.all() if organs is None else organs
    return owing(rows.filter(must_report=True), period)


def owed_for(organ: Organ, period: Period, due_on: date) -> Owed:
    """The duty of one organ for one quarter, due on that day."""
    return Owed(organ, title=f"{period.label}政治监督工作书面报告", due_on=due_on, opened_on=period.first,
                period=period.key, link=f"{reverse('reports:quarterly')}?period={period.key}")  # fmt: skip


def _owed(day: date) -> Iterable[Owed]:
    period = quarter_of(day)
    due_on = due_day(period)
    return [owed_for(organ, period, due_on) for organ in reporters(period)]


def proof_of(report: QuarterlyReport) -> Proof | None:
    """The first submission, whatever happened to the report later (AMB-7)."""
    if report.first_submitted_at is None or report.submitted_by_id is None:
        return None
    text = f"负责人签字报送，应于{spoken(report.due_on)}前报送"
    return Proof(report.first_submitted_at, text, report.get_absolute_url())


def _lapsed(duties: Sequence[Duty]) -> Iterable[int]:
    """Duties of organs that were abolished in the quarter, or are not to report any longer (AMB-18)."""
    return [duty.pk for duty in duties if not (duty.organ.must_report and Period.read(duty.period).owes(duty.organ))]


def reminder_days(due: date, calendar: WorkCalendar) -> list[tuple[date, Grade, Any]]:
    """15th, 20th, the day advised, the 25th; then every working day until it is there, 党风政风监督室 with the first."""
    staff = (Circle.CLERK, Circle.HEAD)
    early, later = due.replace(day=15), due.replace(day=20)
    days = [
        (early, Grade.GREEN),
        (later, Grade.YELLOW),
        (recommended_day(due, calendar), Grade.YELLOW),
        (due, Grade.RED),
    ]
    told: list[tuple[date, Grade, Any]] = [(day, grade, staff) for day, grade in sorted(days)]
    first, *others = each_workday_after(due, calendar)
    return [*told, (first, Grade.RED, (*staff, Circle.CSO)), *((day, Grade.RED, staff) for day in others)]


def _proofs(duties: Sequence[Duty]) -> Mapping[int, Proof]:
    rows: Any = QuarterlyReport.objects.filter(
        organ_id__in={duty.organ_id for duty in duties}, first_submitted_at__isnull=False
    )
    proved = {
        (row.organ_id, Period.quarter(row.year, row.quarter).key): proof_of(row)
        for row in rows.only("organ_id", "year", "quarter", "due_on", "first_submitted_at", "submitted_by_id")
    }
    found = {duty.pk: proved.get((duty.organ_id, duty.period)) for duty in duties}
    return {pk: proof for pk, proof in found.items() if proof is not None}


declare(
    DutyKind(
        KEY, "A10.4a", "季度报告", _owed, proofs=_proofs, ladder=reminder_days, lapsed=_lapsed,
        summary="派驻纪检监察组和乡（镇、办）纪（工）委每季度第三个月25日前书面报告",
    )
)  # fmt: skip
