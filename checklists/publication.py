"""Issuing the list: its rows are frozen with a digest, its projects become listed, whoever listens is called (A6.1f)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.urls import reverse

from accounts import editions
from accounts.approvals import signers
from accounts.calendar import local_day
from accounts.digest import digest_of
from accounts.models import User
from accounts.notifications import told_by
from accounts.roles import STAFF_ROLES, OrganKind, Rung
from accounts.workflow import move
from checklists.models import AnnualChecklist, ChecklistItem, ChecklistLine
from checklists.papers import basis_words, names
from checklists.states import ChecklistStep, Form, ItemStep

# Called inside the transaction of each publication with (checklist, by, at): the apps above open their ledgers here.
LISTENERS: list[Callable[[AnnualChecklist, Any, datetime], None]] = []

# The columns of the list in their order: key of a frozen row -> heading.
COLUMNS = {
    "seq": "序号",
    "form": "监督形式",
    "focus_area": "聚焦方面",
    "title": "监督项目",
    "content": "监督内容",
    "basis": "依据/来源",
    "period": "监督周期",
    "lead_organ": "牵头单位",
    "participants": "配合单位",
    "units": "被监督单位",
    "assisting_member": "协管常委、委员",
    "deputy_secretary": "分管副书记",
    "due_on": "完成时限",
    "remark": "备注",
}


def rows_of(checklist: AnnualChecklist, *, on: date) -> list[dict[str, Any]]:
    """The list's rows as they would be issued on `on`; leaders are those who look after the lead organ that day."""
    lines = checklist.lines.select_related("item__lead_organ").prefetch_related(
        "item__participants", "item__units", "item__basis_documents"
    )
    leaders: dict[tuple[int, str], str] = {}
    return [_row(line, on, leaders) for line in lines]


def _row(line: ChecklistLine, on: date, leaders: dict[tuple[int, str], str]) -> dict[str, Any]:
    item = line.item
    return {
        "item": item.pk,
        "seq": line.seq,
        "form": item.get_form_display(),
        "focus_area": item.get_focus_area_display(),
        "title": item.title,
        "content": item.content,
        "basis": basis_words(item),
        "period": item.period_text,
        "lead_organ": item.lead_organ.name,
        "participants": names(item.participants.all()),
        "units": names(item.units.all()),
        "assisting_member": _leader(item, Rung.ASSISTING_MEMBER, on, leaders),
        "deputy_secretary": _leader(item, Rung.DEPUTY_SECRETARY, on, leaders),
        "due_on": item.due_on.isoformat() if item.due_on else "",
        "remark": item.remark,
    }


def _leader(item: ChecklistItem, rung: Rung, on: date, known: dict[tuple[int, str], str]) -> str:
    key = (item.lead_organ_id, rung.value)
    if key not in known:
        known[key] = names(signers(item.lead_organ_id, rung, on=on))
    return known[key]


def by_form(rows: list[dict[str, Any]]) -> list[tuple[str, list[dict[str, Any]]]]:
    """One table per form, in the order of article 7; forms without a project are left out."""
    tables = ((form.label, [row for row in rows if row["form"] == form.label]) for form in Form)
    return [(label, found) for label, found in tables if found]


def differences(old: list[dict[str, Any]], new: list[dict[str, Any]]) -> dict[str, list[Any]]:
    """What a later version adds, removes and changes: rows, rows, and (title, [(heading, old, new)])."""
    before, after = {row["item"]: row for row in old}, {row["item"]: row for row in new}
    changed = []
    for key in before.keys() & after.keys():
        cells = [
            (heading, before[key].get(column, ""), after[key].get(column, ""))
            for column, heading in COLUMNS.items()
            if column != "seq" and before[key].get(column, "") != after[key].get(column, "")
        ]
        if cells:
            changed.append((after[key]["title"], cells))
    return {
        "added": [row for row in new if row["item"] not in before],
        "removed": [row for row in old if row["item"] not in after],
        "changed": sorted(changed, key=lambda entry: entry[0]),
    }


def is_intact(checklist: AnnualChecklist) -> bool:
    """Whether the frozen rows still have the digest under which they were issued."""
    return checklist.digest == digest_of(checklist.content)


@transaction.atomic
def publish(checklist: AnnualChecklist, *, by: Any, at: datetime) -> AnnualChecklist:
    """党风政风监督室 issues the list that the committee approved; from here on only A5.7 changes it (A6.1f).

    The version before it is superseded, filed projects become listed, everybody in the county is told, and each of
    LISTENERS is called in the same transaction. Raises `Refused`.
    """
    rows = rows_of(checklist, on=local_day(at))
    event = move(checklist, "publish", by=by, at=at, along=_frozen(rows, by, at))
    for line in checklist.lines.select_related("item").filter(item__step=ItemStep.FILED):
        move(line.item, "list", by=by, at=at, by_chain=True)
    _supersede_others(checklist, by=by, at=at)
    _tell_county(checklist, event)
    _call_listeners(checklist, by=by, at=at)
    return checklist


@transaction.atomic
def issue_version(
    before: AnnualChecklist, items: list[ChecklistItem], *, by: Any, at: datetime, resolution: Any
) -> Any:
    """The next version of a list in force, with these projects in this order, in force at once (A5.7).

    It stands on the committee's decision about the change, or, where AM and DS decide alone, on that about the list.
    Returns the new `AnnualChecklist`; its title numbers and its digest are its own, the old one stays readable.
    """
    made = AnnualChecklist.objects.create(
        organ_id=before.organ_id,
        year=before.year,
        version=before.version + 1,
        resolution=resolution or before.resolution,
        submitted_at=at,
        created_by=by,
    )
    for seq, item in enumerate(items, 1):
        ChecklistLine.objects.create(checklist=made, item=item, seq=seq)
    move(before, "supersede", by=by, at=at, by_chain=True)
    made.step = ChecklistStep.PUBLISHED
    for name, value in _frozen(rows_of(made, on=local_day(at)), by, at).items():
        setattr(made, name, value)
    made.save()
    _call_listeners(made, by=by, at=at)
    return made


def _frozen(rows: list[dict[str, Any]], by: Any, at: datetime) -> dict[str, Any]:
    return {
        "content": rows,
        "digest": digest_of(rows),
        "published_at": at,
        "published_by": by,
        "edition": editions.in_force(),
    }


def _supersede_others(checklist: AnnualChecklist, *, by: Any, at: datetime) -> None:
    others = AnnualChecklist.objects.in_force(checklist.year).filter(organ_id=checklist.organ_id)
    for other in others.exclude(pk=checklist.pk):
        move(other, "supersede", by=by, at=at, by_chain=True)


def _tell_county(checklist: AnnualChecklist, event: Any) -> None:
    people = User.objects.filter(
        is_active=True, role__in=STAFF_ROLES, organ__path__startswith=checklist.organ.county().path
    ).exclude(organ__kind=OrganKind.COMMISSION)
    sentence = f"{checklist}已印发，共{len(checklist.content)}个监督项目。"
    told_by(event, people, sentence, link=f"{reverse('checklists:list')}?year={checklist.year}")


def _call_listeners(checklist: AnnualChecklist, *, by: Any, at: datetime) -> None:
    for listener in LISTENERS:
        listener(checklist, by, at)
