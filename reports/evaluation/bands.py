"""Bands as the office types them: one line each, “数值=得分”, both plain numbers that a person can check (A10.5a)."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from decimal import Decimal

PLAIN = re.compile(r"[0-9]{1,12}(\.[0-9]{1,2})?")
SHAPE = "请写成“数值=得分”，如“5=10”，数字最多12位整数、2位小数"


def is_plain(text: str) -> bool:
    """Digits with at most one point: no sign, no exponent, nothing that is infinite or no number at all."""
    return PLAIN.fullmatch(text) is not None


def read(text: str) -> list[list[str]]:
    """The lines of a text as [from value, points]; full-width digits and signs are taken as typed by hand.

    Raises `ValueError` with a sentence that names the first line that cannot be read.
    """
    found = []
    for number, line in enumerate(unicodedata.normalize("NFKC", text).splitlines(), 1):
        if not line.strip():
            continue
        pair = [word.strip() for word in line.split("=")]
        if len(pair) != 2 or not all(is_plain(word) for word in pair):
            raise ValueError(f"第{number}行“{line.strip()[:30]}”不能识别，{SHAPE}。")
        found.append(pair)
    return found


def fault(bands: Sequence[Sequence[str]], weight: Decimal) -> str:
    """What is wrong with the bands of an indicator of this weight: names the band, empty where nothing is."""
    before: tuple[Decimal, Decimal] | None = None
    for number, (least, points) in enumerate(bands, 1):
        said = f"第{number}档“{str(least)[:20]}={str(points)[:20]}”"
        if not (is_plain(str(least)) and is_plain(str(points))):
            return f"{said}不能识别，{SHAPE}。"
        now = Decimal(least), Decimal(points)
        if now[1] > weight:
            return f"{said}的得分应在0至{weight.normalize():f}分之间，请改正。"
        if before is not None and now[0] <= before[0]:
            return f"{said}的数值应大于上一档，请由低到高填写。"
        if before is not None and now[1] < before[1]:
            return f"{said}的得分不应低于上一档，请改正。"
        before = now
    return ""
