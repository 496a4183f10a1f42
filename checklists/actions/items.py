"""Projects: drafted, sent up, filed, received (A6.1b-d, A7)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.urls import reverse

from accounts import approvals
from accounts.calendar import local_day
from accounts.models import Approval, Organ
from accounts.notifications import staff_of, told_by
from accounts.permissions import Permission, has
from accounts.roles import CHAIN
from accounts.workflow import Refused, move, record
from checklists import rules
from checklists.leads import lead_for
from checklists.models import AnnualChecklist, ChecklistItem, Milestone
from checklists.papers import item_paper
from checklists.states import EDITABLE_STEPS, Form

MANY = ("units", "participants", "topics", "basis_documents")


def item_url(item: ChecklistItem) -> str:
    """Where a project is read."""
    return reverse("checklists:item", args=[item.pk])


def lock_organ(organ: Organ) -> None:
    """Two clerks of one organ take turns, so that neither slips past the limit of 1-3."""
    Organ.objects.select_for_update().get(pk=organ.pk)


@transaction.atomic
def create_item(
    organ: Organ, year: int, form: str, *, by: Any, at: datetime, title: str, focus_area: str, **values: Any
) -> ChecklistItem:
    """Draft a project. `lead_organ` follows from the form unless 重点式 names another with a reason (A7.1-A7.4).

    Raises `Refused` at the fourth 驻点式 project of a stationed group, where the key points are not issued yet, where
    the form is not the organ's to propose, and where another organ is to lead than the form says.
    """
    if not has(by, Permission.DRAFT, organ.pk):
        raise Refused(f"您不能为{organ.name}申报监督项目，请由该单位经办人办理。", "A6.1b")
    item = ChecklistItem(organ=organ, year=year, form=form, title=title, focus_area=focus_area, created_by=by)
    lock_organ(organ)
    _take(item, values, on=local_day(at))
    item.save()
    _set_many(item, values)
    record(item, "draft", by=by, at=at, label="起草", article="A6.1b", to_step=item.step)
    return item


@transaction.atomic
def edit_item(item: ChecklistItem, *, by: Any, at: datetime, **values: Any) -> ChecklistItem:
    """Rewrite a project that is still, or again, with its author. Raises `Refused` as `create_item` does."""
    fresh = ChecklistItem.objects.select_for_update().get(pk=item.pk)
    if not has(by, Permission.DRAFT, fresh.organ_id):
        raise Refused(f"您不能修改{fresh.organ.name}的监督项目，请由该单位经办人办理。", "A6.1b")
    if fresh.step not in EDITABLE_STEPS:
        raise Refused(f"“{fresh}”当前为“{fresh.get_step_display()}”，不能修改。请先撤回，或等签批人退回。", "A6.1c")
    lock_organ(fresh.organ)
    _take(fresh, values, on=local_day(at))
    fresh.save()
    _set_many(fresh, values)
    record(fresh, "edit", by=by, at=at, label="修改", article="A6.1b", from_step=fresh.step, to_step=fresh.step)
    return fresh


def _take(item: ChecklistItem, values: Mapping[str, Any], *, on: date) -> None:
    for name, value in values.items():
        if name not in MANY:
            setattr(item, name, value)
    rules.may_use_form(item.form, item.organ).enforce()
    if not item.organ.is_cso:
        rules.proposals_are_open(item.organ, item.year).enforce()
    if item.form == Form.STATIONED:
        rules.may_add_stationed(item.organ, item.year, on=on, besides=item.pk).enforce()
    _settle_lead(item, values.get("lead_organ"))


def _settle_lead(item: ChecklistItem, chosen: Any) -> None:
    lead = lead_for(item.form, item.lead_department, item.is_multi_area, item.organ)
    verdict = rules.lead_verdict(
        item.form, item.lead_department, item.is_multi_area, item.organ, chosen, item.lead_override_reason
    )
    verdict.enforce()
    item.lead_organ = chosen or lead.organ
    if item.lead_organ == lead.organ:
        item.lead_override_reason = ""


def _set_many(item: ChecklistItem, values: Mapping[str, Any]) -> None:
    for name in MANY:
        if name in values:
            getattr(item, name).set(values[name])


def add_assigned_item(
    organ: Organ,
    year: int,
    *,
    by: Any,
    at: datetime,
    assigned_by: str,
    assigned_on: date,
    assigned_words: str,
    title: str,
    focus_area: str,
    **values: Any,
) -> ChecklistItem:
    """点题式: record at any time of the year who set the matter, when and in what words (A7.4). `organ` is 党风室."""
    if assigned_on > local_day(at):
        raise Refused("点题日期不能晚于今天。", "A7.4")
    return create_item(
        organ,
        year,
        Form.ASSIGNED,
        by=by,
        at=at,
        title=title,
        focus_area=focus_area,
        assigned_by=assigned_by,
        assigned_on=assigned_on,
        assigned_words=assigned_words,
        **values,
    )


def may_plan(user: Any, item: ChecklistItem) -> bool:
    """Who sets a project's 时间节点: its organ, the organ that leads it, 党风政风监督室 (A6.2a)."""
    drafts = has(user, Permission.DRAFT, item.organ_id) or has(user, Permission.DRAFT, item.lead_organ_id)
    return drafts or has(user, Permission.COORDINATE, item.organ_id)


@transaction.atomic
def set_milestones(
    item: ChecklistItem, rows: Sequence[tuple[str, date, date | None]], *, by: Any, at: datetime
) -> None:
    """Write the project's 时间节点 anew: text, term, day of completion or None (A6.2a). Raises `Refused`."""
    if not may_plan(by, item):
        raise Refused("该项目的时间节点由申报单位、牵头单位或党风政风监督室登记。", "A6.2a")
    if any(done_on and done_on > local_day(at) for _, _, done_on in rows):
        raise Refused("节点的完成日期不能晚于今天。", "A6.2a")
    item.milestones.all().delete()
    for seq, (text, due_on, done_on) in enumerate(rows, 1):
        Milestone.objects.create(item=item, seq=seq, text=text, due_on=due_on, done_on=done_on)
    note = "；".join(f"{due_on:%Y-%m-%d} {text}" for text, due_on, _ in rows)
    record(item, "milestones", by=by, at=at, label="登记时间节点", note=note, article="A6.2a")


def published_list(item: ChecklistItem) -> AnnualChecklist | None:
    """The list in force of the project's county and year."""
    county = item.organ.county()
    return AnnualChecklist.objects.in_force(item.year).filter(organ__path__startswith=county.path).first()


@transaction.atomic
def submit_item(item: ChecklistItem, *, by: Any, at: datetime) -> Approval:
    """Send a project up: head, AM, DS (A6.1c). Raises `Refused` where a rule of the project is not met, where a rung
    has no signer, or where the list is already issued and the way is a change (A5.7)."""
    if published_list(item) is not None:
        raise Refused(f"{item.year}年度清单已印发，新增项目请点“申请增列”，按动态更新层报审批。", "A5.7")
    lock_organ(item.organ)
    event = move(item, "submit", by=by, at=at)
    item.refresh_from_db()  # what goes up is what is saved, not what this instance remembers
    approval = approvals.submit(item, by=by, at=at)
    approvals.told_submission(event, approval)
    return approval


@transaction.atomic
def file_item(item: ChecklistItem, *, by: Any, at: datetime) -> ChecklistItem:
    """审批后反馈至党风政风监督室: only what the DS approved can be filed (A6.1d)."""
    event = move(item, "file", by=by, at=at, along={"filed_at": at})
    cso = item.organ.cso()
    if cso is not None:
        told_by(event, staff_of(cso.pk), f"{item.organ.label}已报送监督项目“{item}”，请签收。", link=item_url(item))
    return item


@transaction.atomic
def receive_item(item: ChecklistItem, *, by: Any, at: datetime) -> ChecklistItem:
    """党风政风监督室 signs for a filed project (A6.1d)."""
    event = move(item, "receive", by=by, at=at, along={"received_by": by, "received_at": at})
    told_by(event, staff_of(item.organ_id), f"党风政风监督室已签收监督项目“{item}”。", link=item_url(item))
    return item


def withdraw_item(item: ChecklistItem, *, by: Any, at: datetime, reason: str) -> ChecklistItem:
    """Give up a project that is not filed yet; it no longer counts against the limit. Raises `Refused`."""
    if not reason.strip():
        raise Refused("请写明撤销理由。", "A6.1b")
    move(item, "withdraw", by=by, at=at, note=reason.strip())
    return item


@transaction.atomic
def reply_assigned(item: ChecklistItem, *, by: Any, at: datetime, replied_on: date, reply: str) -> ChecklistItem:
    """答题: what was answered to 县委, and when (A7.4). Raises `Refused`."""
    fresh = ChecklistItem.objects.select_for_update().get(pk=item.pk)
    if fresh.form != Form.ASSIGNED or not has(by, Permission.DRAFT, fresh.organ_id):
        raise Refused("只有“点题式”项目由党风政风监督室登记答复。", "A7.4")
    if replied_on > local_day(at):
        raise Refused("答复日期不能晚于今天。", "A7.4")
    if not reply.strip():
        raise Refused("请写明答复内容。", "A7.4")
    fresh.replied_on, fresh.reply = replied_on, reply.strip()
    fresh.save()
    record(fresh, "reply", by=by, at=at, label="登记答复", note=reply.strip(), article="A7.4")
    return fresh


# --- what the chain causes ---


def _approved(item: ChecklistItem, *, by: Any, at: datetime, note: str, step: Any) -> None:
    move(item, "approve", by=by, at=at, note=note, by_chain=True, on_behalf_of=step.on_behalf_of)
    if item.organ.is_cso:
        move(item, "file_own", by=by, at=at, by_chain=True, along={"filed_at": at})


approvals.register_route(
    ChecklistItem,
    approvals.Route(
        article="A6.1c",
        title=lambda item: f"{item.organ.label}{item.year}年度监督项目“{item}”（{item.get_form_display()}）",
        rungs=lambda item: CHAIN,
        snapshot=item_paper,
        template="checklists/_item_paper.html",
        approved=_approved,
        authors=lambda item: {item.created_by_id},
        filed="批准后报送党风政风监督室",
    ),
)
