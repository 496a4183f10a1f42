"""Registers: dispositions by the four forms, information from other offices."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from accounts.access import log_access
from accounts.http import edits, writes
from accounts.permissions import Permission, anywhere, has, organ_ids
from accounts.workflow import Refused
from ledgers.actions.registers import (
    acknowledge,
    days_to_acknowledge,
    four_forms,
    record_disposition,
    share_information,
)
from ledgers.forms.registers import DispositionForm, ShareForm
from ledgers.models import Disposition, InfoShare
from ledgers.views.places import asked_year, years


@edits
def dispositions(request: HttpRequest) -> HttpResponse:
    """“四种形态” of the year, and the form to enter one; each look is logged (A3.4)."""
    user: Any = request.user
    year, today = asked_year(request), timezone.localdate()
    drafts = has(user, Permission.DRAFT, user.organ_id)
    form = DispositionForm(request.POST or None, organ=user.organ, initial={"decided_on": today}) if drafts else None
    if request.method == "POST" and form is None:
        raise Refused("处置情况由本单位人员登记。", "A3.4")
    if request.method == "POST" and form is not None and form.is_valid():
        try:
            record_disposition(organ=user.organ, by=user, at=timezone.now(), **form.cleaned_data)
        except Refused as refused:
            form.add_error(None, refused.full)
        else:
            messages.success(request, "已登记处置情况。")
            return redirect("ledgers:dispositions")
    log_access(request, "view", f"{year}年处置情况")
    ids = organ_ids(user, Permission.DRAFT) | organ_ids(user, Permission.READ_RESTRICTED)
    rows = (
        Disposition.objects.visible_to(user)
        .filter(decided_on__year=year)
        .select_related("official__unit", "organ")[:300]
    )
    shown = {"rows": rows, "table": four_forms(year, ids), "form": form, "year": year, "years": years(year)}
    return render(request, "ledgers/dispositions.html", shown, status=422 if form and form.errors else 200)


@edits
def shares(request: HttpRequest) -> HttpResponse:
    """信息通报: sent by an office, signed for by 党风政风监督室 (A10.1c)."""
    user: Any = request.user
    may_share = has(user, Permission.DRAFT, user.organ_id) and not user.organ.is_cso
    form = (
        ShareForm(request.POST or None, organ=user.organ, initial={"shared_on": timezone.localdate()})
        if may_share
        else None
    )
    if request.method == "POST" and form is None:
        raise Refused("信息通报由信访、案管、审理等部门登记。", "A10.1c")
    if request.method == "POST" and form is not None and form.is_valid():
        share_information(organ=user.organ, by=user, at=timezone.now(), **form.cleaned_data)
        messages.success(request, "已通报党风政风监督室。")
        return redirect("ledgers:shares")
    rows = list(InfoShare.objects.visible_to(user).select_related("organ", "unit", "acknowledged_by")[:200])
    shown = {
        "rows": [(row, days_to_acknowledge(row)) for row in rows],
        "form": form,
        "signs": anywhere(user, Permission.COORDINATE),
    }
    return render(request, "ledgers/shares.html", shown, status=422 if form and form.errors else 200)


@writes
def share_sign(request: HttpRequest) -> HttpResponse:
    """Sign for a notice."""
    number = request.POST.get("share", "")
    if not number.isdecimal():
        raise Refused("没有选定要签收的通报，请刷新页面。", "A10.1c")
    if len(number) > 18:
        raise Http404("no such notice")
    acknowledge(int(number), by=request.user, at=timezone.now())
    messages.success(request, "已签收。")
    return redirect("ledgers:shares")
