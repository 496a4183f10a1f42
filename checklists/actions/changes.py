"""动态更新: a project is added, changed or withdrawn after the list was issued, by the way of its form (A5.7, AMB-3)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.urls import reverse

from accounts import approvals
from accounts.models import Approval, ScResolution, ScResolutionKind
from accounts.notifications import staff_of, told_by
from accounts.permissions import Permission, has
from accounts.roles import CHAIN, Rung
from accounts.workflow import Refused, move, record
from checklists import rules
from checklists.actions.items import lock_organ, published_list
from checklists.models import AnnualChecklist, ChecklistItem, ChecklistItemChange
from checklists.papers import change_paper, put, values_of, worded
from checklists.publication import issue_version
from checklists.states import ChangeKind, ChangeStep, Form


def change_url(change: ChecklistItemChange) -> str:
    """Where a change is read."""
    return reverse("checklists:change", args=[change.pk])


def rungs_for(change: ChecklistItemChange) -> Sequence[Rung]:
    """驻点式: AM and DS decide, 党风政风监督室 is informed; all other forms also the committee (AMB-3)."""
    return CHAIN if change.item.form == Form.STATIONED else (*CHAIN, Rung.STANDING_COMMITTEE)


@transaction.atomic
def propose_change(
    item: ChecklistItem,
    kind: str,
    *,
    reason: str,
    by: Any,
    at: datetime,
    values: Mapping[str, Any] | None = None,
) -> ChecklistItemChange:
    """Draft a change of a listed project: `modify` with plain `values` (`papers.plain`), `withdraw`, or `add`.

    Raises `Refused` where no list is in force, another change of the project runs, or nothing would change.
    """
    if not has(by, Permission.DRAFT, item.organ_id):
        raise Refused(f"您不能为{item.organ.name}提出清单调整，请由该单位经办人办理。", "A5.7")
    fresh = ChecklistItem.objects.select_for_update().get(pk=item.pk)
    old, new = _contents(fresh, kind, values or {})
    change = ChecklistItemChange(
        organ_id=fresh.organ_id, item=fresh, kind=kind, reason=reason.strip(), old=old, new=new, created_by=by
    )
    for rule in (*rules.CHANGE_RULES[:-1], *(() if kind == ChangeKind.ADD else (rules.change_fits_project,))):
        rule(change).enforce()
    change.created_at = at
    change.save()
    record(change, "draft", by=by, at=at, label="提出调整", note=change.reason, article="A5.7", to_step=change.step)
    return change


def _contents(item: ChecklistItem, kind: str, values: Mapping[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    if kind != ChangeKind.MODIFY:
        return {}, {}
    old = values_of(item)
    return old, {**old, **values}


@transaction.atomic
def edit_change(
    change: ChecklistItemChange, *, reason: str, by: Any, at: datetime, values: Mapping[str, Any] | None = None
) -> ChecklistItemChange:
    """Rewrite a change that is still, or again, with its author. Raises `Refused`."""
    fresh = ChecklistItemChange.objects.select_for_update().get(pk=change.pk)
    if not has(by, Permission.DRAFT, fresh.organ_id):
        raise Refused("您不能修改这件调整，请由提出单位经办人办理。", "A5.7")
    if fresh.step not in (ChangeStep.DRAFT, ChangeStep.RETURNED):
        raise Refused(f"“{fresh}”当前为“{fresh.get_step_display()}”，不能修改。", "A5.7")
    fresh.old, fresh.new = _contents(fresh.item, fresh.kind, values or {})
    fresh.reason = reason.strip()
    rules.change_has_reason(fresh).enforce()
    rules.change_changes_something(fresh).enforce()
    fresh.save()
    record(fresh, "edit", by=by, at=at, label="修改", article="A5.7", from_step=fresh.step, to_step=fresh.step)
    return fresh


@transaction.atomic
def submit_change(change: ChecklistItemChange, *, by: Any, at: datetime) -> Approval:
    """Send a change up the way of the project's form; an addition takes its project along (AMB-3). Raises `Refused`."""
    lock_organ(change.organ)
    event = move(change, "submit", by=by, at=at)
    if change.kind == ChangeKind.ADD:
        move(change.item, "submit", by=by, at=at, note="申请增列")
    change.refresh_from_db()
    approval = approvals.submit(change, by=by, at=at)
    approvals.told_submission(event, approval)
    return approval


@transaction.atomic
def drop_change(change: ChecklistItemChange, *, by: Any, at: datetime, reason: str) -> ChecklistItemChange:
    """Give a change up before it is decided; it stays on record. Raises `Refused`."""
    if not reason.strip():
        raise Refused("请写明放弃调整的理由。", "A5.7")
    move(change, "drop", by=by, at=at, note=reason.strip())
    return change


def apply_change(
    change: ChecklistItemChange, *, by: Any, at: datetime, resolution: ScResolution | None = None
) -> AnnualChecklist:
    """The last signature is given: the project changes and the list appears as its next version (A5.7).

    Called by the completed chain only, inside its transaction.
    """
    before = published_list(change.item)
    if before is None:
        raise Refused("没有可以调整的已印发清单。", "A5.7")
    before = AnnualChecklist.objects.select_for_update().get(pk=before.pk)
    items = [line.item for line in before.lines.select_related("item")]
    _apply_to_project(change, by=by, at=at)
    if change.kind == ChangeKind.ADD:
        items.append(change.item)
    elif change.kind == ChangeKind.WITHDRAW:
        items = [item for item in items if item.pk != change.item_id]
    made = issue_version(before, items, by=by, at=at, resolution=resolution)
    along = {"checklist": made, "resolution": resolution, "applied_at": at}
    event = move(change, "apply", by=by, at=at, by_chain=True, along=along)
    _inform(change, made, event)
    return made


def _apply_to_project(change: ChecklistItemChange, *, by: Any, at: datetime) -> None:
    item = change.item
    if change.kind == ChangeKind.ADD:
        move(item, "add", by=by, at=at, by_chain=True, note=change.reason, along={"filed_at": at})
    elif change.kind == ChangeKind.WITHDRAW:
        move(item, "strike", by=by, at=at, by_chain=True, note=change.reason)
    else:
        put(item, {name: value for name, value in change.new.items() if change.old.get(name) != value})
        fields = "、".join(worded({name: v for name, v in change.new.items() if change.old.get(name) != v}))
        record(item, "modify", by=by, at=at, label="动态调整", note=f"{fields}。理由：{change.reason}", article="A5.7")


def _inform(change: ChecklistItemChange, made: AnnualChecklist, event: Any) -> None:
    people = {person.pk: person for person in staff_of(made.organ_id)}
    people |= {person.pk: person for person in staff_of(change.item.lead_organ_id)}
    sentence = f"清单已动态更新：{change.get_kind_display()}“{change.item}”，现为第{made.version}版。"
    told_by(event, people.values(), sentence, link=f"{reverse('checklists:list')}?year={made.year}")


# --- what the chain causes ---


def _approved(change: ChecklistItemChange, *, by: Any, at: datetime, note: str, step: Any) -> None:
    apply_change(change, by=by, at=at, resolution=step.resolution)


def _returned(change: ChecklistItemChange, *, by: Any, at: datetime, note: str, step: Any) -> None:
    move(change, "return", by=by, at=at, note=note, by_chain=True, on_behalf_of=step.on_behalf_of)
    if change.kind == ChangeKind.ADD:
        move(change.item, "return", by=by, at=at, note=note, by_chain=True)


def _withdrawn(change: ChecklistItemChange, *, by: Any, at: datetime) -> None:
    move(change, "take_back", by=by, at=at, by_chain=True)
    if change.kind == ChangeKind.ADD:
        move(change.item, "take_back", by=by, at=at, by_chain=True)


approvals.register_route(
    ChecklistItemChange,
    approvals.Route(
        article="A5.7",
        title=lambda change: f"{change.item.year}年度清单动态更新：{change.get_kind_display()}“{change.item}”",
        rungs=rungs_for,
        snapshot=change_paper,
        template="checklists/_change_paper.html",
        approved=_approved,
        returned=_returned,
        withdrawn=_withdrawn,
        authors=lambda change: {change.created_by_id},
        filed="印发新版清单",
        matter=ScResolutionKind.CHANGE_APPROVAL,
    ),
)
