"""The plenum's deployment (A10.1a), 任务分解 (A10.1b), and the committee's arrangement of 集中式 projects (A7.1)."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.urls import reverse

from accounts.calendar import local_day, spoken
from accounts.models import Organ, ScResolution, ScResolutionKind
from accounts.notifications import staff_of, told_by
from accounts.permissions import Permission, has
from accounts.workflow import Refused, record
from checklists.actions.lists import make_resolution
from checklists.models import AnnualDeployment, ChecklistItem, TaskAssignment
from checklists.states import ItemStep


@transaction.atomic
def save_deployment(organ: Organ, year: int, *, plenum_on: date, text: str, by: Any, at: datetime) -> AnnualDeployment:
    """What the plenum deployed for the year: one per county and year, corrected in place. Raises `Refused`."""
    if not (organ.is_cso and has(by, Permission.COORDINATE, organ.pk)):
        raise Refused("全会部署由党风政风监督室登记。", "A10.1a")
    if not text.strip():
        raise Refused("请写明部署内容。", "A10.1a")
    found = AnnualDeployment.objects.select_for_update().filter(organ=organ, year=year).first()
    deployment = found or AnnualDeployment(organ=organ, year=year, created_by=by)
    deployment.plenum_on, deployment.text = plenum_on, text.strip()
    deployment.save()
    return deployment


@transaction.atomic
def assign_task(item: ChecklistItem, organ: Organ, *, task: str, due_on: date, by: Any, at: datetime) -> TaskAssignment:
    """党风政风监督室 gives part of a listed project to one organ by a day (A10.1b). Raises `Refused`."""
    if not has(by, Permission.COORDINATE, organ.pk) or not has(by, Permission.COORDINATE, item.organ_id):
        raise Refused("任务分解由党风政风监督室办理。", "A10.1b")
    if item.step != ItemStep.LISTED:
        raise Refused(f"“{item}”还没有列入已印发的清单，不能分解任务。", "A10.1b")
    return _give(organ, task=task, due_on=due_on, by=by, at=at, item=item)


@transaction.atomic
def give_task(
    organ: Organ, *, task: str, due_on: date, source: str, source_link: str, by: Any, at: datetime
) -> TaskAssignment:
    """A decision of a meeting becomes work of one organ by a day; the meeting's own rule says who may (S0-4). Raises `Refused`."""
    return _give(organ, task=task, due_on=due_on, by=by, at=at, source=source[:200], source_link=source_link)


def _give(organ: Organ, *, task: str, due_on: date, by: Any, at: datetime, **origin: Any) -> TaskAssignment:
    if not task.strip():
        raise Refused("请写明任务内容。", "A10.1b")
    if due_on < local_day(at):
        raise Refused("完成时限不能早于今天。", "A10.1b")
    made = TaskAssignment.objects.create(organ=organ, task=task.strip(), due_on=due_on, assigned_by=by, **origin)
    event = record(made, "assign", by=by, at=at, label="分解任务", note=made.task, article="A10.1b")
    sentence = f"请办理“{made.origin}”的分解任务：{made.task[:80]}，{spoken(due_on)}前完成。"
    told_by(event, staff_of(organ.pk), sentence, link=reverse("checklists:tasks"))
    return made


@transaction.atomic
def complete_task(task: TaskAssignment, *, by: Any, at: datetime, done_on: date, result: str) -> TaskAssignment:
    """The organ says what it did, and when. Raises `Refused`."""
    fresh = TaskAssignment.objects.select_for_update().get(pk=task.pk)
    if not has(by, Permission.DRAFT, fresh.organ_id):
        raise Refused(f"这项任务由{fresh.organ.name}登记完成情况。", "A10.1b")
    if fresh.done_on is not None:
        raise Refused(f"这项任务已于{fresh.done_on:%Y-%m-%d}完成，不用重复登记。", "A10.1b")
    if done_on > local_day(at):
        raise Refused("完成日期不能晚于今天。", "A10.1b")
    if not result.strip():
        raise Refused("请写明完成情况。", "A10.1b")
    fresh.done_on, fresh.result = done_on, result.strip()
    fresh.save()
    event = record(fresh, "complete", by=by, at=at, label="完成任务", note=fresh.result, article="A10.1b")
    told_by(
        event,
        [fresh.assigned_by],
        f"{fresh.organ.label}已完成任务：{fresh.task[:80]}。",
        link=reverse("checklists:tasks"),
    )
    return fresh


def record_arrangement(organ: Organ, *, title: str, by: Any, at: datetime, **meeting: Any) -> ScResolution:
    """The committee arranges a 集中式 supervision, or 室组巡地 joint working (A7.1, A10.2b). Raises `Refused`."""
    return make_resolution(organ, ScResolutionKind.ARRANGEMENT, title, by=by, at=at, approved=True, **meeting)
