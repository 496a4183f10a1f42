"""Steps that tests of the year-end file walk: officials of a unit, texts, signatures, the county's report."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from accounts.models import Official, SupervisedUnit, User
from accounts.roles import Role
from reports.actions import appraisals as acts
from reports.actions import ecology as reports
from reports.models import EcologyReport, PerformanceAppraisal
from tests.factories import County, moment
from tests.supervision.rounds import signed

DEC = moment(2026, 12, 8)
DAY = date(2026, 12, 8)
SECRET = "对下属单位资金管理过问不够经常"


def top_of(unit: SupervisedUnit, name: str = "陈国栋") -> Official:
    """The unit's 一把手."""
    values = {"full_name": name, "post": "党委书记、局长", "is_team_member": True}
    return Official.objects.get_or_create(unit=unit, is_top_leader=True, defaults=values)[0]


def member_of(unit: SupervisedUnit, name: str = "丁一") -> Official:
    """A further member of its team."""
    return Official.objects.create(unit=unit, full_name=name, post="副局长", is_team_member=True)


def clerk(unit: SupervisedUnit) -> User:
    """Who writes about the unit."""
    return User.objects.filter(organ=unit.organ, role=Role.CLERK).order_by("pk")[0]


def begun(cast: County, name: str = "县农业农村局", *, at: datetime = DEC) -> PerformanceAppraisal:
    """An appraisal of 2026 without a word."""
    unit = cast.units[name]
    return acts.start_appraisal(unit, 2026, by=clerk(unit), at=at)


def wrote_top(row: PerformanceAppraisal, *, at: datetime = DEC, **fields: Any) -> Any:
    """The text of 一把手."""
    values = {"official": top_of(row.unit), "post": "党委书记、局长", "text": "能够履行第一责任人职责。", **fields}
    return acts.write_text(row, "top_leader", by=clerk(row.unit), at=at, **values)


def written(cast: County, name: str = "县农业农村局", *, at: datetime = DEC) -> PerformanceAppraisal:
    """Team, 一把手 and conclusion, ready to go up."""
    row = begun(cast, name, at=at)
    acts.write_text(row, "team", text=f"班子总体担当，{SECRET}。", by=clerk(row.unit), at=at)
    wrote_top(row, at=at)
    return acts.write_conclusion(row, "全年政治表现总体较好。", by=clerk(row.unit), at=at)


def approved(cast: County, name: str = "县农业农村局", *, at: datetime = DEC) -> PerformanceAppraisal:
    """Signed by head, AM and DS."""
    row = written(cast, name, at=at)
    acts.submit_appraisal(row, by=clerk(row.unit), at=at)
    signed(cast, row, at=at)
    row.refresh_from_db()
    return row


def drafted(cast: County, *, at: datetime = DEC) -> EcologyReport:
    """A report of 2026 with a word in each part."""
    report = reports.draft_report(cast.cso, 2026, by=cast.dangfeng, at=at)
    for part in report.sections:
        if part["key"] != "units":
            reports.edit_section(report, part["key"], f"{part['heading']}方面的情况。", by=cast.dangfeng, at=at)
    report.refresh_from_db()
    return report


def compiled(cast: County, *, reason: str = "其余单位首年试点，未评价。", at: datetime = DEC) -> EcologyReport:
    """The same with the approved appraisals of the day."""
    return reports.compile_units(drafted(cast, at=at), missing_reason=reason, by=cast.dangfeng, at=at)


def passed(cast: County, report: EcologyReport, *, at: datetime = DEC) -> EcologyReport:
    """Sent up and signed on every rung, the committee's by a resolution of that day."""
    reports.submit_report(report, by=cast.dangfeng, at=at)
    signed(cast, report, at=at, kind="appraisal")
    report.refresh_from_db()
    return report


def sent(
    cast: County, report: EcologyReport, receiver: str, recipient: str, *, at: datetime = DEC, on: date = DAY
) -> Any:
    """One copy by courier."""
    return reports.dispatch_report(
        report, receiver=receiver, recipient=recipient, sent_on=on, manner="courier", by=cast.dangfeng, at=at
    )
