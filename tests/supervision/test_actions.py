"""Problems and their rectification: who may, what is refused, what is never lost."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction

from accounts.models import Event, Notice, User
from accounts.uploads import attach
from accounts.workflow import Refused
from supervision.actions.problems import change_problem, create_problem, remove_problem, restore_problem
from supervision.actions.rectification import (
    add_progress,
    close,
    decide_extension,
    reopen,
    request_extension,
    return_closure,
    submit_closure,
)
from supervision.models import Extension, Problem, RectificationItem
from tests.factories import NOW, TODAY, County, county, moment
from tests.paper import make_paper
from tests.samples import PNG, make_problem

pytestmark = pytest.mark.django_db
LATER = moment(2026, 3, 2)


@pytest.fixture
def cast() -> County:
    return county()


@pytest.fixture
def problem(cast: County) -> Problem:
    return make_problem(cast, cast.agri, due_on=date(2026, 3, 10), suggestion="限期整改")


def item_of(problem: Problem) -> RectificationItem:
    return RectificationItem.objects.select_related("problem").get(problem=problem)


def with_evidence(problem: Problem, by: User) -> RectificationItem:
    item = item_of(problem)
    attach(item, SimpleUploadedFile("佐证.png", PNG), organ_id=item.organ_id, by=by, at=LATER)
    return item


def submitted(problem: Problem, cast: County) -> RectificationItem:
    item = with_evidence(problem, cast.nongye)
    submit_closure(item, by=cast.nongye, at=LATER, claimed_on=date(2026, 3, 1), situation="已整改到位")
    return item_of(problem)


# --- finding ---


def test_a_problem_has_its_rectification_and_first_term_from_the_start(problem: Problem) -> None:
    item = item_of(problem)

    assert (item.step, item.first_due_on, item.due_on) == ("issued", date(2026, 3, 10), date(2026, 3, 10))
    assert Event.objects.of(problem).get().article == "A6.2b"


def test_focus_area_follows_the_project(cast: County) -> None:
    item = make_paper(cast, step="listed")

    assert make_problem(cast, cast.agri, item=item).focus_area == item.focus_area


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"description": "  "}, "发现问题是空的"),
        ({"description": "=cmd|' /C calc'!A0"}, "是公式，不是文字"),
        ({"suggestion": "＝1+1"}, "是公式，不是文字"),
        ({"found_on": TODAY + timedelta(days=1)}, "晚于今天"),
        ({"due_on": date(2026, 2, 1)}, "早于发现日期"),
    ],
)
def test_bad_content_is_refused_with_its_sentence(cast: County, fields: dict[str, Any], sentence: str) -> None:
    with pytest.raises(Refused, match=sentence):
        make_problem(cast, cast.agri, **fields)
    assert Problem.objects.count() == 0


def test_another_organs_clerk_and_another_organs_unit_are_refused(cast: County) -> None:
    with pytest.raises(Refused, match="没有登记"):
        make_problem(cast, cast.agri, by=cast.jiaoyu)
    with pytest.raises(Refused, match="不是驻县农业农村局纪检监察组的被监督单位"):
        create_problem(
            organ=cast.agri, unit=cast.units["县教育局"], description="问题", year=2026, by=cast.nongye, at=NOW
        )


def test_removed_problems_vanish_and_come_back(cast: County, problem: Problem) -> None:
    remove_problem(problem, by=cast.nongye, at=NOW, reason="重复")
    assert not Problem.objects.visible_to(cast.nongye).exists()

    restore_problem(problem, by=cast.nongye, at=NOW)
    assert Problem.objects.visible_to(User.objects.get(pk=cast.nongye.pk)).count() == 1


# --- the term ---


def test_a_term_moves_by_typing_only_on_the_first_day_by_its_author(cast: County, problem: Problem) -> None:
    Problem.objects.filter(pk=problem.pk).update(created_at=NOW)
    change_problem(problem, {"due_on": date(2026, 3, 12)}, by=cast.nongye, at=NOW + timedelta(hours=23))
    assert item_of(problem).first_due_on == date(2026, 3, 12)

    with pytest.raises(Refused, match="申请延期"):
        change_problem(problem, {"due_on": date(2026, 4, 12)}, by=cast.nongye, at=NOW + timedelta(hours=25))


def test_an_extension_keeps_the_first_day_and_counts(cast: County, problem: Problem) -> None:
    for new in (date(2026, 4, 10), date(2026, 5, 10)):
        asked = request_extension(item_of(problem), by=cast.nongye, at=LATER, new_due_on=new, reason="汛期无法施工")
        decide_extension(asked, approve=True, by=cast.nongye_head, at=LATER)

    item = item_of(problem)
    assert (item.first_due_on, item.due_on, item.extension_count) == (date(2026, 3, 10), date(2026, 5, 10), 2)
    assert list(Extension.objects.values_list("old_due_on", flat=True)) == [date(2026, 3, 10), date(2026, 4, 10)]


def test_nobody_decides_his_own_extension(cast: County, problem: Problem) -> None:
    asked = request_extension(
        item_of(problem), by=cast.nongye_head, at=LATER, new_due_on=date(2026, 4, 1), reason="理由"
    )

    with pytest.raises(Refused, match="不能审批自己的延期申请"):
        decide_extension(asked, approve=True, by=cast.nongye_head, at=LATER)
    with pytest.raises(Refused, match="由本单位负责人审批"):
        decide_extension(asked, approve=True, by=cast.nongye, at=LATER)


def test_a_refused_extension_needs_words_and_changes_no_day(cast: County, problem: Problem) -> None:
    asked = request_extension(item_of(problem), by=cast.nongye, at=LATER, new_due_on=date(2026, 4, 1), reason="理由")
    with pytest.raises(Refused, match="须写明理由"):
        decide_extension(asked, approve=False, by=cast.nongye_head, at=LATER)

    decide_extension(asked, approve=False, by=cast.nongye_head, at=LATER, note="应按期完成")

    assert (item_of(problem).due_on, item_of(problem).extension_count) == (date(2026, 3, 10), 0)
    with pytest.raises(Refused, match="无须再办"):
        decide_extension(asked, approve=True, by=cast.nongye_head, at=LATER)


def test_an_extension_is_later_and_one_at_a_time(cast: County, problem: Problem) -> None:
    with pytest.raises(Refused, match="应晚于现在的时限"):
        request_extension(item_of(problem), by=cast.nongye, at=LATER, new_due_on=date(2026, 3, 10), reason="理由")
    request_extension(item_of(problem), by=cast.nongye, at=LATER, new_due_on=date(2026, 4, 1), reason="理由")

    with pytest.raises(Refused, match="还没有审批"):
        request_extension(item_of(problem), by=cast.nongye, at=LATER, new_due_on=date(2026, 5, 1), reason="理由")


# --- 销号 ---


def test_closing_needs_evidence_and_words(cast: County, problem: Problem) -> None:
    with pytest.raises(Refused, match="还没有佐证材料"):
        submit_closure(item_of(problem), by=cast.nongye, at=LATER, claimed_on=date(2026, 3, 1), situation="已整改")
    with_evidence(problem, cast.nongye)
    with pytest.raises(Refused, match="整改情况还是空的"):
        submit_closure(item_of(problem), by=cast.nongye, at=LATER, claimed_on=date(2026, 3, 1))


def test_a_second_person_strikes_off_with_an_opinion(cast: County, problem: Problem) -> None:
    item = submitted(problem, cast)
    assert "请审核销号" in Notice.objects.filter(recipient=cast.nongye_head).latest("pk").sentence
    with pytest.raises(Refused, match="核查意见"):
        close(item, by=cast.nongye_head, at=LATER, opinion=" ")

    close(item, by=cast.nongye_head, at=LATER, opinion="实地核查，整改到位")

    item = item_of(problem)
    assert (item.step, item.closed_on, item.closed_by, item.closed_origin) == (
        "closed",
        date(2026, 3, 2),
        cast.nongye_head,
        "typed",
    )


@pytest.mark.parametrize("name", ["nongye", "jiaoyu_head", "dangfeng_head", "xieguan1"])
def test_nobody_else_strikes_off(cast: County, problem: Problem, name: str) -> None:
    item = submitted(problem, cast)

    with pytest.raises(Refused):
        close(item, by=cast.people[name], at=LATER, opinion="同意")
    assert item_of(problem).step == "submitted"


def test_a_head_who_asked_or_found_it_does_not_strike_off_himself(cast: County) -> None:
    own = make_problem(cast, cast.agri, by=cast.nongye_head, due_on=date(2026, 3, 10))
    with_evidence(own, cast.nongye)
    submit_closure(item_of(own), by=cast.nongye, at=LATER, claimed_on=date(2026, 3, 1), situation="已整改")
    with pytest.raises(Refused, match="登记人"):
        close(item_of(own), by=cast.nongye_head, at=LATER, opinion="同意")

    other = make_problem(cast, cast.agri, description="另一个问题", due_on=date(2026, 3, 10))
    with_evidence(other, cast.nongye)
    submit_closure(item_of(other), by=cast.nongye_head, at=LATER, claimed_on=date(2026, 3, 1), situation="已整改")
    with pytest.raises(Refused, match="提请销号的经办人"):
        close(item_of(other), by=cast.nongye_head, at=LATER, opinion="同意")


def test_the_database_itself_refuses_one_person_for_both(cast: County, problem: Problem) -> None:
    item = submitted(problem, cast)
    item.step, item.closed_on, item.closed_by, item.closed_origin = "closed", date(2026, 3, 2), cast.nongye, "typed"

    with pytest.raises(IntegrityError), transaction.atomic():
        item.save()


def test_a_returned_closing_tells_why_and_opens_the_row_again(cast: County, problem: Problem) -> None:
    item = submitted(problem, cast)
    with pytest.raises(Refused, match="待销号|等待审核"):
        change_problem(problem, {"suggestion": "改"}, by=cast.nongye, at=LATER)

    return_closure(item, by=cast.nongye_head, at=LATER, reason="佐证不足")

    assert item_of(problem).step == "returned"
    assert "佐证不足" in Notice.objects.filter(recipient=cast.nongye).latest("pk").sentence
    change_problem(problem, {"suggestion": "补充佐证"}, by=cast.nongye, at=LATER)


def test_closed_is_locked_until_reopened_with_a_reason(cast: County, problem: Problem) -> None:
    close(submitted(problem, cast), by=cast.nongye_head, at=LATER, opinion="到位")
    with pytest.raises(Refused, match="已于2026-03-02销号"):
        add_progress(item_of(problem), by=cast.nongye, at=LATER, reported_on=date(2026, 3, 2), text="补充")
    with pytest.raises(Refused, match="须写明理由"):
        reopen(item_of(problem), by=cast.nongye_head, at=LATER, reason="")

    reopen(item_of(problem), by=cast.nongye_head, at=LATER, reason="问题反弹")

    item = item_of(problem)
    assert (item.step, item.closed_on, item.closed_by) == ("in_progress", None, None)
    assert [event.label for event in Event.objects.of(item)][-2:] == ["审核销号", "重新开启"]


def test_progress_starts_the_rectification_and_keeps_its_day(cast: County, problem: Problem) -> None:
    entry = add_progress(item_of(problem), by=cast.nongye, at=LATER, reported_on=date(2026, 2, 20), text="已开会研究")

    assert (entry.reported_on, item_of(problem).step) == (date(2026, 2, 20), "in_progress")
    with pytest.raises(Refused, match="不能晚于今天"):
        add_progress(item_of(problem), by=cast.nongye, at=LATER, reported_on=date(2026, 3, 3), text="未来")
