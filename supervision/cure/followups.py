"""What the page offers once a failure of rectification is named: 督办函, 问责. A person decides; nothing starts by itself."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from accounts.permissions import Permission, has
from supervision.models import RectificationItem


@dataclass(frozen=True)
class FollowUp:
    """One thing that may follow: its name, where it starts (empty where it is done on paper), and its article."""

    label: str
    link: str = ""
    article: str = "A9.8c"


FOLLOW_UPS: list[Callable[[RectificationItem, Any], FollowUp | None]] = []


def _letter(item: RectificationItem, user: Any) -> FollowUp | None:
    """督办函 about the problem, for whoever drafts for its organ."""
    if not has(user, Permission.DRAFT, item.organ_id):
        return None
    address = f"{reverse('supervision:document_new')}?kind=supervision_letter&problem={item.problem_id}"
    return FollowUp("起草督办函", address)


def _accountability(item: RectificationItem, user: Any) -> FollowUp | None:
    """启动问责: for the organ's people and the head of 党风政风监督室."""
    if not (has(user, Permission.DRAFT, item.organ_id) or has(user, Permission.DIRECT, item.organ_id)):
        return None
    return FollowUp("登记启动问责", reverse("supervision:accountability_new", args=[item.problem_id]), "A9.7f")


FOLLOW_UPS += [_letter, _accountability]


def follow_ups(item: RectificationItem, user: Any) -> list[FollowUp]:
    """What every room offers for this item; nothing where no failure was named."""
    if not item.failure_kind:
        return []
    return [found for offer in FOLLOW_UPS if (found := offer(item, user)) is not None]
