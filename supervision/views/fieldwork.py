"""What a round's people write down, each on a form of its own: declared once, one view for all (A9.1-A9.5)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from accounts.http import edits, writes
from accounts.permissions import Permission, organ_ids
from accounts.workflow import Refused, move
from checklists.views.frame import done, refuse_on
from supervision.actions import fieldwork, plans
from supervision.actions.rectification import problem_url
from supervision.forms import rounds as forms
from supervision.models import Plan, Problem, Round, Team, WorkingPaper
from supervision.rounds.rules import within_plan
from supervision.views.rounds import round_or_404


@dataclass(frozen=True)
class Entry:
    """One kind of entry: its words, its form, the verb that takes it, the step of the round it belongs to."""

    title: str
    article: str
    form: Any
    verb: Callable[..., Any]
    step: str
    button: str
    day: str = "held_on"


ENTRIES = {
    "training": Entry("登记学习培训", "A9.1", forms.TrainingForm, fieldwork.add_training, "training", "登记培训"),
    "activity": Entry("登记检查活动", "A9.4a", forms.ActivityForm, fieldwork.log_activity, "inspection", "登记活动"),
    "guidance": Entry("登记领导督促指导", "A9.4b", forms.GuidanceForm, fieldwork.note_guidance, "inspection", "登记", "given_on"),
    "paper": Entry("起草问题底稿", "A9.4a", forms.PaperForm, fieldwork.save_paper, "inspection", "保存底稿", ""),
}  # fmt: skip


@edits
def entry_new(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    """One entry of a round: training, activity, guidance, working paper."""
    found, declared = round_or_404(request, pk), ENTRIES.get(kind)
    if declared is None:
        raise Http404(kind)
    initial = {declared.day: timezone.localdate()} if declared.day else {}
    whose = {"by": request.user} if kind == "guidance" else {}
    form = declared.form(request.POST or None, request.FILES or None, round=found, initial=initial, **whose)
    if request.method == "POST" and form.is_valid():
        made = _taken(request, form, lambda: _enter(request, declared, found, form))
        if made is not None:
            _say(request, declared, made)
            return redirect(f"{found.get_absolute_url()}?step={declared.step}")
    return _show(request, form, declared.title, declared.article, declared.button, found, declared.step)


@edits
def guidance_own(request: HttpRequest, pk: int) -> HttpResponse:
    """What a leader writes down himself (A9.4b)."""
    return entry_new(request, pk, "guidance")


def _enter(request: HttpRequest, declared: Entry, found: Round, form: Any) -> Any:
    files = {"files": form.cleaned_data["files"]} if "files" in form.fields else {}
    return declared.verb(found, form.values(), by=request.user, at=timezone.now(), **files)


def _say(request: HttpRequest, declared: Entry, made: Any) -> None:
    messages.success(request, f"已登记：{made}。")
    outside = within_plan(made) if declared is ENTRIES["activity"] else None
    if outside is not None and not outside:
        messages.warning(request, outside.sentence)


def _taken(request: HttpRequest, form: Any, work: Callable[[], Any]) -> Any:
    """What the verb made; None with its sentence above the form where it refused."""
    try:
        return work()
    except Refused as refused:
        refuse_on(form, refused)
        return None


def _show(
    request: HttpRequest, form: Any, title: str, article: str, button: str, found: Round, step: str
) -> HttpResponse:
    shown = {
        "form": form, "title": title, "article": article, "button": button, "round": found,
        "back": f"{found.get_absolute_url()}?step={step}", "draft": f"round-{found.pk}-{article}",
    }  # fmt: skip
    return render(request, "supervision/rounds/entry.html", shown, status=422 if form.errors else 200)


@edits
def team_form(request: HttpRequest, pk: int, team: int = 0) -> HttpResponse:
    """Put a team together (`team` 0), or change one."""
    found = round_or_404(request, pk)
    existing = get_object_or_404(Team.objects.filter(round=found), pk=team) if team else None
    form = forms.TeamForm(request.POST or None, round=found, team=existing)
    if request.method == "POST" and form.is_valid():
        values = {"name": form.cleaned_data["name"], "units": form.cleaned_data["units"], "members": form.people()}
        made = _taken(request, form, lambda: fieldwork.save_team(found, by=request.user, at=timezone.now(), team=existing, **values))  # fmt: skip
        if made is not None:
            messages.success(request, f"{made}已保存，请成员逐人作回避声明。")
            return redirect(f"{found.get_absolute_url()}?step=teams")
    title = f"调整{existing}" if existing else "组建检查组"
    return _show(request, form, title, "A9.2", "保存检查组", found, "teams")


@edits
def plan_form(request: HttpRequest, pk: int) -> HttpResponse:
    """Write the plan in work; where the last one is approved, its text is where the next version begins."""
    rows = Round.objects.filter(organ_id__in=organ_ids(request.user, Permission.DRAFT)).select_related("organ")
    found = get_object_or_404(rows, pk=pk)
    work, force = plans.plan_in_work(found), plans.plan_approved(found)
    source = work or force
    initial = {name: getattr(source, name) for name in plans.FIELDS} if source else _first_plan(found)
    initial |= {} if work else {"change_reason": ""}
    form = forms.PlanForm(request.POST or None, later=bool(force), initial=initial, instance=Plan())
    if request.method == "POST" and form.is_valid():
        made = _taken(request, form, lambda: plans.save_plan(found, form.cleaned_data, by=request.user, at=timezone.now()))  # fmt: skip
        if made is not None:
            messages.success(request, f"方案第{made.version}版已保存，写全后请层报审批。")
            return redirect(f"{found.get_absolute_url()}?step=plan")
    title = "修改监督方案" if force else "起草监督方案"
    return _show(request, form, title, "A9.3a", "保存方案", found, "plan")


def _first_plan(found: Round) -> dict[str, Any]:
    """A first draft begins with what the project already says."""
    item = found.item
    units = "、".join(unit.name for unit in found.units.all())
    return {"start_on": found.start_planned_on, "end_on": found.end_planned_on, "goals": item.content,
            "focus": item.measures, "division": f"由{found.organ.name}牵头，对{units}开展监督检查。"}  # fmt: skip


@writes
def plan_submit(request: HttpRequest, pk: int) -> HttpResponse:
    """Send the plan in work up."""
    found = round_or_404(request, pk)
    work = plans.plan_in_work(found)
    back = f"{found.get_absolute_url()}?step=plan"
    if work is None:
        raise Refused("还没有起草中的方案。请先起草监督方案。", "A9.3a")
    return done(request, lambda: plans.submit_plan(work, by=request.user, at=timezone.now()), "方案已送单位负责人签批。", back)  # fmt: skip


@edits
def paper_page(request: HttpRequest, pk: int) -> HttpResponse:
    """One 底稿: read, gone on with by its author, reviewed by another."""
    rows = WorkingPaper.objects.visible_to(request.user).select_related("round__organ", "unit", "created_by", "problem")
    paper = get_object_or_404(rows, pk=pk)
    form = forms.PaperForm(request.POST or None, request.FILES or None, round=paper.round, instance=WorkingPaper.objects.get(pk=paper.pk))  # fmt: skip
    if request.method == "POST" and form.is_valid():
        files, at = form.cleaned_data["files"], timezone.now()
        save = partial(fieldwork.save_paper, paper.round, form.values(), by=request.user, at=at, paper=paper)
        made = _taken(request, form, lambda: save(files=files))
        if made is not None:
            messages.success(request, "底稿已保存。")
            return redirect("supervision:paper", pk=pk)
    own = paper.organ_id in organ_ids(request.user, Permission.DRAFT)
    shown = {"paper": paper, "form": form, "round": paper.round, "editable": own and paper.step in ("draft", "returned"),
             "reviews": own and paper.step == "submitted" and request.user.pk not in fieldwork.paper_authors(paper), "own": own}  # fmt: skip
    return render(request, "supervision/rounds/paper.html", shown, status=422 if form.errors else 200)


@writes
def paper_act(request: HttpRequest, pk: int) -> HttpResponse:
    """Send a 底稿 to its reviewer, or review it."""
    paper = get_object_or_404(WorkingPaper.objects.visible_to(request.user), pk=pk)
    verb, note, at = request.POST.get("verb", ""), request.POST.get("note", ""), timezone.now()
    words = {
        "submit": "底稿已送复核。",
        "confirm": "已复核认定，并登记为问题。",
        "return": "已退回补充。",
        "reject": "已记为不予认定。",
    }
    if verb not in words:
        raise Refused("没有认出要办的事，请刷新页面后重试。")
    act = (
        (lambda: move(paper, "submit", by=request.user, at=at))
        if verb == "submit"
        else (lambda: fieldwork.review_paper(paper, verb, by=request.user, at=at, note=note))
    )
    return done(request, act, words[verb], f"/papers/{pk}/")


@edits
def reminder_new(request: HttpRequest, pk: int) -> HttpResponse:
    """纠偏提醒 about one problem (A9.5)."""
    problem = get_object_or_404(
        Problem.objects.visible_to(request.user).select_related("organ", "unit", "round"), pk=pk
    )
    initial = {"given_on": timezone.localdate(), "reminded": problem.unit.name}
    form = forms.ReminderForm(request.POST or None, request.FILES or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        files, at = form.cleaned_data["files"], timezone.now()
        add = partial(fieldwork.add_reminder, problem, form.values(), by=request.user, at=at)
        made = _taken(request, form, lambda: add(files=files))
        if made is not None:
            messages.success(request, f"已登记{made.get_kind_display()}。")
            return redirect(problem_url(problem))
    shown = {"form": form, "title": "登记纠偏提醒", "article": "A9.5", "button": "登记提醒", "problem": problem,
             "back": problem_url(problem), "draft": f"reminder-{pk}"}  # fmt: skip
    return render(request, "supervision/rounds/entry.html", shown, status=422 if form.errors else 200)
