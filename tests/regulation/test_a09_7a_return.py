"""第九条第（七）项: the committee sends a report back for more; its first submission and its ten days stay (A9.7a)."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from accounts import duties
from accounts.models import Duty, Notice, ScResolution
from accounts.workflow import Refused
from supervision.actions.reporting import reports
from supervision.actions.reporting.supplements import send_back_report
from supervision.models import CommitteeReturn, InspectionReport
from supervision.reporting.duties import remind_ten_days
from tests.factories import County, county, enter, moment
from tests.reports.committee_cases import tabled_report
from tests.supervision.report_cases import SIGNED, signed, studied

pytestmark = pytest.mark.django_db
BACK, AGAIN, LATER = moment(2026, 3, 12), moment(2026, 3, 18), moment(2026, 3, 20)


@pytest.fixture
def cast() -> County:
    return county()


def fresh(report: InspectionReport) -> InspectionReport:
    return InspectionReport.objects.get(pk=report.pk)


def returned(cast: County) -> InspectionReport:
    report = tabled_report(cast)
    send_back_report(report, by=cast.changweihui, at=BACK, meeting_on=BACK.date(), opinion="补充近三年数据。")
    return fresh(report)


def supplemented(cast: County) -> InspectionReport:
    report = returned(cast)
    reports.edit_report(report, {"inspection_text": "补充：近三年共检查12次。"}, by=cast.nongye, at=AGAIN)
    return signed(cast, fresh(report), at=AGAIN)


def test_a09_7a_a_report_goes_back_with_the_opinion_and_may_be_rewritten(cast: County) -> None:
    report = returned(cast)

    assert (report.step, report.submitted_on, report.due_on, report.studied_on) == (
        "returned",
        date(2026, 3, 10),
        date(2026, 3, 14),
        None,
    )
    made = ScResolution.objects.get()
    assert (made.kind, made.approved, made.opinion) == ("report_study", False, "补充近三年数据。")
    for name in ("nongye", "nongye_head", "dangfeng"):
        assert Notice.objects.filter(recipient=cast.people[name], sentence__contains="退回补充").count() == 1
    edited = reports.edit_report(report, {"findings_text": "补充后的问题。"}, by=cast.nongye, at=AGAIN)
    assert edited.findings_text == "补充后的问题。"


def test_a09_7a_only_the_secretary_sends_back_and_only_with_words(cast: County) -> None:
    report = tabled_report(cast)
    frame: dict[str, Any] = {"at": BACK, "meeting_on": BACK.date(), "opinion": "补充。"}

    for name in ("dangfeng_head", "nongye_head", "shuji", "fenguan"):
        with pytest.raises(Refused, match="没有“退回补充”的权限"):
            send_back_report(report, by=cast.people[name], **frame)
    with pytest.raises(Refused, match="须写明会议意见"):
        send_back_report(report, by=cast.changweihui, **{**frame, "opinion": " "})
    with pytest.raises(Refused, match="早于提交日期2026-03-10"):
        send_back_report(report, by=cast.changweihui, **{**frame, "meeting_on": date(2026, 3, 9)})
    assert (fresh(report).step, CommitteeReturn.objects.count(), ScResolution.objects.count()) == ("sc_submitted", 0, 0)


def test_a09_7a_the_further_submission_stands_beside_the_first(cast: County) -> None:
    report = supplemented(cast)
    assert (report.step, report.approved_at, report.due_on) == ("approved", SIGNED, date(2026, 3, 14))
    assert Notice.objects.filter(recipient=cast.dangfeng, sentence__contains="请再次提交县纪委常委会").count() == 1

    reports.table_report(
        report, by=cast.dangfeng, at=LATER, submitted_on=LATER.date()
    )  # no reason asked: it was in time

    kept, back = fresh(report), CommitteeReturn.objects.get()
    assert (kept.step, kept.submitted_on, kept.late_reason) == ("sc_submitted", date(2026, 3, 10), "")
    assert (back.returned_on, back.resubmitted_on, back.resubmitted_by) == (
        date(2026, 3, 12),
        date(2026, 3, 20),
        cast.dangfeng,
    )
    done = studied(cast, kept, at=moment(2026, 3, 26))
    assert (done.step, done.studied_on) == ("studied", date(2026, 3, 26))


def test_a09_7a_days_out_of_order_are_refused_after_a_return(cast: County) -> None:
    report = supplemented(cast)

    with pytest.raises(Refused, match="早于常委会退回日期2026-03-12"):
        reports.table_report(report, by=cast.dangfeng, at=LATER, submitted_on=date(2026, 3, 11))
    reports.table_report(report, by=cast.dangfeng, at=LATER, submitted_on=date(2026, 3, 20))
    with pytest.raises(Refused, match="早于提交日期2026-03-20"):
        studied(cast, fresh(report), at=moment(2026, 3, 19))


def test_a09_7a_a_report_may_come_back_twice_but_waits_for_one_return(cast: County) -> None:
    report = supplemented(cast)
    reports.table_report(report, by=cast.dangfeng, at=LATER, submitted_on=LATER.date())
    send_back_report(fresh(report), by=cast.changweihui, at=LATER, meeting_on=LATER.date(), opinion="再补充。")

    rows = CommitteeReturn.objects.of_report(report)
    assert [row.resubmitted_on for row in rows] == [date(2026, 3, 20), None]
    with pytest.raises(IntegrityError), transaction.atomic():
        CommitteeReturn.objects.create(report=report, resolution=rows[0].resolution, returned_on=LATER.date(), opinion="又",
                                       returned_by=cast.changweihui, returned_at=LATER)  # fmt: skip


def test_a09_7a_neither_duty_nor_ladder_calls_a_supplement_late(cast: County) -> None:
    duties.open_duties(date(2026, 3, 9))
    report = supplemented(cast)
    duties.settle_duties()

    duties.open_duties(date(2026, 4, 20))

    remind_ten_days(date(2026, 4, 20), at=moment(2026, 4, 20))
    assert not Notice.objects.filter(key__startswith=f"sc:{report.pk}:late").exists()
    assert not Duty.objects.open().filter(kind="sc_submission").exists()


def test_a09_7a_the_secretary_sends_back_from_the_page_and_both_sides_see_it(cast: County) -> None:
    report = tabled_report(cast)
    client, address = enter(cast.changweihui), reverse("supervision:report_send_back", args=[report.pk])

    assert client.post(address, {"back-meeting_on": "2026-03-12"}).status_code == 409
    answer = client.post(address, {"back-meeting_on": "2026-03-12", "back-opinion": "补充近三年数据。"})

    assert answer.status_code == 302 and fresh(report).step == "returned"
    shown = enter(cast.nongye).get(report.get_absolute_url()).content.decode()
    assert "常委会退回补充" in shown and "补充近三年数据。" in shown
