"""Article 10(4), third sentence: deputy secretaries and assisting members hear reports each quarter, after rounds, at any time."""

from datetime import date
from typing import Any

import pytest

from accounts.duties import open_duties, settle_duties
from accounts.models import Duty, DutyState, Notice, OversightAssignment, RuleSetting
from accounts.workflow import Refused
from checklists.states import Form
from reports.actions.briefings import confirm_briefing, correct_briefing
from reports.models import Briefing
from supervision.models import Round
from tests.checklists.story import fresh
from tests.factories import County, county, moment
from tests.reports.hearing_cases import HELD, MAR, heard
from tests.supervision.rounds import listed, opened

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> County:
    return county()


def duties_of(kind: str) -> dict[tuple[str, str], Duty]:
    rows: Any = Duty.objects.filter(kind=kind).select_related("person")
    return {(duty.person.username, duty.period): duty for duty in rows}


def ended(cast: County, day: date = date(2026, 3, 10), form: str = Form.CENTRALIZED) -> Round:
    round = opened(cast, listed(cast, form=form))
    round.started_on, round.ended_on = date(2026, 2, 20), day
    round.save()
    return round


# --- each quarter ---


def test_a10_4c_every_leader_with_an_organ_owes_one_briefing_a_quarter(cast: County) -> None:
    open_duties(date(2026, 2, 10))

    owed = duties_of("briefing")

    assert sorted(owed) == [("fenguan", "2026Q1"), ("xieguan1", "2026Q1"), ("xieguan2", "2026Q1")]
    assert {duty.due_on for duty in owed.values()} == {date(2026, 3, 31)}
    assert owed["xieguan1", "2026Q1"].title == "钱协听取2026年第一季度政治监督工作汇报"
    assert open_duties(date(2026, 2, 11)) == 0


def test_a10_4c_a_leader_without_organs_owes_nothing(cast: County) -> None:
    OversightAssignment.objects.filter(leader=cast.xieguan2).update(valid_to=date(2026, 3, 31))

    open_duties(date(2026, 5, 10))

    assert sorted(duties_of("briefing")) == [("fenguan", "2026Q2"), ("xieguan1", "2026Q2")]


def test_a10_4c_an_organ_given_up_within_the_quarter_still_counts(cast: County) -> None:
    OversightAssignment.objects.filter(leader=cast.xieguan2).update(valid_to=date(2026, 4, 1))

    open_duties(date(2026, 5, 10))

    assert ("xieguan2", "2026Q2") in duties_of("briefing")


@pytest.mark.parametrize("trigger", ["quarter", "important"])
def test_a10_4c_any_briefing_in_the_quarter_satisfies(cast: County, trigger: str) -> None:
    open_duties(date(2026, 2, 10))
    row = heard(cast, trigger=trigger)

    settle_duties()

    duty = duties_of("briefing")["xieguan1", "2026Q1"]
    assert duty.state(on=date(2026, 4, 1)) == DutyState.DONE
    assert duty.proof_link == f"/briefings/{row.pk}/"
    assert duties_of("briefing")["fenguan", "2026Q1"].fulfilled_at is None


def test_a10_4c_a_quarter_made_up_for_is_late_and_does_not_count_twice(cast: County) -> None:
    open_duties(date(2026, 2, 10))
    open_duties(date(2026, 4, 10))

    heard(cast, held_on=date(2026, 4, 8), quarter="2026Q1", at=moment(2026, 4, 9))
    settle_duties()

    owed = duties_of("briefing")
    assert owed["xieguan1", "2026Q1"].state(on=date(2026, 4, 10)) == DutyState.LATE
    assert owed["xieguan1", "2026Q2"].fulfilled_at is None
    with pytest.raises(Refused, match="2026年第一季度已于2026年4月8日听取汇报"):
        heard(cast, held_on=date(2026, 4, 9), quarter="2026Q1", at=moment(2026, 4, 9))


# --- after each 集中性监督 ---


def test_a10_4c_the_end_of_a_centralized_round_raises_a_prompt_of_ten_days(cast: County) -> None:
    ended(cast)
    ended(cast, form=Form.STATIONED)

    open_duties(date(2026, 3, 11))

    owed = duties_of("round_briefing")
    assert sorted(owed) == [("fenguan", "分管副书记"), ("xieguan1", "协管常委、委员")]
    assert {duty.due_on for duty in owed.values()} == {date(2026, 3, 20)}


def test_a10_4c_the_prompt_ends_with_a_briefing_on_that_round_by_that_leader(cast: County) -> None:
    round = ended(cast)
    open_duties(date(2026, 3, 11))
    heard(cast)
    settle_duties()
    assert duties_of("round_briefing")["xieguan1", "协管常委、委员"].fulfilled_at is None

    heard(cast, trigger="round", rounds=[round])
    settle_duties()

    owed = duties_of("round_briefing")
    assert owed["xieguan1", "协管常委、委员"].state(on=MAR.date()) == DutyState.DONE
    assert owed["fenguan", "分管副书记"].fulfilled_at is None


def test_a10_4c_the_days_of_the_prompt_are_a_dated_setting(cast: County) -> None:
    RuleSetting.objects.create(key="round_briefing_days", value="15", valid_from=date(2026, 3, 1))
    ended(cast)

    open_duties(date(2026, 3, 11))

    assert {duty.due_on for duty in duties_of("round_briefing").values()} == {date(2026, 3, 25)}


def test_a10_4c_a_round_is_heard_of_after_its_end(cast: County) -> None:
    round = ended(cast, date(2026, 3, 19))

    with pytest.raises(Refused, match="还没有结束检查"):
        heard(cast, trigger="round", rounds=[round])
    with pytest.raises(Refused, match="请选择监督轮次"):
        heard(cast, trigger="round")
    with pytest.raises(Refused, match="不是所选汇报单位牵头或参加的监督"):
        heard(cast, rounds=[round], leader=cast.xieguan2, organs=[cast.town])


# --- who hears whom ---


def test_a10_4c_a_leader_hears_the_organs_that_were_his_on_that_day(cast: County) -> None:
    with pytest.raises(Refused, match="柳河镇纪委在2026年3月18日不由钱协分管或协管") as caught:
        heard(cast, organs=[cast.agri, cast.town])
    assert caught.value.article == "A10.4c"
    OversightAssignment.objects.create(
        organ=cast.cases, rung="assisting_member", leader=cast.xieguan1, valid_from=date(2026, 3, 19)
    )
    with pytest.raises(Refused, match="案件监督管理室"):
        heard(cast, organs=[cast.cases])
    assert Briefing.objects.count() == 0


@pytest.mark.parametrize("name", ["shuji", "dangfeng_head"])
def test_a10_4c_only_deputy_secretaries_and_assisting_members_are_briefed(cast: County, name: str) -> None:
    with pytest.raises(Refused, match="听取汇报的是分管领导"):
        heard(cast, leader=cast.people[name])


def test_a10_4c_not_before_it_was_held_and_not_for_a_quarter_to_come(cast: County) -> None:
    with pytest.raises(Refused, match="听取日期不能晚于今天"):
        heard(cast, held_on=date(2026, 3, 21))
    with pytest.raises(Refused, match="听取日期早于对应季度"):
        heard(cast, quarter="2026Q2")
    with pytest.raises(Refused, match="请选择对应季度"):
        heard(cast, quarter="2026")
    with pytest.raises(Refused, match="请写明汇报内容"):
        heard(cast, content="  ")


# --- on the leader's behalf ---


def test_a10_4c_the_organ_or_the_office_writes_it_down_and_the_leader_is_told(cast: County) -> None:
    row = heard(cast, by=cast.nongye)

    assert (row.step, row.open_until, row.created_by) == ("entered", date(2026, 3, 27), cast.nongye)
    told = Notice.objects.get(recipient=cast.xieguan1)
    assert "李青已代您登记3月18日听取汇报，请核对" in told.sentence
    assert heard(cast, by=cast.dangfeng, trigger="important").step == "entered"
    with pytest.raises(Refused, match="您只能登记本单位的汇报"):
        heard(cast, by=cast.jiaoyu)


def test_a10_4c_the_leader_corrects_without_a_reason_while_his_days_run(cast: County) -> None:
    row = heard(cast, by=cast.nongye)
    values = {"held_on": HELD, "organs": [cast.agri], "rounds": [], "quarter": "2026Q1", "trigger": "quarter",
              "content": "发现问题四个。", "instructions": "月底前整改到位。"}  # fmt: skip

    made = correct_briefing(row, values, by=fresh(cast.xieguan1), at=moment(2026, 3, 27, 23, 59))

    assert (made.step, made.version, made.open_until) == ("recorded", 2, None)
    assert [one.words["汇报内容"] for one in made.versions.all()] == [
        "发现问题四个。",
        "一季度发现问题三个，已整改两个。",
    ]


def test_a10_4c_a_locked_record_changes_only_by_a_version_with_its_reason(cast: County) -> None:
    row = heard(cast, by=cast.nongye)
    values = {"held_on": HELD, "organs": [cast.agri], "rounds": [], "quarter": "2026Q1", "trigger": "quarter",
              "content": "发现问题四个。", "instructions": ""}  # fmt: skip
    with pytest.raises(Refused, match="更正须写明理由"):
        correct_briefing(row, values, by=fresh(cast.xieguan1), at=moment(2026, 3, 28))
    with pytest.raises(Refused, match="更正须写明理由"):
        correct_briefing(row, values, by=cast.nongye, at=MAR)
    with pytest.raises(Refused, match="由听取领导、党风政风监督室或汇报单位更正"):
        correct_briefing(row, values, by=cast.jiaoyu, at=MAR, reason="越位")

    made = correct_briefing(row, values, by=cast.nongye, at=moment(2026, 4, 2), reason="问题数登记有误")

    assert (made.step, made.version, made.open_until) == ("entered", 2, date(2026, 4, 9))
    assert [(one.number, one.reason) for one in made.versions.all()] == [(2, "问题数登记有误"), (1, "")]
    with pytest.raises(Refused, match="内容没有变化"):
        correct_briefing(made, values, by=cast.nongye, at=moment(2026, 4, 2), reason="再来一次")


def test_a10_4c_the_leader_finds_it_right_and_nobody_else_does(cast: County) -> None:
    row = heard(cast, by=cast.dangfeng)
    with pytest.raises(Refused, match="由钱协本人核对"):
        confirm_briefing(row, by=cast.fenguan, at=MAR)

    assert confirm_briefing(row, by=cast.xieguan1, at=MAR).step == "recorded"

    with pytest.raises(Refused, match="不能核对无误"):
        confirm_briefing(row, by=cast.xieguan1, at=MAR)
