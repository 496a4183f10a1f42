"""工作调度会 on its pages: the list with the year's quarters, preparing one, its minutes (S0-4, S1-11, S2-8, S3-12)."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone

from accounts.http import edits, reads, writes
from accounts.lists import all_of, named_id, page_of, wants_sheet
from accounts.models import Event
from accounts.permissions import Permission, has, organ_ids
from accounts.views.times import asked_year
from accounts.workflow import Refused
from accounts.xlsx import list_as_xlsx
from checklists.actions import meetings as actions
from checklists.forms.meetings import DecisionForm, MeetingFilter, MeetingForm, TopicForm
from checklists.meetings.rules import may_hold
from checklists.meetings.standing import quarters, unfinished_decisions
from checklists.meetings.states import MeetingKind, MeetingStep
from checklists.models import Meeting
from checklists.selectors import cso_of, openable
from checklists.views.frame import exported, labelled, offers, refuse_on

COLUMNS = ("pk", "kind", "year", "quarter", "held_on", "place", "organ__name", "step", "decided", "finished")
SHEET = {
    "held_on": "会议日期", "kind_label": "类别", "quarter_label": "季度", "organ__name": "召集单位", "place": "地点",
    "decided": "议定事项数", "finished": "已完成数", "step_label": "状态",
}  # fmt: skip
COUNTS = {
    "decided": Count("decisions", distinct=True),
    "finished": Count("decisions", filter=Q(decisions__task__done_on__isnull=False), distinct=True),
}


@reads
def meetings(request: HttpRequest) -> HttpResponse:
    """Meetings that the user reads, the newest first, above them whether each quarter had its own."""
    user: Any = request.user
    shown = Meeting.objects.visible_to(user)
    if not request.GET.get("step"):
        shown = shown.exclude(step=MeetingStep.DROPPED)
    found = MeetingFilter(request.GET or None, queryset=shown, request=request)
    rows, order = found.qs.annotate(**COUNTS).values(*COLUMNS), ("-held_on", "-pk")
    if wants_sheet(request.GET):
        exported(request, "调度会")
        return list_as_xlsx("调度会", SHEET, _worded(all_of(rows, order)))
    page = page_of(rows, order, after=request.GET.get("after"))
    _worded(page.rows)
    holder = user.organ if may_hold(user, user.organ) else cso_of(user)
    today, year = timezone.localdate(), asked_year(request)
    context = {
        "page": page, "filters": found.form, "export": True, "may_enter": bool(may_hold(user, user.organ)),
        "quarters": quarters(holder.pk, year, on=today) if holder and has(user, Permission.READ, holder.pk) else [],
        "holder": holder, "year": year,
    }  # fmt: skip
    return render(request, "checklists/meetings/list.html", context)


def _worded(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    for row in rows:
        row["quarter_label"] = f"{row['year']}年第{'一二三四'[row['quarter'] - 1]}季度"
    return labelled(rows, kind=MeetingKind, step=MeetingStep)


@edits
def meeting_new(request: HttpRequest) -> HttpResponse:
    """Prepare a meeting."""
    user: Any = request.user
    may_hold(user, user.organ).enforce()
    kind = request.GET.get("kind")
    first = {"kind": kind} if kind in MeetingKind.values else None
    form = MeetingForm(request.POST or None, on=timezone.localdate(), initial=first)
    return _save(request, form, None, user.organ, "筹备会议", reverse("checklists:meetings"))


@edits
def meeting_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Correct the frame of a meeting in preparation."""
    found = _own(request, pk)
    if found.step != MeetingStep.DRAFT:
        raise Refused(f"“{found}”{found.get_step_display()}，会议记录已经锁定，不能再改。", "A10.1b")
    form = MeetingForm(request.POST or None, instance=found, on=timezone.localdate())
    return _save(request, form, found, found.organ, f"修改：{found}", actions.meeting_url(found))


def _save(request: HttpRequest, form: Any, found: Meeting | None, organ: Any, title: str, back: str) -> HttpResponse:
    if request.method == "POST" and form.is_valid():
        now = timezone.now()
        try:
            made = actions.save_meeting(found, organ=organ, by=request.user, at=now, **form.cleaned_data)
        except Refused as refused:
            refuse_on(form, refused)
        else:
            messages.success(request, "已保存，请添加研究事项和议定事项。")
            return redirect(actions.meeting_url(made))
    context = {"form": form, "title": title, "button": "保存", "back": back}
    return render(request, "checklists/form.html", context, status=422 if form.errors else 200)


def _own(request: HttpRequest, pk: int) -> Meeting:
    rows = Meeting.objects.filter(organ_id__in=organ_ids(request.user, Permission.DRAFT)).select_related("organ")
    return get_object_or_404(rows, pk=pk)


@reads
def meeting(request: HttpRequest, pk: int) -> HttpResponse:
    """One meeting: agenda, decisions with the state of their tasks, what is open from before."""
    rows = Meeting.objects.visible_to(request.user).select_related("organ")
    return _show(request, get_object_or_404(rows, pk=pk))


def _show(request: HttpRequest, found: Meeting, form: Any = None) -> HttpResponse:
    user: Any = request.user
    prepares = bool(may_hold(user, found.organ)) and found.step == MeetingStep.DRAFT
    forms = {"topic": TopicForm(user=user, year=found.year), "decision": DecisionForm(user=user, organ=found.organ)}
    if form is not None:
        forms[form.prefix] = form
    topics = list(found.topics.select_related("item"))
    context = {
        "meeting": found,
        "topics": topics,
        "openable": openable(user, (topic.item_id for topic in topics)),
        "decisions": found.decisions.select_related("organ", "task"),
        "open": unfinished_decisions(found) if found.step == MeetingStep.DRAFT else [],
        "events": Event.objects.of(found).select_related("by", "on_behalf_of"),
        "prepares": prepares,
        "offers": offers(found, ("hold", "drop"), user) if prepares else [],
        "forms": forms,
        "failed": form.prefix if form is not None else "",
    }
    return render(request, "checklists/meetings/meeting.html", context, status=422 if form is not None else 200)


@writes
def meeting_act(request: HttpRequest, pk: int) -> HttpResponse:
    """One verb on one meeting; a form that is not complete comes back with what was typed."""
    found = _own(request, pk)
    form = _form(request, found)
    if form is not None and not form.is_valid():
        return _show(request, found, form)
    try:
        sentence = _do(request, found, form)
    except Refused as refused:
        if form is not None:
            refuse_on(form, refused)
            return _show(request, found, form)
        messages.error(request, refused.full)
    else:
        messages.success(request, sentence)
    return redirect(actions.meeting_url(found))


def _form(request: HttpRequest, found: Meeting) -> Any:
    verb = request.POST.get("verb", "")
    if verb == "topic":
        return TopicForm(request.POST, user=request.user, year=found.year)
    return DecisionForm(request.POST, user=request.user, organ=found.organ) if verb == "decision" else None


def _do(request: HttpRequest, found: Meeting, form: Any) -> str:
    verb, by, at = request.POST.get("verb", ""), request.user, timezone.now()
    line = named_id(request.POST, "line")
    if verb == "topic":
        actions.add_topic(found, by=by, at=at, **form.cleaned_data)
        return "已添加研究事项。"
    if verb == "decision":
        actions.add_decision(found, by=by, at=at, **form.cleaned_data)
        return "已添加议定事项，登记召开后成为任务。"
    if verb in ("drop_topic", "drop_decision"):
        rows: Any = found.topics if verb == "drop_topic" else found.decisions
        actions.drop_line(get_object_or_404(rows.select_related("meeting__organ"), pk=line), by=by, at=at)
        return "已删去。"
    if verb == "hold":
        held = actions.hold_meeting(found, by=by, at=at)
        return f"已登记召开，{held.decisions.count()}项议定事项已作为任务下达。"
    if verb == "drop":
        actions.cancel_meeting(found, by=by, at=at)
        return "会议已取消。"
    raise Refused("没有认出要办的事，请刷新页面后重试。")
