"""A text with its numbers filled in: pieces for the page, plain words for the clipboard and for paper."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from accounts.periods import PeriodKind
from reports.indicators.telling.numbers import NONE, written
from reports.indicators.telling.reading import Told
from reports.indicators.telling.shares import Share
from reports.indicators.telling.texts import MARK, Part, Sentence, Source, Whose
from reports.overview.spans import Span
from reports.paper import mark

FIXED = "没有数字的语句是文稿的固定写法，系统不核实，用前请核对。"


@dataclass(frozen=True)
class Subject:
    """Whose numbers they are and of which topic; the shares that sentences may claim, and the parts of numbers in words."""

    who: str
    whose: Whose
    topic: str = ""
    shares: Mapping[str, Share] = field(default_factory=dict)
    parts: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Ground:
    """Everything that marks are filled from. `rounding` changes only how numbers are worded."""

    told: Mapping[str, Told]
    subject: Subject
    span: Span
    rounding: str
    on: date


@dataclass(frozen=True)
class Piece:
    """A run of words, or one number with what it tells; a share has its list and how it is counted."""

    text: str
    told: Told | None = None
    address: str = ""
    basis: str = ""


@dataclass(frozen=True)
class FilledPart:
    """One paragraph as it reads now, its heading with its number."""

    heading: str
    sentences: tuple[tuple[Piece, ...], ...]

    @property
    def text(self) -> str:
        """The paragraph in plain words."""
        return "".join(piece.text for sentence in self.sentences for piece in sentence)

    @property
    def copied(self) -> str:
        """The same under its heading."""
        return "\n".join(line for line in (self.heading, self.text) if line)


@dataclass(frozen=True)
class Filled:
    """A whole text, its notes, and its indicators in order."""

    source: Source
    title: str
    parts: tuple[FilledPart, ...]
    rules: tuple[tuple[Any, Told], ...]
    told: tuple[Told, ...]

    @property
    def text(self) -> str:
        """The title and all paragraphs, one a line, headings on lines of their own."""
        return "\n".join([self.title, *(part.copied for part in self.parts)])

    @property
    def notes(self) -> list[str]:
        """What the writer must know: numbers that were not counted here, and the shares beside them."""
        whatever = "、".join(one.indicator.name for one in self.told if one.whatever_topic)
        lines = [line for one in self.told for line in _notes(one)]
        return [*([f"不分专题的数字：{whatever}。"] if whatever else []), *lines, *([FIXED] if self.parts else [])]


def fill(source: Source, told: Mapping[str, Told], span: Span, subject: Subject, *, rounding: str, on: date) -> Filled:
    """The text for some days, as it may be told of its subject."""
    ground = Ground(told, subject, span, rounding, on)
    topic = f"（专题：{subject.topic}）" if subject.topic else ""
    rules = tuple((rule, told[rule.id]) for rule in source.rules)
    parts = tuple(_numbered([*_lead(ground, source), *_parts(source, ground)]))
    return Filled(source, f"{source.title_of(subject.whose)}{topic}", parts, rules,
                  tuple(told[one] for one in source.ids()))  # fmt: skip


def _lead(ground: Ground, source: Source) -> Iterator[FilledPart]:
    """Of a chosen topic the text says so before anything else."""
    about = ground.subject
    if about.topic and source.parts:
        words = f"以下是{about.who}{ground.span.label}专题“{about.topic}”的情况。"
        yield FilledPart("", ((Piece(words),),))


def _parts(source: Source, ground: Ground) -> Iterator[FilledPart]:
    """Paragraphs that have something to say; the heading of one that has not goes to the next."""
    waiting = ""
    for part in source.parts:
        waiting = part.heading or waiting
        if said := tuple(_said(part, ground)):
            yield FilledPart(waiting, said)
            waiting = ""


def _said(part: Part, ground: Ground) -> Iterator[tuple[Piece, ...]]:
    for sentence in part.sentences:
        if wording := _wording(sentence, ground.subject):
            yield tuple(_pieces(wording, ground))


def _numbered(parts: list[FilledPart]) -> Iterator[FilledPart]:
    number = 0
    for part in parts:
        number += bool(part.heading)
        yield FilledPart(mark(1, number) + part.heading if part.heading else "", part.sentences)


def _wording(sentence: Sentence, about: Subject) -> str:
    """What may be said: nothing of another subject, nothing whole that is not whole."""
    if about.whose not in sentence.whose or sentence.topic not in (None, bool(about.topic)):
        return ""
    shares = [about.shares[key] for key in sentence.of]
    if any(share.is_none for share in shares):
        return sentence.none
    return sentence.text if all(share.is_whole for share in shares) else sentence.part


def _notes(one: Told) -> Iterator[str]:
    lead = f"{one.indicator.id} {one.indicator.name}："
    if one.note:
        yield f"{lead}{one.note}"
    if one.gap:
        yield f"{lead}{one.gap}请党风政风监督室在专题词表增加。"
    for name, share, _ in one.beside:
        if share != NONE:
            yield f"{lead}{name}{share}。"


def _pieces(wording: str, ground: Ground) -> Iterator[Piece]:
    at = 0
    for found in MARK.finditer(wording):
        if found.start() > at:
            yield Piece(wording[at : found.start()])
        yield _filled(found, ground)
        at = found.end()
    if at < len(wording):
        yield Piece(wording[at:])


def _filled(found: re.Match[str], ground: Ground) -> Piece:
    about = ground.subject
    if found["parts"]:
        return Piece(about.parts.get(found["id"], ""))
    if found["id"]:
        return _number(ground.told[found["id"]], ground.rounding)
    if found["rate"]:
        share = about.shares[found["rate"]]
        basis = f"{share.rate.name}：{share.rate.basis}"
        return Piece(share.told(found["side"]), address=share.address(found["side"]), basis=basis)
    words = {"who": about.who, "topic": f"“{about.topic}”"}
    return Piece(words.get(found["word"]) or _days(found["words"], ground.span, ground.on))


def _number(one: Told, rounding: str) -> Piece:
    return Piece(one.blank or written(one.value, rounding), one)


def _days(words: str | None, span: Span, on: date) -> str:
    """今年以来 only for the running year; other days by their name, so that no sentence claims a year it does not count."""
    whole = span.period is not None and span.period.kind == PeriodKind.YEAR and on.year == span.period.at_year
    return words if words and whole else span.label
