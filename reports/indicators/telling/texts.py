"""The sentences of the office's work reports in which numbers stand, each number a mark: {I3-5}, {period|今年以来}."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

SHIPPED = Path(__file__).with_name("sources")
MARK = re.compile(r"\{(?P<id>I\d-\d+)\}|\{period(?:\|(?P<words>[^}]+))?\}")
KEYS = ("000", "001", "003", "004")


@dataclass(frozen=True)
class Part:
    """One paragraph under its heading, sentence by sentence."""

    heading: str
    sentences: tuple[str, ...]


@dataclass(frozen=True)
class RuleLine:
    """A line of the regulation that names a number, with the indicator that shows how it is kept."""

    id: str
    article: str
    text: str


@dataclass(frozen=True)
class Source:
    """One text: sentences with marks, or lines of the regulation."""

    key: str
    title: str
    tab: str
    parts: tuple[Part, ...] = ()
    rules: tuple[RuleLine, ...] = ()

    def ids(self) -> list[str]:
        """The indicators in the order of the text."""
        return [*(rule.id for rule in self.rules), *self._marked()]

    def _marked(self) -> Iterator[str]:
        for part in self.parts:
            for sentence in part.sentences:
                yield from (found["id"] for found in MARK.finditer(sentence) if found["id"])


def read_source(key: str) -> Source:
    """One text as it was shipped."""
    data = tomllib.loads(SHIPPED.joinpath(f"{key}.toml").read_text(encoding="utf-8"))
    parts = tuple(Part(one.get("heading", ""), tuple(one["sentences"])) for one in data.get("parts", ()))
    rules = tuple(RuleLine(**one) for one in data.get("rules", ()))
    return Source(key, data["title"], data["tab"], parts, rules)


SOURCES: dict[str, Source] = {key: read_source(key) for key in KEYS}
