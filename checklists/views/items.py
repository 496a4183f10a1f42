"""Projects: the list, one on its page, the form, and what people do with it (A6.1b-d, A7)."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from accounts.http import edits, reads, writes
from accounts.lists import named_id, page_of
from accounts.models import Event, Organ, SupervisedUnit
from accounts.permissions import Permission, has, organ_ids
from accounts.views.times import asked_year
from accounts.workflow import Refused
from checklists import actions, rules, selectors
from checklists.exports import items_as_xlsx
from checklists.forms.filters import ItemFilter
from checklists.forms.items import ItemForm, MilestoneFormSet, ReasonForm, ReplyForm
from checklists.leads import forms_for, lead_for, route_words
from checklists.models import ChecklistItem, ChecklistItemChange
from checklists.papers import compared, item_paper
from checklists.states import EDITABLE_STEPS, ChangeKind, FocusArea, Form, ItemStep
from checklists.views.frame import done, exported, labelled, offers, refuse_on, tone_of

COLUMNS = (
    "pk",
    "year",
    "title",
    "form",
    "focus_area",
    "step",
    "organ__name",
    "lead_organ__name",
    "period_start",
    "period_end",
    "due_on",
)
MORE = ("content", "frequency")


@reads
def items(request: HttpRequest) -> HttpResponse:
    """Projects of the organs the user reads, filtered."""
    found = ItemFilter(request.GET or None, queryset=ChecklistItem.objects.visible_to(request.user), request=request)
    if request.GET.get("format") == "xlsx":
        exported(request, "监督项目")
        return items_as_xlsx(found.qs.order_by("-year", "pk").values(*COLUMNS, *MORE))
    page = page_of(found.qs.values(*COLUMNS), ("-year", "pk"), after=request.GET.get("after"))
    labelled(page.rows, form=Form, step=ItemStep, focus_area=FocusArea)
    return render(request, "checklists/items.html", {"page": page, "filters": found.form})


@reads
def item(request: HttpRequest, pk: int) -> HttpResponse:
    """One project: its paper, its way up, its buttons, what happened."""
    user: Any = request.user
    found = get_object_or_404(ChecklistItem.objects.visible_to(user).select_related("organ", "lead_organ"), pk=pk)
    in_force = actions.published_list(found)
    context = {
        "item": found,
        "tone": tone_of(found.step),
        "paper": item_paper(found),
        "lead": lead_for(found.form, found.lead_department, found.is_multi_area, found.organ),
        "route": route_words(found.form, found.organ, mid_year=in_force is not None and found.step != ItemStep.LISTED),
        "rounds": selectors.rounds_of(found),
        "events": Event.objects.of(found).select_related("by", "on_behalf_of"),
        "milestones": found.milestones.all(),
        "edits": _edits(found),
        "in_force": in_force,
        **_doing(found, user, in_force),
    }
    return render(request, "checklists/item.html", context)


def _doing(found: ChecklistItem, user: Any, in_force: Any) -> dict[str, Any]:
    own = has(user, Permission.DRAFT, found.organ_id)
    verbs = ("file", "receive") if in_force else ("submit", "file", "receive")
    return {
        "offers": offers(found, verbs, user),
        "may_edit": own and found.step in EDITABLE_STEPS,
        "may_withdraw": own and found.step in EDITABLE_STEPS | {ItemStep.APPROVED},
        "may_add": own and in_force is not None and found.step in EDITABLE_STEPS,
        "may_change": own and found.step == ItemStep.LISTED,
        "may_reply": own and found.form == Form.ASSIGNED and found.step in (ItemStep.FILED, ItemStep.LISTED),
        "may_plan": actions.may_plan(user, found),
        "may_assign": has(user, Permission.COORDINATE, found.organ_id) and found.step == ItemStep.LISTED,
    }


def _edits(found: ChecklistItem) -> list[dict[str, Any]]:
    changes = ChecklistItemChange.objects.filter(item=found).select_related("created_by")
    rows = []
    for change in changes:
        fields = compared(change.old, change.new) if change.kind in (ChangeKind.MODIFY, ChangeKind.COMPILE) else []
        rows.append({"change": change, "fields": fields, "dropped": "listed" in change.new})
    return rows


# --- writing one ---


def _form_of(data: QueryDict, organ: Organ) -> str:
    wanted = data.get("form", "")
    return wanted if wanted in Form.values else forms_for(organ)[0].value


@edits
def item_new(request: HttpRequest) -> HttpResponse:
    """Draft a project of one form; 点题式 asks who set it, when and in what words."""
    user: Any = request.user
    organ, year, today = user.organ, asked_year(request), timezone.localdate()
    if not has(user, Permission.DRAFT, organ.pk):
        raise Refused("您所在单位不申报监督项目。", "A6.1b")
    form_of = _form_of(request.POST or request.GET, organ)
    form = ItemForm(request.POST or None, organ=organ, form=form_of, year=year, today=today, initial=_offered(request))
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.create_item(organ, year, form_of, by=user, at=timezone.now(), **form.values())
        except Refused as refused:
            refuse_on(form, refused)
        else:
            messages.success(request, f"“{made}”已存为草稿，核对后请层报审批。")
            return redirect(actions.item_url(made))
    return _show_form(request, form, None)


def _offered(request: HttpRequest) -> dict[str, Any]:
    """What a candidate of the workbench brings along: its area, unit and words (A6.1b)."""
    offered: dict[str, Any] = {
        name: request.GET[name][:500] for name in ("title", "focus_area", "basis") if name in request.GET
    }
    return offered | {name: request.GET.getlist(name) for name in ("units", "basis_kinds") if name in request.GET}


@edits
def item_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Rewrite a draft, or a returned project beside the reasons of its return."""
    user: Any = request.user
    rows = ChecklistItem.objects.filter(organ_id__in=organ_ids(user, Permission.DRAFT))
    found = get_object_or_404(rows.select_related("organ"), pk=pk)
    data = request.POST or request.GET
    form_of = _form_of(data, found.organ) if "form" in data else found.form
    form = ItemForm(
        request.POST or None,
        instance=found,
        organ=found.organ,
        form=form_of,
        year=found.year,
        today=timezone.localdate(),
    )
    if request.method == "POST" and form.is_valid():
        try:
            actions.edit_item(found, by=user, at=timezone.now(), form=form_of, **form.values())
        except Refused as refused:
            refuse_on(form, refused)
        else:
            messages.success(request, "修改已保存。")
            return redirect(actions.item_url(found))
    return _show_form(request, form, found)


def _show_form(request: HttpRequest, form: ItemForm, found: ChecklistItem | None) -> HttpResponse:
    organ = form.organ
    verdict = rules.ALLOWED if organ.is_cso else rules.proposals_are_open(organ, form.year)
    if verdict and form.supervision_form == Form.STATIONED:
        besides = found.pk if found else None
        verdict = rules.may_add_stationed(organ, form.year, on=form.today, besides=besides)
    context = {
        "form": form,
        "item": found,
        "year": form.year,
        "form_of": form.supervision_form,
        "form_label": Form(form.supervision_form).label,
        "forms": [(choice.value, choice.label) for choice in forms_for(organ)],
        "verdict": verdict,
        "returned": _returned_note(found),
        "data_draft": f"item-{found.pk if found else 'new'}-{form.supervision_form}",
        **_lead_context(form),
    }
    return render(request, "checklists/item_form.html", context, status=422 if form.is_bound else 200)


def _returned_note(found: ChecklistItem | None) -> str:
    if found is None or found.step != ItemStep.RETURNED:
        return ""
    event = Event.objects.of(found).filter(verb="return").select_related("by").last()
    return f"{event.by.full_name}退回：{event.note}" if event else ""


def _lead_context(form: ItemForm) -> dict[str, Any]:
    department = form["lead_department"].value() if "lead_department" in form.fields else None
    multi = form["is_multi_area"].value() if "is_multi_area" in form.fields else False
    return _explained(form.supervision_form, department, bool(multi) and multi != "false", form.organ, form.year)


def _explained(form_of: str, department: Any, multi: bool, organ: Organ, year: int) -> dict[str, Any]:
    number = named_id({"id": str(department or "")}, "id")
    rows = SupervisedUnit.objects.filter(organ__path__startswith=organ.county().path).select_related("organ")
    unit = rows.filter(pk=number).first() if number is not None else None
    in_force = actions.published_list(ChecklistItem(organ=organ, year=year)) is not None
    return {
        "lead": lead_for(form_of, unit, multi, organ),
        "route": route_words(form_of, organ, mid_year=in_force),
    }


@reads
def lead(request: HttpRequest) -> HttpResponse:
    """The fragment that says, while the form is filled, who leads, why, and by which way the project goes up."""
    user: Any = request.user
    multi = request.GET.get("is_multi_area", "") not in ("", "false")
    form_of = _form_of(request.GET, user.organ)
    context = _explained(form_of, request.GET.get("lead_department"), multi, user.organ, asked_year(request))
    return render(request, "checklists/_lead.html", context)


# --- doing something with one ---


@writes
def item_act(request: HttpRequest, pk: int) -> HttpResponse:
    """One verb on one project: submit, file, receive, withdraw."""
    user, at = request.user, timezone.now()
    rows = ChecklistItem.objects.filter(
        organ_id__in=organ_ids(user, Permission.DRAFT) | organ_ids(user, Permission.COORDINATE)
    )
    found = get_object_or_404(rows, pk=pk)
    reason = request.POST.get("reason", "")
    verbs: dict[str, tuple[Any, str]] = {
        "submit": (lambda: actions.submit_item(found, by=user, at=at), "已送单位负责人签批。"),
        "file": (lambda: actions.file_item(found, by=user, at=at), "已报送党风政风监督室。"),
        "receive": (lambda: actions.receive_item(found, by=user, at=at), "已签收。"),
        "withdraw": (lambda: actions.withdraw_item(found, by=user, at=at, reason=reason), "已撤销。"),
    }
    verb, sentence = verbs.get(request.POST.get("verb", ""), (_unknown, ""))
    return done(request, verb, sentence, actions.item_url(found))


def _unknown() -> None:
    raise Refused("没有认出要办的事，请刷新页面后重试。")


@edits
def item_reply(request: HttpRequest, pk: int) -> HttpResponse:
    """答题 of a 点题式 matter."""
    rows = ChecklistItem.objects.filter(organ_id__in=organ_ids(request.user, Permission.DRAFT))
    found = get_object_or_404(rows, pk=pk)
    initial = {"replied_on": found.replied_on or timezone.localdate(), "reply": found.reply}
    form = ReplyForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            actions.reply_assigned(found, by=request.user, at=timezone.now(), **form.cleaned_data)
        except Refused as refused:
            refuse_on(form, refused)
        else:
            messages.success(request, "答复已登记。")
            return redirect(actions.item_url(found))
    context = {"form": form, "title": f"登记答复：{found}", "button": "登记答复", "back": actions.item_url(found)}
    return render(request, "checklists/form.html", context, status=422 if form.errors else 200)


@reads
def item_withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask for the reason before a project is given up."""
    rows = ChecklistItem.objects.filter(organ_id__in=organ_ids(request.user, Permission.DRAFT))
    found = get_object_or_404(rows, pk=pk)
    return render(request, "checklists/item_withdraw.html", {"item": found, "form": ReasonForm()})


@edits
def milestones(request: HttpRequest, pk: int) -> HttpResponse:
    """时间节点 of a project: set, finished, corrected (A6.2a)."""
    found = get_object_or_404(ChecklistItem.objects.visible_to(request.user), pk=pk)
    if not actions.may_plan(request.user, found):
        raise Refused("该项目的时间节点由申报单位、牵头单位或党风政风监督室登记。", "A6.2a")
    there = list(found.milestones.values("text", "due_on", "done_on"))
    rows = MilestoneFormSet(request.POST or None, initial=there, prefix="rows")
    refusal = ""
    if request.method == "POST" and rows.is_valid():
        lines = [(row["text"].strip(), row["due_on"], row["done_on"]) for row in rows.cleaned_data if row.get("due_on")]
        try:
            actions.set_milestones(found, lines, by=request.user, at=timezone.now())
        except Refused as refused:
            refusal = refused.full
        else:
            messages.success(request, f"时间节点已登记，共{len(lines)}个。")
            return redirect(actions.item_url(found))
    context = {"item": found, "rows": rows, "refusal": refusal}
    return render(request, "checklists/milestones.html", context, status=422 if rows.is_bound else 200)
