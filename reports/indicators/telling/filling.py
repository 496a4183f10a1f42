"""A text with its numbers filled in: pieces for the page, plain words for the clipboard and for paper."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from accounts.periods import PeriodKind
from reports.indicators.telling.numbers import NONE, written
from reports.indicators.telling.reading import NEVER, Told
from reports.indicators.telling.texts import MARK, Source
from reports.overview.spans import Span


@dataclass(frozen=True)
class Piece:
    """A run of words, or one number with what it tells."""

    text: str
    told: Told | None = None


@dataclass(frozen=True)
class FilledPart:
    """One paragraph as it reads now."""

    heading: str
    sentences: tuple[tuple[Piece, ...], ...]

    @property
    def text(self) -> str:
        """The paragraph in plain words."""
        return "".join(piece.text for sentence in self.sentences for piece in sentence)


@dataclass(frozen=True)
class Filled:
    """A whole text, its notes, and its indicators in order."""

    source: Source
    parts: tuple[FilledPart, ...]
    rules: tuple[tuple[Any, Told], ...]
    told: tuple[Told, ...]

    @property
    def text(self) -> str:
        """All paragraphs, one a line, headings on lines of their own."""
        return "\n".join(line for part in self.parts for line in (part.heading, part.text) if line)

    @property
    def notes(self) -> list[str]:
        """What the writer must know: numbers that were not counted here, and the shares that a sentence may claim to be whole."""
        return [line for one in self.told for line in _notes(one)]


def fill(source: Source, told: Mapping[str, Told], span: Span, *, rounding: str, on: date) -> Filled:
    """The text for some days; `rounding` changes only how the numbers in the sentences are worded."""
    parts = tuple(
        FilledPart(part.heading, tuple(tuple(_pieces(one, told, span, rounding, on)) for one in part.sentences))
        for part in source.parts
    )
    rules = tuple((rule, told[rule.id]) for rule in source.rules)
    return Filled(source, parts, rules, tuple(told[one] for one in source.ids()))


def _notes(one: Told) -> Iterator[str]:
    lead = f"{one.indicator.id} {one.indicator.name}："
    if one.note:
        yield f"{lead}{one.note}"
    for name, share, _ in one.beside:
        if share != NONE:
            yield f"{lead}{name}{share}。"


def _pieces(sentence: str, told: Mapping[str, Told], span: Span, rounding: str, on: date) -> Iterator[Piece]:
    at = 0
    for mark in MARK.finditer(sentence):
        if mark.start() > at:
            yield Piece(sentence[at : mark.start()])
        yield _number(told[mark["id"]], rounding) if mark["id"] else Piece(_days(mark["words"], span, on))
        at = mark.end()
    if at < len(sentence):
        yield Piece(sentence[at:])


def _number(one: Told, rounding: str) -> Piece:
    return Piece(NEVER if one.never else written(one.value, rounding), one)


def _days(words: str | None, span: Span, on: date) -> str:
    """今年以来 only for the running year; other days by their name, so that no sentence claims a year it does not count."""
    whole = span.period is not None and span.period.kind == PeriodKind.YEAR and on.year == span.period.at_year
    return words if words and whole else span.label
