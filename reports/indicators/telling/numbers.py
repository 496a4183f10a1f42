"""How a number is written in a sentence: exactly, or rounded by the writer's choice as 1200余 or 近1300. Only words change."""

from __future__ import annotations

from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from enum import StrEnum
from typing import Any

NONE = "—"  # nothing to take an average of
WAN = 10_000
SMALL = 10  # below it nobody rounds
DIGITS = 2  # that stay when a number is rounded: 1234 is 1200余, 56789 is 5.6万余


class Rounding(StrEnum):
    """How the writer wants the numbers."""

    EXACT = ""
    OVER = "over"
    NEAR = "near"


ROUNDINGS = ((Rounding.EXACT, "准确数"), (Rounding.OVER, "……余"), (Rounding.NEAR, "近……"))


def exact(value: Any) -> str:
    """The number as it is, with two places at most; a dash for none."""
    if value is None:
        return NONE
    number = Decimal(str(value))
    return str(int(number)) if number == number.to_integral_value() else f"{round(number, 2):f}".rstrip("0").rstrip(".")


def written(value: Any, rounding: str) -> str:
    """The number as the writer wants it; small, round and broken numbers stay exact."""
    if not rounding or value is None or Decimal(str(value)) != int(value) or value < SMALL:
        return exact(value)
    number = int(value)
    down, up = _to_leading(number, ROUND_FLOOR), _to_leading(number, ROUND_CEILING)
    if rounding == Rounding.OVER:
        return f"{_in_wan(down)}{'余' if down < number else ''}"
    return f"{'近' if up > number else ''}{_in_wan(up)}"


def _to_leading(number: int, way: str) -> int:
    """With two leading digits, one below a hundred."""
    places = max(len(str(number)) - DIGITS, 1)
    step = Decimal(10) ** places
    return int((number / step).to_integral_value(way) * step)


def _in_wan(number: int) -> str:
    return f"{exact(Decimal(number) / WAN)}万" if number >= WAN else str(number)


def change(value: Any, before: Any) -> str:
    """增加3, 减少2, 持平; nothing where one of both is missing."""
    if value is None or before is None:
        return ""
    difference = Decimal(str(value)) - Decimal(str(before))
    return f"{'增加' if difference > 0 else '减少'}{exact(abs(difference))}" if difference else "持平"
