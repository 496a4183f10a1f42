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
from supervision.reporting.accountability import may_verify


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
def verify_accountability(action: AccountabilityAction, *, by: Any, at: datetime) -> AccountabilityAction:
    """党风政风监督室 confirms a decided action; only confirmed ones count for the evaluation (A10.5). Raises `Refused`."""
    fresh = AccountabilityAction.objects.select_for_update().get(pk=action.pk)
    may_verify(fresh, by=by).enforce()
    fresh.verified_by, fresh.verified_at = by, at
    fresh.save()
    record(fresh, "verify", by=by, at=at, label="核实", article="A10.5")
    return fresh
