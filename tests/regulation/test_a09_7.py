"""第九条第（七）项: 提交研判、抄报、分类处置、问责、线索移送 (A9.7a-d, f, g)."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.core.management import call_command
from django.db import IntegrityError, transaction

from accounts import duties
from accounts.models import Duty, Event, Notice, RuleSetting, ScResolution, WorkCalendarDay
from accounts.workflow import MOVES, Move, Refused
from supervision.actions.reporting import copies, reports
from supervision.actions.reporting.round_steps import advance
from supervision.documents.reading import register_rows
from supervision.models import (
    CopyOut,
    InspectionReport,
    Problem,
    Round,
)
from supervision.reporting.duties import remind_ten_days
from supervision.reporting.ten_days import ten_days
from supervision.rounds.endings import (
    every_final_report_studied,
    has_final_report_approved,
)
from tests.factories import County, county, moment
from tests.supervision.report_cases import SIGNED, find, make_round, ready, signed, studied, tabled

pytestmark = pytest.mark.django_db
LATE = moment(2026, 3, 17)


@pytest.fixture
def cast() -> County:
    return county()


@pytest.fixture
def approved(cast: County) -> InspectionReport:
    """Signed on Wednesday 4 March: due on Saturday the 14th, last day Monday the 16th."""
    round = make_round(cast.agri)
    find(round)
    return signed(cast, ready(round))


def fresh(report: InspectionReport) -> InspectionReport:
    return InspectionReport.objects.get(pk=report.pk)


# --- A9.7a: ten days ---


def test_a09_7a_ten_calendar_days_from_the_last_signature_by_the_local_day(cast: County) -> None:
    round = make_round(cast.agri)
    find(round)

    at_night = signed(cast, ready(round), at=moment(2026, 3, 4, 23, 59))  # still 4 March in Shanghai, in UTC as well

    assert at_night.due_on == date(2026, 3, 14)
    early = make_round(cast.edu)
    find(early)
    assert signed(cast, ready(early), at=moment(2026, 3, 5, 0, 30)).due_on == date(2026, 3, 15)  # 4 March in UTC


def test_a09_7a_only_the_cso_submits(cast: County, approved: InspectionReport) -> None:
    for name in ("nongye", "nongye_head", "xieguan1", "fenguan", "changweihui", "jiaoyu"):
        with pytest.raises(Refused, match="您没有“提交县纪委常委会”的权限"):
            reports.table_report(fresh(approved), by=cast.people[name], at=SIGNED, submitted_on=SIGNED.date())

    reports.table_report(approved, by=cast.dangfeng_head, at=moment(2026, 3, 10), submitted_on=date(2026, 3, 10))

    done = fresh(approved)
    assert (done.step, done.submitted_on, done.submitted_by, done.late_reason) == (
        "sc_submitted",
        date(2026, 3, 10),
        cast.dangfeng_head,
        "",
    )
    assert Notice.objects.filter(recipient=cast.changweihui, sentence__contains="请在会后登记研判意见").count() == 1


def test_a09_7a_the_next_working_day_is_in_time_the_day_after_needs_its_reason(
    cast: County, approved: InspectionReport
) -> None:
    with pytest.raises(Refused, match="期限是2026年3月16日（周一），现在提交已逾期.*第九条第（七）项"):
        reports.table_report(
            fresh(approved), by=cast.dangfeng, at=LATE, submitted_on=date(2026, 3, 17), late_reason=" "
        )
    assert fresh(approved).step == "approved"

    reports.table_report(approved, by=cast.dangfeng, at=LATE, submitted_on=date(2026, 3, 16))

    assert (fresh(approved).late_reason, fresh(approved).last_on) == ("", date(2026, 3, 16))


def test_a09_7a_a_late_submission_keeps_its_reason(cast: County, approved: InspectionReport) -> None:
    reports.table_report(
        approved, by=cast.dangfeng, at=LATE, submitted_on=date(2026, 3, 17), late_reason="等待补充核查"
    )

    assert fresh(approved).late_reason == "等待补充核查"
    assert Event.objects.of(approved).last().note == "等待补充核查"
    with pytest.raises(IntegrityError), transaction.atomic():
        InspectionReport.objects.filter(pk=approved.pk).update(late_reason="")


@pytest.mark.parametrize(
    ("day", "words"), [(date(2026, 3, 3), "早于报告批准日期"), (date(2026, 3, 18), "不能晚于今天")]
)
def test_a09_7a_days_out_of_order_are_refused(cast: County, approved: InspectionReport, day: date, words: str) -> None:
    with pytest.raises(Refused, match=words):
        reports.table_report(approved, by=cast.dangfeng, at=LATE, submitted_on=day, late_reason="迟")


def test_a09_7a_nothing_resets_the_clock(cast: County, approved: InspectionReport) -> None:
    problem = Problem.objects.get()
    tries: list[Any] = [
        lambda: reports.edit_report(approved, {"title": "改题"}, by=cast.nongye, at=LATE),
        lambda: reports.redraft_section(approved, "findings_text", by=cast.nongye, at=LATE),
        lambda: reports.submit_report(approved, by=cast.nongye, at=LATE),
        lambda: reports.draft_report(approved.round, by=cast.nongye, at=LATE),
    ]
    for work in tries:
        with pytest.raises(Refused):
            work()
    reports.mark_important(approved, important=True, by=cast.nongye, at=LATE)
    problem.description = "改写"
    problem.save()
    RuleSetting.objects.create(key="sc_submission_days", value="30", valid_from=date(2026, 3, 10))

    assert (fresh(approved).approved_at, fresh(approved).due_on) == (SIGNED, date(2026, 3, 14))
    with pytest.raises(IntegrityError), transaction.atomic():
        InspectionReport.objects.filter(pk=approved.pk).update(due_on=None)


def test_a09_7a_the_readings_are_dated_settings(cast: County) -> None:
    for key, value in (("sc_submission_days", "7"), ("sc_next_workday", "0")):
        RuleSetting.objects.create(key=key, value=value, valid_from=date(2026, 3, 1))
    round = make_round(cast.agri)
    find(round)
    report = signed(cast, ready(round))  # seven days: Wednesday 11 March

    assert report.due_on == date(2026, 3, 11)
    assert ten_days().last_day(report.approved_at, date(2026, 3, 14)) == date(2026, 3, 14)  # no working day, no grace


def test_a09_7a_the_office_s_own_holiday_moves_the_last_day(cast: County, approved: InspectionReport) -> None:
    WorkCalendarDay.objects.create(day=date(2026, 3, 16), is_workday=False)

    reports.table_report(approved, by=cast.dangfeng, at=LATE, submitted_on=date(2026, 3, 17))

    assert fresh(approved).last_on == date(2026, 3, 17)


def told(name: str, cast: County) -> list[str]:
    return list(
        Notice.objects.filter(recipient=cast.people[name], kind="duty", key__startswith="sc:").values_list(
            "key", flat=True
        )
    )


def test_a09_7a_days_5_8_10_tell_clerk_head_and_ds_each_once(cast: County, approved: InspectionReport) -> None:
    def names(day: int) -> dict[str, int]:
        for _ in range(2):  # the beat runs many times a day
            remind_ten_days(date(2026, 3, day), at=moment(2026, 3, day))
        return {name: len(told(name, cast)) for name in ("dangfeng", "dangfeng_head", "fenguan", "nongye")}

    assert names(8) == {"dangfeng": 0, "dangfeng_head": 0, "fenguan": 0, "nongye": 0}
    assert names(9) == {"dangfeng": 1, "dangfeng_head": 0, "fenguan": 0, "nongye": 0}
    assert names(12) == {"dangfeng": 1, "dangfeng_head": 1, "fenguan": 0, "nongye": 0}
    assert names(14) == {"dangfeng": 1, "dangfeng_head": 1, "fenguan": 1, "nongye": 0}
    assert names(16) == {"dangfeng": 1, "dangfeng_head": 1, "fenguan": 1, "nongye": 0}  # grace: nobody is told "late"
    assert names(17) == {"dangfeng": 2, "dangfeng_head": 2, "fenguan": 2, "nongye": 0}
    assert names(25) == {"dangfeng": 2, "dangfeng_head": 2, "fenguan": 2, "nongye": 0}


def test_a09_7a_a_submitted_report_reminds_nobody(cast: County, approved: InspectionReport) -> None:
    tabled(cast, approved)

    assert remind_ten_days(date(2026, 3, 14), at=moment(2026, 3, 14)) == 0


def test_a09_7a_tick_opens_the_duty_once_reminds_and_settles(cast: County, approved: InspectionReport) -> None:
    for _ in range(2):
        call_command("tick", "--at", "2026-03-09T08:00:00+08:00")
    duty = Duty.objects.get(kind="sc_submission")

    assert (duty.organ, duty.due_on, duty.opened_on, len(told("dangfeng", cast))) == (
        cast.cso,
        date(2026, 3, 16),
        date(2026, 3, 4),
        1,
    )
    assert not Notice.objects.filter(key__startswith=f"duty:{duty.pk}").exists()
    tabled(cast, approved)
    duties.settle_duties()
    duty.refresh_from_db()
    assert duty.proof == "已提交县纪委常委会"


def test_a09_7a_the_stricter_reading_covers_the_copy(cast: County) -> None:
    RuleSetting.objects.create(key="ten_day_covers", value="2", valid_from=date(2026, 3, 1))
    round = make_round(cast.agri)
    find(round)
    report = studied(cast, tabled(cast, signed(cast, ready(round))))
    duties.open_duties(date(2026, 3, 12))

    assert [duty.due_on for duty in Duty.objects.filter(kind="sc_copy_out")] == [date(2026, 3, 16)]
    assert ten_days().card(report, on=date(2026, 3, 20), copied_on=None)["copy"]["tone"] == "late"


def test_a09_7a_by_the_usual_reading_a_late_copy_is_amber(cast: County, approved: InspectionReport) -> None:
    card = ten_days().card(approved, on=date(2026, 3, 20), copied_on=None)

    assert (card["tone"], card["study"]["tone"], card["copy"]["tone"]) == ("late", "soon", "soon")
    assert (card["elapsed"], card["days"], card["workdays"], card["words"]) == (16, 10, 7, "已逾期4天")


def test_a09_7a_interim_reports_start_a_clock_of_their_own(cast: County) -> None:
    round = make_round(cast.agri, step="inspecting")
    find(round)
    interim = signed(cast, ready(round, kind="interim"))

    assert interim.due_on == date(2026, 3, 14)
    assert not has_final_report_approved(round)


# --- A9.7a: study ---


def test_a09_7a_the_secretary_records_the_opinion_and_the_round_may_go_on(
    cast: County, approved: InspectionReport
) -> None:
    report = tabled(cast, approved)
    assert not every_final_report_studied(report.round)

    report = studied(cast, report)

    resolution = ScResolution.objects.get()
    assert (report.step, report.studied_on, report.resolution) == ("studied", date(2026, 3, 12), resolution)
    assert (resolution.kind, resolution.opinion) == ("report_study", "责成限期整改，严肃问责。")
    assert every_final_report_studied(report.round)


def test_a09_7a_refusals_of_the_study(cast: County, approved: InspectionReport) -> None:
    values = {"at": moment(2026, 3, 12), "meeting_on": date(2026, 3, 12), "opinion": "研判意见"}
    with pytest.raises(Refused, match="不能登记研判意见"):
        reports.study_report(fresh(approved), by=cast.changweihui, **values)
    report = tabled(cast, approved)
    for changes, words in (({"by": cast.dangfeng_head}, "没有“登记研判意见”的权限"), ({"opinion": " "}, "请写明常委会的研判意见"),
                           ({"meeting_on": date(2026, 3, 9)}, "早于提交日期2026-03-10"), ({"meeting_on": date(2026, 3, 13)}, "不能晚于今天")):  # fmt: skip
        with pytest.raises(Refused, match=words):
            reports.study_report(fresh(report), **{"by": cast.changweihui, **values, **changes})
    assert not ScResolution.objects.exists()


def test_a09_7a_signature_and_study_move_the_round_where_it_has_a_table(cast: County) -> None:
    round = make_round(cast.agri)
    find(round)
    table = {
        "approve_report": Move(
            {"reporting"}, "report_approved", None, "A9.6d", "报告批准", (has_final_report_approved,)
        ),
        "analyse": Move({"report_approved"}, "sc_analysed", None, "A9.7a", "研判", (every_final_report_studied,)),
    }
    kept, MOVES[Round] = MOVES.get(Round), table
    try:
        report = signed(cast, ready(round))
        assert Round.objects.get(pk=round.pk).step == "report_approved"
        studied(cast, tabled(cast, report))
        assert Round.objects.get(pk=round.pk).step == "sc_analysed"
        assert advance(round, "analyse", by=cast.changweihui, at=LATE) is False  # done already: nothing happens
    finally:
        MOVES.pop(Round)
        if kept is not None:
            MOVES[Round] = kept


# --- A9.7b: copies ---


@pytest.fixture
def copy(cast: County, approved: InspectionReport) -> CopyOut:
    """A drafted copy of a studied report."""
    return copies.draft_copy(studied(cast, tabled(cast, approved)), by=cast.dangfeng, at=moment(2026, 3, 12))


def filled(copy: CopyOut, cast: County) -> CopyOut:
    copies.edit_copy(copy, {"signed_by": "马书记"}, by=cast.dangfeng, at=moment(2026, 3, 12))
    copies.number_copy(copy, by=cast.wenshu, at=moment(2026, 3, 12), prefix="濮县纪报")
    return copy


def test_a09_7b_the_copy_follows_the_outline_and_names_its_recipients(copy: CopyOut, cast: County) -> None:
    assert copy.recipients == "县委、县政府主要领导，相关分管县领导"
    for heading in (
        "一、事由",
        "二、监督情况",
        "三、主要问题",
        "四、常委会研判意见\n责成限期整改，严肃问责。",
        "五、建议",
    ):
        assert heading in copy.body, heading
    copies.edit_copy(copy, {"recipients": "县委书记、县长、分管副县长"}, by=cast.dangfeng, at=LATE)
    copy.refresh_from_db()
    assert copy.recipients == "县委书记、县长、分管副县长"


def test_a09_7b_issued_only_after_the_study_signed_and_numbered(cast: County, approved: InspectionReport) -> None:
    copy = copies.draft_copy(approved, by=cast.dangfeng, at=moment(2026, 3, 5))
    issue = {"by": cast.dangfeng, "at": LATE, "issued_on": date(2026, 3, 16)}
    with pytest.raises(Refused, match="还没有研判这份报告"):
        copies.issue_copy(copy, **issue)
    studied(cast, tabled(cast, approved))
    with pytest.raises(Refused, match="还缺：签发人"):
        copies.issue_copy(copy, **issue)
    filled(copy, cast)
    with pytest.raises(Refused, match="早于2026-03-12"):
        copies.issue_copy(copy, **{**issue, "issued_on": date(2026, 3, 11)})
    with pytest.raises(Refused, match="不能晚于今天"):
        copies.issue_copy(copy, **{**issue, "issued_on": date(2026, 3, 18)})

    copies.issue_copy(copy, **issue)

    copy.refresh_from_db()
    assert copy.issued_on == date(2026, 3, 16)
    with pytest.raises(Refused, match="内容已锁定"):
        copies.edit_copy(copy, {"body": "改"}, by=cast.dangfeng, at=LATE)


def test_a09_7b_copies_take_consecutive_numbers_and_a_voided_one_is_not_used_again(
    cast: County, approved: InspectionReport
) -> None:
    report = studied(cast, tabled(cast, approved))
    first = copies.draft_copy(report, by=cast.dangfeng, at=moment(2026, 3, 12))
    with pytest.raises(Refused, match="由县纪委办公室文书编号"):
        copies.number_copy(first, by=cast.dangfeng, at=LATE, prefix="濮县纪报")
    with pytest.raises(Refused, match="还缺：签发人"):
        copies.number_copy(first, by=cast.wenshu, at=LATE, prefix="濮县纪报")
    copies.edit_copy(first, {"signed_by": "马书记"}, by=cast.dangfeng, at=LATE)
    with pytest.raises(Refused, match="还没有编号"):
        copies.issue_copy(first, by=cast.dangfeng, at=LATE, issued_on=date(2026, 3, 16))
    assert copies.number_copy(first, by=cast.wenshu, at=LATE, prefix="濮县纪报") == "濮县纪报〔2026〕1号"
    with pytest.raises(Refused, match="已编号：濮县纪报〔2026〕1号"):
        copies.number_copy(first, by=cast.wenshu, at=LATE)

    copies.void_copy(first, by=cast.dangfeng, at=LATE, reason="主送有误")
    second = copies.draft_copy(report, by=cast.dangfeng, at=LATE)
    copies.edit_copy(second, {"signed_by": "马书记"}, by=cast.dangfeng, at=LATE)

    assert copies.number_copy(second, by=cast.wenshu, at=LATE) == "濮县纪报〔2026〕2号"
    rows = register_rows(cast.dangfeng, "copy_out", 2026)
    assert [(row["doc_no"], row["step_word"]) for row in rows] == [
        ("濮县纪报〔2026〕1号", "已作废"),
        ("濮县纪报〔2026〕2号", "待印发"),
    ]


def test_a09_7b_instructions_come_back_on_an_issued_copy(copy: CopyOut, cast: County) -> None:
    said = {"leader": "县委书记", "given_on": date(2026, 3, 17), "text": "请农业农村局限期整改"}
    with pytest.raises(Refused, match="还没有印发，不能登记批示"):
        copies.record_instruction(copy, by=cast.dangfeng, at=LATE, **said)
    copy = copies.issue_copy(filled(copy, cast), by=cast.dangfeng, at=LATE, issued_on=date(2026, 3, 16))

    made = copies.record_instruction(copy, by=cast.dangfeng, at=LATE, **said)
    copies.follow_up(made, by=cast.nongye, at=LATE, text="已转办并列入整改台账")

    made.refresh_from_db()
    assert (made.leader, made.follow_up) == ("县委书记", "已转办并列入整改台账")
    assert Notice.objects.filter(recipient=cast.nongye, sentence__contains="县委书记对").count() == 1
    for stranger in (cast.jiaoyu, cast.changweihui):
        with pytest.raises(Refused, match="由党风政风监督室或牵头单位登记"):
            copies.follow_up(made, by=stranger, at=LATE, text="改")


def test_a09_7b_only_the_cso_keeps_copies_and_one_per_report(copy: CopyOut, cast: County) -> None:
    with pytest.raises(Refused, match="由党风政风监督室起草"):
        copies.draft_copy(copy.report, by=cast.nongye, at=LATE)
    with pytest.raises(Refused, match="已有抄报件"):
        copies.draft_copy(copy.report, by=cast.dangfeng, at=LATE)
    with pytest.raises(Refused, match="由党风政风监督室办理"):
        copies.edit_copy(copy, {"body": "改"}, by=cast.nongye, at=LATE)


# --- A9.7c: important matters ---


def test_a09_7c_an_important_matter_stays_open_until_the_meeting_is_entered(
    cast: County, approved: InspectionReport
) -> None:
    reports.mark_important(approved, important=True, by=cast.dangfeng, at=SIGNED)
    paper = CopyOut.objects.get(kind="cpc_standing_committee")
    with pytest.raises(Refused, match="还没有研判"):
        copies.record_meeting(paper, by=cast.dangfeng, at=LATE, meeting_on=date(2026, 3, 16))
    studied(cast, tabled(cast, approved))
    assert paper.meeting_on is None

    copies.record_meeting(paper, by=cast.dangfeng, at=LATE, meeting_on=date(2026, 3, 16), outcome="同意处置意见")

    paper.refresh_from_db()
    assert (paper.meeting_on, paper.outcome) == (date(2026, 3, 16), "同意处置意见")
    with pytest.raises(Refused, match="不能取消认定"):
        reports.mark_important(fresh(approved), important=False, by=cast.dangfeng, at=LATE)


def test_a09_7c_importance_is_a_person_s_flag_and_may_be_taken_back(cast: County, approved: InspectionReport) -> None:
    for _ in range(2):
        reports.mark_important(fresh(approved), important=True, by=cast.nongye, at=SIGNED)
    assert CopyOut.objects.count() == 1
    reports.mark_important(fresh(approved), important=False, by=cast.nongye, at=SIGNED)

    assert (CopyOut.objects.count(), fresh(approved).is_important) == (0, False)
    with pytest.raises(Refused, match="由牵头单位或党风政风监督室认定"):
        reports.mark_important(approved, important=True, by=cast.jiaoyu, at=SIGNED)
