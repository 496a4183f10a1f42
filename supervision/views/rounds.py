"""Rounds: the list, the page that guides through eight steps, and the verbs of the round itself (A9.0)."""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.dateparse import parse_date

from accounts.access import log_access
from accounts.http import edits, reads, writes
from accounts.lists import chosen_order, named_id, page_of
from accounts.models import Approval, Attachment, Event, SupervisedUnit
from accounts.permissions import Permission, has, organ_ids
from accounts.workflow import Refused, buttons
from accounts.xlsx import list_as_xlsx
from checklists.models import ChecklistItem
from checklists.selectors import openable
from checklists.states import Form, ItemStep
from checklists.views.frame import done, refuse_on
from supervision.actions import fieldwork, plans, rounds
from supervision.actions.reporting.disposal import may_dispose
from supervision.forms.rounds import RecusalForm, RoundFilter, RoundForm
from supervision.models import Problem, Round, TeamMember
from supervision.rounds import onward
from supervision.rounds.rules import names_to_ask, plan_covers_the_round
from supervision.rounds.selectors import ORDERS, STAGES, crowded, filtered_rounds, guide, round_rows, visits
from supervision.rounds.states import FINISHED, PREPARING, UNDER_WAY, RoundStep
from supervision.states import RectificationStep

EXPORT = {
    "title": "监督轮次", "item__title": "监督项目", "form": "监督形式", "organ__name": "牵头单位", "state": "状态",
    "start_planned_on": "计划开始", "end_planned_on": "计划结束", "started_on": "实际开始", "ended_on": "检查结束",
    "found": "发现问题", "closed": "已销号",
}  # fmt: skip
CHIPS = (("", "全部"), ("open", "未办结"), ("planned", "筹备中"), ("inspecting", "监督检查中"), ("rectifying", "整改中"), ("closed", "已办结"))  # fmt: skip
PAGES = {
    "training": "supervision/rounds/_training.html", "teams": "supervision/rounds/_teams.html",
    "plan": "supervision/rounds/_plan.html", "inspection": "supervision/rounds/_inspection.html",
    "correction": "supervision/rounds/_correction.html", "report": "supervision/rounds/_report.html",
    "disposal": "supervision/rounds/_disposal.html", "cure": "supervision/rounds/_cure.html",
}  # fmt: skip
RECENT = 8  # entries of the way of a round that stand open; the earlier ones are folded
VERBS = ("inspect", "report", "dispose", "rectify", "close", "cancel")


@reads
def round_list(request: HttpRequest) -> HttpResponse:
    """Every round that the user's organs lead or join."""
    filters = RoundFilter(request.GET, user=request.user)
    found = filtered_rounds(Round.objects.visible_to(request.user), filters.chosen())
    if request.GET.get("format") == "xlsx":
        log_access(request, "export", "监督轮次")
        return list_as_xlsx("监督轮次", EXPORT, [_spoken(row) for row in round_rows(found).order_by("-start_planned_on", "-pk")])  # fmt: skip
    page = page_of(round_rows(found), chosen_order(request.GET.get("sort"), ORDERS), after=request.GET.get("after"))
    for row in page.rows:
        _spoken(row)
    state = request.GET.get("step", "")
    chips = [{"label": label, "address": f"?step={key}" if key else "?", "on": state == key} for key, label in CHIPS]
    return render(request, "supervision/rounds.html", {"page": page, "filters": filters, "chips": chips, "items": _startable(request)})  # fmt: skip


def _startable(request: HttpRequest) -> list[Any]:
    """Listed projects that the user's organ leads: from each a round may begin."""
    mine = organ_ids(request.user, Permission.DRAFT)
    rows: Any = ChecklistItem.objects.filter(step=ItemStep.LISTED, lead_organ_id__in=mine)
    return list(rows.order_by("-year", "pk").values("pk", "title", "year")[:30])


def _spoken(row: dict[str, Any]) -> dict[str, Any]:
    row["state"], row["form"] = RoundStep(row["step"]).label, Form(row["item__form"]).label
    row["finished"] = row["step"] in FINISHED
    return row


def round_or_404(request: HttpRequest, pk: int) -> Round:
    """A round that the user may read."""
    rows = Round.objects.visible_to(request.user).select_related(
        "organ", "item", "item__lead_organ", "created_by", "waived_by"
    )
    return get_object_or_404(rows, pk=pk)


@reads
def round_page(request: HttpRequest, pk: int) -> HttpResponse:
    """Eight steps, what is done, what is due, what blocks the next, and the button that solves it."""
    found = round_or_404(request, pk)
    stages = guide(found)
    wanted = request.GET.get("step", "")
    now = wanted if wanted in STAGES else next((stage.key for stage in stages if stage.state == "now"), "cure")
    mine = organ_ids(request.user, Permission.DRAFT)
    works = found.organ_id in mine or found.participants.filter(pk__in=mine).exists()
    units, events = list(found.units.select_related("organ")), _events(found)
    crowd = crowded([unit.pk for unit in units], organ_id=found.organ_id, start=found.start_planned_on,
                    end=found.end_planned_on, but=found.pk) if found.step in PREPARING else []  # fmt: skip
    shown = {
        "round": found, "openable": openable(request.user, [found.item_id]), "units": units, "participants": list(found.participants.all()), "stages": stages, "now": now,
        "open_stage": next(stage for stage in stages if stage.key == now), "template": PAGES[now],
        "offers": {offer["verb"]: offer for offer in buttons(found, VERBS, by=request.user)},
        "works": works and found.step not in FINISHED, "leads": found.organ_id in mine,
        "heads": has(request.user, Permission.HEAD, found.organ_id), "preparing": found.step in PREPARING,
        "under_way": found.step in UNDER_WAY, "crowd": crowd, "events": events[:RECENT], "older": events[RECENT:],
    }  # fmt: skip
    return render(request, "supervision/round.html", shown | _content(request, found, now))


def _events(found: Round) -> list[Event]:
    events = list(Event.objects.of(found).select_related("by", "on_behalf_of"))
    for plan in found.plans.all():
        events += Event.objects.of(plan).select_related("by", "on_behalf_of")
    return sorted(events, key=lambda event: event.pk, reverse=True)


def _content(request: HttpRequest, found: Round, now: str) -> dict[str, Any]:
    """What the open step shows; the others cost nothing."""
    fill: dict[str, Any] = {
        "training": lambda: {"trainings": _with_files(found.trainings.select_related("created_by"))},
        "teams": lambda: {
            "teams": list(found.teams.select_related("organ").prefetch_related("members__recused_from", "units")),
            "ask": names_to_ask(found),
        },
        "plan": lambda: _plans(found),
        "inspection": lambda: {
            "activities": _with_files(found.activities.select_related("unit", "method", "organ", "created_by")[:100]),
            "papers": list(found.papers.select_related("unit", "created_by", "reviewed_by", "problem")),
            "guidance": list(found.guidance.select_related("leader")), "problems": _problems(request, found),
        },
        "correction": lambda: {
            "problems": _problems(request, found), "remindable": onward.to_remind(found, request.user),
            "reminders": list(found.reminders.select_related("problem")),
        },
        "report": lambda: {
            "reports": onward.report_entries(found, request.user, on=timezone.localdate()),
            "offer": onward.report_offer(found, leads=has(request.user, Permission.DRAFT, found.organ_id)),
        },
        "disposal": lambda: _disposal(request, found),
        "cure": lambda: {
            "problems": _problems(request, found), "documents": onward.documents_of_round(found, request.user),
            "addressees": onward.units_to_write_to(found, request.user),
            "looks": onward.look_backs_of_round(found, request.user),
        },
    }  # fmt: skip
    return fill[now]()


def _disposal(request: HttpRequest, found: Round) -> dict[str, Any]:
    """The committee's study, then the ways of the problems and what the units were told."""
    return {
        "reports": onward.report_entries(found, request.user, on=timezone.localdate()),
        "checks": onward.disposal_checks(found), "copies": onward.copies_of(found, request.user),
        "uncopied": onward.reports_to_copy(found, request.user), "told": onward.told_units(found),
        "disposes": may_dispose(request.user, found),
    }  # fmt: skip


def _plans(found: Round) -> dict[str, Any]:
    versions = list(found.plans.select_related("created_by").order_by("-version"))
    work, force = plans.plan_in_work(found), plans.plan_approved(found)
    shown = work or force
    rounds_of = (
        Approval.objects.of(shown).prefetch_related("steps__signer", "steps__acted_by", "steps__on_behalf_of")
        if shown
        else []
    )
    return {"plans": versions, "work": work, "force": force, "plan": shown, "chain": list(reversed(rounds_of)),
            "paper": plans.plan_paper(shown) if shown else {}}  # fmt: skip


def _problems(request: HttpRequest, found: Round) -> list[Any]:
    rows: Any = Problem.objects.visible_to(request.user).filter(round=found).order_by("pk")
    found_rows = rows.values("pk", "year", "description", "unit__name", "organ__name", "severity", "fixed_on_spot",
                             "rectification__step", "rectification__due_on", "rectification__closed_on")[:300]  # fmt: skip
    return [row | {"state": RectificationStep(row["rectification__step"]).label} for row in found_rows]


def _with_files(rows: Any) -> list[Any]:
    """Records with their attachments, in two queries."""
    found = list(rows)
    files = Attachment.objects.by_record(found)
    for row in found:
        row.files = files.get(row.pk, [])
    return found


@edits
def round_new(request: HttpRequest) -> HttpResponse:
    """Prepare the next round of a listed project that the user's organ leads."""
    mine = organ_ids(request.user, Permission.DRAFT)
    rows = ChecklistItem.objects.filter(lead_organ_id__in=mine).select_related("lead_organ")
    item = rows.filter(pk=named_id(request.GET, "item") or named_id(request.POST, "item")).first()
    if item is None:
        messages.info(request, "请先选择要开展监督的项目。")
        return redirect("supervision:rounds")
    initial = {"units": item.units.all(), "participants": item.participants.all(), "linkage_mode": item.linkage_mode}
    form = RoundForm(request.POST or None, item=item, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            made = rounds.open_round(item, by=request.user, at=timezone.now(), **form.cleaned_data)
        except Refused as refused:
            refuse_on(form, refused)
        else:
            messages.success(request, f"已开始筹备：{made}。")
            return redirect(made)
    return _round_form(request, form, item, None)


def _round_form(request: HttpRequest, form: RoundForm, item: ChecklistItem, found: Round | None) -> HttpResponse:
    crowd: list[Any] = []
    if form.is_bound and form.is_valid():
        values = form.cleaned_data
        crowd = crowded([unit.pk for unit in values["units"]], organ_id=item.lead_organ_id, start=values["start_planned_on"],
                        end=values["end_planned_on"], but=found.pk if found else None)  # fmt: skip
    shown = {"form": form, "item": item, "round": found, "crowd": crowd}
    return render(request, "supervision/rounds/form.html", shown, status=422 if form.errors else 200)


@edits
def round_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Change the frame of a round that is being prepared."""
    rows = Round.objects.filter(organ_id__in=organ_ids(request.user, Permission.DRAFT))
    found = get_object_or_404(rows.select_related("organ", "item__lead_organ"), pk=pk)
    form = RoundForm(request.POST or None, item=found.item, instance=found)
    if request.method == "POST" and form.is_valid():
        try:
            rounds.change_round(found, form.cleaned_data, by=request.user, at=timezone.now())
        except Refused as refused:
            refuse_on(form, refused)
        else:
            messages.success(request, "修改已保存。")
            if found.step == RoundStep.READY and not (covered := plan_covers_the_round(Round.objects.get(pk=found.pk))):
                messages.warning(request, covered.sentence)
            return redirect(found)
    return _round_form(request, form, found.item, found)


@writes
def round_act(request: HttpRequest, pk: int) -> HttpResponse:
    """One verb on the round: begin, end, dispose, rectify, close, cancel, waive."""
    found, by, at = round_or_404(request, pk), request.user, timezone.now()
    on = _day(request)
    reason = request.POST.get("reason", "")
    verbs: dict[str, tuple[Any, str]] = {
        "inspect": (lambda: rounds.start_round(found, by=by, at=at, on=on), "监督检查已启动，已通知检查组成员。"),
        "report": (lambda: rounds.end_inspection(found, by=by, at=at, on=on), "检查已结束，请起草问题清单和监督检查情况报告。"),
        "dispose": (lambda: rounds.advance(found, "dispose", by=by, at=at), "分类处置已完成。"),
        "rectify": (lambda: rounds.advance(found, "rectify", by=by, at=at), "已转入整改跟踪。"),
        "close": (lambda: rounds.advance(found, "close", by=by, at=at), "本轮监督已办结。"),
        "cancel": (lambda: rounds.cancel_round(found, by=by, at=at, reason=reason), "已取消本轮监督。"),
        "waive": (lambda: rounds.waive_training(found, by=by, at=at, reason=reason), "已登记先启动的理由。"),
    }  # fmt: skip
    verb, sentence = verbs.get(request.POST.get("verb", ""), (_unknown, ""))
    return done(request, verb, sentence, found.get_absolute_url())


def _day(request: HttpRequest) -> date:
    """The day in the form, today where the act asks for none. Raises `Refused` for what is no day."""
    typed = request.POST.get("on", "").strip()
    if not typed:
        return timezone.localdate()
    try:
        found = parse_date(typed)
    except ValueError:
        found = None
    if found is None:
        raise Refused(f"没有“{typed[:20]}”这一天，请填写日历上有的日期，例如2026-03-05。", "A9.0")
    return found


def _unknown() -> None:
    raise Refused("没有认出要办的事，请刷新页面后重试。")


@writes
def recusal(request: HttpRequest, pk: int) -> HttpResponse:
    """One member's declaration; the member is named by `member`."""
    found = round_or_404(request, pk)
    member = (
        TeamMember.objects.filter(team__round=found, pk=named_id(request.POST, "member"))
        .select_related("team__round")
        .first()
    )
    form = RecusalForm(request.POST, round=found)
    back = f"{found.get_absolute_url()}?step=teams"
    if member is None or not form.is_valid():
        messages.error(request, "请选择成员和声明内容。")
        return redirect(back)
    at, values = timezone.now(), form.cleaned_data
    declare = partial(fieldwork.declare_recusal, member, by=request.user, at=at, **values)
    return done(request, declare, "回避声明已登记。", back)


@reads
def unit_visits(request: HttpRequest, pk: int) -> HttpResponse:
    """A unit's calendar of all checks, from whomever they come (减负)."""
    unit = get_object_or_404(SupervisedUnit.objects.visible_to(request.user), pk=pk)
    year = named_id(request.GET, "year") or timezone.localdate().year
    if not 2000 <= year <= 2099:
        raise Http404("year")
    rows = visits(unit.pk, since=date(year, 1, 1), until=date(year, 12, 31))
    for row in rows:
        row["state"] = RoundStep(row["step"]).label
    starts = [date(year, month, 1) for month in range(1, 13)]
    ends = [*starts[1:], date(year + 1, 1, 1)]
    months = [
        (start.month, [row for row in rows if row["start_planned_on"] < end and row["end_planned_on"] >= start])
        for start, end in zip(starts, ends, strict=True)
    ]
    return render(request, "supervision/rounds/unit.html", {"unit": unit, "year": year, "rows": rows, "months": months})
