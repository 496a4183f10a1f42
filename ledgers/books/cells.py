"""Copied cells as rows of texts. Spreadsheets quote a cell only for a tab, a line break or quotes inside; other quotes are words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

_QUOTED = re.compile(r'"([^"]*(?:""[^"]*)*)"(?=[\t\n]|\Z)')
_PLAIN = re.compile(r"[^\t\n]*")
_MARKS = re.compile(r'[\t\n]|""')


def rows_of_cells(copied: str) -> list[list[str]]:
    """Every copied row with its cells, empty ones included; a quote that nobody closed is a character like any other."""
    text = copied.lstrip("\ufeff").replace("\r\n", "\n").replace("\r", "\n").removesuffix("\n")
    rows: list[list[str]] = [[]]
    at = 0
    while True:
        cell, at = _cell(text, at)
        rows[-1].append(cell)
        if at >= len(text):
            return rows
        if text[at] == "\n":
            rows.append([])
        at += 1


def _cell(text: str, at: int) -> tuple[str, int]:
    """The cell that starts at `at`, and where it ends."""
    quoted = _QUOTED.match(text, at) if text.startswith('"', at) else None
    if quoted and (not quoted[1] or _MARKS.search(quoted[1])):
        return quoted[1].replace('""', '"'), quoted.end()
    plain = _PLAIN.match(text, at)
    assert plain is not None
    return plain[0], plain.end()


def text_of_rows(rows: Iterable[Sequence[str]]) -> str:
    """The same back as copied text."""
    return "\n".join("\t".join(_written(cell) for cell in row) for row in rows)


def _written(cell: str) -> str:
    return '"' + cell.replace('"', '""') + '"' if re.search(r'[\t\n\r"]', cell) else cell
