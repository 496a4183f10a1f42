"""Problems seen from other sides: by lateness, by step, by the day of their term; and one act on many."""

from __future__ import annotations

from calendar import Calendar
from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from accounts.access import log_access
from accounts.http import reads, writes
from accounts.lists import wants_sheet
from accounts.periods import Period, PeriodKind
from accounts.views.times import asked_period
from accounts.xlsx import list_as_xlsx
from supervision.actions.batch import VERBS, act_on_many
from supervision.cure.ageing import ageing_rows
from supervision.forms.problems import BatchForm, ProblemFilter
from supervision.models import Problem, RectificationItem
from supervision.selectors import filtered, problem_rows
from supervision.states import AGES, RectificationStep
from supervision.views.plan import cleaned

IN_COLUMN = 30


def _chosen(request: HttpRequest, *without: str) -> tuple[Any, ProblemFilter]:
    """The user's problems under the filter of the list, some of its fields left out."""
    filters = ProblemFilter(request.GET, user=request.user)
    chosen = {name: value for name, value in filters.chosen().items() if name not in without}
    return filtered(Problem.objects.visible_to(request.user), chosen, on=timezone.localdate()), filters


@reads
def ageing(request: HttpRequest) -> HttpResponse:
    """Open problems by lateness, for each organ or each unit; every number opens its records."""
    by = "unit" if request.GET.get("by") == "unit" else "organ"
    found, filters = _chosen(request, "step", "age")
    rows = ageing_rows(found, by=by, on=timezone.localdate())
    title = "各单位问题整改时长" if by == "unit" else "各监督单位问题整改时长"
    if wants_sheet(request.GET):
        log_access(request, "export", title)
        return list_as_xlsx(title, _headings(by), rows)
    chips = [
        {"label": label, "address": f"?by={key}", "on": by == key}
        for key, label in (("organ", "按监督单位"), ("unit", "按被监督单位"))
    ]
    sums = [sum(row["buckets"][n] for row in rows) for n in range(len(AGES))]
    shown = {"rows": rows, "by": by, "title": title, "filters": filters, "chips": chips, "ages": [label for _, label in AGES],
             "sums": sums, "opens": sum(row["open"] for row in rows)}  # fmt: skip
    return render(request, "supervision/ageing.html", shown)


def _headings(by: str) -> dict[str, str]:
    head = {"name": "被监督单位" if by == "unit" else "监督单位", "total": "问题数", "open": "未销号"}
    return {**head, **{f"age{n}": label for n, (_, label) in enumerate(AGES)}, "submitted": "待销号", "failed": "整改不力",
            "repeats": "屡改屡犯"}  # fmt: skip


@reads
def kanban(request: HttpRequest) -> HttpResponse:
    """Problems in columns by step."""
    found, filters = _chosen(request, "step")
    columns = []
    for step in RectificationStep:
        rows = problem_rows(found.filter(rectification__step=step)).order_by("sort_due", "-pk")
        columns.append((step, rows.count(), list(rows[:IN_COLUMN])))
    shown = {"columns": columns, "filters": filters, "any": any(count for _, count, _ in columns)}
    return render(request, "supervision/kanban.html", shown)


@reads
def calendar(request: HttpRequest) -> HttpResponse:
    """One month of terms."""
    today = timezone.localdate()
    asked = asked_period(request, Period.of(PeriodKind.MONTH, today), PeriodKind.MONTH, name="month")
    year, month = asked.at_year, asked.number
    found, filters = _chosen(request)
    days = list(Calendar().itermonthdates(year, month))
    rows = problem_rows(found.filter(rectification__due_on__range=(days[0], days[-1]))).order_by(
        "rectification__due_on", "pk"
    )
    by_day: dict[date, list[Any]] = {}
    for row in rows[:2000]:
        by_day.setdefault(row["rectification__due_on"], []).append(row)
    cells = [{"day": day, "rows": by_day.get(day, []), "inside": day.month == month} for day in days]
    shown = {"weeks": [cells[n : n + 7] for n in range(0, len(cells), 7)], "first": date(year, month, 1), "filters": filters,
             "before": asked.before().key, "after": asked.next().key, "count": sum(len(c["rows"]) for c in cells if c["inside"])}  # fmt: skip
    return render(request, "supervision/due_calendar.html", shown)


@writes
def batch(request: HttpRequest) -> HttpResponse:
    """One act on the ticked problems; the answer names what was done and what was refused."""
    keys = [int(key) for key in request.POST.getlist("problem") if key.isascii() and key.isdecimal() and len(key) < 19]
    items = (
        RectificationItem.objects.visible_to(request.user).filter(problem_id__in=keys).select_related("problem__unit")
    )
    values = cleaned(BatchForm(request.POST))
    outcome = act_on_many(items.order_by("pk"), values.pop("verb"), by=request.user, at=timezone.now(), **values)
    if not outcome.refused:
        messages.success(request, f"{VERBS[request.POST['verb']]}：{len(outcome.done)}个问题全部办理。")
    return render(request, "supervision/batch.html", {"outcome": outcome, "word": VERBS[request.POST["verb"]]})
