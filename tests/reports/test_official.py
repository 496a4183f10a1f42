"""The elements of an official document measured from the PDF: head, number, signature, attachments, 版记."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from reports.measures import em_width, head_size
from reports.paper import Attachment, Paper, Paragraph, Table, mark, numeral
from reports.pdf import to_pdf
from reports.titles import title_lines
from tests.reports.letters import LEDGER, SENTENCE, full_letter, letter
from tests.reports.measure import (
    AREA_BOTTOM,
    AREA_LEFT,
    AREA_RIGHT,
    POINT,
    SCALE,
    line_with,
    lines_of,
    page_count,
    picture,
    rules_of,
    text_of,
)

pytestmark = pytest.mark.once

EM = 15.79  # points: one character of the body with its spacing
LINE = 225 * POINT / 22


def imprint_bottom(pdf: bytes, folder: Path) -> float:
    """Lower edge of the last ruled line of the last page."""
    return rules_of(pdf, folder, page_count(pdf))[-1][1]


# --- 版记 -----------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("lines", "pages"), [(1, 1), (12, 2), (90, 5)])
def test_the_imprint_ends_on_the_bottom_edge_of_the_last_page(lines: int, pages: int, tmp_path: Path) -> None:
    pdf = to_pdf(letter(lines))

    assert page_count(pdf) == pages
    assert abs(imprint_bottom(pdf, tmp_path) - AREA_BOTTOM) < 1
    assert [rules_of(pdf, tmp_path, page) for page in range(1, pages)] == [[]] * (pages - 1)


@pytest.mark.parametrize("lines", range(19, 31, 2))
def test_the_imprint_never_overlaps_a_text_that_nearly_fills_the_page(lines: int, tmp_path: Path) -> None:
    pdf = to_pdf(letter(lines))
    last = page_count(pdf)
    ruled = rules_of(pdf, tmp_path, last)

    body = [
        line.bottom
        for line in lines_of(pdf, tmp_path, last)
        if line.bottom < ruled[0][0] + LINE and "抄送" not in line.text
    ]

    assert len(ruled) == 3 and abs(ruled[-1][1] - AREA_BOTTOM) < 1
    assert all(bottom <= ruled[0][0] for bottom in body)


def test_the_imprint_rules_are_thick_thin_thick(tmp_path: Path) -> None:
    top, middle, bottom = rules_of(to_pdf(letter(1)), tmp_path, 1)

    assert top[1] - top[0] == pytest.approx(0.35 * POINT, abs=0.3)
    assert middle[1] - middle[0] == pytest.approx(0.25 * POINT, abs=0.3)
    assert bottom[1] - bottom[0] == pytest.approx(0.35 * POINT, abs=0.3)


def test_copies_end_in_one_full_stop_and_stand_one_character_in(tmp_path: Path) -> None:
    pdf = to_pdf(letter(1, copies_to="县委办公室，"))

    copies = line_with("抄送", pdf, tmp_path, 1)

    assert copies.text == "抄送：县委办公室。"
    assert copies.left == pytest.approx(AREA_LEFT + 14, abs=2)


def test_the_office_prints_left_and_the_day_right(tmp_path: Path) -> None:
    pdf = to_pdf(letter(1))

    office, day = line_with("委员会办公室", pdf, tmp_path, 1), line_with("印发", pdf, tmp_path, 1)

    assert office.left == pytest.approx(AREA_LEFT + 14, abs=2)
    assert day.right == pytest.approx(AREA_RIGHT - 14, abs=2)
    assert "2026年3月5日印发" in day.text


def test_after_a_landscape_attachment_the_imprint_has_an_upright_page(tmp_path: Path) -> None:
    pdf = to_pdf(letter(1, attachments=[Attachment("问题清单", [LEDGER])]))

    assert abs(imprint_bottom(pdf, tmp_path) - AREA_BOTTOM) < 1


# --- head -----------------------------------------------------------------------------------------------------------------


def test_the_red_name_begins_35_mm_below_the_top_and_is_no_wider_than_the_area(tmp_path: Path) -> None:
    image = picture(to_pdf(full_letter()), tmp_path, 1)
    pixels = image.load()
    red = [
        (x, y)
        for y in range(0, 400 * SCALE, 2)
        for x in range(0, image.width, 2)
        if pixels[x, y][0] > 180 and pixels[x, y][1] < 90
    ]

    name = [place for place in red if place[1] < (37 + 60) * POINT * SCALE]
    assert min(y for _, y in name) / SCALE == pytest.approx((37 + 35) * POINT, abs=2)
    assert min(x for x, _ in name) / SCALE >= AREA_LEFT - 0.5
    assert max(x for x, _ in name) / SCALE <= AREA_RIGHT + 0.5


@pytest.mark.parametrize(
    "issuer", ["示范县纪委", "中共示范县纪律检查委员会文件", "中共示范县纪律检查委员会　示范县监察委员会文件"]
)
def test_the_red_name_stays_on_one_line_whatever_its_length(issuer: str, tmp_path: Path) -> None:
    assert head_size(issuer) <= 62
    assert em_width(issuer) * head_size(issuer) <= 156 * POINT + 0.01
    pdf = to_pdf(letter(1, issuer=issuer))
    parts = lines_of(pdf, tmp_path, 1)[: len(issuer.split())]
    assert "".join(part.text for part in parts) == "".join(issuer.split())
    assert len({round(part.top) for part in parts}) == 1
    assert parts[0].left >= AREA_LEFT - 1 and parts[-1].right <= AREA_RIGHT + 1


def test_marks_stand_top_left_in_the_order_of_the_standard(tmp_path: Path) -> None:
    found = [line for line in lines_of(to_pdf(full_letter()), tmp_path, 1) if line.text != "内部资料"][:3]

    assert [line.text for line in found] == ["000001", "机密★1年", "特急"]
    assert {round(line.left) for line in found} <= {79, 80, 81}


def test_the_red_rule_is_4_mm_below_the_number_and_as_wide_as_the_area(tmp_path: Path) -> None:
    pdf = to_pdf(letter(1))
    (rule,) = rules_of(pdf, tmp_path, 1, red=True)
    number = line_with("示纪发", pdf, tmp_path, 1)

    middle = (number.top + number.bottom) / 2
    assert rule[0] - (middle + 16 / 2) == pytest.approx(4 * POINT, abs=2.5)
    assert (number.left + number.right) / 2 == pytest.approx((AREA_LEFT + AREA_RIGHT) / 2, abs=4)


def test_an_upward_document_has_its_number_left_and_the_approver_right(tmp_path: Path) -> None:
    pdf = to_pdf(letter(1, approver="马正"))

    number, approver = line_with("示纪发", pdf, tmp_path, 1), line_with("签发人", pdf, tmp_path, 1)

    assert number.left == pytest.approx(AREA_LEFT + EM, abs=2)
    assert approver.right == pytest.approx(AREA_RIGHT - EM, abs=2)
    assert "马正" in approver.text


def test_a_list_without_a_number_begins_at_the_top(tmp_path: Path) -> None:
    pdf = to_pdf(Paper(title="清单", issuer="示范县纪委监委", blocks=[Paragraph("正文")]))

    assert lines_of(pdf, tmp_path, 1)[0].top < (37 + 10) * POINT


def test_a_level_stands_on_every_page_and_a_draft_says_so(tmp_path: Path) -> None:
    pdf = to_pdf(letter(40, marking="工作秘密", watermark="草稿"))

    for page in range(1, page_count(pdf) + 1):
        texts = [line.text for line in lines_of(pdf, tmp_path, page)]
        assert "工作秘密" in texts
        assert "草" in "".join(texts) and "稿" in "".join(texts)


# --- signature, attachments, levels ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("signer", ["示范县纪委", "中共示范县纪律检查委员会"])
def test_with_a_seal_the_day_is_4_characters_in_and_the_name_centred_over_it(signer: str, tmp_path: Path) -> None:
    pdf = to_pdf(letter(1, signer=signer, copies_to="", printed_by="", issuer="", doc_no=""))

    name, day = line_with(signer, pdf, tmp_path, 1), line_with("2026年3月5日", pdf, tmp_path, 1)

    assert AREA_RIGHT - day.right == pytest.approx(4 * EM, abs=1.5)
    assert (name.left + name.right) / 2 == pytest.approx((day.left + day.right) / 2, abs=1.5)
    assert day.top - name.top == pytest.approx(LINE, abs=1)


def test_a_joint_paper_has_its_names_above_one_day(tmp_path: Path) -> None:
    names = ("中共示范县纪律检查委员会", "示范县监察委员会")
    pdf = to_pdf(letter(1, signer="\n".join(names), issuer="", doc_no="", printed_by=""))

    first, second, day = (line_with(words, pdf, tmp_path, 1) for words in (*names, "2026年3月5日"))

    middles = [(line.left + line.right) / 2 for line in (first, second, day)]
    assert max(middles) - min(middles) < 1.5
    assert second.top - first.top == pytest.approx(LINE, abs=1) and day.top - second.top == pytest.approx(LINE, abs=1)


def test_a_very_long_name_moves_the_day_rather_than_leave_the_area(tmp_path: Path) -> None:
    signer = "示范县高标准农田建设管护情况专项监督检查领导小组办公室"
    pdf = to_pdf(letter(1, signer=signer))

    assert line_with(signer, pdf, tmp_path, 1).right <= AREA_RIGHT


def test_without_a_seal_the_day_begins_two_characters_after_the_name(tmp_path: Path) -> None:
    pdf = to_pdf(letter(1, sealed=False, signer="中共示范县纪律检查委员会党风政风监督室"))
    name, day = line_with("党风政风", pdf, tmp_path, 1), line_with("2026年3月5日", pdf, tmp_path, 1)
    short = to_pdf(letter(1, sealed=False, signer="县纪委"))
    late = line_with("2026年3月5日", short, tmp_path, 1)

    assert AREA_RIGHT - name.right == pytest.approx(2 * EM, abs=1.5)
    assert day.left - name.left == pytest.approx(2 * EM, abs=1.5)
    assert AREA_RIGHT - late.right == pytest.approx(2 * EM, abs=1.5)


def test_the_signature_is_never_alone_on_a_page(tmp_path: Path) -> None:
    for lines in range(5, 12):
        pdf = to_pdf(letter(lines, copies_to="", printed_by=""))
        page = next(
            n
            for n in range(1, page_count(pdf) + 1)
            if any("2026年3月5日" in line.text for line in lines_of(pdf, tmp_path, n))
        )
        assert any(re.match(r"第\d+行", line.text) for line in lines_of(pdf, tmp_path, page)), lines


def test_attachments_are_named_below_the_body_and_begin_on_pages_of_their_own(tmp_path: Path) -> None:
    pdf = to_pdf(full_letter())
    pages = [[line.text for line in lines_of(pdf, tmp_path, n)] for n in range(1, page_count(pdf) + 1)]
    text = text_of(pdf)

    assert "附件：1.问题清单2.检查方案" in text and "3.另行寄送的图册" in text
    (first,) = [page for page in pages if "附件1" in page]
    (second,) = [page for page in pages if "附件2" in page]
    assert first.index("附件1") < first.index("问题清单") and second.index("附件2") < second.index("检查方案")
    assert not any("附件3" in page for page in pages)


def test_one_attachment_has_no_number(tmp_path: Path) -> None:
    text = text_of(to_pdf(letter(1, attachments=[Attachment("问题清单", [Paragraph(SENTENCE)])])))

    assert "附件：问题清单" in text and "附件1" not in text and "附件问题清单" in text


def test_annotation_has_its_parentheses(tmp_path: Path) -> None:
    assert "（此件发至乡科级）" in text_of(to_pdf(letter(1, annotation="此件发至乡科级")))


def test_marks_of_levels_and_numerals() -> None:
    assert [mark(level, 3) for level in (1, 2, 3, 4)] == ["三、", "（三）", "3.", "（3）"]
    assert [numeral(n) for n in (1, 10, 11, 20, 21, 99)] == ["一", "十", "十一", "二十", "二十一", "九十九"]


# --- titles -----------------------------------------------------------------------------------------------------------------


def test_a_long_title_breaks_between_words_into_even_lines() -> None:
    assert title_lines("关于对县农业农村局高标准农田建设管护情况开展专项监督检查的通知") == [
        "关于对县农业农村局高标准农田建设",
        "管护情况开展专项监督检查的通知",
    ]
    assert title_lines("关于报送整改情况的通知") == ["关于报送整改情况的通知"]


def test_a_title_breaks_where_the_office_broke_it() -> None:
    assert title_lines("关于报送\n整改情况的通知") == ["关于报送", "整改情况的通知"]


@pytest.mark.parametrize("length", [19, 20, 38, 39, 57, 80])
def test_no_title_line_is_wider_than_the_area(length: int) -> None:
    lines = title_lines("某" * length)

    assert "".join(lines) == "某" * length
    assert max(map(len, lines)) <= 20


# --- tables --------------------------------------------------------------------------------------------------------------


def test_what_stands_under_a_table_is_never_alone_and_a_group_never_without_a_row(tmp_path: Path) -> None:
    rows = [[str(n), f"项目{n}", SENTENCE[:30]] for n in range(1, 31)]
    for place in range(14, 22):  # the first page ends among these
        shown = [*rows[:place], ["末组"], *rows[place:]]
        pdf = to_pdf(Paper(title="表", blocks=[Table(LEDGER.columns, shown, foot=["县纪委", "依据：第十条"])]))
        pages = [[line.text for line in lines_of(pdf, tmp_path, page)] for page in range(1, page_count(pdf) + 1)]

        last = next(page for page in pages if "依据：第十条" in page)
        assert any("项目30" in text for text in last) and "县纪委" in last
        group = next(page for page in pages if "末组" in page)
        assert any(f"项目{place + 1}" in text for text in group), place
