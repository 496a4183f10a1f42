"""The yearly list: compiled, ordered, edited with a record, submitted, decided by the committee (A6.1e-g)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.urls import reverse

from accounts.calendar import local_day
from accounts.models import Organ, ScResolution, ScResolutionKind
from accounts.notifications import holders, members, staff_of, told_by
from accounts.permissions import Permission, has
from accounts.roles import Role
from accounts.workflow import Refused, may, move, record
from checklists.models import AnnualChecklist, ChecklistItem, ChecklistItemChange, ChecklistLine
from checklists.papers import put, values_of, worded
from checklists.states import ChangeKind, ChangeStep, ChecklistStep, Form, ItemStep

FORM_ORDER = {form.value: place for place, form in enumerate(Form)}


# --- compiling ---


@transaction.atomic
def start_compilation(organ: Organ, year: int, *, by: Any, at: datetime) -> AnnualChecklist:
    """Begin the year's first list with everything filed so far. Raises `Refused` where a list of the year exists."""
    if not (organ.is_cso and has(by, Permission.COORDINATE, organ.pk)):
        raise Refused("年度政治监督重点项目清单由党风政风监督室汇总。", "A6.1e")
    Organ.objects.select_for_update().get(pk=organ.pk)
    there = AnnualChecklist.objects.filter(organ=organ, year=year).first()
    if there is not None:
        raise Refused(f"{there}{there.get_step_display()}，不用重新汇总。", "A6.1e")
    checklist = AnnualChecklist.objects.create(organ=organ, year=year, version=1, created_by=by)
    record(checklist, "compile", by=by, at=at, label="开始汇总", article="A6.1e", to_step=checklist.step)
    pull_filed(checklist, by=by, at=at)
    return checklist


@transaction.atomic
def pull_filed(checklist: AnnualChecklist, *, by: Any, at: datetime) -> int:
    """Put every filed project of the year that is not on the list at its end, by form and organ. Returns how many."""
    locked = _compiling(checklist, by=by)
    county = locked.organ.county()
    rows = ChecklistItem.objects.filter(year=locked.year, step=ItemStep.FILED, organ__path__startswith=county.path)
    fresh = rows.exclude(lines__checklist=locked).select_related("organ")
    items = sorted(fresh, key=lambda item: (FORM_ORDER[item.form], item.organ.sort_order, item.organ_id, item.pk))
    last = locked.lines.aggregate(last=Max("seq"))["last"] or 0
    for seq, item in enumerate(items, last + 1):
        ChecklistLine.objects.create(checklist=locked, item=item, seq=seq)
    return len(items)


def _compiling(checklist: AnnualChecklist, *, by: Any) -> AnnualChecklist:
    locked = AnnualChecklist.objects.select_for_update().get(pk=checklist.pk)
    if not has(by, Permission.COORDINATE, locked.organ_id):
        raise Refused("清单由党风政风监督室汇总，您不能修改。", "A6.1e")
    if locked.step != ChecklistStep.COMPILING:
        raise Refused(f"{locked}{locked.get_step_display()}，不能再改。印发后的调整请按动态更新办理。", "A6.1f")
    return locked


@transaction.atomic
def order_lines(checklist: AnnualChecklist, item_ids: list[int], *, by: Any) -> None:
    """Put the projects in this order; ids not on the list are ignored, projects not named keep their place at the end."""
    locked = _compiling(checklist, by=by)
    lines = {line.item_id: line for line in locked.lines.all()}
    wanted = [pk for pk in dict.fromkeys(item_ids) if pk in lines]
    for seq, pk in enumerate([*wanted, *(pk for pk in lines if pk not in wanted)], 1):
        if lines[pk].seq != seq:
            lines[pk].seq = seq
            lines[pk].save()


def move_line(checklist: AnnualChecklist, item: ChecklistItem, *, up: bool, by: Any) -> None:
    """One place up or down."""
    ids = list(checklist.lines.values_list("item_id", flat=True))
    if item.pk not in ids:
        raise Refused(f"“{item}”不在清单上。", "A6.1e")
    place = ids.index(item.pk)
    other = max(0, place - 1) if up else min(len(ids) - 1, place + 1)
    ids[place], ids[other] = ids[other], ids[place]
    order_lines(checklist, ids, by=by)


@transaction.atomic
def edit_line(
    checklist: AnnualChecklist, item: ChecklistItem, values: Mapping[str, Any], *, reason: str, by: Any, at: datetime
) -> ChecklistItemChange:
    """党风政风监督室 edits a filed project while compiling: old words, new words and reason are kept (A6.1e).

    `values` are plain (`papers.plain`). Raises `Refused` without a reason or without a difference.
    """
    locked = _compiling(checklist, by=by)
    fresh = ChecklistItem.objects.select_for_update().get(pk=item.pk)
    if not locked.lines.filter(item=fresh).exists():
        raise Refused(f"“{fresh}”不在清单上，不能在汇总时修改。", "A6.1e")
    if not reason.strip():
        raise Refused("请写明修改理由，申报单位会看到。", "A6.1e")
    before = values_of(fresh)
    old = {name: before[name] for name in values if before[name] != values[name]}
    if not old:
        raise Refused("内容没有变化，不用保存。", "A6.1e")
    put(fresh, values)
    return _record_edit(locked, fresh, old, {name: values[name] for name in old}, reason=reason, by=by, at=at)


@transaction.atomic
def drop_line(
    checklist: AnnualChecklist, item: ChecklistItem, *, reason: str, by: Any, at: datetime
) -> ChecklistItemChange:
    """Leave a filed project out of this list, with the reason; it stays filed and can be taken in again (A6.1e)."""
    locked = _compiling(checklist, by=by)
    line = locked.lines.filter(item=item).first()
    if line is None:
        raise Refused(f"“{item}”不在清单上。", "A6.1e")
    if not reason.strip():
        raise Refused("请写明不列入的理由，申报单位会看到。", "A6.1e")
    line.delete()
    order_lines(locked, [], by=by)
    return _record_edit(locked, item, {"listed": "列入"}, {"listed": "不列入"}, reason=reason, by=by, at=at)


def _record_edit(
    checklist: AnnualChecklist,
    item: ChecklistItem,
    old: dict[str, Any],
    new: dict[str, Any],
    *,
    reason: str,
    by: Any,
    at: datetime,
) -> ChecklistItemChange:
    change = ChecklistItemChange.objects.create(
        organ=checklist.organ,
        item=item,
        kind=ChangeKind.COMPILE,
        reason=reason.strip(),
        old=old,
        new=new,
        step=ChangeStep.APPLIED,
        checklist=checklist,
        created_by=by,
        created_at=at,
        applied_at=at,
    )
    label = "汇总时未列入" if "listed" in new else "汇总时修改"
    fields = "、".join(worded(new)) or "列入清单"
    note = f"{fields}。理由：{change.reason}"
    event = record(item, "compile", by=by, at=at, label=label, note=note, article="A6.1e")
    if item.organ_id != checklist.organ_id:
        sentence = f"党风政风监督室汇总时修改了监督项目“{item}”：{note}"
        told_by(event, staff_of(item.organ_id), sentence, link=reverse("checklists:item", args=[item.pk]))
    return change


# --- the committee ---


@transaction.atomic
def submit_checklist(checklist: AnnualChecklist, *, by: Any, at: datetime) -> AnnualChecklist:
    """提请县纪委常委会研究审批 (A6.1f). Raises `Refused` where a project has not come up the whole way."""
    locked = AnnualChecklist.objects.select_for_update().get(pk=checklist.pk)
    if locked.resolution_id is not None:
        locked.resolution = None  # an earlier refusal stays on record as a resolution and as an event
        locked.save()
    event = move(checklist, "submit", by=by, at=at, along={"submitted_at": at})
    secretaries = holders(Permission.RECORD_RESOLUTION, checklist.organ_id)
    told_by(event, secretaries, f"{checklist}已提请常委会，请登记会议决定。", link=_resolution_url(checklist))
    return checklist


def _resolution_url(checklist: AnnualChecklist) -> str:
    return f"{reverse('checklists:resolution')}?year={checklist.year}"


@transaction.atomic
def record_resolution(
    checklist: AnnualChecklist,
    *,
    by: Any,
    at: datetime,
    approved: bool,
    meeting_on: date,
    meeting_no: str = "",
    agenda_no: int | None = None,
    attendance: str = "",
    opinion: str = "",
) -> ScResolution:
    """The committee's secretary records its decision: the list may now be issued, or goes back (A6.1f).

    Raises `Refused` for anybody else, for a day to come, for a refusal without an opinion, and once approved.
    """
    may(checklist, "approve" if approved else "return", by=by).enforce()
    resolution = make_resolution(
        checklist.organ,
        ScResolutionKind.LIST_APPROVAL,
        f"审议{checklist}",
        by=by,
        at=at,
        approved=approved,
        meeting_on=meeting_on,
        meeting_no=meeting_no,
        agenda_no=agenda_no,
        attendance=attendance,
        opinion=opinion,
    )
    event = move(
        checklist, "approve" if approved else "return", by=by, at=at, note=opinion, along={"resolution": resolution}
    )
    tail = "可以印发" if approved else f"请修改后再提请：{opinion.strip()}"
    told_by(
        event,
        members(checklist.organ_id, Role.CLERK, Role.ORGAN_HEAD),
        f"县纪委常委会{'审议通过' if approved else '未通过'}{checklist}，{tail}。",
        link=f"{reverse('checklists:compile')}?year={checklist.year}",
    )
    return resolution


def make_resolution(
    organ: Organ,
    kind: str,
    title: str,
    *,
    by: Any,
    at: datetime,
    approved: bool,
    meeting_on: date,
    meeting_no: str = "",
    agenda_no: int | None = None,
    attendance: str = "",
    opinion: str = "",
) -> ScResolution:
    """One decision of the committee on one agenda item, brought in by `organ`. Raises `Refused`."""
    if not has(by, Permission.RECORD_RESOLUTION, organ.pk):
        raise Refused("常委会的决定由常委会秘书登记。", "A6.1f")
    if meeting_on > local_day(at):
        raise Refused("会议日期不能晚于今天，请在会后登记。", "A6.1f")
    if not approved and not opinion.strip():
        raise Refused("未通过的，请写明会议意见，提请单位才知道怎样修改。", "A6.1f")
    return ScResolution.objects.create(
        organ=organ,
        kind=kind,
        title=title,
        approved=approved,
        meeting_on=meeting_on,
        meeting_no=meeting_no,
        agenda_no=agenda_no,
        attendance=attendance,
        opinion=opinion.strip(),
        recorded_by=by,
        recorded_at=at,
    )


@transaction.atomic
def report_to_county_committee(
    checklist: AnnualChecklist, *, by: Any, at: datetime, reported_on: date, doc_no: str = ""
) -> AnnualChecklist:
    """必要时向县委报告: when, and under which number. A decision of people, never a condition (A6.1g)."""
    fresh = AnnualChecklist.objects.select_for_update().get(pk=checklist.pk)
    if not has(by, Permission.COORDINATE, fresh.organ_id):
        raise Refused("向县委报告由党风政风监督室登记。", "A6.1g")
    if reported_on > local_day(at):
        raise Refused("报告日期不能晚于今天。", "A6.1g")
    fresh.report_to_cpc, fresh.reported_on, fresh.report_doc_no = True, reported_on, doc_no.strip()
    fresh.save()
    record(fresh, "report", by=by, at=at, label="向县委报告", note=doc_no.strip(), article="A6.1g")
    return fresh
