"""The ten days as a duty of 党风政风监督室, and its own ladder of reminders (A9.7a).

The duty engine lists, settles and counts; it does not remind here, because the regulation's ten days have a ladder of
their own: five days before the clerk, two days before his head, on the day the deputy secretary, each once.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from accounts.approvals import signers
from accounts.calendar import local_day, noon, spoken
from accounts.duties import DutyKind, Owed, Proof, declare
from accounts.models import Duty, Organ
from accounts.notifications import members, tell
from accounts.roles import OrganKind, Role, Rung
from supervision.models import CopyOut, InspectionReport
from supervision.reporting.deadlines import rungs_reached
from supervision.reporting.rules import SIGNED
from supervision.reporting.ten_days import ten_days
from supervision.rounds.states import CopyOutKind, ReportStep


def _signed(day: date) -> Any:
    """Reports that are signed, on or before the day."""
    rows: Any = InspectionReport.objects.filter(step__in=SIGNED, approved_at__isnull=False)
    return (
        row for row in rows.select_related("organ__parent__parent").iterator(500) if local_day(row.approved_at) <= day
    )


def submissions(day: date) -> Iterator[Owed]:
    """Each approved report is to be before the committee by its last day."""
    clock, offices = ten_days(), _offices()
    for row in _signed(day):
        if row.step == ReportStep.APPROVED and row.submitted_on is None:
            last_on = clock.last_day(row.approved_at, row.due_on)
            yield _owed(row, f"将{row}提交县纪委常委会", last_on, offices)


def copies(day: date) -> Iterator[Owed]:
    """Where the office reads the ten days up to the copy, each approved report is to be copied out by the same day."""
    clock = ten_days()
    if not clock.ever_covers_copy_out:
        return
    offices = _offices()
    issued = CopyOut.objects.filter(kind=CopyOutKind.LEADERS, issued_on__isnull=False)
    done = set(issued.values_list("report_id", flat=True))
    for row in _signed(day):
        if row.pk not in done and clock.reading(local_day(row.approved_at)).covers_copy_out:
            yield _owed(row, f"书面抄报{row}", clock.last_day(row.approved_at, row.due_on), offices)


def _offices() -> list[Organ]:
    """党风政风监督室 of every county, the nearest first, so that no report asks for its own."""
    rows = Organ.objects.filter(kind=OrganKind.CONDUCT_SUPERVISION_OFFICE).select_related("parent")
    return sorted(rows, key=lambda office: -len(office.parent.path if office.parent else ""))


def _owed(row: InspectionReport, title: str, due_on: date, offices: list[Organ]) -> Owed:
    assert row.approved_at is not None
    over = (office for office in offices if office.parent and row.organ.path.startswith(office.parent.path))
    return Owed(
        next(over, row.organ),
        title[:300],
        due_on,
        local_day(row.approved_at),
        subject=row,
        link=row.get_absolute_url(),
    )


def submitted(duties: Sequence[Duty]) -> Mapping[int, Proof]:
    """The day of submission fulfils the duty."""
    rows = InspectionReport.objects.filter(pk__in=[duty.subject_id for duty in duties], submitted_on__isnull=False)
    return _proved(duties, dict(rows.values_list("pk", "submitted_on")), "已提交县纪委常委会")


def copied(duties: Sequence[Duty]) -> Mapping[int, Proof]:
    """The day of the first issue fulfils the duty."""
    rows = CopyOut.objects.filter(
        report_id__in=[duty.subject_id for duty in duties], kind=CopyOutKind.LEADERS, issued_on__isnull=False
    )
    return _proved(duties, dict(rows.order_by("-issued_on").values_list("report_id", "issued_on")), "已书面抄报")


def _proved(duties: Sequence[Duty], days: Mapping[int, Any], text: str) -> Mapping[int, Proof]:
    return {duty.pk: Proof(noon(days[duty.subject_id]), text, duty.link) for duty in duties if duty.subject_id in days}


declare(
    DutyKind(
        "sc_submission", "A9.7a", "提交常委会研判", submissions, proofs=submitted, movable=True, reminds=False,
        summary="监督情况报告经批准后10日内提交县纪委常委会研判",
    )
)  # fmt: skip
declare(
    DutyKind(
        "sc_copy_out", "A9.7b", "书面抄报", copies, proofs=copied, movable=True, reminds=False,
        summary="研判后书面抄报县委、县政府领导",
    )
)  # fmt: skip


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
