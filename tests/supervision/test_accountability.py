"""Accountability is entered once, and what was entered by mistake is taken back with its reason and counts for nothing (A9.7f)."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.urls import reverse

from accounts.models import Event
from accounts.workflow import Refused
from supervision.actions.problems import remove_problem
from supervision.actions.reporting import accountability as facts
from supervision.actions.reporting import disposal
from supervision.models import AccountabilityAction, DisposalRoute, Problem
from supervision.rounds.endings import routes_have_their_records
from tests.factories import County, county, enter, moment
from tests.supervision.report_cases import find, make_round

pytestmark = pytest.mark.django_db
AT = moment(2026, 3, 17)
WHO = {
    "object_kind": "person",
    "object_name": "张某，局长",
    "responsibility": "leadership",
    "competent_organ": "第一纪检监察室",
}


@pytest.fixture
def cast() -> County:
    return county()


@pytest.fixture
def problem(cast: County) -> Problem:
    return find(make_round(cast.agri, step="disposing"))


def start(problem: Problem, by: Any, **changes: Any) -> AccountabilityAction:
    return disposal.start_accountability(problem, by=by, at=AT, **{**WHO, "started_on": date(2026, 3, 13), **changes})


def test_same_action_is_entered_once_while_nothing_is_decided(cast: County, problem: Problem) -> None:
    desk, path = enter(cast.nongye), reverse("supervision:accountability_new", args=[problem.pk])
    answers = [desk.post(path, {**WHO, "started_on": "2026-03-13"}) for _ in range(2)]

    assert [answer.status_code for answer in answers] == [302, 422]
    assert "李青已登记启动（2026-03-13），尚未决定" in answers[1].content.decode()
    assert AccountabilityAction.objects.count() == 1

    start(problem, cast.nongye, responsibility="supervision")
    start(problem, cast.nongye, object_name="李某，副局长")
    disposal.decide_accountability(AccountabilityAction.objects.get(object_name="李某，副局长"), by=cast.nongye, at=AT,
                                   decided_on=date(2026, 3, 16), result="诫勉")  # fmt: skip
    start(problem, cast.nongye, object_name="李某，副局长")  # decided before: this is another one
    assert AccountabilityAction.objects.count() == 4


def test_what_was_entered_by_mistake_is_taken_back_and_counts_for_nothing(cast: County, problem: Problem) -> None:
    action, desk = start(problem, cast.nongye), enter(cast.nongye)
    DisposalRoute.objects.create(problem=problem, route="accountability", decided_by=cast.nongye, decided_at=AT)
    path = reverse("supervision:accountability_withdraw", args=[action.pk])

    assert routes_have_their_records(problem.round)
    assert desk.post(path, {"reason": " "}).status_code == 409
    assert enter(cast.jiaoyu).post(path, {"reason": "重复"}).status_code == 404
    assert desk.post(path, {"reason": "与张某的另一项登记重复"}).status_code == 302

    action.refresh_from_db()
    assert (action.withdrawn_reason, action.history.count()) == ("与张某的另一项登记重复", 2)
    assert "张某" not in "".join(event.note for event in Event.objects.of(action))
    assert "定为问责，但没有登记问责程序" in routes_have_their_records(problem.round).sentence
    page = desk.get(reverse("supervision:accountability_decide", args=[action.pk])).content.decode()
    assert "撤销登记：与张某的另一项登记重复" in page and "登记问责结果" not in page
    rows = reverse("supervision:accountability")
    assert "张某" not in desk.get(f"{rows}?state=open").content.decode()
    assert "已撤销登记" in desk.get(f"{rows}?state=withdrawn").content.decode()
    start(problem, cast.nongye)  # begun anew


def test_taken_back_means_no_further_step_and_decided_stays(cast: County, problem: Problem) -> None:
    action, decided = start(problem, cast.nongye), start(problem, cast.nongye, responsibility="supervision")
    disposal.decide_accountability(decided, by=cast.nongye, at=AT, decided_on=date(2026, 3, 16), result="诫勉")
    facts.withdraw_accountability(action, reason="登记错误", by=cast.nongye_head, at=AT)

    with pytest.raises(Refused, match="登记已于2026-03-17撤销"):
        disposal.decide_accountability(action, by=cast.nongye, at=AT, decided_on=date(2026, 3, 16), result="诫勉")
    with pytest.raises(Refused, match="登记已于2026-03-17撤销"):
        facts.withdraw_accountability(action, reason="再次", by=cast.nongye, at=AT)
    with pytest.raises(Refused, match="不能撤销登记"):
        facts.withdraw_accountability(decided, reason="登记错误", by=cast.nongye, at=AT)
    with pytest.raises(Refused, match="由提出单位"):
        facts.withdraw_accountability(decided, reason="登记错误", by=cast.jiaoyu, at=AT)


def test_a_problem_under_accountability_stays_until_the_entry_is_taken_back(cast: County, problem: Problem) -> None:
    action = start(problem, cast.nongye)
    with pytest.raises(Refused, match=f"问题{problem.code}有问责登记，不能删除。登记有误的，请先撤销"):
        remove_problem(problem, by=cast.nongye, at=AT)

    facts.withdraw_accountability(action, reason="登记有误", by=cast.nongye, at=AT)
    remove_problem(problem, by=cast.nongye, at=AT)

    assert not Problem.objects.live().exists()
