"""What an action of accountability counts for, and its confirmation by 党风政风监督室 (A5.3, A10.5)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import transaction

from accounts.permissions import Permission, has
from accounts.workflow import Refused, record
from checklists.models import Topic
from supervision.models import AccountabilityAction
from supervision.reporting.accountability import may_verify, may_withdraw, not_withdrawn
from supervision.rules import is_text


@transaction.atomic
def tag_accountability(
    action: AccountabilityAction, *, in_cooperation: bool, topics: Iterable[Topic], by: Any, at: datetime
) -> AccountabilityAction:
    """Say for which topics an action counts and whether a superior was helped; a verified one is verified again.

    Raises `Refused` for strangers.
    """
    fresh = AccountabilityAction.objects.select_for_update().get(pk=action.pk)
    if not (has(by, Permission.DRAFT, fresh.organ_id) or has(by, Permission.DIRECT, fresh.organ_id)):
        raise Refused("专题和配合查处情况由提出单位或党风政风监督室负责人登记。", "A9.7f")
    not_withdrawn(fresh).enforce()
    chosen = list(topics)
    if fresh.in_cooperation == in_cooperation and set(fresh.topics.all()) == set(chosen):
        return fresh
    verified, fresh.in_cooperation = fresh.verified_at is not None, in_cooperation
    fresh.verified_at = fresh.verified_by = None
    fresh.save()
    fresh.topics.set(chosen)
    said = "、".join([*(topic.name for topic in chosen), *(["配合上级查处"] if in_cooperation else [])]) or "未标记"
    note = f"{said}{'。修改后须重新核实。' if verified else ''}"
    record(fresh, "tag", by=by, at=at, label="登记专题", note=note, article="A5.3")
    return fresh


@transaction.atomic
def withdraw_accountability(
    action: AccountabilityAction, *, reason: str, by: Any, at: datetime
) -> AccountabilityAction:
    """撤销登记: what was entered by mistake is marked, stays on record and counts for nothing, no topic either.

    Raises `Refused` for strangers, without a reason, once it is decided, and twice.
    """
    fresh = AccountabilityAction.objects.select_for_update().get(pk=action.pk)
    may_withdraw(fresh, by=by).enforce()
    is_text(reason.strip()).enforce()
    if not reason.strip():
        raise Refused("请写明撤销理由，撤销后登记仍然保留。", "A9.7f")
    fresh.withdrawn_at, fresh.withdrawn_reason = at, reason.strip()[:300]
    fresh.save()
    fresh.topics.clear()
    # Like every event of accountability it names nobody: the reason is read on the record itself.
    record(fresh, "withdraw", by=by, at=at, label="撤销登记", article="A9.7f")
    return fresh


@transaction.atomic
def verify_accountability(action: AccountabilityAction, *, by: Any, at: datetime) -> AccountabilityAction:
    """党风政风监督室 confirms a decided action; only confirmed ones count for the evaluation (A10.5). Raises `Refused`."""
    fresh = AccountabilityAction.objects.select_for_update().get(pk=action.pk)
    may_verify(fresh, by=by).enforce()
    fresh.verified_by, fresh.verified_at = by, at
    fresh.save()
    record(fresh, "verify", by=by, at=at, label="核实", article="A10.5")
    return fresh
