"""Matches what stands in the sheet with the organ's own tasks and units. Never guesses: near names are offered."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from difflib import SequenceMatcher

from accounts.sheets.texts import squash

from .shapes import Directory

_NEAR = 0.55
_SEVERAL = re.compile(r"[、,，;；/\n]|(?<=\S)\s+(?=\S)|和|及")


@dataclass(frozen=True)
class Names:
    """The proper names of one kind, found by any wording that squashes to the same text."""

    by_squashed: dict[str, str]

    @classmethod
    def of(cls, names: Iterable[str], aliases: dict[str, str]) -> "Names":
        known = {squash(name): name for name in names}
        proper = set(known.values())
        explained = {squash(alias): name for alias, name in aliases.items() if name in proper}
        return cls({**explained, **known})

    def find(self, text: str) -> str | None:
        """The proper name written as ``text``, None when no name squashes to the same."""
        return self.by_squashed.get(squash(text))

    def near(self, text: str, limit: int = 3) -> tuple[str, ...]:
        """Up to three proper names that look like the text, nearest first."""
        wanted = squash(text)
        scored = {name: self._likeness(wanted, squashed) for squashed, name in self.by_squashed.items()}
        ranked = sorted((name for name, score in scored.items() if score >= _NEAR), key=lambda name: -scored[name])
        return tuple(ranked[:limit])

    @staticmethod
    def _likeness(wanted: str, squashed: str) -> float:
        if not wanted or not squashed:
            return 0.0
        if len(wanted) >= 3 and (wanted in squashed or squashed in wanted):
            return 0.9 + min(len(wanted), len(squashed)) / max(len(wanted), len(squashed)) / 10
        return SequenceMatcher(None, wanted, squashed, autojunk=False).ratio()

    def several(self, text: str) -> tuple[str, ...]:
        """The proper names when a cell lists two or more of them, else nothing."""
        parts = [part for part in _SEVERAL.split(text) if part.strip()]
        found = [name for name in map(self.find, parts) if name]
        return tuple(found) if len(found) > 1 and len(found) == len(parts) else ()


@dataclass(frozen=True)
class Phonebook:
    """Tasks and units of the organ for which a sheet is read."""

    directory: Directory
    tasks: Names
    units: Names

    @classmethod
    def of(cls, directory: Directory) -> "Phonebook":
        return cls(
            directory,
            Names.of(directory.tasks, directory.aliases),
            Names.of(directory.units, directory.aliases),
        )

    def why_no_unit(self, text: str) -> str:
        """Why a text names no unit of the organ, and what to do."""
        if listed := self.units.several(text):
            return f"写了{len(listed)}个单位，一行只能登记一个被监督单位，请分行填写"
        return f"不是{self.directory.organ}的被监督单位{self._offer(self.units.near(text), '单位名称')}"

    def why_no_task(self, text: str) -> str:
        """Why a text names no task of the organ's year, and what to do."""
        return (
            f"不在{self.directory.organ}{self.directory.year}年的监督任务中"
            f"{self._offer(self.tasks.near(text), '任务名称，或者先把它列入年度清单')}"
        )

    @staticmethod
    def _offer(near: tuple[str, ...], otherwise: str) -> str:
        if near:
            return "。是否为" + "、".join(f"“{name}”" for name in near) + "？请选择或改正"
        return f"。请核对{otherwise}"
