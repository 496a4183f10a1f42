"""问题线索移送: reference and state; what a clue says is opened one by one, with a reason, on record (A9.7g, AMB-10)."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.urls import reverse

from accounts.calendar import local_day
from accounts.models import Organ
from accounts.notifications import staff_of, told_by
from accounts.permissions import Permission, has
from accounts.workflow import Refused, record
from supervision.models import Clue, ClueOpening, Problem
from supervision.reporting.clues import RECEIVER_NAME, receivers
from supervision.rules import is_text


def clue_url(clue: Clue) -> str:
    """Where a clue's reference is read."""
    return reverse("supervision:clue", args=[clue.pk])


def may_open(user: Any, clue: Clue) -> bool:
    """Who may see what is sealed: who handed it over, who received it, the holders of the restricted right (section 6)."""
    received = has(user, Permission.DRAFT, clue.receiver_id)
    return clue.created_by_id == user.pk or received or has(user, Permission.READ_RESTRICTED, clue.organ_id)


@transaction.atomic
def transfer_clue(
    organ: Organ, *, by: Any, at: datetime, code: str, receiver: Organ, transferred_on: date, material_count: int = 1,
    problem: Problem | None = None, priority_political: bool = False,
) -> Clue:  # fmt: skip
    """Hand a clue over: number, day, count of papers. What it says is never typed in (A9.7g, AMB-10).

    Raises `Refused` for strangers, for another receiver than 案件监督管理室, for a number that exists, and for a day to come.
    """
    if not has(by, Permission.DRAFT, organ.pk):
        raise Refused(f"线索移送由{organ.name}经办人登记。", "A9.7g")
    if not receivers(organ).filter(pk=receiver.pk).exists():
        raise Refused(f"问题线索由{RECEIVER_NAME}归口管理，请选择{RECEIVER_NAME}接收。", "A9.7g")
    if not code.strip():
        raise Refused("请填写线索编号。", "A9.7g")
    is_text(code.strip()).enforce()
    if Clue.objects.filter(code=code.strip()).exists():
        raise Refused(f"线索编号“{code.strip()}”已经登记过，请核对。", "A9.7g")
    if transferred_on > local_day(at):
        raise Refused("移送日期不能晚于今天。", "A9.7g")
    clue = Clue.objects.create(organ=organ, receiver=receiver, code=code.strip(), transferred_on=transferred_on, problem=problem,
                               material_count=material_count, priority_political=priority_political, status_on=transferred_on, created_by=by, created_at=at)  # fmt: skip
    event = record(clue, "transfer", by=by, at=at, label="移送线索", article="A9.7g")
    told_by(event, staff_of(receiver.pk), f"{organ.label}移送问题线索{clue.code}，请接收登记。", link=clue_url(clue))
    return clue


def _received_by(clue: Clue, *, by: Any) -> Clue:
    fresh = Clue.objects.select_for_update().get(pk=clue.pk)
    if not has(by, Permission.DRAFT, fresh.receiver_id):
        raise Refused(f"线索的接收和办理状态由{fresh.receiver.name}登记。", "A9.7g")
    return fresh


@transaction.atomic
def receive_clue(clue: Clue, *, by: Any, at: datetime, received_on: date, received_by: str) -> Clue:
    """案件监督管理室 takes the clue in: who, on which day (A9.7g). Raises `Refused`."""
    fresh = _received_by(clue, by=by)
    if fresh.received_on:
        raise Refused(f"线索{fresh.code}已于{fresh.received_on:%Y-%m-%d}接收。", "A9.7g")
    if not received_by.strip():
        raise Refused("请填写接收人。", "A9.7g")
    _in_order(received_on, fresh.transferred_on, at, "接收日期")
    fresh.received_on, fresh.received_by = received_on, received_by.strip()
    fresh.save()
    event = record(fresh, "receive", by=by, at=at, label="接收线索", article="A9.7g")
    told_by(
        event, staff_of(fresh.organ_id), f"{fresh.receiver.label}已接收问题线索{fresh.code}。", link=clue_url(fresh)
    )
    return fresh


@transaction.atomic
def change_status(
    clue: Clue, *, by: Any, at: datetime, status: str, status_on: date, result_summary: str = "",
    priority_political: bool | None = None,
) -> Clue:  # fmt: skip
    """What became of the clue; the summary and the priority stay sealed, not in the event (A9.7g). Raises `Refused`."""
    fresh = _received_by(clue, by=by)
    if not fresh.received_on:
        raise Refused("请先登记接收，再登记办理状态。", "A9.7g")
    is_text(result_summary.strip()).enforce()
    _in_order(status_on, fresh.received_on, at, "状态日期")
    fresh.status, fresh.status_on = status, status_on
    fresh.result_summary = result_summary.strip() or fresh.result_summary
    if priority_political is not None:
        fresh.priority_political = priority_political
    fresh.save()
    event = record(
        fresh, "status", by=by, at=at, label="登记办理状态", note=fresh.get_status_display(), article="A9.7g"
    )
    told_by(
        event, staff_of(fresh.organ_id), f"问题线索{fresh.code}：{fresh.get_status_display()}。", link=clue_url(fresh)
    )
    return fresh


@transaction.atomic
def open_clue(clue: Clue, *, by: Any, at: datetime, reason: str) -> ClueOpening:
    """Break the seal for one reading: who, when, why stays on record for good (A9.7g). Raises `Refused`."""
    if not may_open(by, clue):
        raise Refused("线索内容限移送人、接收单位和有权人员查看。", "A9.7g")
    if len(reason.strip()) < 4:
        raise Refused("请写明查看事由（不少于4个字），事由会长期留存。", "A9.7g")
    return ClueOpening.objects.create(clue=clue, by=by, at=at, reason=reason.strip()[:200])


def _in_order(day: date, earliest: date, at: datetime, name: str) -> None:
    if day > local_day(at):
        raise Refused(f"{name}不能晚于今天。", "A9.7g")
    if day < earliest:
        raise Refused(f"{name}早于{earliest:%Y-%m-%d}，请核对。", "A9.7g")
