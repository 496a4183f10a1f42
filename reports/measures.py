"""Sizes and distances of the standard that depend on the text; PDF and Word take them from here."""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil
from unicodedata import east_asian_width

from reports.paper import Paper, Table, chinese_day

# Margins in millimetres: top, right, bottom, left; the standard's, and those of tables that lie on their side.
UPRIGHT, WIDE = (37, 26, 35, 28), (26, 20, 24, 20)
AREA_MM, WIDE_MM = 156, 257
LINE_CHARACTERS = 28  # of 三号 in 156 mm
POINTS_PER_MM = 72 / 25.4
LARGEST_HEAD = 62.0  # points
DATE_RIGHT = 4  # characters between the date and the right edge, with a seal
CELL_MM, WIDE_CELL_MM, DENSE_CELL_MM = 3.7, 3.18, 2.83  # a character in a cell: 10.5, 9 and 8 point
CELL_LINE = 1.45  # of a character: one line of a cell
TALL_MM = 100  # a row that is higher may go over to the next page; lower ones stay whole
LEAST_RIGHT = 1  # characters that stay free beside a name longer than fits over its date


def em_width(text: str) -> float:
    """Width of the longest line in characters: a Latin letter or digit is half of one."""
    return max((_line_width(line) for line in text.split("\n")), default=0)


def _line_width(line: str) -> float:
    return sum(1.0 if east_asian_width(char) in "WFA" else 0.5 for char in line)


def is_tall(table: Table, row: Sequence[str], *, wide: bool) -> bool:
    """Whether a row would fill most of a page: kept whole it would leave its page empty and lose the head of the table."""
    size = DENSE_CELL_MM if table.dense else WIDE_CELL_MM if wide else CELL_MM
    total = sum(share for _, share in table.columns) or 1
    room = [max((WIDE_MM if wide else AREA_MM) * share / total - 2, size) / size for _, share in table.columns]
    lines = [
        sum(ceil(em_width(line) / width) or 1 for line in str(cell).split("\n"))
        for cell, width in zip(row, room, strict=False)
    ]
    return max(lines, default=0) * size * CELL_LINE > TALL_MM


def head_size(issuer: str) -> float:
    """Size of the red head in points, so that its name fits the 156 mm of the area."""
    return min(LARGEST_HEAD, AREA_MM * POINTS_PER_MM / max(em_width(issuer), 1))


def seal_right(paper: Paper) -> float:
    """Characters between the date and the right edge: four, or more where the name centred over it is too long."""
    overhang = (em_width(paper.signer) - em_width(chinese_day(paper.signed_on))) / 2
    return max(DATE_RIGHT, overhang + LEAST_RIGHT)


def plain_rights(paper: Paper) -> tuple[float, float]:
    """Characters right of the name and right of the date where there is no seal: the date begins two after the name."""
    name, day = em_width(paper.signer), em_width(chinese_day(paper.signed_on))
    block = max(name, day + 2)
    return 2 + block - name, block - day


def enclosure_lead(paper: Paper) -> int:
    """Characters before the name of an attachment in the 附件说明: 附件： or 附件：1."""
    count = len(paper.attachments)
    return 3 if count < 2 else 4 if count < 10 else 5
