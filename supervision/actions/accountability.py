"""核实 of an accountability: only what 党风政风监督室 has verified counts for the evaluation (A10.5a)."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction

from accounts.permissions import Permission, has
from accounts.workflow import Refused, record
from supervision.models import AccountabilityAction


@transaction.atomic
def verify_accountability(action: AccountabilityAction, *, by: Any, at: datetime) -> AccountabilityAction:
    """Confirm one decided accountability. Raises `Refused` for others, for undecided ones, and for the author himself."""
    fresh = AccountabilityAction.objects.select_for_update().get(pk=action.pk)
    if not has(by, Permission.COORDINATE, fresh.organ_id):
        raise Refused("问责记录由党风政风监督室核实。", "A10.5a")
    if fresh.created_by_id == by.pk:
        raise Refused("自己登记的问责不能由自己核实，请由其他人员核实。", "A10.5a")
    if fresh.decided_on is None:
        raise Refused("这项问责还没有登记决定和结果，作出决定后再核实。", "A10.5a")
    if fresh.verified_at is not None:
        raise Refused("这项问责已核实，不用重复办理。", "A10.5a")
    fresh.verified_at, fresh.verified_by = at, by
    fresh.save()
    record(fresh, "verify", by=by, at=at, label="核实", article="A10.5a")
    return fresh
