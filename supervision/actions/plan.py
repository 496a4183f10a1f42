"""整改方案 and 单位整改工作台账: five fields before work starts, the unit's stamped copy beside them (A9.8a, AMB-8)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.db import transaction

from accounts.calendar import local_day
from accounts.models import SupervisedUnit
from accounts.notifications import holders, told_by
from accounts.permissions import Permission, has
from accounts.uploads import attach
from accounts.workflow import Refused, move, record
from supervision import rules
from supervision.actions.problems import change_problem
from supervision.actions.rectification import problem_url
from supervision.models import RectificationItem, UnitLedgerConfirmation
from supervision.states import RectificationStep


@transaction.atomic
def set_plan(
    item: RectificationItem, fields: Mapping[str, Any], *, by: Any, at: datetime, accept: bool = False
) -> RectificationItem:
    """Write the plan's five fields, as far as they are known; a given term moves only by extension (A9.8a).

    With `accept` a plan that is whole is accepted at once; one that is not is kept and stays open. Raises `Refused`.
    """
    known = {name: value for name, value in fields.items() if name in rules.PLAN_FIELDS}
    problem = change_problem(item.problem, known, by=by, at=at)
    fresh = RectificationItem.objects.select_related("problem").get(problem=problem)
    record(fresh, "plan", by=by, at=at, label="填写整改方案", article="A9.8a")
    if accept and fresh.step == RectificationStep.ISSUED and not rules.missing_plan(fresh):
        accept_plan(fresh, by=by, at=at)
        fresh.refresh_from_db()
    return fresh


@transaction.atomic
def accept_plan(item: RectificationItem, *, by: Any, at: datetime, note: str = "") -> None:
    """The supervising organ accepts the unit's plan and the work starts (A9.8a). Raises `Refused` while a field is empty."""
    fresh = RectificationItem.objects.select_related("problem").get(pk=item.pk)
    event = move(fresh, "accept_plan", by=by, at=at, note=note.strip())
    told_by(event, holders(Permission.CLOSE, fresh.organ_id).exclude(pk=by.pk),
            f"整改方案已审定：{fresh.problem}。", link=problem_url(fresh.problem))  # fmt: skip


@transaction.atomic
def confirm_unit_ledger(
    unit: SupervisedUnit, upload: Any, *, confirmed_on: date, by: Any, at: datetime
) -> UnitLedgerConfirmation:
    """Keep the unit's stamped ledger and mark its open rectifications as confirmed that day (AMB-8).

    Raises `Refused` for strangers, for a day to come, where nothing is open, and while an open plan is not whole.
    """
    if not has(by, Permission.DRAFT, unit.organ_id):
        raise Refused(f"{unit.name}的整改工作台账由其监督单位上传。", "A9.8a")
    if confirmed_on > local_day(at):
        raise Refused("单位确认日期不能晚于今天。", "A9.8a")
    items = list(open_of_unit(unit).select_for_update(of=("self",)))
    if not items:
        raise Refused(f"{unit.name}没有未销号的问题，无须确认整改工作台账。", "A9.8a")
    for item in items:
        rules.has_plan(item).enforce()
    made = UnitLedgerConfirmation.objects.create(
        organ_id=unit.organ_id, unit=unit, confirmed_on=confirmed_on, count=len(items), by=by, at=at
    )
    attach(made, upload, organ_id=unit.organ_id, by=by, at=at, purpose="unit_ledger")
    for item in items:
        item.unit_ledger_confirmed_on = confirmed_on
        item.save()
        record(item, "unit_ledger", by=by, at=at, label="单位盖章确认整改工作台账", note=f"{confirmed_on:%Y-%m-%d}确认",
               article="A9.8a")  # fmt: skip
    return made


def open_of_unit(unit: SupervisedUnit) -> Any:
    """Open rectifications of the unit that its own supervising organ keeps."""
    rows = RectificationItem.objects.open().filter(problem__unit=unit, organ_id=unit.organ_id)
    return rows.filter(problem__removed_at__isnull=True).select_related("problem").order_by("due_on", "pk")
