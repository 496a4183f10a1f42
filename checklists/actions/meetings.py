"""What people do with a meeting: prepare it, put matters and decisions on it, record it as held (S0-4)."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.urls import reverse

from accounts.calendar import local_day
from accounts.models import Organ
from accounts.notifications import members, told_by
from accounts.roles import Role
from accounts.workflow import Refused, move
from checklists.actions.tasks import give_task
from checklists.meetings import rules
from checklists.meetings.standing import frozen, unfinished_decisions
from checklists.meetings.states import MeetingStep
from checklists.models import ChecklistItem, Meeting, MeetingDecision, MeetingTopic

FIELDS = ("kind", "year", "quarter", "held_on", "place", "attendees")


def meeting_url(meeting: Meeting) -> str:
    """Its page."""
    return reverse("checklists:meeting", args=[meeting.pk])


@transaction.atomic
def save_meeting(found: Meeting | None, *, organ: Organ, by: Any, at: datetime, **values: Any) -> Meeting:
    """Prepare a meeting, or go on preparing it. Raises `Refused`."""
    rules.may_hold(by, organ).enforce()
    meeting = _open(found) if found is not None else Meeting(organ=organ, created_by=by, created_at=at)
    for name in FIELDS:
        setattr(meeting, name, values[name])
    meeting.save()
    return meeting


def _open(meeting: Meeting) -> Meeting:
    """The meeting, locked, as long as it is in preparation."""
    fresh = Meeting.objects.select_for_update().get(pk=meeting.pk)
    if fresh.step != MeetingStep.DRAFT:
        raise Refused(
            f"“{fresh}”{fresh.get_step_display()}，会议记录已经锁定，不能再改。后续安排请在下一次会议登记。", "A10.1b"
        )
    return fresh


def _next(rows: Any) -> int:
    return (rows.aggregate(last=Max("seq"))["last"] or 0) + 1


@transaction.atomic
def add_topic(meeting: Meeting, *, text: str, item: ChecklistItem | None = None, by: Any, at: datetime) -> MeetingTopic:
    """Put a matter on the agenda. Raises `Refused`."""
    rules.may_hold(by, meeting.organ).enforce()
    fresh = _open(meeting)
    if not text.strip():
        raise Refused("请写明研究事项。", "A10.1b")
    return MeetingTopic.objects.create(meeting=fresh, seq=_next(fresh.topics), text=text.strip(), item=item)


@transaction.atomic
def add_decision(meeting: Meeting, *, text: str, organ: Organ, due_on: date, by: Any, at: datetime) -> MeetingDecision:
    """Write down who does what by when. Raises `Refused` for a term that has passed and an organ out of reach."""
    rules.may_hold(by, meeting.organ).enforce()
    fresh = _open(meeting)
    rules.may_task(by, fresh.organ, organ).enforce()
    if not text.strip():
        raise Refused("请写明议定事项。", "A10.1b")
    if due_on < local_day(at):
        raise Refused("完成时限不能早于今天，请重新填写。", "A10.1b")
    return MeetingDecision.objects.create(
        meeting=fresh, seq=_next(fresh.decisions), text=text.strip(), organ=organ, due_on=due_on
    )


@transaction.atomic
def drop_line(line: MeetingTopic | MeetingDecision, *, by: Any, at: datetime) -> None:
    """Take a matter or a decision off a meeting in preparation. Raises `Refused`."""
    rules.may_hold(by, line.meeting.organ).enforce()
    _open(line.meeting)
    line.delete()


@transaction.atomic
def hold_meeting(meeting: Meeting, *, by: Any, at: datetime) -> Meeting:
    """Record that it took place: the minutes are locked, every decision becomes a task once, its organ is told.

    Raises `Refused` for a day to come, and for a decision whose term has passed meanwhile; then no task is given.
    """
    day = local_day(at)
    if meeting.held_on > day:
        raise Refused("会议日期还没有到，开会以后再登记召开。", "A10.1b")
    kept = frozen(unfinished_decisions(meeting), on=day)
    event = move(meeting, "hold", by=by, at=at, along={"settled_at": at, "carried": kept})
    for decision in meeting.decisions.select_related("organ"):
        rules.may_task(by, meeting.organ, decision.organ).enforce()
        if decision.due_on < day:
            raise Refused(f"议定事项“{decision.text[:30]}”的完成时限早于今天，请删去后重新填写。", "A10.1b")
        decision.task = give_task(
            decision.organ, task=decision.text, due_on=decision.due_on, source=str(meeting),
            source_link=meeting_url(meeting), by=by, at=at,
        )  # fmt: skip
        decision.save()
    told_by(
        event,
        members(meeting.organ_id, Role.ORGAN_HEAD),
        f"{meeting}已登记召开，纪要可以下载。",
        link=meeting_url(meeting),
    )
    return meeting


@transaction.atomic
def cancel_meeting(meeting: Meeting, *, by: Any, at: datetime) -> None:
    """Give up a meeting in preparation; it stays on record as such."""
    move(meeting, "drop", by=by, at=at)
