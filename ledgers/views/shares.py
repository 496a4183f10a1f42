"""信息通报: sent by 信访、案管、审理, signed for by 党风政风监督室 (A10.1c)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from accounts.access import log_access
from accounts.calendar import local_day
from accounts.http import edits, writes
from accounts.lists import all_of, page_of, wants_sheet
from accounts.permissions import Permission, anywhere, has
from accounts.workflow import Refused
from accounts.xlsx import list_as_xlsx
from ledgers.actions.registers import acknowledge, share_information
from ledgers.forms.registers import ShareFilter, ShareForm
from ledgers.models import InfoShare

COLUMNS = (
    "pk", "subject", "organ__name", "unit__name", "figures", "shared_on", "acknowledged_at", "acknowledged_by__full_name",
)  # fmt: skip
SHEET = {
    "subject": "主题", "organ__name": "通报部门", "unit__name": "涉及单位", "figures": "情况和数据", "shared_on": "通报日期",
    "acknowledged_by__full_name": "签收人", "signed_on": "签收日期", "days": "签收用时（天）", "state": "状态",
}  # fmt: skip


@edits
def shares(request: HttpRequest) -> HttpResponse:
    """The notices with the days that each waited, and the form to send one."""
    user: Any = request.user
    today = timezone.localdate()
    form = _form(request, today)
    if request.method == "POST" and form is None:
        raise Refused("信息通报由信访、案管、审理等部门登记。", "A10.1c")
    if request.method == "POST" and form is not None and form.is_valid():
        try:
            share_information(organ=user.organ, by=user, at=timezone.now(), **form.cleaned_data)
        except Refused as refused:
            form.add_error(None, refused.full)
        else:
            messages.success(request, "已通报党风政风监督室。")
            return redirect("ledgers:shares")
    found = ShareFilter(request.GET or None, queryset=InfoShare.objects.visible_to(user), request=request)
    rows, order = found.qs.values(*COLUMNS), ("-shared_on", "-pk")
    if wants_sheet(request.GET):
        log_access(request, "export", "信息通报")
        return list_as_xlsx("信息通报", SHEET, _counted(all_of(rows, order), today))
    page = page_of(rows, order, after=request.GET.get("after"))
    _counted(page.rows, today)
    signs = anywhere(user, Permission.COORDINATE)
    shown = {"page": page, "filters": found.form, "export": True, "form": form, "signs": signs}
    return render(request, "ledgers/shares.html", shown, status=422 if form and form.errors else 200)


def _form(request: HttpRequest, today: date) -> ShareForm | None:
    user: Any = request.user
    if not has(user, Permission.DRAFT, user.organ_id) or user.organ.is_cso:
        return None
    return ShareForm(request.POST or None, organ=user.organ, initial={"shared_on": today})


def _counted(rows: list[dict[str, Any]], today: date) -> Iterable[dict[str, Any]]:
    """The rows with the calendar days from the notice to its signature, or until today while it waits."""
    for row in rows:
        signed = local_day(row["acknowledged_at"]) if row["acknowledged_at"] else None
        row["signed_on"], row["days"] = signed, ((signed or today) - row["shared_on"]).days
        row["state"] = "已签收" if signed else "待签收"
    return rows


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
