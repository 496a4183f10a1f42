"""Papers measured from the PDF: the grid of the standard, page numbers, faces, flush lines, and nothing from outside."""

from __future__ import annotations

import io
from datetime import date
from pathlib import Path

import pytest
from pypdf import PdfReader

from reports.paper import Attachment, Heading, Paper, Paragraph, Table
from reports.pdf import to_pdf
from tests.reports.letters import letter
from tests.reports.measure import AREA_BOTTOM, AREA_LEFT, AREA_RIGHT, POINT, fonts_in, line_with, lines_of

pytestmark = pytest.mark.once

TEXT = (
    "监督检查组按照方案要求对全县高标准农田建设管护情况开展监督检查重点检查责任落实资金使用制度执行和问题整改情况" * 30
)
PUNCTUATED = (
    "监督检查组按照方案要求，对全县高标准农田（含新建）建设管护情况开展监督检查。重点检查责任落实、资金使用情况。" * 20
)


def test_a_full_page_has_28_characters_and_22_lines(tmp_path: Path) -> None:
    pdf = to_pdf(Paper(title="题", blocks=[Paragraph(TEXT, flush=True)]))

    body = [line.text for line in lines_of(pdf, tmp_path, 2) if "—" not in line.text]

    assert len(body) == 22
    assert {len(text) for text in body} == {28}


def test_lines_end_flush_at_the_right_edge_of_156_mm(tmp_path: Path) -> None:
    pdf = to_pdf(Paper(title="题", blocks=[Paragraph(PUNCTUATED)]))

    full = [line.right for line in lines_of(pdf, tmp_path, 2) if len(line.text) > 25]

    assert len(full) > 10
    assert max(abs(right - AREA_RIGHT) for right in full) < 1.5


def test_no_line_begins_with_a_closing_mark(tmp_path: Path) -> None:
    pdf = to_pdf(Paper(title="题", blocks=[Paragraph(PUNCTUATED)]))

    starts = {line.text[0] for page in (1, 2) for line in lines_of(pdf, tmp_path, page) if line.text}

    assert not starts & set("，。）、；：")


def test_page_numbers_stand_right_on_odd_and_left_on_even_pages(tmp_path: Path) -> None:
    pdf = to_pdf(Paper(title="题", blocks=[Paragraph(TEXT)]))

    odd, even = (line_with(f"—{page}—", pdf, tmp_path, page) for page in (1, 2))

    assert odd.right == pytest.approx(AREA_RIGHT - 14, abs=1.5) and even.left == pytest.approx(AREA_LEFT + 14, abs=1.5)
    assert odd.top == pytest.approx(AREA_BOTTOM + 7 * POINT, abs=4) and odd.top == even.top


def test_every_face_is_embedded_and_body_text_is_fangsong() -> None:
    fonts = fonts_in(to_pdf(Paper(title="题", blocks=[Heading("一、总体情况"), Paragraph("正文")])))

    assert fonts and all(fonts.values())
    assert "PaperFang" in fonts


RARE = "张喆、李昇、王堃、陈頔"
PLACES: dict[str, dict[str, object]] = {
    "title": {"title": RARE},
    "recipients": {"recipients": RARE},
    "text": {"blocks": [Paragraph(f"经办人{RARE}")]},
    "heading": {"blocks": [Heading(RARE), Heading(RARE, 2), Heading(RARE, 3)]},
    "cell": {"blocks": [Table((("姓名", 1), (RARE, 1)), [["张三", RARE]], RARE, landscape=False)]},
    "signer": {"signer": RARE},
    "approver": {"approver": RARE},
    "annotation": {"annotation": f"联系人：{RARE}"},
    "attachment": {"attachments": [Attachment(RARE, [Paragraph(RARE)])]},
    "copies": {"copies_to": RARE},
    "head": {"head_lines": [RARE]},
}


@pytest.mark.parametrize("place", PLACES)
def test_a_rare_name_takes_the_whole_paper_to_one_face_wherever_it_stands(place: str) -> None:
    fonts = fonts_in(to_pdf(letter(2, **PLACES[place])))

    families = {"LXGW-WenKai", "Noto-Sans-CJK-SC", "Noto-Serif-CJK-SC", "Noto-Serif-CJK-SC-Bold"}
    assert set(fonts) <= families and "LXGW-WenKai" in fonts, fonts


def test_a_name_that_even_kai_lacks_takes_the_paper_to_song() -> None:
    fonts = fonts_in(to_pdf(Paper(title="题", blocks=[Paragraph("张\U000212fe")])))

    assert set(fonts) == {"Noto-Serif-CJK-SC", "Noto-Serif-CJK-SC-Bold"}


def test_a_sign_that_is_no_name_leaves_the_paper_in_fangsong() -> None:
    assert "PaperFang" in fonts_in(to_pdf(Paper(title="题", blocks=[Paragraph("面积12㎡，温度5℃")])))


def test_a_long_ledger_goes_without_tags_and_a_short_one_has_them() -> None:
    def tagged(rows: int) -> bool:
        table = Table((("序号", 1),), [[str(n)] for n in range(rows)], landscape=False)
        return "/StructTreeRoot" in PdfReader(io.BytesIO(to_pdf(Paper(title="题", blocks=[table])))).trailer["/Root"]  # type: ignore[operator]

    assert tagged(200) and not tagged(201)


def test_landscape_table_repeats_its_head_and_keeps_every_row() -> None:
    rows = [[str(n), f"监督项目{n}", "内容"] for n in range(60)]
    pdf = to_pdf(
        Paper(
            title="清单", blocks=[Table((("序号", 1), ("监督项目", 3), ("内容", 3)), rows)], signed_on=date(2026, 3, 5)
        )
    )

    pages = PdfReader(io.BytesIO(pdf)).pages
    texts = [page.extract_text() for page in pages[1:]]

    assert len(texts) > 1 and all("监督项目" in text.replace("\n", "") for text in texts)
    assert sum(text.count("监督项目") for text in texts) == 60 + len(texts)
    assert all(float(page.mediabox.width) > float(page.mediabox.height) for page in pages[1:])
