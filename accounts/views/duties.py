"""Terms that the regulation sets: who owes what by when, what proves it, and who was freed from it."""

from datetime import date, timedelta
from typing import Any

from django.contrib import messages
from django.db.models import F, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from accounts.access import log_access
from accounts.actions import free_from, take_back_excuse
from accounts.calendar import local_day
from accounts.citations import cite
from accounts.forms.filters import DutyFilter
from accounts.http import reads, writes
from accounts.lists import all_of, chosen_order, named_id, page_of, wants_sheet
from accounts.models import Duty, DutyState, Organ
from accounts.permissions import Permission, anywhere, organ_ids
from accounts.templatetags.look import due_words, period_words
from accounts.workflow import Refused
from accounts.xlsx import list_as_xlsx

COLUMNS = ("pk", "title", "organ_id", "organ__name", "organ__sort_order", "person__full_name", "period", "article", "edition", "opened_on", "due_on", "link",
           "fulfilled_at", "proof", "proof_link", "late_reason", "excused_at", "excuse", "excused_by__full_name")  # fmt: skip
ORDERS = {"due": ("due_on", "pk"), "organ": ("organ__sort_order", "organ_id", "due_on", "pk"), "title": ("title", "pk")}
SHEET = {"title": "事项", "when": "期间", "organ__name": "责任单位", "person__full_name": "责任人", "basis": "依据", "due_on": "期限",
         "state": "状态", "finished_on": "完成日期", "proof": "完成情况", "late_reason": "逾期原因", "excuse": "免除理由"}  # fmt: skip
CHIPS = (("", "全部"), ("overdue", "已逾期"), ("due_soon", "即将到期"), ("open", "进行中"), ("excused", "已免除"))


def in_state(rows: QuerySet, state: str, *, on: date) -> QuerySet:
    """Duties that stand so on a day; the same reading as `Duty.state`, for lists."""
    soon = on + timedelta(days=Duty.SOON_DAYS)
    open_ = Q(fulfilled_at__isnull=True, excused_at__isnull=True)
    done = Q(fulfilled_at__isnull=False, excused_at__isnull=True)
    in_time = Q(fulfilled_at__date__lte=F("due_on"))
    return rows.filter({
        DutyState.OPEN: open_ & Q(due_on__gt=soon),
        DutyState.DUE_SOON: open_ & Q(due_on__gte=on, due_on__lte=soon),
        DutyState.OVERDUE: open_ & Q(due_on__lt=on),
        DutyState.DONE: done & in_time,
        DutyState.LATE: done & ~in_time,
        DutyState.EXCUSED: Q(excused_at__isnull=False),
    }[DutyState(state)])  # fmt: skip


@reads
def duties(request: HttpRequest) -> HttpResponse:
    """The list, the nearest term first."""
    user: Any = request.user
    filters = DutyFilter(request.GET, organs=Organ.objects.visible_to(user))
    today = timezone.localdate()
    rows = _filtered(Duty.objects.visible_to(user), filters.chosen(), today)
    order = chosen_order(request.GET.get("sort"), ORDERS)
    if wants_sheet(request.GET):
        log_access(request, "export", "职责期限")
        return list_as_xlsx("职责期限", SHEET, [_stands(row, today) for row in all_of(rows.values(*COLUMNS), order)])
    page = page_of(rows.values(*COLUMNS), order, after=request.GET.get("after"))
    for row in page.rows:
        _stands(row, today)
    state = request.GET.get("state", "")
    chips = [{"label": label, "address": f"?state={key}" if key else "?", "on": state == key} for key, label in CHIPS]
    free = organ_ids(user, Permission.COORDINATE)
    shown = {
        "page": page,
        "filters": filters,
        "chips": chips,
        "free": free,
        "may_free": anywhere(user, Permission.COORDINATE),
    }
    return render(request, "accounts/duties.html", shown)


def _stands(row: dict[str, Any], today: date) -> dict[str, Any]:
    """Add how a row stands today: the day it was done, its state and its article in words."""
    row["finished_on"] = local_day(row["fulfilled_at"]) if row["fulfilled_at"] else None
    row["state"] = "已免除" if row["excused_at"] else due_words(row["due_on"], today, row["finished_on"])[2]
    row["basis"], row["when"] = cite(row["article"]), period_words(row["period"])
    return row


def _filtered(rows: QuerySet, chosen: dict[str, Any], today: date) -> QuerySet:
    if "organ" in chosen:
        rows = rows.filter(organ=chosen["organ"])
    if "state" in chosen:
        rows = in_state(rows, chosen["state"], on=today)
    if "kind" in chosen:
        rows = rows.filter(kind=chosen["kind"])
    if "period" in chosen:
        rows = rows.filter(due_on__gte=chosen["period"].first, due_on__lte=chosen["period"].last)
    if "q" in chosen:
        rows = rows.filter(Q(title__icontains=chosen["q"]) | Q(organ__name__icontains=chosen["q"]))
    return rows


@writes
def excuse(request: HttpRequest) -> HttpResponse:
    """党风政风监督室 frees an organ from one duty, or takes that back."""
    pk = named_id(request.POST, "duty")
    found = Duty.objects.visible_to(request.user).filter(pk=pk).first()
    if found is None:
        raise Refused("没有找到这项职责期限，请刷新列表后重试。")
    if request.POST.get("verb") == "take_back":
        take_back_excuse(found, by=request.user, at=timezone.now(), reason=request.POST.get("reason", ""))
        messages.success(request, f"已撤回对“{found.title}”的免除，理由已告知{found.organ.label}。")
        return redirect("accounts:duties")
    free_from(found, by=request.user, at=timezone.now(), reason=request.POST.get("reason", ""))
    messages.success(request, f"已免除“{found.title}”，理由已告知{found.organ.label}。")
    return redirect("accounts:duties")
