"""第九条第（七）项: documents are numbered per kind and year, name their problems and terms, and are followed to the reply."""

from __future__ import annotations

from datetime import date

import pytest

from accounts.workflow import Refused
from supervision.actions.documents.drafting import submit_document
from supervision.actions.documents.numbering import number_paper
from supervision.documents.reading import problems_without_document
from supervision.models import Problem
from tests.factories import County, county
from tests.samples import make_problem
from tests.supervision.papers import ISSUED, SENT, approve, make_document, serve

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> County:
    return county()


def test_a09_7e_numbers_run_per_kind_and_year(cast: County) -> None:
    kinds = ("recommendation", "supervision_letter", "rectification_notice")
    numbers = [
        number_paper(approve(cast, make_document(cast, kind)), by=cast.wenshu, at=ISSUED, prefix=f"示纪{mark}")
        for kind, mark in zip(kinds * 2, "建督改建督改", strict=True)
    ]

    assert numbers == [
        "示纪建〔2026〕1号", "示纪督〔2026〕1号", "示纪改〔2026〕1号", "示纪建〔2026〕2号", "示纪督〔2026〕2号", "示纪改〔2026〕2号",
    ]  # fmt: skip


def test_a09_7e_every_open_problem_is_on_a_document_or_listed_as_missing(cast: County) -> None:
    make_document(cast, count=2)
    lonely = make_problem(cast, cast.agri, description="还没有文书")

    assert list(problems_without_document(Problem.objects.visible_to(cast.nongye))) == [lonely]


def test_a09_7e_the_term_is_mandatory(cast: County) -> None:
    document = make_document(cast, due_on=None, points=[{"text": "问题"}])

    with pytest.raises(Refused, match="依据第九条第（七）项"):
        submit_document(document, by=cast.nongye, at=SENT)


def test_a09_7e_the_office_that_wrote_keeps_following_until_the_reply(cast: County) -> None:
    document = serve(cast, make_document(cast))

    assert document.step == "served"
    assert not document.is_overdue(on=date(2026, 3, 5))
    assert document.is_overdue(on=date(2026, 3, 6))
