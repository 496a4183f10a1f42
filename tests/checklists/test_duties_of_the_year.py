"""Deployment, key points and milestones are owed by a day, proved by records, and asked for in a few queries."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.duties import KINDS, open_duties, settle_duties
from accounts.models import Duty, DutyState, RuleSetting
from checklists import actions
from checklists.models import ChecklistItem, InstructionItem, Milestone, TaskAssignment
from checklists.states import Form
from tests.checklists.story import FEB, YEAR, draft, filed, issue_points, issued
from tests.factories import County, make_organ, moment, serial

pytestmark = pytest.mark.django_db


def of(kind: str) -> list[Duty]:
    return list(Duty.objects.filter(kind=kind).order_by("due_on", "pk"))


def test_a10_1a_the_office_owes_the_deployment_by_the_end_of_march(cast: County) -> None:
    open_duties(date(2026, 1, 1))
    (duty,) = of("deployment")
    assert (duty.organ, duty.due_on, duty.opened_on) == (cast.cso, date(2026, 3, 31), date(2026, 1, 1))

    actions.save_deployment(cast.cso, YEAR, plenum_on=date(2026, 1, 20), text="部署", by=cast.dangfeng, at=FEB)
    settle_duties()

    duty.refresh_from_db()
    assert (duty.proof, duty.fulfilled_at) == ("全会已部署", moment(2026, 1, 20, 12))


def test_a6_1a_key_points_are_owed_until_they_are_issued(cast: County) -> None:
    RuleSetting.objects.create(key="points_due", value="215", valid_from=date(2025, 12, 1))
    open_duties(date(2026, 1, 5))
    (duty,) = of("publish_points")
    assert (duty.organ, duty.due_on) == (cast.cso, date(2026, 2, 15))

    issue_points(cast, at=moment(2026, 2, 16))
    settle_duties()

    duty.refresh_from_db()
    assert duty.state(on=date(2026, 3, 1)) == DutyState.LATE


@pytest.mark.parametrize(
    ("since", "until", "owes"),
    [
        (date(2026, 1, 1), None, True),
        (date(2026, 2, 1), None, False),  # AMB-18: from the first full period on
        (None, date(2026, 11, 30), False),  # none for the period of its end
        (None, date(2027, 5, 1), True),
    ],
)
def test_amb_18_a_group_proposes_from_its_first_full_year_until_the_one_of_its_end(
    year: County, since, until, owes
) -> None:
    group = make_organ("驻县水利局纪检监察组", "stationed_group", year.root, active_from=since, active_to=until)

    open_duties(date(2026, 2, 12))

    assert Duty.objects.filter(kind="propose_items", organ=group).exists() is owes


@pytest.fixture
def listed(year: County) -> ChecklistItem:
    item = filed(year)
    filed(year, "师德师风监督", by=year.jiaoyu)
    issued(year)
    item.refresh_from_db()
    return item


def plan(item: ChecklistItem, cast: County, *rows: tuple[str, date, date | None]) -> None:
    actions.set_milestones(item, rows, by=cast.nongye, at=moment(2026, 6, 1))


def test_a6_2a_each_day_of_a_plan_is_a_duty_that_survives_rewriting(year: County, listed: ChecklistItem) -> None:
    june, september = date(2026, 6, 30), date(2026, 9, 30)
    plan(listed, year, ("摸底", june, None), ("走访", june, None), ("总结", september, None))
    open_duties(date(2026, 6, 1))
    plan(listed, year, ("摸底", june, date(2026, 5, 20)), ("走访", june, None), ("总结", september, None))
    open_duties(date(2026, 6, 2))
    settle_duties()

    first, second = of("milestone")
    assert (first.organ, first.due_on, first.fulfilled_at) == (year.agri, june, None)
    assert "摸底；走访" in first.title

    plan(listed, year, ("摸底", june, date(2026, 5, 20)), ("走访", june, date(2026, 5, 28)), ("总结", september, None))
    settle_duties()

    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.proof, first.fulfilled_at) == ("节点已完成", moment(2026, 5, 28, 12))
    assert second.fulfilled_at is None


def test_a6_2a_a_day_that_left_the_plan_is_closed_and_the_new_day_owed(year: County, listed: ChecklistItem) -> None:
    plan(listed, year, ("摸底", date(2026, 6, 30), None))
    open_duties(date(2026, 6, 1))
    plan(listed, year, ("摸底", date(2026, 7, 31), None))
    open_duties(date(2026, 6, 1))
    settle_duties()

    assert [(duty.due_on.month, duty.proof) for duty in of("milestone")] == [(6, "时间节点已调整"), (7, "")]


def test_a_draft_owes_no_milestones(year: County) -> None:
    item = draft(year)
    Milestone.objects.create(item=item, text="摸底", due_on=date(2026, 6, 30))

    open_duties(date(2026, 6, 1))

    assert of("milestone") == []


# --- the machine asks as often for many as for one ---


def _queries(work: Any) -> int:
    with CaptureQueriesContext(connection) as captured:
        work()
    return len(captured)


def _grow(cast: County, count: int) -> None:
    """More groups, and for each a listed project with a milestone, a task, an instruction and a signature to give."""
    for _ in range(count):
        number, unit = serial(), cast.units["县农业农村局"]
        make_organ(f"驻第{number}局纪检监察组", "stationed_group", cast.root, granted=False)
        item = ChecklistItem.objects.create(organ=cast.agri, lead_organ=cast.agri, year=YEAR, form="key", focus_area="other",
                                            title=f"项目{number}", step="listed", created_by=cast.nongye)  # fmt: skip
        Milestone.objects.create(item=item, text="摸底", due_on=date(2026, 6, 30))
        TaskAssignment.objects.create(
            organ=cast.agri, item=item, task="任务", due_on=date(2026, 6, 1), assigned_by=cast.dangfeng
        )
        InstructionItem.objects.create(organ=cast.agri, title=f"批示{number}", source_doc="来源", received_on=date(2026, 2, 1),
                                       responsible_unit=unit, due_on=date(2026, 5, 1),
                                       created_by=cast.nongye)  # fmt: skip
        actions.submit_item(draft(cast, f"待签{number}", form=Form.KEY, lead_department=unit), by=cast.nongye, at=FEB)


def test_opening_and_settling_cost_the_same_for_one_and_for_thirty(year: County) -> None:
    assert {"deployment", "publish_points", "propose_items", "sign_step", "milestone"} <= KINDS.keys()
    _grow(year, 1)
    day = date(2026, 2, 12)
    open_duties(day)  # content types are read once
    settle_duties()  # the points are issued
    few = [_queries(lambda: open_duties(day)), _queries(settle_duties)]
    rows = Duty.objects.count()
    _grow(year, 29)
    open_duties(day)

    assert Duty.objects.count() >= rows + 4 * 29
    assert [_queries(lambda: open_duties(day)), _queries(settle_duties)] == few
