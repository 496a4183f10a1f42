"""The draw itself: weighted, without replacement, and the same for everybody who has the seed and the population."""

from __future__ import annotations

import hashlib
import math
from collections.abc import Sequence


def draw(population: Sequence[Sequence[int]], size: int, seed: str) -> list[int]:
    """`size` keys out of (key, weight) pairs, a heavier one the likelier; the order of the population does not matter.

    Each key gets the number -ln(u) / weight, where u in (0, 1) comes from SHA-256 of seed and key; the smallest win
    (Efraimidis and Spirakis 2006). No generator of any library is involved, so a later version draws the same.
    """
    marks = sorted((-math.log(_unit(seed, key)) / weight, key) for key, weight in population if weight > 0)
    return [key for _, key in marks[:size]]


def _unit(seed: str, key: int) -> float:
    number = int.from_bytes(hashlib.sha256(f"{seed}:{key}".encode()).digest()[:6], "big")
    return (number + 0.5) / 2**48
