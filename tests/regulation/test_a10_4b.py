"""Article 10(4), second sentence: once a year the office reports the county's work to the standing committee."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import connection

from accounts import approvals
from accounts.duties import open_duties, settle_duties
from accounts.models import Approval, Duty, DutyState, RuleSetting
from accounts.workflow import Refused
from reports.actions.annual import correct_annual, draft_annual, edit_section, redraft_section, submit_annual
from reports.hearings import outline
from reports.models import AnnualReport
from tests.factories import County, county, moment
from tests.reports.hearing_cases import DEC, passed, written
from tests.samples import make_problem

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> County:
    return county()


def figure(report: AnnualReport, key: str) -> dict[str, object]:
    return next(row for row in report.content["figures"] if row["key"] == key)


def test_a10_4b_the_office_owes_one_report_a_year(cast: County) -> None:
    open_duties(date(2026, 1, 2))

    duty = Duty.objects.get(kind="annual_report")

    assert (duty.organ, duty.period, duty.due_on, duty.opened_on) == (
        cast.cso,
        "2026",
        date(2026, 12, 31),
        date(2026, 1, 1),
    )


def test_a10_4b_an_office_founded_in_the_year_owes_from_the_next(cast: County) -> None:
    cast.cso.active_from = date(2026, 1, 2)
    cast.cso.save()

    open_duties(date(2026, 6, 1))
    open_duties(date(2027, 1, 4))

    assert [duty.period for duty in Duty.objects.filter(kind="annual_report")] == ["2027"]


def test_a10_4b_the_day_of_the_year_is_a_dated_setting(cast: County) -> None:
    RuleSetting.objects.create(key="annual_report_due", value="1220", valid_from=date(2027, 1, 1))

    open_duties(date(2026, 1, 2))
    open_duties(date(2027, 1, 2))

    due = Duty.objects.filter(kind="annual_report").order_by("period").values_list("due_on", flat=True)
    assert list(due) == [date(2026, 12, 31), date(2027, 12, 20)]


def test_a10_4b_the_draft_has_the_eight_parts_and_counts_the_whole_county(cast: County) -> None:
    make_problem(cast, cast.agri, found_on=date(2026, 3, 1), at=DEC, year=2026)
    make_problem(cast, cast.town, found_on=date(2026, 12, 10), at=DEC, year=2026)
    make_problem(cast, cast.edu, found_on=date(2025, 12, 31), at=DEC, year=2025)

    report = draft_annual(cast.cso, 2026, by=cast.dangfeng, at=DEC)

    assert [part["heading"] for part in report.sections] == [
        "部署安排和清单完成情况", "四种形式监督开展情况", "问题发现、整改和销号", "处置问责", "机制运行", "质效评估结果", "存在问题", "下步打算",
    ]  # fmt: skip
    assert "全年发现问题{{problems_found}}个" in report.sections[2]["text"]
    assert report.sections[5]["text"] == "2026年政治监督质效评估结果另行报告。"


def test_a10_4b_what_goes_up_is_frozen_with_last_year_and_the_records(cast: County) -> None:
    mine = [make_problem(cast, organ, found_on=date(2026, 3, 1), at=DEC) for organ in (cast.agri, cast.town)]
    make_problem(cast, cast.edu, found_on=date(2025, 12, 31), at=DEC, year=2025)
    report = written(cast)

    submit_annual(report, by=cast.dangfeng, at=DEC)
    make_problem(cast, cast.agri, found_on=date(2026, 12, 10), at=DEC)
    report.refresh_from_db()

    found = figure(report, "problems_found")
    assert (found["value"], found["before"], found["ids"]) == ("2", "1", [one.pk for one in mine])
    assert "全年发现问题2个" in report.content["sections"][2]["text"]
    assert (report.data_as_of, len(report.digest)) == (DEC, 64)
    assert [(row[0], row[2]) for row in report.content["organs"]] == [
        ("驻县农业农村局纪检监察组", 1),
        ("驻县教育局纪检监察组", 0),  # found last year, still open
        ("柳河镇纪委", 1),
    ]
    assert "全年发现问题2个" in Approval.objects.of(report).get().content["三、问题发现、整改和销号"]


def test_a10_4b_the_figures_are_those_of_the_tables_themselves(cast: County) -> None:
    for number in range(3):
        make_problem(cast, cast.agri, found_on=date(2026, 5, 1), at=DEC, fixed_on_spot=number == 0)
    report = written(cast)
    submit_annual(report, by=cast.dangfeng, at=DEC)
    report.refresh_from_db()

    with connection.cursor() as cursor:
        cursor.execute("select count(*), sum(case when fixed_on_spot then 1 else 0 end) from supervision_problem"
                       " where removed_at is null and found_on between '2026-01-01' and '2026-12-31'")  # fmt: skip
        found, on_spot = cursor.fetchone()

    assert (
        (figure(report, "problems_found")["value"], figure(report, "problems_on_spot")["value"])
        == (str(found), str(on_spot))
        == ("3", "1")
    )


def test_a10_4b_it_goes_up_all_rungs_to_the_committee_and_settles_the_duty(cast: County) -> None:
    open_duties(date(2026, 1, 2))
    report = written(cast)
    submit_annual(report, by=cast.dangfeng, at=DEC)

    rungs = [step.rung for step in Approval.objects.of(report).get().steps.all()]
    assert rungs == ["head", "assisting_member", "deputy_secretary", "standing_committee"]
    settle_duties()
    assert Duty.objects.get(kind="annual_report").fulfilled_at is None

    approval = Approval.objects.of(report).get()
    approvals.decide(approval, "return", by=cast.dangfeng_head, at=DEC, note="第七部分太短")
    report.refresh_from_db()
    assert report.step == "returned"
    edit_section(report, "shortcomings", "个别单位台账更新不及时。", by=cast.dangfeng, at=DEC)
    passed(cast, report)

    settle_duties()
    assert (report.step, report.resolution.meeting_on) == ("approved", date(2026, 12, 10))  # type: ignore[union-attr]
    assert Duty.objects.get(kind="annual_report").state(on=date(2027, 1, 1)) == DutyState.DONE


def test_a10_4b_heard_in_january_it_is_late(cast: County) -> None:
    open_duties(date(2026, 1, 2))
    passed(cast, written(cast), at=moment(2027, 1, 8))

    settle_duties()

    assert Duty.objects.get(kind="annual_report", period="2026").state(on=date(2027, 1, 9)) == DutyState.LATE


def test_a10_4b_one_report_a_year_by_the_office_alone(cast: County) -> None:
    with pytest.raises(Refused, match="由党风政风监督室起草"):
        draft_annual(cast.cso, 2026, by=cast.nongye, at=DEC)
    with pytest.raises(Refused, match="由党风政风监督室起草"):
        draft_annual(cast.agri, 2026, by=cast.nongye, at=DEC)
    with pytest.raises(Refused, match="2027年还没有开始"):
        draft_annual(cast.cso, 2027, by=cast.dangfeng, at=DEC)
    written(cast)
    with pytest.raises(Refused, match="每年一份") as caught:
        draft_annual(cast.cso, 2026, by=cast.dangfeng, at=DEC)
    assert caught.value.article == "A10.4b"


def test_a10_4b_an_empty_part_does_not_go_up(cast: County) -> None:
    report = draft_annual(cast.cso, 2026, by=cast.dangfeng, at=DEC)

    with pytest.raises(Refused, match="下步打算还没有写"):
        submit_annual(report, by=cast.dangfeng, at=DEC)

    report.refresh_from_db()
    assert (report.step, report.content) == ("draft", {})


def test_a10_4b_a_figure_that_does_not_exist_is_refused(cast: County) -> None:
    report = written(cast)

    with pytest.raises(Refused, match="{{problem_found}}不是台账数字"):
        edit_section(report, "next", "明年压减{{problem_found}}个。", by=cast.dangfeng, at=DEC)


def test_a10_4b_a_part_is_written_anew_from_the_records(cast: County) -> None:
    report = written(cast)
    edit_section(report, "evaluation", "见附件。", by=cast.dangfeng, at=DEC)

    redraft_section(report, "evaluation", by=cast.dangfeng, at=DEC)

    report.refresh_from_db()
    assert report.sections[5]["text"] == "2026年政治监督质效评估结果另行报告。"


def test_a10_4b_whoever_wrote_it_signs_no_rung(cast: County) -> None:
    report = draft_annual(cast.cso, 2026, by=cast.dangfeng, at=DEC)
    edit_section(report, "next", "继续推进。", by=cast.dangfeng_head, at=DEC)
    submit_annual(report, by=cast.dangfeng, at=DEC)

    with pytest.raises(Refused, match="拟稿人或报送人"):
        approvals.decide(Approval.objects.of(report).get(), "approve", by=cast.dangfeng_head, at=DEC)


def test_a10_4b_after_the_hearing_only_a_new_version_with_its_reason(cast: County) -> None:
    report = passed(cast, written(cast))
    with pytest.raises(Refused, match="请起草更正版并写明理由"):
        edit_section(report, "next", "改写", by=cast.dangfeng, at=DEC)
    with pytest.raises(Refused, match="更正须写明理由"):
        correct_annual(report, reason=" ", by=cast.dangfeng, at=DEC)

    second = correct_annual(report, reason="挽回损失金额有误", by=cast.dangfeng, at=DEC)
    with pytest.raises(Refused, match="更正版已在办理"):
        correct_annual(report, reason="又一次", by=cast.dangfeng, at=DEC)
    passed(cast, second, at=moment(2026, 12, 20))

    report.refresh_from_db()
    assert (report.step, second.step, second.version) == ("superseded", "approved", 2)
    assert str(second) == "2026年全县政治监督综合情况报告（第2版）"


def test_a10_4b_money_is_printed_without_useless_noughts() -> None:
    assert [outline.worded(value) for value in (Decimal("1200.00"), Decimal("0.50"), 7, 100)] == [
        "1200",
        "0.5",
        "7",
        "100",
    ]
