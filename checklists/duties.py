"""What the checklist obliges people to: propose in time, sign in time, finish instructions and tasks in time."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, time

from django.urls import reverse

from accounts.calendar import SHANGHAI, local_day
from accounts.duties import DutyKind, Owed, Proof, declare
from accounts.models import Approval, ApprovalStep, ChainState, Duty, Organ
from accounts.periods import Period, PeriodKind, owing
from accounts.roles import OrganKind
from checklists.meetings.states import MeetingKind, MonthStep
from checklists.models import AnnualPoints, ChecklistItem, InstructionItem, Meeting, MonthlyList, TaskAssignment
from checklists.states import Form, InstructionStep, PointsStep


def _noon(day: date) -> datetime:
    return datetime.combine(day, time(12), tzinfo=SHANGHAI)


# --- A6.1b: each stationed group files at least one project ---


def _proposals_owed(day: date) -> Iterable[Owed]:
    for points in AnnualPoints.objects.filter(step=PointsStep.PUBLISHED, year=day.year).select_related("organ"):
        groups = Organ.objects.within(points.organ.county()).filter(kind=OrganKind.STATIONED_GROUP).active(on=day)
        for organ in groups:
            yield Owed(
                organ=organ,
                title=f"确定{points.year}年度1至3个具体监督项目并报送党风政风监督室",
                due_on=points.proposals_due_on,
                opened_on=local_day(points.published_at) if points.published_at else day,
                period=str(points.year),
                link=f"{reverse('checklists:home')}?year={points.year}",
            )


def _proposal_filed(duty: Duty) -> Proof | None:
    rows = ChecklistItem.objects.counted().filter(organ_id=duty.organ_id, year=int(duty.period), form=Form.STATIONED)
    item = rows.filter(filed_at__isnull=False).order_by("filed_at").first()
    if item is None or item.filed_at is None:
        return None
    return Proof(at=item.filed_at, text=f"已报送“{item}”", link=reverse("checklists:item", args=[item.pk]))


# --- A6.1c: each rung signs within its working days ---


def _signatures_owed(day: date) -> Iterable[Owed]:
    waiting = ApprovalStep.objects.filter(
        approval__state=ChainState.RUNNING, opened_at__isnull=False, decision="", signer__isnull=False
    )
    for step in waiting.select_related("approval__organ", "signer"):
        yield Owed(
            organ=step.approval.organ,
            title=f"签批：{step.approval.title}",
            due_on=step.due_on or day,
            opened_on=local_day(step.opened_at) if step.opened_at else day,
            subject=step,
            person=step.signer,
            link=reverse("accounts:approval", args=[step.approval_id]),
        )


def _signature_given(duty: Duty) -> Proof | None:
    step = ApprovalStep.objects.select_related("approval", "acted_by").filter(pk=duty.subject_id).first()
    if step is None:
        return None
    link = reverse("accounts:approval", args=[step.approval_id])
    if step.acted_at is not None:
        return Proof(at=step.acted_at, text=f"{step.acted_by}{step.get_decision_display()}", link=link)
    round_of = step.approval
    if round_of.finished_at is not None:
        return Proof(at=round_of.finished_at, text=Approval(state=round_of.state).get_state_display(), link=link)
    return None


# --- A5.2: 限期办结 ---


def _instructions_owed(day: date) -> Iterable[Owed]:
    for item in InstructionItem.objects.filter(step=InstructionStep.OPEN).select_related("organ"):
        yield Owed(
            organ=item.organ,
            title=f"指示批示办结：{item}",
            due_on=item.due_on,
            opened_on=item.received_on,
            subject=item,
            link=reverse("checklists:instruction", args=[item.pk]),
        )


def _instruction_closed(duty: Duty) -> Proof | None:
    item = InstructionItem.objects.filter(pk=duty.subject_id, closed_on__isnull=False).first()
    if item is None or item.closed_on is None:
        return None
    return Proof(at=_noon(item.closed_on), text="已办结", link=reverse("checklists:instruction", args=[item.pk]))


# --- A10.1b: 任务分解 ---


def _tasks_owed(day: date) -> Iterable[Owed]:
    for task in TaskAssignment.objects.filter(done_on__isnull=True).select_related("organ", "item"):
        yield Owed(
            organ=task.organ,
            title=f"分解任务：{task.task[:120]}",
            due_on=task.due_on,
            opened_on=local_day(task.created_at),
            subject=task,
            link=reverse("checklists:tasks"),
        )


def _task_done(duty: Duty) -> Proof | None:
    task = TaskAssignment.objects.filter(pk=duty.subject_id, done_on__isnull=False).first()
    if task is None or task.done_on is None:
        return None
    return Proof(at=_noon(task.done_on), text=task.result[:200], link=reverse("checklists:tasks"))


# --- S0-4, S0-5: each quarter a dispatch meeting, each month a list; no article says a number, so both are suggestions ---


def _coordinators(period: Period) -> Iterable[Organ]:
    """党风政风监督室 that exist through the whole period (AMB-18)."""
    return owing(Organ.objects.filter(kind=OrganKind.CONDUCT_SUPERVISION_OFFICE), period)


def _dispatch_owed(day: date) -> Iterable[Owed]:
    quarter = Period.of(PeriodKind.QUARTER, day)
    for office in _coordinators(quarter):
        yield Owed(
            organ=office,
            title=f"召开{quarter.label}工作调度会（建议）",
            due_on=quarter.last,
            opened_on=quarter.first,
            period=quarter.key,
            link=reverse("checklists:meetings"),
        )


def _dispatch_held(duty: Duty) -> Proof | None:
    quarter = Period.read(duty.period)
    rows = Meeting.objects.held().filter(organ_id=duty.organ_id, kind=MeetingKind.QUARTERLY)
    made = rows.filter(year=quarter.at_year, quarter=quarter.number).order_by("held_on", "pk").first()
    if made is None:
        return None
    return Proof(at=_noon(made.held_on), text=str(made), link=reverse("checklists:meeting", args=[made.pk]))


def _month_owed(day: date) -> Iterable[Owed]:
    month = Period.of(PeriodKind.MONTH, day)
    for office in _coordinators(month):
        yield Owed(
            organ=office,
            title=f"印发{month.label}重点任务清单（建议）",
            due_on=month.last,
            opened_on=month.first,
            period=month.key,
            link=reverse("checklists:months"),
        )


def _month_issued(duty: Duty) -> Proof | None:
    month = Period.read(duty.period)
    rows = MonthlyList.objects.filter(organ_id=duty.organ_id, year=month.at_year, month=month.number)
    made = rows.filter(step=MonthStep.ISSUED).first()
    if made is None or made.issued_at is None:
        return None
    return Proof(at=made.issued_at, text=str(made), link=reverse("checklists:month", args=[made.pk]))


declare(DutyKind("dispatch_meeting", "A10.1b", "季度工作调度会（建议）", _dispatch_owed, _dispatch_held))
declare(DutyKind("monthly_list", "A10.1b", "月度重点任务清单（建议）", _month_owed, _month_issued))
declare(DutyKind("propose_items", "A6.1b", "申报驻点式监督项目", _proposals_owed, _proposal_filed))
declare(DutyKind("sign_step", "A6.1c", "层报审批签批", _signatures_owed, _signature_given))
declare(DutyKind("close_instruction", "A5.2", "指示批示限期办结", _instructions_owed, _instruction_closed))
declare(DutyKind("finish_task", "A10.1b", "完成分解任务", _tasks_owed, _task_done))
