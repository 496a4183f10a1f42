"""Every paper as a Word file, and plans and look backs as PDF: one finder per kind, scoped like the paper's own page."""

from __future__ import annotations

from collections.abc import Callable

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone

from accounts.http import reads
from accounts.models import Approval
from checklists.models import AnnualPoints, ChecklistItem
from reports.builders import checklists, documents, dossier, hearings, inspection, rounds, signatures, work_plan
from reports.models import Briefing
from reports.paper import Paper
from reports.views import meetings
from reports.views.evaluating.tables import notice_found
from reports.views.inspection import clue_or_404, copy_or_404, report_or_404
from reports.views.papers import print_found, send_word
from supervision.models import IssuedDocument, LookBack, Plan, Problem, TypicalBulletin

# kind of template, paper, name of the file
Found = tuple[str, Paper, str]


def _document(request: HttpRequest, pk: int) -> Found:
    row = get_object_or_404(
        IssuedDocument.objects.visible_to(request.user).select_related("organ__parent", "unit"), pk=pk
    )
    return row.kind, documents.paper(row), f"{row.doc_no or row.kind_word} {row.title[:60]}"


def _bulletin(request: HttpRequest, pk: int) -> Found:
    row = get_object_or_404(TypicalBulletin.objects.visible_to(request.user).select_related("organ__parent"), pk=pk)
    return "bulletin", documents.paper(row), f"{row.doc_no or row.kind_word} {row.title[:60]}"


def _plan(request: HttpRequest, pk: int) -> Found:
    rows = Plan.objects.visible_to(request.user).select_related("round__organ", "round__item")
    row = get_object_or_404(rows, pk=pk)
    return "plan", rounds.plan_paper(row), f"监督方案 {row.round.title[:60]}"


def _look_back(request: HttpRequest, pk: int) -> Found:
    row = get_object_or_404(LookBack.objects.visible_to(request.user).select_related("organ", "unit"), pk=pk)
    return "look_back", rounds.look_back_paper(row), f"回头看报告 {row.unit.name}"


def _report(request: HttpRequest, pk: int) -> Found:
    row = report_or_404(request, pk)
    return "inspection_report", inspection.report_paper(row), row.title[:80]


def _problem_list(request: HttpRequest, pk: int) -> Found:
    row = report_or_404(request, pk)
    return "problem_list", inspection.problem_list_paper(row), f"问题清单 {row.round.title[:60]}"


def _copy_out(request: HttpRequest, pk: int) -> Found:
    row = copy_or_404(request, pk)
    return "copy_out", inspection.copy_out_paper(row), f"抄报件 {row.report}"[:80]


def _clue_slip(request: HttpRequest, pk: int) -> Found:
    row = clue_or_404(request, pk)
    return "clue_slip", inspection.clue_slip_paper(row), f"线索移送单 {row.code}"


def _dossier(request: HttpRequest, pk: int) -> Found:
    rows = Problem.objects.visible_to(request.user).select_related(
        "organ", "unit", "item", "repeat_of", "rectification"
    )
    row = get_object_or_404(rows, pk=pk)
    return "dossier", dossier.paper(row, on=timezone.localdate(), reader=request.user), f"问题档案 {row.code}"


def _approval(request: HttpRequest, pk: int) -> Found:
    row = get_object_or_404(Approval.objects.visible_to(request.user).select_related("organ"), pk=pk)
    return "approval", signatures.paper(row), f"审批单 {row.title[:60]}"


def _points(request: HttpRequest, pk: int) -> Found:
    row = get_object_or_404(AnnualPoints.objects.issued_to(request.user), pk=pk)
    return "points", checklists.points_paper(row), row.title


def _briefing(request: HttpRequest, pk: int) -> Found:
    row = get_object_or_404(Briefing.objects.visible_to(request.user).select_related("leader", "created_by"), pk=pk)
    return "briefing", hearings.briefing_paper(row), f"听取汇报记录 {row}"


def _work_plan(request: HttpRequest, pk: int) -> Found:
    rows = ChecklistItem.objects.visible_to(request.user).select_related("lead_organ", "master_row")
    row = get_object_or_404(rows, pk=pk)
    return "work_plan", work_plan.work_plan_paper(row), f"计划书 {row.title[:60]}"


FINDERS: dict[str, Callable[[HttpRequest, int], Found]] = {
    "documents": _document,
    "bulletins": _bulletin,
    "plans": _plan,
    "look-backs": _look_back,
    "reports": _report,
    "problem-lists": _problem_list,
    "copies": _copy_out,
    "clues": _clue_slip,
    "problems": _dossier,
    "approvals": _approval,
    "points": _points,
    "consultations": meetings.consultation_found,
    "meetings": meetings.meeting_found,
    "months": meetings.month_found,
    "briefings": _briefing,
    "work-plans": _work_plan,
    "evaluation-notices": notice_found,
}


@reads
def word(request: HttpRequest, kind: str, pk: int) -> HttpResponse:
    """One paper as a Word file, by the office's own template where there is one."""
    if kind not in FINDERS:
        raise Http404(kind)
    template, paper, name = FINDERS[kind](request, pk)
    return send_word(request, template, paper, name)


@reads
def plan(request: HttpRequest, pk: int) -> HttpResponse:
    """监督方案 as PDF (A9.3)."""
    return print_found(request, _plan(request, pk))


@reads
def look_back(request: HttpRequest, pk: int) -> HttpResponse:
    """回头看报告 as PDF (A9.8e)."""
    return print_found(request, _look_back(request, pk))


@reads
def project_plan(request: HttpRequest, pk: int) -> HttpResponse:
    """计划书 of a project as PDF (S0-3)."""
    return print_found(request, _work_plan(request, pk))
