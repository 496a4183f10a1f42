"""工作调度会 from outside: who holds it, decisions that become tasks once, what is open from before, pages, minutes, duties."""

from __future__ import annotations

import io
from datetime import date
from typing import Any

import docx
import openpyxl
import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.duties import open_duties, settle_duties
from accounts.models import Duty, DutyState, Notice
from accounts.workflow import Refused
from checklists.actions.meetings import (
    add_decision,
    add_topic,
    cancel_meeting,
    drop_line,
    hold_meeting,
    meeting_url,
    save_meeting,
)
from checklists.actions.tasks import complete_task
from checklists.meetings.standing import quarters, was_held
from checklists.meetings.states import MeetingKind
from checklists.models import Meeting, MeetingDecision, TaskAssignment
from reports.builders.meetings import meeting_paper
from tests.factories import NOW, TODAY, County, county, enter, moment
from tests.reports.measure import text_of

pytestmark = pytest.mark.django_db
DUE = date(2026, 3, 20)


@pytest.fixture
def cast() -> County:
    return county()


def prepare(cast: County, *, by: Any = None, **values: Any) -> Meeting:
    """A dispatch meeting of the first quarter with one matter on its agenda."""
    person = by or cast.dangfeng
    fields: dict[str, Any] = {
        "kind": "quarterly", "year": 2026, "quarter": 1, "held_on": TODAY, "place": "县纪委三楼会议室", "attendees": "周明\n李青",
        **values,
    }  # fmt: skip
    made = save_meeting(None, organ=person.organ, by=person, at=NOW, **fields)
    add_topic(made, text="一季度重点项目进展", by=person, at=NOW)
    return made


def decide(cast: County, meeting: Meeting, text: str = "核对高标准农田管护清单", **values: Any) -> MeetingDecision:
    given: dict[str, Any] = {"organ": cast.agri, "due_on": DUE, "by": cast.dangfeng, "at": NOW, **values}
    return add_decision(meeting, text=text, **given)


# --- who ---


def test_cso_and_groups_hold_meetings_and_others_do_not(cast: County) -> None:
    assert str(prepare(cast)) == "党风政风监督室2026年第一季度工作调度会"
    assert prepare(cast, by=cast.nongye).organ == cast.agri
    for person in (cast.liuhe, cast.anguan):
        with pytest.raises(Refused, match="本部门不登记"):
            prepare(cast, by=person)
    with pytest.raises(Refused, match="由该单位人员登记"):
        save_meeting(None, organ=cast.agri, by=cast.dangfeng, at=NOW, kind="special")


def test_a_group_gives_tasks_to_itself_alone(cast: County) -> None:
    meeting = prepare(cast, by=cast.nongye)

    with pytest.raises(Refused, match="不能给驻县教育局纪检监察组下达任务"):
        decide(cast, meeting, organ=cast.edu, by=cast.nongye)
    assert decide(cast, meeting, organ=cast.agri, by=cast.nongye).organ == cast.agri


def test_a_strange_county_is_out_of_reach(cast: County) -> None:
    abroad = county("外县")

    with pytest.raises(Refused, match="不能给"):
        decide(cast, prepare(cast), organ=abroad.agri)


# --- decisions become tasks ---


def test_each_decision_becomes_one_task_and_its_organ_is_told(cast: County) -> None:
    meeting = prepare(cast)
    decide(cast, meeting)
    decide(cast, meeting, "开展营养餐采购复查", organ=cast.edu)
    assert not TaskAssignment.objects.exists()

    hold_meeting(meeting, by=cast.dangfeng, at=NOW)
    with pytest.raises(Refused, match="已召开"):
        hold_meeting(meeting, by=cast.dangfeng_head, at=NOW)

    tasks = TaskAssignment.objects.order_by("pk").values_list("organ", "task", "due_on", "source", "source_link")
    source = ("党风政风监督室2026年第一季度工作调度会", meeting_url(meeting))
    assert list(tasks) == [
        (cast.agri.pk, "核对高标准农田管护清单", DUE, *source),
        (cast.edu.pk, "开展营养餐采购复查", DUE, *source),
    ]
    assert "核对高标准农田管护清单" in Notice.objects.get(recipient=cast.nongye).sentence


def test_a_held_meeting_is_locked(cast: County) -> None:
    meeting = prepare(cast)
    decision = decide(cast, meeting)
    hold_meeting(meeting, by=cast.dangfeng, at=NOW)

    with pytest.raises(Refused, match="已经锁定"):
        add_topic(meeting, text="补一项", by=cast.dangfeng, at=NOW)
    with pytest.raises(Refused, match="已经锁定"):
        drop_line(decision, by=cast.dangfeng, at=NOW)
    with pytest.raises(Refused):
        cancel_meeting(meeting, by=cast.dangfeng, at=NOW)


def test_a_decision_whose_term_has_passed_holds_everything_back(cast: County) -> None:
    meeting = prepare(cast)
    decide(cast, meeting, "后一项", due_on=date(2026, 5, 1))
    decide(cast, meeting, "先到期", due_on=date(2026, 2, 11))

    with pytest.raises(Refused, match="先到期"):
        hold_meeting(meeting, by=cast.dangfeng, at=moment(2026, 2, 12))

    meeting.refresh_from_db()
    assert (meeting.step, TaskAssignment.objects.count()) == ("draft", 0)


@pytest.mark.parametrize(("due_on", "allowed"), [(date(2026, 2, 9), False), (date(2026, 2, 10), True)])
def test_a_term_begins_today_at_the_earliest(cast: County, due_on: date, allowed: bool) -> None:
    meeting = prepare(cast)

    if allowed:
        assert decide(cast, meeting, due_on=due_on).seq == 1
    else:
        with pytest.raises(Refused, match="不能早于今天"):
            decide(cast, meeting, due_on=due_on)


def test_a_meeting_to_come_and_one_without_people_or_matters_are_not_recorded(cast: County) -> None:
    later = prepare(cast, held_on=date(2026, 2, 11))
    with pytest.raises(Refused, match="还没有到"):
        hold_meeting(later, by=cast.dangfeng, at=NOW)
    with pytest.raises(Refused, match="参加人员"):
        hold_meeting(prepare(cast, attendees=" "), by=cast.dangfeng, at=NOW)
    bare = prepare(cast)
    drop_line(bare.topics.get(), by=cast.dangfeng, at=NOW)
    with pytest.raises(Refused, match="研究事项"):
        hold_meeting(bare, by=cast.dangfeng, at=NOW)


# --- what is open from before ---


def test_the_next_meeting_begins_with_what_the_earlier_ones_left_open_and_freezes_it(cast: County) -> None:
    first = prepare(cast)
    decide(cast, first)
    done = decide(cast, first, "已办的一项", organ=cast.edu)
    hold_meeting(first, by=cast.dangfeng, at=NOW)
    done.refresh_from_db()
    assert done.task is not None
    complete_task(done.task, by=cast.jiaoyu, at=NOW, done_on=TODAY, result="已完成")
    april = moment(2026, 4, 8)
    second = prepare(cast, quarter=2, held_on=date(2026, 4, 8))

    with time_machine.travel(april, tick=False):
        text = enter(cast.dangfeng).get(meeting_url(second)).content.decode()
    hold_meeting(second, by=cast.dangfeng, at=april)

    assert "核对高标准农田管护清单" in text and "已办的一项" not in text
    second.refresh_from_db()
    assert second.carried == [
        {"meeting": str(first), "text": "核对高标准农田管护清单", "organ": "驻县农业农村局纪检监察组", "due_on": "2026-03-20",
         "state": "逾期未完成"}
    ]  # fmt: skip
    complete_task(TaskAssignment.objects.get(done_on=None), by=cast.nongye, at=april, done_on=TODAY, result="好")
    assert any("逾期未完成" in block.text for block in meeting_paper(second).blocks)


# --- how the year stands ---


def test_a_quarter_without_its_meeting_is_marked_and_a_special_one_does_not_count(cast: County) -> None:
    hold_meeting(prepare(cast), by=cast.dangfeng, at=NOW)
    hold_meeting(prepare(cast, kind="special"), by=cast.dangfeng, at=NOW)
    prepare(cast, kind="liaison")

    states = {label: [cell.state for cell in row] for label, row in quarters(cast.cso.pk, 2026, on=date(2026, 8, 1))}

    assert states == {
        "季度工作调度会": ["held", "missing", "open", "later"],
        "联络员例会": ["missing", "missing", "open", "later"],
    }
    assert was_held(cast.cso.pk, MeetingKind.QUARTERLY, 2026, 1)
    assert not was_held(cast.cso.pk, MeetingKind.LIAISON, 2026, 1)


@pytest.mark.parametrize(
    ("day", "period", "due"),
    [
        (date(2026, 3, 31), "2026Q1", date(2026, 3, 31)),
        (date(2026, 4, 1), "2026Q2", date(2026, 6, 30)),
        (date(2026, 12, 31), "2026Q4", date(2026, 12, 31)),
    ],
)
def test_the_quarters_meeting_is_a_suggested_duty_of_cso_until_it_is_held(
    cast: County, day: date, period: str, due: date
) -> None:
    open_duties(day)
    duty = Duty.objects.get(kind="dispatch_meeting")
    assert (duty.organ, duty.period, duty.due_on) == (cast.cso, period, due)
    assert duty.title.endswith("（建议）")

    hold_meeting(prepare(cast, quarter=int(period[-1])), by=cast.dangfeng, at=NOW)
    settle_duties()

    duty.refresh_from_db()
    assert duty.state(on=day) == DutyState.DONE


# --- pages ---


@time_machine.travel(NOW, tick=False)
def test_a_journey_by_hand_from_the_frame_to_the_tasks(cast: County) -> None:
    client = enter(cast.dangfeng)
    frame = {"kind": "quarterly", "year": 2026, "quarter": 1, "held_on": "2026-02-10", "attendees": "周明、李青"}
    client.post(reverse("checklists:meeting_new"), frame)
    meeting = Meeting.objects.get()
    act = reverse("checklists:meeting_act", args=[meeting.pk])

    client.post(act, {"verb": "topic", "topic-text": "春耕监督进展"})
    wrong = client.post(act, {"verb": "decision", "decision-text": "排查农资价格", "decision-organ": cast.agri.pk})
    assert wrong.status_code == 422 and "排查农资价格" in wrong.content.decode()
    decision = {"decision-text": "排查农资价格", "decision-organ": cast.agri.pk, "decision-due_on": "2026-02-09"}
    late = client.post(act, {"verb": "decision", **decision})
    assert late.status_code == 422 and "不能早于今天" in late.content.decode()
    client.post(act, {"verb": "decision", **decision, "decision-due_on": "2026-03-09"})
    held = client.post(act, {"verb": "hold"}, follow=True).content.decode()

    assert "1项议定事项已作为任务下达" in held and "还有27天" in held
    seen = enter(cast.nongye).get(meeting_url(meeting))
    assert seen.status_code == 200 and "排查农资价格" in seen.content.decode()
    assert enter(cast.nongye).post(act, {"verb": "drop"}).status_code == 404
    assert enter(cast.jiaoyu).get(meeting_url(meeting)).status_code == 404


@pytest.mark.parametrize("data", [{}, {"verb": "nonsense"}, {"verb": "drop_topic", "line": "x"}, {"verb": "topic"}])
def test_nonsense_is_answered_in_words(cast: County, data: dict[str, str]) -> None:
    meeting = prepare(cast)

    answer = enter(cast.dangfeng).post(reverse("checklists:meeting_act", args=[meeting.pk]), data, follow=True)

    assert answer.status_code in (200, 404, 422)
    assert meeting.topics.count() == 1


def test_the_list_filters_and_travels_and_costs_the_same_however_long_it_is(cast: County) -> None:
    hold_meeting(prepare(cast), by=cast.dangfeng, at=NOW)
    prepare(cast, kind="joint")
    client, address = enter(cast.dangfeng), reverse("checklists:meetings")

    def kinds(**query: str) -> list[str]:
        return [row["kind"] for row in client.get(address, query).context["page"].rows]

    def questions() -> int:
        with CaptureQueriesContext(connection) as seen:
            client.get(address)
        return len(seen)

    assert sorted(kinds()) == ["joint", "quarterly"]
    assert kinds(step="held") == kinds(quarter="1", kind="quarterly") == ["quarterly"]
    sheet = openpyxl.load_workbook(io.BytesIO(client.get(address, {"format": "xlsx"}).content)).active
    assert [row[1] for row in sheet.iter_rows(min_row=3, values_only=True)] == ["联席会议", "季度工作调度会"]
    before = questions()
    for _ in range(5):
        prepare(cast, kind="special")
    assert questions() == before


def test_the_minutes_name_who_does_what_by_when(cast: County) -> None:
    meeting = prepare(cast)
    decide(cast, meeting)
    client = enter(cast.dangfeng)

    pdf = text_of(client.get(reverse("reports:meeting", args=[meeting.pk])).content)
    word = docx.Document(io.BytesIO(client.get(reverse("reports:word", args=["meetings", meeting.pk])).content))

    lines = [paragraph.text for paragraph in word.paragraphs]
    assert "1.核对高标准农田管护清单。责任单位：驻县农业农村局纪检监察组；完成时限：2026年3月20日。" in lines
    assert "草稿" in pdf and "出席：周明，李青。" in pdf.replace("\n", "")
