"""Identity numbers in what people write: found however they are spaced or typed, told apart from bank and credit numbers."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from datetime import date

# 18 digits, the last one possibly X; overlapping, because a number may stand behind another one.
_LONG = re.compile(r"(?<!\d)(?=([1-9](?:[\s-]?\d){16}[\s-]?[\dXx])(?!\d))")
# The 15 digits of before 1999, which many other numbers have as well: only where the words stand before them.
_OLD = re.compile(r"身份证[^\n]{0,10}?(?<!\d)([1-9](?:[\s-]?\d){14})(?!\d)")
_FIRST_YEAR, _LAST_YEAR = 1900, 2099
_GONE = "（身份证号已略去）"
REFUSAL, BASIS = "内容中有疑似18位身份证号。系统不登记身份证号和家庭信息，请删去后再保存。", "A4"


def id_numbers(text: str) -> Iterator[tuple[int, int]]:
    """Where identity numbers stand in the text, as places in its half-width form (`halved`)."""
    plain = halved(text)
    for found in _LONG.finditer(plain):
        if _born(re.sub(r"[\s-]", "", found[1])[6:14]):
            yield found.span(1)
    for old in _OLD.finditer(plain):
        yield old.span(1)


def halved(text: str) -> str:
    """Full-width digits and letters as half-width ones, character by character, so that places stay the same."""
    return "".join(half if len(half := unicodedata.normalize("NFKC", sign)) == 1 else sign for sign in text)


def _born(day: str) -> bool:
    """Whether eight digits are a day of birth; bank and credit numbers hardly ever hold one at that place."""
    try:
        return _FIRST_YEAR <= date(int(day[:4]), int(day[4:6]), int(day[6:])).year <= _LAST_YEAR
    except ValueError:
        return False


def without_id_numbers(text: str) -> str:
    """The text with every identity number left out, for a refused text that its writer must see again."""
    for first, last in sorted(id_numbers(text), reverse=True):
        text = text[:first] + _GONE + text[last:]
    return text
