"""A paper to sign: what the buttons say, what they do, and what the slower of two is told."""

from collections.abc import Iterator
from typing import Any

import pytest
import time_machine
from django.test import Client

from accounts.approvals import decide
from accounts.grants import sync_user
from accounts.models import Approval, Deputation, Notice, ScResolution, User
from accounts.roles import CHAIN, Rung
from accounts.views.approvals import pieces
from checklists.models import ChecklistItem
from tests.factories import NOW, TODAY, County, county
from tests.paper import make_paper, plain_route, send_up

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def world() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False), plain_route():
        yield


@pytest.fixture
def cast() -> County:
    return county()


@pytest.fixture
def paper(cast: County) -> ChecklistItem:
    return make_paper(cast)


@pytest.fixture
def approval(cast: County, paper: ChecklistItem) -> Approval:
    return send_up(paper, by=cast.nongye, at=NOW)


def as_(user: User) -> Client:
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def read(user: User, approval: Approval) -> str:
    answer = as_(user).get(f"/approvals/{approval.pk}/")
    assert answer.status_code == 200
    return answer.content.decode()


def sign(user: User, approval: Approval, decision: str = "approve", **fields: Any) -> Any:
    return as_(user).post(f"/approvals/{approval.pk}/sign/", {"decision": decision, **fields}, follow=True)


def test_the_page_shows_the_text_as_submitted(cast: County, paper: ChecklistItem, approval: Approval) -> None:
    paper.content = "后来改过的内容"
    paper.save()

    page = read(cast.nongye_head, approval)

    assert "管护责任是否落实" in page and "后来改过的内容" not in page


def test_the_button_says_what_it_causes(cast: County, approval: Approval) -> None:
    first = read(cast.nongye_head, approval)
    sign(cast.nongye_head, approval)
    second = read(cast.xieguan1, approval)
    sign(cast.xieguan1, approval)
    last = read(cast.fenguan, approval)

    assert "同意，送协管常委、委员钱协" in first
    assert "同意，送分管副书记高副" in second
    assert "同意，批准生效" in last


def test_signing_says_where_the_paper_went(cast: County, approval: Approval) -> None:
    answer = sign(cast.nongye_head, approval)

    assert "已送协管常委、委员钱协签批：高标准农田监督" in answer.content.decode()
    assert answer.redirect_chain == [("/", 302)]


def test_after_one_signature_comes_the_next_paper(cast: County, approval: Approval) -> None:
    second = send_up(make_paper(cast, "畜牧补贴监督"), by=cast.nongye, at=NOW)

    answer = sign(cast.nongye_head, approval)

    assert answer.redirect_chain == [(f"/approvals/{second.pk}/", 302)]


def test_a_return_without_a_reason_is_refused_and_changes_nothing(cast: County, approval: Approval) -> None:
    answer = sign(cast.nongye_head, approval, "return", note="  ")

    approval.refresh_from_db()
    assert answer.status_code == 409
    assert "退回须写明理由" in answer.content.decode()
    assert approval.state == "running"


def test_a_return_tells_the_author_why(cast: County, approval: Approval) -> None:
    sign(cast.nongye_head, approval, "return", note="请写明监督周期")

    assert "已退回" in read(cast.nongye, approval)
    assert Notice.objects.filter(recipient=cast.nongye, sentence__contains="请写明监督周期").exists()


def test_the_slower_of_two_learns_who_was_quicker(cast: County, approval: Approval) -> None:
    seen = approval.steps.get(seq=1).pk
    decide(approval, "approve", by=cast.nongye_head, at=NOW)

    answer = sign(cast.nongye_head, approval, step=str(seen))

    assert answer.status_code == 409
    assert "此件已由王建国于02月10日 09:30同意，无须再办。" in answer.content.decode()


def test_a_fragment_gets_the_refusal_for_the_dialog(cast: County, approval: Approval) -> None:
    answer = as_(cast.nongye).post(
        f"/approvals/{approval.pk}/sign/", {"decision": "approve"}, headers={"hx-request": "true"}
    )

    assert answer.status_code == 409
    assert "<html" not in answer.content.decode()


@pytest.mark.parametrize("name", ["nongye", "dangfeng_head", "fenguan", "shuji"])
def test_whoever_is_not_the_signer_gets_no_button_and_no_signature(cast: County, approval: Approval, name: str) -> None:
    user = cast.people[name]

    assert "/sign/" not in read(user, approval)
    assert sign(user, approval).status_code == 409
    assert not approval.steps.filter(decision="approve").exists()


def test_other_organs_do_not_find_the_paper(cast: County, approval: Approval) -> None:
    assert as_(cast.jiaoyu_head).get(f"/approvals/{approval.pk}/").status_code == 404
    assert sign(cast.jiaoyu_head, approval).status_code == 404


def test_a_deputy_signs_and_both_names_stand(cast: County, approval: Approval) -> None:
    sign(cast.nongye_head, approval)
    Deputation.objects.create(
        principal=cast.xieguan1, deputy=cast.xieguan2, valid_from=TODAY, valid_to=TODAY, reason="出差"
    )
    sync_user(cast.xieguan2, on=TODAY)

    sign(cast.xieguan2, approval)

    assert "冯协（代钱协）" in read(cast.nongye, approval)


def test_the_author_takes_the_paper_back_until_somebody_signed(cast: County, approval: Approval) -> None:
    other = send_up(make_paper(cast, "畜牧补贴监督"), by=cast.nongye, at=NOW)
    sign(cast.nongye_head, other)

    back = as_(cast.nongye).post(f"/approvals/{approval.pk}/withdraw/", follow=True)
    late = as_(cast.nongye).post(f"/approvals/{other.pk}/withdraw/")

    assert "已撤回，可修改后重新报送" in back.content.decode()
    assert late.status_code == 409
    assert "王建国已签批，不能再撤回" in read(cast.nongye, other)


def test_a_signer_is_reminded_politely_once_a_day(cast: County, approval: Approval) -> None:
    first = as_(cast.nongye).post(f"/approvals/{approval.pk}/remind/", follow=True).content.decode()
    second = as_(cast.nongye).post(f"/approvals/{approval.pk}/remind/", follow=True).content.decode()

    assert "已提醒王建国签批。" in first
    assert "今天已提醒过王建国" in second
    assert (
        Notice.objects.filter(
            recipient=cast.nongye_head, sentence__startswith="驻县农业农村局纪检监察组李青请您拨冗签批"
        ).count()
        == 1
    )
    assert as_(cast.dangfeng).post(f"/approvals/{approval.pk}/remind/").status_code == 409


def test_a_reminder_from_the_desk_returns_to_the_desk_and_never_elsewhere(cast: County, approval: Approval) -> None:
    client, address = as_(cast.nongye), f"/approvals/{approval.pk}/remind/"

    back = [
        client.post(address, {"next": place})["Location"] for place in ("/", "https://example.com/", "//example.com")
    ]

    assert back == ["/", f"/approvals/{approval.pk}/", f"/approvals/{approval.pk}/"]


def test_the_next_round_shows_what_changed(cast: County, paper: ChecklistItem, approval: Approval) -> None:
    sign(cast.nongye_head, approval, "return", note="请写明重点")
    paper.refresh_from_db()
    paper.content = "管护责任和资金是否落实"
    paper.save()
    again = send_up(paper, by=cast.nongye, at=NOW)

    page = read(cast.nongye_head, again)

    assert "与上一轮相比改了1处" in page
    assert "管护责任<ins>和资金</ins>是否落实" in page
    assert f'<a href="/approvals/{approval.pk}/">看当时文本</a>' in page


def test_changes_are_shown_in_place() -> None:
    assert pieces("每月一次", "每两月检查一次") == [
        ("same", "每"), ("new", "两"), ("same", "月"), ("new", "检查"), ("same", "一次"),
    ]  # fmt: skip


def test_very_long_texts_are_shown_whole() -> None:
    assert pieces("甲" * 3000, "乙" * 3000) == [("old", "甲" * 3000), ("new", "乙" * 3000)]


# --- the committee ----------------------------------------------------------------------------------------------------


@pytest.fixture
def before_committee(cast: County) -> Iterator[Approval]:
    with plain_route((*CHAIN, Rung.STANDING_COMMITTEE)):
        approval = send_up(make_paper(cast, "集中式检查"), by=cast.nongye, at=NOW)
        for name in ("nongye_head", "xieguan1", "fenguan"):
            decide(approval, "approve", by=cast.people[name], at=NOW)
        yield approval


DECISION = {
    "kind": "list_approval",
    "meeting_on": "2026-02-10",
    "attendance": "应到9人，实到8人",
    "approved": "yes",
    "opinion": "同意。",
    "meeting_no": "第3次",
}


def test_the_secretary_registers_the_committees_decision(cast: County, before_committee: Approval) -> None:
    answer = sign(cast.changweihui, before_committee, **DECISION)

    resolution = ScResolution.objects.get()
    assert "已批准：集中式检查" in answer.content.decode()
    assert (resolution.organ, resolution.approved, resolution.recorded_by) == (cast.agri, True, cast.changweihui)
    assert before_committee.steps.get(rung="standing_committee").resolution == resolution


@pytest.mark.parametrize(
    ("changes", "status", "sentence"),
    [
        ({"meeting_on": ""}, 422, "请填写这一项"),
        ({"approved": "no", "opinion": ""}, 422, "未通过的须写明会议意见"),
        ({"meeting_on": "2026-02-11"}, 422, "会议日期不能晚于今天"),
        ({"meeting_on": "2026-02-09"}, 422, "会议日期早于分管副书记签批日期2026-02-10"),
        ({"meeting_on": "2020-01-01"}, 422, "会议日期早于分管副书记签批日期2026-02-10"),
        ({"attendance": ""}, 422, "请填写这一项"),
    ],
)
def test_an_unfinished_decision_is_not_registered(
    cast: County, before_committee: Approval, changes: dict[str, str], status: int, sentence: str
) -> None:
    answer = sign(cast.changweihui, before_committee, **{**DECISION, **changes})

    assert answer.status_code == status
    assert sentence in answer.content.decode()
    assert changes.get("opinion", "同意。") in answer.content.decode() and "第3次" in answer.content.decode()
    assert not ScResolution.objects.exists()


def test_what_the_committee_did_not_pass_goes_back(cast: County, before_committee: Approval) -> None:
    sign(cast.changweihui, before_committee, **{**DECISION, "approved": "no", "opinion": "缩小范围后再报"})

    before_committee.refresh_from_db()
    assert before_committee.state == "returned"
    assert "缩小范围后再报" in read(cast.nongye, before_committee)
