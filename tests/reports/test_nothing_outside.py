"""Nothing from outside: whatever address a text, a table or a style sheet names, the machine asks nobody and reads no file."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any

import pytest

from reports.paper import Attachment, Heading, Paper, Paragraph, Table
from reports.pdf import html_to_pdf, to_pdf
from reports.word.document import to_docx
from reports.word.template import check_template
from tests.reports.measure import text_of
from tests.reports.office import convert

pytestmark = pytest.mark.once


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


WAYS = (
    '<img src="{at}/1.png">', '<link rel="stylesheet" href="{at}/2.css">', '<style>@import url("{at}/3.css");</style>',
    '<iframe src="{at}/4.html"></iframe>', '<object data="{at}/5.svg"></object>', '<script src="{at}/6.js"></script>',
    '<svg xmlns="http://www.w3.org/2000/svg"><image href="{at}/7.png"/></svg>', '<a rel="attachment" href="file:///etc/hostname">x</a>',
    '"); background: url("{at}/8.png', "}} body {{ background: url({at}/9.png) }}", "url({at}/10.ttf)", "file:///etc/hostname", "{at}/11",
    "\\\\127.0.0.1\\share\\12", '{{{{ "x" }}}}{{% include "/etc/hostname" %}}', "INCLUDEPICTURE {at}/13.png", "=HYPERLINK(\"{at}/14\")",
    '<!DOCTYPE a [<!ENTITY x SYSTEM "{at}/15">]>&x;', "javascript:alert(1)", "data:text/html,<img src={at}/16>",
)  # fmt: skip


def everywhere(words: str) -> Paper:
    """A paper that says the same in every place."""
    table = Table(((words, 1),), [[words]], words, landscape=False)
    return Paper(
        title=words, issuer=words, doc_no=words, copy_no=words, secrecy=words, urgency=words, approver=words, recipients=words,
        blocks=[Heading(words), Heading(words, 2), Paragraph(words), table, Table(((words, 1),), [[words]], words)],
        attachments=[Attachment(words, [Paragraph(words), table])], signer=words, annotation=words, copies_to=words, printed_by=words,
        marking=words, watermark=words, digest=words, head_lines=[words],
    )  # fmt: skip


@pytest.mark.parametrize("way", range(len(WAYS)))
def test_an_address_in_a_text_stays_text_in_pdf(way: int, listener: str) -> None:
    words = WAYS[way].format(at=listener)

    pdf = to_pdf(everywhere(words))

    assert _Knocked.knocks == []
    assert b"EmbeddedFile" not in pdf and b"/URI" not in pdf and b"/JavaScript" not in pdf
    assert text_of(pdf).count("".join(words.split())[:12]) >= 3


def test_addresses_in_texts_stay_text_in_word(listener: str, tmp_path: Path) -> None:
    files: dict[str, Any] = {f"way{n}": to_docx(everywhere(way.format(at=listener))) for n, way in enumerate(WAYS)}

    convert(files, tmp_path)

    assert _Knocked.knocks == []
    assert not any(b'TargetMode="External"' in data for data in files.values())


def test_a_template_with_links_is_refused_without_following_them(listener: str) -> None:
    for way in WAYS:
        check_template(to_docx(everywhere(way.format(at=listener))))

    assert _Knocked.knocks == []
