"""层报审批: head, AM, DS in order; return, withdraw, resubmit; nobody signs his own paper or twice; frozen text."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest

from accounts.approvals import decide, differences, may_sign, withdraw
from accounts.grants import sync_user
from accounts.models import Approval, Deputation, Event, Notice, OversightAssignment, User
from accounts.roles import Role, Rung
from accounts.workflow import AlreadyDecided, Refused
from checklists.models import ChecklistItem
from tests.factories import County, county, make_user, moment
from tests.paper import make_paper, plain_route, send_up

pytestmark = pytest.mark.django_db
AT = moment(2026, 2, 10)
LATER = moment(2026, 2, 11)


@pytest.fixture
def cast() -> County:
    return county()


@pytest.fixture(autouse=True)
def route() -> Iterator[None]:
    with plain_route():
        yield


@pytest.fixture
def paper(cast: County) -> ChecklistItem:
    return make_paper(cast)


def up(paper: ChecklistItem, cast: County) -> Approval:
    return send_up(paper, by=cast.nongye, at=AT)


def sign(approval: Approval, *people: User, at: Any = LATER) -> None:
    for person in people:
        decide(approval, "approve", by=person, at=at)


def step_of(paper: ChecklistItem) -> str:
    return ChecklistItem.objects.get(pk=paper.pk).step


def test_three_signatures_in_order_approve(cast: County, paper: ChecklistItem) -> None:
    approval = up(paper, cast)

    sign(approval, cast.nongye_head, cast.xieguan1, cast.fenguan)

    assert step_of(paper) == "approved"
    signed = list(approval.steps.values_list("rung", "acted_by__username", "decision"))
    assert signed == [
        ("head", "nongye_head", "approve"),
        ("assisting_member", "xieguan1", "approve"),
        ("deputy_secretary", "fenguan", "approve"),
    ]


@pytest.mark.parametrize("name", ["nongye", "xieguan1", "fenguan", "jiaoyu_head", "dangfeng_head", "shuji", "sysadmin"])
def test_nobody_else_signs_the_first_rung(cast: County, paper: ChecklistItem, name: str) -> None:
    approval = up(paper, cast)

    with pytest.raises(Refused, match="您不是应签人"):
        decide(approval, "approve", by=cast.people[name], at=LATER)

    assert step_of(paper) == "submitted"


def test_another_organs_leader_does_not_sign(cast: County, paper: ChecklistItem) -> None:
    approval = up(paper, cast)
    sign(approval, cast.nongye_head)

    with pytest.raises(Refused, match="钱协"):
        decide(approval, "approve", by=cast.xieguan2, at=LATER)


def test_the_author_never_signs_even_as_head(cast: County) -> None:
    paper = make_paper(cast, created_by=cast.nongye_head)
    approval = up(paper, cast)

    with pytest.raises(Refused, match="不能签批自己的件"):
        decide(approval, "approve", by=cast.nongye_head, at=LATER)


def test_return_needs_a_reason_and_the_reason_reaches_the_author(cast: County, paper: ChecklistItem) -> None:
    approval = up(paper, cast)
    with pytest.raises(Refused, match="理由"):
        decide(approval, "return", by=cast.nongye_head, at=LATER, note="  ")

    decide(approval, "return", by=cast.nongye_head, at=LATER, note="周期不明确")

    assert step_of(paper) == "returned"
    assert "周期不明确" in Notice.objects.filter(recipient=cast.nongye).latest("pk").sentence


def test_resubmission_opens_a_new_round_and_keeps_the_old(cast: County, paper: ChecklistItem) -> None:
    decide(up(paper, cast), "return", by=cast.nongye_head, at=LATER, note="周期不明确")
    paper.refresh_from_db()
    paper.content = "每季度检查一次管护责任"
    paper.save()

    second = up(paper, cast)

    rounds = list(Approval.objects.of(paper).values_list("round_no", "state"))
    assert rounds == [(1, "returned"), (2, "running")]
    assert differences(second) == [{"label": "监督内容", "old": "管护责任是否落实", "new": "每季度检查一次管护责任"}]


def test_withdraw_only_by_the_submitter_and_only_before_the_first_signature(cast: County, paper: ChecklistItem) -> None:
    approval = up(paper, cast)
    with pytest.raises(Refused, match="只有报送人李青"):
        withdraw(approval, by=cast.nongye_head, at=LATER)
    withdraw(approval, by=cast.nongye, at=LATER)
    assert step_of(paper) == "draft"

    again = up(paper, cast)
    sign(again, cast.nongye_head)
    with pytest.raises(Refused, match="王建国已签批"):
        withdraw(again, by=cast.nongye, at=LATER)


def test_the_second_to_decide_is_told_who_was_first(cast: County, paper: ChecklistItem) -> None:
    twin = make_user(cast.agri, Role.ORGAN_HEAD, "nongye_head2", "副组长")
    approval = up(paper, cast)
    seen = approval.steps.get(seq=1).pk
    decide(approval, "approve", by=cast.nongye_head, at=LATER, step_id=seen)

    with pytest.raises(AlreadyDecided, match="已由王建国于02月11日 09:00同意"):
        decide(approval, "return", by=twin, at=LATER, note="不同意", step_id=seen)


def test_a_paper_goes_up_only_once_at_a_time(cast: County, paper: ChecklistItem) -> None:
    up(paper, cast)

    with pytest.raises(Refused, match="审批中"):
        up(paper, cast)


def test_missing_assignment_blocks_with_a_sentence_that_says_which(cast: County, paper: ChecklistItem) -> None:
    OversightAssignment.objects.filter(organ=cast.agri, rung=Rung.DEPUTY_SECRETARY).update(valid_to=date(2026, 1, 31))

    with pytest.raises(Refused, match="没有分管副书记"):
        up(paper, cast)


def test_a_dated_deputy_signs_and_both_names_are_kept(cast: County, paper: ChecklistItem) -> None:
    Deputation.objects.create(principal=cast.xieguan1, deputy=cast.xieguan2, valid_from=date(2026, 2, 11),
                              valid_to=date(2026, 2, 12), reason="学习")  # fmt: skip
    sync_user(cast.xieguan2, on=date(2026, 2, 11))
    approval = up(paper, cast)
    sign(approval, cast.nongye_head, cast.xieguan2)

    step = approval.steps.get(seq=2)
    assert (step.acted_by, step.on_behalf_of) == (cast.xieguan2, cast.xieguan1)


def test_a_deputy_whose_days_are_over_does_not_sign(cast: County, paper: ChecklistItem) -> None:
    Deputation.objects.create(principal=cast.nongye_head, deputy=cast.jiaoyu_head, valid_from=date(2026, 2, 1),
                              valid_to=date(2026, 2, 10), reason="休假")  # fmt: skip
    approval = up(paper, cast)

    with pytest.raises(Refused, match="您不是应签人"):
        decide(approval, "approve", by=cast.jiaoyu_head, at=LATER)


def test_one_person_does_not_sign_two_rungs_as_deputy(cast: County, paper: ChecklistItem) -> None:
    Deputation.objects.create(principal=cast.xieguan1, deputy=cast.nongye_head, valid_from=date(2026, 2, 1),
                              valid_to=date(2026, 2, 28), reason="代理")  # fmt: skip
    approval = up(paper, cast)
    sign(approval, cast.nongye_head)

    with pytest.raises(Refused, match="不能连签两层"):
        decide(approval, "approve", by=cast.nongye_head, at=LATER)


def test_one_leader_on_both_posts_signs_once_for_both(cast: County, paper: ChecklistItem) -> None:
    row = OversightAssignment.objects.get(organ=cast.agri, rung=Rung.ASSISTING_MEMBER)
    row.leader = cast.fenguan
    row.save()
    approval = up(paper, cast)

    sign(approval, cast.nongye_head, cast.fenguan)

    assert step_of(paper) == "approved"
    assert [s.acted_by for s in approval.steps.all()] == [cast.nongye_head, cast.fenguan, cast.fenguan]
    assert "同一人兼任两层" in approval.steps.get(seq=3).note


def test_what_was_submitted_is_frozen(cast: County, paper: ChecklistItem) -> None:
    approval = up(paper, cast)
    before = (approval.content, approval.digest)
    ChecklistItem.objects.filter(pk=paper.pk).update(content="后来改的内容")

    approval.refresh_from_db()
    assert (approval.content, approval.digest) == before
    assert approval.content["监督内容"] == "管护责任是否落实"
    assert len(approval.digest) == 64


def test_each_signature_leaves_an_event_with_article_and_author(cast: County, paper: ChecklistItem) -> None:
    approval = up(paper, cast)
    sign(approval, cast.nongye_head, cast.xieguan1, cast.fenguan)

    told = list(Event.objects.of(paper).values_list("label", "by__username", "article"))
    assert told == [
        ("报送审批", "nongye", "A6.1c"),
        ("单位负责人同意", "nongye_head", "A6.1c"),
        ("协管常委、委员同意", "xieguan1", "A6.1c"),
        ("批准", "fenguan", "A6.1c"),
    ]


def test_the_signer_is_told_with_the_last_day(cast: County, paper: ChecklistItem) -> None:
    up(paper, cast)

    notice = Notice.objects.get(recipient=cast.nongye_head)
    assert (
        notice.sentence == "请签批：高标准农田监督，2026年2月13日（周五）前。"
    )  # three working days after 10 February


def test_may_sign_answers_like_decide(cast: County, paper: ChecklistItem) -> None:
    approval = up(paper, cast)

    assert may_sign(approval, cast.nongye_head, on=date(2026, 2, 11))
    assert not may_sign(approval, cast.xieguan1, on=date(2026, 2, 11))
