"""Papers keep what belongs together: a table of signatures on one page, a word of a title on one line, days in one form."""

from __future__ import annotations

import io

import pytest
from pypdf import PdfReader

from reports.builders.signatures import _moment
from reports.paper import Heading, Paper, Paragraph, Table
from reports.pdf import to_pdf
from reports.titles import title_lines
from tests.factories import moment

COLUMNS = (("层级", 40), ("签批人", 60))


@pytest.mark.parametrize("lines", [15, 16])
def test_table_of_signatures_stands_on_one_page(lines: int) -> None:
    rows = [[f"第{number}层", f"签批人{number}"] for number in range(1, 6)]
    blocks = [
        *(Paragraph(f"正文第{number}行。") for number in range(lines)),
        Heading("一、层报审批"),
        Table(COLUMNS, rows, landscape=False),
    ]

    pages = [page.extract_text() for page in PdfReader(io.BytesIO(to_pdf(Paper(title="样件", blocks=blocks)))).pages]

    holding = [number for number, text in enumerate(pages) if "签批人" in text]
    assert len(pages) == 2 and holding == [1]
    assert "层报审批" in pages[1]  # its heading goes with it


@pytest.mark.once
def test_title_keeps_the_word_for_grain_whole() -> None:
    for title in (
        "县农业农村局关于开展粮食购销领域突出问题专项监督检查情况的报告",
        "关于开展全县政策性粮食购销和粮食储备情况专项监督的实施方案",
    ):
        assert all(not line.endswith("粮") and not line.startswith("食") for line in title_lines(title))


@pytest.mark.once
def test_moments_of_a_route_are_written_like_the_days_beside_them() -> None:
    assert _moment(moment(2026, 9, 28, 10)) == "2026年9月28日 10:00" and _moment(None) == ""
