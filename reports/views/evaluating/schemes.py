"""质效评估: the years, and the scheme of a year with its versions (A10.5)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from accounts.http import edits, reads, writes
from accounts.lists import wants_sheet
from accounts.models import Approval, Event, Organ
from accounts.permissions import Permission, has
from accounts.views.approvals import RELATED
from accounts.views.times import asked_year
from accounts.workflow import Refused, buttons
from accounts.writing.overtaking import mark_of
from accounts.xlsx import list_as_xlsx
from checklists.views.frame import office_of, refuse_on
from ledgers.books.verifying import waiting
from reports.actions.evaluation import schemes as acts
from reports.builders.evaluation import scheme_paper
from reports.counting.figure import NONE
from reports.evaluation import rules
from reports.evaluation.composition import scheme_words, uncompared
from reports.evaluation.selectors import left_out, standing, told_to, verifying_note
from reports.evaluation.states import UNDER_WAY, SchemeStep, TableStep
from reports.forms.evaluation import SchemeForm, initial_of
from reports.models import EvaluationRow, EvaluationScheme, EvaluationTable
from reports.views.papers import send_pdf

SHEET = {
    "year": "年度",
    "organ": "单位",
    "group": "同类组",
    "subtotal": "小计",
    "total": "合计",
    "rank": "组内位次",
    "step": "状态",
}


@reads
def evaluation(request: HttpRequest) -> HttpResponse:
    """By year: for 党风政风监督室 and leaders the schemes and tables, for an evaluated organ its own row and the scheme in words."""
    user = request.user
    rows = (
        EvaluationRow.objects.visible_to(user)
        .select_related("organ", "table__scheme")
        .order_by("-table__year", "group", "rank", "pk")
    )
    tables = EvaluationTable.objects.visible_to(user).select_related("scheme", "resolution")
    if wants_sheet(request.GET):
        return list_as_xlsx("质效评估", SHEET, _flat(rows, within=bool(tables)))
    schemes = EvaluationScheme.objects.visible_to(user).select_related("resolution")
    office = _office(request)
    works, year = office is not None and has(user, Permission.DRAFT, office.pk), asked_year(request)
    context = {
        "tables": tables, "schemes": schemes, "works": works, "year": year, "rows": [] if tables else rows,
        "own": [] if schemes else told_to(user), "startable": _startable(office) if works else [],
        "drafted": any(one.year == year and one.resolution for one in schemes), "drafts": works and bool(rules.year_fits(year, timezone.localdate())),
        "others": _others(year) if works else [],
        "under_way": next((one for one in schemes if one.year == year and one.step in UNDER_WAY), None),
        "waiting": len(waiting(user, year)) if office and works and verifying_note(office.pk, year, timezone.localdate()) else 0,
    }  # fmt: skip
    return render(request, "reports/evaluation/years.html", context)


def _others(year: int) -> list[int]:
    """The further years whose schemes may be drafted today: next year's is approved before that year begins."""
    today = timezone.localdate()
    return [one for one in range(today.year - 1, today.year + 2) if one != year and rules.year_fits(one, today)]


def _office(request: HttpRequest) -> Organ | None:
    try:
        return office_of(request)
    except Refused:
        return None


def _flat(rows: Iterable[EvaluationRow], *, within: bool) -> list[dict[str, Any]]:
    """The rows as a workbook has them. An organ is told its place once the committee has confirmed it; nobody has one
    where nothing was counted."""
    silent: dict[int, set[str]] = {}
    found = []
    for row in rows:
        table = row.table
        if table.pk not in silent:
            silent[table.pk] = uncompared(table.scheme, list(table.rows.all()))
        told = (within or table.step == TableStep.CONFIRMED) and row.group not in silent[table.pk]
        found.append({"year": table.year, "organ": row.organ.name, "group": row.get_group_display(), "subtotal": row.subtotal,
                      "total": row.total, "rank": row.rank if told else NONE, "step": table.get_step_display()})  # fmt: skip
    return found


def _startable(office: Organ | None) -> list[int]:
    """Years with a scheme in force and no table yet."""
    there = EvaluationTable.objects.filter(organ=office).values("year")
    rows = EvaluationScheme.objects.filter(organ=office, step=SchemeStep.IN_FORCE).exclude(year__in=there)
    return list(rows.order_by("-year").values_list("year", flat=True))


# --- the scheme ---


def _scheme(request: HttpRequest, pk: int) -> EvaluationScheme:
    rows = EvaluationScheme.objects.visible_to(request.user).select_related("organ", "resolution", "created_by")
    return get_object_or_404(rows, pk=pk)


def _organs(request: HttpRequest, year: int) -> Any:
    """Those of today, and those that stood on a day of the year and are gone or not yet there."""
    seen = Organ.objects.visible_to(request.user)
    return seen.active(on=timezone.localdate()) | standing(seen, year)


@edits
def scheme_new(request: HttpRequest) -> HttpResponse:
    """Draft the scheme of a year; the newest version, or that of the year before, is filled in. One under way is opened instead."""
    office, year = office_of(request), asked_year(request)
    rules.year_fits(year, timezone.localdate()).enforce()
    there = EvaluationScheme.objects.filter(organ=office, year=year, step__in=UNDER_WAY).first()
    if there is not None:
        messages.info(
            request,
            f"{there}{there.get_step_display()}，请在这一版上办理。{'不要的可以作废。' if there.editable else ''}",
        )
        return redirect(there.get_absolute_url())
    rows = EvaluationScheme.objects.filter(organ=office, year__lte=year).exclude(step=SchemeStep.DROPPED)
    last = rows.order_by("-year", "-version").first()
    start = initial_of(last) if last else {"cutoff": timezone.localdate().replace(year=year, month=12, day=15)}
    if last and last.year != year:
        start["cutoff"] = last.cutoff.replace(year=last.cutoff.year + year - last.year, day=min(last.cutoff.day, 28))
    form = SchemeForm(request.POST or None, organs=_organs(request, year), initial=start)
    if request.method == "POST" and form.is_valid():
        try:
            made = acts.draft_scheme(
                office, year, form.values(), by=request.user, at=timezone.now(), reason=form.cleaned_data["reason"]
            )
        except Refused as refused:
            refuse_on(form, refused)
        else:
            messages.success(request, "已保存评估方案草稿，核对后层报审批。")
            return redirect(made.get_absolute_url())
    context = {"form": form, "year": year, "scheme": None, "draft": f"evaluation-scheme-new-{year}"}
    return render(request, "reports/evaluation/scheme_form.html", context, status=422 if form.is_bound else 200)


@edits
def scheme_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Change a draft."""
    row = _scheme(request, pk)
    form = SchemeForm(request.POST or None, organs=_organs(request, row.year), initial=initial_of(row))
    del form.fields["reason"]
    seen = request.POST.get("seen") or mark_of(scheme_words(row))
    if request.method == "POST" and form.is_valid():
        try:
            acts.edit_scheme(row, form.values(), by=request.user, at=timezone.now(), seen=seen)
        except Refused as refused:
            refuse_on(form, refused)
        else:
            messages.success(request, "已保存。")
            return redirect(row.get_absolute_url())
    context = {"form": form, "year": row.year, "scheme": row, "seen": seen, "draft": f"evaluation-scheme-{row.pk}"}
    return render(request, "reports/evaluation/scheme_form.html", context, status=422 if form.is_bound else 200)


@reads
def scheme(request: HttpRequest, pk: int) -> HttpResponse:
    """A scheme in words, with its way."""
    row, user = _scheme(request, pk), request.user
    works = has(user, Permission.DRAFT, row.organ_id)
    rounds = Approval.objects.of(row).select_related("submitted_by").prefetch_related(*RELATED)
    context = {
        "scheme": row, "words": scheme_words(row), "rounds": list(reversed(rounds)), "works": works,
        "left_out": left_out(row) if works and row.step not in (SchemeStep.DROPPED, SchemeStep.SUPERSEDED) else [],
        "offers": buttons(row, ("submit",), by=user) if works and row.editable else [],
        "events": Event.objects.of(row).select_related("by", "on_behalf_of"),
    }  # fmt: skip
    return render(request, "reports/evaluation/scheme.html", context)


@reads
def scheme_pdf(request: HttpRequest, pk: int) -> HttpResponse:
    """评估方案 as PDF."""
    row = _scheme(request, pk)
    return send_pdf(request, scheme_paper(row), str(row))


@writes
def scheme_drop(request: HttpRequest, pk: int) -> HttpResponse:
    """作废 a draft, with its reason."""
    row = _scheme(request, pk)
    acts.drop_scheme(row, reason=request.POST.get("reason", ""), by=request.user, at=timezone.now())
    messages.success(request, f"{row}草稿已作废，可以另行起草。")
    return redirect("reports:evaluation")


@writes
def scheme_submit(request: HttpRequest, pk: int) -> HttpResponse:
    """层报审批."""
    row = _scheme(request, pk)
    acts.submit_scheme(row, by=request.user, at=timezone.now())
    messages.success(request, "已送本室负责人签批，依次送协管常委、委员，分管副书记和县纪委常委会；批准后锁定。")
    return redirect(row.get_absolute_url())
