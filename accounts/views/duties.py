"""Terms that the regulation sets: who owes what by when, what proves it, and who was freed from it."""

from datetime import date, timedelta
from typing import Any

from django.contrib import messages
from django.db.models import F, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from accounts.actions import free_from
from accounts.calendar import SHANGHAI, local_day
from accounts.forms.filters import DutyFilter
from accounts.http import reads, writes
from accounts.lists import named_id, page_of
from accounts.models import Duty, DutyState, Organ
from accounts.permissions import Permission, anywhere, organ_ids
from accounts.workflow import Refused

COLUMNS = ("pk", "title", "organ_id", "organ__name", "person__full_name", "period", "article", "opened_on", "due_on", "link",
           "fulfilled_at", "proof", "proof_link", "late_reason", "excused_at", "excuse", "excused_by__full_name")  # fmt: skip
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
    page = page_of(rows.values(*COLUMNS), ("due_on", "pk"), after=request.GET.get("after"))
    for row in page.rows:
        row["finished_on"] = row["fulfilled_at"] and local_day(row["fulfilled_at"].astimezone(SHANGHAI))
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


def _filtered(rows: QuerySet, chosen: dict[str, Any], today: date) -> QuerySet:
    if "organ" in chosen:
        rows = rows.filter(organ=chosen["organ"])
    if "state" in chosen:
        rows = in_state(rows, chosen["state"], on=today)
    if "q" in chosen:
        rows = rows.filter(Q(title__icontains=chosen["q"]) | Q(organ__name__icontains=chosen["q"]))
    return rows


@writes
def excuse(request: HttpRequest) -> HttpResponse:
    """党风政风监督室 frees an organ from one duty."""
    pk = named_id(request.POST, "duty")
    found = Duty.objects.visible_to(request.user).filter(pk=pk).first()
    if found is None:
        raise Refused("没有找到这项职责期限，请刷新列表后重试。")
    free_from(found, by=request.user, at=timezone.now(), reason=request.POST.get("reason", ""))
    messages.success(request, f"已免除“{found.title}”，理由已告知{found.organ.label}。")
    return redirect("accounts:duties")
