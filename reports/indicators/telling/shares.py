"""Shares inside a sentence: a claim to be whole is told only where its share is whole."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from reports.counting.catalogue import FIGURES, Scope
from reports.indicators.rate import RATES, Rate
from reports.indicators.telling.numbers import exact
from reports.indicators.telling.reading import list_of


@dataclass(frozen=True)
class Share:
    """A rate as it stands: what it is of, and of how many. Without `whole` it is a plain count. `lists` are those behind both."""

    rate: Rate
    part: Any
    whole: Any
    lists: tuple[str, str] = ("", "")

    @property
    def is_none(self) -> bool:
        """Whether there is nothing to have a share of."""
        return not self.whole

    @property
    def is_whole(self) -> bool:
        """Whether nothing is missing; compared as numbers, for 1999 of 2000 rounds to 100%."""
        return bool(self.whole) and self.part >= self.whole

    def told(self, side: str | None = None) -> str:
        """62.5%, or one of its two numbers."""
        if side:
            return exact(self.part if side == "part" else self.whole)
        value = self.rate.of_numbers(self.part, self.whole)
        return exact(value) + (self.rate.unit if value is not None and self.rate.unit == "%" else "")

    def address(self, side: str | None = None) -> str:
        """The list behind what is told: of the share itself, what it is a share of."""
        return self.lists[0] if side == "part" else self.lists[1]


def shares_of(keys: Iterable[str], scope: Scope, organ: int | None = None) -> Mapping[str, Share]:
    """The shares that a text names."""
    return {key: _share(RATES[key], scope, organ) for key in keys}


def _share(rate: Rate, scope: Scope, organ: int | None) -> Share:
    lists = tuple(list_of(keys[0], scope, organ) if keys[0] in FIGURES else "" for keys in (rate.of, rate.ground))
    return Share(rate, *rate.numbers(scope), (lists[0], lists[1]))
