"""The plan before the work, the kinds of evidence, the check by another person, failures and repeats."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.urls import reverse

from accounts.models import Attachment, Event, Notice
from accounts.roles import Role
from accounts.workflow import Refused
from supervision.actions.failures import link_repeat, set_failure
from supervision.actions.plan import accept_plan, confirm_unit_ledger
from supervision.actions.problems import change_problem
from supervision.actions.proofs import add_proofs
from supervision.actions.rectification import close, reopen, return_closure, submit_closure, verify
from supervision.chain import chain_of
from supervision.cure.closing import closing_rounds
from supervision.cure.repeats import similar
from supervision.models import ClosureProof, Problem, RectificationItem
from supervision.states import Origin
from tests.factories import NOW, County, county, enter, make_user, moment
from tests.samples import PLAN, PNG, make_problem

pytestmark = pytest.mark.django_db
LATER = moment(2026, 3, 2)
DUE = date(2026, 3, 10)
EMPTY = dict.fromkeys(PLAN, "")


@pytest.fixture
def cast() -> County:
    return county()


def picture(name: str = "佐证.png") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, PNG)


def item_of(problem: Problem) -> RectificationItem:
    return RectificationItem.objects.select_related("problem").get(problem=problem)


def submitted(cast: County, **fields: Any) -> RectificationItem:
    problem = make_problem(cast, cast.agri, due_on=DUE, **fields)
    add_proofs(item_of(problem), [picture()], by=cast.nongye, at=LATER)
    submit_closure(item_of(problem), by=cast.nongye, at=LATER, claimed_on=date(2026, 3, 1), situation="已补齐")
    return item_of(problem)


# --- the plan ---


@pytest.mark.parametrize("name", [*PLAN, "due_on"])
def test_one_missing_field_keeps_the_plan_open(cast: County, name: str) -> None:
    problem = make_problem(cast, cast.agri, **{"due_on": DUE, name: None if name == "due_on" else ""})

    with pytest.raises(Refused, match="整改方案还缺"):
        accept_plan(item_of(problem), by=cast.nongye, at=LATER)
    assert item_of(problem).step == "issued"


def test_a_whole_plan_is_accepted_by_the_supervising_organ_only(cast: County) -> None:
    problem = make_problem(cast, cast.agri, due_on=DUE)
    with pytest.raises(Refused, match="没有“审定整改方案”的权限"):
        accept_plan(item_of(problem), by=cast.dangfeng, at=LATER)

    accept_plan(item_of(problem), by=cast.nongye, at=LATER)

    assert item_of(problem).step == "in_progress"
    with pytest.raises(Refused, match="不能审定整改方案"):
        accept_plan(item_of(problem), by=cast.nongye, at=LATER)


def test_a_plan_once_in_work_changes_but_is_never_emptied(cast: County) -> None:
    problem = make_problem(cast, cast.agri, due_on=DUE)
    accept_plan(item_of(problem), by=cast.nongye, at=LATER)

    with pytest.raises(Refused, match="整改目标不能清空"):
        change_problem(problem, {"goal": " "}, by=cast.nongye, at=LATER)
    change_problem(problem, {"goal": "三个月内全部归档"}, by=cast.nongye, at=LATER)

    assert item_of(problem).goal == "三个月内全部归档"


def test_history_brought_in_from_a_workbook_needs_no_plan(cast: County) -> None:
    problem = make_problem(cast, cast.agri, **EMPTY)
    problem.origin = Origin.IMPORTED
    problem.save()
    add_proofs(item_of(problem), [picture()], by=cast.nongye, at=LATER)

    submit_closure(item_of(problem), by=cast.nongye, at=LATER, claimed_on=date(2026, 3, 1), situation="已补齐")

    assert item_of(problem).step == "submitted"


def test_the_form_keeps_an_unfinished_plan_and_names_what_is_missing(cast: County) -> None:
    problem = make_problem(cast, cast.agri, **EMPTY)
    address = reverse("supervision:plan", args=[problem.pk])

    page = enter(cast.nongye).post(address, {"goal": "归档", "accept": "1"}, follow=True).content.decode()
    assert "还缺整改措施、责任领导、责任部门/责任人、整改时限" in page and item_of(problem).goal == "归档"

    enter(cast.nongye).post(address, {**PLAN, "due_on": "2026-03-10", "accept": "1"})
    assert (item_of(problem).step, item_of(problem).first_due_on) == ("in_progress", DUE)


def test_the_units_stamped_ledger_confirms_every_open_item(cast: County) -> None:
    first, second = (make_problem(cast, cast.agri, due_on=DUE, description=text) for text in ("问题甲", "问题乙"))
    unit = first.unit
    with pytest.raises(Refused, match="不能晚于今天"):
        confirm_unit_ledger(unit, picture(), confirmed_on=date(2026, 3, 3), by=cast.nongye, at=LATER)
    with pytest.raises(Refused, match="由其监督单位上传"):
        confirm_unit_ledger(unit, picture(), confirmed_on=date(2026, 3, 1), by=cast.jiaoyu, at=LATER)

    made = confirm_unit_ledger(unit, picture(), confirmed_on=date(2026, 3, 1), by=cast.nongye, at=LATER)

    assert {item_of(row).unit_ledger_confirmed_on for row in (first, second)} == {date(2026, 3, 1)}
    assert (made.count, Attachment.objects.of(made).get().purpose) == (2, "unit_ledger")


def test_a_refused_file_leaves_no_confirmation(cast: County) -> None:
    problem = make_problem(cast, cast.agri, due_on=DUE)

    with pytest.raises(Refused):
        confirm_unit_ledger(problem.unit, SimpleUploadedFile("台账.exe", b"MZ"), confirmed_on=date(2026, 3, 1),
                            by=cast.nongye, at=LATER)  # fmt: skip

    assert item_of(problem).unit_ledger_confirmed_on is None


# --- evidence ---


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"kind": "money"}, "须填写金额"),
        ({"kind": "money", "amount": Decimal(0)}, "大于0"),
        ({"kind": "institution"}, "须填写制度名称"),
    ],
)
def test_evidence_of_a_kind_says_what_that_kind_needs(cast: County, fields: dict[str, Any], sentence: str) -> None:
    item = item_of(make_problem(cast, cast.agri))

    with pytest.raises(Refused, match=sentence):
        add_proofs(item, [picture()], by=cast.nongye, at=LATER, **fields)
    assert (ClosureProof.objects.count(), Attachment.objects.count()) == (0, 0)


def test_kinds_are_kept_in_words(cast: County) -> None:
    item = item_of(make_problem(cast, cast.agri))
    add_proofs(item, [picture()], by=cast.nongye, at=LATER)
    add_proofs(item, [picture()], by=cast.nongye, at=LATER, kind="money", amount=Decimal("12800.5"))
    add_proofs(item, [picture()], by=cast.nongye, at=LATER, kind="institution", institution="档案管理办法")

    assert [proof.words for proof in item.proofs.all()] == ["照片", "款物退缴12,800.50元", "制度建立《档案管理办法》"]


def test_one_bad_file_among_several_keeps_none(cast: County) -> None:
    item = item_of(make_problem(cast, cast.agri))

    with pytest.raises(Refused, match="格式不能上传"):
        add_proofs(item, [picture(), SimpleUploadedFile("a.svg", b"<svg/>")], by=cast.nongye, at=LATER)
    assert Attachment.objects.count() == 0


# --- the check ---


def test_the_handler_never_checks_himself(cast: County) -> None:
    item = submitted(cast)

    with pytest.raises(Refused, match="不能自己核查"):
        verify(item, by=cast.nongye, at=LATER, note="看过", passed=True)
    with pytest.raises(Refused, match="没有“核查通过”的权限"):
        verify(item, by=cast.jiaoyu_head, at=LATER, note="看过", passed=True)
    item.verified_by, item.verified_at = cast.nongye, LATER
    with pytest.raises(IntegrityError), transaction.atomic():
        item.save()


def test_another_clerk_checks_and_the_head_strikes_off(cast: County) -> None:
    second = make_user(cast.agri, Role.CLERK, "nongye2", "周强")
    item = submitted(cast)
    with pytest.raises(Refused, match="写明核查情况"):
        verify(item, by=second, at=LATER, note=" ", passed=True)

    verify(item, by=second, at=LATER, note="3月2日现场查看档案室", passed=True)
    assert "请审核销号" in Notice.objects.filter(recipient=cast.nongye_head).latest("pk").sentence
    with pytest.raises(Refused, match="周强已核查通过"):
        verify(item, by=cast.nongye_head, at=LATER, note="再看", passed=False)
    close(item, by=cast.nongye_head, at=LATER, opinion="同意")

    item = item_of(item.problem)
    assert (item.step, item.verified_by, item.closed_by) == ("closed", second, cast.nongye_head)


def test_in_a_group_of_two_the_head_checks_and_strikes_off_in_one(cast: County) -> None:
    item = submitted(cast)

    close(item, by=cast.nongye_head, at=LATER, opinion="实地核查，整改到位")

    item = item_of(item.problem)
    assert (item.verified_by, item.verify_note) == (cast.nongye_head, "实地核查，整改到位")


def test_rounds_stay_visible_after_a_failed_check_and_a_return(cast: County) -> None:
    second = make_user(cast.agri, Role.CLERK, "nongye2", "周强")
    item = submitted(cast)
    verify(item, by=second, at=LATER, note="缺2025年档案", passed=False)
    assert item_of(item.problem).step == "returned"
    submit_closure(item, by=cast.nongye, at=LATER, claimed_on=date(2026, 3, 1))
    verify(item, by=second, at=LATER, note="已补齐", passed=True)
    return_closure(item, by=cast.nongye_head, at=LATER, reason="制度未建立")
    submit_closure(item, by=cast.nongye, at=LATER, claimed_on=date(2026, 3, 1))

    rounds = [(r.checked and r.checked.note, r.ended and r.ended.note) for r in closing_rounds(item)]
    assert rounds == [(None, "缺2025年档案"), ("已补齐", "制度未建立"), (None, None)]
    assert item_of(item.problem).verified_by is None


def test_opening_again_counts_and_clears_the_check(cast: County) -> None:
    item = submitted(cast)
    close(item, by=cast.nongye_head, at=LATER, opinion="到位")
    reopen(item, by=cast.nongye_head, at=LATER, reason="反弹")

    fresh = item_of(item.problem)
    assert (fresh.step, fresh.rebound_count, fresh.verified_by, fresh.closed_on) == ("in_progress", 1, None, None)


# --- failure and repeats ---


def test_a_failure_is_named_by_a_person_with_facts(cast: County) -> None:
    problem = make_problem(cast, cast.agri, due_on=DUE)
    with pytest.raises(Refused, match="整改时限还没有过"):
        set_failure(item_of(problem), "late", by=cast.nongye, at=LATER, reason="未完成")
    with pytest.raises(Refused, match="写明事实"):
        set_failure(item_of(problem), "refused", by=cast.nongye, at=LATER, reason=" ")
    with pytest.raises(Refused, match="由监督单位或党风政风监督室"):
        set_failure(item_of(problem), "refused", by=cast.jiaoyu, at=LATER, reason="拒不提供")

    set_failure(item_of(problem), "late", by=cast.dangfeng, at=moment(2026, 3, 11), reason="到期未报送任何进展")
    assert (item_of(problem).failure_kind, item_of(problem).failure_note) == ("late", "到期未报送任何进展")

    set_failure(item_of(problem), "", by=cast.nongye, at=moment(2026, 3, 12), reason="已补报")
    assert item_of(problem).failure_kind == ""
    assert [e.label for e in Event.objects.of(item_of(problem)).filter(verb="failure")] == [
        "认定整改不及时",
        "撤销整改不力认定",
    ]


def test_alike_problems_of_the_same_unit_are_suggested_and_a_person_links_them(cast: County) -> None:
    old = make_problem(
        cast, cast.agri, description="惠农补贴公示不规范，涉及9个村", year=2025, found_on=date(2025, 5, 1)
    )
    make_problem(cast, cast.edu, description="惠农补贴公示不规范，涉及9个村")
    new = make_problem(cast, cast.agri, description="惠农补贴公示不规范，涉及3个村")

    assert [row["pk"] for row in similar(new)] == [old.pk]
    assert Problem.objects.get(pk=new.pk).repeat_of is None
    link_repeat(new, old, by=cast.nongye, at=NOW)

    assert Problem.objects.get(pk=new.pk).repeat_of == old


def test_a_repeat_is_of_the_same_unit_earlier_and_never_in_a_circle(cast: County) -> None:
    old = make_problem(cast, cast.agri, found_on=date(2025, 5, 1), year=2025)
    new, other = make_problem(cast, cast.agri), make_problem(cast, cast.edu)
    link_repeat(new, old, by=cast.nongye, at=NOW)

    for problem, earlier, sentence in ((new, other, "另一个单位"), (new, new, "与自己同类"), (old, new, "晚于本问题")):
        with pytest.raises(Refused, match=sentence):
            link_repeat(problem, earlier, by=cast.nongye, at=NOW)
    with pytest.raises(Refused, match="由监督单位认定"):
        link_repeat(new, None, by=cast.jiaoyu, at=NOW)


# --- the chain ---


def test_one_chain_tells_everything_in_order(cast: County) -> None:
    item = submitted(cast)
    close(item, by=cast.nongye_head, at=moment(2026, 3, 5), opinion="到位")
    problem = Problem.objects.select_related("rectification").get(pk=item.problem_id)

    titles = [entry.title for entry in chain_of(problem)]

    assert titles == ["登记问题", "提请销号", "佐证材料（照片）", "审核销号"]


def test_the_page_shows_the_chain_and_the_check_to_whom_they_belong(cast: County) -> None:
    second = make_user(cast.agri, Role.CLERK, "nongye2", "周强")
    item = submitted(cast)
    address = reverse("supervision:problem", args=[item.problem_id])

    assert "核查通过，送负责人审核" in enter(second).get(address).content.decode()
    own = enter(cast.nongye).get(address).content.decode()
    assert "核查通过，送负责人审核" not in own and "您是这个问题的经办人" in own and "全程记录" in own
