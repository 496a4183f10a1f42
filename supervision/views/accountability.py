"""问责登记: the list, beginning, deciding, tagging and verifying (A9.7f, A10.5)."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from accounts.access import log_access
from accounts.http import edits, reads, writes
from accounts.lists import page_of, wants_sheet
from accounts.models import Event
from accounts.permissions import Permission, has, organ_ids
from accounts.workflow import Refused
from accounts.xlsx import list_as_xlsx
from supervision.actions.reporting import accountability as facts
from supervision.actions.reporting import disposal as acts
from supervision.forms.accountability import AccountabilityFilter, AccountabilityForm, DecisionForm, TagsForm
from supervision.models import AccountabilityAction, Problem
from supervision.reporting.accountability import may_verify
from supervision.reporting.disposal import action_rows, checked_word, with_topics

EXPORT = {
    "problem_code": "问题编号", "organ__name": "提出单位", "object_word": "问责对象", "object_name": "名称或姓名、职务",
    "responsibility_word": "责任", "competent_organ": "承办单位", "started_on": "启动日期", "decided_on": "决定日期",
    "result": "问责方式和结果", "cooperation": "配合上级查处", "topic_words": "专题", "checked": "核实",
}  # fmt: skip


@reads
def accountability(request: HttpRequest) -> HttpResponse:
    """Who is held to account: only for the organ's drafters and the restricted right, every reading on record (A9.7f)."""
    filters = AccountabilityFilter(request.GET or None, user=request.user)
    rows = action_rows(AccountabilityAction.objects.visible_to(request.user), filters.chosen())
    export = wants_sheet(request.GET)
    log_access(request, "export" if export else "view", "问责登记")
    if export:
        return list_as_xlsx("问责登记", EXPORT, _spoken(list(rows.order_by("pk")[:10000])))
    page = page_of(rows, ("-started_on", "-pk"), after=request.GET.get("after"))
    _spoken(page.rows)
    return render(request, "supervision/disposal/accountability.html", {"page": page, "filters": filters})


def _spoken(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    kinds = dict(AccountabilityAction._meta.get_field("object_kind").flatchoices)
    duties = dict(AccountabilityAction._meta.get_field("responsibility").flatchoices)
    for row in with_topics(rows):
        row["problem_code"] = f"{row['problem__year']}-{row['problem_id']:05d}"
        row["object_word"], row["responsibility_word"] = kinds[row["object_kind"]], duties[row["responsibility"]]
        row["cooperation"] = "是" if row["in_cooperation"] else ""
        row["checked"] = checked_word(row)
    return rows


@edits
def accountability_new(request: HttpRequest, pk: int) -> HttpResponse:
    """启动问责程序 for one problem (A9.7f)."""
    ids = organ_ids(request.user, Permission.DRAFT) | organ_ids(request.user, Permission.DIRECT)
    mine = Problem.objects.visible_to(request.user).filter(Q(organ_id__in=ids) | Q(round__organ_id__in=ids))
    problem = get_object_or_404(mine.select_related("organ", "round__organ", "unit"), pk=pk)
    first = {"started_on": timezone.localdate(), "topics": list(problem.topics.all())}
    form = AccountabilityForm(request.POST or None, initial=first)
    if request.method == "POST" and form.is_valid():
        try:
            acts.start_accountability(problem, by=request.user, at=timezone.now(), **form.cleaned_data)
        except Refused as refused:
            form.add_error(None, refused.full)
        else:
            messages.success(request, "已登记启动问责程序。")
            return redirect("supervision:accountability")
    shown = {"form": form, "problem": problem}
    return render(request, "supervision/disposal/accountability_form.html", shown, status=422 if form.errors else 200)


def _action(request: HttpRequest, pk: int) -> AccountabilityAction:
    rows = AccountabilityAction.objects.visible_to(request.user)
    return get_object_or_404(rows.select_related("problem__unit", "organ", "verified_by"), pk=pk)


@edits
def accountability_decide(request: HttpRequest, pk: int) -> HttpResponse:
    """One action: how it was decided, its topics, and whether it was verified (A9.7f)."""
    row = _action(request, pk)
    log_access(request, "view", f"问责登记：问题{row.problem.code}")
    form = DecisionForm(request.POST or None, initial={"decided_on": timezone.localdate()})
    if request.method == "POST" and form.is_valid():
        try:
            acts.decide_accountability(row, by=request.user, at=timezone.now(), **form.cleaned_data)
        except Refused as refused:
            form.add_error(None, refused.full)
        else:
            messages.success(request, "已登记问责结果。")
            return redirect("supervision:accountability")
    return render(request, "supervision/disposal/accountability_form.html", _shown(request, row, form),
                  status=422 if form.errors else 200)  # fmt: skip


def _shown(request: HttpRequest, row: AccountabilityAction, form: Any) -> dict[str, Any]:
    user, topics = request.user, list(row.topics.all())
    writer = has(user, Permission.DRAFT, row.organ_id) or has(user, Permission.DIRECT, row.organ_id)
    writer = writer and row.withdrawn_at is None
    tags = TagsForm(initial={"in_cooperation": row.in_cooperation, "topics": topics}, auto_id="tags_%s")
    return {"form": form, "action": row, "problem": row.problem, "may": writer and row.decided_on is None, "writer": writer,
            "tags": tags, "topics": topics, "verify": may_verify(row, by=user), "checks": has(user, Permission.DIRECT, row.organ_id),
            "events": Event.objects.of(row).select_related("by", "on_behalf_of")}  # fmt: skip


@writes
def accountability_tag(request: HttpRequest, pk: int) -> HttpResponse:
    """Which topics the action counts for, and whether it was in cooperation with a superior."""
    row, form = _action(request, pk), TagsForm(request.POST)
    if not form.is_valid():
        raise Refused("所选专题已停用或不存在，请刷新页面后重新选择。", "A9.7f")
    facts.tag_accountability(row, by=request.user, at=timezone.now(), **form.cleaned_data)
    messages.success(request, "已保存专题和配合查处情况。")
    return redirect("supervision:accountability_decide", row.pk)


@writes
def accountability_withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Take back what was registered by mistake."""
    row = _action(request, pk)
    facts.withdraw_accountability(row, reason=request.POST.get("reason", ""), by=request.user, at=timezone.now())
    messages.success(request, "已撤销登记，记录保留，不计入统计。")
    return redirect("supervision:accountability_decide", row.pk)


@writes
def accountability_verify(request: HttpRequest, pk: int) -> HttpResponse:
    """党风政风监督室 confirms a decided action (A10.5)."""
    row = _action(request, pk)
    facts.verify_accountability(row, by=request.user, at=timezone.now())
    log_access(request, "view", f"问责登记：问题{row.problem.code}")
    messages.success(request, "已核实；数据截止日前核实的，计入质效评估。")
    return redirect("supervision:accountability_decide", row.pk)
