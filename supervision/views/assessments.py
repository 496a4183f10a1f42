"""“三看”: texts of one report, written and read by few; every reading and printing is on record (A9.6c)."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from accounts.access import log_access
from accounts.http import edits, reads
from accounts.models import Organ
from accounts.permissions import Permission, has, organ_ids
from accounts.workflow import Refused
from supervision.actions.reporting import assessments as acts
from supervision.forms.assessments import AssessmentForm, LooksForm, PromptsForm
from supervision.models import InspectionReport, LookPrompts, PoliticalAssessment, looks_on
from supervision.reporting import rules


def _report(request: HttpRequest, pk: int) -> InspectionReport:
    """The report, for its organ's drafters and the restricted right only."""
    ids = organ_ids(request.user, Permission.DRAFT) | organ_ids(request.user, Permission.READ_RESTRICTED)
    rows = InspectionReport.objects.visible_to(request.user).filter(organ_id__in=ids)
    return get_object_or_404(rows.select_related("round", "organ", "unit"), pk=pk)


def readable(user: Any, report: InspectionReport) -> list[PoliticalAssessment]:
    """The texts of a report that this user may read, 一把手 apart from the members."""
    rows = PoliticalAssessment.objects.visible_to(user).filter(report=report)
    order = {"team": 0, "top_leader": 1, "member": 2}
    return sorted(
        rows.select_related("unit", "official", "author"), key=lambda row: (row.unit_id, order[row.about], row.pk)
    )


@reads
def assessments(request: HttpRequest, pk: int) -> HttpResponse:
    """The texts that the user may read."""
    report = _report(request, pk)
    rows = readable(request.user, report)
    log_access(request, "view", f"政治表现评价：{report}（{len(rows)}份）")
    shown = {
        "report": report, "rows": rows, "editable": rules.is_editable(report), "looks": looks_on(report.organ, timezone.localdate()),
        "may_write": has(request.user, Permission.DRAFT, report.organ_id),
        "full": has(request.user, Permission.READ_RESTRICTED, report.organ_id),
    }  # fmt: skip
    return render(request, "supervision/reports/assessments.html", shown)


@edits
def assessment_new(request: HttpRequest, pk: int) -> HttpResponse:
    """Write about a team or a member."""
    ids = organ_ids(request.user, Permission.DRAFT)
    rows = InspectionReport.objects.visible_to(request.user).filter(organ_id__in=ids)
    report = get_object_or_404(rows.select_related("round", "organ", "unit"), pk=pk)
    looks = looks_on(report.organ, timezone.localdate())
    form = AssessmentForm(request.POST or None, units=rules.units_of(report), looks=looks)
    if request.method == "POST" and form.is_valid():
        try:
            acts.write_assessment(report, by=request.user, at=timezone.now(), **form.cleaned_data)
        except Refused as refused:
            form.add_error(None, refused.full)
        else:
            messages.success(request, "已保存评价。")
            return redirect("supervision:assessments", report.pk)
    shown = {"report": report, "form": form, "draft": f"assessment-new-{report.pk}"}
    return render(request, "supervision/reports/assessment_form.html", shown, status=422 if form.errors else 200)


@edits
def assessment_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """The author changes his words; others with the right read them here."""
    row = get_object_or_404(
        PoliticalAssessment.objects.visible_to(request.user).select_related(
            "report__organ", "unit", "official", "author"
        ),
        pk=pk,
    )
    log_access(request, "view", f"政治表现评价：{row.report}（{row.unit}）")
    looks = looks_on(row.report.organ, timezone.localdate(row.written_at))
    form = LooksForm(request.POST or None, looks=looks, initial={name: getattr(row, name) for name in acts.TEXTS})
    if request.method == "POST" and form.is_valid():
        try:
            acts.rewrite_assessment(row, by=request.user, at=timezone.now(), **form.cleaned_data)
        except Refused as refused:
            form.add_error(None, refused.full)
        else:
            messages.success(request, "已保存评价。")
            return redirect("supervision:assessments", row.report_id)
    shown = {"report": row.report, "form": form, "row": row, "draft": f"assessment-{row.pk}",
             "mine": row.author_id == request.user.pk, "editable": rules.is_editable(row.report)}  # fmt: skip
    return render(request, "supervision/reports/assessment_form.html", shown, status=422 if form.errors else 200)


@edits
def looks(request: HttpRequest) -> HttpResponse:
    """The wording of the three questions, set by 党风政风监督室 from a day on (AMB-12)."""
    ids = organ_ids(request.user, Permission.COORDINATE) & {request.user.organ_id}
    organ = Organ.objects.visible_to(request.user).filter(pk__in=ids).first()
    if organ is None or not organ.is_cso:
        raise Http404("not of 党风政风监督室")
    first, second, third = looks_on(organ, timezone.localdate())
    initial = {"valid_from": timezone.localdate(), "first": first, "second": second, "third": third}
    form = PromptsForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            acts.set_looks(organ, by=request.user, at=timezone.now(), **form.cleaned_data)
        except Refused as refused:
            form.add_error(None, refused.full)
        else:
            messages.success(request, "已设置“三看”提示语。")
            return redirect("supervision:looks")
    past = LookPrompts.objects.filter(organ=organ).select_related("changed_by")
    return render(
        request, "supervision/reports/looks.html", {"form": form, "past": past}, status=422 if form.errors else 200
    )
