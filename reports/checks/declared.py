"""What a standing check is: a few lines that name a silence or a contradiction, why it matters and how it is mended.

A check looks at records of organs, never at persons, and decides nothing: it shows what a person should look at.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date

from django.db.models import TextChoices

from accounts.digest import digest_of


class Gravity(TextChoices):
    """How pressing a hit is."""

    HIGH = "high", "严重"
    MIDDLE = "middle", "一般"
    LOW = "low", "提示"


@dataclass(frozen=True)
class Hit:
    """One finding of a check. `record` names what it is about, `text` says the contradiction, `link` is where it is mended."""

    organ_id: int
    text: str
    link: str
    record: str
    since: date | None = None
    state: str = ""  # what else the hit rests on; when it changes, an earlier clearance no longer holds

    @property
    def digest(self) -> str:
        """SM3 of what the hit says: the same record that says something else is another matter."""
        return digest_of({"text": self.text, "state": self.state})


Rows = Callable[[frozenset[int], date], Iterable[Hit]]


@dataclass(frozen=True)
class Check:
    """One standing check: `rows(organs, day)` gives its hits; `why` and `mend` are sentences for the office."""

    key: str
    label: str
    gravity: Gravity
    article: str
    why: str
    mend: str
    rows: Rows = field(compare=False)


CHECKS: dict[str, Check] = {}
MOST = 200  # hits of one check on one day; more than these are mended in earlier rounds
ORDER = list(Gravity)


def declare(*checks: Check) -> None:
    """Add checks of the product; each key once."""
    for one in checks:
        if one.key in CHECKS:
            raise ValueError(f"check declared twice: {one.key}")
        CHECKS[one.key] = one
