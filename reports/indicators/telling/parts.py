"""One number divided by its own field, such as the rank of the officials: the parts in words (I3-5, I3-14)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from reports.counting.catalogue import FIGURES, Scope
from reports.indicators.indicator import Indicator
from reports.indicators.telling.numbers import exact

UNSET = "未填"


@dataclass(frozen=True)
class Parts:
    """What the number is divided by, its parts in words, and a sentence where they are not the number together."""

    heading: str
    rows: tuple[tuple[str, str], ...]
    sentence: str = ""


def in_words(parts: Parts | None, unit: str) -> str:
    """（正处级1名、职级未填2名）, as a sentence names them after the number; empty where there is nothing to divide.

    Where every part is 未填 the brackets would only say that nobody filled it in: no words for a report.
    """
    if parts is None or all(name == UNSET for name, _ in parts.rows):
        return ""
    each = (f"{parts.heading}未填" if name == UNSET else name for name, _ in parts.rows)
    told = (f"{name}{number}{unit}" for name, (_, number) in zip(each, parts.rows, strict=True))
    return f"（{'、'.join(told)}）"


def parts_of(one: Indicator, scope: Scope, value: Any) -> Parts | None:
    """The parts, the largest first; None where the indicator is not divided, or has nothing to divide."""
    if not one.split or not one.is_known(scope):
        return None
    entry = _field(FIGURES[one.figure].rows(scope).model, one.split)
    words: Mapping[Any, Any] = dict(entry.flatchoices)
    found = sorted(one.parts(scope).items(), key=lambda part: (-part[1], str(part[0])))
    if not found:
        return None
    rows = tuple((str(words.get(key, key) or UNSET), exact(number)) for key, number in found)
    together = sum(number for _, number in found)
    sentence = "" if together == value else "同一人分属两类以上的，各类分别计入，总数只计一次。"
    return Parts(str(entry.verbose_name), rows, sentence)


def _field(model: Any, path: str) -> Any:
    """The field at the end of a path."""
    *through, last = path.split("__")
    for name in through:
        model = model._meta.get_field(name).related_model
    return model._meta.get_field(last)
