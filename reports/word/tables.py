"""Tables of a Word paper, and the 版记 that stands on the bottom edge of the last page."""

from __future__ import annotations

from typing import Any

from reports.measures import AREA_MM, UPRIGHT, WIDE, WIDE_MM, is_tall
from reports.paper import Paper, Table
from reports.word.oxml import exact, node, paragraph, run
from reports.word.styles import MM, cell_air

THICK, THIN, GRID = 8, 6, 6  # eighths of a point: 0.35 mm, 0.25 mm, and the lines of a table
DENSE, DENSE_AIR, DENSE_LINE = 8, 0.7, 1.3  # points, the share of the air of other tables, the height of a line


def table(block: Table, *, wide: bool, hei: str) -> Any:
    """Columns by their shares, the head repeated on every page, no row torn that a page can hold."""
    widths = _widths(block, WIDE_MM if wide else AREA_MM)
    style = "WideCell" if wide else "Cell"
    size = DENSE if block.dense else 0
    head = [_cell(text, width, style, hei, size=size) for (text, _), width in zip(block.columns, widths, strict=True)]
    made = node(
        "tbl", _properties(widths, dense=block.dense), node("tblGrid", *(node("gridCol", w=width) for width in widths))
    )
    made.append(node("tr", node("trPr", node("cantSplit"), node("tblHeader")), *head))
    for leads, row in block.lines:
        tall = not leads and is_tall(block, row, wide=wide)
        cells = (
            [_lead(row[0], widths, style, hei)]
            if leads
            else [_cell(text, width, style, size=size, tall=tall) for text, width in zip(row, widths, strict=True)]
        )
        made.append(node("tr", *([] if tall else [node("trPr", node("cantSplit"))]), *cells))
    return made


def _widths(block: Table, total_mm: float) -> list[int]:
    total = sum(share for _, share in block.columns) or 1
    return [round(share / total * total_mm * MM) for _, share in block.columns]


def _properties(widths: list[int], *, dense: bool) -> Any:
    sides = ("top", "left", "bottom", "right", "insideH", "insideV")
    borders = node("tblBorders", *(node(side, val="single", sz=GRID, space=0, color="000000") for side in sides))
    return node("tblPr", node("tblW", w=sum(widths), type="dxa"), borders, node("tblLayout", type="fixed"),
                cell_air(DENSE_AIR if dense else 1))  # fmt: skip


def _cell(text: str, width: int, style: str, hei: str = "", *, size: float = 0, tall: bool = False) -> Any:
    properties = node("tcPr", node("tcW", w=width, type="dxa"), node("vAlign", val="top" if tall else "center"))
    close = [exact(size * DENSE_LINE)] if size else []
    if hei:
        return node(
            "tc", properties, paragraph([run(text, face=hei, size=size)], style, *close, node("jc", val="center"))
        )
    return node("tc", properties, paragraph([run(str(text), size=size)], style, *close))


def _lead(text: str, widths: list[int], style: str, hei: str) -> Any:
    """A heading of the rows below it, over the whole width, on their page."""
    properties = node("tcPr", node("tcW", w=sum(widths), type="dxa"), node("gridSpan", val=len(widths)))
    return node("tc", properties, paragraph([run(text, face=hei)], style, node("keepNext")))


def imprint(paper: Paper) -> Any:
    """版记: a table that hangs on the bottom margin of the page of its anchor."""
    copies, office, printed = paper.imprint()
    width = round((WIDE_MM if paper.landscape else AREA_MM) * MM)
    texts = [_copies(copies)] if copies else []
    texts += [_printed(office, printed, width)] if office else []
    made = node("tbl", _hung(width, wide=paper.landscape), node("tblGrid", node("gridCol", w=width)))
    for number, text in enumerate(texts):
        cell = _ruled(text, width, first=not number, last=number == len(texts) - 1)
        made.append(node("tr", node("trPr", node("cantSplit")), cell))
    return made


def _hung(width: int, *, wide: bool) -> Any:
    """Placed by the edge of the paper: a full-width table placed by the margin is set in the text by some readers."""
    place = node("tblpPr", leftFromText=0, rightFromText=0, vertAnchor="margin", horzAnchor="page",
                 tblpX=round((WIDE if wide else UPRIGHT)[3] * MM), tblpYSpec="bottom")  # fmt: skip
    margins = node("tblCellMar", *(node(side, w=0, type="dxa") for side in ("top", "left", "bottom", "right")))
    overlap, size = node("tblOverlap", val="never"), node("tblW", w=width, type="dxa")
    return node("tblPr", place, overlap, size, node("tblLayout", type="fixed"), margins)


def _ruled(text: Any, width: int, *, first: bool, last: bool) -> Any:
    top = node("top", val="single", sz=THICK if first else THIN, space=0, color="000000")
    bottom = node("bottom", val="single", sz=THICK if last else THIN, space=0, color="000000")
    return node("tc", node("tcPr", node("tcW", w=width, type="dxa"), node("tcBorders", top, bottom)), text)


def _copies(copies: str) -> Any:
    hanging = node("ind", leftChars=400, left=1120, rightChars=100, right=280, hangingChars=300, hanging=840)
    return paragraph(copies, "Imprint", hanging)


def _printed(office: str, printed: str, width: int) -> Any:
    stop = node("tabs", node("tab", val="right", pos=width - 280))
    return paragraph(f"{office}\t{printed}", "Imprint", stop, node("jc", val="left"))
