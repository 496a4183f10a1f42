"""Key points of the year: drafted and issued by 党风政风监督室, before the groups propose (A6.1a)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.urls import reverse

from accounts.calendar import local_day, spoken
from accounts.limits import PROPOSAL_WINDOW_END, month_day
from accounts.models import Organ, User
from accounts.notifications import told_by
from accounts.permissions import Permission, has
from accounts.roles import STAFF_ROLES, OrganKind
from accounts.workflow import Refused, move, record
from checklists.models import AnnualPoints, KeyPoint
from checklists.states import PointsStep

Rows = Sequence[tuple[str, str]]


def proposals_due(year: int, *, on: date) -> date:
    """The last day of the proposal window of a year, as set on `on` (A6.1b)."""
    return month_day(PROPOSAL_WINDOW_END.on(on), year)


@transaction.atomic
def save_points(
    organ: Organ,
    year: int,
    *,
    title: str,
    basis: str,
    rows: Rows,
    by: Any,
    at: datetime,
    proposals_due_on: date | None = None,
) -> AnnualPoints:
    """Draft the year's points, or rewrite the draft: (focus area, text) per point. One set per county and year.

    Raises `Refused` for whoever is not 党风政风监督室, and once the points are issued.
    """
    if not has(by, Permission.COORDINATE, organ.pk) or not organ.is_cso:
        raise Refused("年度政治监督要点由党风政风监督室统筹提出。", "A6.1a")
    points = AnnualPoints.objects.select_for_update().filter(organ=organ, year=year).first()
    if points is not None and points.step != PointsStep.DRAFT:
        raise Refused(f"{year}年度要点已印发，不能再改。年中新增事项请按动态更新办理。", "A6.1a")
    if points is None:
        points = AnnualPoints(organ=organ, year=year, created_by=by)
    points.title, points.basis = title, basis
    points.proposals_due_on = proposals_due_on or proposals_due(year, on=local_day(at))
    points.save()
    points.rows.all().delete()
    for seq, (focus_area, text) in enumerate(rows, 1):
        KeyPoint.objects.create(points=points, seq=seq, focus_area=focus_area, text=text)
    record(points, "draft", by=by, at=at, label="起草要点", article="A6.1a", to_step=points.step)
    return points


@transaction.atomic
def publish_points(points: AnnualPoints, *, by: Any, at: datetime) -> AnnualPoints:
    """The head of 党风政风监督室 issues the points; from now on the groups may propose (A6.1a-b)."""
    event = move(points, "publish", by=by, at=at, along={"published_at": at})
    people = User.objects.filter(
        is_active=True,
        role__in=STAFF_ROLES,
        organ__kind=OrganKind.STATIONED_GROUP,
        organ__path__startswith=points.organ.county().path,
    )
    told_by(
        event,
        people,
        f"{points.title}已印发，请确定1至3个具体监督项目，{spoken(points.proposals_due_on)}前报送党风政风监督室。",
        link=f"{reverse('checklists:home')}?year={points.year}",
    )
    return points
