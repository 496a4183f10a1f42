"""The standing committee: what waits, the agenda, what a decision causes, how a meeting ends (A6.1f, A7.1, A9.3c, A9.7a-b)."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from accounts.models import Notice, ScResolution
from accounts.workflow import AlreadyDecided, Refused
from checklists.models import TaskAssignment
from reports.actions.committee import agenda, decisions, meetings
from reports.committee.candidates import candidates
from reports.models import AgendaItem, CommitteeMeeting
from supervision.actions.reporting.reports import study_report
from supervision.models import CopyOut
from tests.factories import County, county, moment
from tests.reports.committee_cases import (
    CALLED,
    DAY,
    EVENING,
    PEOPLE,
    approval_of,
    ask,
    called,
    decide,
    fixed,
    held,
    major_plan,
    put,
    submitted_list,
    tabled_report,
)
from tests.supervision.report_cases import find, make_round, ready, signed

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> County:
    return county()


def waiting(user: Any) -> list[tuple[str, bool]]:
    return [(row.key, row.ready) for row in candidates(user)]


# --- what waits ---


def test_everything_that_waits_for_the_committee_is_offered_with_its_days(cast: County) -> None:
    plan, report, checklist = major_plan(cast), tabled_report(cast), submitted_list(cast)
    round = make_round(cast.edu)
    find(round)
    untabled = signed(cast, ready(round))

    found = {row.key: row for row in candidates(cast.changweihui)}

    assert set(found) == {
        f"approval:{approval_of(plan).pk}",
        f"report:{report.pk}",
        f"checklist:{checklist.pk}",
        f"report:{untabled.pk}",
    }
    assert (found[f"report:{report.pk}"].since, found[f"report:{report.pk}"].due_on) == (
        date(2026, 3, 10),
        date(2026, 3, 16),
    )
    assert found[f"approval:{approval_of(plan).pk}"].since == date(2026, 2, 10)
    assert not found[f"report:{untabled.pk}"].ready  # approved, its ten days run, nobody has submitted it
    assert [row.key for row in candidates(cast.dangfeng_head)] == [row.key for row in candidates(cast.changweihui)]
    assert candidates(cast.nongye_head) == candidates(cast.shuji) == []


def test_another_county_s_papers_are_not_offered(cast: County) -> None:
    abroad = county("外县")
    tabled_report(cast)

    assert candidates(abroad.changweihui) == []


# --- the agenda ---


def test_a_paper_stands_on_one_open_agenda_only(cast: County) -> None:
    report, first, second = tabled_report(cast), called(cast), called(cast, held_on=date(2026, 3, 20))
    item = put(cast, first, f"report:{report.pk}")

    assert waiting(cast.changweihui) == []
    with pytest.raises(Refused, match="可能已列入其他会议"):
        put(cast, second, f"report:{report.pk}")
    with pytest.raises(IntegrityError), transaction.atomic():
        AgendaItem.objects.create(meeting=second, position=1, kind="report", report=report, title="重复", reporter=cast.agri,
                                  added_by=cast.changweihui, added_at=CALLED)  # fmt: skip
    agenda.remove_item(item, by=cast.changweihui, at=CALLED)

    assert put(cast, second, f"report:{report.pk}").position == 1


def test_a_report_that_was_not_submitted_cannot_be_studied_by_way_of_an_agenda(cast: County) -> None:
    round = make_round(cast.agri)
    find(round)
    report = signed(cast, ready(round))

    with pytest.raises(Refused, match="等待党风政风监督室提交.*第九条第（七）项"):
        put(cast, called(cast), f"report:{report.pk}")


def test_the_secretary_orders_the_proposer_takes_back_only_his_own(cast: County) -> None:
    meeting = called(cast)
    first, second = ask(cast, meeting, "甲"), ask(cast, meeting, "乙")
    third = agenda.add_written(meeting, kind="other", title="丙", reporter=cast.cso, by=cast.changweihui, at=CALLED)

    agenda.move_item(third, up=True, by=cast.changweihui, at=CALLED)
    agenda.move_item(first, up=True, by=cast.changweihui, at=CALLED)  # is the first already
    assert list(meeting.items.values_list("title", flat=True)) == ["甲", "丙", "乙"]
    with pytest.raises(Refused, match="顺序由常委会秘书编排"):
        agenda.move_item(second, up=True, by=cast.dangfeng_head, at=CALLED)
    with pytest.raises(Refused, match="由林秘书提出"):
        agenda.remove_item(third, by=cast.dangfeng_head, at=CALLED)
    agenda.remove_item(first, by=cast.dangfeng_head, at=CALLED)

    assert list(meeting.items.values_list("position", "title")) == [(1, "丙"), (2, "乙")]


@pytest.mark.parametrize("name", ["nongye_head", "xieguan1", "fenguan", "shuji", "dangfeng", "sysadmin"])
def test_nobody_else_composes_or_records(cast: County, name: str) -> None:
    person, meeting = cast.people[name], called(cast)
    item = ask(cast, meeting)
    tries: list[Any] = [
        lambda: meetings.call_meeting(cast.cso, {**PEOPLE, "held_on": DAY}, by=person, at=CALLED),
        lambda: agenda.add_written(meeting, kind="other", title="丁", reporter=cast.cso, by=person, at=CALLED),
        lambda: agenda.remove_item(item, by=person, at=CALLED),
        lambda: meetings.table_agenda(meeting, by=person, at=CALLED),
        lambda: decisions.decide_item(item, decisions.Ruling("approve"), by=person, at=EVENING),
        lambda: decisions.task_from(item, cast.agri, task="办", due_on=date(2026, 4, 1), by=person, at=EVENING),
    ]

    for work in tries:
        with pytest.raises(Refused):
            work()
    assert (CommitteeMeeting.objects.count(), AgendaItem.objects.count(), TaskAssignment.objects.count()) == (1, 1, 0)


def test_a_fixed_agenda_is_locked_and_an_empty_one_is_none(cast: County) -> None:
    meeting = called(cast)
    with pytest.raises(Refused, match="还没有议题"):
        fixed(cast, meeting)
    item = ask(cast, meeting)
    fixed(cast, meeting)

    for work in (lambda: ask(cast, meeting), lambda: agenda.remove_item(item, by=cast.changweihui, at=CALLED)):
        with pytest.raises(Refused, match="议程已锁定"):
            work()
    told = set(
        Notice.objects.filter(sentence__contains="定于2026年3月12日（周四）召开").values_list(
            "recipient__username", flat=True
        )
    )
    assert told == {"shuji", "fenguan", "dangfeng_head"}
    meetings.reopen_agenda(meeting, by=cast.changweihui, at=CALLED)
    assert ask(cast, meeting, "补充").position == 2


def test_meetings_are_numbered_by_the_year_and_a_person_is_there_or_not(cast: County) -> None:
    assert [called(cast).number, called(cast).number, called(cast, held_on=date(2027, 1, 8)).number] == [1, 2, 1]
    with pytest.raises(Refused, match="已有第2次会议"):
        called(cast, number=2)
    with pytest.raises(Refused, match="马书记同时登记为出席和请假"):
        called(cast, absent="马书记")


# --- the decisions ---


def test_a_passed_plan_takes_effect_with_day_number_votes_and_attendance(cast: County) -> None:
    plan, meeting = major_plan(cast), called(cast)
    item = put(cast, meeting, f"approval:{approval_of(plan).pk}")
    held(cast, meeting)

    decide(cast, item, "approve", "同意，抓紧实施。", votes_for=4, votes_against=0, votes_abstain=1)

    plan.refresh_from_db()
    item.refresh_from_db()
    made = ScResolution.objects.get()
    assert (plan.step, item.holds, item.votes) == ("approved", False, "同意4票，不同意0票，弃权1票")
    assert (made.kind, made.meeting_on, made.meeting_no, made.agenda_no) == ("plan_approval", DAY, "第1次", 1)
    assert (made.attendance, made.opinion, item.resolution) == (
        "应到6人，实到5人（林二请假）",
        "同意，抓紧实施。",
        made,
    )


def test_a_returned_plan_needs_its_reason_and_goes_back_with_it(cast: County) -> None:
    plan, meeting = major_plan(cast), called(cast)
    item = put(cast, meeting, f"approval:{approval_of(plan).pk}")
    held(cast, meeting)

    with pytest.raises(Refused, match="退回修改须写明会议意见"):
        decide(cast, item, "return", " ")
    decide(cast, item, "return", "补充资金检查内容。")

    plan.refresh_from_db()
    assert plan.step == "returned"
    assert Notice.objects.filter(recipient=cast.nongye, sentence__contains="补充资金检查内容").exists()


def test_a_list_passes_and_may_be_issued(cast: County) -> None:
    checklist, meeting = submitted_list(cast), called(cast)
    item = put(cast, meeting, f"checklist:{checklist.pk}")
    held(cast, meeting)

    decide(cast, item, "approve", "同意印发。")

    checklist.refresh_from_db()
    assert checklist.resolution is not None and checklist.resolution.approved
    assert (checklist.step, checklist.resolution.agenda_no) == ("submitted", 1)
    assert waiting(cast.changweihui) == []


def test_a_studied_report_with_its_copy_in_the_register(cast: County) -> None:
    report, meeting = tabled_report(cast), called(cast)
    item = put(cast, meeting, f"report:{report.pk}")
    held(cast, meeting)

    with pytest.raises(Refused, match="请写明常委会的研判意见"):
        decide(cast, item, "approve")
    decide(cast, item, "approve", "限期整改，严肃问责。", copy_out=True)

    report.refresh_from_db()
    copy = CopyOut.objects.get()
    assert (report.step, report.studied_on) == ("studied", DAY)
    assert (copy.report_id, copy.organ, copy.issued_on) == (report.pk, cast.cso, None)
    assert "四、常委会研判意见\n限期整改，严肃问责。" in copy.body
    assert Notice.objects.filter(recipient=cast.dangfeng, sentence__contains="决定书面抄报").count() == 1


def test_a_report_goes_back_for_more_and_waits_again_when_it_returns(cast: County) -> None:
    report, meeting = tabled_report(cast), called(cast)
    item = put(cast, meeting, f"report:{report.pk}")
    held(cast, meeting)

    decide(cast, item, "return", "补充近三年数据。")

    report.refresh_from_db()
    assert (report.step, report.submitted_on, report.studied_on) == ("returned", date(2026, 3, 10), None)
    assert waiting(cast.changweihui) == []


@pytest.mark.parametrize(
    ("kind", "decision", "resolution", "approved"),
    [("arrangement", "approve", "arrangement", True), ("arrangement", "return", "arrangement", False),
     ("question", "approve", "other", True), ("other", "noted", "other", True)],
)  # fmt: skip
def test_a_written_matter_leaves_a_resolution_of_its_kind(
    cast: County, kind: str, decision: str, resolution: str, approved: bool
) -> None:
    meeting = called(cast)
    item = ask(cast, meeting, kind=kind)
    held(cast, meeting)

    decide(cast, item, decision, "按会议意见办。")

    made = ScResolution.objects.get()
    assert (made.kind, made.approved, made.organ, made.title) == (resolution, approved, cast.cso, "分工问题")


def test_votes_that_cannot_be_are_refused_and_leave_nothing(cast: County) -> None:
    plan, meeting = major_plan(cast), called(cast)
    item = put(cast, meeting, f"approval:{approval_of(plan).pk}")
    held(cast, meeting)

    with pytest.raises(Refused, match="票数合计6票，超过出席人数5人"):
        decide(cast, item, "approve", votes_for=6)
    with pytest.raises(Refused, match="同意票没有超过不同意票"):
        decide(cast, item, "approve", votes_for=2, votes_against=2)
    with pytest.raises(Refused, match="请选择会议决定：“同意”、“退回修改”、“缓议”"):
        decide(cast, item, "noted")

    plan.refresh_from_db()
    assert (plan.step, ScResolution.objects.count()) == ("submitted", 0)


def test_a_decision_is_recorded_once_and_only_after_the_meeting(cast: County) -> None:
    meeting = called(cast)
    item = ask(cast, meeting)
    with pytest.raises(Refused, match="请先登记开会和出席情况"):
        decide(cast, item, "approve")
    held(cast, meeting)
    decide(cast, item, "approve", "同意。")

    with pytest.raises(Refused, match="林秘书已登记为“同意”"):
        decide(cast, item, "return", "不同意。")
    assert ScResolution.objects.count() == 1


def test_what_was_settled_on_its_own_page_is_withdrawn_from_the_agenda(cast: County) -> None:
    report, meeting = tabled_report(cast), called(cast)
    item = put(cast, meeting, f"report:{report.pk}")
    held(cast, meeting)
    study_report(report, by=cast.changweihui, at=EVENING, meeting_on=DAY, opinion="已研判。")

    with pytest.raises(Refused, match="当前为“常委会已研判”"):
        decide(cast, item, "approve", "再研判。")
    agenda.withdraw_item(item, by=cast.changweihui, at=EVENING, reason="已单独登记")
    meetings.close_meeting(meeting, by=cast.changweihui, at=EVENING)

    assert ScResolution.objects.count() == 1


def test_a_signed_paper_says_who_was_quicker(cast: County) -> None:
    plan, meeting = major_plan(cast), called(cast)
    item = put(cast, meeting, f"approval:{approval_of(plan).pk}")
    held(cast, meeting)
    other = decisions.Ruling("return", "退回。")
    EFFECT = decisions.EFFECTS["approval"]
    EFFECT(item, other, by=cast.changweihui, at=EVENING)

    with pytest.raises(AlreadyDecided, match="已由林秘书"):
        decide(cast, item, "approve", "同意。")
    item.refresh_from_db()
    assert item.decision == ""


# --- tasks, the end ---


def test_a_decision_gives_tasks_that_name_the_meeting(cast: County) -> None:
    meeting = called(cast)
    item = ask(cast, meeting)
    held(cast, meeting)
    give: Any = {"task": "提出分工意见", "due_on": date(2026, 4, 1), "by": cast.changweihui, "at": EVENING}
    with pytest.raises(Refused, match="还没有会议决定"):
        decisions.task_from(item, cast.agri, **give)
    decide(cast, item, "approve", "同意。")

    made = decisions.task_from(item, cast.agri, **give)

    assert (made.organ, made.origin) == (cast.agri, "县纪委常委会2026年第1次会议第1项议题：分工问题")
    assert Notice.objects.filter(recipient=cast.nongye, sentence__contains="提出分工意见").count() == 1
    with pytest.raises(Refused, match="承办单位不在本县"):
        decisions.task_from(item, county("外县").agri, **give)


def test_a_meeting_closes_when_each_item_is_decided_or_put_off(cast: County) -> None:
    meeting = called(cast)
    first, second = ask(cast, meeting, "甲"), ask(cast, meeting, "乙")
    held(cast, meeting)
    decide(cast, first, "approve", "同意。")

    with pytest.raises(Refused, match="第2项议题还没有登记决定"):
        meetings.close_meeting(meeting, by=cast.changweihui, at=EVENING)
    decide(cast, second, "defer", "摸清底数再议。")
    meetings.close_meeting(meeting, by=cast.changweihui, at=EVENING)

    later = called(cast, held_on=date(2026, 3, 26))
    assert waiting(cast.changweihui) == [(f"carry:{second.pk}", True)]
    carried = put(cast, later, f"carry:{second.pk}")
    assert (carried.title, carried.text, carried.carried_from) == ("乙", "牵头单位不清。建议明确。", second)
    assert waiting(cast.changweihui) == []


def test_a_paper_put_off_before_or_in_the_meeting_is_offered_again(cast: County) -> None:
    report, plan, meeting = tabled_report(cast), major_plan(cast), called(cast)
    first, second = put(cast, meeting, f"report:{report.pk}"), put(cast, meeting, f"approval:{approval_of(plan).pk}")
    fixed(cast, meeting)
    with pytest.raises(Refused, match="须写明理由"):
        agenda.postpone_item(first, by=cast.changweihui, at=CALLED, reason="")
    agenda.postpone_item(first, by=cast.changweihui, at=CALLED, reason="材料待补")
    meetings.hold_meeting(meeting, by=cast.changweihui, at=EVENING)
    decide(cast, second, "defer", "下次再议。")
    meetings.close_meeting(meeting, by=cast.changweihui, at=EVENING)

    assert {(row.key, row.note) for row in candidates(cast.changweihui)} == {
        (f"report:{report.pk}", "上次会议缓议"),
        (f"approval:{approval_of(plan).pk}", "上次会议缓议"),
    }
    plan.refresh_from_db()
    assert plan.step == "submitted"


def test_a_cancelled_meeting_lets_go_of_its_papers(cast: County) -> None:
    report, meeting = tabled_report(cast), called(cast)
    put(cast, meeting, f"report:{report.pk}")
    question = ask(cast, meeting)
    fixed(cast, meeting)
    with pytest.raises(Refused, match="请写明取消会议的理由"):
        meetings.cancel_meeting(meeting, by=cast.changweihui, at=CALLED, reason="")
    meetings.cancel_meeting(meeting, by=cast.changweihui, at=CALLED, reason="会期调整")

    assert {key for key, _ in waiting(cast.changweihui)} == {f"report:{report.pk}", f"carry:{question.pk}"}


def test_a_meeting_to_come_was_not_held_and_one_without_people_neither(cast: County) -> None:
    meeting = called(cast, present="")
    ask(cast, meeting)
    fixed(cast, meeting)

    with pytest.raises(Refused, match="开会后才能登记"):
        meetings.hold_meeting(meeting, by=cast.changweihui, at=CALLED)
    with pytest.raises(Refused, match="请填写主持人和出席人员"):
        meetings.hold_meeting(meeting, by=cast.changweihui, at=EVENING)
    meetings.hold_meeting(
        meeting, by=cast.changweihui, at=EVENING, values={"present": "马书记，高副", "chair": "马书记"}
    )

    meeting.refresh_from_db()
    assert (meeting.step, meeting.attendance) == ("held", "应到3人，实到2人（林二请假）")
    with pytest.raises(Refused, match="会议信息不能再改"):
        meetings.change_meeting(meeting, {"place": "别处"}, by=cast.changweihui, at=moment(2026, 3, 13))
