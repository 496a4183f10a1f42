"""退回补充: the committee sends a report back with its opinion; the further submission is kept beside the first (A9.7a)."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.db import transaction

from accounts.models import ScResolution, ScResolutionKind
from accounts.notifications import holders, staff_of, told_by
from accounts.permissions import Permission
from accounts.workflow import Refused, may, move
from checklists.actions import make_resolution
from supervision.models import CommitteeReturn, InspectionReport


def last_submission(report: InspectionReport) -> date | None:
    """The day on which the report was last brought before the committee; the first day stays in `submitted_on`."""
    again = CommitteeReturn.objects.of_report(report).filter(resubmitted_on__isnull=False).last()
    return again.resubmitted_on if again is not None else report.submitted_on


@transaction.atomic
def send_back_report(
    report: InspectionReport, *, by: Any, at: datetime, meeting_on: date, opinion: str, meeting_no: str = "",
    agenda_no: int | None = None, attendance: str = "",
) -> ScResolution:  # fmt: skip
    """The committee wants the report supplemented: it goes back to its authors, who send it up the whole chain again.

    The day of the first submission and the ten days stay as they are. Raises `Refused` for anybody but the committee's
    secretary, before the submission, without an opinion, and for days out of order.
    """
    may(report, "send_back", by=by).enforce()
    if not opinion.strip():
        raise Refused("退回补充须写明会议意见，牵头单位才知道补充什么。", "A9.7a")
    tabled_on = last_submission(report)
    if tabled_on and meeting_on < tabled_on:
        raise Refused(f"会议日期早于提交日期{tabled_on:%Y-%m-%d}，请核对。", "A9.7a")
    resolution = make_resolution(report.organ, ScResolutionKind.REPORT_STUDY, f"退回补充{report}"[:200], by=by, at=at, approved=False,
                                 meeting_on=meeting_on, meeting_no=meeting_no, agenda_no=agenda_no, attendance=attendance,
                                 opinion=opinion)  # fmt: skip
    event = move(report, "send_back", by=by, at=at, note=resolution.opinion)
    CommitteeReturn.objects.create(report=report, resolution=resolution, returned_on=meeting_on, opinion=resolution.opinion,
                                   returned_by=by, returned_at=at)  # fmt: skip
    cso = report.organ.cso()
    people = [*staff_of(report.organ_id), *(staff_of(cso.pk) if cso else ())]
    told_by(event, people, f"县纪委常委会退回补充{report}：{resolution.opinion}。补充后请重新层报审批。",
            link=report.get_absolute_url())  # fmt: skip
    return resolution


def table_again(report: InspectionReport, *, by: Any, at: datetime, submitted_on: date) -> InspectionReport:
    """The supplemented report is before the committee again; called inside `table_report`. Raises `Refused`."""
    back = CommitteeReturn.objects.select_for_update().filter(report=report, resubmitted_on__isnull=True).first()
    if back is None:
        raise Refused(f"{report}已提交常委会，不用重复提交。", "A9.7a")
    if submitted_on < back.returned_on:
        raise Refused(f"再次提交日期早于常委会退回日期{back.returned_on:%Y-%m-%d}，请核对。", "A9.7a")
    back.resubmitted_on, back.resubmitted_by = submitted_on, by
    back.save()
    event = move(report, "table", by=by, at=at, note=f"补充后于{submitted_on:%Y-%m-%d}再次提交")
    secretaries = holders(Permission.RECORD_RESOLUTION, report.organ_id)
    told_by(event, secretaries, f"{report}补充后已再次提交常委会，请在会后登记研判意见。", link=report.study_url())
    return report
