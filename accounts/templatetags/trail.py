"""What happened to a record, as its page tells it: a row of edits by one person is one line that opens."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django import template

from accounts.calendar import local_day
from accounts.models import Event

register = template.Library()
EDITS = frozenset({"edit", "write", "assess"})  # verbs that write a text and change no state
LEAST = 3  # fewer take no more room than the line that folds them


@dataclass(frozen=True)
class Run:
    """Events that stand in one line: one event, or consecutive edits of one kind by one person."""

    events: list[Event]

    @property
    def first(self) -> Event:
        """The earliest, wherever the page begins."""
        return min(self.events, key=lambda event: event.at)

    @property
    def last(self) -> Event:
        """The latest."""
        return max(self.events, key=lambda event: event.at)

    @property
    def words(self) -> str:
        """修改报告5次; 编辑5次 where each edit has a name of its own."""
        labels = {event.label for event in self.events}
        return f"{self.first.label if len(labels) == 1 else '编辑'}{len(self.events)}次"

    @property
    def in_a_day(self) -> bool:
        """Whether the last was on the day of the first."""
        return local_day(self.first.at) == local_day(self.last.at)

    @property
    def in_a_minute(self) -> bool:
        """Whether both read the same on the page."""
        return self.first.at.replace(second=0, microsecond=0) == self.last.at.replace(second=0, microsecond=0)


@register.filter
def folded(events: Iterable[Event]) -> list[Run]:
    """The events in the order given, long rows of edits put together."""
    runs: list[Run] = []
    for key, group in groupby(events, key=_kind):
        rows = list(group)
        runs += [Run(rows)] if key is not None and len(rows) >= LEAST else [Run([row]) for row in rows]
    return runs


def _kind(event: Event) -> Any:
    """What consecutive edits must have in common; none for an event that is no edit."""
    if event.verb not in EDITS or (event.from_step and event.from_step != event.to_step):
        return None
    return event.verb, event.by_id, event.on_behalf_of_id, event.article, event.edition
