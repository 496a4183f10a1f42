"""Three states of every cell: as it was sent, as it came back, as it stands here now."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from supervision import rules
from supervision.cure.exchange.shape import EDITABLE, texts_of
from supervision.models import ExchangeReturn, RectificationItem

NEW, CHANGED, CONFLICT, LOCKED, SAME = "new", "changed", "conflict", "locked", "same"
WORDS = {NEW: "新填", CHANGED: "修改", CONFLICT: "冲突", LOCKED: "已锁定", SAME: "相同"}


@dataclass(frozen=True)
class Cell:
    """One field of one rectification. `key` carries a mark of what stands here, so that a later change is noticed."""

    item: Any
    field: str
    state: str
    sent: str
    came: str
    here: str
    reason: str = ""

    @property
    def label(self) -> str:
        """The heading."""
        return EDITABLE[self.field]

    @property
    def word(self) -> str:
        """The state in words."""
        return WORDS[self.state]

    @property
    def name(self) -> str:
        """Rectification and field."""
        return f"{self.item.pk}:{self.field}"

    @property
    def key(self) -> str:
        """What the page sends back for a chosen cell."""
        return f"{self.name}:{sha256(self.here.encode()).hexdigest()[:12]}"

    @property
    def may_import(self) -> bool:
        """Whether it can be chosen at all."""
        return self.state in (NEW, CHANGED, CONFLICT)


def compared(returned: ExchangeReturn) -> list[Cell]:
    """Every cell that says something, against the package and against today. A blank cell says nothing."""
    sent = {str(row["item"]): row for row in returned.package.content["rows"]}
    keys = [key for key in returned.content if key in sent]
    items = RectificationItem.objects.filter(pk__in=keys, problem__removed_at__isnull=True, organ_id=returned.organ_id)
    found: list[Cell] = []
    for item in items.select_related("problem").order_by("due_on", "pk"):
        found += _cells(item, sent[str(item.pk)], returned.content[str(item.pk)])
    return found


def _cells(item: RectificationItem, sent: Mapping[str, Any], came: Mapping[str, str]) -> list[Cell]:
    here, still_open = texts_of(item), rules.is_open(item)
    cells = []
    for name in EDITABLE:
        if text := came.get(name, ""):
            state = state_of(sent[name], text, here[name])
            if state != SAME and not still_open:
                state = LOCKED
            cells.append(
                Cell(item, name, state, sent[name], text, here[name], "" if still_open else still_open.sentence)
            )
    return cells


def state_of(sent: str, came: str, here: str) -> str:
    """New and changed touch nothing that was done here; a conflict would; same needs nothing."""
    if came in (here, sent, ""):
        return SAME
    if here != sent:
        return CONFLICT
    return CHANGED if sent else NEW
