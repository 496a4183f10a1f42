"""What the room of reports tells on a problem's chain: report, study, feedback, accountability without its person.

A clue is not told here: which problem it came of is sealed (A9.7g).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from accounts.calendar import local_day
from supervision.chain import ChainEntry, source
from supervision.models import AccountabilityAction, Problem


@source
def reports(problem: Problem, reader: Any) -> Iterator[ChainEntry]:
    """The reports on whose list the problem stands: approved, then studied (A9.6d, A9.7a)."""
    rows = problem.reports.filter(approved_at__isnull=False).select_related("resolution__recorded_by")
    for row in rows:
        assert row.approved_at is not None
        link = row.get_absolute_url()
        yield ChainEntry(row.approved_at, "report", "列入监督检查情况报告", row.title, link=link, article="A9.6d")
        if row.resolution is not None:
            words = f"{row.resolution.meeting_on:%Y-%m-%d} {row.resolution.opinion}"
            by = str(row.resolution.recorded_by)
            yield ChainEntry(row.resolution.recorded_at, "study", "县纪委常委会研判", words, by, link, "A9.7a")


@source
def feedback(problem: Problem, reader: Any) -> Iterator[ChainEntry]:
    """The unit was told (A9.7d)."""
    for row in problem.feedbacks.select_related("created_by"):
        words = f"{row.fed_back_on:%Y-%m-%d} {row.get_manner_display()}，{row.receiver}接收"
        yield ChainEntry(row.created_at, "feedback", "向被监督单位反馈", words, str(row.created_by), article="A9.7d")


@source
def accountability(problem: Problem, reader: Any) -> Iterator[ChainEntry]:
    """Held to account, for those who may know of it; whom, is read in the register (A9.7f)."""
    rows = AccountabilityAction.objects.filter(problem=problem).select_related("created_by")
    if reader is not None:
        rows = rows & AccountabilityAction.objects.visible_to(reader)
    for row in rows:
        words = f"{row.started_on:%Y-%m-%d}启动" + (f"，{row.decided_on:%Y-%m-%d}决定" if row.decided_on else "")
        words += f"，{local_day(row.withdrawn_at):%Y-%m-%d}撤销登记" if row.withdrawn_at else ""
        yield ChainEntry(row.created_at, "accountability", str(row), words, str(row.created_by), article="A9.7f")
