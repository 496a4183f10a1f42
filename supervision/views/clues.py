"""线索移送: a register of numbers and states; what is sealed opens one by one, with a reason (A9.7g)."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from accounts.access import log_access
from accounts.forms.asking import asked
from accounts.http import edits, reads, writes
from accounts.lists import all_of, chosen_order, page_of, wants_sheet
from accounts.models import Event, Organ
from accounts.permissions import Permission, has, organ_ids
from accounts.workflow import Refused
from accounts.xlsx import list_as_xlsx
from supervision.actions.reporting import clues as acts
from supervision.forms.clues import ClueFilter, ClueForm, ReceiveForm, StatusForm
from supervision.models import Clue, ClueOpening
from supervision.reporting.clues import ORDERS, clue_rows
from supervision.rounds.states import ClueStatus

EXPORT = {"code": "线索编号", "state": "状态"}  # a workbook travels; it carries the number and the state, nothing else


def _clue(request: HttpRequest, pk: int) -> Clue:
    return get_object_or_404(Clue.objects.visible_to(request.user).select_related("organ", "receiver"), pk=pk)


@reads
def clues(request: HttpRequest) -> HttpResponse:
    """Numbers, states and days of the clues in the user's scope."""
    filters = ClueFilter(request.GET or None)
    chosen = asked(filters)
    found = clue_rows(Clue.objects.visible_to(request.user), chosen)
    order = chosen_order(request.GET.get("sort"), ORDERS)
    if wants_sheet(request.GET):
        log_access(request, "export", "线索移送登记")
        return list_as_xlsx("线索移送登记", EXPORT, [_spoken(row) for row in all_of(found, order)])
    page = page_of(found, order, after=request.GET.get("after"))
    for row in page.rows:
        _spoken(row)
    _first(request, page.rows)
    shown = {"page": page, "filters": filters, "may_add": bool(organ_ids(request.user, Permission.DRAFT))}
    return render(request, "supervision/clues/list.html", shown)


def _first(request: HttpRequest, rows: list[dict[str, Any]]) -> None:
    """Mark what goes first, for those alone who may open the clue (S0-18)."""
    ids = [row["pk"] for row in rows]
    marked = Clue.objects.filter(pk__in=ids, priority_political=True).select_related("organ", "receiver")
    known = {clue.pk for clue in marked if acts.may_open(request.user, clue)}
    for row in rows:
        row["first"] = row["pk"] in known


def _spoken(row: dict[str, Any]) -> dict[str, Any]:
    return row.update(state=ClueStatus(row["status"]).label) or row


@edits
def clue_new(request: HttpRequest) -> HttpResponse:
    """Hand a clue over (A9.7g)."""
    organ = Organ.objects.filter(pk__in=organ_ids(request.user, Permission.DRAFT)).order_by("pk").first()
    if organ is None:
        raise Http404("drafts for no organ")
    form = ClueForm(
        request.POST or None,
        organ=organ,
        initial={"transferred_on": timezone.localdate(), "problem": request.GET.get("problem")},
    )
    if request.method == "POST" and form.is_valid():
        try:
            made = acts.transfer_clue(organ, by=request.user, at=timezone.now(), **form.cleaned_data)
        except Refused as refused:
            form.add_error(None, refused.full)
        else:
            messages.success(request, f"已登记移送线索{made.code}。")
            return redirect(acts.clue_url(made))
    return render(
        request, "supervision/clues/form.html", {"form": form, "organ": organ}, status=422 if form.errors else 200
    )


@reads
def clue(request: HttpRequest, pk: int) -> HttpResponse:
    """One clue, sealed: number, state, days."""
    return render(request, "supervision/clues/clue.html", _shown(request, _clue(request, pk)))


def _shown(request: HttpRequest, row: Clue) -> dict[str, Any]:
    """What the page shows. The record itself is not handed to the template: only its open values are."""
    today = timezone.localdate()
    opened = [{"by": entry.by.full_name, "at": entry.at, "reason": entry.reason} for entry in _openings(request, row)]
    receives = has(request.user, Permission.DRAFT, row.receiver_id)
    return {
        "clue": {"pk": row.pk, "code": row.code, "organ": row.organ.name, "receiver": row.receiver.name, "transferred_on": row.transferred_on,
                 "received_on": row.received_on, "state": row.get_status_display(), "status_on": row.status_on},
        "may_open": acts.may_open(request.user, row), "openings": opened, "receives": receives,
        "receive_form": ReceiveForm(initial={"received_on": today, "received_by": request.user.full_name}),
        "status_form": StatusForm(initial={"status_on": today, "status": row.status, "priority_political": row.priority_political}),
        "first": row.priority_political and acts.may_open(request.user, row),
        # Steps with their days; who took them is a name, and names are sealed.
        "steps": [{"label": event.label, "at": event.at} for event in Event.objects.of(row)],
    }  # fmt: skip


def _openings(request: HttpRequest, row: Clue) -> list[ClueOpening]:
    """Who looked before: for those who may look themselves."""
    return list(row.openings.select_related("by")[:50]) if acts.may_open(request.user, row) else []


@writes
def clue_open(request: HttpRequest, pk: int) -> HttpResponse:
    """Break the seal for this one answer; the next look needs its own reason."""
    row = _clue(request, pk)
    opening = acts.open_clue(row, by=request.user, at=timezone.now(), reason=request.POST.get("reason", ""))
    log_access(request, "view", f"线索{row.code}，事由：{opening.reason}")
    sealed = {"problem": row.problem, "received_by": row.received_by, "material_count": row.material_count, "result_summary": row.result_summary,
              "by": row.created_by.full_name}  # fmt: skip
    return render(request, "supervision/clues/clue.html", {**_shown(request, row), "sealed": sealed})


@writes
def clue_receive(request: HttpRequest, pk: int) -> HttpResponse:
    """接收 (A9.7g)."""
    row = _clue(request, pk)
    acts.receive_clue(row, by=request.user, at=timezone.now(), **_cleaned(ReceiveForm(request.POST)))
    messages.success(request, "已登记接收，移送单位会收到提醒。")
    return redirect(acts.clue_url(row))


@writes
def clue_status(request: HttpRequest, pk: int) -> HttpResponse:
    """办理状态 (A9.7g)."""
    row = _clue(request, pk)
    acts.change_status(row, by=request.user, at=timezone.now(), **_cleaned(StatusForm(request.POST)))
    messages.success(request, "已登记办理状态。")
    return redirect(acts.clue_url(row))


def _cleaned(form: forms.Form) -> dict[str, Any]:
    if not form.is_valid():
        name, errors = next(iter(form.errors.items()))
        label = form.fields[name].label if name in form.fields else ""
        raise Refused(f"{label}：{errors[0]}", "A9.7g")
    return form.cleaned_data
