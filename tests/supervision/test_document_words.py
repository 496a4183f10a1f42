"""Titles within titles, letters about papers with long titles, and 机关代字 typed with more than its characters."""

from __future__ import annotations

import pytest

from accounts.citations import quoted, titled
from accounts.workflow import Refused
from supervision.actions.documents.drafting import draft_letter
from supervision.actions.documents.numbering import number_paper, set_prefix
from supervision.documents.words import text_of
from supervision.models import NumberSeries
from tests.factories import County, county, moment
from tests.supervision.papers import ISSUED, approve, make_document, serve

LATE = moment(2026, 3, 20)

pytestmark = [pytest.mark.django_db, pytest.mark.once]


@pytest.fixture
def cast() -> County:
    return county()


def test_marks_within_marks_are_the_inner_ones() -> None:
    assert quoted("惠农补贴“一卡通”发放") == "“惠农补贴‘一卡通’发放”"
    assert titled("关于落实《条例》的通知") == "《关于落实〈条例〉的通知》"


def test_a_letter_about_a_paper_names_it_with_inner_marks(cast: County) -> None:
    document = serve(cast, make_document(cast, title="关于落实《条例》的通知"))

    letter = draft_letter(document, by=cast.nongye, at=LATE)

    assert letter.title == "关于督促落实《关于落实〈条例〉的通知》的督办函"
    words = "".join(block["paragraphs"][0] for block in text_of(letter)["blocks"][:2])
    assert "原文书：《关于落实〈条例〉的通知》" in words and "《关于落实《" not in words


def test_a_letter_about_a_paper_with_the_longest_title_still_says_what_it_is(cast: County) -> None:
    document = serve(cast, make_document(cast, title="整" * 200))

    letter = draft_letter(document, by=cast.nongye, at=LATE)

    assert len(letter.title) == 200
    assert letter.title.endswith("整……》的督办函")


@pytest.mark.parametrize("mark", ["示纪改〔2026〕", "示纪改[2026]", "示纪改 ２", "示 纪改", "示纪改3号"])
def test_characters_of_an_organ_hold_no_year_number_or_bracket(cast: County, mark: str) -> None:
    document = approve(cast, make_document(cast))

    with pytest.raises(Refused, match="只写代字") as refused:
        number_paper(document, by=cast.wenshu, at=ISSUED, prefix=mark)
    assert refused.value.article == "A9.7e"
    with pytest.raises(Refused, match="只写代字"):
        set_prefix(cast.agri, document.kind, 2026, mark, by=cast.wenshu, at=ISSUED)
    assert not NumberSeries.objects.exists()


def test_a_pasted_section_is_frozen_without_its_blank_lines_and_indents(cast: County) -> None:
    document = make_document(cast, sections={"basis": "　　第一段。\r\n\r\n\t第二段。\r\n　\r\n"})

    assert text_of(document)["blocks"][0]["paragraphs"] == ["第一段。", "第二段。"]
