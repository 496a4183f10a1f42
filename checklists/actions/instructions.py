"""指示批示台账: measures, term, progress, bulletin, accountability, closing, look-back (A5.2)."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.db import transaction

from accounts.calendar import local_day
from accounts.models import Organ
from accounts.permissions import Permission, has
from accounts.workflow import Refused, move, record
from checklists.models import InstructionItem, InstructionLookBack, InstructionProgress
from checklists.states import InstructionStep


def may_keep(user: Any, organ_id: int) -> bool:
    """The organ that follows an instruction up keeps its entry; 党风政风监督室 keeps the ledger."""
    return has(user, Permission.DRAFT, organ_id) or has(user, Permission.COORDINATE, organ_id)


def _checked(item: InstructionItem, by: Any) -> InstructionItem:
    fresh = InstructionItem.objects.select_for_update().get(pk=item.pk)
    if not may_keep(by, fresh.organ_id):
        raise Refused("这件指示批示由跟进单位或党风政风监督室登记。", "A5.2")
    return fresh


@transaction.atomic
def save_instruction(
    item: InstructionItem | None, *, by: Any, at: datetime, organ: Organ | None = None, **values: Any
) -> InstructionItem:
    """Enter an instruction (`item` None, with its `organ`), or correct an open one. The term is obligatory.

    Raises `Refused` for strangers, for a closed entry, and where the term is before the day of receipt.
    """
    if item is None:
        item = InstructionItem(organ=organ, created_by=by)
        if not may_keep(by, organ.pk if organ else 0):
            raise Refused("这件指示批示由跟进单位或党风政风监督室登记。", "A5.2")
    else:
        item = _checked(item, by)
    if item.step == InstructionStep.CLOSED:
        raise Refused(f"“{item}”已办结，如需修改请先重新办理。", "A5.2")
    for name, value in values.items():
        setattr(item, name, value)
    if item.due_on < item.received_on:
        raise Refused("办结时限不能早于收到日期。", "A5.2")
    verb, label = ("edit", "修改") if item.pk else ("enter", "登记")
    item.save()
    record(item, verb, by=by, at=at, label=label, article="A5.2", to_step=item.step)
    return item


@transaction.atomic
def add_progress(item: InstructionItem, *, by: Any, at: datetime, reported_on: date, text: str) -> InstructionProgress:
    """动态跟踪: one dated entry. Raises `Refused` for a day to come, an empty text, a closed item."""
    fresh = _checked(item, by)
    if fresh.step == InstructionStep.CLOSED:
        raise Refused(f"“{fresh}”已办结，不能再记进展。", "A5.2")
    _not_to_come(reported_on, at, "进展日期")
    if not text.strip():
        raise Refused("请写明进展情况。", "A5.2")
    entry = InstructionProgress.objects.create(item=fresh, reported_on=reported_on, text=text.strip(), by=by)
    record(fresh, "progress", by=by, at=at, label="记进展", note=entry.text, article="A5.2")
    return entry


def _not_to_come(day: date, at: datetime, word: str) -> None:
    if day > local_day(at):
        raise Refused(f"{word}不能晚于今天。", "A5.2")


@transaction.atomic
def close_instruction(item: InstructionItem, *, by: Any, at: datetime, closed_on: date) -> InstructionItem:
    """限期办结. Raises `Refused` without measures or progress, and for a day to come or before receipt."""
    _not_to_come(closed_on, at, "办结日期")
    if closed_on < item.received_on:
        raise Refused("办结日期不能早于收到日期。", "A5.2")
    move(item, "close", by=by, at=at, along={"closed_on": closed_on})
    return item


@transaction.atomic
def reopen_instruction(item: InstructionItem, *, by: Any, at: datetime, reason: str) -> InstructionItem:
    """A look-back found it unfinished: it is open again, with the reason. Raises `Refused`."""
    if not reason.strip():
        raise Refused("请写明重新办理的理由。", "A5.2")
    move(item, "reopen", by=by, at=at, note=reason.strip(), along={"closed_on": None})
    return item


@transaction.atomic
def look_back(item: InstructionItem, *, by: Any, at: datetime, held_on: date, result: str) -> InstructionLookBack:
    """“回头看”, numbered round by round. Raises `Refused`."""
    fresh = _checked(item, by)
    _not_to_come(held_on, at, "“回头看”日期")
    if not result.strip():
        raise Refused("请写明“回头看”结果。", "A5.2")
    number = fresh.look_backs.count() + 1
    entry = InstructionLookBack.objects.create(
        item=fresh, round_no=number, held_on=held_on, result=result.strip(), by=by
    )
    record(fresh, "look_back", by=by, at=at, label=f"第{number}次“回头看”", note=entry.result, article="A5.2")
    return entry


@transaction.atomic
def note_bulletin(
    item: InstructionItem, *, by: Any, at: datetime, notified_on: date, accountability: str = ""
) -> InstructionItem:
    """定期通报、督查问责: the day of the bulletin, and what was held against whom, in words. Raises `Refused`."""
    fresh = _checked(item, by)
    if not has(by, Permission.COORDINATE, fresh.organ_id):
        raise Refused("通报由党风政风监督室登记。", "A5.2")
    _not_to_come(notified_on, at, "通报日期")
    fresh.notified_on = notified_on
    fresh.accountability = accountability.strip() or fresh.accountability
    fresh.save()
    record(fresh, "bulletin", by=by, at=at, label="登记通报", note=accountability.strip(), article="A5.2")
    return fresh
