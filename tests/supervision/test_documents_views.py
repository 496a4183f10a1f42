"""Pages of documents: who sees what, a whole journey by hand, filters, the register, the desk, papers to take away."""

from __future__ import annotations

import io
from datetime import date
from typing import Any

import openpyxl
import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.desk import panels_for
from accounts.models import AccessLog, Approval, Attachment, User
from supervision.actions.documents.replies import read_reply
from supervision.documents.kinds import DocumentKind
from supervision.models import DocumentPoint, DocumentReply, IssuedDocument, NumberSeries, TypicalBulletin
from tests.factories import NOW, County, county, enter, moment
from tests.samples import PNG, make_problem
from tests.supervision.papers import (
    approve,
    approve_bulletin,
    issue,
    make_bulletin,
    make_document,
    reply,
    serve,
    sign_all,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> County:
    return county()


def titles(client: Client, **query: Any) -> list[str]:
    return [row["title"] for row in client.get(reverse("supervision:documents"), query).context["page"].rows]


def page(document: Any) -> str:
    return document.get_absolute_url()


def act(client: Client, document: IssuedDocument, verb: str, **data: Any) -> str:
    answer = client.post(reverse("supervision:document_act", args=[document.pk]), {"verb": verb, **data}, follow=True)
    assert answer.status_code == 200
    document.refresh_from_db()
    return answer.content.decode()


# --- who sees what ---


def test_the_document_clerk_sees_papers_from_their_approval_on(cast: County) -> None:
    make_document(cast, title="还在起草")
    approve(cast, make_document(cast, title="等待编号"))

    assert titles(enter(cast.wenshu)) == ["等待编号"]
    assert sorted(titles(enter(cast.nongye))) == ["等待编号", "还在起草"]
    assert titles(enter(cast.jiaoyu)) == []
    assert sorted(titles(enter(cast.dangfeng))) == ["等待编号", "还在起草"]


def test_the_clerks_page_offers_the_number_and_no_link_into_the_records(cast: County) -> None:
    document = approve(cast, make_document(cast))

    text = enter(cast.wenshu).get(page(document)).content.decode()

    assert "编号</button>" in text
    assert "看报送文本" not in text
    assert reverse("supervision:problem", args=[document.points.first().problem_id]) not in text


def test_a_foreign_document_is_not_found(cast: County) -> None:
    document = make_document(cast)

    assert enter(cast.jiaoyu).get(page(document)).status_code == 404
    assert enter(cast.wenshu).get(page(document)).status_code == 404  # not approved yet
    assert enter(cast.jiaoyu).post(reverse("supervision:document_reply", args=[document.pk])).status_code == 404


# --- a journey ---


def test_from_ticked_problems_to_the_closed_document(cast: County) -> None:
    first = make_problem(cast, cast.agri, description="验收单缺签字", suggestion="补签", due_on=date(2026, 3, 1))
    second = make_problem(cast, cast.agri, description="公示不及时")
    clerk, office = enter(cast.nongye), enter(cast.wenshu)
    with time_machine.travel(moment(2026, 2, 11), tick=False):
        ticked = clerk.post(reverse("supervision:document_chosen"), {"problem": [first.pk, second.pk]})
        choose = clerk.get(ticked["Location"])
        address = f"{reverse('supervision:document_new')}{choose.context['groups'][0]['kinds'][2]['address']}"
        form = clerk.get(address)
        assert "验收单缺签字" in form.content.decode()
        document = written(clerk, address, form)
        assert list(document.points.values_list("text", "demand", "due_on")) == [
            ("验收单缺签字", "补签", date(2026, 3, 1)), ("公示不及时", "", None),
        ]  # fmt: skip
        sent = clerk.post(reverse("supervision:document_act", args=[document.pk]), {"verb": "submit"})
        assert sent["Location"].startswith("/approvals/") or "approval" in sent["Location"]
        sign_all(cast, Approval.objects.get(), at=moment(2026, 2, 11))
    with time_machine.travel(moment(2026, 2, 13), tick=False):
        assert "还没有机关代字" in act(office, document, "number")
        act(office, document, "number", mark="示纪改")
        assert document.doc_no == "示纪改〔2026〕1号"
        act(office, document, "issue", issued_on="2026-02-13")
        act(office, document, "copy", recipient="县财政局", sent_on="2026-02-13")
        assert document.copies.get().recipient == "县财政局"
        act(clerk, document, "serve", served_on="2026-02-13", served_to="张主任", served_manner="in_person")
    assert document.step == "served"
    answered_and_closed(clerk, document)


def written(clerk: Client, address: str, form: Any) -> IssuedDocument:
    """Fill the form as a clerk does and save it."""
    rows = form.context["rows"]
    data = {field.html_name: field.value() or "" for row in rows for field in row}
    data |= {field.html_name: field.value() or "" for field in rows.management_form}
    fields = form.context["form"]
    data |= {field.html_name: field.value() or "内容" for field in fields if field.name != "in_name_of_commission"}
    data |= {"due_on": "2026-03-10", "reply_due_on": "2026-03-15", "secrecy": ""}
    saved = clerk.post(address, data)
    assert saved.status_code == 302, saved.context["form"].errors
    return IssuedDocument.objects.get()


def answered_and_closed(clerk: Client, document: IssuedDocument) -> None:
    """A reply with its file, read point by point, then 办结."""
    with time_machine.travel(moment(2026, 3, 12), tick=False):
        answers = {"received_on": "2026-03-12", "sender": "县农业农村局", "answer_1": "已补签", "answer_2": "已公示",
                   "file": SimpleUploadedFile("回复.png", PNG)}  # fmt: skip
        clerk.post(reverse("supervision:document_reply", args=[document.pk]), answers)
        made = DocumentReply.objects.get()
        assert Attachment.objects.of(made).count() == 1
        verdicts = {"reply": made.pk, f"r{made.pk}-verdict_1": "answered", f"r{made.pk}-verdict_2": "answered"}
        clerk.post(reverse("supervision:document_read", args=[document.pk]), verdicts)
        document.refresh_from_db()
        assert "请写明落实成效" in act(clerk, document, "close")
        act(clerk, document, "close", effect="两项均已整改")
    assert document.step == "closed"


def test_nothing_typed_is_lost_where_a_rule_says_no(cast: County) -> None:
    clerk = enter(cast.nongye)
    address = f"{reverse('supervision:document_new')}?kind=supervision_letter"
    data = {"unit": cast.units["县农业农村局"].pk, "title": "=1+1", "section_matter": "长长的事项", "point-TOTAL_FORMS": "1",
            "point-INITIAL_FORMS": "0", "point-0-text": "一项问题"}  # fmt: skip

    answer = clerk.post(address, data)

    assert answer.status_code == 422
    text = answer.content.decode()
    assert "是公式" in text and "长长的事项" in text and "一项问题" in text
    assert IssuedDocument.objects.count() == 0


def test_another_organs_problem_cannot_be_slipped_into_a_point(cast: County) -> None:
    foreign = make_problem(cast, cast.edu, description="别处的问题")
    data = {"unit": cast.units["县农业农村局"].pk, "title": "督办函", "point-TOTAL_FORMS": "1", "point-INITIAL_FORMS": "0",
            "point-0-text": "文字", "point-0-problem": str(foreign.pk)}  # fmt: skip

    enter(cast.nongye).post(f"{reverse('supervision:document_new')}?kind=supervision_letter", data)

    assert DocumentPoint.objects.get().problem is None


def test_problems_of_two_units_become_two_documents(cast: County) -> None:
    first = make_problem(cast, cast.agri)
    other = make_problem(cast, cast.agri)
    other.unit = cast.units["县畜牧服务中心"]
    other.save()

    answer = enter(cast.nongye).get(
        reverse("supervision:document_new"), {"kind": "recommendation", "problem": [first.pk, other.pk]}
    )

    assert [str(group["unit"]) for group in answer.context["groups"]] == ["县农业农村局", "县畜牧服务中心"]


@pytest.mark.parametrize("kind", DocumentKind.values)
def test_every_kind_opens_prefilled_from_a_problem(cast: County, kind: str) -> None:
    problem = make_problem(cast, cast.agri, description="要写进文书的问题", due_on=date(2026, 2, 20))

    answer = enter(cast.nongye).get(reverse("supervision:document_new"), {"kind": kind, "problem": problem.pk})

    assert answer.status_code == 200
    assert answer.context["form"]["unit"].value() == problem.unit_id
    assert "要写进文书的问题" in answer.content.decode()


def test_one_button_drafts_the_letter_of_an_overdue_reply(cast: County) -> None:
    document = serve(cast, make_document(cast))
    clerk = enter(cast.nongye)
    with time_machine.travel(moment(2026, 3, 15), tick=False):
        assert "起草督办函" in clerk.get(page(document)).content.decode()
        answer = clerk.post(reverse("supervision:document_act", args=[document.pk]), {"verb": "letter"})
        letter = IssuedDocument.objects.get(follows=document)
        assert answer["Location"] == page(letter)
        assert "已逾期10天" in clerk.get(page(letter)).content.decode()
        again = clerk.get(page(document)).content.decode()
    assert "第1次督办函" in again and "起草督办函</button>" not in again


def test_a_refusal_stands_on_the_page_the_person_came_from(cast: County) -> None:
    document = make_document(cast, points=[])

    text = act(enter(cast.nongye), document, "submit")

    assert "还没有列出问题" in text
    assert document.step == "draft"


# --- lists ---


def test_the_list_shows_the_point_left_out_and_what_is_late(cast: County) -> None:
    gap = serve(cast, make_document(cast, title="缺一点", count=3))
    reply(cast, gap, {1: "好", 3: "好"})
    serve(cast, make_document(cast, title="没有回复"))
    make_document(cast, title="草稿")
    client = enter(cast.nongye)
    with time_machine.travel(moment(2026, 3, 15), tick=False):
        rows = {row["title"]: row for row in client.get(reverse("supervision:documents")).context["page"].rows}
        assert rows["缺一点"]["reply_word"] == "第2点未答复"
        assert rows["没有回复"]["reply_word"] == "未回复，已逾期10天"
        assert rows["草稿"]["reply_word"] == ""
        assert sorted(titles(client, reply="overdue")) == ["没有回复", "缺一点"]
    with time_machine.travel(moment(2026, 3, 5), tick=False):
        assert titles(client, reply="overdue") == []
        assert titles(client, reply="gaps") == ["缺一点"]
        assert titles(client, reply="waiting") == ["没有回复"]


def test_filters_and_nonsense(cast: County) -> None:
    make_document(cast, title="通知")
    make_document(cast, "supervision_letter", title="督办")
    client = enter(cast.nongye)

    assert titles(client, kind="supervision_letter") == ["督办"]
    assert titles(client, q="通知") == ["通知"]
    assert titles(client, year="2025") == []
    assert len(titles(client, after="乱", sort="?")) == 2
    wrong = [{"kind": "x"}, {"step": "y"}, {"unit": "字"}, {"year": "abc"}, {"organ": "-1"}]
    assert [client.get(reverse("supervision:documents"), one).status_code for one in wrong] == [422] * 4 + [404]


@pytest.mark.parametrize("sort", ["", "due", "-due", "kind", "unit", "-unit"])
def test_every_order_pages_by_key_without_losing_or_doubling(cast: County, sort: str) -> None:
    IssuedDocument.objects.bulk_create(
        IssuedDocument(organ=cast.agri, kind=DocumentKind.values[n % 6], unit=cast.units["县农业农村局"], title=f"文书{n}",
                       step="served" if n % 2 else "draft", reply_due_on=date(2026, 3, 1 + n % 20),
                       created_by=cast.nongye, created_at=NOW) for n in range(120)
    )  # fmt: skip
    client, seen, query = enter(cast.nongye), [], {"sort": sort}
    for _ in range(4):
        found = client.get(reverse("supervision:documents"), query).context["page"]
        seen += [row["title"] for row in found.rows]
        if not found.next:
            break
        query = {"sort": sort, "after": found.next}

    assert len(seen) == len(set(seen)) == 120


def test_the_sheet_holds_the_filtered_list_and_leaves_a_trace(cast: County) -> None:
    make_document(cast, title="通知")
    make_document(cast, "supervision_letter", title="督办")

    answer = enter(cast.nongye).get(reverse("supervision:documents"), {"format": "xlsx", "kind": "supervision_letter"})

    values = [
        [cell.value for cell in row] for row in openpyxl.load_workbook(io.BytesIO(answer.content)).active.iter_rows()
    ]
    assert [row[2] for row in values if row[0] == "督办函"] == ["督办"]
    assert AccessLog.objects.get(action="export").subject == "文书清单"


def test_the_list_costs_the_same_at_3_and_at_60_rows(cast: County) -> None:
    client, address = enter(cast.dangfeng), reverse("supervision:documents")

    def fill(count: int) -> int:
        for _ in range(count):
            serve_like(cast)
        client.get(address)
        with CaptureQueriesContext(connection) as queries:
            assert client.get(address).status_code == 200
        return len(queries)

    few = fill(3)
    assert fill(57) == few <= 25


def serve_like(cast: County) -> None:
    """A served document with a reply that leaves a point out, straight into the tables."""
    row = IssuedDocument.objects.create(
        organ=cast.agri, kind="rectification_notice", unit=cast.units["县农业农村局"], title="通知", step="replied", issued_on=NOW.date(),
        digest="0" * 64, served_on=NOW.date(), reply_due_on=NOW.date(), created_by=cast.nongye, created_at=NOW,
    )  # fmt: skip
    DocumentPoint.objects.create(document=row, seq=1, text="问题")
    DocumentReply.objects.create(
        document=row, received_on=NOW.date(), sender="局", recorded_by=cast.nongye, recorded_at=NOW
    )


# --- the register ---


def test_the_register_keeps_voided_numbers_and_sets_characters(cast: County) -> None:
    client = enter(cast.wenshu)
    values = {"kind": "recommendation", "year": "2026", "organ": cast.root.pk, "prefix": "示纪建"}
    client.post(reverse("supervision:document_prefix"), values)
    assert NumberSeries.objects.get().prefix == "示纪建"
    with time_machine.travel(moment(2026, 2, 13), tick=False):
        document = approve(cast, make_document(cast, "recommendation", in_name_of_commission=True))
        act(client, document, "number")
        act(client, document, "void", reason="单位撤并")

    answer = client.get(reverse("supervision:document_register"), {"kind": "recommendation", "year": "2026"})
    assert [(row["doc_no"], row["voided"]) for row in answer.context["rows"]] == [("示纪建〔2026〕1号", True)]
    assert "作废：单位撤并" in answer.content.decode()
    sheet = client.get(
        reverse("supervision:document_register"), {"kind": "recommendation", "year": "2026", "format": "xlsx"}
    )
    assert sheet["Content-Type"].endswith("sheet")


def test_a_clerk_of_a_group_sets_no_characters(cast: County) -> None:
    values = {"kind": "recommendation", "year": "2026", "organ": cast.agri.pk, "prefix": "自定"}

    enter(cast.nongye).post(reverse("supervision:document_prefix"), values)

    assert NumberSeries.objects.count() == 0


# --- bulletins ---


def test_a_bulletin_by_hand(cast: County) -> None:
    problem = make_problem(cast, cast.agri, description="县农业农村局公示不规范")
    clerk = enter(cast.nongye)
    address = f"{reverse('supervision:bulletin_new')}?problem={problem.pk}"
    form = clerk.get(address)
    assert "某单位：某单位公示不规范" in form.content.decode()
    data = {"title": "通报", "scope": "internal", "names_masked": "on", "opening": "缘由", "demands": "要求", "case-TOTAL_FORMS": "1",
            "case-INITIAL_FORMS": "1", "case-0-problem": problem.pk, "case-0-text": "某单位公示不规范"}  # fmt: skip
    saved = clerk.post(address, data)
    bulletin = TypicalBulletin.objects.get()
    assert saved["Location"] == page(bulletin)
    clerk.post(f"{page(bulletin)}edit/", {**data, "title": "改后的通报"})
    clerk.post(f"{page(bulletin)}act/", {"verb": "submit"})

    bulletin.refresh_from_db()
    assert (bulletin.title, bulletin.step) == ("改后的通报", "submitted")
    assert "改后的通报" in clerk.get(reverse("supervision:bulletins")).content.decode()


def test_the_clerk_numbers_and_issues_a_bulletin(cast: County) -> None:
    bulletin = approve_bulletin(cast, make_bulletin(cast))
    client = enter(cast.wenshu)
    with time_machine.travel(moment(2026, 2, 13), tick=False):
        for verb, data in (("number", {"mark": "示纪通"}), ("issue", {"issued_on": "2026-02-13"})):
            client.post(f"{page(bulletin)}act/", {"verb": verb, **data})

    bulletin.refresh_from_db()
    assert (bulletin.step, bulletin.doc_no) == ("issued", "示纪通〔2026〕1号")
    assert client.get(page(bulletin)).status_code == 200


# --- around ---


def test_the_problem_shows_its_documents_and_takes_the_mark_of_failure(cast: County) -> None:
    document = issue(cast, make_document(cast, count=1))
    problem = document.points.get().problem
    client = enter(cast.nongye)
    assert "示纪驻农改〔2026〕1号" in client.get(reverse("supervision:problem", args=[problem.pk])).content.decode()

    client.post(reverse("supervision:failure", args=[problem.pk]), {"kind": "inadequate", "reason": "两次催办"})
    text = client.get(reverse("supervision:problem", args=[problem.pk])).content.decode()
    assert "不到位" in text


def test_problems_without_a_document_can_be_listed(cast: County) -> None:
    make_document(cast, count=1)
    make_problem(cast, cast.agri, description="还没有文书")
    client = enter(cast.nongye)

    rows = client.get(reverse("supervision:problems"), {"document": "none"}).context["page"].rows
    assert [row["description"] for row in rows] == ["还没有文书"]
    assert client.get(reverse("supervision:documents")).context["without"] == 1


def desk(user: User, day: date) -> dict[str, list[str]]:
    """Titles on the panels of documents, by panel."""
    fresh = User.objects.get(pk=user.pk)
    found = panels_for(fresh, on=day)
    return {panel.key: [entry["text"] for entry in rows["entries"]] for panel, rows in found if "document" in panel.key}


def test_the_desk_tells_each_what_is_his(cast: County) -> None:
    approve(cast, make_document(cast, title="等编号"))
    issue(cast, make_document(cast, title="等送达"))
    serve(cast, make_document(cast, title="等回复"))
    read = serve(cast, make_document(cast, title="等审阅"))
    made = reply(cast, read, {1: "好", 2: "好"})

    assert desk(cast.wenshu, date(2026, 3, 1)) == {"documents_to_number": ["等编号"]}
    mine = desk(cast.nongye, date(2026, 3, 6))
    assert mine["documents_to_serve"] == ["示纪驻农改〔2026〕1号 等送达"]
    assert mine["documents_late"] == ["示纪驻农改〔2026〕2号 等回复"]
    assert mine["documents_to_read"] == ["示纪驻农改〔2026〕3号 等审阅"]
    assert "documents_late" not in desk(cast.nongye, date(2026, 3, 5))
    read_reply(made, {1: "answered", 2: "answered"}, by=cast.nongye, at=moment(2026, 3, 6))
    assert "documents_to_read" not in desk(cast.nongye, date(2026, 3, 6))


def test_the_pdf_is_scoped_like_the_page_and_leaves_a_trace(cast: County) -> None:
    document = issue(cast, make_document(cast))

    answer = enter(cast.wenshu).get(reverse("reports:document", args=[document.pk]))
    assert answer.content.startswith(b"%PDF")
    assert "示纪驻农改〔2026〕1号" in AccessLog.objects.get(action="export").subject
    assert enter(cast.jiaoyu).get(reverse("reports:document", args=[document.pk])).status_code == 404


def test_the_register_shows_what_became_of_each_number(cast: County) -> None:
    document = serve(cast, make_document(cast, count=1))
    reply(cast, document, {1: "好"})

    row = (
        enter(cast.nongye)
        .get(reverse("supervision:document_register"), {"kind": "rectification_notice", "year": "2026"})
        .context["rows"][0]
    )

    assert (row["reply_due_on"], row["replied_on"], row["served_to"]) == (date(2026, 3, 5), date(2026, 3, 2), "张主任")


def test_the_dossier_is_scoped_and_leaves_a_trace(cast: County) -> None:
    problem = make_problem(cast, cast.agri)

    assert enter(cast.nongye).get(reverse("reports:dossier", args=[problem.pk])).content.startswith(b"%PDF")
    assert AccessLog.objects.filter(action="export", subject__contains="问题档案").count() == 1
    assert enter(cast.jiaoyu).get(reverse("reports:dossier", args=[problem.pk])).status_code == 404


@pytest.mark.parametrize("bad", ["9" * 30, "-1", "0", "甲", "１２", "1.5", ""])
def test_nonsense_ids_in_addresses_and_forms_break_nothing(cast: County, bad: str) -> None:
    clerk, new = enter(cast.nongye), reverse("supervision:document_new")
    data = {
        "unit": bad,
        "title": "函",
        "point-TOTAL_FORMS": "1",
        "point-INITIAL_FORMS": "0",
        "point-0-text": "文",
        "point-0-problem": bad,
    }
    document = serve(cast, make_document(cast))

    assert clerk.get(new, {"kind": "recommendation", "problem": bad}).status_code == 200
    assert clerk.post(reverse("supervision:document_chosen"), {"problem": bad}).status_code == 302
    assert clerk.post(f"{new}?kind=recommendation", data).status_code == 422
    assert (
        clerk.post(f"{reverse('supervision:bulletin_new')}?problem={bad}", {"case-TOTAL_FORMS": bad}).status_code == 422
    )
    assert clerk.post(reverse("supervision:document_read", args=[document.pk]), {"reply": bad}).status_code == 302
    assert (
        enter(cast.wenshu).post(reverse("supervision:document_prefix"), {"organ": bad, "year": bad}).status_code == 302
    )


@pytest.mark.parametrize(
    "verb", ["", "reply", "approve", "letter", "serve", "issue", "number", "void", "copy", "close", "drop"]
)
def test_a_verb_out_of_turn_is_a_sentence_and_changes_nothing(cast: County, verb: str) -> None:
    document = make_document(cast, points=[])

    for person in (cast.nongye, cast.dangfeng):
        text = act(enter(person), document, verb, issued_on="坏", served_on="坏", sent_on="坏")
        assert "notice-stop" in text or "依据" in text
    assert document.step == "draft"
