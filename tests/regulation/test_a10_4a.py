"""第十条第（四）项: the quarterly report of groups and townships, by the 25th of the third month (A10.4a, AMB-1, AMB-7, AMB-18)."""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import UTC, date, datetime

import pytest

from accounts.calendar import WorkCalendar
from accounts.duties import open_duties, remind_duties, settle_duties
from accounts.models import Duty, DutyState, Event, Notice, Organ, RuleSetting, WorkCalendarDay, work_calendar
from accounts.periods import Period
from accounts.roles import OrganKind
from accounts.workflow import Refused
from reports.actions import quarterly as acts
from reports.models import QuarterlyReport
from reports.quarterly.deadlines import draft_day, due_day, is_late, recommended_day
from reports.quarterly.duties import KEY, reminder_days, reporters
from reports.tasks import draft_quarterly
from tests.factories import County, county, make_organ, moment
from tests.reports.quarterly_cases import FIRST, clerk_of, head_of, sent, written
from tests.samples import make_problem

pytestmark = pytest.mark.django_db

# Written by hand from the wall calendar and the State Council's notice for 2026: due day, its weekday, the working day
# advised, and the fifth working day before. 25 Sep 2026 is Mid-Autumn day, 20 Sep a Sunday worked for National Day,
# 19 Jun Dragon Boat; 25 Sep and 25 Dec 2027 are Saturdays. 2027 counts Mondays to Fridays.
TABLE = [
    ("2026Q1", date(2026, 3, 25), "三", date(2026, 3, 25), date(2026, 3, 18)),
    ("2026Q2", date(2026, 6, 25), "四", date(2026, 6, 25), date(2026, 6, 17)),
    ("2026Q3", date(2026, 9, 25), "五", date(2026, 9, 24), date(2026, 9, 20)),
    ("2026Q4", date(2026, 12, 25), "五", date(2026, 12, 25), date(2026, 12, 18)),
    ("2027Q1", date(2027, 3, 25), "四", date(2027, 3, 25), date(2027, 3, 18)),
    ("2027Q2", date(2027, 6, 25), "五", date(2027, 6, 25), date(2027, 6, 18)),
    ("2027Q3", date(2027, 9, 25), "六", date(2027, 9, 24), date(2027, 9, 20)),
    ("2027Q4", date(2027, 12, 25), "六", date(2027, 12, 24), date(2027, 12, 20)),
]
# The last second in time and the first one late, as a host on UTC keeps them: Shanghai is eight hours ahead.
SECONDS = [
    ("2026Q1", "2026-03-25T15:59:59", "2026-03-25T16:00:01"),
    ("2026Q2", "2026-06-25T15:59:59", "2026-06-25T16:00:01"),
    ("2026Q3", "2026-09-25T15:59:59", "2026-09-25T16:00:01"),
    ("2026Q4", "2026-12-25T15:59:59", "2026-12-25T16:00:01"),
    ("2027Q1", "2027-03-25T15:59:59", "2027-03-25T16:00:01"),
    ("2027Q2", "2027-06-25T15:59:59", "2027-06-25T16:00:01"),
    ("2027Q3", "2027-09-25T15:59:59", "2027-09-25T16:00:01"),
    ("2027Q4", "2027-12-25T15:59:59", "2027-12-25T16:00:01"),
]


@pytest.fixture
def cast() -> County:
    return county()


@pytest.fixture(params=["UTC", "Asia/Shanghai"])
def host(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """A machine whose own clock keeps this zone."""
    monkeypatch.setenv("TZ", request.param)
    time.tzset()
    yield request.param
    monkeypatch.undo()
    time.tzset()


# --- days ---


@pytest.mark.parametrize(("key", "due_on", "weekday", "advised", "drafted"), TABLE)
def test_a10_4a_days_of_eight_quarters(key: str, due_on: date, weekday: str, advised: date, drafted: date) -> None:
    period, calendar = Period.read(key), work_calendar()

    assert due_day(period) == due_on
    assert "一二三四五六日"[due_on.weekday()] == weekday
    assert recommended_day(due_on, calendar) == advised
    assert draft_day(period, calendar) == drafted


@pytest.mark.parametrize(("key", "last", "first_late"), SECONDS)
def test_a10_4a_the_25th_counts_until_its_last_second_on_any_host(
    key: str, last: str, first_late: str, host: str
) -> None:
    due_on = due_day(Period.read(key))

    assert not is_late(datetime.fromisoformat(last).replace(tzinfo=UTC), due_on)
    assert is_late(datetime.fromisoformat(first_late).replace(tzinfo=UTC), due_on)


@pytest.mark.parametrize(
    ("at", "late"),
    [
        ((2026, 9, 24, 9, 0, 0), False),  # the day before the holiday
        ((2026, 9, 25, 10, 0, 0), False),  # Mid-Autumn day itself
        ((2026, 9, 25, 23, 59, 59), False),
        ((2026, 9, 26, 0, 0, 0), True),  # no roll-over over the holiday
        ((2026, 9, 26, 0, 0, 1), True),
        ((2026, 9, 28, 9, 0, 0), True),
    ],
)
def test_a10_4a_a_holiday_on_the_25th_moves_nothing(cast: County, at: tuple[int, ...], late: bool) -> None:
    third = Period.quarter(2026, 3)
    report = sent(cast.agri, at=moment(*at), period=third, late_reason="节日期间无人签字")

    assert report.is_late is late
    assert report.late_reason == ("节日期间无人签字" if late else "")
    assert Duty.objects.get(kind=KEY).state(on=date(2026, 10, 1)) == (DutyState.LATE if late else DutyState.DONE)


def test_a10_4a_the_office_may_read_the_day_as_not_included(cast: County) -> None:
    RuleSetting.objects.create(key="cutoff_inclusive", value="0", valid_from=date(2026, 4, 1))

    assert due_day(Period.quarter(2026, 1)) == date(2026, 3, 25)  # A13: the past keeps its reading
    assert due_day(Period.quarter(2026, 2)) == date(2026, 6, 24)


def test_a10_4a_makeup_days_of_the_office_move_the_draft() -> None:
    WorkCalendarDay.objects.create(day=date(2026, 3, 21), is_workday=True, name="调休")

    assert draft_day(FIRST, work_calendar()) == date(2026, 3, 19)


# --- who owes ---


def test_a10_4a_groups_and_townships_owe_from_the_first_day_of_the_quarter(cast: County) -> None:
    open_duties(date(2026, 1, 1))

    duties = Duty.objects.filter(kind=KEY).order_by("organ_id")
    assert [duty.organ for duty in duties] == [cast.agri, cast.edu, cast.town]
    assert {(duty.due_on, duty.opened_on, duty.period) for duty in duties} == {
        (date(2026, 3, 25), date(2026, 1, 1), "2026Q1")
    }


def test_a10_4a_the_development_zone_owes_and_a_units_own_organ_does_not(cast: County) -> None:
    zone = make_organ("开发区纪工委", OrganKind.DEV_ZONE_COMMITTEE, cast.root)
    unit = make_organ("县医院纪委", OrganKind.UNIT_DISCIPLINE_ORGAN, cast.root)

    assert zone in reporters(FIRST)
    assert unit not in reporters(FIRST)


@pytest.mark.parametrize(
    ("active_from", "active_to", "owed"),
    [
        (date(2026, 1, 1), None, ["2026Q1", "2026Q2", "2026Q3", "2026Q4"]),
        (date(2026, 2, 10), None, ["2026Q2", "2026Q3", "2026Q4"]),  # from the first full quarter
        (date(2026, 4, 1), None, ["2026Q2", "2026Q3", "2026Q4"]),
        (None, date(2026, 8, 15), ["2026Q1", "2026Q2"]),  # none for the quarter of the end
        (None, date(2026, 9, 30), ["2026Q1", "2026Q2"]),
        (None, date(2026, 10, 1), ["2026Q1", "2026Q2", "2026Q3"]),
        (date(2026, 4, 2), date(2026, 9, 1), []),
    ],
)
def test_a10_4a_new_and_abolished_organs(cast: County, active_from: date, active_to: date, owed: list[str]) -> None:
    organ = make_organ("新设派驻组", OrganKind.STATIONED_GROUP, cast.root, active_from=active_from, active_to=active_to)

    assert [f"2026Q{n}" for n in (1, 2, 3, 4) if organ in reporters(Period.quarter(2026, n))] == owed


def test_a10_4a_an_organ_that_owes_none_is_told_why(cast: County) -> None:
    Organ.objects.filter(pk=cast.agri.pk).update(active_from=date(2026, 2, 1))
    cast.agri.refresh_from_db()

    with pytest.raises(Refused, match="第一个完整季度") as refused:
        acts.start_report(cast.agri, FIRST, by=cast.nongye, at=moment(2026, 3, 20))
    assert refused.value.article == "A10.4a"


# --- the draft ---


def test_a10_4a_five_working_days_before_a_draft_is_there(cast: County) -> None:
    assert draft_quarterly(at=moment(2026, 3, 17, 23).isoformat()) == {"drafted": 0}
    assert draft_quarterly(at=moment(2026, 3, 18, 1).isoformat()) == {"drafted": 3}
    assert draft_quarterly(at=moment(2026, 3, 18, 2).isoformat()) == {"drafted": 0}

    report = QuarterlyReport.objects.get(organ=cast.agri)
    assert report.created_by is None
    told = Notice.objects.filter(link=report.get_absolute_url())
    assert set(told.values_list("recipient__username", flat=True)) == {"nongye", "nongye_head"}
    assert "2026年3月25日（周三）" in told[0].sentence


def test_a10_4a_the_draft_speaks_from_the_own_ledger_only(cast: County) -> None:
    make_problem(cast, cast.agri, found_on=date(2026, 1, 9), description="台账不全")
    make_problem(cast, cast.agri, found_on=date(2026, 2, 9), description="公示缺失")
    make_problem(cast, cast.edu, found_on=date(2026, 2, 9), description="食堂采购")
    make_problem(cast, cast.agri, found_on=date(2025, 12, 9), year=2025, description="上年旧账")

    text = written(cast.agri).text_of("problems")

    assert "{{problems_found}}" in text
    assert "台账不全" in text and "公示缺失" in text
    assert "食堂采购" not in text and "上年旧账" not in text


# --- signing ---


def test_a10_4a_only_the_head_signs(cast: County) -> None:
    report = written(cast.agri)

    for stranger in (cast.nongye, cast.jiaoyu_head, cast.dangfeng_head, cast.fenguan):
        with pytest.raises(Refused, match="签字报送"):
            acts.submit_report(report, by=stranger, at=moment(2026, 3, 20))
    acts.submit_report(report, by=cast.nongye_head, at=moment(2026, 3, 20))
    assert report.step == "submitted"


def test_a10_4a_a_head_signs_what_he_wrote_himself(cast: County) -> None:
    report = acts.start_report(cast.agri, FIRST, by=cast.nongye_head, at=moment(2026, 3, 20))
    acts.edit_report(report, {"difficulties": "无", "plans": "无"}, by=cast.nongye_head, at=moment(2026, 3, 20))

    acts.submit_report(report, by=cast.nongye_head, at=moment(2026, 3, 20))

    assert QuarterlyReport.objects.get().submitted_by == cast.nongye_head


def test_a10_4a_an_empty_section_is_named(cast: County) -> None:
    report = written(cast.agri, difficulties="")

    with pytest.raises(Refused, match="存在困难.*请写“无”"):
        acts.submit_report(report, by=cast.nongye_head, at=moment(2026, 3, 20))


def test_a10_4a_late_without_a_reason_is_refused_and_saves_nothing(cast: County) -> None:
    report = written(cast.agri, at=moment(2026, 3, 26))

    with pytest.raises(Refused, match="2026年3月25日（周三）已过，请写明逾期原因"):
        acts.submit_report(report, by=cast.nongye_head, at=moment(2026, 3, 26), late_reason="  ")

    assert QuarterlyReport.objects.get().first_submitted_at is None
    assert not report.submissions.exists()


def test_a10_4a_the_late_reason_stays_with_the_report_and_the_duty(cast: County) -> None:
    open_duties(date(2026, 1, 1))

    sent(cast.agri, at=moment(2026, 3, 26, 0, 0, 1), late_reason="负责人住院")

    duty = Duty.objects.get(kind=KEY, organ=cast.agri)
    assert duty.late_reason == "负责人住院"
    assert duty.state(on=date(2026, 4, 1)) == DutyState.LATE
    assert Event.objects.get(verb="submit").note == "负责人住院"


def test_a10_4a_a_return_does_not_make_it_late(cast: County) -> None:
    open_duties(date(2026, 1, 1))
    report = sent(cast.agri, at=moment(2026, 3, 25, 23, 59, 59))
    acts.return_report(report, by=cast.dangfeng, at=moment(2026, 3, 27), reason="数据表与正文对不上")
    acts.submit_report(report, by=cast.nongye_head, at=moment(2026, 3, 30))
    settle_duties()

    report.refresh_from_db()
    assert report.first_submitted_at == moment(2026, 3, 25, 23, 59, 59)
    assert not report.is_late and report.late_reason == ""
    assert Duty.objects.get(kind=KEY, organ=cast.agri).state(on=date(2026, 4, 1)) == DutyState.DONE
    assert [sent.answer for sent in report.submissions.all()] == ["returned", ""]
    told = Notice.objects.filter(recipient=cast.nongye, sentence__contains="数据表与正文对不上")
    assert told.count() == 1


def test_a10_4a_returned_late_needs_no_second_reason(cast: County) -> None:
    report = sent(cast.agri, at=moment(2026, 3, 27), late_reason="负责人住院")
    acts.return_report(report, by=cast.dangfeng, at=moment(2026, 3, 28), reason="补写困难")

    acts.submit_report(report, by=cast.nongye_head, at=moment(2026, 3, 30))

    report.refresh_from_db()
    assert report.late_reason == "负责人住院" and report.first_submitted_at == moment(2026, 3, 27)


def test_a10_4a_figures_are_frozen_with_their_records(cast: County) -> None:
    first = make_problem(cast, cast.agri, found_on=date(2026, 1, 9))
    make_problem(cast, cast.agri, found_on=date(2025, 11, 9), year=2025)
    report = sent(cast.agri, at=moment(2026, 3, 24, 16))
    make_problem(cast, cast.agri, found_on=date(2026, 3, 28), at=moment(2026, 3, 28))

    report.refresh_from_db()
    assert report.figures["problems_found"] == {"value": "1", "before": "1", "ids": [first.pk]}
    assert report.data_as_of == moment(2026, 3, 24, 16)
    assert "发现问题1个，与上季度持平" in report.content["sections"][1]["text"]
    assert len(report.digest) == 64 and report.submissions.get().digest == report.digest


def test_a10_4a_sent_twice_is_refused_by_the_state(cast: County) -> None:
    report = sent(cast.agri, at=moment(2026, 3, 24))

    with pytest.raises(Refused, match="当前为“已报送”"):
        acts.submit_report(report, by=cast.nongye_head, at=moment(2026, 3, 24))
    assert report.submissions.count() == 1


def test_a10_4a_while_it_lies_with_the_office_nobody_edits(cast: County) -> None:
    report = sent(cast.agri, at=moment(2026, 3, 24))

    with pytest.raises(Refused, match="等候接收"):
        acts.edit_report(report, {"plans": "改写"}, by=cast.nongye, at=moment(2026, 3, 24))


# --- answering ---


def test_a10_4a_only_the_supervision_office_takes_in_or_returns(cast: County) -> None:
    report = sent(cast.agri, at=moment(2026, 3, 24))

    for stranger in (cast.nongye_head, cast.jiaoyu_head, cast.fenguan, cast.shuji):
        with pytest.raises(Refused):
            acts.accept_report(report, by=stranger, at=moment(2026, 3, 25))
    with pytest.raises(Refused, match="退回须写明理由"):
        acts.return_report(report, by=cast.dangfeng, at=moment(2026, 3, 25), reason=" ")
    acts.accept_report(report, by=cast.dangfeng, at=moment(2026, 3, 25))
    assert QuarterlyReport.objects.get().accepted_by == cast.dangfeng


def test_a10_4a_after_acceptance_an_addendum_corrects_and_the_report_stays(cast: County) -> None:
    make_problem(cast, cast.agri, found_on=date(2026, 1, 9))
    report = sent(cast.agri, at=moment(2026, 3, 24))
    with pytest.raises(Refused, match="还没有接收"):
        acts.add_addendum(report, by=cast.nongye_head, at=moment(2026, 3, 25), text="更正")
    acts.accept_report(report, by=cast.dangfeng, at=moment(2026, 3, 25))
    make_problem(cast, cast.agri, found_on=date(2026, 3, 29), at=moment(2026, 3, 30))
    before = QuarterlyReport.objects.get()

    with pytest.raises(Refused, match="由报告单位负责人签发"):
        acts.add_addendum(report, by=cast.nongye, at=moment(2026, 4, 2), text="补报29日发现的问题")
    made = acts.add_addendum(
        report, by=cast.nongye_head, at=moment(2026, 4, 2), text="补报29日发现的问题", keys=["problems_found", "clues"]
    )

    after = QuarterlyReport.objects.get()
    assert made.figures == [{"key": "problems_found", "label": "发现问题", "frozen": "1个", "now": "2个"}]
    assert (after.content, after.figures, after.digest) == (before.content, before.figures, before.digest)
    assert Notice.objects.filter(recipient=cast.dangfeng, sentence__contains="补正说明").count() == 1


# --- reminding ---


def test_a10_4a_whoever_owes_is_reminded_and_urged_once_a_day(cast: County) -> None:
    open_duties(date(2026, 1, 1))
    remind_duties(date(2026, 3, 20), at=moment(2026, 3, 20))

    assert Notice.objects.filter(recipient=cast.nongye, kind="duty", article="A10.4a").count() == 1
    assert acts.urge(cast.agri, FIRST, by=cast.dangfeng, at=moment(2026, 3, 26)) == "已提醒驻县农业农村局纪检监察组。"
    assert "今天已提醒过" in acts.urge(cast.agri, FIRST, by=cast.dangfeng, at=moment(2026, 3, 26, 15))
    assert "已逾期1天" in Notice.objects.get(recipient=cast.nongye, key__startswith="quarterly-urge").sentence
    with pytest.raises(Refused, match="由党风政风监督室"):
        acts.urge(cast.agri, FIRST, by=cast.jiaoyu_head, at=moment(2026, 3, 26))


def test_a10_4a_nobody_is_urged_who_has_sent(cast: County) -> None:
    sent(cast.agri, at=moment(2026, 3, 24))

    with pytest.raises(Refused, match="无须催办"):
        acts.urge(cast.agri, FIRST, by=cast.dangfeng, at=moment(2026, 3, 24))


def test_a10_4a_one_report_per_organ_and_quarter(cast: County) -> None:
    first = acts.start_report(cast.agri, FIRST, by=cast.nongye, at=moment(2026, 3, 2))
    again = acts.start_report(cast.agri, FIRST, by=cast.nongye_head, at=moment(2026, 3, 3))

    assert again == first
    assert Event.objects.of(first).filter(verb="draft").count() == 1
    assert clerk_of(cast.agri) == first.created_by != head_of(cast.agri)


def test_a10_4a_reminders_follow_the_month_and_then_every_working_day() -> None:
    # 25 September 2026 is Mid-Autumn day; the office works again on Monday the 28th.
    days = reminder_days(date(2026, 9, 25), WorkCalendar())

    assert [(day.isoformat(), grade.value) for day, grade, _ in days[:6]] == [
        ("2026-09-15", "green"),
        ("2026-09-20", "yellow"),
        ("2026-09-24", "yellow"),
        ("2026-09-25", "red"),
        ("2026-09-28", "red"),
        ("2026-09-29", "red"),
    ]
    assert [circle.value for circle in days[4][2]] == ["clerk", "head", "cso"]
