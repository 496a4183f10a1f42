"""A round is opened, prepared, begun, ended, closed or given up (A9.0-A9.2, A9.6a, A9.8)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import Max

from accounts import editions
from accounts.calendar import local_day
from accounts.models import Organ, SupervisedUnit
from accounts.notifications import staff_of, told_by
from accounts.permissions import Permission, has, organ_ids
from accounts.workflow import Refused, move, record
from checklists.models import ChecklistItem
from checklists.states import ItemStep
from supervision.models import Round, TeamMember
from supervision.rounds import rules

# What may be changed while a round is being prepared.
OWN = ("title", "scale", "linkage_mode", "start_planned_on", "end_planned_on")


def organ_of(round: Round, by: Any) -> Organ:
    """For which organ a person works in a round: its leader's or a participant's. Raises `Refused` for strangers."""
    ids = organ_ids(by, Permission.DRAFT)
    if round.organ_id in ids:
        return round.organ
    joined = round.participants.filter(pk__in=ids).first()
    if joined is None:
        raise Refused("本轮监督由牵头单位和参加单位登记，您的单位没有参加。", "A9.2")
    return joined


@transaction.atomic
def open_round(
    item: ChecklistItem, *, by: Any, at: datetime, units: Iterable[SupervisedUnit],
    participants: Iterable[Organ] = (), **fields: Any,
) -> Round:  # fmt: skip
    """Begin to prepare the next round of a listed project; its lead organ leads (A9.0). Raises `Refused`.

    `fields` are those of OWN. Those who take part are told.
    """
    if not has(by, Permission.DRAFT, item.lead_organ_id):
        raise Refused(f"这个项目由{item.lead_organ.name}牵头，请由该单位组织监督。", "A9.0")
    if item.step != ItemStep.LISTED:
        raise Refused("只有已列入清单的项目才能开展监督。请先完成清单审批和印发。", "A6.1f")
    gone = item.lead_organ.active_to
    if gone is not None and gone < local_day(at):
        raise Refused(
            f"{item.lead_organ.name}已于{gone:%Y-%m-%d}撤销，不能再组织新一轮监督。请由党风政风监督室把项目调整到承接单位。",
            "A9.0",
        )
    ChecklistItem.objects.select_for_update().get(pk=item.pk)
    last = Round.objects.filter(item=item).aggregate(last=Max("seq"))["last"] or 0
    made = Round(
        organ_id=item.lead_organ_id, item=item, seq=last + 1, created_by=by, created_at=at,
        edition=editions.in_force(), **{name: fields[name] for name in OWN if name in fields},
    )  # fmt: skip
    made.title = made.title.strip() or _name(made)
    _days_in_order(made)
    made.save()
    _join(made, units, participants)
    event = record(made, "open", by=by, at=at, label="筹备一轮监督", article="A9.0", to_step=made.step)
    told_by(event, [person for organ in made.participants.all() for person in staff_of(organ.pk)],
            f"请参加{made.organ.label}牵头的监督：{made}。", link=made.get_absolute_url())  # fmt: skip
    return made


def _name(round: Round) -> str:
    return f"{round.item.title}（第{round.seq}轮）"


def _days_in_order(round: Round) -> None:
    if round.end_planned_on < round.start_planned_on:
        raise Refused("计划结束日期早于开始日期，请核对。", "A9.0")


def _join(round: Round, units: Iterable[SupervisedUnit], participants: Iterable[Organ]) -> None:
    chosen = list(units)
    if not chosen:
        raise Refused("请至少选择一个被监督单位。", "A4")
    round.units.set(chosen)
    round.participants.set([organ for organ in participants if organ.pk != round.organ_id])


@transaction.atomic
def change_round(round: Round, values: Mapping[str, Any], *, by: Any, at: datetime) -> Round:
    """Change units, participants, linkage or days while the round is being prepared. Raises `Refused`."""
    fresh = _led(round, by)
    rules.is_being_prepared(fresh).enforce()
    rules.no_plan_under_signature(fresh).enforce()
    for name in OWN:
        if name in values:
            setattr(fresh, name, values[name])
    fresh.title = fresh.title.strip() or _name(fresh)
    _days_in_order(fresh)
    fresh.save()
    _join(fresh, values.get("units", fresh.units.all()), values.get("participants", fresh.participants.all()))
    record(fresh, "change", by=by, at=at, label="修改轮次", article="A9.0", from_step=fresh.step, to_step=fresh.step)
    return fresh


def _led(round: Round, by: Any) -> Round:
    fresh = Round.objects.select_for_update().get(pk=round.pk)
    if not has(by, Permission.DRAFT, fresh.organ_id):
        raise Refused(f"本轮监督由{fresh.organ.name}牵头，请由该单位人员办理。", "A9.0")
    return fresh


@transaction.atomic
def waive_training(round: Round, *, by: Any, at: datetime, reason: str) -> Round:
    """The head lets a round begin before its training, with a reason that stays (AMB-5). Raises `Refused`."""
    fresh = Round.objects.select_for_update().get(pk=round.pk)
    if not has(by, Permission.HEAD, fresh.organ_id):
        raise Refused("未培训先启动须由牵头单位负责人同意。", "A9.1")
    rules.is_being_prepared(fresh).enforce()
    if not reason.strip():
        raise Refused("请写明未培训先启动的理由，理由会留存备查。", "A9.1")
    if rules.has_training(fresh):
        raise Refused("已登记培训或已同意先启动，无须再办。", "A9.1")
    fresh.waived_reason, fresh.waived_by, fresh.waived_at = reason.strip()[:500], by, at
    fresh.save()
    record(fresh, "waive", by=by, at=at, label="同意未培训先启动", note=reason.strip(), article="A9.1")
    return fresh


@transaction.atomic
def start_round(round: Round, *, by: Any, at: datetime, on: date) -> None:
    """Go to the units, when everything that article 9 asks for stands (A9.1-A9.3). Raises `Refused`.

    `on` is the day on which the inspection begins; not later than today.
    """
    _not_ahead(on, at)
    rules.trained_by(round, on).enforce()
    rules.approved_by(round, on).enforce()
    event = move(round, "inspect", by=by, at=at, along={"started_on": on})
    members = TeamMember.objects.filter(team__round=round, user__isnull=False).select_related("user")
    people = [row.user for row in members if row.user is not None]
    told_by(event, people, f"监督检查已启动：{round}。请按方案开展检查，随做随记。", link=round.get_absolute_url())


def _not_ahead(on: date, at: datetime) -> None:
    if on > local_day(at):
        raise Refused("日期不能晚于今天。", "A9.4a")


@transaction.atomic
def end_inspection(round: Round, *, by: Any, at: datetime, on: date) -> None:
    """The teams are back: problem list and report are drawn up (A9.6a). Raises `Refused`."""
    _not_ahead(on, at)
    if round.started_on and on < round.started_on:
        raise Refused(f"结束日期早于启动日期{round.started_on:%Y-%m-%d}，请核对。", "A9.6a")
    rules.ends_after_last_visit(round, on).enforce()
    move(round, "report", by=by, at=at, along={"ended_on": on})


@transaction.atomic
def advance(round: Round, verb: str, *, by: Any, at: datetime, note: str = "") -> None:
    """A plain step of the round: dispose, rectify, close. Raises `Refused`."""
    event = move(round, verb, by=by, at=at, note=note)
    others = [person for organ in round.participants.all() for person in staff_of(organ.pk)]
    told_by(event, others, f"{event.label}：{round}。", link=round.get_absolute_url())


@transaction.atomic
def cancel_round(round: Round, *, by: Any, at: datetime, reason: str) -> None:
    """Give a round up before it began, with a reason. Raises `Refused`."""
    if not reason.strip():
        raise Refused("请写明取消本轮监督的理由。", "A9.0")
    if round.plans.filter(step="submitted").exists():
        raise Refused("监督方案正在审批。请先撤回方案，再取消本轮监督。", "A9.3b")
    advance(round, "cancel", by=by, at=at, note=reason.strip())
