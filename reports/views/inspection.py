"""Papers of an inspection: scoped like the pages they print, each leaving a row in the access log."""

from __future__ import annotations

from typing import Any

from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404

from accounts.http import reads
from accounts.permissions import Permission, organ_ids
from reports.builders import inspection
from reports.views.papers import send, send_pdf
from supervision.actions.reporting.clues import may_open
from supervision.models import Clue, CopyOut, InspectionReport
from supervision.reporting.selectors import before_committee
from supervision.views.assessments import readable


def report_or_404(request: HttpRequest, pk: int) -> InspectionReport:
    """A report of a round that the user reads, or one on the committee's table for its secretary."""
    seen = InspectionReport.objects.visible_to(request.user).values("pk")
    found = InspectionReport.objects.filter(
        Q(pk__in=seen) | Q(pk__in=before_committee(request.user).values("pk")), organ__isnull=False
    )
    return get_object_or_404(found.select_related("organ", "unit", "round__item"), pk=pk)


def copy_or_404(request: HttpRequest, pk: int) -> CopyOut:
    """A copy of a round that the user reads."""
    return get_object_or_404(CopyOut.objects.visible_to(request.user).select_related("report__round", "organ"), pk=pk)


def clue_or_404(request: HttpRequest, pk: int) -> Clue:
    """A clue for those between whom it goes and the restricted right; sealed for others."""
    row = get_object_or_404(Clue.objects.visible_to(request.user).select_related("organ", "receiver"), pk=pk)
    if not may_open(request.user, row):
        raise Http404("sealed")
    return row


@reads
def report(request: HttpRequest, pk: int) -> HttpResponse:
    """监督检查情况报告 as PDF."""
    row = report_or_404(request, pk)
    return send_pdf(request, inspection.report_paper(row), row.title[:80])


@reads
def problem_list(request: HttpRequest, pk: int, form: str) -> HttpResponse:
    """问题清单 as PDF or workbook."""
    if form not in ("pdf", "xlsx"):
        raise Http404("no such format")
    row = report_or_404(request, pk)
    name = f"{row.round.title}问题清单"[:80]
    if form == "pdf":
        return send_pdf(request, inspection.problem_list_paper(row), name)
    return send(request, inspection.problem_list_sheet(row), name, form)


@reads
def copy_out(request: HttpRequest, pk: int) -> HttpResponse:
    """抄报件 as PDF."""
    row = copy_or_404(request, pk)
    return send_pdf(request, inspection.copy_out_paper(row), f"抄报件 {row.report}"[:80])


@reads
def clue_slip(request: HttpRequest, pk: int) -> HttpResponse:
    """线索移送单 as PDF, for those between whom it goes and the restricted right."""
    row = clue_or_404(request, pk)
    return send_pdf(request, inspection.clue_slip_paper(row), f"线索移送单 {row.code}")


@reads
def assessments(request: HttpRequest, pk: int) -> HttpResponse:
    """政治表现综合评价 as PDF: the texts this user may read, his name on every page."""
    user: Any = request.user
    ids = organ_ids(user, Permission.DRAFT) | organ_ids(user, Permission.READ_RESTRICTED)
    rows = InspectionReport.objects.visible_to(user).filter(organ_id__in=ids)
    row = get_object_or_404(rows.select_related("organ", "unit", "round"), pk=pk)
    paper = inspection.assessments_paper(row, readable(user, row), printed_by=user.full_name)
    return send_pdf(request, paper, f"政治表现评价 {row.title}"[:80], action="print")
