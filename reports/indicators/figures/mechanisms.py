"""How the mechanisms of the regulation run: ten days, consultations, quarterly reports, the yearly report (I4-2..7, R-13)."""

from __future__ import annotations

from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from django.db.models import Exists, F, OuterRef, Q

from accounts.calendar import local_day
from accounts.models import SupervisedUnit
from accounts.periods import Period, PeriodKind
from accounts.roles import REPORTING_KINDS
from ledgers.consulting.rules import owing
from ledgers.models import Consultation
from reports.counting.disposal import OF_DOCUMENT, documents
from reports.counting.figure import Figure, Rows, Scope, declare
from reports.counting.punctuality import IN_TIME, OF_DUTY, duties
from reports.hearings.states import AnnualStep
from reports.models import AnnualHearing, AnnualReport, QuarterlyReport
from supervision.documents.kinds import DocumentKind
from supervision.models import DocumentReply, InspectionReport

REPORT = {
    "approved_at": "批准时间",
    "title": "标题",
    "organ__name": "牵头单位",
    "due_on": "提交期限",
    "submitted_on": "提交日期",
}
QUARTERLY = {"due_on": "报送期限", "organ__name": "事项", "first_submitted_at": "首次报送时间"}
UNIT = {"name": "事项", "organ__name": "监督单位"}


def _approved(condition: Any = None) -> Rows:
    """Inspection reports by the local day of the last signature."""

    def rows(scope: Scope) -> Any:
        found = InspectionReport.objects.filter(organ_id__in=scope.organs, approved_at__date__range=scope.days)
        return found.filter(condition(scope)) if condition else found

    return rows


def _submitted(scope: Scope) -> Q:
    return Q(submitted_on__lte=scope.on)


def _in_time(scope: Scope) -> Q:
    """Before the committee by the day that the submission was judged by, which a holiday may have moved."""
    return _submitted(scope) & Q(submitted_on__lte=F("last_on"))


def _judged(scope: Scope) -> Q:
    """Submitted, or past the day it is judged by, which a holiday may have moved, without submission (AMB-6)."""
    return _submitted(scope) | Q(last_on__lt=scope.on)


def average_days(rows: Any, scope: Scope) -> Decimal | None:
    """Calendar days from signature to submission, on average, to one decimal; the day of signature is day 0."""
    days = [(to - local_day(since)).days for since, to in rows]
    return (Decimal(sum(days)) / len(days)).quantize(Decimal("0.1"), ROUND_HALF_UP) if days else None


def halves(scope: Scope) -> list[Period]:
    """The half-years that the scope touches and that have begun by the day of judging (AMB-9)."""
    half, found = Period.of(PeriodKind.HALF, scope.first), []
    while half.first <= min(scope.last, scope.on):
        found.append(half)
        half = half.next()
    return found


def _units(scope: Scope) -> Any:
    return SupervisedUnit.objects.filter(organ_id__in=scope.organs, organ__kind__in=REPORTING_KINDS)


def _owed_units(rows: Any, scope: Scope) -> int:
    """Units with whom a consultation is owed, once for each half."""
    return sum(len(each) for each in _owing(rows, scope).values())


def _covered_units(rows: Any, scope: Scope) -> int:
    """Those of them with whom one was held in the half, by the day of judging."""
    return sum(len(each & _met(half, scope.on)) for half, each in _owing(rows, scope).items())


def _owing(rows: Any, scope: Scope) -> dict[Period, set[int]]:
    units = list(rows.select_related("organ"))
    return {half: {unit.pk for unit in owing(units, half)} for half in halves(scope)}


def _met(half: Period, on: date) -> set[int]:
    held = Consultation.objects.recorded().filter(held_on__range=(half.first, min(half.last, on)))
    return set(held.values_list("units", flat=True))


def _quarterly(scope: Scope) -> Any:
    """Reports first sent by their day; the day is that on which they were due (AMB-7)."""
    sent = QuarterlyReport.objects.filter(organ_id__in=scope.organs, due_on__range=scope.days)
    return sent.filter(first_submitted_at__date__lte=F("due_on"))


def _of_years(rows: Any, scope: Scope) -> Any:
    return rows.filter(organ_id__in=scope.organs, year__range=(scope.first.year, scope.last.year))


def _annual(scope: Scope) -> Any:
    """Versions in force that the committee has heard, by the year they tell of."""
    return _of_years(AnnualReport.objects.filter(step=AnnualStep.APPROVED, resolution__approved=True), scope)


def _hearings(scope: Scope) -> Any:
    return _of_years(AnnualHearing.objects.all(), scope)


def _recommendations(condition: Any = None) -> Rows:
    """Recommendations issued in the period."""

    def rows(scope: Scope) -> Any:
        found = documents(DocumentKind.RECOMMENDATION)(scope)
        return found.filter(condition(scope)) if condition else found

    return rows


def _replied(scope: Scope) -> Exists:
    return Exists(DocumentReply.objects.filter(document=OuterRef("pk"), received_on__lte=scope.on))


def _replied_in_time(scope: Scope) -> Exists:
    by_the_day = DocumentReply.objects.filter(document=OuterRef("pk"), received_on__lte=scope.on)
    return Exists(by_the_day.filter(received_on__lte=OuterRef("reply_due_on")))


def _reply_judged(scope: Scope) -> Q:
    """With a day for the reply, and answered or past that day."""
    return Q(reply_due_on__isnull=False) & (Q(_replied(scope)) | Q(reply_due_on__lt=scope.on))


_OF_REPORT: dict[str, Any] = {"columns": REPORT, "page": "supervision:report", "topic": "round__item__topics",
                              "joint": "round__participants"}  # fmt: skip
_OF_UNIT: dict[str, Any] = {"columns": UNIT}
_OF_YEAR: dict[str, Any] = {"columns": {"year": "年度", "organ__name": "事项", "resolution__meeting_on": "会议日期"}}

declare(
    Figure("days_approval_to_submission", "报告审批至提交天数", "天", "A9.7a", _approved(_submitted), reckon=average_days,
           reads=("approved_at", "submitted_on"), average=True, **_OF_REPORT),
    Figure("reports_submitted_in_time", "十日内提交报告数", "份", "A9.7a", _approved(_in_time), **_OF_REPORT),
    Figure("reports_to_submit", "应提交报告数", "份", "A9.7a", _approved(_judged), **_OF_REPORT),
    Figure("consultation_units_owed", "应开展专题会商单位数", "家次", "A10.3a", _units, reckon=_owed_units, **_OF_UNIT),
    Figure("consultation_units_covered", "已开展专题会商单位数", "家次", "A10.3a", _units, reckon=_covered_units, **_OF_UNIT),
    Figure("quarterly_report_on_time", "按时报送季度报告数", "份", "A10.4a", _quarterly, columns=QUARTERLY,
           page="reports:quarterly_report"),
    Figure("quarterly_duties_due", "应报送季度报告数", "份", "A10.4a", duties(Q(), "quarterly_report"), **OF_DUTY),
    Figure("quarterly_duties_in_time", "季度报告职责按时完成数", "份", "A10.4a", duties(IN_TIME, "quarterly_report"), **OF_DUTY),
    Figure("annual_report_count", "年度综合报告次数", "次", "A10.4b", _annual, page="reports:annual", **_OF_YEAR),
    Figure("sc_hearing_count", "常委会听取次数", "次", "A10.4d", _hearings, **_OF_YEAR),
    Figure("recommendations_issued", "制发纪检监察建议", "份", "A9.7e", _recommendations(), **OF_DOCUMENT),
    Figure("recommendations_replied", "已回复纪检监察建议", "份", "A9.7e", _recommendations(_replied), **OF_DOCUMENT),
    Figure("recommendations_judged", "到期或已回复纪检监察建议", "份", "A9.7e", _recommendations(_reply_judged), **OF_DOCUMENT),
    Figure("recommendations_replied_in_time", "按期回复纪检监察建议", "份", "A9.7e", _recommendations(_replied_in_time), **OF_DOCUMENT),
)  # fmt: skip
