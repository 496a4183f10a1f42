"""A recorded decision of the committee that was written down wrong: votes and words are put right, nothing moves twice (A6.1f)."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.urls import reverse

from accounts.models import Event, Notice, ScResolution
from accounts.workflow import Refused
from reports.actions.committee import meetings
from reports.actions.committee.corrections import correct_ruling
from reports.actions.committee.decisions import Ruling
from reports.builders.committee import minutes_paper
from reports.models import AgendaItem, RulingVersion
from reports.paper import Paragraph
from supervision.models import CopyOut
from tests.factories import County, county, enter, moment
from tests.reports.committee_cases import approval_of, ask, called, decide, held, major_plan, put, tabled_report

pytestmark = pytest.mark.django_db
NEXT = moment(2026, 3, 13, 9)


@pytest.fixture
def cast() -> County:
    return county()


def passed_plan(cast: County) -> AgendaItem:
    """A plan that passed, with two votes typed the wrong way round."""
    plan, meeting = major_plan(cast), called(cast)
    item = put(cast, meeting, f"approval:{approval_of(plan).pk}")
    held(cast, meeting)
    return decide(cast, item, "approve", "同意，抓紧实施", votes_for=3, votes_against=1, votes_abstain=0)


def correct(
    cast: County,
    item: AgendaItem,
    decision: str,
    opinion: str,
    *,
    reason: str = "录入错误",
    by: Any = None,
    **votes: Any,
) -> RulingVersion:
    ruling = Ruling(decision, opinion, **votes)
    return correct_ruling(item, ruling, reason=reason, by=by or cast.changweihui, at=NEXT)


def test_votes_and_opinion_are_put_right_and_the_earlier_wording_stays(cast: County) -> None:
    item = passed_plan(cast)
    approval = approval_of(item.approval.subject)
    steps = Event.objects.of(approval.subject).count()

    correct(cast, item, "approve", "原则同意，修改后实施", votes_for=4, votes_against=0, votes_abstain=1)

    item.refresh_from_db()
    kept = item.earlier.get()
    assert (item.votes, item.opinion) == ("同意4票，不同意0票，弃权1票", "原则同意，修改后实施")
    assert (kept.votes, kept.opinion, kept.reason) == ("同意3票，不同意1票，弃权0票", "同意，抓紧实施", "录入错误")
    assert (kept.written_by, kept.corrected_by) == (cast.changweihui, cast.changweihui)
    assert ScResolution.objects.get().opinion == "原则同意，修改后实施"
    assert Event.objects.of(approval.subject).count() == steps  # the plan took effect once
    note = Event.objects.of(item.meeting).get(verb="correct").note
    assert "原登记：同意3票，不同意1票，弃权0票，同意，抓紧实施；更正为：同意4票" in note
    assert Notice.objects.filter(recipient=cast.nongye, sentence__contains="登记已更正（同意不变）").count() == 1


def test_a_second_correction_keeps_both_wordings(cast: County) -> None:
    item = passed_plan(cast)
    correct(cast, item, "approve", "原则同意")
    correct(cast, item, "approve", "同意", reason="再次核对记录")

    assert [(one.number, one.opinion, one.reason) for one in RulingVersion.objects.filter(item=item)] == [
        (1, "同意，抓紧实施", "录入错误"),
        (2, "原则同意", "再次核对记录"),
    ]


def test_another_decision_is_refused_with_the_way_to_take(cast: County) -> None:
    item = passed_plan(cast)

    with pytest.raises(Refused, match="会议决定“同意”已经生效.*不能改变决定.*重新层报审批.*列入下次会议重新研究"):
        correct(cast, item, "return", "补充资金检查内容")

    item.refresh_from_db()
    assert (item.decision, item.opinion) == ("approve", "同意，抓紧实施")
    assert not RulingVersion.objects.exists()


def test_what_cannot_be_corrected(cast: County) -> None:
    meeting = called(cast)
    item, other = ask(cast, meeting, "甲事项"), ask(cast, meeting, "乙事项")
    held(cast, meeting)
    decide(cast, item, "approve", "同意")

    with pytest.raises(Refused, match="还没有登记决定，请直接登记"):
        correct(cast, other, "approve", "同意")
    with pytest.raises(Refused, match="须写明理由"):
        correct(cast, item, "approve", "改写", reason=" ")
    with pytest.raises(Refused, match="与原登记相同"):
        correct(cast, item, "approve", "同意")
    with pytest.raises(Refused, match="超过出席人数5人"):
        correct(cast, item, "approve", "同意", votes_for=9)
    for stranger in (cast.dangfeng_head, cast.shuji, cast.nongye_head):
        with pytest.raises(Refused, match="由常委会秘书更正"):
            correct(cast, item, "approve", "改写", by=stranger)
    assert not RulingVersion.objects.exists()


def test_a_studied_report_is_not_studied_or_copied_twice(cast: County) -> None:
    report, meeting = tabled_report(cast), called(cast)
    item = put(cast, meeting, f"report:{report.pk}")
    held(cast, meeting)
    decide(cast, item, "approve", "限期整改，严肃问责。", copy_out=True)
    meetings.close_meeting(meeting, by=cast.changweihui, at=NEXT)

    correct(cast, item, "approve", "限期整改，依规问责。")

    report.refresh_from_db()
    assert (report.step, report.studied_on) == ("studied", date(2026, 3, 12))
    assert CopyOut.objects.count() == 1 and ScResolution.objects.count() == 1
    assert report.resolution.opinion == "限期整改，依规问责。"
    said = [block.text for block in minutes_paper(meeting).blocks if isinstance(block, Paragraph)]
    assert "限期整改，依规问责。" in said
    assert "（本项登记于2026年3月13日更正，理由：录入错误。）" in said


def test_the_card_corrects_and_shows_what_stood_there(cast: County) -> None:
    item = passed_plan(cast)
    client, address = enter(cast.changweihui), reverse("reports:committee_correct", args=[item.pk])
    names = {"decision": "approve", "opinion": "原则同意", "votes_for": "4", "votes_against": "0", "votes_abstain": "1"}
    data = {f"c{item.pk}-{name}": value for name, value in names.items()}

    assert client.post(address, data).status_code == 422  # no reason
    form = client.get(item.meeting.get_absolute_url()).content.decode()
    assert (
        f'name="c{item.pk}-decision"' not in form and "同意（不能在这里改变）" in form and "同意，抓紧实施</dd>" in form
    )
    turned = data | {f"c{item.pk}-decision": "return", f"c{item.pk}-reason": "录入错误"}
    assert client.post(address, turned).status_code == 302  # the decision is not asked here, and stays

    item.refresh_from_db()
    assert (item.decision, item.opinion) == ("approve", "原则同意")
    page = client.get(item.meeting.get_absolute_url()).content.decode()
    assert "更正（录入错误），看原登记" in page and "同意3票，不同意1票，弃权0票" in page
    assert "更正登记" not in enter(cast.shuji).get(item.meeting.get_absolute_url()).content.decode()


def test_an_opinion_in_force_is_not_emptied_and_other_line_ends_are_no_change(cast: County) -> None:
    item = passed_plan(cast)
    AgendaItem.objects.filter(pk=item.pk).update(opinion="同意。\n抓紧实施。")
    client, address = enter(cast.changweihui), reverse("reports:committee_correct", args=[item.pk])
    votes = {f"c{item.pk}-votes_{name}": value for name, value in (("for", "3"), ("against", "1"), ("abstain", "0"))}
    data = votes | {f"c{item.pk}-reason": "核对"}

    empty = client.post(address, data | {f"c{item.pk}-opinion": " "})
    same = client.post(address, data | {f"c{item.pk}-opinion": "同意。\r\n抓紧实施。"})

    assert empty.status_code == 422 and "会议意见已经生效，更正时不能清空" in empty.content.decode()
    assert same.status_code == 422 and "与原登记相同" in same.content.decode()
    assert not RulingVersion.objects.exists()
    with pytest.raises(Refused, match="更正时不能清空"):
        correct(cast, item, "approve", " ", votes_for=4)
