"""动态更新 on its pages: proposed, read, sent up (A5.7)."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from accounts.http import edits, reads, writes
from accounts.lists import page_of
from accounts.models import Event
from accounts.permissions import Permission, has, organ_ids
from accounts.workflow import Refused
from checklists import actions, selectors
from checklists.forms.lists import ChangeForm, WithdrawalForm
from checklists.leads import route_words
from checklists.models import ChecklistItem, ChecklistItemChange
from checklists.papers import EDITABLE, change_paper, compared, plain, values_of
from checklists.states import ChangeKind, ChangeStep
from checklists.views.frame import done, labelled, offers, refuse_on, tone_of

TITLES = {ChangeKind.MODIFY: "申请调整", ChangeKind.WITHDRAW: "申请撤销", ChangeKind.ADD: "申请增列"}
COLUMNS = ("pk", "kind", "step", "item__title", "item__year", "organ__name", "reason", "created_at", "applied_at")


@reads
def changes(request: HttpRequest) -> HttpResponse:
    """Changes of the organs the user reads, newest first."""
    rows = ChecklistItemChange.objects.visible_to(request.user).exclude(kind=ChangeKind.COMPILE)
    page = page_of(rows.values(*COLUMNS), ("-pk",), after=request.GET.get("after"))
    labelled(page.rows, kind=ChangeKind, step=ChangeStep)
    return render(request, "checklists/changes.html", {"page": page})


@edits
def change_new(request: HttpRequest, pk: int) -> HttpResponse:
    """Draft a change of a listed project, or take a new project to the list in force."""
    rows = ChecklistItem.objects.filter(organ_id__in=organ_ids(request.user, Permission.DRAFT))
    item = get_object_or_404(rows.select_related("organ", "lead_organ"), pk=pk)
    wanted = (request.POST or request.GET).get("kind", "")
    kind = ChangeKind(wanted) if wanted in TITLES else ChangeKind.MODIFY
    form = _form(request, item, kind)
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.propose_change(
                item,
                kind,
                reason=form.cleaned_data["reason"],
                values=plain(form.cleaned_data),
                by=request.user,
                at=timezone.now(),
            )
        except Refused as refused:
            refuse_on(form, refused)
        else:
            messages.success(request, "调整已存为草稿，核对差异后请层报审批。")
            return redirect(actions.change_url(made))
    return _show(request, form, item, kind, actions.item_url(item))


def _form(request: HttpRequest, item: ChecklistItem, kind: str, initial: dict[str, Any] | None = None) -> Any:
    if kind != ChangeKind.MODIFY:
        return WithdrawalForm(request.POST or None, initial=initial)
    return ChangeForm(request.POST or None, instance=item, today=timezone.localdate(), initial=initial)


def _show(request: HttpRequest, form: Any, item: ChecklistItem, kind: ChangeKind, back: str) -> HttpResponse:
    context = {
        "form": form,
        "item": item,
        "kind": kind,
        "title": f"{TITLES[kind]}：{item}",
        "route": route_words(item.form, item.organ, mid_year=True),
        "back": back,
    }
    return render(request, "checklists/change_form.html", context, status=422 if form.errors else 200)


@edits
def change_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Rewrite a change that is still, or again, with its author."""
    rows = ChecklistItemChange.objects.filter(organ_id__in=organ_ids(request.user, Permission.DRAFT))
    found = get_object_or_404(rows.select_related("item__organ", "item__lead_organ"), pk=pk)
    initial = {name: value for name, value in found.new.items() if name in EDITABLE} | {"reason": found.reason}
    form = _form(request, found.item, found.kind, initial)
    if request.method == "POST" and form.is_valid():
        reason, values = form.cleaned_data["reason"], plain(form.cleaned_data)
        try:
            actions.edit_change(found, reason=reason, values=values, by=request.user, at=timezone.now())
        except Refused as refused:
            refuse_on(form, refused)
        else:
            messages.success(request, "修改已保存。")
            return redirect(actions.change_url(found))
    kind = ChangeKind(found.kind) if found.kind in TITLES else ChangeKind.MODIFY
    return _show(request, form, found.item, kind, actions.change_url(found))


@reads
def change(request: HttpRequest, pk: int) -> HttpResponse:
    """One change: its paper with the differences, its way up, its buttons."""
    user: Any = request.user
    rows = ChecklistItemChange.objects.visible_to(user).select_related("item__organ", "checklist", "resolution")
    found = get_object_or_404(rows, pk=pk)
    own = has(user, Permission.DRAFT, found.organ_id)
    context = {
        "change": found,
        "tone": tone_of(found.step),
        "paper": change_paper(found),
        "fields": compared(found.old, found.new) if found.kind == ChangeKind.MODIFY else [],
        "stale": found.kind == ChangeKind.MODIFY and found.step != ChangeStep.APPLIED and _moved_on(found),
        "route": route_words(found.item.form, found.organ, mid_year=True),
        "rounds": selectors.rounds_of(found),
        "events": Event.objects.of(found).select_related("by", "on_behalf_of"),
        "offers": offers(found, ("submit",), user),
        "may_edit": own and found.step in (ChangeStep.DRAFT, ChangeStep.RETURNED),
    }
    return render(request, "checklists/change.html", context)


def _moved_on(found: ChecklistItemChange) -> bool:
    now = values_of(found.item)
    return any(now.get(name) != value for name, value in found.old.items())


@writes
def change_act(request: HttpRequest, pk: int) -> HttpResponse:
    """One verb on one change: submit, drop."""
    rows = ChecklistItemChange.objects.filter(organ_id__in=organ_ids(request.user, Permission.DRAFT))
    found = get_object_or_404(rows, pk=pk)
    by, at, reason = request.user, timezone.now(), request.POST.get("reason", "")
    verbs: dict[str, tuple[Any, str]] = {
        "submit": (lambda: actions.submit_change(found, by=by, at=at), "已送单位负责人签批。"),
        "drop": (lambda: actions.drop_change(found, by=by, at=at, reason=reason), "已放弃这件调整。"),
    }
    verb, sentence = verbs.get(request.POST.get("verb", ""), (_unknown, ""))
    return done(request, verb, sentence, actions.change_url(found))


def _unknown() -> None:
    raise Refused("没有认出要办的事，请刷新页面后重试。")
