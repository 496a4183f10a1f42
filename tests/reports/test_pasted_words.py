"""Texts as they are pasted from Word: no paper keeps their blank lines, their own indents or their lost levels."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from docx import Document

from reports.paper import Attachment, Heading, Paper, Paragraph, Table, with_chinese_days
from reports.pdf import to_pdf
from reports.titles import title_lines
from reports.word.document import to_docx
from tests.reports.letters import letter
from tests.reports.measure import AREA_LEFT, fonts_in, line_with, lines_of, page_count, text_of

pytestmark = pytest.mark.once

EM = 15.79  # points
PASTED = "　　经查，存在以下问题：\r\n\r\n\t1.台账缺失。\r\n \u3000\xa0\r\n　　　　2.公示不全。\ufeff\r\n"


def test_a_pasted_text_is_set_line_by_line_with_the_paper_s_own_indent(tmp_path: Path) -> None:
    pdf = to_pdf(letter(blocks=[Paragraph(PASTED)]))

    found = [line_with(words, pdf, tmp_path, 1) for words in ("经查", "1.台账", "2.公示")]
    assert [round((line.left - AREA_LEFT) / EM) for line in found] == [2, 2, 2]
    tops = [line.top for line in found]
    assert tops[1] - tops[0] == pytest.approx(tops[2] - tops[1], abs=1)
    assert tops[1] - tops[0] < 35  # one line of 29 points


def test_word_has_no_empty_paragraph_of_a_pasted_text() -> None:
    made = to_docx(Paper(title="通知", blocks=[Paragraph(PASTED)]))

    texts = [paragraph.text for paragraph in Document(io.BytesIO(made)).paragraphs]
    assert texts == ["通知", "经查，存在以下问题：", "1.台账缺失。", "2.公示不全。"]


def test_cells_lose_blank_lines_but_keep_their_lines() -> None:
    table = Table((("问题", 1),), [["　　甲\n\n　　乙\n"]], landscape=False)

    made = to_docx(Paper(title="表", blocks=[table]))

    assert Document(io.BytesIO(made)).tables[0].rows[1].cells[0].text == "甲\n乙"


@pytest.mark.parametrize(
    ("line", "level"), [("一、总体情况", 1), ("（一）责任落实方面", 2), ("　　（十二）权力运行方面（2个）。", 2)]
)
def test_a_typed_line_that_is_only_a_heading_has_the_face_of_its_level(line: str, level: int) -> None:
    (made,) = Paper(title="通知", blocks=[Paragraph(line)]).blocks

    assert made == Heading(line.strip("　"), level)


@pytest.mark.parametrize(
    "line", ["1.台账缺失", "一、台账缺失；", "（一）台账缺失，公示不全。限期整改。", "二是加强监督"]
)
def test_other_lines_stay_body_text(line: str) -> None:
    (made,) = Paper(title="通知", blocks=[Paragraph(line)]).blocks

    assert made == Paragraph(line)


def test_the_lead_of_a_second_level_is_kai_in_print_and_in_word() -> None:
    words = "（一）组织培训。检查前组织业务培训一次。"
    paper = Paper(title="通知", blocks=[Paragraph(words)])

    assert any("WenKai" in name for name in fonts_in(to_pdf(paper)))
    assert words in text_of(to_pdf(paper))
    lead, rest = Document(io.BytesIO(to_docx(paper))).paragraphs[1].runs
    assert (lead.text, rest.text) == ("（一）组织培训。", "检查前组织业务培训一次。")
    assert "楷" in str(lead.element.rPr.rFonts.attrib.values())


def test_names_of_attachments_and_signature_take_the_end_of_the_body_along(tmp_path: Path) -> None:
    for lines in range(4, 12):
        pdf = to_pdf(letter(lines, copies_to="", printed_by="", attachments=[Attachment("清单"), Attachment("台账")]))
        pages = [[line.text for line in lines_of(pdf, tmp_path, n)] for n in range(1, page_count(pdf) + 1)]
        (page,) = [page for page in pages if "2026年3月5日" in page]
        assert any(text.startswith(f"第{lines}行") for text in page), lines
        assert any("清单" in text for text in page), lines


def test_the_colon_behind_the_addressee_stands_once() -> None:
    assert "各乡镇纪委：" in text_of(to_pdf(letter(1, recipients="各乡镇纪委：")))
    assert "：：" not in text_of(to_pdf(letter(1, recipients="各乡镇纪委：")))


def test_a_row_longer_than_a_page_begins_below_its_title_and_every_page_has_the_head(tmp_path: Path) -> None:
    said = "经查，共涉及三个乡镇十二个村，资金拨付不及时。" * 130
    table = Table((("序号", 1), ("单位", 2), ("发现问题", 4)), [["1", "县农业农村局", said], ["2", "县水利局", "无"]])
    pdf = to_pdf(Paper(title="问题清单", landscape=True, blocks=[table]))
    pages = [[line.text for line in lines_of(pdf, tmp_path, n)] for n in range(1, page_count(pdf) + 1)]

    assert len(pages) > 2
    assert all("发现问题" in page for page in pages)
    assert "问题清单" in pages[0] and "县农业农村局" in pages[0]
    assert text_of(pdf).count("三个乡镇十二个村") > 100


def test_word_lets_only_a_row_longer_than_a_page_go_over() -> None:
    table = Table((("问题", 1),), [["短"], ["长" * 4000]], landscape=False)

    rows = Document(io.BytesIO(to_docx(Paper(title="表", blocks=[table])))).tables[0].rows

    assert [bool(row._tr.xpath("w:trPr/w:cantSplit")) for row in rows] == [True, True, False]


def test_a_first_page_with_a_long_title_and_two_headings_still_shows_body_text(tmp_path: Path) -> None:
    pdf = to_pdf(letter(
        title="整改" * 45, blocks=[Heading("一、问题"), Heading("（一）责任", 2), Paragraph("经查，台账没有更新。" * 7)],
    ))  # fmt: skip

    assert any("经查" in line.text for line in lines_of(pdf, tmp_path, 1))


def test_copies_typed_with_other_marks_end_in_one_full_stop() -> None:
    assert "抄送：县委办公室,县审计局。" in text_of(to_pdf(letter(1, copies_to="县委办公室,县审计局, ")))


def test_word_keeps_only_a_short_end_of_the_body_with_the_signature() -> None:
    """A long one would go over whole: its heading alone on one page, the date alone on another."""
    for words, kept in (("特此通知。", True), ("限期整改到位。" * 100, False)):
        made = Document(io.BytesIO(to_docx(letter(blocks=[Paragraph(words)]))))
        (end,) = [paragraph for paragraph in made.paragraphs if paragraph.text == words]
        assert bool(end.paragraph_format.keep_with_next) is kept


def test_a_title_breaks_neither_a_day_nor_a_counted_thing() -> None:
    assert title_lines("驻县农业农村局组2026年8月12日联络员例会纪要") == [
        "驻县农业农村局组",
        "2026年8月12日联络员例会纪要",
    ]
    for title in (
        "关于高标准农田建设项目管护监督第12轮监督检查情况的报告",
        "示范县纪委常委会2026年第10次会议审议事项办理情况通报",
    ):
        lines = title_lines(title)
        assert len(lines) == 2 and "".join(lines) == title
        assert not lines[1][0].isdigit() and lines[1][0] not in "年月日轮次", lines


def test_days_in_running_text_are_written_as_a_paper_writes_them() -> None:
    assert with_chinese_days("2026-03-01至2026-11-30，问题2026-00005") == "2026年3月1日至2026年11月30日，问题2026-00005"


def test_lines_above_a_table_and_cells_of_a_dense_one_are_as_close_in_word_as_in_print() -> None:
    table = Table((("单位", 1),), [["县农业农村局"]], dense=True)
    made = Document(io.BytesIO(to_docx(Paper(title="表", landscape=True, head_lines=["年度：2026年"], blocks=[table]))))

    (line,) = [paragraph for paragraph in made.paragraphs if paragraph.text == "年度：2026年"]
    assert line.style.element.xpath("w:pPr/w:snapToGrid/@w:val") == ["0"]
    cell = made.tables[0].rows[1].cells[0].paragraphs[0]
    assert cell.paragraph_format.line_spacing.pt == pytest.approx(10.4, abs=0.1)
