"""What is still open from before, and how the meetings and lists of a year stand (R-5, R-6, R-8)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Q

from accounts.periods import Period, PeriodKind
from checklists.meetings.states import PER_QUARTER, MeetingKind, MeetingStep, MonthStep
from checklists.models import Meeting, MeetingDecision, MonthlyList, MonthlyTask


def unfinished_decisions(meeting: Meeting) -> list[MeetingDecision]:
    """Decisions of the organ's earlier meetings whose task nobody has finished, by their term."""
    rows = MeetingDecision.objects.filter(
        meeting__organ_id=meeting.organ_id, meeting__step=MeetingStep.HELD, task__done_on__isnull=True
    ).exclude(meeting=meeting)
    return list(rows.select_related("meeting__organ", "organ", "task").order_by("due_on", "pk"))


def frozen(rows: Sequence[MeetingDecision], *, on: date) -> list[dict[str, str]]:
    """These decisions as plain words for the minutes: what they say must not change when a task is finished later."""
    return [
        {"meeting": str(row.meeting), "text": row.text, "organ": row.organ.name, "due_on": row.due_on.isoformat(),
         "state": "逾期未完成" if row.due_on < on else "未完成"}
        for row in rows
    ]  # fmt: skip


def unfinished_lines(found: MonthlyList) -> list[MonthlyTask]:
    """Lines of earlier issued lists whose task is not finished and not yet in this list: one per task, its newest."""
    earlier = Q(list__year__lt=found.year) | Q(list__year=found.year, list__month__lt=found.month)
    rows = MonthlyTask.objects.filter(
        earlier, list__organ_id=found.organ_id, list__step=MonthStep.ISSUED, assignment__done_on__isnull=True
    ).exclude(assignment__in=found.tasks.filter(assignment__isnull=False).values("assignment"))
    newest: dict[int | None, MonthlyTask] = {}
    for row in rows.select_related("organ", "list", "assignment").order_by("list__year", "list__month", "seq"):
        newest[row.assignment_id] = row
    return list(newest.values())


@dataclass(frozen=True)
class QuarterCell:
    """Whether a meeting of one kind was held in one quarter. States: held, missing, open (this quarter), later."""

    quarter: int
    state: str
    held: Sequence[tuple[int, date]] = ()


def quarters(organ_id: int, year: int, *, on: date) -> list[tuple[str, list[QuarterCell]]]:
    """The year's quarters against the kinds of which each wants one: one query (S0-4, S1-11, S3-12)."""
    rows: Any = Meeting.objects.held().filter(organ_id=organ_id, year=year, kind__in=PER_QUARTER).order_by("held_on")
    held: dict[tuple[str, int], list[tuple[int, date]]] = {}
    for pk, kind, quarter, day in rows.values_list("pk", "kind", "quarter", "held_on"):
        held.setdefault((kind, quarter), []).append((pk, day))
    now = (on.year, Period.of(PeriodKind.QUARTER, on).number)
    return [
        (str(kind.label), [_cell(number, held.get((kind, number), []), (year, number), now) for number in range(1, 5)])
        for kind in PER_QUARTER
    ]


def _cell(number: int, held: Sequence[tuple[int, date]], own: tuple[int, int], now: tuple[int, int]) -> QuarterCell:
    if held:
        return QuarterCell(number, "held", held)
    return QuarterCell(number, "missing" if own < now else "open" if own == now else "later")


def was_held(organ_id: int, kind: MeetingKind, year: int, quarter: int) -> bool:
    """dispatch_meeting_held, liaison_meeting_held (R-5, R-8)."""
    return Meeting.objects.held().filter(organ_id=organ_id, kind=kind, year=year, quarter=quarter).exists()


def month_figures(found: MonthlyList, *, on: date) -> dict[str, Any]:
    """Tasks of a list: all, done, overdue, carried, and the share done in percent, None for an empty list (R-6)."""
    late = Q(assignment__done_on__isnull=True, due_on__lt=on)
    counts: dict[str, Any] = found.tasks.aggregate(
        total=Count("pk"), done=Count("pk", filter=Q(assignment__done_on__isnull=False)),
        late=Count("pk", filter=late), carried=Count("pk", filter=Q(carries__gt=0)),
    )  # fmt: skip
    counts["share"] = round(counts["done"] * 100 / counts["total"], 1) if counts["total"] else None
    return counts


def status_of(line: MonthlyTask, *, on: date) -> str:
    """状态 as the list prints it."""
    if line.done_on is not None:
        return f"已完成（{line.done_on:%Y-%m-%d}）"
    if line.assignment_id is None:
        return "未下达"
    return f"逾期{(on - line.due_on).days}天" if line.due_on < on else "办理中"
