"""The words of a project: what may be edited on it, and its text as it goes up, is compared and is printed."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from accounts.models import SupervisedUnit
from checklists.models import ChecklistItem, ChecklistItemChange
from checklists.states import AssignedBy, BasisKind, ChangeKind, FocusArea, Form, LinkageMode, SupervisionKind

# What may be edited while compiling (A6.1e) or changed in the year (A5.7): field -> its name on paper.
EDITABLE = {
    "focus_area": "聚焦方面",
    "title": "监督项目",
    "content": "监督内容",
    "goal": "工作目标",
    "measures": "工作举措",
    "basis": "依据说明",
    "period_start": "监督周期起",
    "period_end": "监督周期止",
    "frequency": "频次",
    "units": "被监督单位",
    "due_on": "完成时限",
    "remark": "备注",
}
DAYS = frozenset({"period_start", "period_end", "due_on"})


def values_of(item: ChecklistItem) -> dict[str, Any]:
    """The editable fields as plain values: days as ISO text, units as sorted ids."""
    found = {name: _plain(getattr(item, name)) for name in EDITABLE if name != "units"}
    return found | {"units": sorted(item.units.values_list("pk", flat=True))}


def _plain(value: Any) -> str:
    return value.isoformat() if isinstance(value, date) else str(value or "")


def plain(values: Mapping[str, Any]) -> dict[str, Any]:
    """Cleaned form data in the same plain shape."""
    found: dict[str, Any] = {name: _plain(values[name]) for name in EDITABLE if name in values and name != "units"}
    if "units" in values:
        found["units"] = sorted(unit.pk for unit in values["units"])
    return found


def put(item: ChecklistItem, values: Mapping[str, Any]) -> None:
    """Write plain values onto the project and save it."""
    for name, value in values.items():
        if name in DAYS:
            setattr(item, name, date.fromisoformat(value) if value else None)
        elif name in EDITABLE and name != "units":
            setattr(item, name, value)
    item.save()
    if "units" in values:
        item.units.set(values["units"])


def worded(values: Mapping[str, Any]) -> dict[str, str]:
    """Plain values as a person reads them, by the fields' names on paper."""
    found = {}
    for name, label in EDITABLE.items():
        if name not in values:
            continue
        value = values[name]
        if name == "units":
            value = "、".join(SupervisedUnit.objects.filter(pk__in=value).values_list("name", flat=True))
        elif name == "focus_area" and value:
            value = FocusArea(value).label
        found[label] = str(value)
    return found


def compared(old: Mapping[str, Any], new: Mapping[str, Any]) -> list[dict[str, str]]:
    """Label, old words, new words of every field that differs."""
    before, after = worded(old), worded(new)
    return [
        {"label": label, "old": before.get(label, ""), "new": words}
        for label, words in after.items()
        if before.get(label, "") != words
    ]


def names(rows: Any) -> str:
    """Names of related rows, one after another."""
    return "、".join(str(row) for row in rows)


def basis_words(item: ChecklistItem) -> str:
    """依据/来源 in one line: kinds, words, documents."""
    kinds = "、".join(BasisKind(kind).label for kind in item.basis_kinds if kind in BasisKind.values)
    return "；".join(part for part in (kinds, item.basis, names(item.basis_documents.all())) if part)


def item_paper(item: ChecklistItem) -> dict[str, str]:
    """The project's text as it is submitted: label -> words, in the order of the paper."""
    text = {
        "监督项目": item.title,
        "年度": f"{item.year}年度",
        "监督形式": item.get_form_display(),
        "聚焦方面": item.get_focus_area_display(),
        "监督内容": item.content,
        "工作目标": item.goal,
        "工作举措": item.measures,
        "依据/来源": basis_words(item),
        "对应要点": str(item.point) if item.point else "",
        "监督周期": item.period_text,
        "牵头单位": item.lead_organ.name,
        "另定牵头单位的理由": item.lead_override_reason,
        "配合单位": names(item.participants.all()),
        "统筹衔接": "、".join(SupervisionKind(code).label for code in item.linked_supervision.split(",") if code),
        "联动方式": item.get_linkage_mode_display() if item.linkage_mode != LinkageMode.NONE else "",
        "被监督单位": names(item.units.all()),
        "专题": names(item.topics.all()),
        "完成时限": _plain(item.due_on),
        "备注": item.remark,
    }
    return {label: words for label, words in (text | _form_paper(item)).items() if words}


def _form_paper(item: ChecklistItem) -> dict[str, str]:
    if item.form == Form.KEY:
        return {
            "牵头部门（单位）": str(item.lead_department or ""),
            "涉及多个地区、部门、领域": "是" if item.is_multi_area else "否",
        }
    if item.form == Form.CENTRALIZED:
        return {"常委会安排": str(item.arrangement or "")}
    if item.form == Form.ASSIGNED:
        return {
            "点题人": AssignedBy(item.assigned_by).label if item.assigned_by else "",
            "点题日期": _plain(item.assigned_on),
            "点题原话": item.assigned_words,
            "答题期限": _plain(item.reply_due_on),
        }
    return {}


def change_paper(change: ChecklistItemChange) -> dict[str, str]:
    """The change's text as it is submitted."""
    head = {"调整类别": change.get_kind_display(), "监督项目": change.item.title, "调整理由": change.reason}
    if change.kind == ChangeKind.ADD:
        return {**item_paper(change.item), **head}
    if change.kind == ChangeKind.WITHDRAW:
        return head
    rows = compared(change.old, change.new)
    return {**head, **{row["label"]: f"原：{row['old'] or '（空）'}\n新：{row['new'] or '（空）'}" for row in rows}}
