"""“回头看”: the list, the plan by risk, one look back with its answers."""

from __future__ import annotations

from itertools import groupby
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from accounts.access import log_access
from accounts.forms.asking import asked
from accounts.http import edits, reads, writes
from accounts.lists import all_of, page_of, wants_sheet
from accounts.models import Attachment, Event
from accounts.permissions import Permission, has, organ_ids
from accounts.uploads import ACCEPT
from accounts.workflow import Refused
from accounts.xlsx import list_as_xlsx
from supervision.actions import look_backs as acts
from supervision.cure.risk import candidates
from supervision.forms.second_looks import LookBackFilter, LookBackForm, LookBackPlanForm
from supervision.models import LookBack, RectificationItem
from supervision.states import LookBackStep, LookBackVerdict
from supervision.views.plan import cleaned

COLUMNS = {"unit__name": "被监督单位", "organ__name": "监督单位", "planned_on": "计划日期", "held_on": "回头看日期",
           "reason": "安排理由", "team": "工作组", "state": "状态", "report_text": "回头看报告"}  # fmt: skip
ORDER = ("-planned_on", "-pk")
SHOWN = 200


@reads
def look_backs(request: HttpRequest) -> HttpResponse:
    """Every look back the user may read."""
    rows: Any = LookBack.objects.visible_to(request.user)
    filters = LookBackFilter(request.GET or None)
    if step := asked(filters).get("step"):
        rows = rows.filter(step=step)
    rows = rows.values(
        "pk", "unit__name", "organ__name", "planned_on", "held_on", "reason", "team", "step", "report_text"
    )
    if wants_sheet(request.GET):
        log_access(request, "export", "回头看清单")
        return list_as_xlsx("回头看清单", COLUMNS, [_spoken(row) for row in all_of(rows, ORDER)])
    page = page_of(rows, ORDER, after=request.GET.get("after"))
    shown = {"page": page, "filters": filters, "may_plan": bool(organ_ids(request.user, Permission.DRAFT))}
    for row in page.rows:
        _spoken(row)
    return render(request, "supervision/look_backs.html", shown)


def _spoken(row: dict[str, Any]) -> dict[str, Any]:
    row["state"] = LookBackStep(row["step"]).label
    return row


@edits
def plan(request: HttpRequest) -> HttpResponse:
    """Struck-off problems of the user's organs by risk; the chosen ones of one unit become a look back."""
    ids = organ_ids(request.user, Permission.DRAFT)
    if request.method == "POST":
        keys = [int(key) for key in request.POST.getlist("item") if key.isascii() and key.isdecimal() and len(key) < 19]
        chosen = RectificationItem.objects.filter(organ_id__in=ids, pk__in=keys).select_related("problem__unit")
        values = cleaned(LookBackPlanForm(request.POST))
        made = acts.plan_look_back(chosen, by=request.user, at=timezone.now(), **values)
        messages.success(request, f"已安排{made}，计划日期{made.planned_on:%Y-%m-%d}。")
        return redirect(acts.look_back_url(made))
    rows = candidates(ids)
    units = _by_unit(rows[:SHOWN])
    return render(
        request, "supervision/look_back_plan.html", {"units": units, "total": len(rows), "form": LookBackPlanForm()}
    )


def _by_unit(rows: list[dict[str, Any]]) -> list[tuple[str, list[dict[str, Any]]]]:
    """Units in the order of their riskiest problem."""
    best: dict[str, int] = {}
    for position, row in enumerate(rows):
        best.setdefault(row["problem__unit__name"], position)
    ordered = sorted(rows, key=lambda row: (best[row["problem__unit__name"]], -row["weight"], row["pk"]))
    return [(name, list(group)) for name, group in groupby(ordered, key=lambda row: row["problem__unit__name"])]


def _look(request: HttpRequest, pk: int) -> LookBack:
    return get_object_or_404(
        LookBack.objects.visible_to(request.user).select_related("organ", "unit", "finished_by"), pk=pk
    )


@edits
def look_back(request: HttpRequest, pk: int) -> HttpResponse:
    """One look back: the plan, the answers, the results, the report."""
    look = _look(request, pk)
    results = list(look.results.select_related("rectification__problem"))
    may_edit = has(request.user, Permission.DRAFT, look.organ_id) and look.step == LookBackStep.PLANNED
    form = LookBackForm(request.POST or None, instance=look, results=results)
    if request.method == "POST":
        if form.is_valid() and _saved(request, _look(request, pk), form):
            return redirect(acts.look_back_url(look))
        look = _look(request, pk)
    shown = {"look": look, "results": [_with_words(row) for row in results], "form": form, "may_edit": may_edit,
             "files": _files(look), "purposes": acts.PURPOSES.items(), "accept": ACCEPT,
             "events": Event.objects.of(look).select_related("by", "on_behalf_of")}  # fmt: skip
    return render(request, "supervision/look_back.html", shown, status=422 if form.errors else 200)


def _saved(request: HttpRequest, look: LookBack, form: LookBackForm) -> bool:
    names = ("held_on", "team", *acts.ANSWERS)
    answers = acts.Answers(**{name: form.cleaned_data[name] for name in names}, results=form.given())
    finish = bool(request.POST.get("finish"))
    try:
        acts.save_answers(look, answers, by=request.user, at=timezone.now(), finish=finish)
    except Refused as refused:
        form.add_error(None, refused.full)
        return False
    messages.success(request, "已完成“回头看”，报告已锁定。" if finish else "已保存。")
    return True


def _with_words(row: Any) -> Any:
    row.words, row.asks = acts.risk_words(row.reasons), row.verdict != LookBackVerdict.OK
    return row


def _files(look: LookBack) -> list[Any]:
    rows = list(Attachment.objects.of(look).select_related("uploaded_by"))
    for row in rows:
        row.words = acts.PURPOSES.get(row.purpose, "材料")  # type: ignore[attr-defined]
    return rows


@writes
def evidence(request: HttpRequest, pk: int) -> HttpResponse:
    """A file for one of the three questions."""
    look = _look(request, pk)
    acts.add_look_back_evidence(look, request.FILES.get("file"), purpose=request.POST.get("purpose", ""),
                                by=request.user, at=timezone.now())  # fmt: skip
    messages.success(request, "已上传。")
    return redirect(acts.look_back_url(look))


@writes
def cancel(request: HttpRequest, pk: int) -> HttpResponse:
    """Off the plan."""
    look = _look(request, pk)
    acts.cancel_look_back(look, by=request.user, at=timezone.now(), reason=request.POST.get("reason", ""))
    messages.success(request, "已取消。")
    return redirect("supervision:look_backs")
