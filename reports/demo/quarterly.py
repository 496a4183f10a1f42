"""Quarterly reports of the demo county: three quarters behind it, and drafts of the running one once they are due."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.urls import reverse

from accounts.calendar import SHANGHAI, local_day
from accounts.models import Notice, Organ, User, work_calendar
from accounts.periods import Period
from accounts.roles import OrganKind, Role
from reports.actions import county_quarter, quarterly
from reports.models import QuarterlyReport
from reports.quarterly.deadlines import draft_day, due_day, quarter_of
from reports.quarterly.duties import reporters

LATE, MISSING, RETURNED, WAITING = "清河头镇纪委", "梁庄镇纪委", "驻县教育局纪检监察组", "驻县卫生健康委纪检监察组"
DIFFICULTIES = "监督力量与任务不匹配，对专业性较强的领域发现问题不够深入；个别单位整改进度偏慢。"
PLANS = "1. 对照年度清单逐项核对进度。\n2. 对未销号问题逐项督办。"


def build_quarterly(now: datetime) -> None:
    """Every quarter of the demo year that has ended, and the running one as far as it is."""
    current = quarter_of(local_day(now))
    for number in (1, 2, 3):
        period = Period.quarter(2026, number)
        if period.last < current.first:
            _quarter(period, last=period.next() == current)
    if local_day(now) >= draft_day(current, work_calendar()):
        quarterly.draft_due(at=now)
    else:
        group = Organ.objects.get(name="驻县农业农村局纪检监察组")
        quarterly.start_report(group, current, by=_member(group, Role.CLERK), at=now)


def _member(organ: Organ, *roles: str) -> User:
    return User.objects.select_related("organ").filter(organ=organ, role__in=roles).order_by("pk")[0]


def _moment(period: Period, before: int, hour: int) -> datetime:
    """An hour of the day so many days before the due day."""
    day = due_day(period) - timedelta(days=before)
    return datetime(day.year, day.month, day.day, hour, 30, tzinfo=SHANGHAI)


def _quarter(period: Period, *, last: bool) -> None:
    """Nearly everybody in time; one late with its reason; in the last quarter one missing, one returned, one to take in."""
    cso = Organ.objects.get(kind=OrganKind.CONDUCT_SUPERVISION_OFFICE)
    quarterly.draft_due(at=_moment(period, 6, 9))
    for order, organ in enumerate(reporters(period)):
        if not (last and organ.name == MISSING):
            _report(organ, period, order, last=last)
    if last:
        missing = Organ.objects.get(name=MISSING)
        day = _moment(period, -3, 9)
        quarterly.open_duty(missing, period)
        quarterly.urge(missing, period, by=_member(cso, Role.CLERK), at=day)
    county = county_quarter.merge(cso, period, by=_member(cso, Role.CLERK), at=_moment(period, -4, 15))
    if not last:
        county_quarter.finalise(county, by=_member(cso, Role.ORGAN_HEAD), at=_moment(period, -5, 10))
    known = Notice.objects.filter(link__startswith=reverse("reports:quarterly"), created_at__lt=_moment(period, -4, 15))
    known.exclude(event__verb="return").update(
        read_at=_moment(period, -4, 16)
    )  # people who worked through a quarter have read about it


def _report(organ: Organ, period: Period, order: int, *, last: bool) -> None:
    head, drafted = _member(organ, Role.ORGAN_HEAD), _moment(period, 6, 9)
    writer = _member(organ, Role.CLERK, Role.ORGAN_HEAD)
    report = QuarterlyReport.objects.in_quarter(period).select_related("organ").get(organ=organ)
    texts = {"difficulties": DIFFICULTIES, "plans": report.text_of("plans") or PLANS}
    quarterly.edit_report(report, texts, by=writer, at=drafted)
    late = organ.name == LATE
    sent = _moment(period, -2 if late else order % 5 + 1, 9 + order % 8)
    quarterly.submit_report(report, by=head, at=sent, late_reason="负责人外出培训，返回后补签报送。" if late else "")
    _answer(report, sent + timedelta(hours=26), last=last)


def _answer(report: QuarterlyReport, at: datetime, *, last: bool) -> None:
    cso = report.organ.cso()
    assert cso is not None
    clerk = _member(cso, Role.CLERK)
    if last and report.organ.name == RETURNED:
        quarterly.return_report(report, by=clerk, at=at, reason="“存在困难”过于笼统，请结合营养餐采购监督写具体。")
    elif not (last and report.organ.name == WAITING):
        quarterly.accept_report(report, by=clerk, at=at)
