"""Each quarter a dispatch meeting, each month a list: no article says a number, so both are prompts (S0-4, S0-5)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from django.urls import reverse

from accounts.calendar import noon
from accounts.duties import SOFT, DutyKind, Owed, Proof, declare
from accounts.models import Duty, Organ
from accounts.periods import Period, PeriodKind, owing
from accounts.roles import OrganKind
from checklists.meetings.states import MeetingKind, MonthStep
from checklists.models import Meeting, MonthlyList


def _owed(kind: PeriodKind, words: str, page: str, day: date) -> Iterator[Owed]:
    """党风政风监督室 that stands through the whole period (AMB-18)."""
    period = Period.of(kind, day)
    for office in owing(Organ.objects.filter(kind=OrganKind.CONDUCT_SUPERVISION_OFFICE), period):
        yield Owed(
            organ=office,
            title=words.format(period.label),
            due_on=period.last,
            opened_on=period.first,
            period=period.key,
            link=reverse(page),
        )


def _meetings_owed(day: date) -> Iterator[Owed]:
    return _owed(PeriodKind.QUARTER, "召开{}工作调度会（建议）", "checklists:meetings", day)


def _meetings_held(duties: Sequence[Duty]) -> Mapping[int, Proof]:
    rows = Meeting.objects.held().filter(organ_id__in={duty.organ_id for duty in duties}, kind=MeetingKind.QUARTERLY)
    held: dict[tuple[int, str], Meeting] = {}
    for row in rows.order_by("-held_on", "-pk"):
        held[row.organ_id, Period.quarter(row.year, row.quarter).key] = row
    return {
        duty.pk: Proof(noon(made.held_on), str(made), reverse("checklists:meeting", args=[made.pk]))
        for duty in duties
        if (made := held.get((duty.organ_id, duty.period))) is not None
    }


def _lists_owed(day: date) -> Iterator[Owed]:
    return _owed(PeriodKind.MONTH, "印发{}重点任务清单（建议）", "checklists:months", day)


def _lists_issued(duties: Sequence[Duty]) -> Mapping[int, Proof]:
    rows = MonthlyList.objects.filter(
        organ_id__in={duty.organ_id for duty in duties}, step=MonthStep.ISSUED, issued_at__isnull=False
    )
    issued = {(made.organ_id, Period.month(made.year, made.month).key): made for made in rows.select_related("organ")}
    return {
        duty.pk: Proof(made.issued_at, str(made), reverse("checklists:month", args=[made.pk]))
        for duty in duties
        if (made := issued.get((duty.organ_id, duty.period))) is not None and made.issued_at is not None
    }


declare(
    DutyKind(
        "dispatch_meeting", "A10.1b", "季度工作调度会（建议）", _meetings_owed, proofs=_meetings_held, ladder=SOFT, soft=True,
        summary="党风政风监督室统筹安排、督促检查，每季度调度一次",
    )
)  # fmt: skip
declare(
    DutyKind(
        "monthly_list", "A10.1b", "月度重点任务清单（建议）", _lists_owed, proofs=_lists_issued, ladder=SOFT, soft=True,
        summary="党风政风监督室分解任务，每月列出重点任务清单",
    )
)  # fmt: skip
