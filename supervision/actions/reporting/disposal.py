"""分类处置: routes of problems, telling the units, holding to account (A9.7d, A9.7f)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.urls import reverse

from accounts.calendar import local_day
from accounts.models import SupervisedUnit
from accounts.notifications import staff_of, told_by
from accounts.permissions import Permission, has
from accounts.workflow import Refused, record
from checklists.models import Topic
from supervision.models import (
    AccountabilityAction,
    DisposalRoute,
    Problem,
    RectificationItem,
    Round,
    UnitFeedback,
)
from supervision.reporting import routes as rules
from supervision.reporting.accountability import not_begun, not_withdrawn
from supervision.rounds.states import Route
from supervision.rules import is_text


def disposal_url(round: Round) -> str:
    """Where the problems of a round are disposed of."""
    return reverse("supervision:disposal", args=[round.pk])


def may_dispose(user: Any, round: Round) -> bool:
    """The organ that leads the round, and 党风政风监督室 (A9.7d)."""
    return has(user, Permission.DRAFT, round.organ_id) or has(user, Permission.COORDINATE, round.organ_id)


def _locked(round: Round, *, by: Any) -> Round:
    fresh = Round.objects.select_for_update().get(pk=round.pk)
    if not may_dispose(by, fresh):
        raise Refused(f"分类处置由牵头单位{fresh.organ.name}或党风政风监督室办理。", "A9.7d")
    return fresh


# --- routes ---


@transaction.atomic
def set_routes(
    round: Round, problems: Sequence[Problem], routes: Iterable[str], *, by: Any, at: datetime, reason: str = "",
    due_on: date | None = None,
) -> int:  # fmt: skip
    """Decide by which ways these problems go on; earlier routes are replaced, and each change is on record (A9.7d).

    Several ways may stand together, 不予处理 stands alone with its reason, 立行立改 needs its mark and evidence. With
    限期整改, `due_on` becomes the term of those that have none yet (A9.7e); a given term moves only by extension.
    Raises `Refused` before the committee's study, once the round is disposed of, for a term that is over already.
    Returns how many changed.
    """
    fresh, chosen = _locked(round, by=by), [way for way in Route if way in set(routes)]
    rules.may_route(fresh).enforce()
    if not problems:
        raise Refused("请先勾选要处置的问题。", "A9.7d")
    rules.routes_fit(chosen, reason).enforce()
    is_text(reason.strip()).enforce()
    _term_fits(chosen, due_on, at=at)
    count = 0
    for problem in problems:
        routed = _route(fresh, problem, chosen, by=by, at=at, reason=reason.strip())
        count += _give_term(problem, due_on, by=by, at=at) or routed
    return count


def _term_fits(chosen: Sequence[Route], due_on: date | None, *, at: datetime) -> None:
    if due_on is None:
        return
    if Route.RECTIFY not in chosen:
        raise Refused("填写了整改时限，请同时选择“限期整改”。", "A9.7e")
    if due_on < local_day(at):
        raise Refused(f"整改时限{due_on:%Y-%m-%d}已经过去，请改成今天或者以后的日期。", "A9.7e")


def _give_term(problem: Problem, due_on: date | None, *, by: Any, at: datetime) -> bool:
    item = RectificationItem.objects.select_for_update().get(problem=problem)
    if due_on is None or item.due_on is not None:
        return False
    item.due_on = item.first_due_on = due_on
    item.save()
    record(problem, "term", by=by, at=at, label="确定整改时限", note=f"{due_on:%Y-%m-%d}", article="A9.7e")
    return True


def _route(round: Round, problem: Problem, chosen: list[Route], *, by: Any, at: datetime, reason: str) -> bool:
    if problem.round_id != round.pk or problem.removed_at:
        raise Refused(f"问题{problem.code}不是本轮监督发现的问题。", "A9.7d")
    if Route.ON_SPOT in chosen:
        rules.fixed_on_the_spot(problem).enforce()
    before = list(DisposalRoute.objects.filter(problem=problem))
    if {row.route for row in before} == set(chosen) and all(row.reason == reason for row in before):
        return False
    DisposalRoute.objects.filter(problem=problem).delete()
    for way in chosen:
        DisposalRoute.objects.create(problem=problem, route=way, reason=reason, decided_by=by, decided_at=at)
    said = "、".join(way.label for way in chosen)
    old = "、".join(row.get_route_display() for row in before)
    note = f"{f'原：{old}；现：' if old else ''}{said}{f'。说明：{reason}' if reason else ''}"
    label = "变更处置方式" if before else "确定处置方式"
    record(problem, "route", by=by, at=at, label=label, note=note, article="A9.7d")
    return True


# --- telling the unit ---


@transaction.atomic
def feed_back(
    round: Round, unit: SupervisedUnit, problems: Sequence[Problem], *, by: Any, at: datetime, fed_back_on: date,
    manner: str, receiver: str, attitude: str = "",
) -> UnitFeedback:  # fmt: skip
    """The unit was told of its problems: on which day, how, and who took it (A9.7d).

    Raises `Refused` before the study, for another unit's problem, for one already told, and for days out of order.
    """
    fresh = _locked(round, by=by)
    rules.may_feed_back(fresh).enforce()
    if not problems:
        raise Refused(f"请选择向{unit}反馈的问题。", "A9.7d")
    if not receiver.strip():
        raise Refused("请填写接收人。", "A9.7d")
    if fed_back_on > local_day(at):
        raise Refused("反馈日期不能晚于今天。", "A9.7d")
    rules.after_study(fresh, fed_back_on).enforce()
    for problem in problems:
        rules.may_be_told(fresh, unit, problem).enforce()
    made = UnitFeedback.objects.create(round=fresh, unit=unit, fed_back_on=fed_back_on, manner=manner, receiver=receiver.strip(),
                                       attitude=attitude.strip(), created_by=by, created_at=at)  # fmt: skip
    made.problems.set(problems)
    codes = "、".join(problem.code for problem in problems)
    note = f"{fed_back_on:%Y-%m-%d}{made.get_manner_display()}，{made.receiver}接收：{codes}"
    event = record(fresh, "feed_back", by=by, at=at, label=f"向{unit}反馈"[:60], note=note, article="A9.7d")
    told_by(event, staff_of(unit.organ_id), f"已向{unit}反馈{len(problems)}个问题。", link=disposal_url(fresh))
    return made


# --- accountability ---


@transaction.atomic
def start_accountability(
    problem: Problem, *, by: Any, at: datetime, object_kind: str, object_name: str, responsibility: str,
    competent_organ: str, started_on: date, in_cooperation: bool = False, topics: Iterable[Topic] = (),
) -> AccountabilityAction:  # fmt: skip
    """及时启动问责程序: whom, for which responsibility, handled where, since when (A9.7f). Raises `Refused`."""
    organ = problem.round.organ if problem.round else problem.organ
    if not (has(by, Permission.DRAFT, organ.pk) or has(by, Permission.DIRECT, organ.pk)):
        raise Refused(f"问责程序由{organ.name}或党风政风监督室负责人登记。", "A9.7f")
    if problem.removed_at:
        raise Refused("这个问题已删除。", "A9.7f")
    for text in (object_name, competent_organ):
        is_text(text.strip()).enforce()
    if not object_name.strip() or not competent_organ.strip():
        raise Refused("请填写问责对象的名称（或姓名、职务）和承办单位。", "A9.7f")
    _in_order(started_on, problem.found_on, local_day(at), "启动日期")
    Problem.objects.select_for_update().get(pk=problem.pk)  # of two requests the second reads the sentence
    not_begun(problem, object_kind, object_name.strip(), responsibility).enforce()
    made = AccountabilityAction.objects.create(
        problem=problem, organ=organ, object_kind=object_kind, object_name=object_name.strip(), responsibility=responsibility,
        competent_organ=competent_organ.strip(), started_on=started_on, in_cooperation=in_cooperation, created_by=by, created_at=at,
    )  # fmt: skip
    made.topics.set(topics)
    # The event names no person: it stands on pages that more people read than the record itself.
    record(made, "start", by=by, at=at, label="启动问责程序", note=f"问题{problem.code}", article="A9.7f")
    return made


@transaction.atomic
def decide_accountability(
    action: AccountabilityAction, *, by: Any, at: datetime, decided_on: date, result: str
) -> None:
    """How it was decided, and when (A9.7f). Raises `Refused` for strangers, twice, and for days out of order."""
    fresh = AccountabilityAction.objects.select_for_update().get(pk=action.pk)
    if not (has(by, Permission.DRAFT, fresh.organ_id) or has(by, Permission.DIRECT, fresh.organ_id)):
        raise Refused("问责结果由提出单位或党风政风监督室负责人登记。", "A9.7f")
    not_withdrawn(fresh).enforce()
    if fresh.decided_on:
        raise Refused(f"问责结果已于{fresh.decided_on:%Y-%m-%d}登记，不能重复登记。", "A9.7f")
    is_text(result.strip()).enforce()
    if not result.strip():
        raise Refused("请写明问责方式和结果。", "A9.7f")
    _in_order(decided_on, fresh.started_on, local_day(at), "决定日期")
    fresh.decided_on, fresh.result = decided_on, result.strip()
    fresh.save()
    record(fresh, "decide", by=by, at=at, label="登记问责结果", article="A9.7f")


def _in_order(day: date, earliest: date | None, today: date, name: str) -> None:
    if day > today:
        raise Refused(f"{name}不能晚于今天。", "A9.7f")
    if earliest and day < earliest:
        raise Refused(f"{name}早于{earliest:%Y-%m-%d}，请核对。", "A9.7f")
