"""What is owed at the end of the year: each organ's appraisals, the county's report out of the house (A11, AMB-13)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from django.urls import reverse

from accounts.calendar import WorkCalendar, noon
from accounts.duties import SOFT, Circle, DutyKind, Grade, Owed, Proof, beyond_their_organ, declare
from accounts.duties.ladder import STAFF
from accounts.limits import month_day
from accounts.models import Duty, Organ
from accounts.periods import Period
from accounts.roles import REPORTING_KINDS, OrganKind
from reports.ecology.completeness import units_due
from reports.ecology.limits import APPRAISAL_DUE, ECOLOGY_DUE
from reports.ecology.states import AppraisalStep, EcologyStep, Receiver
from reports.models import EcologyReport, PerformanceAppraisal

OPENS = 11  # 每年底: the duty stands on the desk from November on
REMIND = (30, 11)  # days before the term: 1 and 20 December where it is 31 December (annual_close)


def year_end_days(due_on: date, calendar: WorkCalendar) -> Iterator[tuple[date, Grade, tuple[Circle, ...]]]:
    """1 December, 20 December, the day itself; the working day after it, with 党风政风监督室."""
    for days, grade in zip(REMIND, (Grade.GREEN, Grade.YELLOW), strict=True):
        yield calendar.last_workday(due_on - timedelta(days)), grade, STAFF
    yield calendar.last_workday(due_on), Grade.RED, STAFF
    yield calendar.next_workday(due_on + timedelta(1)), Grade.RED, (*STAFF, Circle.CSO)


def _appraisals_owed(day: date) -> Iterator[Owed]:
    """One per stationed group and township that has units, from November on."""
    year = Period.of("year", day)
    if day.month < OPENS:
        return
    organs = Organ.objects.filter(kind__in=REPORTING_KINDS).active(on=day)
    with_units = set(units_due([row.pk for row in organs], year.at_year).values_list("organ_id", flat=True))
    for organ in organs:
        if organ.pk in with_units and year.owes(organ):
            yield Owed(
                organ=organ, title=f"完成全部被监督单位{year.label}度政治表现综合评价", opened_on=date(year.at_year, OPENS, 1),
                due_on=month_day(APPRAISAL_DUE.on(year.first), year.at_year), period=year.key,
                link=f"{reverse('reports:appraisals')}?year={year.key}",
            )  # fmt: skip


def _appraised(duty: Duty) -> Proof | None:
    """Every unit that stands at the end of the year has an approved appraisal; the first versions decide the day."""
    year = int(duty.period)
    units = set(units_due([duty.organ_id], year).values_list("pk", flat=True))
    rows = PerformanceAppraisal.objects.filter(
        unit_id__in=units, year=year, step__in=(AppraisalStep.APPROVED, AppraisalStep.SUPERSEDED)
    )
    first: dict[int, Any] = {}
    for unit, at in rows.order_by("version").values_list("unit_id", "approved_at"):
        first.setdefault(unit, at)
    if not units or units - first.keys():
        return None
    return Proof(max(first.values()), f"{len(units)}个单位综合评价全部批准", duty.link)


def _reports_owed(day: date) -> Iterator[Owed]:
    """党风政风监督室, for the year that ends, from December to the end of March."""
    if 3 < day.month < 12:
        return
    year = Period.year_of(day.year if day.month == 12 else day.year - 1)
    for office in Organ.objects.filter(kind=OrganKind.CONDUCT_SUPERVISION_OFFICE).active(on=day):
        if year.owes(office):
            yield Owed(
                organ=office, title=f"报送{year.label}度政治生态分析报告", opened_on=date(year.at_year, 12, 1), period=year.key,
                due_on=month_day(ECOLOGY_DUE.on(year.first), year.at_year + 1), link=reverse("reports:ecology"),
            )  # fmt: skip


def _sent(duty: Duty) -> Proof | None:
    """The day on which the last of the three receivers was sent to."""
    sent = EcologyStep.DISPATCHED, EcologyStep.FILED, EcologyStep.SUPERSEDED
    rows = EcologyReport.objects.filter(organ_id=duty.organ_id, year=int(duty.period), step__in=sent)
    for row in rows.order_by("version").prefetch_related("dispatches"):
        first: dict[str, date] = {}
        for copy in row.dispatches.all():
            first.setdefault(copy.receiver, copy.sent_on)
        if len(first) == len(Receiver):
            return Proof(noon(max(first.values())), "已送县委、县政府主要领导，已报县委组织部", row.get_absolute_url())
    return None


declare(
    DutyKind(
        "appraisals", "A11", "年度政治表现综合评价", _appraisals_owed, _appraised, ladder=year_end_days,
        lapsed=beyond_their_organ,
        summary="每年底对被监督单位领导班子及其成员特别是“一把手”作出综合评价",
    )
)  # fmt: skip
declare(
    DutyKind(
        "ecology_report", "A11", "年度政治生态分析报告报送", _reports_owed, _sent, ladder=SOFT, soft=True,
        summary="年度政治生态分析报告送县委、县政府主要领导，报县委组织部备案",
    )
)  # fmt: skip
