"""Article 10(4), last sentence: the standing committee hears the county's work once a year."""

from datetime import date

import pytest

from accounts.duties import open_duties, settle_duties
from accounts.models import Duty, DutyState, ScResolution
from accounts.workflow import Refused
from reports.actions.annual import record_hearing
from reports.models import AnnualHearing
from tests.factories import County, county, moment
from tests.reports.hearing_cases import DEC, passed, written

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> County:
    return county()


def test_a10_4d_the_hearing_is_owed_every_year(cast: County) -> None:
    open_duties(date(2026, 1, 2))

    duty = Duty.objects.get(kind="annual_hearing")

    assert (duty.organ, duty.due_on, duty.article) == (cast.cso, date(2026, 12, 31), "A10.4d")


def test_a10_4d_the_meeting_of_the_report_is_the_hearing(cast: County) -> None:
    open_duties(date(2026, 1, 2))
    report = passed(cast, written(cast))

    settle_duties()

    hearing = AnnualHearing.objects.get()
    assert (hearing.year, hearing.report, hearing.resolution.kind) == (2026, report, "annual_hearing")
    assert Duty.objects.get(kind="annual_hearing").state(on=date(2027, 1, 1)) == DutyState.DONE


def test_a10_4d_a_hearing_without_the_written_report_leaves_the_report_owed(cast: County) -> None:
    open_duties(date(2026, 1, 2))

    made = record_hearing(
        cast.cso, 2026, meeting_on=date(2026, 12, 4), opinion="同意汇报。", by=cast.changweihui, at=DEC
    )
    settle_duties()

    assert made.report is None
    assert Duty.objects.get(kind="annual_hearing").fulfilled_at is not None
    assert Duty.objects.get(kind="annual_report").fulfilled_at is None


def test_a10_4d_once_a_year_by_the_committees_secretary(cast: County) -> None:
    with pytest.raises(Refused, match="由常委会秘书登记"):
        record_hearing(cast.cso, 2026, meeting_on=date(2026, 12, 4), opinion="同意", by=cast.dangfeng_head, at=DEC)
    with pytest.raises(Refused, match="会议日期不能晚于今天"):
        record_hearing(cast.cso, 2026, meeting_on=date(2026, 12, 11), opinion="同意", by=cast.changweihui, at=DEC)
    with pytest.raises(Refused, match="会议日期早于2026年"):
        record_hearing(cast.cso, 2026, meeting_on=date(2025, 12, 31), opinion="同意", by=cast.changweihui, at=DEC)
    with pytest.raises(Refused, match="请写明会议意见"):
        record_hearing(cast.cso, 2026, meeting_on=date(2026, 12, 4), opinion=" ", by=cast.changweihui, at=DEC)
    assert ScResolution.objects.count() == 0

    record_hearing(cast.cso, 2026, meeting_on=date(2026, 12, 4), opinion="同意", by=cast.changweihui, at=DEC)

    with pytest.raises(Refused, match="2026年已登记") as caught:
        record_hearing(cast.cso, 2026, meeting_on=date(2026, 12, 5), opinion="同意", by=cast.changweihui, at=DEC)
    assert caught.value.article == "A10.4d"


def test_a10_4d_a_year_heard_in_the_next_is_late_and_leaves_the_next_open(cast: County) -> None:
    open_duties(date(2026, 1, 2))
    open_duties(date(2027, 1, 4))
    record_hearing(
        cast.cso, 2026, meeting_on=date(2027, 1, 6), opinion="同意", by=cast.changweihui, at=moment(2027, 1, 7)
    )

    settle_duties()

    states = {duty.period: duty.state(on=date(2027, 1, 8)) for duty in Duty.objects.filter(kind="annual_hearing")}
    assert states == {"2026": DutyState.LATE, "2027": DutyState.OPEN}
