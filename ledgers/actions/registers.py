"""Registers of the ledgers: dispositions by the four forms (A3.4), information from other offices (A10.1c)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.http import Http404
from django.urls import reverse

from accounts.calendar import local_day
from accounts.models import Official, Organ, SupervisedUnit
from accounts.notifications import staff_of, told_by
from accounts.permissions import Permission, has, organ_ids
from accounts.workflow import Refused, record
from checklists.models import Topic
from ledgers.models import Disposition, InfoShare
from ledgers.states import MEASURES, FourForm
from supervision.models import Problem


@transaction.atomic
def record_disposition(
    *, organ: Organ, official: Official, form: int, measure: str, decided_on: date, by: Any, at: datetime, problem: Problem | None = None,
    topics: Iterable[Topic] = (), triple_check: bool = False,
) -> Disposition:  # fmt: skip
    """Enter how a person was dealt with; form and measure are people's decision (A3.4). `topics` and “一案三查” say what it counts for.

    Raises `Refused` for strangers, another organ's official, a missing form, a measure of another form, a day to come.
    """
    if not has(by, Permission.DRAFT, organ.pk):
        raise Refused(f"您不能登记{organ.name}的处置情况。", "A3.4")
    if official.unit.organ_id != organ.pk:
        raise Refused(f"{official.full_name}不在{organ.name}的监督范围内。", "A4")
    if form not in MEASURES:
        raise Refused("请选择“四种形态”中的一种。", "A3.4")
    if measure not in MEASURES[form]:
        raise Refused(f"“{measure}”不属于{FourForm(form).label}，可选：{'、'.join(MEASURES[form])}。", "A3.4")
    if decided_on > local_day(at):
        raise Refused("处置日期不能晚于今天。", "A3.4")
    made = Disposition.objects.create(organ=organ, official=official, form=form, measure=measure, decided_on=decided_on,
                                      problem=problem, triple_check=triple_check, created_by=by)  # fmt: skip
    made.topics.set(topics)
    record(made, "dispose", by=by, at=at, label="登记处置", article="A3.4")
    return made


@transaction.atomic
def tag_disposition(
    made: Disposition, *, topics: Iterable[Topic], triple_check: bool, by: Any, at: datetime
) -> Disposition:
    """Say for which topics a disposition counts, and whether it came of “一案三查” (S1-13). Raises `Refused` for strangers."""
    fresh = Disposition.objects.select_for_update().get(pk=made.pk)
    if not has(by, Permission.DRAFT, fresh.organ_id):
        raise Refused(f"处置情况由{fresh.organ.name}人员登记。", "A3.4")
    chosen = list(topics)
    if fresh.triple_check == triple_check and set(fresh.topics.all()) == set(chosen):
        return fresh
    fresh.triple_check = triple_check
    fresh.save()
    fresh.topics.set(chosen)
    said = "、".join([*(topic.name for topic in chosen), *(["“一案三查”"] if triple_check else [])]) or "未标记"
    record(fresh, "tag", by=by, at=at, label="登记专题", note=said, article="A5.3")
    return fresh


def four_forms(year: int, organ_ids_: frozenset[int]) -> dict[str, int]:
    """“四种形态” table: distinct persons (人) per form, decided in the year."""
    rows = Disposition.objects.filter(organ_id__in=organ_ids_, decided_on__year=year).values_list("form", "official_id")
    persons: dict[int, set[int]] = defaultdict(set)
    for form, official in rows:
        persons[form].add(official)
    return {str(form.label): len(persons[form]) for form in FourForm}


@transaction.atomic
def share_information(
    *,
    organ: Organ,
    subject: str,
    figures: str,
    shared_on: date,
    by: Any,
    at: datetime,
    unit: SupervisedUnit | None = None,
) -> InfoShare:
    """信访、案管、审理 tell 党风政风监督室 what it should know; figures and facts, no clue's content (A10.1c)."""
    if not has(by, Permission.DRAFT, organ.pk):
        raise Refused("信息通报由通报部门人员登记。", "A10.1c")
    if not subject.strip():
        raise Refused("请写明通报主题。", "A10.1c")
    if shared_on > local_day(at):
        raise Refused("通报日期不能晚于今天。", "A10.1c")
    made = InfoShare.objects.create(
        organ=organ, subject=subject.strip(), figures=figures.strip(), shared_on=shared_on, unit=unit, created_by=by
    )
    event = record(made, "share", by=by, at=at, label="信息通报", article="A10.1c")
    cso = organ.cso()
    if cso is not None:
        told_by(event, staff_of(cso.pk), f"{organ.label}通报：{made.subject}，请签收。", link=reverse("ledgers:shares"))
    return made


@transaction.atomic
def acknowledge(pk: int, *, by: Any, at: datetime) -> InfoShare:
    """党风政风监督室 signs for a notice; the first signature stays. Notices of other counties do not exist (404)."""
    rows = InfoShare.objects.select_for_update().filter(organ_id__in=organ_ids(by, Permission.COORDINATE))
    made = rows.filter(pk=pk).first()
    if made is None:
        raise Http404("no such notice")
    if made.acknowledged_at is None:
        made.acknowledged_at, made.acknowledged_by = at, by
        made.save()
        record(made, "acknowledge", by=by, at=at, label="签收信息通报", article="A10.1c")
    return made


def days_to_acknowledge(made: InfoShare) -> int | None:
    """Calendar days from the notice to its signature; None while it waits."""
    return (local_day(made.acknowledged_at) - made.shared_on).days if made.acknowledged_at else None
