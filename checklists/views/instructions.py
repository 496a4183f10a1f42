"""指示批示台账 on its pages (A5.2)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from django.contrib import messages
from django.db.models import OuterRef, Subquery
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone

from accounts.http import edits, reads, writes
from accounts.lists import page_of
from accounts.models import Event
from accounts.permissions import Permission, anywhere, has
from accounts.workflow import Refused
from checklists import actions
from checklists.deadlines import BULLETIN_DAYS
from checklists.exports import instructions_as_xlsx
from checklists.forms.filters import InstructionFilter
from checklists.forms.instructions import DatedTextForm, InstructionForm
from checklists.models import InstructionItem, InstructionLookBack, InstructionProgress
from checklists.states import InstructionStep
from checklists.views.frame import done, exported, labelled, refuse_on

COLUMNS = (
    "pk",
    "title",
    "source_doc",
    "received_on",
    "responsible_unit__name",
    "organ__name",
    "measures",
    "due_on",
    "step",
    "closed_on",
    "notified_on",
)
LATEST = {
    "last_progress": Subquery(
        InstructionProgress.objects.filter(item=OuterRef("pk")).order_by("-reported_on", "-pk").values("text")[:1]
    ),
    "last_look_back": Subquery(
        InstructionLookBack.objects.filter(item=OuterRef("pk")).order_by("-round_no").values("result")[:1]
    ),
}


@reads
def instructions(request: HttpRequest) -> HttpResponse:
    """The ledger, filtered; what is overdue stands first by its term."""
    user: Any = request.user
    today = timezone.localdate()
    rows = InstructionItem.objects.visible_to(user)
    found = InstructionFilter(request.GET or None, queryset=rows, request=request)
    if request.GET.get("format") == "xlsx":
        exported(request, "指示批示台账")
        return instructions_as_xlsx(found.qs.order_by("due_on", "pk").annotate(**LATEST).values(*COLUMNS, *LATEST))
    page = page_of(found.qs.values(*COLUMNS), ("due_on", "pk"), after=request.GET.get("after"))
    labelled(page.rows, step=InstructionStep)
    context = {
        "page": page,
        "filters": found.form,
        "export": True,
        "overdue": rows.overdue(on=today).count(),
        "may_enter": anywhere(user, Permission.DRAFT) or anywhere(user, Permission.COORDINATE),
    }
    return render(request, "checklists/instructions.html", context)


@edits
def instruction_new(request: HttpRequest) -> HttpResponse:
    """Enter an instruction with its term."""
    form = InstructionForm(request.POST or None, user=request.user, today=timezone.localdate())
    return _save(request, form, None, "登记指示批示", reverse("checklists:instructions"))


@edits
def instruction_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Correct an open one."""
    found = _kept(request, pk)
    form = InstructionForm(request.POST or None, instance=found, user=request.user, today=timezone.localdate())
    return _save(request, form, found, "修改指示批示", _page(found))


def _save(request: HttpRequest, form: Any, found: InstructionItem | None, title: str, back: str) -> HttpResponse:
    if request.method == "POST" and form.is_valid():
        try:
            saved = actions.save_instruction(found, by=request.user, at=timezone.now(), **form.cleaned_data)
        except Refused as refused:
            refuse_on(form, refused)
        else:
            messages.success(request, f"“{saved}”已登记，{saved.due_on:%Y-%m-%d}前办结。")
            return redirect(_page(saved))
    context = {"form": form, "title": title, "button": "保存", "back": back}
    return render(request, "checklists/form.html", context, status=422 if form.errors else 200)


def _page(item: InstructionItem) -> str:
    return reverse("checklists:instruction", args=[item.pk])


def _kept(request: HttpRequest, pk: int) -> InstructionItem:
    rows = InstructionItem.objects.visible_to(request.user).select_related("organ", "responsible_unit")
    found = get_object_or_404(rows, pk=pk)
    if not actions.may_keep(request.user, found.organ_id):
        raise Refused("这件指示批示由跟进单位或党风政风监督室登记。", "A5.2")
    return found


@reads
def instruction(request: HttpRequest, pk: int) -> HttpResponse:
    """One instruction: measures, term, progress, bulletin, look-backs."""
    user: Any = request.user
    rows = InstructionItem.objects.visible_to(user).select_related("organ", "responsible_unit", "created_by")
    found = get_object_or_404(rows, pk=pk)
    today = timezone.localdate()
    keeps = actions.may_keep(user, found.organ_id)
    context = {
        "item": found,
        "progress": found.progress.select_related("by"),
        "look_backs": found.look_backs.select_related("by"),
        "events": Event.objects.of(found).select_related("by", "on_behalf_of"),
        "open": found.step == InstructionStep.OPEN,
        "drafts": has(user, Permission.DRAFT, found.organ_id),
        "keeps": keeps,
        "coordinates": has(user, Permission.COORDINATE, found.organ_id),
        "bulletin_due": _bulletin_due(found, today),
        "form": DatedTextForm(initial={"day": today}) if keeps else None,
    }
    return render(request, "checklists/instruction.html", context)


def _bulletin_due(found: InstructionItem, today: date) -> date | None:
    if found.step != InstructionStep.OPEN:
        return None
    return (found.notified_on or found.received_on) + timedelta(days=BULLETIN_DAYS.on(today))


@writes
def instruction_act(request: HttpRequest, pk: int) -> HttpResponse:
    """One verb on one instruction, with its day and its text."""
    rows = InstructionItem.objects.visible_to(request.user)
    found = get_object_or_404(rows, pk=pk)
    form = DatedTextForm(request.POST)
    if not form.is_valid():
        return done(request, _no_day, "", _page(found))
    verb, sentence = _verbs(found, form.cleaned_data, request.user).get(request.POST.get("verb", ""), (_unknown, ""))
    return done(request, verb, sentence, _page(found))


def _verbs(found: InstructionItem, data: dict[str, Any], by: Any) -> dict[str, tuple[Callable[[], Any], str]]:
    day, text, at = data["day"], data["text"], timezone.now()
    return {
        "progress": (lambda: actions.add_progress(found, by=by, at=at, reported_on=day, text=text), "进展已登记。"),
        "close": (lambda: actions.close_instruction(found, by=by, at=at, closed_on=day), "已办结。"),
        "reopen": (lambda: actions.reopen_instruction(found, by=by, at=at, reason=text), "已重新办理。"),
        "look_back": (lambda: actions.look_back(found, by=by, at=at, held_on=day, result=text), "“回头看”已登记。"),
        "bulletin": (
            lambda: actions.note_bulletin(found, by=by, at=at, notified_on=day, accountability=text),
            "通报已登记。",
        ),
    }


def _no_day() -> None:
    raise Refused("请填写日期，例如2026-03-05。", "A5.2")


def _unknown() -> None:
    raise Refused("没有认出要办的事，请刷新页面后重试。")
