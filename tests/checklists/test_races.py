"""Clerks who act in the same instant: three stays three, and a paper goes up once."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest
from django.db import connections

from accounts.models import Approval, User
from accounts.workflow import Refused
from checklists import actions
from checklists.actions import meetings
from checklists.models import ChecklistItem, Meeting, TaskAssignment
from checklists.states import FocusArea, Form
from tests.checklists.story import FEB, YEAR, draft, issue_points
from tests.factories import county

pytestmark = pytest.mark.django_db(transaction=True)


def together(work: Callable[[int], Any], number: int) -> list[Any]:
    """Run the work at once on connections of their own; refusals are answers."""
    gate = Barrier(number)

    def run(place: int) -> Any:
        try:
            gate.wait(30)
            return work(place)
        except Refused as refused:
            return refused.article
        finally:
            connections["default"].close()

    with ThreadPoolExecutor(number) as pool:
        return list(pool.map(run, range(number)))


def test_six_clerks_at_the_last_free_place_make_one_project() -> None:
    cast = county()
    issue_points(cast)
    for number in range(2):
        draft(cast, f"项目{number}")

    def create(place: int) -> str:
        clerk = User.objects.select_related("organ").get(pk=cast.nongye.pk)
        actions.create_item(
            clerk.organ, YEAR, Form.STATIONED, by=clerk, at=FEB, title=f"抢先{place}", focus_area=FocusArea.OTHER
        )
        return "made"

    answers = together(create, 6)

    assert sorted(answers) == ["A6.1b"] * 5 + ["made"]
    assert ChecklistItem.objects.count() == 3


def test_a_paper_sent_up_twice_goes_up_once() -> None:
    cast = county()
    issue_points(cast)
    item = draft(cast)

    def submit(place: int) -> str:
        clerk = User.objects.select_related("organ").get(pk=cast.nongye.pk)
        actions.submit_item(ChecklistItem.objects.get(pk=item.pk), by=clerk, at=FEB)
        return "up"

    answers = together(submit, 4)

    assert sorted(answers) == ["A6.1c"] * 3 + ["up"]
    assert Approval.objects.count() == 1


def test_a_meeting_recorded_as_held_by_four_at_once_gives_its_task_once() -> None:
    cast = county()
    fields = {"kind": "special", "year": 2026, "quarter": 1, "held_on": FEB.date(), "place": "", "attendees": "周明"}
    meeting = meetings.save_meeting(None, organ=cast.cso, by=cast.dangfeng, at=FEB, **fields)
    meetings.add_topic(meeting, text="春耕", by=cast.dangfeng, at=FEB)
    meetings.add_decision(meeting, text="排查", organ=cast.agri, due_on=FEB.date(), by=cast.dangfeng, at=FEB)

    def hold(place: int) -> str:
        clerk = User.objects.select_related("organ").get(pk=cast.dangfeng.pk)
        meetings.hold_meeting(Meeting.objects.get(pk=meeting.pk), by=clerk, at=FEB)
        return "held"

    answers = together(hold, 4)

    assert sorted(answers) == ["A10.1b"] * 3 + ["held"]
    assert TaskAssignment.objects.count() == 1
