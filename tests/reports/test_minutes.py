"""The head of 纪要 by GB/T 9704: a red mark 35 mm below the top of the area, no number, no addressee, no signature."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from reports.paper import Heading, Paper, Paragraph
from reports.pdf import to_pdf
from reports.word.document import to_docx
from tests.reports.measure import POINT, SCALE, picture, text_of
from tests.reports.office import convert

MINUTES = Paper(
    title="与县农业农村局党组专题会商纪要", issuer="驻县农业农村局纪检监察组会商纪要", minutes=True,
    blocks=[Paragraph("会同县农业农村局党组开展专题会商。"), Heading("一、通报普遍性问题"), Paragraph("归档滞后。")],
    printed_by="驻县农业农村局纪检监察组", printed_on=date(2026, 5, 14),
)  # fmt: skip


def red_top(pdf: bytes, folder: Path) -> float:
    """Where the red mark begins, in millimetres from the edge of the paper."""
    image = picture(pdf, folder, 1)
    pixels = image.load()
    rows = (
        y
        for y in range(0, image.height // 2)
        for x in range(0, image.width, 2)
        if pixels[x, y][0] > 180 and pixels[x, y][1] < 90
    )
    return next(rows) / SCALE / POINT


@pytest.mark.parametrize("made", ["pdf", "word"])
def test_the_mark_of_minutes_stands_35_mm_below_the_top_of_the_area(made: str, tmp_path: Path) -> None:
    pdf = to_pdf(MINUTES) if made == "pdf" else convert({"minutes": to_docx(MINUTES)}, tmp_path)["minutes"]

    assert red_top(pdf, tmp_path) == pytest.approx(37 + 35, abs=1.5)
    assert "驻县农业农村局纪检监察组会商纪要" in text_of(pdf)


def test_a_list_with_a_name_alone_still_begins_at_the_top(tmp_path: Path) -> None:
    plain = Paper(title="清单", issuer="党风政风监督室", blocks=[Paragraph("一项。")])

    assert (plain.formal, MINUTES.formal) == (False, True)
    assert red_top(to_pdf(plain), tmp_path) < 37 + 20
