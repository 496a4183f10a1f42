"""The office's own days: study, papers of units, monthly tasks (I3-9, I3-23, I3-24, R-6)."""

from __future__ import annotations

from typing import Any

from django.db.models import F

from checklists.meetings.states import MonthStep
from checklists.models import MonthlyList, MonthlyTask
from ledgers.models import StudyRecord, UnitSubmission
from ledgers.register_states import StudyKind, SubmissionKind
from reports.counting.figure import Figure, Scope, declare, persons
from reports.indicators.figures.rows import of_register, register

STUDY = {"held_on": "日期", "theme": "事项", "attendees": "参加人数"}
STATEMENT = {"received_on": "收到日期", "official__full_name": "人员", "unit__name": "报送单位"}
TASK = {"due_on": "完成时限", "task": "事项", "organ__name": "责任单位", "assignment__done_on": "完成日期"}


def _months(scope: Scope) -> tuple[int, int]:
    """First and last month that the scope touches, as months since the year 0."""
    return scope.first.year * 12 + scope.first.month, scope.last.year * 12 + scope.last.month


def _lists(scope: Scope) -> Any:
    issued = MonthlyList.objects.filter(step=MonthStep.ISSUED, organ_id__in=scope.organs)
    return issued.annotate(at=F("year") * 12 + F("month")).filter(at__range=_months(scope))


def _tasks(scope: Scope) -> Any:
    """Tasks that stand on an issued list of these months; one carried over is one task (measured by its assignment)."""
    lines = MonthlyTask.objects.filter(list__step=MonthStep.ISSUED, organ_id__in=scope.organs)
    return lines.annotate(at=F("list__year") * 12 + F("list__month")).filter(at__range=_months(scope))


def _done(scope: Scope) -> Any:
    return _tasks(scope).filter(assignment__done_on__lte=scope.on)


_OF_STUDY = of_register("studies", STUDY)
_OF_TASK: dict[str, Any] = {"columns": TASK, "measure": persons("assignment_id")}

declare(
    Figure("dual_duty_statement_persons", "一岗双责材料人数", "名", "A4",
           register(UnitSubmission, "received_on", kind=SubmissionKind.DUAL_DUTY), measure=persons("official_id"),
           **of_register("submissions", STATEMENT)),
    Figure("lecture_session_count", "讲座期数", "期", "A9.1", register(StudyRecord, "held_on", kind=StudyKind.LECTURE), **_OF_STUDY),
    Figure("study_session_count", "业务学习次数", "次", "A9.1", register(StudyRecord, "held_on"), **_OF_STUDY),
    Figure("monthly_lists_issued", "印发月度重点任务清单", "份", "A10.1b", _lists,
           columns={"year": "年度", "month": "月份", "organ__name": "印发单位"}),
    Figure("monthly_tasks", "月度重点任务数", "项", "A10.1b", _tasks, **_OF_TASK),
    Figure("monthly_tasks_done", "月度重点任务完成数", "项", "A10.1b", _done, **_OF_TASK),
)  # fmt: skip
