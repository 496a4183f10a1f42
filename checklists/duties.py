"""What the checklist obliges people to: deploy, publish, propose and sign in time, finish instructions, tasks and milestones."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.db.models import Max
from django.urls import reverse

from accounts.calendar import local_day, noon
from accounts.duties import DutyKind, Owed, Proof, beyond_their_organ, declare
from accounts.limits import Limit, month_day
from accounts.models import Approval, ApprovalStep, ChainState, Duty, Event, Organ, OversightAssignment
from accounts.periods import Period, owing
from accounts.roles import OrganKind
from checklists.models import AnnualDeployment, AnnualPoints, ChecklistItem, InstructionItem, Milestone, TaskAssignment
from checklists.states import Form, InstructionStep, ItemStep, PointsStep

DEPLOYMENT_DUE = Limit("deployment_due", 331, "A10.1a", "年度部署登记截止日（月日，如331为3月31日）", "")
POINTS_DUE = Limit("points_due", 228, "A6.1a", "年度政治监督要点印发截止日（月日，如228为2月28日）", "")


def _subjects(duties: Sequence[Duty]) -> list[int]:
    return [duty.subject_id for duty in duties]


# --- A10.1a, A6.1a: what 党风政风监督室 owes at the beginning of a year ---


def _of_office(day: date, limit: Limit, title: str, link: str) -> Iterable[Owed]:
    year = Period.of("year", day)
    due_on = month_day(limit.on(year.first), day.year)
    for office in owing(Organ.objects.filter(kind=OrganKind.CONDUCT_SUPERVISION_OFFICE), year):
        yield Owed(office, title.format(day.year), due_on, year.first, period=year.key, link=f"{link}?year={day.year}")


def _deployment_owed(day: date) -> Iterable[Owed]:
    return _of_office(day, DEPLOYMENT_DUE, "登记{}年全会对政治监督工作的部署", reverse("checklists:deployment"))


def _points_owed(day: date) -> Iterable[Owed]:
    return _of_office(day, POINTS_DUE, "印发{}年度政治监督要点", reverse("checklists:home"))


def _deployments(duties: Sequence[Duty]) -> Mapping[int, Proof]:
    """The plenum's own day proves it, whenever somebody writes it down."""
    rows = AnnualDeployment.objects.filter(organ_id__in={duty.organ_id for duty in duties})
    made = {(row.organ_id, str(row.year)): noon(row.plenum_on) for row in rows}
    return {
        duty.pk: Proof(made[key], "全会已部署", duty.link)
        for duty in duties
        if (key := (duty.organ_id, duty.period)) in made
    }


def _points(duties: Sequence[Duty]) -> Mapping[int, Proof]:
    rows = AnnualPoints.objects.filter(organ_id__in={duty.organ_id for duty in duties}, step=PointsStep.PUBLISHED)
    made = {(row.organ_id, str(row.year)): row for row in rows}
    return {
        duty.pk: Proof(row.published_at, f"已印发“{row}”", duty.link)
        for duty in duties
        if (row := made.get((duty.organ_id, duty.period))) is not None and row.published_at is not None
    }


# --- A6.1b: each stationed group files at least one project ---


def _proposals_owed(day: date) -> Iterable[Owed]:
    for points in AnnualPoints.objects.filter(step=PointsStep.PUBLISHED, year=day.year).select_related("organ__parent"):
        groups = Organ.objects.within(points.organ.county()).filter(kind=OrganKind.STATIONED_GROUP).active(on=day)
        for organ in owing(groups, Period.year_of(points.year)):
            yield Owed(
                organ=organ,
                title=f"确定{points.year}年度1至3个具体监督项目并报送党风政风监督室",
                due_on=points.proposals_due_on,
                opened_on=local_day(points.published_at) if points.published_at else day,
                period=str(points.year),
                link=f"{reverse('checklists:home')}?year={points.year}",
            )


def _proposals(duties: Sequence[Duty]) -> Mapping[int, Proof]:
    rows: Any = ChecklistItem.objects.counted().filter(
        organ_id__in={duty.organ_id for duty in duties}, form=Form.STATIONED, filed_at__isnull=False
    )
    first: dict[tuple[int, str], Any] = {}
    for item in rows.order_by("filed_at").only("organ_id", "year", "title", "filed_at"):
        first.setdefault((item.organ_id, str(item.year)), item)
    return {
        duty.pk: Proof(item.filed_at, f"已报送“{item}”", reverse("checklists:item", args=[item.pk]))
        for duty in duties
        if (item := first.get((duty.organ_id, duty.period))) is not None
    }


# --- A6.1c: each rung signs within its working days ---


def _signatures_owed(day: date) -> Iterable[Owed]:
    waiting = ApprovalStep.objects.filter(
        approval__state=ChainState.RUNNING, opened_at__isnull=False, decision="", signer__isnull=False
    )
    posts = OversightAssignment.objects.valid(on=day).filter(leader__is_active=True).select_related("leader")
    leaders = {(post.organ_id, post.rung): post.leader for post in posts}
    for step in waiting.select_related("approval__organ", "signer").iterator(500):
        yield Owed(
            organ=step.approval.organ,
            title=f"签批：{step.approval.title}",
            due_on=step.due_on or day,
            opened_on=local_day(step.opened_at) if step.opened_at else day,
            subject=step,
            person=leaders.get((step.approval.organ_id, step.rung), step.signer),  # whoever has the post now signs
            link=reverse("accounts:approval", args=[step.approval_id]),
        )


def _signatures(duties: Sequence[Duty]) -> Mapping[int, Proof]:
    steps = ApprovalStep.objects.filter(pk__in=_subjects(duties)).select_related("approval", "acted_by")
    found = {step.pk: proof for step in steps if (proof := _signature(step)) is not None}
    return {duty.pk: found[duty.subject_id] for duty in duties if duty.subject_id in found}


def _signature(step: ApprovalStep) -> Proof | None:
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


def _instructions(duties: Sequence[Duty]) -> Mapping[int, Proof]:
    rows = InstructionItem.objects.filter(pk__in=_subjects(duties), closed_on__isnull=False)
    closed = {pk: noon(day) for pk, day in rows.values_list("pk", "closed_on") if day is not None}
    return {
        duty.pk: Proof(closed[duty.subject_id], "已办结", reverse("checklists:instruction", args=[duty.subject_id]))
        for duty in duties
        if duty.subject_id in closed
    }


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


def _tasks(duties: Sequence[Duty]) -> Mapping[int, Proof]:
    rows = TaskAssignment.objects.filter(pk__in=_subjects(duties), done_on__isnull=False).only("done_on", "result")
    done = {task.pk: task for task in rows}
    return {
        duty.pk: Proof(noon(task.done_on), task.result[:200], reverse("checklists:tasks"))
        for duty in duties
        if (task := done.get(duty.subject_id)) is not None and task.done_on is not None
    }


# --- A6.2a: 时间节点 of listed projects ---


def _milestones_owed(day: date) -> Iterable[Owed]:
    """One duty for each project and day: the rows of the plan are written anew at every change, the day stays."""
    rows = Milestone.objects.filter(item__step=ItemStep.LISTED, item__year=day.year)
    days: dict[tuple[int, date], list[Milestone]] = defaultdict(list)
    for row in rows.select_related("item__lead_organ").iterator(500):
        days[row.item_id, row.due_on].append(row)
    for (_, due_on), found in days.items():
        item = found[0].item
        texts = "；".join(row.text for row in found)
        yield Owed(
            organ=item.lead_organ,
            title=f"时间节点：{item}——{texts}"[:300],
            due_on=due_on,
            opened_on=min(day, due_on),
            period=due_on.isoformat(),
            subject=item,
            link=reverse("checklists:item", args=[item.pk]),
        )


def _milestones(duties: Sequence[Duty]) -> Mapping[int, Proof]:
    ids = _subjects(duties)
    rows: dict[tuple[int, str], list[date | None]] = defaultdict(list)
    for item, due_on, done_on in Milestone.objects.filter(item_id__in=ids).values_list("item_id", "due_on", "done_on"):
        rows[item, due_on.isoformat()].append(done_on)
    left = dict(ChecklistItem.objects.filter(pk__in=ids).exclude(step=ItemStep.LISTED).values_list("pk", "updated_at"))
    planned = _replanned(ids)
    found = {duty.pk: _reached(duty, rows, left, planned) for duty in duties}
    return {pk: proof for pk, proof in found.items() if proof is not None}


def _reached(duty: Duty, rows: Mapping[Any, Any], left: Mapping[int, Any], planned: Mapping[int, Any]) -> Proof | None:
    """All milestones of that day are done; or the plan names that day no longer; or the project has left the list."""
    done = rows.get((duty.subject_id, duty.period), [])
    if done and all(done):
        return Proof(noon(max(done)), "节点已完成", duty.link)
    if duty.subject_id in left:
        return Proof(left[duty.subject_id], "项目已不在清单", duty.link)
    if not done and duty.subject_id in planned:
        return Proof(planned[duty.subject_id], "时间节点已调整", duty.link)
    return None


def _replanned(ids: Sequence[int]) -> dict[int, datetime]:
    """When the plan of each project was last written."""
    rows: Any = Event.objects.filter(
        subject_type__app_label="checklists", subject_type__model="checklistitem", subject_id__in=ids, verb="milestones"
    )
    return dict(rows.order_by().values("subject_id").annotate(at=Max("at")).values_list("subject_id", "at"))


declare(
    DutyKind(
        "deployment",
        "A10.1a",
        "全会部署",
        _deployment_owed,
        proofs=_deployments,
        summary="县纪委全会每年对政治监督工作作出部署",
    )
)
declare(
    DutyKind(
        "publish_points",
        "A6.1a",
        "印发年度要点",
        _points_owed,
        proofs=_points,
        summary="党风政风监督室制定年度政治监督要点",
    )
)
declare(
    DutyKind(
        "propose_items",
        "A6.1b",
        "申报驻点式监督项目",
        _proposals_owed,
        proofs=_proposals,
        lapsed=beyond_their_organ,
        summary="派驻纪检监察组每年确定1至3个具体监督项目",
    )
)
declare(
    DutyKind(
        "sign_step",
        "A6.1c",
        "层报审批签批",
        _signatures_owed,
        proofs=_signatures,
        movable=True,
        summary="项目报协管常委、委员审核后报分管副书记审定",
    )
)
declare(
    DutyKind(
        "milestone",
        "A6.2a",
        "项目时间节点",
        _milestones_owed,
        proofs=_milestones,
        summary="总台账明确任务、举措、时间节点和责任单位",
    )
)
declare(
    DutyKind(
        "close_instruction",
        "A5.2",
        "指示批示限期办结",
        _instructions_owed,
        proofs=_instructions,
        summary="指示批示件动态跟进，限期办结",
    )
)
declare(
    DutyKind(
        "finish_task", "A10.1b", "完成分解任务", _tasks_owed, proofs=_tasks, summary="党风政风监督室统筹协调，分解任务"
    )
)
