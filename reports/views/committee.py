"""县纪委常委会: meetings, the agenda with what waits for it, the packet, the decisions, the minutes (A6.1f, A9.7a, A10.4d)."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db.models import Count, Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from accounts import jobs
from accounts.access import log_access
from accounts.http import edits, reads, writes
from accounts.jobs import run_here
from accounts.lists import all_of, chosen_order, page_of, wants_sheet
from accounts.models import Event, Job, JobState, Organ
from accounts.permissions import Permission, organ_ids
from accounts.roles import OrganKind
from accounts.workflow import Refused, buttons
from accounts.xlsx import list_as_xlsx
from reports.actions.committee import agenda, decisions, meetings
from reports.actions.committee.corrections import correct_ruling
from reports.actions.committee.packets import PACKET
from reports.committee import rules
from reports.committee.candidates import candidates
from reports.committee.materials import material
from reports.committee.states import MeetingStep, decision_word
from reports.forms.committee import (
    CorrectionForm,
    DecisionForm,
    HoldForm,
    MeetingFilter,
    MeetingForm,
    TaskForm,
    WrittenForm,
)
from reports.models import AgendaItem, CommitteeMeeting

COLUMNS = ("pk", "year", "number", "held_on", "place", "chair", "step", "item_count", "decided_count")
EXPORT = {"title": "会议", "held_on": "会议日期", "place": "地点", "chair": "主持人", "item_count": "议题数",
          "decided_count": "已登记决定", "state": "状态"}  # fmt: skip
ORDERS = {"held_on": ("-held_on", "-pk"), "chair": ("chair", "-pk"), "step": ("step", "-held_on", "-pk")}
OFFERED = {"draft": ("table", "cancel"), "tabled": ("hold", "reopen", "cancel"), "held": ("close",)}


def found_meeting(request: HttpRequest, pk: int) -> CommitteeMeeting:
    """A meeting that the user's post opens; any other is not found."""
    return get_object_or_404(CommitteeMeeting.objects.visible_to(request.user).select_related("organ"), pk=pk)


def _item(request: HttpRequest, pk: int) -> AgendaItem:
    return get_object_or_404(
        AgendaItem.objects.visible_to(request.user).with_papers().select_related("meeting__organ"), pk=pk
    )


# --- the list ---


@reads
def meeting_list(request: HttpRequest) -> HttpResponse:
    """Meetings, the latest first, with how many of their items are decided."""
    filters = MeetingFilter(request.GET or None)
    chosen = filters.chosen()
    rows: Any = CommitteeMeeting.objects.visible_to(request.user).annotate(
        item_count=Count("items"), decided_count=Count("items", filter=~Q(items__decision=""))
    )
    named = {name: chosen[name] for name in ("year", "step") if name in chosen}
    if q := chosen.get("q"):
        named["pk__in"] = AgendaItem.objects.visible_to(request.user).filter(title__contains=q).values("meeting_id")
    found, order = rows.filter(**named).values(*COLUMNS), chosen_order(request.GET.get("sort"), ORDERS)
    if wants_sheet(request.GET):
        log_access(request, "export", "县纪委常委会会议目录")
        return list_as_xlsx("县纪委常委会会议目录", EXPORT, [_spoken(row) for row in all_of(found, order)])
    page = page_of(found, order, after=request.GET.get("after"))
    for row in page.rows:
        _spoken(row)
    shown = {"page": page, "filters": filters, "records": _secretary_of(request.user) is not None,
             "waiting": sum(row.ready for row in candidates(request.user))}  # fmt: skip
    return render(request, "reports/committee/list.html", shown)


def _spoken(row: dict[str, Any]) -> dict[str, Any]:
    row["title"] = f"{row['year']}年第{row['number']}次会议"
    row["state"] = MeetingStep(row["step"]).label
    return row


def _secretary_of(user: Any) -> Organ | None:
    """党风政风监督室 of the county whose committee the user records for."""
    ids = organ_ids(user, Permission.RECORD_RESOLUTION)
    return Organ.objects.filter(pk__in=ids, kind=OrganKind.CONDUCT_SUPERVISION_OFFICE).first()


@edits
def meeting_new(request: HttpRequest) -> HttpResponse:
    """Plan a meeting."""
    organ = _secretary_of(request.user)
    if organ is None:
        raise Http404("no county")
    last = CommitteeMeeting.objects.visible_to(request.user).filter(organ=organ).first()
    usual = {name: getattr(last, name) for name in ("place", "chair", "present", "attending")} if last else {}
    form = MeetingForm(request.POST or None, initial=usual)
    if request.method == "POST" and form.is_valid():
        try:
            made = meetings.call_meeting(organ, form.cleaned_data, by=request.user, at=timezone.now())
        except Refused as refused:
            form.add_error(None, refused.full)
        else:
            messages.success(request, f"已安排{made}，请从“等待上会”中加入议题。")
            return redirect(made)
    return render(request, "reports/committee/form.html", {"form": form}, status=422 if form.errors else 200)


@edits
def meeting_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Another day, place, or other people."""
    meeting = found_meeting(request, pk)
    form = MeetingForm(request.POST or None, initial={name: getattr(meeting, name) for name in meetings.FACTS})
    if request.method == "POST" and form.is_valid():
        try:
            meetings.change_meeting(meeting, form.cleaned_data, by=request.user, at=timezone.now())
        except Refused as refused:
            form.add_error(None, refused.full)
        else:
            messages.success(request, "已保存会议信息。")
            return redirect(meeting)
    shown = {"form": form, "meeting": meeting}
    return render(request, "reports/committee/form.html", shown, status=422 if form.errors else 200)


# --- one meeting ---


@reads
def meeting(request: HttpRequest, pk: int) -> HttpResponse:
    """The agenda and what can be done now; for htmx only the packets with their progress."""
    found = found_meeting(request, pk)
    if getattr(request, "htmx", False) and request.GET.get("part") == "packets":
        return render(request, "reports/committee/_packets.html", _packets(request, found))
    return _page(request, found)


def _page(
    request: HttpRequest,
    found: CommitteeMeeting,
    *,
    written: WrittenForm | None = None,
    held: HoldForm | None = None,
    bound: dict[int, Any] | None = None,
) -> HttpResponse:
    """The page; forms that came back with mistakes are handed in, `bound` by the item they belong to."""
    user: Any = request.user
    composes, proposes = agenda.composes(user, found), agenda.may_propose(user, found)
    drafting = found.step == MeetingStep.DRAFT
    items = [_card(item, composes, bound) for item in found.items.with_papers()]
    shown = {
        "items": items, "proposes": proposes, "drafting": drafting,
        "waiting": candidates(user) if drafting and proposes else [], "people": _people(found),
        "written": written or (WrittenForm(meeting=found) if drafting and proposes else None),
        "events": Event.objects.of(found).select_related("by", "on_behalf_of"),
        "papers": found.step in (MeetingStep.HELD, MeetingStep.CLOSED), **_doing(request, found, composes, held), **_packets(request, found),
    }  # fmt: skip
    return render(request, "reports/committee/meeting.html", shown, status=422 if written or held or bound else 200)


def _doing(
    request: HttpRequest, found: CommitteeMeeting, composes: bool, held: HoldForm | None = None
) -> dict[str, Any]:
    """What the secretary can do with the meeting now, and how much is left."""
    facts = {name: getattr(found, name) for name in HoldForm.Meta.fields}
    offers = {row["verb"]: row for row in buttons(found, OFFERED.get(found.step, ()), by=request.user)}
    return {"meeting": found, "composes": composes, "held": held or HoldForm(initial=facts), "offers": offers,
            "left": found.items.filter(decision="").count()}  # fmt: skip


def _people(found: CommitteeMeeting) -> list[tuple[str, str]]:
    """主持, 出席, and where there are any 请假, 列席."""
    lines = {"出席": found.present, "请假": found.absent, "列席": found.attending}
    named = [(word, "、".join(found.names(text))) for word, text in lines.items() if text or word == "出席"]
    return [("主持", found.chair), *named]


def _card(item: AgendaItem, composes: bool, bound: dict[int, Any] | None = None) -> dict[str, Any]:
    """One item with its forms: the decision while the meeting is recorded, a task after the decision."""
    given = (bound or {}).get(item.pk)
    recording = composes and item.meeting.step == MeetingStep.HELD
    decided = bool(item.resolution_id) or bool(item.decision and item.decision not in ("defer", "withdrawn"))
    form = given if type(given) is DecisionForm else None
    fix = given if isinstance(given, CorrectionForm) else None
    task = given if isinstance(given, TaskForm) else None
    over = item.meeting.step in (MeetingStep.HELD, MeetingStep.CLOSED)
    return {
        "item": item, "tasks": list(item.tasks.all()),
        "form": form or (DecisionForm(item=item) if recording and not item.decision else None),
        "task_form": task or (TaskForm(item=item, today=timezone.localdate()) if composes and over and decided else None),
        "fix_form": fix or (CorrectionForm(item=item) if composes and rules.may_be_corrected(item) else None), "fix_open": fix is not None,
        "word": decision_word(item.kind, item.decision), "composes": composes, "meeting": item.meeting,
        "task_open": task is not None,
    }  # fmt: skip


def _packets(request: HttpRequest, found: CommitteeMeeting) -> dict[str, Any]:
    packets = list(found.packets.select_related("made_by"))
    job = Job.objects.visible_to(request.user).filter(kind=PACKET, arguments={"meeting": found.pk}).first()
    busy = job is not None and job.state in (JobState.WAITING, JobState.RUNNING)
    tabled = found.step == MeetingStep.TABLED
    stale = tabled and bool(packets) and not busy and packets[0].material != material(found, on=timezone.localdate())
    done, total = jobs.progress_of([job.pk]).get(job.pk, (0, 0)) if job is not None and busy else (0, 0)
    return {"packets": packets, "job": job, "busy": busy, "done": done, "total": total, "stale": stale, "meeting": found,
            "may_bind": tabled and agenda.composes(request.user, found)}  # fmt: skip


@writes
def step(request: HttpRequest, pk: int) -> HttpResponse:
    """Fix the agenda, go back to it, record that the meeting took place, close it, call it off."""
    found, verb, now = found_meeting(request, pk), request.POST.get("verb", ""), timezone.now()
    if verb == "hold":
        return _hold(request, found)
    if verb == "table":
        meetings.table_agenda(found, by=request.user, at=now)
        log_access(request, "export", f"{found}议题材料")
        run_here(at=now)
        messages.success(request, "议程已定，正在汇编议题材料，书记、分管副书记已收到通知。")
    elif verb == "reopen":
        meetings.reopen_agenda(found, by=request.user, at=now)
        messages.success(request, "已退回编排，调整后请重新确定议程。")
    elif verb == "close":
        meetings.close_meeting(found, by=request.user, at=now)
        messages.success(request, "会议已办结，可下载会议纪要和决定事项通知。")
    elif verb == "cancel":
        meetings.cancel_meeting(found, by=request.user, at=now, reason=request.POST.get("reason", ""))
        messages.success(request, "会议已取消，议题可列入其他会议。")
    else:
        raise Refused("请在会议页面选择要办的事项。", "A6.1f")
    return redirect(found)


def _hold(request: HttpRequest, found: CommitteeMeeting) -> HttpResponse:
    form = HoldForm(request.POST)
    if form.is_valid():
        try:
            meetings.hold_meeting(found, by=request.user, at=timezone.now(), values=form.cleaned_data)
        except Refused as refused:
            form.add_error(None, refused.full)
        else:
            messages.success(request, "已登记开会，请逐项登记会议决定。")
            return redirect(found)
    return _page(request, found, held=form)


@writes
def add(request: HttpRequest, pk: int) -> HttpResponse:
    """Put what waits on the agenda with one click, or a matter that is written down."""
    found, key = found_meeting(request, pk), request.POST.get("key", "")
    if key:
        made = agenda.add_waiting(found, key, by=request.user, at=timezone.now())
        messages.success(request, f"已列为第{made.position}项议题：{made.title}")
        return redirect(f"{found.get_absolute_url()}#waiting")
    form = WrittenForm(request.POST, meeting=found)
    if form.is_valid():
        try:
            made = agenda.add_written(found, by=request.user, at=timezone.now(), **form.cleaned_data)
        except Refused as refused:
            form.add_error(None, refused.full)
        else:
            messages.success(request, f"已列为第{made.position}项议题：{made.title}")
            return redirect(found)
    return _page(request, found, written=form)


@writes
def item_step(request: HttpRequest, pk: int) -> HttpResponse:
    """Up, down, off; after the agenda is fixed to the next meeting, or withdrawn."""
    item, verb, now = _item(request, pk), request.POST.get("verb", ""), timezone.now()
    reason = request.POST.get("reason", "")
    if verb in ("up", "down"):
        agenda.move_item(item, up=verb == "up", by=request.user, at=now)
    elif verb == "remove":
        agenda.remove_item(item, by=request.user, at=now)
        messages.success(request, f"已移出议程：{item.title}")
    elif verb == "postpone":
        agenda.postpone_item(item, by=request.user, at=now, reason=reason)
        messages.success(request, f"已移到下次会议，安排下次会议时可直接加入：{item.title}")
    elif verb == "withdraw":
        agenda.withdraw_item(item, by=request.user, at=now, reason=reason)
        messages.success(request, f"已撤回议题：{item.title}")
    else:
        raise Refused("请在会议页面选择要办的事项。", "A6.1f")
    return redirect(f"{item.meeting.get_absolute_url()}#agenda")


# --- in the meeting ---


@writes
def decide(request: HttpRequest, pk: int) -> HttpResponse:
    """One item's decision, saved where it stands."""
    item = _item(request, pk)
    form = DecisionForm(request.POST, item=item)
    if form.is_valid():
        try:
            decisions.decide_item(item, decisions.Ruling(**form.cleaned_data), by=request.user, at=timezone.now())
        except Refused as refused:
            form.add_error(None, refused.full)
    return _answer(request, item, form)


@writes
def correct(request: HttpRequest, pk: int) -> HttpResponse:
    """Votes or opinion that were written down wrong."""
    item = _item(request, pk)
    form = CorrectionForm(request.POST, item=item)
    if form.is_valid():
        values = dict(form.cleaned_data)
        reason = values.pop("reason")
        try:
            ruling = decisions.Ruling(item.decision, **values)
            correct_ruling(item, ruling, reason=reason, by=request.user, at=timezone.now())
        except Refused as refused:
            form.add_error(None, refused.full)
    return _answer(request, item, form)


@writes
def give_task(request: HttpRequest, pk: int) -> HttpResponse:
    """A decision becomes a task."""
    item = _item(request, pk)
    form = TaskForm(request.POST, item=item, today=timezone.localdate())
    if form.is_valid():
        try:
            decisions.task_from(item, by=request.user, at=timezone.now(), **form.cleaned_data)
        except Refused as refused:
            form.add_error(None, refused.full)
    return _answer(request, item, form)


def _answer(request: HttpRequest, item: AgendaItem, form: DecisionForm | TaskForm) -> HttpResponse:
    """The item's card alone for htmx, the page otherwise; a form with mistakes comes back with what was typed."""
    bound = {item.pk: form} if form.errors else None
    if not getattr(request, "htmx", False):
        return (
            _page(request, item.meeting, bound=bound)
            if bound
            else redirect(f"{item.meeting.get_absolute_url()}#item-{item.pk}")
        )
    found, composes = found_meeting(request, item.meeting_id), agenda.composes(request.user, item.meeting)
    shown = {"card": _card(_item(request, item.pk), composes, bound), **_doing(request, found, composes)}
    return render(request, "reports/committee/_answer.html", shown, status=422 if bound else 200)
