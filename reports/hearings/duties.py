"""Who is to be briefed by when, and what the committee hears once a year (A10.4b-d, AMB-11, AMB-18)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from typing import Any

from django.db.models import Q
from django.urls import reverse

from accounts.calendar import noon
from accounts.duties import DutyKind, Owed, Proof, declare
from accounts.limits import Limit, month_day
from accounts.models import Duty, Organ, OversightAssignment
from accounts.periods import Period
from accounts.roles import OrganKind
from checklists.states import Form
from reports.hearings.limits import ANNUAL_HEARING_DUE, ANNUAL_REPORT_DUE, ROUND_BRIEFING_DAYS
from reports.hearings.rules import BRIEFED
from reports.hearings.states import HEARD
from reports.models import AnnualHearing, AnnualReport, Briefing
from supervision.models import Round

SERVING: dict[str, Any] = {"leader__is_active": True, "leader__role__in": BRIEFED}
LOOKED_BACK = (
    120  # days after its end in which a round still raises the prompt, so that old ones brought in are left alone
)


# --- A10.4c: each leader, each quarter ---


def assigned_in(period: Period) -> Any:
    """Assignments that touch the period, of leaders who still serve."""
    touching = Q(valid_to__isnull=True) | Q(valid_to__gte=period.first)
    rows = OversightAssignment.objects.filter(touching, valid_from__lte=period.last, **SERVING)
    return rows.select_related("leader__organ", "organ")


def _briefings_owed(day: date) -> Iterator[Owed]:
    """One per leader who looks after at least one organ in the quarter; leaders without organs owe nothing (AMB-11)."""
    period = Period.of("quarter", day)
    leaders = {row.leader_id: row.leader for row in assigned_in(period) if row.valid_from <= day}
    offices: dict[int, Organ] = {}
    for leader in leaders.values():
        office = offices.setdefault(leader.organ_id, leader.organ.cso() or leader.organ)
        yield Owed(
            organ=office, title=f"{leader}听取{period.label}政治监督工作汇报", due_on=period.last, opened_on=period.first,
            period=period.key, subject=leader, person=leader,
            link=f"{reverse('reports:briefing_new')}?leader={leader.pk}&quarter={period.key}",
        )  # fmt: skip


def _briefed(duty: Duty) -> Proof | None:
    row = Briefing.objects.filter(leader_id=duty.subject_id, quarter=duty.period).order_by("held_on", "pk").first()
    return (
        Proof(noon(row.held_on), f"已听取汇报（{row.get_trigger_display()}）"[:200], row.get_absolute_url())
        if row
        else None
    )


# --- A10.4c: each 集中性监督 that has ended ---


def ended_rounds(day: date) -> Any:
    """集中式 rounds whose inspection ended in the last months."""
    rows = Round.objects.filter(item__form=Form.CENTRALIZED, ended_on__range=(day - timedelta(days=LOOKED_BACK), day))
    return rows.select_related("organ").order_by("ended_on", "pk")


def listeners(rounds: Iterable[Round]) -> list[tuple[Round, OversightAssignment]]:
    """Each round with whoever looked after its leading organ on the day on which it ended, each leader once."""
    rows = list(rounds)
    posts = OversightAssignment.objects.filter(organ_id__in={row.organ_id for row in rows}, **SERVING)
    held = list(posts.select_related("leader").order_by("-rung", "pk"))
    return [(row, post) for row in rows for post in _on_day(held, row)]


def _on_day(posts: list[OversightAssignment], round: Round) -> list[OversightAssignment]:
    day = round.ended_on
    assert day is not None
    there = [
        one
        for one in posts
        if one.organ_id == round.organ_id and one.valid_from <= day and (one.valid_to is None or one.valid_to >= day)
    ]
    return list({one.leader_id: one for one in there}.values())


def _round_briefings_owed(day: date) -> Iterator[Owed]:
    for round, row in listeners(ended_rounds(day)):
        assert round.ended_on is not None
        yield Owed(
            organ=round.organ, title=f"{row.leader}听取汇报：{round}"[:300], opened_on=round.ended_on,
            due_on=round.ended_on + timedelta(days=ROUND_BRIEFING_DAYS.on(round.ended_on)), subject=round,
            period=row.get_rung_display(), person=row.leader,
            link=f"{reverse('reports:briefing_new')}?leader={row.leader_id}&round={round.pk}",
        )  # fmt: skip


def _round_briefed(duty: Duty) -> Proof | None:
    rows = Briefing.objects.filter(leader_id=duty.person_id, rounds=duty.subject_id, held_on__gte=duty.opened_on)
    row = rows.order_by("held_on", "pk").first()
    return Proof(noon(row.held_on), "已听取本轮监督汇报", row.get_absolute_url()) if row else None


# --- A10.4b, A10.4d: once a year ---


def _of_year(day: date, limit: Limit, title: str) -> Iterable[Owed]:
    """党风政风监督室 of every county, from its first full year on (AMB-18)."""
    year = Period.of("year", day)
    for office in Organ.objects.filter(kind=OrganKind.CONDUCT_SUPERVISION_OFFICE).active(on=day):
        if year.owes(office):
            yield Owed(
                organ=office, title=f"{title}（{year.label}）", due_on=month_day(limit.on(year.first), year.at_year),
                opened_on=year.first, period=year.key, link=f"{reverse('reports:hearings')}?year={year.key}",
            )  # fmt: skip


def _reports_owed(day: date) -> Iterable[Owed]:
    return _of_year(day, ANNUAL_REPORT_DUE, "向县纪委常委会报告全县政治监督综合情况")


def _hearings_owed(day: date) -> Iterable[Owed]:
    return _of_year(day, ANNUAL_HEARING_DUE, "提请县纪委常委会听取全县政治监督综合汇报")


def _reported(duty: Duty) -> Proof | None:
    """The first version that the committee passed; a correction afterwards does not make it late."""
    rows = AnnualReport.objects.filter(organ_id=duty.organ_id, year=int(duty.period), step__in=HEARD)
    row = rows.select_related("resolution").order_by("version").first()
    if row is None or row.resolution is None:
        return None
    return Proof(noon(row.resolution.meeting_on), str(row.resolution)[:200], row.get_absolute_url())


def _heard(duty: Duty) -> Proof | None:
    rows = AnnualHearing.objects.filter(organ_id=duty.organ_id, year=int(duty.period)).select_related("resolution")
    row = rows.first()
    if row is None:
        return None
    link = f"{reverse('reports:hearings')}?year={duty.period}"
    return Proof(noon(row.resolution.meeting_on), str(row.resolution)[:200], link)


declare(DutyKind("briefing", "A10.4c", "分管领导每季度听取汇报", _briefings_owed, _briefed, personal=True))
declare(
    DutyKind(
        "round_briefing", "A10.4c", "集中性监督结束后听取汇报", _round_briefings_owed, _round_briefed, personal=True
    )
)
declare(DutyKind("annual_report", "A10.4b", "年度综合情况报告", _reports_owed, _reported))
declare(DutyKind("annual_hearing", "A10.4d", "常委会年度听取综合汇报", _hearings_owed, _heard))
