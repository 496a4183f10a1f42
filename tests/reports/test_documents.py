"""Documents as papers: the frozen words, the watermark of a draft and of a voided one, numerals in order."""

from __future__ import annotations

import io
from datetime import date

import pytest
from pypdf import PdfReader

from reports.builders import dossier
from reports.builders.documents import paper
from reports.paper import Heading, Paragraph
from reports.pdf import to_pdf
from supervision.actions.documents.numbering import issue_paper, number_paper, void_paper
from supervision.documents.kinds import DocumentKind
from tests.factories import County, county
from tests.supervision.papers import (
    ISSUED,
    approve,
    approve_bulletin,
    issue,
    make_bulletin,
    make_document,
    reply,
    serve,
)

pytestmark = [pytest.mark.django_db, pytest.mark.once]


@pytest.fixture
def cast() -> County:
    return county()


@pytest.mark.parametrize("kind", DocumentKind.values)
def test_every_kind_has_a_paper_with_its_headings_in_order(cast: County, kind: str) -> None:
    made = paper(make_document(cast, kind))

    headings = [block.text for block in made.blocks if isinstance(block, Heading)]
    assert [text[0] for text in headings] == list("一二三四五六七")[: len(headings)]
    assert made.watermark == "草稿"
    assert made.recipients == "县农业农村局"
    assert any(
        isinstance(block, Paragraph) and block.text.startswith("1.问题1。整改要求：建议1。") for block in made.blocks
    )


def test_an_issued_paper_says_what_was_frozen(cast: County) -> None:
    document = issue(cast, make_document(cast))
    document.title = "后来改的标题"
    document.points.update(text="后来改的问题")

    made = paper(document)

    assert (made.title, made.doc_no, made.signed_on, made.printed_on) == (
        "关于整改资料归档问题的通知",
        "示纪驻农改〔2026〕1号",
        date(2026, 2, 11),
        date(2026, 2, 13),
    )
    assert "后来改" not in made.texts()
    assert made.watermark == ""
    assert made.digest == document.digest


def test_a_voided_paper_says_so(cast: County) -> None:
    document = approve(cast, make_document(cast))
    number_paper(document, by=cast.wenshu, at=ISSUED, prefix="示纪改")
    void_paper(document, by=cast.wenshu, at=ISSUED, reason="误")

    assert paper(document).watermark == "作废"


def test_a_tampered_paper_prints_no_digest(cast: County) -> None:
    document = issue(cast, make_document(cast))
    document.content["title"] = "被改过"

    assert paper(document).digest == ""


def test_a_bulletin_as_pdf(cast: County) -> None:
    bulletin = approve_bulletin(cast, make_bulletin(cast))
    number_paper(bulletin, by=cast.wenshu, at=ISSUED, prefix="示纪通")
    issue_paper(bulletin, by=cast.wenshu, at=ISSUED, issued_on=date(2026, 2, 13))
    bulletin.refresh_from_db()

    text = "".join(page.extract_text() for page in PdfReader(io.BytesIO(to_pdf(paper(bulletin)))).pages).replace(
        "\n", ""
    )
    assert "示纪通〔2026〕1号" in text
    assert "某单位补贴公示不规范" in text
    assert "2026年2月13日" in text


def test_the_dossier_of_a_problem_holds_documents_replies_and_steps(cast: County) -> None:
    document = serve(cast, make_document(cast, count=1))
    reply(cast, document, {1: "已补签归档"})
    problem = document.points.get().problem

    text = dossier.paper(problem, on=date(2026, 3, 3), reader=cast.nongye).texts()

    for words in (
        "发现日期：2026年2月10日",
        "示纪驻农改〔2026〕1号",
        "已补签归档",
        "待审阅",
        "登记问题",
        "登记送达",
        "待整改",
    ):
        assert words in text
    hidden = dossier.paper(problem, on=date(2026, 3, 3), reader=cast.jiaoyu).texts()
    assert "已补签归档" not in hidden
