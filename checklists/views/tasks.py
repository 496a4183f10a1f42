"""任务分解 (A10.1b) and the vocabularies that 党风政风监督室 keeps (A1, A5.3, A8)."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone

from accounts.http import edits, reads, writes
from accounts.lists import named_id, page_of
from accounts.permissions import Permission, anywhere, organ_ids
from accounts.workflow import Refused
from checklists import actions
from checklists.exports import tasks_as_xlsx
from checklists.forms.filters import TaskFilter
from checklists.forms.instructions import BasisDocumentForm, MethodForm, TaskDoneForm, TaskForm, TopicForm
from checklists.models import BasisDocument, ChecklistItem, Method, TaskAssignment, Topic
from checklists.selectors import openable
from checklists.views.frame import done, exported, refuse_on

COLUMNS = (
    "pk",
    "task",
    "item__title",
    "item_id",
    "source",
    "source_link",
    "organ__name",
    "organ_id",
    "due_on",
    "done_on",
    "result",
)


@reads
def tasks(request: HttpRequest) -> HttpResponse:
    """Tasks of the organs the user reads, by their term."""
    user: Any = request.user
    found = TaskFilter(request.GET or None, queryset=TaskAssignment.objects.visible_to(user), request=request)
    if request.GET.get("format") == "xlsx":
        exported(request, "任务分解")
        return tasks_as_xlsx(found.qs.order_by("due_on", "pk").values(*COLUMNS))
    page = page_of(found.qs.values(*COLUMNS), ("due_on", "pk"), after=request.GET.get("after"))
    shown = {"page": page, "filters": found.form, "mine": organ_ids(user, Permission.DRAFT), "export": True,
             "openable": openable(user, (row["item_id"] for row in page.rows))}  # fmt: skip
    return render(request, "checklists/tasks.html", shown)


@edits
def task_new(request: HttpRequest, pk: int) -> HttpResponse:
    """党风政风监督室 gives part of a listed project to an organ."""
    rows = ChecklistItem.objects.filter(organ_id__in=organ_ids(request.user, Permission.COORDINATE))
    item = get_object_or_404(rows, pk=pk)
    form = TaskForm(request.POST or None, user=request.user)
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.assign_task(item, by=request.user, at=timezone.now(), **form.cleaned_data)
        except Refused as refused:
            refuse_on(form, refused)
        else:
            messages.success(request, f"任务已交{made.organ.label}，{made.due_on:%Y-%m-%d}前完成。")
            return redirect("checklists:tasks")
    context = {
        "form": form,
        "title": f"任务分解：{item}",
        "button": "下达任务",
        "back": actions.item_url(item),
    }
    return render(request, "checklists/form.html", context, status=422 if form.errors else 200)


@edits
def task_done(request: HttpRequest, pk: int) -> HttpResponse:
    """The organ says what it did."""
    rows = TaskAssignment.objects.filter(organ_id__in=organ_ids(request.user, Permission.DRAFT))
    task = get_object_or_404(rows.select_related("item", "organ"), pk=pk)
    form = TaskDoneForm(request.POST or None, initial={"day": timezone.localdate()})
    if request.method == "POST" and form.is_valid():
        day, text = form.cleaned_data["day"], form.cleaned_data["text"]
        try:
            actions.complete_task(task, by=request.user, at=timezone.now(), done_on=day, result=text)
        except Refused as refused:
            refuse_on(form, refused)
        else:
            messages.success(request, "完成情况已登记，已告知党风政风监督室。")
            return redirect("checklists:tasks")
    context = {
        "form": form,
        "title": f"登记完成情况：{task.task[:60]}",
        "button": "登记完成",
        "back": reverse("checklists:tasks"),
    }
    return render(request, "checklists/form.html", context, status=422 if form.errors else 200)


# --- vocabularies ---

KINDS: dict[str, tuple[Any, Any, str, str]] = {
    "method": (Method, MethodForm, "监督方式", "A8"),
    "topic": (Topic, TopicForm, "专题", "A5.3"),
    "basis": (BasisDocument, BasisDocumentForm, "依据文件", "A1"),
}


@edits
def vocabulary(request: HttpRequest) -> HttpResponse:
    """Methods, topics, basis documents: read by all, kept by 党风政风监督室."""
    wanted = request.POST.get("kind", "")
    bound = KINDS[wanted][1](request.POST) if wanted in KINDS else None
    if bound is not None and bound.is_valid():
        _add(bound, wanted, request.user)
        messages.success(request, f"{KINDS[wanted][2]}已增加，即可选用。")
        return redirect("checklists:vocabulary")
    lists = [
        {
            "kind": kind,
            "label": label,
            "article": article,
            "rows": model.objects.all(),
            "form": bound if kind == wanted else form_of(),
        }
        for kind, (model, form_of, label, article) in KINDS.items()
    ]
    context = {"lists": lists, "keeps": anywhere(request.user, Permission.COORDINATE)}
    return render(request, "checklists/vocabulary.html", context, status=422 if request.method == "POST" else 200)


def _add(form: Any, kind: str, user: Any) -> None:
    entry = form.save(commit=False)
    if kind == "method":
        entry.code = f"own-{timezone.now():%Y%m%d%H%M%S%f}"[:30]
    if kind == "basis":
        entry.added_by = user
    entry.save()


@writes
def vocabulary_toggle(request: HttpRequest) -> HttpResponse:
    """Take an entry out of the choices, or back in; what used it keeps it."""
    kind, number = request.POST.get("kind", ""), named_id(request.POST, "id")
    if kind not in KINDS or number is None:
        return done(request, _unknown, "", "checklists:vocabulary")
    entry = get_object_or_404(KINDS[kind][0], pk=number)
    entry.is_active = not entry.is_active
    entry.save()
    messages.success(request, f"“{entry}”{'可选用' if entry.is_active else '已停用，原有记录不受影响'}。")
    return redirect("checklists:vocabulary")


def _unknown() -> None:
    raise Refused("没有认出要办的事，请刷新页面后重试。")
