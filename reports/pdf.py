"""From a paper to PDF by the facts of GB/T 9704-2012. Nothing outside the font folder is ever fetched."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlparse

from django.conf import settings
from django.template.loader import render_to_string
from weasyprint import CSS, HTML
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import URLFetcher

from reports import justify
from reports.fonts import SANS, SERIF, WENKAI, body_faces, faces_css, title_faces
from reports.measures import WIDE, enclosure_lead, head_size, is_tall, seal_right
from reports.paper import Attachment, Block, Drawing, Heading, Paper, Paragraph, Table, chinese_day
from reports.titles import title_lines

SHORT = 8  # rows of a table that fits beside text on any page
TAGGED_ROWS = 200  # of tables: tags for every cell of a longer ledger cost a fifth of the time and half of the file
justify.install()


class NothingOutside(ValueError):
    """A paper tried to reach another address or file."""


class FontsOnly(URLFetcher):
    """Lets the font files of DOC_FONT_DIR through and refuses every other address, file and redirect."""

    def fetch(self, url: str, headers: Any = None) -> Any:
        parsed = urlparse(url)
        path = Path(unquote(parsed.path)).resolve()
        inside = parsed.scheme == "file" and path.parent == Path(settings.DOC_FONT_DIR).resolve()
        if not inside or path.suffix.lower() not in (".otf", ".ttf", ".ttc"):
            raise NothingOutside(f"refused: {url[:100]}")
        return super().fetch(url, headers)


def to_pdf(paper: Paper, *, first_page: int = 1, tagged: bool = True) -> bytes:
    """The paper as PDF, fonts embedded, with bookmarks; `first_page` is its number where it is bound behind others."""
    html = render_to_string("reports/paper.html", context(paper))
    return html_to_pdf(html, stylesheet(paper) + _begin_at(first_page), tagged=tagged and _rows(paper) <= TAGGED_ROWS)


def _begin_at(number: int) -> str:
    """Page numbers go on from `number`, on the outer side of a left page where that is even."""
    if number == 1:
        return ""
    return f"@page :first {{ counter-reset: page {number} }}" + (
        "html { break-before: left }" if number % 2 == 0 else ""
    )


def _rows(paper: Paper) -> int:
    return sum(len(block.rows) for block in paper.all_blocks() if isinstance(block, Table))


def html_to_pdf(html: str, css: str, *, tagged: bool = True) -> bytes:
    """HTML and CSS through the one fetcher that refuses, and one font configuration for both."""
    fetcher, fonts = FontsOnly(), FontConfiguration()
    style = CSS(string=css, font_config=fonts, url_fetcher=fetcher)
    document = HTML(string=html, url_fetcher=fetcher)
    return document.write_pdf(stylesheets=[style], font_config=fonts, pdf_tags=tagged)


def context(paper: Paper) -> dict[str, Any]:
    """What the template shows, so that it asks no types."""
    turned = paper.landscape
    annexes = [_annex(label, one, turned=turned) for label, one in paper.annexes()]
    return {"paper": paper, "title": title_lines(paper.title, wide=turned), "blocks": _blocks(paper.blocks, turned=turned), "day": chinese_day(paper.signed_on),
            "enclosures": paper.enclosures(), "annexes": annexes, "imprint": paper.imprint()}  # fmt: skip


def _annex(label: str, one: Attachment, *, turned: bool) -> dict[str, Any]:
    """An attachment of wide tables alone lies on its side with its title."""
    wide = turned or all(isinstance(block, Table) and block.landscape for block in one.blocks)
    return {
        "label": label,
        "title": title_lines(one.title, wide=wide),
        "blocks": _blocks(one.blocks, turned=turned),
        "wide": wide,
    }


def _blocks(blocks: Sequence[Block], *, turned: bool) -> list[dict[str, Any]]:
    kinds = {Heading: "heading", Paragraph: "paragraph", Table: "table", Drawing: "drawing"}
    return [
        {
            "kind": kinds[type(block)],
            "block": block,
            "widths": _widths(block),
            "whole": _stays_whole(block),
            "lines": _lines(block, turned=turned),
        }
        for block in blocks
    ]


def _stays_whole(block: Block) -> bool:
    """A short table, of signatures for example, is not torn: no single row stands alone on the next page."""
    if not isinstance(block, Table) or block.landscape or len(block.rows) > SHORT:
        return False
    return not any(is_tall(block, row, wide=False) for row in block.rows)


def _lines(block: Block, *, turned: bool) -> list[tuple[bool, bool, Sequence[str]]]:
    """The rows of a table, each with whether it leads those below and whether it may be torn."""
    if not isinstance(block, Table):
        return []
    wide = turned or block.landscape
    return [(leads, not leads and is_tall(block, row, wide=wide), row) for leads, row in block.lines]


def _widths(block: Block) -> list[str]:
    if not isinstance(block, Table):
        return []
    total = sum(share for _, share in block.columns) or 1
    return [f"c{round(share / total * 1000)}" for _, share in block.columns]


def stylesheet(paper: Paper) -> str:
    """The page of the standard: 156 x 225 mm, 28 characters by 22 lines, numbers at the outer side."""
    widths = {name for block in paper.all_blocks() for name in _widths(block)}
    columns = "\n".join(f"col.{name} {{ width: {int(name[1:]) / 10}%; }}" for name in sorted(widths))
    titles = "".join([paper.issuer, paper.title, *(one.title for one in paper.attachments)])
    values = {"body": body_faces(paper.texts()), "title": title_faces(titles), "serif": SERIF, "sans": SANS, "kai": WENKAI,
              "faces": faces_css(), "columns": columns, "head": f"{head_size(paper.issuer):.2f}",
              "wide": " ".join(f"{side}mm" for side in WIDE), "lead": enclosure_lead(paper), "seal_right": f"{seal_right(paper):.2f}"}  # fmt: skip
    return render_to_string("reports/paper.css", values)
