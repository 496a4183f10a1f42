"""The overview on paper: drawings that need no colour, the same numbers in PDF and workbook, nobody else's markup."""

from __future__ import annotations

import io
from datetime import date
from typing import Any
from xml.etree import ElementTree

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook
from pypdf import PdfReader

from accounts.models import AccessLog
from reports.overview.charts import LATE, PLAIN, STRONG, Chart, Series
from reports.overview.svg import draw, scale
from reports.paper import Drawing, Paper, Paragraph
from reports.pdf import to_pdf
from reports.word.document import to_docx
from tests.factories import County, county, moment
from tests.samples import make_problem

pytestmark = pytest.mark.once

SVG = "{http://www.w3.org/2000/svg}"


def chart(kind: str, *series: Series, names: tuple[str, ...] = ("甲组", "乙组")) -> Chart:
    """A chart of two categories."""
    return Chart("try", "哪些单位逾期最多？", kind, "单位", names, series, "个", "A9.8c")


def series(label: str, *values: int, tone: str = PLAIN) -> Series:
    """A series without lists behind it."""
    return Series(label, values, [""] * len(values), tone)


def parts(drawing: str, tag: str) -> list[dict[str, str]]:
    """Attributes of the elements of one kind."""
    return [dict(one.attrib) for one in ElementTree.fromstring(drawing).iter(f"{SVG}{tag}")]


@pytest.mark.parametrize(
    ("most", "ticks"),
    [(0, [0, 1]), (1, [0, 1]), (5, [0, 1, 2, 3, 4, 5]), (6, [0, 2, 4, 6]), (11, [0, 5, 10, 15]), (49, [0, 10, 20, 30, 40, 50]),
     (400, [0, 100, 200, 300, 400])],
)  # fmt: skip
def test_scales_end_at_round_numbers_not_below_the_most(most: int, ticks: list[int]) -> None:
    assert scale(most) == ticks


def test_bars_are_as_long_as_their_numbers() -> None:
    bars = [float(bar["width"]) for bar in parts(draw(chart("bars", series("逾期", 4, 2))), "rect")]

    assert len(bars) == 2
    assert bars[0] == pytest.approx(2 * bars[1], abs=0.2)


def test_stacked_bars_stand_end_to_end() -> None:
    rows = parts(draw(chart("stack", series("未完成", 3, 0, tone=LATE), series("按时", 1, 2, tone=STRONG))), "rect")
    first, second = (bar for bar in rows if float(bar["y"]) > 30 and bar["y"] == rows[2]["y"])

    assert float(second["x"]) == pytest.approx(float(first["x"]) + float(first["width"]), abs=0.2)


def test_series_differ_by_grey_or_hatching_and_no_drawing_has_a_colour() -> None:
    drawing = draw(
        chart("bars", series("逾期", 1, 1, tone=LATE), series("发现", 1, 1, tone=STRONG), series("销号", 1, 1))
    )
    inks = {
        value
        for tag in ("rect", "path", "line")
        for one in parts(drawing, tag)
        for value in (one.get("fill"), one.get("stroke"))
    }

    greys = {ink for ink in inks if ink and ink.startswith("#")}
    assert all(ink[1:3] == ink[3:5] == ink[5:7] for ink in greys)
    assert len({one["fill"] for one in parts(drawing, "rect")}) == 3
    assert len(parts(drawing, "path")) == 3  # the hatching of two bars and of the legend


def test_months_are_lines_and_lateness_stands() -> None:
    lines = draw(chart("lines", series("发现", 1, 3), series("销号", 0, 2), names=("1月", "2月")))
    columns = draw(chart("columns", series("未销号", 2, 0), names=("未到期", "逾期1至10天")))

    assert len(parts(lines, "circle")) == 2 and "2月" in lines
    assert len(parts(columns, "rect")) == 1 and "逾期1至10天" in columns


def test_names_cannot_bring_markup_into_a_drawing() -> None:
    drawing = draw(
        chart("bars", series("<script>", 1, 1), series("x", 1, 1), names=("<image href='http://a/'/>", "乙"))
    )

    assert "<script>" not in drawing and "<image" not in drawing
    assert parts(drawing, "image") == []


def test_plain_text_is_no_drawing() -> None:
    with pytest.raises(TypeError):
        Drawing("<svg><image href='file:///etc/hostname'/></svg>", "x")  # type: ignore[arg-type]


def test_word_names_the_drawing_that_it_leaves_out() -> None:
    made = Paper(
        "情况统计",
        blocks=[Paragraph("正文。"), Drawing(draw(chart("bars", series("逾期", 4, 2))), "哪些单位逾期最多？")],
    )

    assert to_docx(made)
    assert "哪些单位逾期最多" not in PdfReader(io.BytesIO(to_pdf(made))).pages[0].extract_text()


@pytest.fixture
def february() -> Any:
    """The office's day is 10 February 2026."""
    with time_machine.travel(moment(2026, 2, 10), tick=False):
        yield


@pytest.fixture
def cast(db: None, february: Any) -> County:
    """A county with three problems."""
    made = county()
    for organ, due_on in ((made.agri, date(2026, 2, 1)), (made.agri, date(2026, 3, 1)), (made.town, date(2026, 3, 1))):
        make_problem(made, organ, found_on=date(2026, 1, 5), due_on=due_on)
    return made


def taken(user: Any, form: str) -> bytes:
    """The overview of the first quarter in a form."""
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client.get(reverse("reports:overview"), {"period": "2026Q1", "format": form}).content


def test_the_paper_has_the_figures_the_questions_and_the_drawings(cast: County) -> None:
    pages = PdfReader(io.BytesIO(taken(cast.shuji, "pdf"))).pages
    text = "".join(page.extract_text() for page in pages).replace("\n", "")

    assert "全县2026年第一季度政治监督情况统计" in text
    for words in ("发现问题", "增加3个", "二、哪些单位整改逾期最多？", "柳河镇纪委", "逾期1至10天"):
        assert words in text
    assert AccessLog.objects.filter(
        action="export", subject__contains="政治监督情况统计.pdf", username="shuji"
    ).exists()


def test_the_workbook_has_a_sheet_for_each_question(cast: County) -> None:
    book = load_workbook(io.BytesIO(taken(cast.shuji, "xlsx")))

    assert book.sheetnames[:2] == ["主要数据", "哪些单位整改逾期最多？"]
    rows = [[cell.value for cell in row] for row in book["哪些单位整改逾期最多？"].iter_rows(min_row=2)]
    assert rows == [
        ["监督单位", "逾期未销号（个）", "发现（个）", "销号（个）"],
        ["驻县农业农村局纪检监察组", 1, 2, 0],
        ["柳河镇纪委", 0, 1, 0],
    ]
