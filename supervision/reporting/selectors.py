"""Readings over reports: the list, reports that wait for a step. Rows are plain values."""

from __future__ import annotations

from typing import Any

from django.db.models import Count, Q, QuerySet

from accounts.permissions import Permission, organ_ids
from supervision.models import InspectionReport, Round
from supervision.rounds.states import ReportKind, ReportStep, RoundStep

COLUMNS = (
    "pk", "title", "kind", "step", "organ__name", "organ__short_name", "unit__name", "approved_at", "due_on", "last_on",
    "submitted_on", "studied_on", "late_reason", "is_important", "problem_count",
)  # fmt: skip
ORDERS: dict[str, tuple[str, ...]] = {"new": ("-pk",), "organ": ("organ_id", "-pk"), "title": ("title", "pk")}


def filtered(reports: QuerySet[InspectionReport], chosen: dict[str, Any]) -> QuerySet[InspectionReport]:
    """The reports that a reader asked for; "waiting" are those approved and not yet before the committee."""
    if step := chosen.get("step"):
        reports = reports.filter(step=ReportStep.APPROVED if step == "waiting" else step)
    for name in ("organ", "kind"):
        if name in chosen:
            reports = reports.filter(**{name: chosen[name]})
    if q := chosen.get("q"):
        reports = reports.filter(Q(title__contains=q) | Q(round__title__contains=q))
    return reports


def report_rows(reports: QuerySet[InspectionReport]) -> Any:
    """The values that the list shows."""
    return reports.annotate(problem_count=Count("problems")).values(*COLUMNS, "organ_id")


def waiting_for_committee(user: Any) -> QuerySet[InspectionReport]:
    """Approved reports that the user, of 党风政风监督室, is to bring before the committee, the oldest first."""
    ids = organ_ids(user, Permission.COORDINATE)
    return InspectionReport.objects.filter(organ_id__in=ids, step=ReportStep.APPROVED).order_by("due_on", "pk")


def before_committee(user: Any) -> QuerySet[InspectionReport]:
    """Reports that the committee's secretary finds on his table: submitted, or studied already."""
    ids = organ_ids(user, Permission.RECORD_RESOLUTION)
    rows = InspectionReport.objects.filter(organ_id__in=ids, step__in=(ReportStep.SC_SUBMITTED, ReportStep.STUDIED))
    return rows.order_by("step", "submitted_on", "pk")


def rounds_to_report(user: Any) -> QuerySet[Round]:
    """Rounds whose inspection has ended and that lack a final report, led by the user's own organ."""
    finals = InspectionReport.objects.filter(kind=ReportKind.FINAL).values("round_id")
    mine = Round.objects.filter(organ_id__in=organ_ids(user, Permission.DRAFT), step=RoundStep.REPORTING)
    return mine.exclude(pk__in=finals).order_by("ended_on", "pk")
