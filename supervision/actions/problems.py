"""Problems are found, corrected, taken back; each has its rectification from the first moment (A3.1, A6.2b, A9.8a)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from copy import copy
from datetime import date, datetime
from typing import Any

from django.db import transaction

from accounts.calendar import local_day
from accounts.models import Organ, SupervisedUnit
from accounts.permissions import Permission, has
from accounts.workflow import Refused, Verdict, record
from checklists.models import ChecklistItem
from checklists.states import FocusArea
from supervision import rules
from supervision.documents.kinds import DocumentStep
from supervision.models import Problem, RectificationItem, Round
from supervision.problem_facts import classification, concluded
from supervision.rounds.endings import takes_back
from supervision.rounds.rules import takes_findings
from supervision.rounds.states import AFTER_DISPOSAL, ReportKind, ReportStep, Route
from supervision.states import RectificationStep

# Called with (problem, by, at) inside the transaction that enters, removes or restores a problem: the app of the ledgers
# keeps its row in step, so that a problem found in a round or on its own page stands in the organ's ledger as well.
FOUND: list[Callable[[Problem, Any, datetime], None]] = []
REMOVED: list[Callable[[Problem, Any, datetime], None]] = []
RESTORED: list[Callable[[Problem, Any, datetime], None]] = []

# Fields of a problem that a clerk may write; the rest follows from who, where and when.
PROBLEM_FIELDS = frozenset(
    {
        "description", "found_on", "method", "source", "severity", "nature", "focus_area", "clue_ref", "suggestion",
        "handling", "handler", "fixed_on_spot", "concerns_top_leader", "concerns_team_member", "deviation_aspects",
        "political_deviation", "political_analysis", "repeat_of", "item", "unit", "round",
        "responsible_kind", "phase_found", "substantiated", "concluded_on",
    }
)  # fmt: skip
RECTIFICATION_FIELDS = frozenset(
    {"goal", "measures", "responsible_leader", "responsible_department", "situation", "due_on", "claimed_on"}
)


@transaction.atomic
def create_problem(
    *, organ: Organ, unit: SupervisedUnit, description: str, year: int, by: Any, at: datetime,
    item: ChecklistItem | None = None, topics: Any = (), in_ledger: bool = False, **fields: Any,
) -> Problem:  # fmt: skip
    """Enter one problem with its rectification; a daily problem needs no project (A3.1).

    `fields` are those of PROBLEM_FIELDS and RECTIFICATION_FIELDS; `in_ledger` says that the caller has its row. Raises `Refused` for strangers, for another organ's
    unit, an empty or formula text, and days out of order.
    """
    _check_place(organ, unit, item, fields.get("round"), by=by)
    _check_step(unit, fields.get("round"))
    ours = {name: value for name, value in fields.items() if name in PROBLEM_FIELDS}
    ours.setdefault("focus_area", item.focus_area if item else FocusArea.OTHER)
    problem = Problem(
        organ=organ, unit=unit, item=item, year=year, created_by=by, description=description.strip(), **ours
    )
    theirs = {name: value for name, value in fields.items() if name in RECTIFICATION_FIELDS}
    rectification = RectificationItem(organ=organ, first_due_on=theirs.get("due_on"), **theirs)
    _check(problem, rectification, at=at)
    problem.save()
    if topics:
        problem.topics.set(topics)
    rectification.problem = problem
    rectification.save()
    record(problem, "find", by=by, at=at, label="登记问题", article="A6.2b")
    if not in_ledger:
        _tell(FOUND, problem, by, at)
    return problem


def _tell(listeners: list[Callable[[Problem, Any, datetime], None]], problem: Problem, by: Any, at: datetime) -> None:
    for listener in listeners:
        listener(problem, by, at)


def _check_place(
    organ: Organ, unit: SupervisedUnit, item: ChecklistItem | None, round: Round | None, *, by: Any
) -> None:
    if not has(by, Permission.DRAFT, organ.pk):
        raise Refused(f"您没有登记{organ.name}台账的权限，请由该单位人员登记。", "A6.2b")
    if round is not None:
        _check_round(organ, unit, round)
        return
    if unit.organ_id != organ.pk and not (item and item.units.filter(pk=unit.pk).exists()):
        raise Refused(f"“{unit.name}”不是{organ.name}的被监督单位，也不在该监督任务的范围内。", "A4")
    if item is not None and organ.pk not in {item.organ_id, item.lead_organ_id}:
        if not item.participants.filter(pk=organ.pk).exists():
            raise Refused(f"“{item.title}”不是{organ.name}台账上的监督任务。", "A6.2b")


def _check_round(organ: Organ, unit: SupervisedUnit, round: Round) -> None:
    """In a round its organs find problems at its units, whichever organ looks after the unit day by day (A9.2)."""
    if organ.pk != round.organ_id and not round.participants.filter(pk=organ.pk).exists():
        raise Refused(f"{organ.name}没有参加“{round}”，不能在其中登记问题。", "A9.2")
    if not round.units.filter(pk=unit.pk).exists():
        raise Refused(f"“{unit.name}”不在“{round}”的被监督单位中。", "A9.4a")


def _check_step(unit: SupervisedUnit, *rounds: Round | None) -> None:
    """Locked, so that a round is not disposed of while a problem enters or leaves it."""
    for round in rounds:
        if round is not None:
            takes_findings(Round.objects.select_for_update().get(pk=round.pk), unit).enforce()


def _check(problem: Problem, rectification: RectificationItem, *, at: datetime) -> None:
    problem_verdict(problem, at=at).enforce()
    concluded(problem, on=local_day(at)).enforce()
    days_in_order(problem.found_on, rectification.due_on, rectification.claimed_on).enforce()


def problem_verdict(problem: Problem, *, at: datetime) -> Verdict:
    """Whether the texts and the day of a problem can stand."""
    if not problem.description.strip():
        return Verdict(False, "发现问题是空的，请写明发现了什么问题。", "A6.2b")
    for text in (problem.description, problem.suggestion, problem.handling, problem.clue_ref, problem.handler):
        verdict = rules.is_text(text)
        if not verdict:
            return verdict
    if problem.found_on and problem.found_on > local_day(at):
        return Verdict(False, f"发现日期{problem.found_on:%Y-%m-%d}晚于今天，请核对。", "A6.2b")
    return Verdict(True)


def days_in_order(found_on: date | None, due_on: date | None, finished_on: date | None) -> Verdict:
    """A term or an end before the finding is a slip of the pen."""
    if found_on and due_on and due_on < found_on:
        return Verdict(False, f"整改时限{due_on:%Y-%m-%d}早于发现日期{found_on:%Y-%m-%d}，请核对。", "A9.8a")
    if found_on and finished_on and finished_on < found_on:
        return Verdict(False, f"销号日期{finished_on:%Y-%m-%d}早于发现日期{found_on:%Y-%m-%d}，请核对。", "A9.8b")
    return Verdict(True)


def _place(problem: Problem) -> tuple[int | None, ...]:
    return problem.unit_id, problem.item_id, problem.round_id


@transaction.atomic
def change_problem(problem: Problem, fields: Mapping[str, Any], *, by: Any, at: datetime) -> Problem:
    """Correct a problem and its rectification while it is open; both keep their history.

    Raises `Refused` where the item is submitted or struck off, where a term would move without an extension, and as
    `create_problem` does. `problem` carries the new values afterwards.
    """
    fresh = Problem.objects.select_for_update().get(pk=problem.pk)
    rectification = RectificationItem.objects.select_for_update().get(problem=fresh)
    if not has(by, Permission.DRAFT, fresh.organ_id):
        raise Refused(f"您不能修改{fresh.organ.name}的问题，请由该单位人员办理。", "A6.2b")
    rules.is_open(rectification).enforce()
    if "round" in fields and fields["round"] != fresh.round:
        _check_step(fresh.unit, fresh.round, fields["round"])
    elif "unit" in fields and fields["unit"] != fresh.unit:  # from one unit's list of problems to another's
        _check_step(fresh.unit, fresh.round)
        _check_step(fields["unit"], fresh.round)
    before = _place(fresh)
    _set(fresh, rectification, fields, by=by, at=at)
    if _place(fresh) != before:  # a unit that has moved on leaves its open problems here
        _check_place(fresh.organ, fresh.unit, fresh.item, fresh.round, by=by)
    _check(fresh, rectification, at=at)
    fresh.save()
    rectification.save()
    for name in PROBLEM_FIELDS & fields.keys():
        setattr(problem, name, getattr(fresh, name))
    if "topics" in fields:
        fresh.topics.set(fields["topics"])
    return fresh


def _set(
    problem: Problem, rectification: RectificationItem, fields: Mapping[str, Any], *, by: Any, at: datetime
) -> None:
    before, told = copy(rectification), classification(problem)
    for name in PROBLEM_FIELDS & fields.keys():
        value = fields[name]
        setattr(problem, name, value.strip() if isinstance(value, str) else value)
    for name in (RECTIFICATION_FIELDS - {"due_on"}) & fields.keys():
        value = fields[name]
        setattr(rectification, name, value.strip() if isinstance(value, str) else value)
        if isinstance(value, str):
            rules.is_text(value.strip()).enforce()
    if "due_on" in fields and fields["due_on"] != rectification.due_on:
        rules.may_retype_due_day(rectification, by=by, at=at).enforce()
        if fields["due_on"] is None and problem.routes.filter(route=Route.RECTIFY).exists():
            raise Refused("这个问题定为限期整改，整改时限不能清空，只能修改。", "A9.7e")
        rectification.due_on = rectification.first_due_on = fields["due_on"]
    rules.keeps_plan(before, rectification).enforce()
    if told != classification(problem):
        note = f"原：{told or '未填'}；现：{classification(problem) or '未填'}"
        record(problem, "classify", by=by, at=at, label="更正分类和查证", note=note, article="A3.2")
    if rectification.step == RectificationStep.ISSUED and fields.get("situation") and rules.has_plan(rectification):
        rectification.step = RectificationStep.IN_PROGRESS
        record(rectification, "start", by=by, at=at, label="开始整改", article="A9.8a",
               from_step=RectificationStep.ISSUED, to_step=RectificationStep.IN_PROGRESS)  # fmt: skip


@transaction.atomic
def remove_problem(problem: Problem, *, by: Any, at: datetime, reason: str = "") -> None:
    """Take a wrongly entered problem off the books; it can be restored. Raises `Refused` once 销号 was asked for."""
    _removable(problem, by=by).enforce()
    problem.removed_at = at
    problem.save()
    record(problem, "remove", by=by, at=at, label="删除", note=reason, article="A6.2b")
    _tell(REMOVED, problem, by, at)


def _removable(problem: Problem, *, by: Any) -> Verdict:
    if not has(by, Permission.DRAFT, problem.organ_id):
        return Verdict(False, f"您不能删除{problem.organ.name}的问题。", "A6.2b")
    item = RectificationItem.objects.select_related("problem").get(problem=problem)
    return rules.is_open(item) and _not_signed_for(problem) and _nothing_rests_on(problem)


def _not_signed_for(problem: Problem) -> Verdict:
    """A9.7d: what leaders have signed for in a list or a document is disposed of with a reason, never taken off the books."""
    report = (
        problem.reports.filter(kind=ReportKind.FINAL).exclude(step__in=(ReportStep.DRAFT, ReportStep.RETURNED)).first()
    )
    if report is not None:
        way = "登错或者无须处理的，请在“分类处置”中定为“不予处理”并写明理由。"
        if report.round.step in AFTER_DISPOSAL:
            way = "本轮已完成分类处置，请写明情况，上传佐证，按程序销号。"
        said = f"问题{problem.code}已列入“{report}”的问题清单（{report.get_step_display()}），不能删除。"
        return Verdict(False, said + way, "A9.7d")
    return Verdict(True)


def _nothing_rests_on(problem: Problem) -> Verdict:
    """A9.7: an accountability, a clue handed over or a document that went out would stand without its ground."""
    sent = problem.points.filter(document__issued_on__isnull=False).exclude(document__step=DocumentStep.VOIDED)
    resting = {"问责登记": problem.accountability.standing(), "移送的线索": problem.clues.all(), "已印发的文书": sent}
    word = next((word for word, rows in resting.items() if rows.exists()), "")
    if word:
        said = f"问题{problem.code}有{word}，不能删除。登记有误的，请先撤销或作废；已经办理的，请按程序销号。"
        return Verdict(False, said, "A9.7d")
    return Verdict(True)


@transaction.atomic
def restore_problem(problem: Problem, *, by: Any, at: datetime) -> None:
    """Undo `remove_problem`. Raises `Refused` for strangers."""
    if not has(by, Permission.DRAFT, problem.organ_id):
        raise Refused(f"您不能恢复{problem.organ.name}的问题。", "A6.2b")
    takes_back(problem).enforce()
    problem.removed_at = None
    problem.save()
    record(problem, "restore", by=by, at=at, label="恢复", article="A6.2b")
    _tell(RESTORED, problem, by, at)
