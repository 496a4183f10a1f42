"""What people do with a monthly list: open it, fill it, carry over, issue it, write its progress (S0-5)."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.urls import reverse

from accounts.calendar import local_day
from accounts.models import Organ, User
from accounts.notifications import staff_of, told_by
from accounts.permissions import Permission, has
from accounts.workflow import Refused, move, record
from checklists.actions.tasks import give_task
from checklists.meetings import rules
from checklists.meetings.standing import unfinished_lines
from checklists.meetings.states import MonthStep
from checklists.models import ChecklistItem, MonthlyList, MonthlyTask


def month_url(found: MonthlyList) -> str:
    """Its page."""
    return reverse("checklists:month", args=[found.pk])


@transaction.atomic
def open_month(organ: Organ, year: int, month: int, *, by: Any, at: datetime) -> MonthlyList:
    """Begin the list of a month; there is one per month. Raises `Refused`."""
    rules.may_list(by, organ).enforce()
    if not 1 <= month <= 12:
        raise Refused("请选择1至12月。", "A10.1b")
    found, made = MonthlyList.objects.get_or_create(
        organ=organ, year=year, month=month, defaults={"created_by": by, "created_at": at}
    )
    if not made:
        raise Refused(f"{found}已经建立（{found.get_step_display()}），请打开它继续编制。", "A10.1b")
    return found


def _open(found: MonthlyList, by: Any) -> MonthlyList:
    fresh = MonthlyList.objects.select_for_update().get(pk=found.pk)
    rules.may_list(by, fresh.organ).enforce()
    if fresh.step != MonthStep.DRAFT:
        raise Refused(f"{fresh}已印发，不能再改；新增任务请列入下月清单，或在“任务分解”中下达。", "A10.1b")
    return fresh


def _next(found: MonthlyList) -> int:
    return (found.tasks.aggregate(last=Max("seq"))["last"] or 0) + 1


@transaction.atomic
def add_line(
    found: MonthlyList,
    *,
    task: str,
    organ: Organ,
    due_on: date,
    item: ChecklistItem | None = None,
    by: Any,
    at: datetime,
) -> MonthlyTask:
    """Put a task into the list. Raises `Refused`."""
    fresh = _open(found, by)
    rules.may_task(by, fresh.organ, organ).enforce()
    if not task.strip():
        raise Refused("请写明任务。", "A10.1b")
    if due_on < local_day(at):
        raise Refused("完成时限不能早于今天，请重新填写。", "A10.1b")
    return MonthlyTask.objects.create(
        list=fresh, seq=_next(fresh), task=task.strip(), organ=organ, due_on=due_on, item=item
    )


@transaction.atomic
def drop_month_line(line: MonthlyTask, *, by: Any, at: datetime) -> None:
    """Take a task out of a list that is not yet issued. Raises `Refused`."""
    _open(line.list, by)
    line.delete()


@transaction.atomic
def carry_over(found: MonthlyList, *, by: Any, at: datetime) -> int:
    """Take over every unfinished task of earlier lists, with its term, its progress and the count of its carries.

    No new task is given: the organ has it already. Returns how many were taken over; a second call takes over none.
    """
    fresh = _open(found, by)
    lines = unfinished_lines(fresh)
    for line in lines:
        MonthlyTask.objects.create(
            list=fresh, seq=_next(fresh), task=line.task, organ=line.organ, due_on=line.due_on, item=line.item,
            progress=line.progress, progress_on=line.progress_on, carried_from=line, carries=line.carries + 1,
            assignment=line.assignment,
        )  # fmt: skip
    return len(lines)


@transaction.atomic
def issue_month(found: MonthlyList, *, by: Any, at: datetime) -> MonthlyList:
    """Lock the list, give every new task to its organ, tell every organ in it. Raises `Refused`; then nothing is given."""
    event = move(found, "issue", by=by, at=at, along={"issued_at": at})
    organs: set[int] = set()
    for line in found.tasks.select_related("organ"):
        organs.add(line.organ_id)
        if line.assignment_id is None:
            _give(found, line, by=by, at=at)
    people = User.objects.filter(pk__in=[person.pk for organ in organs for person in staff_of(organ)])
    told_by(event, people, f"{found}已印发，请按时限办理本单位任务并登记进展。", link=month_url(found))
    return found


def _give(found: MonthlyList, line: MonthlyTask, *, by: Any, at: datetime) -> None:
    rules.may_task(by, found.organ, line.organ).enforce()
    if line.due_on < local_day(at):
        raise Refused(f"任务“{line.task[:30]}”的完成时限早于今天，请删去后重新填写。", "A10.1b")
    line.assignment = give_task(
        line.organ, task=line.task, due_on=line.due_on, source=str(found), source_link=month_url(found), by=by, at=at
    )
    line.save()


@transaction.atomic
def note_progress(line: MonthlyTask, *, text: str, by: Any, at: datetime) -> MonthlyTask:
    """Write how a task of an issued list goes: its organ, or 党风政风监督室 on what it heard. Raises `Refused`."""
    fresh = MonthlyTask.objects.select_for_update().select_related("list").get(pk=line.pk)
    if not (has(by, Permission.DRAFT, fresh.organ_id) or has(by, Permission.COORDINATE, fresh.organ_id)):
        raise Refused(f"这项任务的进展由{fresh.organ.label}登记。", "A10.1b")
    if fresh.list.step != MonthStep.ISSUED:
        raise Refused("清单印发以后才能登记进展。", "A10.1b")
    if fresh.done_on is not None:
        raise Refused("这项任务已经完成，不用再登记进展。", "A10.1b")
    if not text.strip():
        raise Refused("请写明进展。", "A10.1b")
    fresh.progress, fresh.progress_on = text.strip(), local_day(at)
    fresh.save()
    record(
        fresh.list,
        "progress",
        by=by,
        at=at,
        label="登记进展",
        note=f"{fresh}：{fresh.progress}"[:500],
        article="A10.1b",
    )
    return fresh
