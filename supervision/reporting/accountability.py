"""Questions asked of accountability: who confirms it, and when (A10.5)."""

from __future__ import annotations

from typing import Any

from accounts.calendar import local_day
from accounts.permissions import Permission, has
from accounts.workflow import ALLOWED, Verdict, denied
from supervision.models import AccountabilityAction, Problem


def not_begun(problem: Problem, object_kind: str, object_name: str, responsibility: str) -> Verdict:
    """The same person or organisation is not entered twice for one problem and responsibility while nothing is decided."""
    same = AccountabilityAction.objects.standing().filter(
        problem=problem,
        object_kind=object_kind,
        object_name=object_name,
        responsibility=responsibility,
        decided_on__isnull=True,
    )
    begun = same.select_related("created_by").first()
    if begun is None:
        return ALLOWED
    return denied(
        f"{begun.created_by.full_name}已登记启动（{begun.started_on:%Y-%m-%d}），尚未决定，请在原登记上办理，不用重复登记。",
        "A9.7f",
    )


def not_withdrawn(action: AccountabilityAction) -> Verdict:
    """A registration that was taken back is not worked on."""
    if action.withdrawn_at is None:
        return ALLOWED
    return denied(f"这项登记已于{local_day(action.withdrawn_at):%Y-%m-%d}撤销，需要问责的请重新登记启动。", "A9.7f")


def may_withdraw(action: AccountabilityAction, *, by: Any) -> Verdict:
    """Whoever may register takes back what was registered by mistake, until it is decided."""
    if not (has(by, Permission.DRAFT, action.organ_id) or has(by, Permission.DIRECT, action.organ_id)):
        return denied("撤销登记由提出单位或党风政风监督室负责人办理。", "A9.7f")
    if action.decided_on is not None:
        return denied(f"问责结果已于{action.decided_on:%Y-%m-%d}登记，不能撤销登记。", "A9.7f")
    return not_withdrawn(action)


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
