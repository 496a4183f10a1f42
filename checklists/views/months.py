"""月度重点任务清单 on its pages (S0-5)."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone

from accounts.http import edits, reads, writes
from accounts.lists import all_of, named_id, page_of, wants_sheet
from accounts.models import Event
from accounts.permissions import Permission, has, organ_ids
from accounts.workflow import Refused
from accounts.xlsx import download, list_as_xlsx, workbook
from checklists.actions import months as actions
from checklists.forms.meetings import MonthFilter, MonthForm, MonthLineForm, ProgressForm
from checklists.meetings.rules import may_list
from checklists.meetings.sheet import month_sheet
from checklists.meetings.standing import month_figures, status_of, unfinished_lines
from checklists.meetings.states import MonthStep
from checklists.models import MonthlyList, MonthlyTask
from checklists.selectors import openable
from checklists.views.frame import exported, labelled, offers, office_of, refuse_on

COLUMNS = ("pk", "year", "month", "organ__name", "step", "issued_at", "total", "done", "late", "carried")
SHEET = {
    "name": "清单", "organ__name": "印发单位", "total": "任务数", "done": "已完成数", "late": "逾期数", "carried": "结转数",
    "issued_at": "印发时间", "step_label": "状态",
}  # fmt: skip


@reads
def months(request: HttpRequest) -> HttpResponse:
    """The lists that the user reads, the newest month first."""
    user: Any = request.user
    today = timezone.localdate()
    found = MonthFilter(request.GET or None, queryset=MonthlyList.objects.visible_to(user), request=request)
    open_ = Q(tasks__assignment__done_on__isnull=True, tasks__assignment__isnull=False)
    counts = {
        "total": Count("tasks"),
        "done": Count("tasks", filter=Q(tasks__assignment__done_on__isnull=False)),
        "late": Count("tasks", filter=open_ & Q(tasks__due_on__lt=today)),
        "carried": Count("tasks", filter=Q(tasks__carries__gt=0)),
    }
    rows, order = found.qs.annotate(**counts).values(*COLUMNS), ("-year", "-month", "-pk")
    if wants_sheet(request.GET):
        exported(request, "月度重点任务清单")
        return list_as_xlsx("月度重点任务清单", SHEET, _worded(all_of(rows, order)))
    page = page_of(rows, order, after=request.GET.get("after"))
    _worded(page.rows)
    form = MonthForm(initial={"year": today.year, "month": today.month}) if may_list(user, user.organ) else None
    context = {"page": page, "filters": found.form, "export": True, "form": form}
    return render(request, "checklists/meetings/months.html", context)


def _worded(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    for row in rows:
        row["name"] = f"{row['year']}年{row['month']}月重点任务清单"
    return labelled(rows, step=MonthStep)


@writes
def month_new(request: HttpRequest) -> HttpResponse:
    """Begin the list of a month."""
    form = MonthForm(request.POST)
    if not form.is_valid():
        messages.error(request, "请选择年度和月份，例如2026年3月。")
        return redirect("checklists:months")
    try:
        made = actions.open_month(office_of(request), by=request.user, at=timezone.now(), **form.cleaned_data)
    except Refused as refused:
        messages.error(request, refused.full)
        return redirect("checklists:months")
    messages.success(request, f"{made}已建立，请添加任务。")
    return redirect(actions.month_url(made))


@reads
def month(request: HttpRequest, pk: int) -> HttpResponse:
    """One list, or the same as a workbook."""
    found = get_object_or_404(MonthlyList.objects.visible_to(request.user).select_related("organ"), pk=pk)
    if wants_sheet(request.GET):
        exported(request, str(found))
        return download(workbook([month_sheet(found, on=timezone.localdate())]), f"{found}.xlsx")
    return _show(request, found)


def _show(request: HttpRequest, found: MonthlyList, form: Any = None) -> HttpResponse:
    user: Any = request.user
    today = timezone.localdate()
    writes_list = bool(may_list(user, found.organ)) and found.step == MonthStep.DRAFT
    reach = organ_ids(user, Permission.DRAFT) | organ_ids(user, Permission.COORDINATE)
    lines = list(found.tasks.select_related("organ", "assignment", "item"))
    context = {
        "found": found,
        "lines": [(line, status_of(line, on=today), line.organ_id in reach) for line in lines],
        "openable": openable(user, (line.item_id for line in lines)),
        "figures": month_figures(found, on=today),
        "writes": writes_list,
        "waiting": unfinished_lines(found) if writes_list else [],
        "form": form or (MonthLineForm(user=user, organ=found.organ, year=found.year) if writes_list else None),
        "offers": offers(found, ("issue",), user) if writes_list else [],
        "events": Event.objects.of(found).select_related("by", "on_behalf_of"),
        "may_note": found.step == MonthStep.ISSUED,
        "mine": {line.organ_id for line in lines if has(user, Permission.DRAFT, line.organ_id)},
    }
    return render(request, "checklists/meetings/month.html", context, status=422 if form is not None else 200)


@writes
def month_act(request: HttpRequest, pk: int) -> HttpResponse:
    """One verb on one list; a line that is not complete comes back with what was typed."""
    rows = MonthlyList.objects.filter(organ_id__in=organ_ids(request.user, Permission.COORDINATE))
    found = get_object_or_404(rows.select_related("organ"), pk=pk)
    user: Any = request.user
    form = None
    if request.POST.get("verb") == "add":
        form = MonthLineForm(request.POST, user=user, organ=found.organ, year=found.year)
        if not form.is_valid():
            return _show(request, found, form)
    try:
        sentence = _do(request, found, form)
    except Refused as refused:
        if form is not None:
            refuse_on(form, refused)
            return _show(request, found, form)
        messages.error(request, refused.full)
    else:
        messages.success(request, sentence)
    return redirect(actions.month_url(found))


def _do(request: HttpRequest, found: MonthlyList, form: Any) -> str:
    verb, by, at = request.POST.get("verb", ""), request.user, timezone.now()
    if form is not None:
        data = form.cleaned_data
        actions.add_line(
            found, task=data["text"], organ=data["organ"], due_on=data["due_on"], item=data["item"], by=by, at=at
        )
        return "已添加任务，印发后下达。"
    if verb == "drop":
        line = get_object_or_404(found.tasks.select_related("list__organ"), pk=named_id(request.POST, "line"))
        actions.drop_month_line(line, by=by, at=at)
        return "已删去。"
    if verb == "carry":
        return f"已结转{actions.carry_over(found, by=by, at=at)}项未完成的任务。"
    if verb == "issue":
        issued = actions.issue_month(found, by=by, at=at)
        return f"{issued}已印发，任务已下达各责任单位。"
    raise Refused("没有认出要办的事，请刷新页面后重试。")


@edits
def month_progress(request: HttpRequest, pk: int) -> HttpResponse:
    """Write how a task of an issued list goes."""
    reach = organ_ids(request.user, Permission.DRAFT) | organ_ids(request.user, Permission.COORDINATE)
    rows = MonthlyTask.objects.filter(organ_id__in=reach, list__step=MonthStep.ISSUED)
    line = get_object_or_404(rows.select_related("list__organ", "organ", "assignment"), pk=pk)
    form = ProgressForm(request.POST or None, initial={"text": line.progress})
    back = reverse("checklists:month", args=[line.list_id])
    if request.method == "POST" and form.is_valid():
        try:
            actions.note_progress(line, by=request.user, at=timezone.now(), **form.cleaned_data)
        except Refused as refused:
            refuse_on(form, refused)
        else:
            messages.success(request, "进展已登记。")
            return redirect(back)
    context = {"form": form, "title": f"登记进展：{line}", "button": "登记进展", "back": back}
    return render(request, "checklists/form.html", context, status=422 if form.errors else 200)
