"""The agenda: matters put on, ordered, taken off, put off to the next meeting, withdrawn (A6.1f)."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Max

from accounts.models import Organ
from accounts.permissions import Permission, has
from accounts.workflow import Refused, record
from reports.committee import rules
from reports.committee.candidates import Candidate, candidate
from reports.committee.states import WRITTEN, ItemDecision, ItemKind, MeetingStep
from reports.models import AgendaItem, CommitteeMeeting


def may_propose(user: Any, meeting: CommitteeMeeting) -> bool:
    """The secretary composes; the head of 党风政风监督室 proposes."""
    return any(has(user, right, meeting.organ_id) for right in (Permission.RECORD_RESOLUTION, Permission.DIRECT))


def composes(user: Any, meeting: CommitteeMeeting) -> bool:
    """The committee's secretary."""
    return has(user, Permission.RECORD_RESOLUTION, meeting.organ_id)


def _composing(meeting: CommitteeMeeting, *, by: Any) -> CommitteeMeeting:
    fresh = CommitteeMeeting.objects.select_for_update().select_related("organ").get(pk=meeting.pk)
    if not may_propose(by, fresh):
        raise Refused("议题由常委会秘书编排，或由党风政风监督室负责人提出。", "A6.1f")
    rules.may_be_composed(fresh).enforce()
    return fresh


def _append(meeting: CommitteeMeeting, *, by: Any, at: datetime, **fields: Any) -> AgendaItem:
    count = meeting.items.count()
    if count >= rules.MOST_ITEMS:
        raise Refused(f"一次会议最多{rules.MOST_ITEMS}项议题，请另排一次会议。", "A6.1f")
    last = meeting.items.aggregate(last=Max("position"))["last"] or 0
    made = AgendaItem.objects.create(meeting=meeting, position=last + 1, added_by=by, added_at=at, **fields)
    record(meeting, "add", by=by, at=at, label="加入议题", note=made.title, article="A6.1f")
    return made


@transaction.atomic
def add_waiting(meeting: CommitteeMeeting, key: str, *, by: Any, at: datetime) -> AgendaItem:
    """Put one of the things that wait for the committee on the agenda. Raises `Refused` where it no longer waits."""
    fresh = _composing(meeting, by=by)
    Organ.objects.select_for_update().get(
        pk=fresh.organ_id
    )  # the same paper put on two agendas at once is one too many
    found = candidate(by, key)
    if found is None:
        raise Refused("这件材料已不在等待上会之列，可能已列入其他会议或已办理。请刷新页面后再看。", "A6.1f")
    if not found.ready:
        raise Refused(f"“{found.title}”{found.note}，提交后才能列入议程。", "A9.7a")
    return _append(fresh, by=by, at=at, **_fields(found))


def _fields(found: Candidate) -> dict[str, Any]:
    kind, _, pk = found.key.partition(":")
    fields = {"kind": found.kind, "title": found.title[:200], "reporter_id": found.organ_id}
    if kind != "carry":
        return {**fields, f"{kind}_id": int(pk)}
    before = AgendaItem.objects.get(pk=int(pk))
    return {**fields, "text": before.text, "note": before.note, "carried_from": before}


@transaction.atomic
def add_written(
    meeting: CommitteeMeeting, *, kind: str, title: str, reporter: Organ, by: Any, at: datetime, text: str = "",
    note: str = "",
) -> AgendaItem:  # fmt: skip
    """Put a question, an arrangement, the yearly hearing or another matter on the agenda. Raises `Refused`."""
    fresh = _composing(meeting, by=by)
    if kind not in WRITTEN:
        raise Refused("审批件、清单和报告请从“等待上会”中加入，会议决定才能直接办到原件上。", "A6.1f")
    if not title.strip():
        raise Refused("请填写议题名称。", "A6.1f")
    if kind == ItemKind.QUESTION and not text.strip():
        raise Refused("请写明需要会议研究的问题和建议。", "A6.1f")
    if not reporter.path.startswith(fresh.organ.county().path):
        raise Refused("汇报单位不在本县，请重新选择。", "A6.1f")
    return _append(
        fresh, by=by, at=at, kind=kind, title=title.strip(), reporter=reporter, text=text.strip(), note=note.strip()
    )


@transaction.atomic
def move_item(item: AgendaItem, *, up: bool, by: Any, at: datetime) -> None:
    """One place up or down. Raises `Refused` once the agenda is fixed."""
    meeting = _composing(item.meeting, by=by)
    if not composes(by, meeting):
        raise Refused("议题顺序由常委会秘书编排。", "A6.1f")
    rows = list(meeting.items.all())
    place = next(place for place, row in enumerate(rows) if row.pk == item.pk)
    other = place - 1 if up else place + 1
    if 0 <= other < len(rows):
        rows[place], rows[other] = rows[other], rows[place]
        _number(rows)
        record(meeting, "order", by=by, at=at, label="调整议题顺序", note=item.title, article="A6.1f")


def _number(rows: list[AgendaItem]) -> None:
    for position, row in enumerate(rows, 1):
        if row.position != position:
            row.position = position
            row.save()


@transaction.atomic
def remove_item(item: AgendaItem, *, by: Any, at: datetime) -> None:
    """Take an item off a draft agenda; its paper waits again. The proposer may take back his own. Raises `Refused`."""
    meeting = _composing(item.meeting, by=by)
    if not composes(by, meeting) and item.added_by_id != by.pk:
        raise Refused(f"这项议题由{item.added_by}提出，请由常委会秘书移出。", "A6.1f")
    title = item.title
    item.delete()
    _number(list(meeting.items.all()))
    record(meeting, "remove", by=by, at=at, label="移出议题", note=title, article="A6.1f")


@transaction.atomic
def postpone_item(item: AgendaItem, *, by: Any, at: datetime, reason: str) -> AgendaItem:
    """Put an item of a fixed agenda off; it is offered for the next meeting. Raises `Refused` without a reason."""
    return _let_go(item, ItemDecision.DEFER, "移到下次会议", by=by, at=at, reason=reason)


@transaction.atomic
def withdraw_item(item: AgendaItem, *, by: Any, at: datetime, reason: str) -> AgendaItem:
    """Withdraw an item of a fixed agenda: the paper went back, or was settled elsewhere. Raises `Refused`."""
    return _let_go(item, ItemDecision.WITHDRAWN, "撤回议题", by=by, at=at, reason=reason)


def _let_go(item: AgendaItem, decision: str, label: str, *, by: Any, at: datetime, reason: str) -> AgendaItem:
    fresh = AgendaItem.objects.select_for_update().select_related("meeting__organ").get(pk=item.pk)
    meeting = CommitteeMeeting.objects.select_for_update().get(pk=fresh.meeting_id)
    fresh.meeting = meeting
    if not composes(by, meeting):
        raise Refused("议程已定，议题由常委会秘书调整。", "A6.1f")
    if meeting.step == MeetingStep.DRAFT:
        raise Refused("议程还在拟制，请直接移出议题。", "A6.1f")
    rules.may_be_let_go(fresh).enforce()
    if not reason.strip():
        raise Refused(f"{label}须写明理由。", "A6.1f")
    fresh.decision, fresh.opinion, fresh.holds = decision, reason.strip(), False
    fresh.decided_by, fresh.decided_at = by, at
    fresh.save()
    record(meeting, decision, by=by, at=at, label=label, note=f"{fresh.title}：{reason.strip()}", article="A6.1f")
    return fresh
