"""Steps that tests of briefings and of the yearly report walk."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from accounts.models import Organ, User
from reports.actions.annual import draft_annual, edit_section, submit_annual
from reports.actions.briefings import enter_briefing
from reports.models import AnnualReport, Briefing
from tests.factories import County, moment
from tests.supervision.rounds import signed

MAR, DEC = moment(2026, 3, 20), moment(2026, 12, 10)
HELD = date(2026, 3, 18)


def heard(
    cast: County,
    *,
    leader: User | None = None,
    organs: list[Organ] | None = None,
    by: Any = None,
    at: datetime = MAR,
    **fields: Any,
) -> Briefing:
    """A briefing of the AM of the agriculture group, by himself unless said otherwise."""
    leader = leader or cast.xieguan1
    values = {"held_on": HELD, "content": "一季度发现问题三个，已整改两个。", **fields}
    return enter_briefing(leader, organs=organs or [cast.agri], by=by or leader, at=at, **values)


def written(cast: County, year: int = 2026, *, at: datetime = DEC) -> AnnualReport:
    """A yearly report with its last part written by hand, drafted by the office's clerk."""
    report = draft_annual(cast.cso, year, by=cast.dangfeng, at=at)
    return edit_section(report, "next", "继续推进政治监督具体化、精准化、常态化。", by=cast.dangfeng, at=at)


def passed(cast: County, report: AnnualReport, *, at: datetime = DEC) -> AnnualReport:
    """Sent up and signed on every rung, the committee's by a resolution of that day."""
    submit_annual(report, by=cast.dangfeng, at=at)
    signed(cast, report, at=at, kind="annual_hearing")
    report.refresh_from_db()
    return report
