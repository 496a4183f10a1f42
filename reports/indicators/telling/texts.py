"""The sentences of the office's work reports in which numbers stand, each number a mark: {I3-5}, {period|今年以来}.

Marks: `{I3-5}` a number, `{I3-14.parts}` its parts in brackets; `{case_analysis_rate}` a share, with `.part` and `.whole` its two
numbers; `{who}` whose numbers they are; `{period|words}` the days; `{topic|words}` the words, or the topic that was chosen.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Any

SHIPPED = Path(__file__).with_name("sources")
MARK = re.compile(
    r"\{(?:(?P<id>I\d-\d+)(?P<parts>\.parts)?|(?P<word>period|topic|who)(?:\|(?P<words>[^}]+))?"
    r"|(?P<rate>[a-z][a-z0-9_]*)(?:\.(?P<side>part|whole))?)\}"
)
KEYS = ("000", "001", "003", "004")


class Whose(StrEnum):
    """Whose numbers a text tells, which decides what its sentences may say."""

    COUNTY = "county"  # the whole county
    SOME = "some"  # several organs, not all
    GROUP = "group"  # one stationed group
    ORGAN = "organ"  # one organ of another kind


@dataclass(frozen=True)
class Sentence:
    """A sentence, or a run of one. It is told of `whose`, and only with or without a chosen topic where `topic` says so.

    What claims to be whole names the shares that must be: with less than all of them the text is `part`, with nothing to
    have a share of it is `none`.
    """

    text: str
    whose: frozenset[Whose] = frozenset(Whose)
    topic: bool | None = None
    of: tuple[str, ...] = ()
    part: str = ""
    none: str = ""

    @property
    def wordings(self) -> tuple[str, ...]:
        """Everything that it may say."""
        return tuple(one for one in (self.text, self.part, self.none) if one)


@dataclass(frozen=True)
class Part:
    """One paragraph under its heading, sentence by sentence."""

    heading: str
    sentences: tuple[Sentence, ...]


@dataclass(frozen=True)
class RuleLine:
    """A line of the regulation that names a number, with the indicator that shows how it is kept."""

    id: str
    article: str
    text: str


@dataclass(frozen=True)
class Source:
    """One text: sentences with marks, or lines of the regulation. `titles` are those that another `Whose` has."""

    key: str
    title: str
    tab: str
    parts: tuple[Part, ...] = ()
    rules: tuple[RuleLine, ...] = ()
    titles: Mapping[str, str] = field(default_factory=dict)

    def ids(self) -> list[str]:
        """The indicators in the order of the text, each once."""
        return list(
            dict.fromkeys([*(rule.id for rule in self.rules), *(one["id"] for one in self._marks() if one["id"])])
        )

    def rates(self) -> list[str]:
        """The shares that its sentences name or depend on, each once."""
        named = (one["rate"] for one in self._marks() if one["rate"])
        return list(dict.fromkeys([*(key for one in self._sentences() for key in one.of), *named]))

    def divided(self) -> list[str]:
        """The indicators whose parts are named."""
        return [one["id"] for one in self._marks() if one["parts"]]

    def title_of(self, whose: Whose) -> str:
        """As it stands over the text."""
        return self.titles.get(whose, self.title)

    def _sentences(self) -> Iterator[Sentence]:
        return (sentence for part in self.parts for sentence in part.sentences)

    def _marks(self) -> Iterator[re.Match[str]]:
        return (found for one in self._sentences() for wording in one.wordings for found in MARK.finditer(wording))


def read_source(key: str) -> Source:
    """One text as it was shipped."""
    data = tomllib.loads(SHIPPED.joinpath(f"{key}.toml").read_text(encoding="utf-8"))
    parts = tuple(
        Part(one.get("heading", ""), tuple(map(_sentence, one["sentences"]))) for one in data.get("parts", ())
    )
    rules = tuple(RuleLine(**one) for one in data.get("rules", ()))
    return Source(key, data["title"], data["tab"], parts, rules, data.get("titles", {}))


def _sentence(written: str | dict[str, Any]) -> Sentence:
    if isinstance(written, str):
        return Sentence(written)
    whose = frozenset(map(Whose, written.pop("for", list(Whose))))
    return Sentence(**{**written, "whose": whose, "of": tuple(written.get("of", ()))})


SOURCES: dict[str, Source] = {key: read_source(key) for key in KEYS}
