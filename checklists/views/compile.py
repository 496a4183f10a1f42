"""党风政风监督室 compiles the list: takes in, orders, edits with reasons, previews, submits, issues (A6.1e-f)."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone

from accounts.http import edits, reads, writes
from accounts.models import Event
from accounts.permissions import Permission, organ_ids
from accounts.views.times import asked_year
from accounts.workflow import Refused
from checklists import actions, selectors
from checklists.forms.lists import LineForm, ReportForm
from checklists.models import AnnualChecklist, ChecklistItem
from checklists.papers import compared, plain
from checklists.publication import COLUMNS, by_form, rows_of
from checklists.states import ChangeKind, ChecklistStep, ItemStep
from checklists.views.frame import done, offers, office_of, refuse_on


def _page(year: int) -> str:
    return f"{reverse('checklists:compile')}?year={year}"


def _under_way(request: HttpRequest, year: int) -> AnnualChecklist:
    found = AnnualChecklist.objects.filter(organ=office_of(request)).under_way(year).first()
    if found is None:
        raise Refused(f"{year}年度没有正在汇总的清单。请先开始汇总；印发后的调整按动态更新办理。", "A6.1e")
    return found


@reads
def compile_page(request: HttpRequest) -> HttpResponse:
    """Lines in order with their edits, who is missing, what waits to be taken in, the preview."""
    user: Any = request.user
    year, today = asked_year(request), timezone.localdate()
    checklist = AnnualChecklist.objects.filter(organ=office_of(request)).under_way(year).first()
    filings = selectors.filings(user, year, on=today)
    context: dict[str, Any] = {
        "year": year,
        "checklist": checklist,
        "in_force": selectors.list_in_force(user, year),
        "missing": [row for row in filings if row.is_missing],
        "filed": sum(row.filed for row in filings),
    }
    if checklist is not None:
        context |= _compiled(checklist, user, today)
    return render(request, "checklists/compile.html", context)


def _compiled(checklist: AnnualChecklist, user: Any, today: Any) -> dict[str, Any]:
    county = checklist.organ.county()
    waiting = ChecklistItem.objects.filter(
        year=checklist.year, step=ItemStep.FILED, organ__path__startswith=county.path
    ).exclude(lines__checklist=checklist)
    return {
        "lines": checklist.lines.select_related("item__organ", "item__lead_organ"),
        "waiting": waiting.values("pk", "title", "organ__name", "form"),
        "edits": _edits(checklist),
        "tables": by_form(rows_of(checklist, on=today)),
        "columns": COLUMNS,
        "offers": offers(checklist, ("submit", "publish"), user),
        "open": checklist.step == ChecklistStep.COMPILING,
        "events": Event.objects.of(checklist).select_related("by", "on_behalf_of"),
        "returned": checklist.resolution if checklist.resolution and not checklist.resolution.approved else None,
    }


def _edits(checklist: AnnualChecklist) -> list[dict[str, Any]]:
    rows = checklist.changes.filter(kind=ChangeKind.COMPILE).select_related("item", "created_by")
    return [
        {"change": change, "fields": compared(change.old, change.new), "dropped": "listed" in change.new}
        for change in rows
    ]


@writes
def compile_act(request: HttpRequest) -> HttpResponse:
    """One verb on the list under way: start, pull, submit, publish."""
    year, user, at = asked_year(request), request.user, timezone.now()
    verb = request.POST.get("verb", "")
    if verb == "start":
        office = office_of(request)
        sentence = f"已开始汇总{year}年度清单，已报送的项目已列入。"
        return done(request, lambda: actions.start_compilation(office, year, by=user, at=at), sentence, _page(year))
    found = _under_way(request, year)
    verbs: dict[str, tuple[Any, str]] = {
        "pull": (lambda: actions.pull_filed(found, by=user, at=at), "新报送的项目已列在清单末尾。"),
        "submit": (
            lambda: actions.submit_checklist(found, by=user, at=at),
            "已提请县纪委常委会，请常委会秘书登记决定。",
        ),
        "publish": (lambda: actions.publish(found, by=user, at=at), f"{found}已印发，总台账和单位台账已据此建立。"),
    }
    act, sentence = verbs.get(verb, (_unknown, ""))
    return done(request, act, sentence, _page(year))


def _unknown() -> None:
    raise Refused("没有认出要办的事，请刷新页面后重试。")


def _line(request: HttpRequest, pk: int) -> ChecklistItem:
    rows = ChecklistItem.objects.filter(organ_id__in=organ_ids(request.user, Permission.COORDINATE))
    return get_object_or_404(rows.select_related("organ", "lead_organ"), pk=pk)


@writes
def line_move(request: HttpRequest, pk: int) -> HttpResponse:
    """One place up or down."""
    item = _line(request, pk)
    found = _under_way(request, item.year)
    actions.move_line(found, item, up=request.POST.get("to") == "up", by=request.user)
    return redirect(f"{_page(item.year)}#line-{item.pk}")


@edits
def line_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Edit an organ's project while compiling; old words, new words and reason are kept."""
    item = _line(request, pk)
    found = _under_way(request, item.year)
    form = LineForm(request.POST or None, instance=item, today=timezone.localdate())
    if request.method == "POST" and form.is_valid():
        values, reason = plain(form.cleaned_data), form.cleaned_data["reason"]
        try:
            actions.edit_line(found, item, values, reason=reason, by=request.user, at=timezone.now())
        except Refused as refused:
            refuse_on(form, refused)
        else:
            messages.success(request, f"“{item}”的修改已记录，并已告知{item.organ.label}。")
            return redirect(_page(item.year))
    context = {"form": form, "title": f"汇总修改：{item}", "button": "保存并记录修改", "back": _page(item.year)}
    return render(request, "checklists/form.html", context, status=422 if form.errors else 200)


@writes
def line_drop(request: HttpRequest, pk: int) -> HttpResponse:
    """Leave a project out of the list, with the reason."""
    item = _line(request, pk)
    found = _under_way(request, item.year)
    reason, by, at = request.POST.get("reason", ""), request.user, timezone.now()
    return done(
        request,
        lambda: actions.drop_line(found, item, reason=reason, by=by, at=at),
        f"“{item}”未列入清单，理由已告知{item.organ.label}。",
        _page(item.year),
    )


@edits
def list_report(request: HttpRequest) -> HttpResponse:
    """必要时向县委报告: when and under which number (A6.1g)."""
    year = asked_year(request)
    back = f"{reverse('checklists:list')}?year={year}"
    found = selectors.list_in_force(request.user, year)
    form = ReportForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and found is not None:
        try:
            actions.report_to_county_committee(found, by=request.user, at=timezone.now(), **form.cleaned_data)
        except Refused as refused:
            refuse_on(form, refused)
        else:
            messages.success(request, "已登记向县委报告。")
            return redirect(back)
    if found is None:
        raise Refused(f"{year}年度清单还没有印发，不用登记。", "A6.1g")
    context = {"form": form, "title": "登记向县委报告", "button": "登记", "back": back}
    return render(request, "checklists/form.html", context, status=422 if form.errors else 200)
