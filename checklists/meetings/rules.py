"""Who holds a meeting, whom it may give tasks, and what it and a monthly list need (S0-4, S0-5, S1-11)."""

from __future__ import annotations

from typing import Any

from accounts.models import Organ
from accounts.permissions import Permission, has
from accounts.roles import OrganKind
from accounts.workflow import ALLOWED, Verdict, denied
from checklists.models import Meeting, MonthlyList


def may_hold(user: Any, organ: Organ) -> Verdict:
    """党风政风监督室 for the county; a stationed group for its own work (S1-11)."""
    if not (organ.is_cso or organ.is_stationed):
        return denied("调度会由党风政风监督室和派驻纪检监察组召集登记，本部门不登记。", "A10.1b")
    if not has(user, Permission.DRAFT, organ.pk):
        return denied(f"{organ.label}的会议由该单位人员登记。", "A10.1b")
    return ALLOWED


def may_task(user: Any, meeting_organ: Organ, organ: Organ) -> Verdict:
    """党风政风监督室 gives tasks to the organs of its county, a group only to itself."""
    if organ.pk == meeting_organ.pk:
        return ALLOWED
    if meeting_organ.is_cso and has(user, Permission.COORDINATE, organ.pk) and organ.kind != OrganKind.COMMISSION:
        return ALLOWED
    return denied(f"{meeting_organ.label}的会议不能给{organ.label}下达任务，请改选责任单位。", "A10.1b")


def may_list(user: Any, organ: Organ) -> Verdict:
    """The monthly list is 党风政风监督室's."""
    if organ.is_cso and has(user, Permission.COORDINATE, organ.pk):
        return ALLOWED
    return denied("月度重点任务清单由党风政风监督室编制。", "A10.1b")


def is_ready(meeting: Meeting) -> Verdict:
    """Who came and what was discussed."""
    if not meeting.attendees.strip():
        return denied("还没有填写参加人员，请补齐后再登记召开。", "A10.1b")
    if not meeting.topics.exists():
        return denied("还没有填写研究事项，请至少添加一项，再登记召开。", "A10.1b")
    return ALLOWED


def has_tasks(found: MonthlyList) -> Verdict:
    """An empty list is not issued."""
    return (
        ALLOWED
        if found.tasks.exists()
        else denied("清单里还没有任务，请先添加任务或者结转上月未完成的任务。", "A10.1b")
    )
