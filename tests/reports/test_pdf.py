"""Papers measured from the PDF: the grid of the standard, page numbers, faces, flush lines, and nothing from outside."""

from __future__ import annotations

import io
import re
import subprocess
import threading
from collections.abc import Iterator
from datetime import date
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest
from pypdf import PdfReader

from reports.paper import Heading, Paper, Paragraph, Table
from reports.pdf import html_to_pdf, to_pdf

TEXT = (
    "监督检查组按照方案要求对全县高标准农田建设管护情况开展监督检查重点检查责任落实资金使用制度执行和问题整改情况" * 30
)
PUNCTUATED = (
    "监督检查组按照方案要求，对全县高标准农田（含新建）建设管护情况开展监督检查。重点检查责任落实、资金使用情况。" * 20
)


def lines_of(pdf: bytes, tmp_path: Path, page: int) -> list[tuple[float, float, str]]:
    """(left, right, text) of each line of a page, in points."""
    path = tmp_path / "paper.pdf"
    path.write_bytes(pdf)
    boxes = subprocess.run(["pdftotext", "-bbox-layout", "-f", str(page), "-l", str(page), str(path), "-"],
                           capture_output=True, text=True, check=True).stdout  # fmt: skip
    found = []
    for block in re.findall(r"<line [^>]*>.*?</line>", boxes, re.S):
        left, right = re.search(r'xMin="([\d.]+)".*?xMax="([\d.]+)"', block).groups()  # type: ignore[union-attr]
        found.append((float(left), float(right), "".join(re.findall(r">([^<]+)</word>", block))))
    return found


def test_a_full_page_has_28_characters_and_22_lines(tmp_path: Path) -> None:
    pdf = to_pdf(Paper(title="题", blocks=[Paragraph(TEXT, flush=True)]))

    body = [line for line in lines_of(pdf, tmp_path, 2) if "—" not in line[2]]

    assert len(body) == 22
    assert {len(text) for _, _, text in body} == {28}


def test_lines_end_flush_at_the_right_edge_of_156_mm(tmp_path: Path) -> None:
    pdf = to_pdf(Paper(title="题", blocks=[Paragraph(PUNCTUATED)]))

    full = [right for _, right, text in lines_of(pdf, tmp_path, 2) if len(text) > 25]

    edge = (28 + 156) / 25.4 * 72
    assert len(full) > 10
    assert max(abs(right - edge) for right in full) < 1.5


def test_no_line_begins_with_a_closing_mark(tmp_path: Path) -> None:
    pdf = to_pdf(Paper(title="题", blocks=[Paragraph(PUNCTUATED)]))

    starts = {text[0] for page in (1, 2) for _, _, text in lines_of(pdf, tmp_path, page) if text}

    assert not starts & set("，。）、；：")


def test_page_numbers_stand_right_on_odd_and_left_on_even_pages(tmp_path: Path) -> None:
    pdf = to_pdf(Paper(title="题", blocks=[Paragraph(TEXT)]))

    odd = next(left for left, _, text in lines_of(pdf, tmp_path, 1) if re.fullmatch(r"—\s*1\s*—", text))
    even = next(left for left, _, text in lines_of(pdf, tmp_path, 2) if re.fullmatch(r"—\s*2\s*—", text))

    assert odd > 400 and even < 150


def fonts_in(pdf: bytes) -> dict[str, bool]:
    """Family -> whether it is embedded."""
    found = {}
    for page in PdfReader(io.BytesIO(pdf)).pages:
        for font in page["/Resources"].get("/Font", {}).values():  # type: ignore[union-attr]
            inner = font.get_object()["/DescendantFonts"][0].get_object()
            name = str(inner["/BaseFont"]).split("+")[-1]
            found[name] = any(key in inner["/FontDescriptor"].get_object() for key in ("/FontFile2", "/FontFile3"))
    return found


def test_every_face_is_embedded_and_body_text_is_fangsong() -> None:
    fonts = fonts_in(to_pdf(Paper(title="题", blocks=[Heading("一、总体情况"), Paragraph("正文")])))

    assert fonts and all(fonts.values())
    assert "PaperFang" in fonts


def test_a_rare_character_takes_the_whole_paper_to_one_face() -> None:
    fonts = fonts_in(to_pdf(Paper(title="题", blocks=[Paragraph("张喆、李昇、王堃")])))

    assert "PaperFang" not in fonts
    assert any("WenKai" in name for name in fonts)


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


# --- nothing from outside ---


class _Knocked(BaseHTTPRequestHandler):
    knocks: list[str] = []

    def do_GET(self) -> None:  # noqa: N802 - the name is the library's
        self.knocks.append(self.path)
        self.send_response(302)
        self.send_header("Location", "file:///etc/hostname")
        self.end_headers()

    def log_message(self, *args: object) -> None:
        """Silent."""


@pytest.fixture
def listener() -> Iterator[str]:
    """A server of this machine that must never be asked for anything."""
    _Knocked.knocks.clear()
    server = HTTPServer(("127.0.0.1", 0), _Knocked)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_address[1]}"
    server.shutdown()
    server.server_close()


def test_twelve_ways_out_make_no_request_and_embed_no_file(listener: str) -> None:
    html = f"""<html><head><link rel="stylesheet" href="{listener}/1.css"><link rel="attachment" href="{listener}/2.txt">
        <style>@import url("{listener}/3.css"); @font-face {{ font-family: x; src: url("{listener}/4.ttf"); }}
        body {{ background: url("{listener}/5.png"); font-family: x; }} p::before {{ content: url("{listener}/6.png"); }}
        li {{ list-style-image: url("{listener}/7.png"); }}</style></head><body><p>正文</p><ul><li>一</li></ul>
        <img src="{listener}/8.png"><img src="file:///etc/hostname"><object data="{listener}/9.svg"></object>
        <embed src="{listener}/10.svg"><a rel="attachment" href="file:///etc/hostname">附件</a>
        <svg xmlns="http://www.w3.org/2000/svg"><image href="{listener}/11.png"/></svg></body></html>"""

    pdf = html_to_pdf(html, f'@import url("{listener}/12.css"); h1 {{ background: url("{listener}/13.png"); }}')

    assert _Knocked.knocks == []
    assert b"EmbeddedFile" not in pdf
    assert pdf.startswith(b"%PDF")
