"""What follows from what was typed: nobody types a thing twice."""

from __future__ import annotations

from collections.abc import Set
from datetime import timedelta
from typing import Any

from accounts.calendar import local_day
from ledgers.deadlines import IMMEDIATE_HOURS, OPINION_DAYS


def talk_takes_unit(record: Any, written: Set[str]) -> None:
    """A talk is about the unit in which the person worked when it was entered."""
    if "official" in written or record.unit_id is None:
        record.unit = record.official.unit


def opinion_takes_term(record: Any, written: Set[str]) -> None:
    """The term of a reply, counted from the day after receipt; a term that the requester names is kept."""
    if record.reply_due_on is None:
        record.reply_due_on = record.received_on + timedelta(days=OPINION_DAYS.on(record.received_on))


def report_takes_hours(record: Any, written: Set[str]) -> None:
    """The hours for 即时报备 that hold on the day of the event; a later rule does not alter them (A13)."""
    record.hours_allowed = IMMEDIATE_HOURS.on(local_day(record.event_at))


def own_work(record: Any, written: Set[str]) -> None:
    """Cases, rules and money count for the organ that enters them, unless it names another."""
    for name in ("handled_by_id", "promoted_by_id"):
        if hasattr(record, name) and getattr(record, name) is None:
            setattr(record, name, record.organ_id)
