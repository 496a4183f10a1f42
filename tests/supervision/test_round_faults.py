"""Faults that random sequences over a round have shown, one plain test each."""

from __future__ import annotations

from datetime import UTC, date
from typing import Any

import pytest

from accounts.workflow import Refused, move
from supervision.actions import fieldwork, plans, rounds
from supervision.actions.look_backs import reopen_found
from supervision.actions.problems import change_problem, create_problem, remove_problem, restore_problem
from supervision.actions.rectification import reopen
from supervision.actions.reporting import disposal, reports
from supervision.models import Problem, Round, WorkingPaper
from tests.factories import NOW, TODAY, County, county, moment
from tests.supervision import report_cases as cases
from tests.supervision.rounds import begun, fresh, opened, planned, ready, teamed, visited
from tests.supervision.second_looks import struck_off

LATER = moment(2026, 3, 20)


@pytest.fixture
def cast(db: None) -> County:
    return county()


def enter(cast: County, round: Round, **fields: Any) -> Problem:
    """A problem of the round, at its first unit."""
    unit = round.units.order_by("pk")[0]
    return create_problem(organ=cast.agri, unit=unit, description="归档滞后", year=2026, found_on=TODAY, round=fresh(round),
                          by=cast.nongye, at=LATER, **fields)  # fmt: skip


def routed(cast: County, round: Round, ways: list[str]) -> list[Problem]:
    """All problems of an analysed round with their ways, their units told."""
    found = list(Problem.objects.live().filter(round=round).order_by("pk"))
    disposal.set_routes(round, found, ways, by=cast.nongye, at=LATER, reason="已处理")
    disposal.feed_back(round, found[0].unit, found, by=cast.nongye, at=LATER, fed_back_on=LATER.date(), manner="meeting", receiver="张主任")  # fmt: skip
    return found


def test_a_round_starts_today_before_eight_in_the_morning(cast: County) -> None:
    """The clock of the server is UTC: at seven in the office it is still yesterday there."""
    seven = moment(2026, 2, 11, 7).astimezone(UTC)

    rounds.start_round(ready(cast), by=cast.nongye, at=seven, on=date(2026, 2, 11))

    with pytest.raises(Refused, match="不能晚于今天"):
        rounds.end_inspection(Round.objects.get(), by=cast.nongye, at=seven, on=date(2026, 2, 12))


def test_no_problem_enters_a_round_before_it_begins(cast: County) -> None:
    with pytest.raises(Refused, match="还没有启动监督检查"):
        enter(cast, ready(cast))
    assert not Problem.objects.exists()


@pytest.mark.parametrize("step", ["report_approved", "sc_analysed", "disposed", "rectifying", "closed"])
def test_no_problem_enters_a_round_whose_list_is_signed(cast: County, step: str) -> None:
    round = cases.make_round(cast.agri, step=step)
    daily = create_problem(
        organ=cast.agri, unit=round.units.get(), description="日常问题", year=2026, by=cast.nongye, at=LATER
    )

    with pytest.raises(Refused, match="问题清单已经确定"):
        enter(cast, round)
    with pytest.raises(Refused, match="问题清单已经确定"):
        change_problem(daily, {"round": round}, by=cast.nongye, at=LATER)


def test_no_problem_leaves_a_round_whose_list_is_signed(cast: County) -> None:
    round = cases.analysed(cast, problems=1)
    with pytest.raises(Refused, match="问题清单已经确定"):
        change_problem(Problem.objects.get(round=round), {"round": None}, by=cast.nongye, at=LATER)


def test_no_problem_comes_beside_the_list_of_a_report_under_signature(cast: County) -> None:
    round = cases.make_round(cast.agri)
    left = cases.find(round, "登错的问题")
    remove_problem(left, by=cast.nongye, at=LATER)
    reports.submit_report(cases.ready(round), by=cast.nongye, at=LATER)

    for act in (lambda: enter(cast, round), lambda: restore_problem(left, by=cast.nongye, at=LATER)):
        with pytest.raises(Refused, match="问题清单已锁定"):
            act()


def test_a_problem_removed_before_the_list_was_signed_does_not_come_back_after(cast: County) -> None:
    round = cases.make_round(cast.agri, units=1)
    left = cases.find(round, "登错的问题")
    remove_problem(left, by=cast.nongye, at=LATER)
    Round.objects.filter(pk=round.pk).update(step="disposed")

    with pytest.raises(Refused, match="问题清单已经确定"):
        restore_problem(Problem.objects.get(pk=left.pk), by=cast.nongye, at=LATER)


def test_the_term_of_what_is_to_be_rectified_is_not_emptied(cast: County) -> None:
    round = cases.analysed(cast, problems=1)
    problem = Problem.objects.get(round=round)
    change_problem(problem, {"due_on": date(2026, 4, 1)}, by=cast.nongye, at=LATER)
    routed(cast, round, ["rectify"])

    with pytest.raises(Refused, match="整改时限不能清空"):
        change_problem(problem, {"due_on": None}, by=cast.nongye, at=problem.created_at)


@pytest.mark.parametrize("found", [False, True])
def test_a_closed_round_is_followed_again_when_a_problem_is_open_again(cast: County, found: bool) -> None:
    item, round = struck_off(cast), cases.make_round(cast.agri, step="closed")
    Problem.objects.filter(pk=item.problem_id).update(round=round)
    disposal.DisposalRoute.objects.create(
        problem=item.problem, route="rectify", decided_by=cast.nongye, decided_at=LATER
    )
    item.refresh_from_db()

    if found:
        reopen_found(item, "rebound", note="反弹", by=cast.nongye, at=LATER)
    else:
        reopen(item, by=cast.nongye_head, at=LATER, reason="反弹")

    assert fresh(round).step == "rectifying"


def test_who_joins_a_team_late_declares_before_the_next_visit(cast: County) -> None:
    round = begun(cast)
    team = teamed(round, cast.nongye, name="第二检查组", declared=False)

    with pytest.raises(Refused, match="还没有作回避声明"):
        visited(round, cast.nongye)
    for member in team.members.all():
        fieldwork.declare_recusal(member, by=cast.nongye, at=NOW, recusal="clear")
    assert visited(round, cast.nongye).pk


def test_a_cancelled_round_has_no_new_plan(cast: County) -> None:
    round = opened(cast)
    rounds.cancel_round(round, by=cast.nongye_head, at=NOW, reason="合并开展")
    with pytest.raises(Refused, match="方案不再修改"):
        planned(fresh(round), cast.nongye)
    assert plans.plan_in_work(round) is None


def test_a_working_paper_of_a_reported_round_becomes_no_problem(cast: County) -> None:
    round = begun(cast)
    values = {"unit": round.units.first(), "title": "台账不全", "facts": "缺两本"}
    paper = fieldwork.save_paper(round, values, by=cast.nongye, at=NOW)
    move(paper, "submit", by=cast.nongye, at=NOW)
    round.step = "rectifying"
    round.save()

    with pytest.raises(Refused, match="问题清单已经确定"):
        fieldwork.review_paper(paper, "confirm", by=cast.nongye_head, at=NOW)
    with pytest.raises(Refused, match="问题清单已经确定"):
        fieldwork.save_paper(round, values, by=cast.nongye, at=NOW)
    assert WorkingPaper.objects.get().step == "submitted"
