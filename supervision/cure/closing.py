"""销号 in rounds: asked, checked, decided; each round with who and why (A9.8b)."""

from __future__ import annotations

from dataclasses import dataclass, field

from accounts.models import Event
from supervision.models import RectificationItem

ASKED, CHECKED, ENDED = {"submit"}, {"verify"}, {"close", "return", "fail_check"}


@dataclass
class ClosingRound:
    """One round of 销号. `ended` is None while it waits."""

    number: int
    asked: Event
    checked: Event | None = None
    ended: Event | None = None
    events: list[Event] = field(default_factory=list)


def closing_rounds(item: RectificationItem) -> list[ClosingRound]:
    """Every round so far, oldest first."""
    rows = Event.objects.of(item).filter(verb__in=ASKED | CHECKED | ENDED).select_related("by").order_by("pk")
    rounds: list[ClosingRound] = []
    for event in rows:
        if event.verb in ASKED:
            rounds.append(ClosingRound(len(rounds) + 1, event))
        if not rounds:
            continue
        rounds[-1].events.append(event)
        if event.verb in CHECKED:
            rounds[-1].checked = event
        elif event.verb in ENDED:
            rounds[-1].ended = event
    return rounds
