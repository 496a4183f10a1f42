"""What the year-end file counts, and what stands beside its texts: appraisals, units, reminders, replies (A11, A9.5)."""

from __future__ import annotations

from typing import Any

from accounts.models import SupervisedUnit
from accounts.roles import REPORTING_KINDS
from reports.counting.figure import Figure, Scope, declare
from reports.ecology.states import AppraisalStep
from reports.models import PerformanceAppraisal
from supervision.documents.kinds import DocumentStep
from supervision.models import CorrectionReminder, DocumentReply

UNIT = {"name": "被监督单位", "organ__name": "监督单位"}
APPRAISAL = {"unit__name": "被监督单位", "unit__organ__name": "监督单位", "year": "年度", "approved_at": "批准时间"}
REMINDER = {"given_on": "日期", "problem__description": "问题", "reminded": "提醒对象", "organ__name": "提醒单位"}
REPLY = {
    "received_on": "收到日期",
    "document__title": "标题",
    "sender": "回复单位",
    "document__organ__name": "起草单位",
}


def _units(scope: Scope) -> Any:
    """Units of stationed groups and townships that stand on the day of judging: the ground of R-12."""
    rows = SupervisedUnit.objects.filter(organ_id__in=scope.organs, organ__kind__in=REPORTING_KINDS)
    return rows.active(on=scope.on)


def _units_appraised(scope: Scope) -> Any:
    """Those of them with a text in force, each once, however many years the period touches: the part of R-12."""
    return _units(scope).filter(pk__in=_appraised(scope).values("unit_id"))


def _appraised(scope: Scope) -> Any:
    """Appraisals in force of these units for the years of the period; none is approved without 一把手."""
    return PerformanceAppraisal.objects.filter(
        unit__in=_units(scope), year__range=(scope.first.year, scope.last.year), step=AppraisalStep.APPROVED
    )


def _reminders(scope: Scope) -> Any:
    return CorrectionReminder.objects.filter(
        organ_id__in=scope.organs, given_on__range=scope.days, problem__removed_at__isnull=True
    )


def _replies(scope: Scope) -> Any:
    rows = DocumentReply.objects.filter(document__organ_id__in=scope.organs, received_on__range=scope.days)
    return rows.exclude(document__step=DocumentStep.VOIDED)


declare(
    Figure("supervised_units", "被监督单位", "个", "A11", _units, columns=UNIT, page="supervision:unit"),
    Figure("units_appraised", "已完成年度政治表现综合评价的单位", "个", "A11", _units_appraised, columns=UNIT,
           page="supervision:unit"),
    Figure("appraisals_approved", "已批准年度政治表现综合评价", "个", "A11", _appraised, organ="unit__organ_id",
           columns=APPRAISAL, page="reports:appraisal", about_persons=True),
    Figure("correction_reminders", "纠偏提醒", "次", "A9.5", _reminders, columns=REMINDER, page="supervision:problem",
           page_key="problem_id"),
    Figure("document_replies", "收到文书回复", "件", "A9.8", _replies, organ="document__organ_id", columns=REPLY,
           page="supervision:document", page_key="document_id"),
)  # fmt: skip
