"""A meeting of the standing committee: called, its agenda fixed, held, closed (A6.1f)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Max

from accounts.calendar import local_day, spoken
from accounts.models import Organ, User
from accounts.notifications import members, told_by
from accounts.permissions import Permission, has
from accounts.roles import Role
from accounts.workflow import Refused, move, record
from reports.actions.committee.packets import order_packet
from reports.committee.states import AHEAD, MeetingStep
from reports.models import CommitteeMeeting
from reports.models.committee import READING_ROLES

FACTS = ("held_on", "number", "place", "chair", "present", "absent", "attending")


def next_number(organ: Organ, year: int) -> int:
    """The number of the year's next meeting."""
    last = CommitteeMeeting.objects.filter(organ=organ, year=year).aggregate(last=Max("number"))["last"]
    return (last or 0) + 1


@transaction.atomic
def call_meeting(organ: Organ, values: Mapping[str, Any], *, by: Any, at: datetime) -> CommitteeMeeting:
    """Plan a meeting: its day, number, place and people. `organ` is 党风政风监督室. Raises `Refused`."""
    if not (organ.is_cso and has(by, Permission.RECORD_RESOLUTION, organ.pk)):
        raise Refused("县纪委常委会的会议由常委会秘书安排。", "A6.1f")
    Organ.objects.select_for_update().get(pk=organ.pk)
    meeting = CommitteeMeeting(organ=organ, created_by=by, created_at=at)
    _take(meeting, values)
    meeting.save()
    record(
        meeting,
        "call",
        by=by,
        at=at,
        label="安排会议",
        note=spoken(meeting.held_on),
        article="A6.1f",
        to_step=meeting.step,
    )
    return meeting


def _take(meeting: CommitteeMeeting, values: Mapping[str, Any]) -> None:
    for name in FACTS:
        if name in values:
            value = values[name]
            setattr(meeting, name, value.strip() if isinstance(value, str) else value)
    meeting.year = meeting.held_on.year
    meeting.number = meeting.number or next_number(meeting.organ, meeting.year)
    others = CommitteeMeeting.objects.filter(organ=meeting.organ, year=meeting.year, number=meeting.number)
    if others.exclude(pk=meeting.pk).exists():
        raise Refused(f"{meeting.year}年已有第{meeting.number}次会议，请改用其他次序。", "A6.1f")
    both = set(meeting.names(meeting.present)) & set(meeting.names(meeting.absent))
    if both:
        raise Refused(f"{'、'.join(sorted(both))}同时登记为出席和请假，请核对。", "A6.1f")


@transaction.atomic
def change_meeting(meeting: CommitteeMeeting, values: Mapping[str, Any], *, by: Any, at: datetime) -> CommitteeMeeting:
    """Another day, place or list of people, until the meeting has been held. Raises `Refused`."""
    fresh = locked(meeting, by=by)
    if fresh.step not in AHEAD:
        raise Refused(f"{fresh}{fresh.get_step_display()}，会议信息不能再改。", "A6.1f")
    _take(fresh, values)
    fresh.save()
    record(fresh, "edit", by=by, at=at, label="修改会议信息", note=spoken(fresh.held_on), article="A6.1f")
    return fresh


def locked(meeting: CommitteeMeeting, *, by: Any) -> CommitteeMeeting:
    """The meeting, locked, for its secretary. Raises `Refused` for anybody else."""
    fresh = CommitteeMeeting.objects.select_for_update().select_related("organ").get(pk=meeting.pk)
    if not has(by, Permission.RECORD_RESOLUTION, fresh.organ_id):
        raise Refused("会议由常委会秘书办理，您可以查看议题和材料。", "A6.1f")
    return fresh


# --- steps ---


@transaction.atomic
def table_agenda(meeting: CommitteeMeeting, *, by: Any, at: datetime) -> CommitteeMeeting:
    """Fix the agenda, order the packet, tell those who will read it. Raises `Refused`."""
    event = move(meeting, "table", by=by, at=at)
    order_packet(meeting, by=by, at=at)
    count, when = meeting.items.count(), spoken(meeting.held_on)
    told_by(event, readers(meeting), f"{meeting}定于{when}召开，议程{count}项，材料可在会议页面查看。",
            link=meeting.get_absolute_url())  # fmt: skip
    return meeting


def readers(meeting: CommitteeMeeting) -> list[User]:
    """书记, deputy secretaries of the county, and the head of 党风政风监督室."""
    leaders = User.objects.filter(
        is_active=True, role__in=READING_ROLES, organ__path__startswith=meeting.organ.county().path
    )
    return [*leaders, *members(meeting.organ_id, Role.ORGAN_HEAD)]


@transaction.atomic
def reopen_agenda(meeting: CommitteeMeeting, *, by: Any, at: datetime) -> CommitteeMeeting:
    """Back to drawing it up; packets made so far stay on record. Raises `Refused`."""
    move(meeting, "reopen", by=by, at=at)
    return meeting


@transaction.atomic
def hold_meeting(
    meeting: CommitteeMeeting, *, by: Any, at: datetime, values: Mapping[str, Any] | None = None
) -> CommitteeMeeting:
    """The meeting took place: on which day, under whom, who was there. Raises `Refused`, for a day to come as well."""
    fresh = locked(meeting, by=by)
    _take(fresh, values or {})
    if fresh.held_on > local_day(at):
        raise Refused(f"会议定于{spoken(fresh.held_on)}召开，开会后才能登记。日期有变的，请先修改会议信息。", "A6.1f")
    if not fresh.names(fresh.present) or not fresh.chair:
        raise Refused("请填写主持人和出席人员，会议纪要和决定都要写明。", "A6.1f")
    along = {name: getattr(fresh, name) for name in (*FACTS, "year")}
    move(meeting, "hold", by=by, at=at, note=fresh.attendance, along=along)
    return meeting


@transaction.atomic
def close_meeting(meeting: CommitteeMeeting, *, by: Any, at: datetime) -> CommitteeMeeting:
    """Everything on the agenda is decided or put off. Raises `Refused` with the items that are not."""
    event = move(meeting, "close", by=by, at=at)
    told_by(
        event,
        readers(meeting),
        f"{meeting}的决定已全部登记，可查看会议纪要和决定事项通知。",
        link=meeting.get_absolute_url(),
    )
    return meeting


@transaction.atomic
def cancel_meeting(meeting: CommitteeMeeting, *, by: Any, at: datetime, reason: str) -> CommitteeMeeting:
    """The meeting does not take place: its papers wait for the next one. Raises `Refused` without a reason."""
    if not reason.strip():
        raise Refused("请写明取消会议的理由。", "A6.1f")
    was_fixed = meeting.step == MeetingStep.TABLED
    event = move(meeting, "cancel", by=by, at=at, note=reason.strip())
    for item in meeting.items.filter(holds=True):
        item.holds = False
        item.save()
    if was_fixed:
        told_by(event, readers(meeting), f"{meeting}取消：{reason.strip()[:100]}。", link=meeting.get_absolute_url())
    return meeting
