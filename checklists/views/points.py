"""The year's key points: read, drafted, issued (A6.1a); the plenum's deployment (A10.1a)."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from accounts.http import edits, reads, writes
from accounts.models import Event
from accounts.permissions import Permission, anywhere
from accounts.views.times import asked_year
from accounts.workflow import Refused
from checklists import actions, selectors
from checklists.forms.instructions import DeploymentForm
from checklists.forms.lists import KeyPointFormSet, PointsForm, point_rows
from checklists.models import AnnualDeployment, AnnualPoints
from checklists.views.frame import done, offers, office_of, refuse_on


def _page(year: int) -> str:
    return f"{reverse('checklists:points')}?year={year}"


@reads
def points(request: HttpRequest) -> HttpResponse:
    """The points as issued, or the draft for those who write it."""
    year = asked_year(request)
    found = selectors.points_of(request.user, year)
    context = {
        "year": year,
        "points": found,
        "rows": found.rows.all() if found else [],
        "offers": offers(found, ("publish",), request.user) if found else [],
        "events": Event.objects.of(found).select_related("by", "on_behalf_of") if found else [],
        "coordinates": anywhere(request.user, Permission.COORDINATE),
        "points_edit": f"{reverse('checklists:points_edit')}?year={year}",
    }
    return render(request, "checklists/points.html", context)


@edits
def points_edit(request: HttpRequest) -> HttpResponse:
    """党风政风监督室 drafts the points, as many as there are."""
    year, office = asked_year(request), office_of(request)
    found = AnnualPoints.objects.filter(organ=office, year=year).first()
    form = PointsForm(request.POST or None, initial=_initial(found, year))
    rows = KeyPointFormSet(request.POST or None, initial=point_rows(found), prefix="rows")
    if request.method == "POST" and form.is_valid() and rows.is_valid():
        lines = [(row["focus_area"], row["text"].strip()) for row in rows.cleaned_data if row.get("text", "").strip()]
        try:
            actions.save_points(office, year, rows=lines, by=request.user, at=timezone.now(), **form.cleaned_data)
        except Refused as refused:
            refuse_on(form, refused)
        else:
            messages.success(request, f"要点草稿已保存，共{len(lines)}条。")
            return redirect(_page(year))
    status = 422 if form.is_bound else 200
    context = {"form": form, "rows": rows, "year": year, "back": _page(year)}
    return render(request, "checklists/points_edit.html", context, status=status)


def _initial(found: AnnualPoints | None, year: int) -> dict[str, Any]:
    if found is not None:
        return {"title": found.title, "basis": found.basis, "proposals_due_on": found.proposals_due_on}
    due = actions.proposals_due(year, on=timezone.localdate())
    return {"title": f"{year}年度政治监督要点", "proposals_due_on": due}


@writes
def points_publish(request: HttpRequest) -> HttpResponse:
    """The head of 党风政风监督室 issues them."""
    year = asked_year(request)
    found = AnnualPoints.objects.filter(organ=office_of(request), year=year).first()
    if found is None:
        raise Refused(f"{year}年度要点还没有起草。请先起草要点。", "A6.1a")
    by, at = request.user, timezone.now()
    sentence = f"{found.title}已印发，各派驻纪检监察组可以申报监督项目。"
    return done(request, lambda: actions.publish_points(found, by=by, at=at), sentence, _page(year))


@edits
def deployment(request: HttpRequest) -> HttpResponse:
    """What the plenum deployed for the year."""
    year, office = asked_year(request), office_of(request)
    found = AnnualDeployment.objects.filter(organ=office, year=year).first()
    form = DeploymentForm(request.POST or None, instance=found)
    if request.method == "POST" and form.is_valid():
        try:
            actions.save_deployment(office, year, by=request.user, at=timezone.now(), **form.cleaned_data)
        except Refused as refused:
            refuse_on(form, refused)
        else:
            messages.success(request, f"{year}年全会部署已登记。")
            return redirect(f"{reverse('checklists:home')}?year={year}")
    context = {
        "form": form,
        "title": f"{year}年县纪委全会部署",
        "button": "保存部署",
        "back": f"{reverse('checklists:home')}?year={year}",
    }
    return render(request, "checklists/form.html", context, status=422 if form.errors else 200)
