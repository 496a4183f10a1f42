"""Figures inside a text: a mark while it is drafted, a number with its change when it is read; typed numbers that disagree.

A stored text says `{{problems_found}}` and `{{problems_found:change}}`. Nothing is copied into it before it is signed,
so what the ledger says tomorrow is what the draft says tomorrow.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any

from reports.counting.catalogue import FIGURES

TOKEN = re.compile(r"\{\{(\w+?)(:change)?\}\}")
YUAN = "元"
WAN = Decimal(10_000)
# Words by which people call a figure when they type it themselves, beside its own name.
ALIASES: dict[str, tuple[str, ...]] = {
    "problems_found": ("发现各类问题", "发现的问题"),
    "problems_on_spot": ("立行立改",),
    "problems_grave": ("突出重大问题",),
    "rectification_issued": ("交办问题", "交办整改"),
    "rectification_closed": ("完成销号", "已销号", "销号"),
    "rectification_open": ("未销号问题", "未销号"),
    "rectification_overdue": ("逾期未销号", "逾期问题"),
    "activities": ("开展监督检查",),
    "clues": ("问题线索", "移交问题线索", "移送线索", "移交线索"),
    "accountable_persons": ("问责干部", "问责党员干部"),
    "dispositions_1": ("第一种形态",),
    "dispositions_2": ("第二种形态",),
    "dispositions_3": ("第三种形态",),
    "dispositions_4": ("第四种形态",),
    "losses_recovered": ("挽回损失",),
    "institutions": ("完善制度", "建立完善制度", "建立健全制度", "制定制度", "健全制度", "建章立制"),
}
BETWEEN = r"[^，。；、：（）\n\d{}]{0,3}?"  # "发现问题共28个"; never over a comma into the next figure
NUMBER = r"(\d[\d,]*(?:\.\d+)?)"


Frozen = Mapping[str, Mapping[str, Any]]


def number_of(value: Any) -> Decimal:
    """A figure as kept (text of an integer or of 元) as a number; nonsense is zero."""
    try:
        return Decimal(str(value))
    except InvalidOperation:
        return Decimal(0)


def amount(value: Decimal, unit: str) -> str:
    """A number with its unit; 元 from ten thousand on in 万元, two places at most."""
    if unit == YUAN and abs(value) >= WAN:
        return f"{_plain(round(value / WAN, 2))}万元"
    return f"{_plain(value)}{unit}"


def _plain(value: Decimal) -> str:
    return f"{value:f}".rstrip("0").rstrip(".") if value % 1 else f"{int(value)}"


def value_words(key: str, kept: Mapping[str, Any]) -> str:
    """27个."""
    return amount(number_of(kept["value"]), FIGURES[key].unit)


def change_words(key: str, kept: Mapping[str, Any]) -> str:
    """较上季度增加3个, 较上季度减少2个, 与上季度持平."""
    difference = number_of(kept["value"]) - number_of(kept["before"])
    if not difference:
        return "与上季度持平"
    return f"较上季度{'增加' if difference > 0 else '减少'}{amount(abs(difference), FIGURES[key].unit)}"


def words(key: str, change: bool, figures: Frozen) -> str:
    """What stands for one mark; an unknown one stays as it was typed, so that nobody loses words."""
    if key not in FIGURES or key not in figures:
        return f"{{{{{key}{':change' if change else ''}}}}}"
    return (change_words if change else value_words)(key, figures[key])


def render(text: str, figures: Frozen) -> str:
    """The text as it will be signed, every mark written out."""
    return TOKEN.sub(lambda found: words(found[1], bool(found[2]), figures), text)


@dataclass(frozen=True)
class Mismatch:
    """A typed number that disagrees with the ledger: where it stands in the stored text, and what the ledger says."""

    key: str
    typed: str
    ledger: str
    start: int
    end: int

    @property
    def sentence(self) -> str:
        """The mark's words."""
        return f"文中“{FIGURES[self.key].label}”{self.typed}与台账{self.ledger}不一致"

    @property
    def mark(self) -> str:
        """What the button that mends it sends: the figure and the number as typed."""
        return f"{self.key}:{self.typed}"


def mismatches(text: str, figures: Frozen) -> list[Mismatch]:
    """Typed numbers right behind the name of a figure, with its unit, that are not the figure; in order of the text.

    Longer names are read first, so that 立行立改问题 is never taken for 问题. A number that was changed for a word
    (余, 近) is a number still: the writer decides, the mark only says so.
    """
    taken: list[tuple[int, int]] = []
    found = []
    for name, key in _names(figures):
        for hit in re.finditer(f"(?<!未)(?<!方面){re.escape(name)}{BETWEEN}{NUMBER}({_units(key)})", text):
            if any(start < hit.end() and hit.start() < end for start, end in taken):
                continue
            taken.append(hit.span())
            if not _agrees(key, hit[1], hit[2], figures[key]):
                found.append(Mismatch(key, hit[1] + hit[2], value_words(key, figures[key]), hit.start(1), hit.end(2)))
    return sorted(found, key=lambda one: one.start)


def _names(figures: Frozen) -> list[tuple[str, str]]:
    pairs = [(name, key) for key in figures if key in FIGURES for name in (FIGURES[key].label, *ALIASES.get(key, ()))]
    return sorted(pairs, key=lambda pair: -len(pair[0]))


def _units(key: str) -> str:
    unit = FIGURES[key].unit
    return "万元|元" if unit == YUAN else re.escape(unit)


def _agrees(key: str, typed: str, unit: str, kept: Mapping[str, Any]) -> bool:
    value, said = number_of(kept["value"]), number_of(typed.replace(",", ""))
    if unit == "万元":
        return said == round(value / WAN, 2)
    return said == value


def mended(text: str, mark: str, figures: Frozen) -> str:
    """The text with a typed number replaced by the live figure: 改为台账数."""
    for one in reversed(mismatches(text, figures)):
        if one.mark == mark:
            text = f"{text[: one.start]}{{{{{one.key}}}}}{text[one.end :]}"
    return text


def pieces(text: str, figures: Frozen, *, checked: bool = True) -> Iterator[dict[str, Any]]:
    """The text for a page: runs of words, figures that open their records, typed numbers that disagree.

    Not `checked` where the numbers speak of somebody else: an organ's words inside the county's draft.
    """
    spots: list[tuple[int, int, dict[str, Any]]] = [
        (one.start, one.end, {"kind": "typed", "text": one.typed, "note": one.sentence})
        for one in (mismatches(text, figures) if checked else ())
    ]
    for hit in TOKEN.finditer(text):
        known = hit[1] in FIGURES and hit[1] in figures
        kind = "figure" if known else "words"
        spots.append(
            (hit.start(), hit.end(), {"kind": kind, "key": hit[1], "text": words(hit[1], bool(hit[2]), figures)})
        )
    at = 0
    for start, end, piece in sorted(spots, key=lambda spot: spot[0]):
        if start > at:
            yield {"kind": "words", "text": text[at:start]}
        yield piece
        at = end
    if at < len(text):
        yield {"kind": "words", "text": text[at:]}
