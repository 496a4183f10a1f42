"""Documents: drafting, signing, numbering, issue, service, replies; who may not; what else changes; the second try."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from accounts import approvals
from accounts.approvals import may_sign
from accounts.duties import open_duties, settle_duties
from accounts.models import Attachment, Duty, Event, Notice, RuleSetting
from accounts.workflow import Refused
from supervision.actions.documents.drafting import (
    close_document,
    draft_document,
    edit_document,
    note_copy,
    serve_document,
    submit_document,
)
from supervision.actions.documents.numbering import (
    add_annexes,
    drop_paper,
    issue_paper,
    number_paper,
    send_back,
    set_prefix,
    take_off_annex,
    void_paper,
)
from supervision.actions.documents.replies import read_reply, record_reply
from supervision.actions.problems import create_problem, remove_problem
from supervision.documents.reading import documents_of, events_of_documents, problems_without_document, register_rows
from supervision.documents.rules import unanswered_points
from supervision.documents.words import annex_words, text_of
from supervision.models import IssuedDocument, NumberSeries, Problem, RectificationItem
from tests.factories import NOW, County, county, moment
from tests.samples import PNG, make_problem
from tests.supervision.papers import DRAFTED, ISSUED, SENT, approve, issue, make_document, reply, serve, sign_all

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> County:
    return county()


# --- drafting ---


def test_a_draft_carries_its_problems_as_numbered_points(cast: County) -> None:
    document = make_document(cast)

    points = list(document.points.values_list("seq", "text", "demand"))
    assert points == [(1, "问题1", "建议1"), (2, "问题2", "建议2")]
    assert document.problems.count() == 2
    assert Event.objects.of(document).get().label == "起草"


def test_strangers_and_foreign_units_and_problems_are_refused(cast: County) -> None:
    with pytest.raises(Refused, match="不能为驻县农业农村局纪检监察组起草"):
        make_document(cast, by=cast.jiaoyu)
    with pytest.raises(Refused, match="不是驻县农业农村局纪检监察组的被监督单位"):
        make_document(cast, unit=cast.units["县教育局"], points=[])
    foreign = make_problem(cast, cast.edu)
    with pytest.raises(Refused, match="不能写进发给县农业农村局的文书"):
        make_document(cast, points=[{"problem": foreign, "text": "别的单位的问题"}])
    assert IssuedDocument.objects.count() == 0


def test_the_coordinating_office_may_write_to_any_unit_of_the_county(cast: County) -> None:
    problem = make_problem(cast, cast.edu, description="教育问题")
    values: dict[str, Any] = {"unit": problem.unit, "title": "督办", "by": cast.dangfeng, "at": NOW}
    document = draft_document(
        cast.cso, "supervision_letter", points=[{"problem": problem, "text": "教育问题"}], **values
    )

    assert document.organ == cast.cso
    assert document.points.get().problem == problem


@pytest.mark.parametrize("field", ["title", "section", "point"])
def test_a_formula_is_refused_everywhere(cast: County, field: str) -> None:
    bad = "=HYPERLINK(1)"
    fields: dict[str, Any] = {
        "title": {"title": bad}, "section": {"sections": {"requirements": bad}}, "point": {"points": [{"text": bad}]},
    }[field]  # fmt: skip

    with pytest.raises(Refused, match="是公式"):
        make_document(cast, **fields)
    assert IssuedDocument.objects.count() == 0


def test_a_refused_edit_leaves_the_old_points(cast: County) -> None:
    document = make_document(cast)

    with pytest.raises(Refused):
        edit_document(document, by=cast.nongye, at=DRAFTED, title="新标题", points=[{"text": "好"}, {"text": "=坏"}])

    document.refresh_from_db()
    assert document.title == "关于整改资料归档问题的通知"
    assert document.points.count() == 2


# --- going up ---


def test_what_is_missing_is_named_before_the_paper_goes_up(cast: County) -> None:
    cases: list[tuple[dict[str, Any], str]] = [
        ({"sections": {"requirements": "有"}}, "“监督检查依据”“建立整改台账要求”“报告时间和方式”“逾期后果”还没有写"),
        ({"points": []}, "还没有列出问题"),
        ({"due_on": None, "points": [{"text": "没有期限"}]}, "还没有整改期限"),
        ({"reply_due_on": None}, "还没有书面回复期限"),
        ({"due_on": date(2026, 2, 10)}, "整改期限2026-02-10已经过去"),
    ]
    for fields, sentence in cases:
        document = make_document(cast, **fields)
        with pytest.raises(Refused, match=sentence):
            submit_document(document, by=cast.nongye, at=SENT)
        document.refresh_from_db()
        assert document.step == "draft"


def test_a_recommendation_needs_its_kind(cast: County) -> None:
    document = make_document(cast, "recommendation", recommendation_kind="")
    with pytest.raises(Refused, match="还没有选建议类别"):
        submit_document(document, by=cast.nongye, at=SENT)

    edit_document(document, by=cast.nongye, at=SENT, recommendation_kind="discipline")
    submit_document(IssuedDocument.objects.get(pk=document.pk), by=cast.nongye, at=SENT)
    assert IssuedDocument.objects.get(pk=document.pk).kind_word == "纪律检查建议书"


def test_head_then_assisting_member_then_deputy_secretary(cast: County) -> None:
    approval = submit_document(make_document(cast), by=cast.nongye, at=SENT)

    assert list(approval.steps.values_list("rung", flat=True)) == ["head", "assisting_member", "deputy_secretary"]
    with pytest.raises(Refused, match="您不是应签人"):
        approvals.decide(approval, "approve", by=cast.xieguan1, at=SENT, note="同意")


def test_an_integrity_notice_ends_at_the_head_unless_the_office_sets_otherwise(cast: County) -> None:
    approval = submit_document(make_document(cast, "integrity_notice"), by=cast.nongye, at=SENT)
    assert list(approval.steps.values_list("rung", flat=True)) == ["head"]

    RuleSetting.objects.create(key="document_rungs_integrity_notice", value="2", valid_from=date(2026, 2, 1))
    again = submit_document(make_document(cast, "integrity_notice"), by=cast.nongye, at=SENT)
    assert list(again.steps.values_list("rung", flat=True)) == ["head", "assisting_member"]


def test_in_the_commissions_name_the_standing_committee_decides_last(cast: County) -> None:
    document = approve(cast, make_document(cast, "integrity_notice", in_name_of_commission=True))

    assert document.step == "approved"
    assert document.rungs == 4
    assert document.signed_by == cast.fenguan  # 签发人 is the leader, not the secretary who registered the meeting


def test_whoever_rewrote_the_text_does_not_sign_it(cast: County) -> None:
    document = make_document(cast)
    edit_document(document, by=cast.nongye_head, at=DRAFTED, title="组长改过的标题")
    approval = submit_document(document, by=cast.nongye, at=SENT)

    verdict = may_sign(approval, cast.nongye_head, on=date(2026, 2, 11))

    assert not verdict
    assert "拟稿人" in verdict.sentence


def test_under_signature_the_text_is_locked_and_a_return_opens_it(cast: County) -> None:
    document = make_document(cast)
    approval = submit_document(document, by=cast.nongye, at=SENT)
    with pytest.raises(Refused, match="文本已锁定"):
        edit_document(document, by=cast.nongye, at=SENT, title="偷改")

    approvals.decide(approval, "return", by=cast.nongye_head, at=SENT, note="依据不足")
    edit_document(document, by=cast.nongye, at=SENT, title="改后标题")
    second = submit_document(IssuedDocument.objects.get(pk=document.pk), by=cast.nongye, at=SENT)
    assert second.round_no == 2
    assert second.content["标题"] == "改后标题"


def test_a_draft_can_be_given_up_with_a_reason_only(cast: County) -> None:
    document = make_document(cast)
    with pytest.raises(Refused, match="理由"):
        drop_paper(document, by=cast.nongye, at=SENT, reason=" ")
    drop_paper(document, by=cast.nongye, at=SENT, reason="改为约谈")

    assert document.step == "voided"
    assert register_rows(cast.wenshu, "rectification_notice", 2026) == []


# --- numbering and issue ---


def test_only_the_document_clerk_numbers_and_only_what_is_approved(cast: County) -> None:
    document = make_document(cast)
    with pytest.raises(Refused, match="当前为“起草中”"):
        number_paper(document, by=cast.wenshu, at=ISSUED, prefix="示纪改")
    approve(cast, document)
    for person in (cast.nongye, cast.nongye_head, cast.dangfeng_head, cast.fenguan):
        with pytest.raises(Refused, match="没有“编号”的权限"):
            number_paper(document, by=person, at=ISSUED, prefix="示纪改")
    assert NumberSeries.objects.count() == 0

    assert number_paper(document, by=cast.wenshu, at=ISSUED, prefix="示纪改") == "示纪改〔2026〕1号"
    with pytest.raises(Refused, match="当前为“待印发”"):
        number_paper(IssuedDocument.objects.get(pk=document.pk), by=cast.wenshu, at=ISSUED)
    assert NumberSeries.objects.get().last == 1


def test_a_series_needs_its_characters_once_and_keeps_them(cast: County) -> None:
    first, second, next_year = (approve(cast, make_document(cast)) for _ in range(3))
    with pytest.raises(Refused, match="还没有机关代字"):
        number_paper(first, by=cast.wenshu, at=ISSUED)

    assert number_paper(first, by=cast.wenshu, at=ISSUED, prefix="示纪改") == "示纪改〔2026〕1号"
    assert number_paper(second, by=cast.wenshu, at=ISSUED, prefix="别的") == "示纪改〔2026〕2号"
    assert number_paper(next_year, by=cast.wenshu, at=moment(2027, 1, 4)) == "示纪改〔2027〕1号"


def test_two_kinds_cannot_share_characters(cast: County) -> None:
    number_paper(approve(cast, make_document(cast)), by=cast.wenshu, at=ISSUED, prefix="示纪")
    other = approve(cast, make_document(cast, "supervision_letter"))

    with pytest.raises(Refused, match="已用于其他文种"):
        number_paper(other, by=cast.wenshu, at=ISSUED, prefix="示纪")
    assert IssuedDocument.objects.get(pk=other.pk).step == "approved"


def test_characters_change_before_the_first_number_and_never_after(cast: County) -> None:
    values: dict[str, Any] = {"by": cast.wenshu, "at": ISSUED}
    set_prefix(cast.agri, "rectification_notice", 2026, "旧字", **values)
    set_prefix(cast.agri, "rectification_notice", 2026, "新字", **values)
    assert number_paper(approve(cast, make_document(cast)), **values) == "新字〔2026〕1号"

    with pytest.raises(Refused, match="年内不能更换"):
        set_prefix(cast.agri, "rectification_notice", 2026, "再换", **values)
    with pytest.raises(Refused, match="由文书设置"):
        set_prefix(cast.agri, "supervision_letter", 2026, "组里自定", by=cast.nongye_head, at=ISSUED)


def test_a_voided_number_stays_in_the_register_and_is_not_used_again(cast: County) -> None:
    first, second = approve(cast, make_document(cast)), approve(cast, make_document(cast))
    number_paper(first, by=cast.wenshu, at=ISSUED, prefix="示纪改")
    with pytest.raises(Refused, match="作废须写明理由"):
        void_paper(first, by=cast.wenshu, at=ISSUED, reason="")
    void_paper(first, by=cast.wenshu, at=ISSUED, reason="主送单位撤并")

    assert number_paper(second, by=cast.wenshu, at=ISSUED) == "示纪改〔2026〕2号"
    rows = register_rows(cast.wenshu, "rectification_notice", 2026)
    assert [(row["doc_no"], row["voided"], row["void_reason"]) for row in rows] == [
        ("示纪改〔2026〕1号", True, "主送单位撤并"), ("示纪改〔2026〕2号", False, ""),
    ]  # fmt: skip


def test_issue_freezes_the_text_with_its_digest(cast: County) -> None:
    document = issue(cast, make_document(cast))

    assert document.is_intact
    assert document.content["doc_no"] == "示纪驻农改〔2026〕1号"
    assert (document.content["signed_on"], document.content["issued_on"]) == ("2026-02-11", "2026-02-13")
    document.points.update(text="后来改掉的问题")
    assert "问题1" in str(IssuedDocument.objects.get(pk=document.pk).content)
    document.content["title"] = "被改过"
    assert not document.is_intact


def test_a_paper_numbered_in_the_year_after_bears_the_day_of_issue(cast: County) -> None:
    document, january = approve(cast, make_document(cast)), moment(2027, 1, 4)
    number_paper(document, by=cast.wenshu, at=january, prefix="示纪改")
    issue_paper(document, by=cast.wenshu, at=january, issued_on=date(2027, 1, 4))

    document.refresh_from_db()
    assert (document.doc_no, document.content["signed_on"]) == ("示纪改〔2027〕1号", "2027-01-04")


def test_issue_refuses_tomorrow_and_another_year(cast: County) -> None:
    document = approve(cast, make_document(cast))
    number_paper(document, by=cast.wenshu, at=ISSUED, prefix="示纪改")

    with pytest.raises(Refused, match="不能晚于今天"):
        issue_paper(document, by=cast.wenshu, at=ISSUED, issued_on=date(2026, 2, 14))
    with pytest.raises(Refused, match="2026年内"):
        issue_paper(document, by=cast.wenshu, at=ISSUED, issued_on=date(2025, 12, 31))
    with pytest.raises(Refused, match="没有“印发”的权限"):
        issue_paper(document, by=cast.nongye, at=ISSUED, issued_on=date(2026, 2, 13))


def test_issue_gives_a_problem_without_a_term_its_term_and_leaves_a_given_one(cast: County) -> None:
    given = make_problem(cast, cast.agri, description="已有时限", due_on=date(2026, 2, 25))
    open_one = make_problem(cast, cast.agri, description="没有时限")
    points = [{"problem": given, "text": "甲", "due_on": date(2026, 2, 28)}, {"problem": open_one, "text": "乙"}]
    issue(cast, make_document(cast, points=points))

    terms = dict(RectificationItem.objects.values_list("problem__description", "due_on"))
    assert terms["已有时限"] == date(2026, 2, 25)
    assert terms["没有时限"] == date(2026, 3, 1)


def test_each_step_tells_whoever_is_next(cast: County) -> None:
    document = make_document(cast)
    approve(cast, document)
    assert Notice.objects.filter(recipient=cast.wenshu, sentence__contains="请编号印发").count() == 1

    number_paper(document, by=cast.wenshu, at=ISSUED, prefix="示纪改")
    issue_paper(document, by=cast.wenshu, at=ISSUED, issued_on=date(2026, 2, 13))
    assert Notice.objects.filter(recipient=cast.nongye, sentence__contains="请送达并登记签收").count() == 1


# --- service and reply ---


def test_service_needs_who_and_how_and_days_in_order(cast: County) -> None:
    document = issue(cast, make_document(cast))
    good: dict[str, Any] = {"by": cast.nongye, "at": moment(2026, 2, 20), "served_on": date(2026, 2, 16),
                            "served_to": "张主任", "served_manner": "mail"}  # fmt: skip
    for change, sentence in (
        ({"served_to": " "}, "请填写签收人"), ({"served_on": date(2026, 2, 21)}, "不能晚于今天"),
        ({"served_on": date(2026, 2, 12)}, "早于印发日期"), ({"by": cast.wenshu}, "没有“登记送达”的权限"),
    ):  # fmt: skip
        with pytest.raises(Refused, match=sentence):
            serve_document(document, **{**good, **change})
    serve_document(document, **good)

    assert (document.step, document.served_to) == ("served", "张主任")
    with pytest.raises(Refused, match="当前为“待回复”"):
        serve_document(document, **good)
    with pytest.raises(Refused, match="不能作废"):
        void_paper(document, by=cast.wenshu, at=moment(2026, 2, 20), reason="晚了")


def test_a_reply_that_skips_a_point_is_seen_and_cannot_end_the_matter(cast: County) -> None:
    document = serve(cast, make_document(cast, count=3))
    first = reply(cast, document, {1: "已归档", 2: "已培训"})
    assert document.step == "replied"
    assert unanswered_points(document) == [3]
    read_reply(first, {1: "answered", 2: "answered"}, by=cast.nongye, at=moment(2026, 3, 3))
    with pytest.raises(Refused, match="第3点未答复，不能办结"):
        close_document(document, by=cast.nongye, at=moment(2026, 3, 3), effect="已整改")

    second = reply(cast, document, {3: "已建制度"}, day=4)
    with pytest.raises(Refused, match="第3点的答复还没有审阅"):
        close_document(document, by=cast.nongye, at=moment(2026, 3, 5), effect="已整改")
    read_reply(second, {3: "answered"}, by=cast.nongye, at=moment(2026, 3, 5))
    with pytest.raises(Refused, match="落实成效"):
        close_document(document, by=cast.nongye, at=moment(2026, 3, 5), effect="")
    close_document(document, by=cast.nongye, at=moment(2026, 3, 5), effect="三项均已整改，建立制度1项")
    assert document.step == "closed"


def test_an_answer_that_its_reader_rejects_counts_as_none(cast: County) -> None:
    document = serve(cast, make_document(cast))
    made = reply(cast, document, {1: "正在研究", 2: "已整改"})
    with pytest.raises(Refused, match="请写明还缺什么"):
        read_reply(made, {1: "not_answered"}, by=cast.nongye, at=moment(2026, 3, 3))

    read_reply(
        made,
        {1: "not_answered", 2: "partly"},
        by=cast.nongye,
        at=moment(2026, 3, 3),
        notes={1: "没有措施", 2: "缺照片"},
    )

    assert unanswered_points(document) == [1]
    assert Event.objects.of(document).last().note == "第1点未答复，第2点部分答复"


def test_replies_are_refused_before_service_from_strangers_and_when_empty(cast: County) -> None:
    document = issue(cast, make_document(cast))
    values: dict[str, Any] = {
        "by": cast.nongye,
        "at": moment(2026, 3, 2),
        "received_on": date(2026, 3, 2),
        "sender": "局",
    }
    with pytest.raises(Refused, match="请先登记送达"):
        record_reply(document, answers={1: "好"}, **values)
    served = serve(cast, make_document(cast))
    with pytest.raises(Refused, match="至少填写一项"):
        record_reply(served, answers={1: " "}, **values)
    with pytest.raises(Refused, match="起草单位登记"):
        record_reply(served, answers={1: "好"}, **{**values, "by": cast.jiaoyu})
    with pytest.raises(Refused, match="送达日期和今天之间"):
        record_reply(served, answers={1: "好"}, **{**values, "received_on": date(2026, 2, 13)})
    assert served.replies.count() == 0


def test_files_come_with_the_reply_and_a_bad_one_takes_the_reply_back(cast: County) -> None:
    document = serve(cast, make_document(cast))
    values: dict[str, Any] = {"by": cast.nongye, "at": moment(2026, 3, 2), "received_on": date(2026, 3, 2), "sender": "局",
                              "answers": {1: "好"}}  # fmt: skip
    with pytest.raises(Refused, match="格式不能上传"):
        record_reply(document, files=[SimpleUploadedFile("坏.exe", b"MZ")], **values)
    assert document.replies.count() == 0

    made = record_reply(document, files=[SimpleUploadedFile("回复.png", PNG)], **values)
    assert Attachment.objects.of(made).get().organ == cast.agri


def test_the_duty_of_the_reply_opens_with_service_and_ends_with_the_last_answer(cast: County) -> None:
    document = serve(cast, make_document(cast))
    open_duties(date(2026, 2, 15))
    open_duties(date(2026, 2, 16))
    duty = Duty.objects.get(kind="document_reply")
    assert (duty.organ, duty.due_on, duty.opened_on) == (cast.agri, date(2026, 3, 5), date(2026, 2, 14))

    reply(cast, document, {1: "好"})
    settle_duties()
    assert Duty.objects.get(pk=duty.pk).fulfilled_at is None
    reply(cast, document, {2: "好"}, day=4)
    settle_duties()
    assert Duty.objects.get(pk=duty.pk).state(on=date(2026, 3, 10)) == "done"


def test_an_answer_judged_as_none_opens_the_duty_again_and_a_late_supplement_is_late(cast: County) -> None:
    document = serve(cast, make_document(cast))
    open_duties(date(2026, 2, 15))
    made = reply(cast, document, {1: "好", 2: "好"}, day=3)
    settle_duties()
    duty = Duty.objects.get(kind="document_reply")
    assert duty.state(on=date(2026, 3, 4)) == "done"

    words = {"by": cast.nongye, "at": moment(2026, 3, 6), "notes": {1: "没有措施"}}
    read_reply(made, {1: "not_answered", 2: "answered"}, **words)
    settle_duties()
    assert Duty.objects.get(pk=duty.pk).state(on=date(2026, 3, 6)) == "overdue"

    reply(cast, document, {1: "已整改"}, day=9)
    settle_duties()
    assert Duty.objects.get(pk=duty.pk).state(on=date(2026, 3, 10)) == "late"


# --- from the problems' side ---


def test_open_problems_that_no_living_document_names(cast: County) -> None:
    named = make_document(cast, count=1)
    dropped = make_document(cast, count=1)
    drop_paper(dropped, by=cast.nongye, at=SENT, reason="不发")
    lonely = make_problem(cast, cast.agri, description="没有文书")
    create_problem(
        organ=cast.agri, unit=lonely.unit, description="立行立改", year=2026, by=cast.nongye, at=NOW, fixed_on_spot=True
    )

    found = set(problems_without_document(Problem.objects.visible_to(cast.nongye)))

    assert found == {lonely, dropped.points.get().problem}
    assert named.points.get().problem not in found


def test_signing_all_leaves_one_event_per_signature(cast: County) -> None:
    document = make_document(cast)
    sign_all(cast, submit_document(document, by=cast.nongye, at=SENT))

    labels = list(Event.objects.of(document).values_list("label", flat=True))
    assert labels == ["起草", "层报审批", "单位负责人同意", "协管常委、委员同意", "批准"]


# --- copies, the clerk's second look, one chain ---


def test_a_copy_is_noted_once_after_issue_with_its_day(cast: County) -> None:
    document = make_document(cast)
    good: dict[str, Any] = {
        "by": cast.wenshu,
        "at": moment(2026, 2, 20),
        "recipient": "县财政局",
        "sent_on": date(2026, 2, 16),
    }
    with pytest.raises(Refused, match="印发以后"):
        note_copy(document, **{**good, "by": cast.nongye})
    issue(cast, document)
    for change, sentence in (
        ({"sent_on": date(2026, 2, 12)}, "印发日期和今天之间"), ({"recipient": " "}, "请填写抄送单位"), ({"by": cast.jiaoyu}, "文书登记"),
    ):  # fmt: skip
        with pytest.raises(Refused, match=sentence):
            note_copy(document, **{**good, **change})
    note_copy(document, **good, received_by="李科长")
    with pytest.raises(Refused, match="不重复登记"):
        note_copy(document, **good)

    assert [(copy.recipient, copy.received_by) for copy in document.copies.all()] == [("县财政局", "李科长")]


def test_what_the_clerk_sends_back_goes_up_again_from_the_start(cast: County) -> None:
    document = approve(cast, make_document(cast))
    with pytest.raises(Refused, match="理由"):
        send_back(document, by=cast.wenshu, at=ISSUED, reason="")
    with pytest.raises(Refused, match="没有“核稿退回”的权限"):
        send_back(document, by=cast.nongye, at=ISSUED, reason="自己退回")
    send_back(document, by=cast.wenshu, at=ISSUED, reason="标题不规范。")

    document.refresh_from_db()
    assert (document.step, document.signed_by) == ("returned", None)
    assert (
        Notice.objects.filter(recipient=cast.nongye, sentence__contains="核稿退回，理由：标题不规范。修改后").count()
        == 1
    )
    assert submit_document(document, by=cast.nongye, at=ISSUED).round_no == 2


def test_one_problem_one_chain_and_nothing_of_papers_the_reader_may_not_see(cast: County) -> None:
    document = serve(cast, make_document(cast, count=1))
    problem = document.points.get().problem
    draft_document(cast.cso, "supervision_letter", unit=problem.unit, title="党风室的函", by=cast.dangfeng, at=NOW,
                   points=[{"problem": problem, "text": "督促整改"}])  # fmt: skip

    labels = [
        event.label for event in events_of_documents(problem, among=IssuedDocument.objects.visible_to(cast.nongye))
    ]

    assert labels[0] == "整改通知书：起草"
    assert labels[-1] == "整改通知书：登记送达"
    assert not any("督办函" in label for label in labels)
    assert len(documents_of(problem, among=IssuedDocument.objects.visible_to(cast.dangfeng))) == 2


def test_letters_about_a_problem_are_counted(cast: County) -> None:
    problem = make_problem(cast, cast.agri)
    points = [{"problem": problem, "text": "督促整改"}]
    turns = [make_document(cast, "supervision_letter", points=points).urge_no for _ in range(2)]

    assert turns == [1, 2]


def test_choices_that_are_not_on_offer_are_refused(cast: County) -> None:
    with pytest.raises(Refused, match="请选择建议类别"):
        make_document(cast, "recommendation", recommendation_kind="别的")
    with pytest.raises(Refused, match="请选择文种"):
        draft_document(cast.agri, "别的", unit=cast.units["县农业农村局"], title="函", by=cast.nongye, at=NOW)
    document = serve(cast, make_document(cast))
    with pytest.raises(Refused, match="已答复、部分答复或者未答复"):
        read_reply(reply(cast, document, {1: "好"}), {1: "好得很"}, by=cast.nongye, at=moment(2026, 3, 3))


def test_annexes_go_into_the_text_and_are_locked_with_it(cast: County) -> None:
    document = make_document(cast)

    def upload(name: str) -> SimpleUploadedFile:
        return SimpleUploadedFile(name, PNG)

    with pytest.raises(Refused, match="起草单位办理"):
        add_annexes(document, [upload("问题清单.png")], by=cast.jiaoyu, at=DRAFTED)
    with pytest.raises(Refused, match="请选择要上传的文件"):
        add_annexes(document, [], by=cast.nongye, at=DRAFTED)
    add_annexes(document, [upload("问题清单.png"), upload("照片.png")], by=cast.nongye, at=DRAFTED)
    assert annex_words(text_of(document)["annexes"]) == ["附件：1.问题清单", "　　　2.照片"]
    take_off_annex(document, Attachment.objects.of(document).last().pk, by=cast.nongye, at=DRAFTED)
    assert annex_words(text_of(document)["annexes"]) == ["附件：问题清单"]

    approval = submit_document(document, by=cast.nongye, at=SENT)
    assert approval.content["附件"] == "问题清单.png"
    with pytest.raises(Refused, match="附件已锁定"):
        add_annexes(document, [upload("后补.png")], by=cast.nongye, at=SENT)
    with pytest.raises(Refused, match="附件已锁定"):
        take_off_annex(document, Attachment.objects.of(document).first().pk, by=cast.nongye, at=SENT)


def test_issue_is_not_dated_before_the_approval(cast: County) -> None:
    document = approve(cast, make_document(cast))
    number_paper(document, by=cast.wenshu, at=ISSUED, prefix="示纪改")

    with pytest.raises(Refused, match="早于批准日期2026-02-11"):
        issue_paper(document, by=cast.wenshu, at=ISSUED, issued_on=date(2026, 2, 10))


def test_a_problem_in_an_issued_document_is_not_deleted(cast: County) -> None:
    document = issue(cast, make_document(cast, count=1))
    problem = document.points.get().problem
    with pytest.raises(Refused, match="有已印发的文书，不能删除"):
        remove_problem(problem, by=cast.nongye, at=moment(2026, 2, 14))

    void_paper(document, by=cast.wenshu, at=moment(2026, 2, 14), reason="主送单位有误")
    remove_problem(problem, by=cast.nongye, at=moment(2026, 2, 14))

    assert not Problem.objects.live().exists()
