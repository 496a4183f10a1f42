"""From frozen values to points: exact fractions, rounded once to two places half up. Knows no database, so it can be repeated.

`relative`: weight x value / highest value of the peer group; where the highest is 0 the indicator is 不参与, 0 points for
all of the group, and its weight is not handed to the others. `banded`: the points of the highest band that is reached.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from typing import Any

from reports.evaluation.indicators import NAMES, PARTS
from reports.evaluation.states import Adjuster, Method

CENT = Decimal("0.01")


@dataclass(frozen=True)
class Measure:
    """One thing that is scored: an indicator, or one half of E-1 where the scheme splits it."""

    key: str
    indicator: str
    weight: Decimal
    parts: tuple[str, ...]


@dataclass(frozen=True)
class Line:
    """What is scored of one organ: its peer group, what its values are divided by (None: nothing), its frozen values."""

    group: str
    size: int | None
    values: Mapping[str, Mapping[str, Mapping[str, Any]]]


@dataclass(frozen=True)
class Score:
    """Points per indicator, None where it is 不参与; values after division, by measure; the sum of the points."""

    points: dict[str, Decimal | None]
    adjusted: dict[str, Decimal]
    subtotal: Decimal


def rounded(value: Fraction) -> Decimal:
    """Two places, ROUND_HALF_UP, decided on the exact fraction."""
    hundredfold = value * 100
    whole, rest = divmod(abs(hundredfold.numerator), hundredfold.denominator)
    cents = whole + (1 if 2 * rest >= hundredfold.denominator else 0)
    return (Decimal(cents if value >= 0 else -cents) / 100).quantize(CENT, ROUND_HALF_UP)


def measures(scheme: Any) -> list[Measure]:
    """What a scheme scores."""
    found = []
    for key in NAMES:
        weight = Decimal(scheme.weights.get(key, "0"))
        if key == "E-1" and scheme.is_split:
            found += [Measure("E-1.found", key, Decimal(scheme.found_weight), ("found",)),
                      Measure("E-1.solved", key, Decimal(scheme.solved_weight), ("solved",))]  # fmt: skip
        else:
            found.append(Measure(key, key, weight, tuple(part.key for part in PARTS[key] if part.scored)))
    return found


def raw(line: Line, measure: Measure) -> Fraction:
    """The value before division."""
    parts = line.values.get(measure.indicator, {})
    return sum((Fraction(str(parts[key]["value"])) for key in measure.parts if key in parts), Fraction(0))


def divided(line: Line, measure: Measure) -> Fraction:
    """The value that is scored."""
    value = raw(line, measure)
    return value / line.size if line.size else value


def maxima(scheme: Any, lines: Sequence[Line]) -> dict[tuple[str, str], Fraction]:
    """(peer group, measure) -> the highest value."""
    highest: dict[tuple[str, str], Fraction] = {}
    for line in lines:
        for one in measures(scheme):
            place = (line.group, one.key)
            highest[place] = max(highest.get(place, Fraction(0)), divided(line, one))
    return highest


def score(scheme: Any, lines: Sequence[Line]) -> list[Score]:
    """The scores of all lines, in order."""
    highest = maxima(scheme, lines)
    return [_score(scheme, line, highest) for line in lines]


def _score(scheme: Any, line: Line, highest: Mapping[tuple[str, str], Fraction]) -> Score:
    points: dict[str, Fraction | None] = dict.fromkeys(NAMES)
    for one in measures(scheme):
        got = _points(scheme, one, divided(line, one), highest[line.group, one.key])
        if got is not None:
            points[one.indicator] = (points[one.indicator] or Fraction(0)) + got
    given = {key: None if value is None else rounded(value) for key, value in points.items()}
    adjusted = {one.key: rounded(divided(line, one)) for one in measures(scheme)}
    return Score(given, adjusted, sum((value for value in given.values() if value is not None), Decimal("0.00")))


def _points(scheme: Any, measure: Measure, value: Fraction, highest: Fraction) -> Fraction | None:
    if scheme.method == Method.BANDED:
        reached = [
            Fraction(points) for least, points in scheme.bands.get(measure.indicator, ()) if value >= Fraction(least)
        ]
        return max(reached, default=Fraction(0))
    return Fraction(measure.weight) * value / highest if highest else None


def ranks(groups: Sequence[str], totals: Sequence[Decimal]) -> list[int]:
    """组内位次: one more than the number of higher totals in the group; equal totals share it."""
    pairs = list(zip(groups, totals, strict=True))
    return [1 + sum(1 for group, total in pairs if group == mine and total > own) for mine, own in pairs]


def divides(scheme: Any) -> bool:
    """Whether values are divided by a size."""
    return scheme.adjuster != Adjuster.NONE
