"""The office's own readings: its working days, and the dated numbers of the regulation (A13)."""

from datetime import date, timedelta
from itertools import groupby, takewhile
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from accounts.access import log_access
from accounts.administration import set_days, set_limit
from accounts.calendar import WorkCalendar
from accounts.forms.office import DaysForm, LimitForm
from accounts.http import edits, reads, writes
from accounts.limits import REGISTRY, Limit
from accounts.lists import named_id
from accounts.models import RuleSetting, WorkCalendarDay, work_calendar
from accounts.permissions import Permission, anywhere
from accounts.workflow import Refused

FIRST_YEAR, LAST_YEAR = 2020, 2100


def special_days(calendar: WorkCalendar, year: int) -> list[dict[str, Any]]:
    """What differs from the plain week: holidays with the weekends inside them, and weekends that are worked."""
    days = [date(year, 1, 1) + timedelta(days=step) for step in range((date(year + 1, 1, 1) - date(year, 1, 1)).days)]
    found = []
    for works, run in ((works, list(run)) for works, run in groupby(days, key=calendar.is_workday)):
        if works:
            found += [{"first": day, "last": day, "works": True} for day in run if day.weekday() >= 5]
        elif any(day.weekday() < 5 for day in run):
            found.append({"first": run[0], "last": run[-1], "works": False})
    return found


@reads
def calendar(request: HttpRequest) -> HttpResponse:
    """The year's deviations from the plain week, and what the office entered itself."""
    year = named_id(request.GET, "year") or timezone.localdate().year
    year = min(max(year, FIRST_YEAR), LAST_YEAR)
    in_force = work_calendar()
    shown = {
        "shown_year": year,
        "known": in_force.knows(year),
        "special": special_days(in_force, year),
        "own": WorkCalendarDay.objects.filter(day__year=year).select_related("changed_by"),
        "may_edit": anywhere(request.user, Permission.COORDINATE),
        "form": DaysForm(),
    }
    return render(request, "accounts/calendar.html", shown)


@edits
def calendar_form(request: HttpRequest) -> HttpResponse:
    """党风政风监督室 enters the State Council's arrangement."""
    form = DaysForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        count = set_days(**form.cleaned_data, by=request.user)
        messages.success(request, f"已录入{count}天，此后计算的期限按新安排。")
        return redirect("accounts:calendar")
    shown = {"form": form, "heading": "录入放假和调休日", "back": "accounts:calendar"}
    return render(request, "accounts/form_page.html", shown, status=422 if form.is_bound else 200)


@writes
def calendar_remove(request: HttpRequest) -> HttpResponse:
    """Take back a day that was entered by mistake."""
    pk = named_id(request.POST, "day")
    found = WorkCalendarDay.objects.filter(pk=pk).first()
    if found is None:
        raise Refused("没有找到这一天的录入，请刷新页面后重试。")
    messages.success(request, f"已删除{found.day:%Y-%m-%d}的录入，这一天恢复为通常安排。")
    found.delete()
    return redirect("accounts:calendar")


@reads
def limits(request: HttpRequest) -> HttpResponse:
    """Every number of the regulation as the office reads it today, and what it will be."""
    today = timezone.localdate()
    history: dict[str, list[RuleSetting]] = {key: [] for key in REGISTRY}
    for setting in RuleSetting.objects.filter(key__in=REGISTRY).select_related("changed_by"):
        history[setting.key].append(setting)
    rows = [_limit_row(key, history[key], today) for key in sorted(REGISTRY, key=_by_article)]
    return render(
        request, "accounts/limits.html", {"rows": rows, "may_edit": anywhere(request.user, Permission.DIRECT)}
    )


def limit_words(limit: Limit, value: int) -> str:
    """A number with what it counts; a day of the year where it counts nothing (331 is 3月31日)."""
    return f"{value}{limit.unit}" if limit.unit else f"{value // 100}月{value % 100}日"


def _by_article(key: str) -> tuple[int, str]:
    article = REGISTRY[key].article
    return int("".join(takewhile(str.isdigit, article[1:])) or 0), article


def _limit_row(key: str, settings: list[RuleSetting], today: date) -> dict[str, Any]:
    limit = REGISTRY[key]
    present = next((setting for setting in settings if setting.valid_from <= today), None)
    return {
        "limit": limit,
        "value": limit_words(limit, int(present.value) if present is not None else limit.default),
        "since": present.valid_from if present is not None else None,
        "settings": settings,
        "coming": [
            (setting, limit_words(limit, int(setting.value))) for setting in settings if setting.valid_from > today
        ],
    }


@edits
def limit_form(request: HttpRequest) -> HttpResponse:
    """The head of 党风政风监督室 sets a new reading from a day on."""
    key = request.GET.get("key") or next(iter(REGISTRY))
    if key not in REGISTRY:
        raise Http404(key)
    limit = REGISTRY[key]
    form = LimitForm(request.POST or None, limit=limit)
    if request.method == "POST" and form.is_valid():
        set_limit(limit, **form.cleaned_data, by=request.user, at=timezone.now())
        log_access(request, "change", f"参数：{limit.label}={form.cleaned_data['value']}")
        words = limit_words(limit, form.cleaned_data["value"])
        messages.success(request, f"已设置{limit.label}：自{form.cleaned_data['valid_from']:%Y-%m-%d}起为{words}。")
        return redirect("accounts:limits")
    shown = {"form": form, "heading": limit.label, "back": "accounts:limits"}
    return render(request, "accounts/form_page.html", shown, status=422 if form.is_bound else 200)
