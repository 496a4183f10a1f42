"""分类处置 of a round: the table of problems with their ways, feedback to units, accountability (A9.7d, A9.7f)."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from accounts.access import log_access
from accounts.http import edits, reads, writes
from accounts.models import Event, SupervisedUnit
from accounts.permissions import Permission, has
from accounts.workflow import Refused, buttons
from accounts.xlsx import list_as_xlsx
from supervision.actions.reporting import disposal as acts
from supervision.forms.disposal import FeedBackForm, RoutesForm
from supervision.models import InspectionReport, Problem, Round, UnitFeedback
from supervision.reporting import routes as rules_routes
from supervision.reporting.disposal import disposal_rows, route_counts
from supervision.rounds.onward import disposal_checks
from supervision.rounds.states import RoundStep, Route

EXPORT = {
    "code": "问题编号", "unit__name": "被监督单位", "description": "发现问题", "severity_word": "严重程度", "ways": "处置方式",
    "reason": "说明", "due_on": "整改时限", "fed_back_on": "反馈日期",
}  # fmt: skip
TOLD_HERE = ("approve_report", "analyse", "feed_back", "dispose", "rectify")  # what of the round's way belongs here


def _round(request: HttpRequest, pk: int) -> Round:
    rows = Round.objects.visible_to(request.user)
    return get_object_or_404(rows.select_related("organ", "item"), pk=pk)


@reads
def disposal(request: HttpRequest, pk: int) -> HttpResponse:
    """Every problem of the round with its ways and whether its unit was told."""
    round = _round(request, pk)
    chosen = request.GET.get("state", "")
    found = disposal_rows(round, chosen)
    if request.GET.get("format") == "xlsx":
        log_access(request, "export", f"分类处置：{round}")
        return list_as_xlsx(f"{round.title}分类处置表"[:80], EXPORT, found)
    may = acts.may_dispose(request.user, round)
    counts = route_counts(round)
    chips = [{"label": label, "address": f"?state={key}" if key else "?", "on": chosen == key, "count": counts[key]}
             for key, label in (("", "全部"), ("unrouted", "未定方式"), ("untold", "未反馈"))]  # fmt: skip
    shown = {
        "round": round, "rows": found, "chips": chips, "may": may, "verdict": rules_routes.may_route(round),
        "tell": rules_routes.may_feed_back(round), "form": RoutesForm(round=round), "ways": Route.choices,
        "opinions": InspectionReport.objects.filter(round=round, resolution__isnull=False).select_related("resolution"),
        "checks": disposal_checks(round), "units": _units(round) if may else [],
        "told": UnitFeedback.objects.filter(round=round).select_related("unit", "created_by").annotate(count=Count("problems")),
        "events": Event.objects.of(round).filter(verb__in=TOLD_HERE).select_related("by", "on_behalf_of"),
        "offer": _offer(request.user, round),
    }  # fmt: skip
    return render(request, "supervision/disposal/round.html", shown)


def _offer(user: Any, round: Round) -> dict[str, Any] | None:
    """The step that all this leads to, for whoever leads the round while it is to be taken."""
    if round.step != RoundStep.SC_ANALYSED or not has(user, Permission.DRAFT, round.organ_id):
        return None
    offered: Any = buttons(round, ("dispose",), by=user)
    return next(iter(offered), None)


def _units(round: Round) -> Any:
    """Units that still have to be told of something."""
    waiting = Problem.objects.live().filter(round=round, feedbacks__isnull=True)
    return round.units.filter(pk__in=waiting.values("unit_id")).order_by("pk")


@writes
def disposal_routes(request: HttpRequest, pk: int) -> HttpResponse:
    """Set the ways of the problems that were ticked (A9.7d)."""
    round = _round(request, pk)
    form = RoutesForm(request.POST, round=round)
    if not form.is_valid():
        wrong = "整改时限请按“2026-04-30”填写。" if "due_on" in form.errors else "请刷新页面后重新选择问题和处置方式。"
        raise Refused(wrong, "A9.7d")
    values = form.cleaned_data
    count = acts.set_routes(
        round, list(values["problems"]), values["routes"], reason=values["reason"], due_on=values["due_on"],
        by=request.user, at=timezone.now(),
    )  # fmt: skip
    messages.success(request, f"已确定{count}个问题的处置方式。" if count else "处置方式没有变化。")
    return redirect(acts.disposal_url(round))


@edits
def feed_back(request: HttpRequest, pk: int, unit: int) -> HttpResponse:
    """Tell one unit of its problems (A9.7d)."""
    round = _round(request, pk)
    found = get_object_or_404(round.units, pk=unit)
    initial = {"unit": found, "fed_back_on": timezone.localdate()}
    form = FeedBackForm(request.POST or None, round=round, unit=found, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            _feed_back(request, round, found, form)
        except Refused as refused:
            form.add_error(None, refused.full)
        else:
            messages.success(request, f"已登记向{found}反馈。")
            return redirect(acts.disposal_url(round))
    shown = {"round": round, "unit": found, "form": form, "verdict": rules_routes.may_feed_back(round)}
    return render(request, "supervision/disposal/feed_back.html", shown, status=422 if form.errors else 200)


def _feed_back(request: HttpRequest, round: Round, unit: SupervisedUnit, form: FeedBackForm) -> None:
    values = {name: value for name, value in form.cleaned_data.items() if name not in ("unit", "problems")}
    acts.feed_back(round, unit, list(form.cleaned_data["problems"]), by=request.user, at=timezone.now(), **values)
