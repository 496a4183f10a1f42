"""Papers as Word files: what the file says, and what a second program makes of it."""

from __future__ import annotations

import io
import re
import zipfile
from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from docx.oxml.ns import qn

from reports.paper import Attachment, Heading, Paper, Paragraph, Table
from reports.pdf import to_pdf
from reports.word.document import to_docx
from tests.reports.letters import LEDGER, SENTENCE, full_letter, letter
from tests.reports.measure import AREA_BOTTOM, AREA_RIGHT, line_with, lines_of, page_count, rules_of, text_of
from tests.reports.office import convert

pytestmark = pytest.mark.once

PAPERS = {
    "one": letter(1),
    "two": letter(12),
    "five": letter(90),
    "near": letter(24),
    "full": full_letter(),
    "upward": letter(4, approver="马正"),
    "unsealed": letter(4, sealed=False),
    "draft": letter(30, watermark="草稿", marking="工作秘密"),
    "ledger": Paper(title="工作台账", head_lines=["年度：2026年"], blocks=[LEDGER], landscape=True),
    "list": Paper(title="清单", blocks=[LEDGER], signer="县纪委", signed_on=date(2026, 3, 5)),
    "sideways": letter(1, attachments=[Attachment("问题清单", [LEDGER])]),
    "rare": letter(2, signer="张喆、李昇、王堃"),
    "grid": Paper(title="题", blocks=[Paragraph("监督检查组按照方案要求对全县高标准农田建设管护情况开展监督检查" * 40, flush=True)]),
}  # fmt: skip


@pytest.fixture(scope="module")
def files() -> dict[str, bytes]:
    return {name: to_docx(paper) for name, paper in PAPERS.items()}


@pytest.fixture(scope="module")
def printed(files: dict[str, bytes], tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    return convert(files, tmp_path_factory.mktemp("office"))


def bare(pdf: bytes) -> str:
    """Text without page numbers."""
    return re.sub(r"—\d+—", "", text_of(pdf))


# --- what a second program makes of it ---------------------------------------------------------------------------------


@pytest.mark.parametrize("name", PAPERS)
def test_word_and_pdf_have_the_same_number_of_pages_give_or_take_one(name: str, printed: dict[str, bytes]) -> None:
    assert abs(page_count(printed[name]) - page_count(to_pdf(PAPERS[name]))) <= 1


@pytest.mark.parametrize("name", ["one", "two", "five", "near", "upward", "unsealed", "rare", "grid"])
def test_word_and_pdf_say_the_same(name: str, printed: dict[str, bytes]) -> None:
    assert Counter(bare(printed[name])) == Counter(bare(to_pdf(PAPERS[name])))


@pytest.mark.parametrize("name", ["full", "ledger", "sideways"])
def test_word_has_every_text_of_the_paper_in_order(name: str, printed: dict[str, bytes]) -> None:
    paper, text, place = PAPERS[name], bare(printed[name]), 0

    for block in paper.all_blocks():
        words = block.rows[0][-1] if isinstance(block, Table) else block.text
        place = text.index("".join(words.split()), place)


def test_a_full_page_of_word_has_28_characters_and_22_lines(printed: dict[str, bytes], tmp_path: Path) -> None:
    body = [line for line in lines_of(printed["grid"], tmp_path, 2) if "—" not in line.text]

    assert len(body) == 22
    assert {len(line.text) for line in body} == {28}


@pytest.mark.parametrize("name", ["one", "two", "five", "near", "full", "sideways"])
def test_the_imprint_of_word_ends_on_the_bottom_edge(name: str, printed: dict[str, bytes], tmp_path: Path) -> None:
    last = page_count(printed[name])

    assert abs(rules_of(printed[name], tmp_path, last)[-1][1] - AREA_BOTTOM) < 2


def test_page_numbers_of_word_stand_at_the_outer_side(printed: dict[str, bytes], tmp_path: Path) -> None:
    odd, even = (line_with(f"—{n}—", printed["five"], tmp_path, n) for n in (1, 2))

    assert odd.left > 400 and even.left < 150
    assert odd.top == pytest.approx(AREA_BOTTOM + 7 / 25.4 * 72, abs=4)


def test_the_day_in_word_is_4_characters_in_and_the_name_centred_over_it(
    printed: dict[str, bytes], tmp_path: Path
) -> None:
    pages = range(1, page_count(printed["one"]) + 1)
    page = next(n for n in pages if any(line.text == "2026年3月5日" for line in lines_of(printed["one"], tmp_path, n)))
    day = next(line for line in lines_of(printed["one"], tmp_path, page) if line.text == "2026年3月5日")
    name = next(line for line in lines_of(printed["one"], tmp_path, page) if line.text == "中共示范县纪律检查委员会")

    assert AREA_RIGHT - day.right == pytest.approx(4 * 15.75, abs=10)  # this program airs digits
    assert (name.left + name.right) / 2 == pytest.approx((day.left + day.right) / 2, abs=1.5)


def test_a_table_of_word_repeats_its_head_and_lies_on_its_side(printed: dict[str, bytes], tmp_path: Path) -> None:
    pages = page_count(printed["ledger"])
    heads = [
        sum(line.text == "监督项目" for line in lines_of(printed["ledger"], tmp_path, n)) for n in range(1, pages + 1)
    ]

    assert pages >= 2 and heads == [1] * pages
    assert "210" in str(Document(io.BytesIO(to_docx(PAPERS["ledger"]))).sections[0].page_height.mm)[:3]


# --- what the file says --------------------------------------------------------------------------------------------------


def opened(data: bytes) -> Any:
    return Document(io.BytesIO(data))


def test_faces_page_and_grid_are_those_of_the_standard(files: dict[str, bytes]) -> None:
    document = opened(files["one"])
    section, styles = document.sections[0], document.styles.element

    millimetres = [
        round(side.mm)
        for side in (section.top_margin, section.right_margin, section.bottom_margin, section.left_margin)
    ]
    assert millimetres == [37, 26, 35, 28]
    grid = section._sectPr.find(qn("w:docGrid"))
    assert (grid.get(qn("w:type")), grid.get(qn("w:linePitch"))) == ("lines", "579")
    faces = {font.get(qn("w:eastAsia")) for font in styles.iter(qn("w:rFonts"))}
    assert faces == {"仿宋_GB2312", "方正小标宋简体", "黑体", "楷体_GB2312", "宋体"}


def test_body_is_indented_by_characters_and_digits_get_no_air(files: dict[str, bytes]) -> None:
    normal = next(style for style in opened(files["one"]).styles.element if style.get(qn("w:styleId")) == "Normal")

    assert normal.find(".//" + qn("w:ind")).get(qn("w:firstLineChars")) == "200"
    assert normal.find(".//" + qn("w:spacing")).get(qn("w:line")) == "579"
    assert [normal.find(".//" + qn(f"w:{name}")).get(qn("w:val")) for name in ("autoSpaceDE", "autoSpaceDN")] == [
        "0",
        "0",
    ]


def test_a_rare_name_takes_the_larger_faces(files: dict[str, bytes]) -> None:
    faces = {font.get(qn("w:eastAsia")) for font in opened(files["rare"]).styles.element.iter(qn("w:rFonts"))}

    assert {"仿宋", "楷体", "方正小标宋简体"} <= faces and "仿宋_GB2312" not in faces


def test_headings_are_levels_of_the_outline(files: dict[str, bytes]) -> None:
    found = [(paragraph.style.style_id, paragraph.text) for paragraph in opened(files["full"]).paragraphs]

    assert ("Heading1", "一、总体情况") in found and ("Heading4", "（1）县农业农村局") in found


def test_only_a_draft_has_a_watermark_and_only_a_marked_paper_a_level(files: dict[str, bytes]) -> None:
    def headers(name: str) -> str:
        with zipfile.ZipFile(io.BytesIO(files[name])) as bundle:
            return "".join(bundle.read(part).decode() for part in bundle.namelist() if "header" in part)

    assert headers("draft").count('string="草稿"') == 2 and headers("draft").count("工作秘密") == 2
    assert headers("one") == "" and "textpath" not in headers("full") and "内部资料" in headers("full")


def test_the_file_points_to_nothing_outside_and_names_no_machine(files: dict[str, bytes]) -> None:
    for data in files.values():
        with zipfile.ZipFile(io.BytesIO(data)) as bundle:
            links = "".join(bundle.read(part).decode() for part in bundle.namelist() if part.endswith(".rels"))
        assert "External" not in links
    properties = opened(files["one"]).core_properties
    assert (properties.author, properties.title, properties.comments) == (
        "中共示范县纪律检查委员会",
        "关于报送整改情况的通知",
        "",
    )
    assert properties.created.date() in (date(2026, 3, 4), date(2026, 3, 5))  # midnight here is the day before in UTC


def test_the_same_paper_is_the_same_text_twice() -> None:
    def body() -> bytes:
        with zipfile.ZipFile(io.BytesIO(to_docx(full_letter()))) as bundle:
            return bundle.read("word/document.xml")

    assert body() == body()


def test_signs_that_xml_cannot_hold_do_not_break_the_file() -> None:
    dirty = "甲\x00乙\x0b丙\ud800丁\ufffe戊<w:p>&amp;{{ x }}"

    document = opened(
        to_docx(Paper(title=dirty, blocks=[Paragraph(dirty), Table((("列\x01", 1),), [[dirty]], landscape=False)]))
    )

    assert "甲乙丙丁戊<w:p>&amp;{{ x }}" in [paragraph.text for paragraph in document.paragraphs]
    assert [cell.text for row in document.tables[0].rows for cell in row.cells] == ["列", "甲乙丙丁戊<w:p>&amp;{{ x }}"]


def test_a_word_paper_of_headings_alone_and_one_of_nothing_open() -> None:
    assert opened(to_docx(Paper(title="空"))).paragraphs[0].text == "空"
    assert len(opened(to_docx(Paper(title="一", blocks=[Heading("一、甲"), Heading("（一）乙", 2)]))).paragraphs) == 3


def test_the_page_turns_for_wide_tables_and_the_signature_stays_under_the_last() -> None:
    made = Paper(title="表", blocks=[LEDGER, Paragraph(SENTENCE), LEDGER], signer="县纪委", signed_on=date(2026, 3, 5))

    sections = opened(to_docx(made)).sections

    assert [section.page_width > section.page_height for section in sections] == [False, True, False, True]


def test_the_signature_of_a_list_is_never_alone_on_a_page(files: dict[str, bytes], tmp_path: Path) -> None:
    pdf = to_pdf(PAPERS["list"])
    last = [line.text for line in lines_of(pdf, tmp_path, page_count(pdf))]
    assert "2026年3月5日" in last and "项目40" in last

    rows = opened(files["list"]).tables[0].rows  # Word keeps a row with what follows when all its paragraphs say so
    assert [
        [cell.paragraphs[0].paragraph_format.keep_with_next for cell in row.cells] for row in (rows[-2], rows[-1])
    ] == [
        [None] * 3,
        [True] * 3,
    ]


def test_a_row_that_leads_others_and_what_stands_under_a_table_keep_to_their_rows() -> None:
    table = Table((("序号", 1), ("单位", 3)), [["派驻组（1个）"], ["1", "甲组"]], foot=["县纪委", "依据"], dense=True)

    document = opened(to_docx(Paper(title="表", blocks=[table], landscape=True)))
    _, lead, row = document.tables[0].rows

    assert lead._tr.tc_lst[0].grid_span == 2 and len(lead._tr.tc_lst) == 1
    assert lead.cells[0].text == "派驻组（1个）" and lead.cells[0].paragraphs[0].paragraph_format.keep_with_next
    assert [cell.text for cell in row.cells] == ["1", "甲组"] and row.cells[0].paragraphs[0].runs[0].font.size.pt == 8
    assert row.cells[1].paragraphs[0].paragraph_format.keep_with_next
    assert [paragraph.text for paragraph in document.paragraphs][-2:] == ["县纪委", "依据"]
