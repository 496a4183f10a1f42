"""The issued list with its versions and differences; the committee's decisions (A6.1f, A5.7)."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from accounts.http import edits, reads
from accounts.models import Event, ScResolution, ScResolutionKind
from accounts.permissions import Permission, anywhere
from accounts.views.times import asked_year
from accounts.workflow import Refused
from checklists import actions, selectors
from checklists.exports import checklist_as_xlsx
from checklists.forms.lists import ArrangementForm, ResolutionForm
from checklists.models import AnnualChecklist, ChecklistItemChange
from checklists.publication import COLUMNS, by_form, differences, is_intact, rows_of
from checklists.states import ChangeKind
from checklists.views.frame import exported, office_of, refuse_on


@reads
def list_page(request: HttpRequest) -> HttpResponse:
    """One version: a table per form with the columns of the paper, and what it changed against the one before."""
    year = asked_year(request)
    versions = list(selectors.versions_of(request.user, year).select_related("resolution", "organ"))
    wanted = request.GET.get("version", "")
    shown = next((version for version in versions if str(version.version) == wanted), versions[0] if versions else None)
    if shown is not None and request.GET.get("format") == "xlsx":
        exported(request, str(shown))
        return checklist_as_xlsx(shown)
    context: dict[str, Any] = {
        "year": year,
        "export": True,
        "years": selectors.years_of(request.user, timezone.localdate()),
        "versions": versions,
        "checklist": shown,
        "columns": COLUMNS,
        "coordinates": anywhere(request.user, Permission.COORDINATE),
    }
    if shown is not None:
        before = next((version for version in versions if version.version == shown.version - 1), None)
        changes = list(
            ChecklistItemChange.objects.filter(checklist=shown)
            .exclude(kind=ChangeKind.COMPILE)
            .select_related("item", "organ", "resolution")
        )
        context |= {
            "tables": by_form(shown.content),
            "intact": is_intact(shown),
            "before": before,
            "differences": differences(before.content, shown.content) if before else None,
            "changes": changes,
            "openable": selectors.openable(request.user, (change.item_id for change in changes)),
            "events": Event.objects.of(shown).select_related("by", "on_behalf_of"),
        }
    return render(request, "checklists/list.html", context)


# --- the committee's secretary ---


@edits
def resolution(request: HttpRequest) -> HttpResponse:
    """Lists and changes before the committee, and the form that records its decision about the list."""
    found = _list_to_decide(request)
    form = ResolutionForm(request.POST or None, today=timezone.localdate())
    if request.method == "POST" and form.is_valid():
        if found is None:
            raise Refused("没有提请审议的清单。请待党风政风监督室提请后再登记。", "A6.1f")
        try:
            actions.record_resolution(found, by=request.user, at=timezone.now(), **form.cleaned_data)
        except Refused as refused:
            refuse_on(form, refused)
        else:
            word = "可以印发" if form.cleaned_data["approved"] else "已退回党风政风监督室"
            messages.success(request, f"常委会决定已登记，{found}{word}。")
            return redirect("checklists:resolution")
    today = timezone.localdate()
    context = {
        "form": form,
        "checklist": found,
        "decided": selectors.lists_before_committee(request.user).filter(resolution__approved=True),
        "papers": selectors.papers_before_committee(request.user),
        "tables": by_form(rows_of(found, on=today)) if found else [],
        "columns": COLUMNS,
        "resolutions": ScResolution.objects.visible_to(request.user).select_related("recorded_by")[:20],
    }
    return render(request, "checklists/resolution.html", context, status=422 if form.errors else 200)


def _list_to_decide(request: HttpRequest) -> AnnualChecklist | None:
    return selectors.lists_before_committee(request.user).exclude(resolution__approved=True).first()


@edits
def arrangement(request: HttpRequest) -> HttpResponse:
    """The committee arranges a 集中式 supervision: recorded here, chosen in the project (A7.1)."""
    form = ArrangementForm(request.POST or None, today=timezone.localdate())
    office = office_of(request)
    if request.method == "POST" and form.is_valid():
        try:
            actions.record_arrangement(office, by=request.user, at=timezone.now(), **form.cleaned_data)
        except Refused as refused:
            refuse_on(form, refused)
        else:
            messages.success(request, "常委会安排已登记，党风政风监督室可在“集中式”项目中选用。")
            return redirect("checklists:resolution")
    context = {
        "form": form,
        "title": "登记常委会安排",
        "button": "登记安排",
        "back": reverse("checklists:resolution"),
        "kind": ScResolutionKind.ARRANGEMENT.label,
    }
    return render(request, "checklists/form.html", context, status=422 if form.errors else 200)
