"""Questions asked of accountability: who confirms it, and when (A10.5)."""

from __future__ import annotations

from typing import Any

from accounts.calendar import local_day
from accounts.permissions import Permission, has
from accounts.workflow import ALLOWED, Verdict, denied
from supervision.models import AccountabilityAction


def may_verify(action: AccountabilityAction, *, by: Any) -> Verdict:
    """The head of 党风政风监督室 confirms what the evaluation counts, never what his own office began (A10.5)."""
    if not has(by, Permission.DIRECT, action.organ_id):
        return denied("问责由党风政风监督室负责人核实。", "A10.5")
    if action.verified_at:
        return denied(f"{action.verified_by}已于{local_day(action.verified_at):%Y-%m-%d}核实。", "A10.5")
    if not action.is_evaluated:
        return denied(f"{action.organ}不是被评估单位，它提出的问责不计入质效评估，不需要核实。", "A10.5")
    if action.decided_on is None:
        return denied("问责还没有决定，登记决定日期和结果后再核实。", "A10.5")
    if by.organ_id == action.organ_id or by.pk == action.created_by_id:
        return denied("本单位提出的问责，不能由本单位人员核实。", "A10.5")
    return ALLOWED
