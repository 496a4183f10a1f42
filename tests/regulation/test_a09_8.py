"""Article 9(8): rectification ledger, tracking and striking off, what fails, looking back."""

from __future__ import annotations

import io
from datetime import date
from typing import Any

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from accounts.workflow import Refused
from supervision.actions.failures import set_failure
from supervision.actions.look_backs import Answers, plan_look_back, save_answers
from supervision.actions.plan import accept_plan, confirm_unit_ledger, set_plan
from supervision.actions.proofs import add_proofs
from supervision.actions.rectification import (
    add_progress,
    close,
    decide_extension,
    request_extension,
    submit_closure,
    verify,
)
from supervision.cure.followups import FOLLOW_UPS, FollowUp, follow_ups
from supervision.duties import owed
from supervision.models import RectificationItem
from tests.factories import County, county, moment
from tests.samples import PLAN, PNG, make_problem
from tests.supervision.second_looks import fresh_item, struck_off

pytestmark = pytest.mark.django_db
MARCH = moment(2026, 3, 2)
EMPTY = dict.fromkeys(PLAN, "")


@pytest.fixture
def cast() -> County:
    return county()


def proof() -> SimpleUploadedFile:
    return SimpleUploadedFile("佐证.png", PNG)


# --- A9.8a: the ledger of rectification ---


def test_a09_8a_all_five_fields_stand_before_the_work_starts(cast: County) -> None:
    problem = make_problem(cast, cast.agri, **EMPTY)
    add_progress(fresh_item(problem.pk), by=cast.nongye, at=MARCH, reported_on=date(2026, 3, 1), text="已部署")
    assert fresh_item(problem.pk).step == "issued"
    with pytest.raises(Refused, match="整改方案还缺整改目标、整改措施、责任领导、责任部门/责任人、整改时限") as refused:
        accept_plan(fresh_item(problem.pk), by=cast.nongye, at=MARCH)
    assert refused.value.article == "A9.8a"

    set_plan(fresh_item(problem.pk), {**PLAN, "due_on": date(2026, 4, 1)}, by=cast.nongye, at=MARCH, accept=True)

    assert fresh_item(problem.pk).step == "in_progress"


def test_a09_8a_the_units_ledger_is_uploaded_by_its_lead_because_units_have_no_accounts(cast: County) -> None:
    problem = make_problem(cast, cast.agri, due_on=date(2026, 3, 10))

    confirm_unit_ledger(problem.unit, proof(), confirmed_on=date(2026, 3, 1), by=cast.nongye, at=MARCH)

    assert fresh_item(problem.pk).unit_ledger_confirmed_on == date(2026, 3, 1)


def test_a09_8a_the_ledger_leaves_as_a_workbook_with_its_columns(cast: County) -> None:
    struck_off(cast)
    client = Client()
    client.force_login(cast.nongye, backend="django.contrib.auth.backends.ModelBackend")

    answer = client.get(reverse("reports:rectification", args=[cast.agri.pk, "xlsx"]))

    sheet = openpyxl.load_workbook(io.BytesIO(answer.content)).worksheets[0]
    head = [cell.value for cell in sheet[3]]
    row = dict(zip(head, [cell.value for cell in sheet[4]], strict=True))
    assert head == ["序号", "问题编号", "反馈问题", "文书字号", "整改目标", "整改措施", "责任领导", "责任部门/责任人", "整改时限",
                    "进展情况", "完成情况", "建立制度", "佐证材料", "核查意见", "销号日期/审批人", "“回头看”结果", "状态"]  # fmt: skip
    assert (row["责任领导"], row["佐证材料"], row["销号日期/审批人"], row["状态"]) == (
        "张主任",
        "照片",
        "2026-03-02 王建国",
        "已销号",
    )


# --- A9.8b: tracked, struck off by a second person ---


def test_a09_8b_issued_in_progress_submitted_verified_closed(cast: County) -> None:
    problem = make_problem(cast, cast.agri, due_on=date(2026, 3, 10))
    steps = []

    def note() -> RectificationItem:
        item = fresh_item(problem.pk)
        steps.append(item.step)
        return item

    accept_plan(note(), by=cast.nongye, at=MARCH)
    add_proofs(note(), [proof()], by=cast.nongye, at=MARCH)
    submit_closure(note(), by=cast.nongye, at=MARCH, claimed_on=date(2026, 3, 1), situation="已整改")
    with pytest.raises(Refused, match="不能自己核查"):
        verify(note(), by=cast.nongye, at=MARCH, note="看过", passed=True)
    verify(note(), by=cast.nongye_head, at=MARCH, note="现场看过", passed=True)
    with pytest.raises(Refused, match="不能自己审核销号"):
        close(note(), by=cast.nongye, at=MARCH, opinion="同意")
    close(note(), by=cast.nongye_head, at=MARCH, opinion="同意销号")

    assert note().closed_by == cast.nongye_head
    assert list(dict.fromkeys(steps)) == ["issued", "in_progress", "submitted", "closed"]


def test_a09_8b_nothing_is_struck_off_without_evidence(cast: County) -> None:
    problem = make_problem(cast, cast.agri, due_on=date(2026, 3, 10))

    with pytest.raises(Refused, match="还没有佐证材料"):
        submit_closure(
            fresh_item(problem.pk), by=cast.nongye, at=MARCH, claimed_on=date(2026, 3, 1), situation="已整改"
        )


def test_a09_8b_overdue_means_open_after_its_day_and_an_extension_moves_the_day(cast: County) -> None:
    problem = make_problem(cast, cast.agri, due_on=date(2026, 3, 10))
    item = fresh_item(problem.pk)
    assert [item.is_overdue(on=date(2026, 3, day)) for day in (10, 11)] == [False, True]

    asked = request_extension(item, by=cast.nongye, at=MARCH, new_due_on=date(2026, 3, 20), reason="汛期")
    decide_extension(asked, approve=True, by=cast.nongye_head, at=MARCH)

    fresh: Any = fresh_item(problem.pk)
    assert (fresh.is_overdue(on=date(2026, 3, 11)), fresh.first_due_on) == (False, date(2026, 3, 10))
    assert [duty.due_on for duty in owed(date(2099, 1, 1))] == [date(2026, 3, 20)]


# --- A9.8c: late, inadequate, refused ---


def test_a09_8c_a_failure_is_a_persons_word_and_only_suggests_what_follows(
    cast: County, monkeypatch: pytest.MonkeyPatch
) -> None:
    offers = [lambda item, user: FollowUp("拟制督办函", f"/documents/new/?problem={item.problem_id}")]
    monkeypatch.setattr("supervision.cure.followups.FOLLOW_UPS", offers)
    problem = make_problem(cast, cast.agri, due_on=date(2026, 3, 10))
    late = moment(2026, 5, 1)
    assert fresh_item(problem.pk).failure_kind == "" and follow_ups(fresh_item(problem.pk), cast.nongye) == []

    set_failure(fresh_item(problem.pk), "refused", by=cast.nongye_head, at=late, reason="三次催办均不整改")

    item = fresh_item(problem.pk)
    assert [offer.label for offer in follow_ups(item, cast.nongye)] == ["拟制督办函"]
    assert item.step == "issued"  # nothing happens by itself


def test_a09_8c_rooms_may_add_what_follows() -> None:
    assert isinstance(FOLLOW_UPS, list)


# --- A9.8e: looking back ---


@pytest.mark.parametrize(
    ("verdict", "step"), [("ok", "closed"), ("rebound", "in_progress"), ("unfinished", "in_progress")]
)
def test_a09_8e_rebound_or_unfinished_opens_the_rectification_again(cast: County, verdict: str, step: str) -> None:
    item = struck_off(cast)
    look = plan_look_back([item], planned_on=date(2026, 5, 8), by=cast.nongye, at=MARCH)
    results = {row.pk: (verdict, "核查情况") for row in look.results.all()}
    answers = Answers(date(2026, 5, 8), "工作组", "任务完成", "问题整改", "机制建设", results)

    done = save_answers(look, answers, by=cast.nongye, at=moment(2026, 5, 9), finish=True)

    assert fresh_item(item.problem_id).step == step
    assert all(title in done.report_text for title in ("任务完成怎么样", "问题整改怎么样", "机制建设怎么样"))
