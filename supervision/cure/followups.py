"""What the page offers once a failure of rectification is named: 督办函, 问责. A person decides; nothing starts by itself.

Rooms that can prepare such a paper append to `FOLLOW_UPS`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from supervision.models import RectificationItem


@dataclass(frozen=True)
class FollowUp:
    """One thing that may follow: its name, where it starts (empty where it is done on paper), and its article."""

    label: str
    link: str = ""
    article: str = "A9.8c"


FOLLOW_UPS: list[Callable[[RectificationItem, Any], FollowUp | None]] = []


def follow_ups(item: RectificationItem, user: Any) -> list[FollowUp]:
    """What every room offers for this item; nothing where no failure was named."""
    if not item.failure_kind:
        return []
    return [found for offer in FOLLOW_UPS if (found := offer(item, user)) is not None]
