"""The ten days as a duty of 党风政风监督室, and its own ladder of reminders (A9.7a).

The duty engine lists, settles and counts; it does not remind here, because the regulation's ten days have a ladder of
their own: five days before the clerk, two days before his head, on the day the deputy secretary, each once.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time
from typing import Any

from accounts.approvals import signers
from accounts.calendar import SHANGHAI, local_day, spoken
from accounts.duties import DutyKind, Owed, Proof, declare
from accounts.models import Duty
from accounts.notifications import members, tell
from accounts.roles import Role, Rung
from supervision.models import CopyOut, InspectionReport
from supervision.reporting.deadlines import rungs_reached
from supervision.reporting.rules import SIGNED
from supervision.reporting.ten_days import ten_days
from supervision.rounds.states import CopyOutKind, ReportStep


def _signed(day: date) -> Any:
    """Reports that are signed, on or before the day."""
    rows: Any = InspectionReport.objects.filter(step__in=SIGNED, approved_at__isnull=False)
    return (row for row in rows.select_related("organ__parent").iterator(500) if local_day(row.approved_at) <= day)


def submissions(day: date) -> Iterator[Owed]:
    """Each approved report is to be before the committee by its last day."""
    clock = ten_days()
    for row in _signed(day):
        if row.step == ReportStep.APPROVED and row.submitted_on is None:
            yield _owed(row, f"将{row}提交县纪委常委会", clock.last_day(row.approved_at, row.due_on))


def copies(day: date) -> Iterator[Owed]:
    """Where the office reads the ten days up to the copy, each approved report is to be copied out by the same day."""
    clock = ten_days()
    for row in _signed(day):
        if clock.reading(local_day(row.approved_at)).covers_copy_out and copied_on(row) is None:
            yield _owed(row, f"书面抄报{row}", clock.last_day(row.approved_at, row.due_on))


def _owed(row: InspectionReport, title: str, due_on: date) -> Owed:
    assert row.approved_at is not None
    return Owed(
        row.organ.cso() or row.organ,
        title[:300],
        due_on,
        local_day(row.approved_at),
        subject=row,
        link=row.get_absolute_url(),
    )


def copied_on(report: Any) -> date | None:
    """The day on which the report was copied to the county's leaders."""
    rows = CopyOut.objects.filter(report_id=report.pk, kind=CopyOutKind.LEADERS, issued_on__isnull=False)
    return rows.order_by("issued_on").values_list("issued_on", flat=True).first()


def submitted(duty: Duty) -> Proof | None:
    """The day of submission fulfils the duty."""
    row = InspectionReport.objects.filter(pk=duty.subject_id).first()
    if row is None or row.submitted_on is None:
        return None
    return Proof(datetime.combine(row.submitted_on, time(12), SHANGHAI), "已提交县纪委常委会", duty.link)


def copied(duty: Duty) -> Proof | None:
    """The day of issue fulfils the duty."""
    row = InspectionReport.objects.filter(pk=duty.subject_id).first()
    day = copied_on(row) if row is not None else None
    return Proof(datetime.combine(day, time(12), SHANGHAI), "已书面抄报", duty.link) if day else None


declare(DutyKind("sc_submission", "A9.7a", "提交常委会研判", submissions, submitted, movable=True, reminds=False))
declare(DutyKind("sc_copy_out", "A9.7b", "书面抄报", copies, copied, movable=True, reminds=False))


# --- the ladder ---


def remind_ten_days(day: date, *, at: datetime) -> int:
    """Tell clerk, head and deputy secretary, each when his rung is reached and once; lateness tells all three once.

    Derived from the database alone: running it twice equals once, and a day on which nothing ran is caught up.
    """
    clock, sent = ten_days(), 0
    for row in _signed(day):
        if row.step == ReportStep.APPROVED and row.submitted_on is None:  # what came back was in time or late already
            sent += _remind(row, clock.last_day(row.approved_at, row.due_on), day, at=at)
    return sent


def _remind(row: InspectionReport, last_on: date, day: date, *, at: datetime) -> int:
    assert row.due_on is not None
    rungs: list[Any] = list(rungs_reached(row.due_on, on=day))
    if day > last_on:
        rungs.append("late")
    return sum(_tell(row, rung, last_on, day, at=at) for rung in rungs)


def _tell(row: InspectionReport, rung: Any, last_on: date, day: date, *, at: datetime) -> int:
    left = (last_on - day).days
    when = f"已逾期{-left}天" if left < 0 else ("今天到期" if left == 0 else f"还有{left}天")
    sentence = f"{row}应于{spoken(last_on)}前提交县纪委常委会，{when}。"
    people = _people(row, rung, day)
    return tell(
        people, sentence, key=f"sc:{row.pk}:{rung}", at=at, kind="duty", link=row.get_absolute_url(), article="A9.7a"
    )


def _people(row: InspectionReport, rung: Any, day: date) -> list[Any]:
    """5: the clerks; 2: their head; 0: the deputy secretary who looks after the leading organ; late: all of them."""
    cso = row.organ.cso() or row.organ
    ladder = {
        5: lambda: list(members(cso.pk, Role.CLERK)),
        2: lambda: list(members(cso.pk, Role.ORGAN_HEAD)),
        0: lambda: signers(row.organ_id, Rung.DEPUTY_SECRETARY, on=day),
    }
    if rung == "late":
        return [person for people in ladder.values() for person in people()]
    return ladder[rung]()
