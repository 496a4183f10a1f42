"""Finds the headings of a ledger in a sheet and says which column holds which field."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from accounts.sheets.grid import Grid, cell_name
from accounts.sheets.texts import halfwidth

from .shapes import FIELDS, Heading
from .wordings import LAST, candidates

_DEPTH = 60  # rows in which the first header is looked for
_TALLEST = 3  # rows of one header
_GROUPS = {
    "found_on": "问题",
    "problem": "问题",
    "clue": "线索",
    "due_on": "整改",
    "closed_on": "整改",
    "rectification": "整改",
}
_BRACKETED = re.compile(r"\([^()]*\)|【[^】]*】|\[[^\]]*\]")


@dataclass(frozen=True)
class Header:
    """A header as found: rows ``top`` to ``bottom`` (from 0), column of each field, and every heading as it stands."""

    top: int
    bottom: int
    columns: dict[str, int]
    headings: tuple[Heading, ...]
    words: frozenset[str]
    mixed: bool = False  # the progress column also names the day of 销号


@lru_cache(maxsize=8192)
def squash_heading(text: str) -> str:
    """A heading for comparing: without blanks, remarks in brackets and marks."""
    plain = halfwidth(text)
    bare = _BRACKETED.sub("", plain) or plain
    return re.sub(r"[^\w]|_", "", bare).casefold()


def find_header(grid: Grid, mapping: Mapping[str, str] | None = None, *, start: int = 0) -> Header | None:
    """The best header of the sheet at or below row ``start``: problem, a task or a unit, and one field more."""
    best: Header | None = None
    for top in range(start, min(start + _DEPTH, grid.height)):
        found = header_at(grid, top, mapping)
        if found and (best is None or _better(found, best)):
            best = found
    return best


def _better(found: Header, best: Header) -> bool:
    """A lower row wins when it names clearly more, or when the row above it was only a title."""
    more = len(found.columns) - len(best.columns)
    return more > 1 or (found.bottom == best.bottom and more >= 0)


def header_at(grid: Grid, top: int, mapping: Mapping[str, str] | None = None) -> Header | None:
    """The header that begins in row ``top``, of one to three rows, or None."""
    best: Header | None = None
    for height in range(1, _TALLEST + 1):
        bottom = top + height - 1
        if bottom >= grid.height or not _could_be_heading(grid, bottom):
            break
        found = _read(grid, top, bottom, mapping)
        if _is_ledger(found) and (best is None or len(found.columns) > len(best.columns)):
            best = found
    return best


def is_heading_row(grid: Grid, row: int, header: Header) -> bool:
    """Whether a row only repeats words of the header, as at a page break."""
    own = grid.own(row).values()
    return len(own) >= 2 and all(squash_heading(text) in header.words for text in own)


def _is_ledger(header: Header) -> bool:
    named = header.columns.keys() & FIELDS.keys()
    return "problem" in named and bool(named & {"task", "unit", "found_on", "due_on", "suggestion"}) and len(named) >= 3


def _could_be_heading(grid: Grid, row: int) -> bool:
    """Headings are short words: a row with numbers, dates or long sentences is data."""
    values = [value for value in grid.rows[row] if value not in ("", None)]
    if any(not isinstance(value, str) for value in values):
        return False
    texts = [halfwidth(str(value)) for value in values]
    return (
        bool(texts)
        and all(len(_BRACKETED.sub("", text)) <= 30 or "(" in text for text in texts)
        and not any(re.fullmatch(r"[\d./年月日-]+", text) for text in texts)
    )


def _read(grid: Grid, top: int, bottom: int, mapping: Mapping[str, str] | None) -> Header:
    labels = {column: _label(grid, top, bottom, column) for column in range(grid.width)}
    labels = {column: parts for column, parts in labels.items() if parts}
    claims: dict[int, list[tuple[int, str]]] = {}
    fixed: dict[int, str] = {}
    for column, parts in labels.items():
        label = " / ".join(parts)
        if mapping is not None and label in mapping:
            fixed[column] = mapping[label]
        else:
            claims[column] = _claims(parts)
    columns = _settle(claims, fixed)
    by_column = {column: name for name, column in columns.items()}
    headings = tuple(
        Heading(cell_name(0, column).rstrip("1"), " / ".join(parts), by_column.get(column, ""))
        for column, parts in labels.items()
    )
    words = frozenset(squash_heading(part) for parts in labels.values() for part in parts)
    mixed = "rectification" in columns and any("销号" in part for part in labels[columns["rectification"]])
    return Header(top, bottom, columns, headings, words, mixed)


def _label(grid: Grid, top: int, bottom: int, column: int) -> tuple[str, ...]:
    """The parts of a heading from the group title down to its own words."""
    parts: list[str] = []
    for row in range(top, bottom + 1):
        text = " ".join(grid.spread(row, column).split())
        if text and text not in parts and (row, column) not in grid.below:
            parts.append(text)
    return tuple(parts)


def _claims(parts: tuple[str, ...]) -> list[tuple[int, str]]:
    """Fields a heading may stand for: its own words first, then with its group title, then the group title alone."""
    words = [squash_heading(part) for part in parts]
    lowest = candidates(words[-1])
    if len(words) == 1:
        return lowest
    lowest = [(rank, name) for rank, name in lowest if rank < LAST]  # below a title only words that are headings count
    joined = [(rank, name) for rank, name in candidates("".join(words[-2:])) if rank < LAST]
    group = "".join(words[:-1])
    inside = [(rank, name) for rank, name in lowest if _GROUPS.get(name, group)[:2] in group]
    outside = [(rank + 1, name) for rank, name in lowest if (rank, name) not in inside]
    alone = [(rank + 3, name) for rank, name in candidates(group)]
    return inside + [(rank, name) for rank, name in joined if (rank, name) not in inside] + outside + alone


def _settle(claims: dict[int, list[tuple[int, str]]], fixed: dict[int, str]) -> dict[str, int]:
    """One column per field, one field per column: what the office once decided first, then the strongest wording."""
    columns = {name: column for column, name in fixed.items() if name}
    taken = set(fixed)
    ordered = sorted((rank, column, name) for column, ranked in claims.items() for rank, name in ranked)
    for _rank, column, name in ordered:
        if column not in taken and name not in columns:
            columns[name] = column
            taken.add(column)
    return columns
