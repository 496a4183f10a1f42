"""Quarterly reports at any step, and a quarter of 2026 with counted records."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from accounts.digest import digest_of
from accounts.models import Organ, User
from accounts.periods import Period
from accounts.roles import Role
from reports.actions import quarterly as acts
from reports.models import CountyQuarter, QuarterlyReport, QuarterlySubmission
from reports.quarterly.outline import SECTIONS
from tests.factories import NOW, moment

FIRST = Period.quarter(2026, 1)
DUE = date(2026, 3, 25)
WORDS = {"difficulties": "人手不足", "plans": "继续推进年度清单项目"}


def clerk_of(organ: Organ) -> User:
    return User.objects.select_related("organ").filter(organ=organ, role=Role.CLERK).order_by("pk")[0]


def head_of(organ: Organ) -> User:
    return User.objects.select_related("organ").filter(organ=organ, role=Role.ORGAN_HEAD).order_by("pk")[0]


def texts(**known: str) -> list[dict[str, str]]:
    """Sections with these words, "无" elsewhere."""
    return [{"key": key, "heading": heading, "text": known.get(key, "无")} for key, heading in SECTIONS.items()]


def report_row(organ: Organ, **fields: Any) -> QuarterlyReport:
    """A draft at rest, of an organ that need not even report."""
    values = {"year": 2026, "quarter": 1, "due_on": DUE, "created_at": NOW, "sections": texts(), **fields}
    return QuarterlyReport.objects.create(organ=organ, **values)


def sent_row(organ: Organ) -> QuarterlyReport:
    """A signed report at rest."""
    content = {"title": "样件", "data_as_of": NOW.isoformat(), "period": FIRST.label, "organ": organ.name, "table": [], "ledger": [],
               "sections": texts()}  # fmt: skip
    signer = User.objects.filter(organ=organ).order_by("pk")[0]
    report = report_row(organ, step="submitted", content=content, digest=digest_of(content), data_as_of=NOW, first_submitted_at=NOW,
                        submitted_at=NOW, submitted_by=signer)  # fmt: skip
    QuarterlySubmission.objects.create(
        report=report, number=1, content=content, digest=report.digest, signed_by=signer, signed_at=NOW
    )
    return report


def county_row(organ: Organ) -> CountyQuarter:
    """A county's draft at rest."""
    editor = User.objects.filter(organ=organ).order_by("pk")[0]
    return CountyQuarter.objects.create(
        organ=organ, year=2026, quarter=1, sections=texts(), created_at=NOW, data_as_of=NOW, merged_by=editor
    )


def written(organ: Organ, *, at: datetime | None = None, period: Period = FIRST, **more: str) -> QuarterlyReport:
    """The organ's report drafted from its ledger by its clerk, the two free sections written."""
    at = at or moment(2026, 3, 20)
    clerk = clerk_of(organ)
    report = acts.start_report(organ, period, by=clerk, at=at)
    return acts.edit_report(report, {**WORDS, **more}, by=clerk, at=at)


def sent(organ: Organ, *, at: datetime, late_reason: str = "", period: Period = FIRST) -> QuarterlyReport:
    """The same, signed by the head at a moment."""
    report = written(organ, at=at, period=period)
    acts.submit_report(report, by=head_of(organ), at=at, late_reason=late_reason)
    report.refresh_from_db()
    return report
