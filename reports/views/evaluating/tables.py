"""评估表 of a year: the table, an organ's own row, its objection and the decision, papers and delivery (A10.5)."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from accounts.access import log_access
from accounts.http import edits, reads, writes
from accounts.models import Approval, Event
from accounts.permissions import Permission, has, visible_organ_ids
from accounts.uploads import ACCEPT
from accounts.views.approvals import RELATED
from accounts.views.times import asked_year
from accounts.workflow import Refused, buttons
from accounts.writing.overtaking import mark_of
from accounts.xlsx import list_as_xlsx
from checklists.views.frame import office_of, refuse_on
from reports.actions.evaluation import objections as objecting
from reports.actions.evaluation import tables as acts
from reports.builders.evaluating.notice import notice_paper
from reports.builders.evaluating.sheet import table_sheet
from reports.builders.evaluation import ordered, table_paper
from reports.evaluation import rules, selectors
from reports.evaluation.composition import highest, method_words, repeated, uncompared, weights_words
from reports.evaluation.indicators import NAMES
from reports.evaluation.states import AT_WORK, PENDING, ObjectionStep, TableStep
from reports.forms.evaluation import AdjustForm, DeliveryForm, ObjectionForm, ProposalForm
from reports.models import EvaluationObjection, EvaluationRow, EvaluationTable
from reports.paper import Paper
from reports.views.papers import print_found, send_as

VERBS = {"recompute": ("重新核算", acts.recompute_table), "open": ("公开征求异议", acts.open_table),
         "settle": ("办结异议环节", acts.settle_table), "submit": ("层报审批", acts.submit_table)}  # fmt: skip
DONE = {"recompute": "已按现行方案重新核算。", "open": "已公开，各单位可以核对本单位数据并提出异议。", "settle": "异议环节已办结，可以层报审批。",
        "submit": "已送本室负责人签批，依次送协管常委、委员，分管副书记和县纪委常委会。"}  # fmt: skip


def _table(request: HttpRequest, pk: int) -> EvaluationTable:
    rows = EvaluationTable.objects.visible_to(request.user).select_related(
        "organ", "scheme", "resolution", "delivered_by"
    )
    return get_object_or_404(rows, pk=pk)


def _row(request: HttpRequest, pk: int) -> EvaluationRow:
    rows = EvaluationRow.objects.visible_to(request.user)
    return get_object_or_404(rows.select_related("organ", "table__organ", "table__scheme", "table__resolution"), pk=pk)


@writes
def table_new(request: HttpRequest) -> HttpResponse:
    """Work out the table of a year."""
    made = acts.compute_table(office_of(request), asked_year(request), by=request.user, at=timezone.now())
    messages.success(request, "已按方案核算，请核对后公开征求异议。")
    return redirect(made.get_absolute_url())


@reads
def table(request: HttpRequest, pk: int) -> HttpResponse:
    """The table with its steps, objections, papers and way."""
    return _page(request, _table(request, pk))


def _page(request: HttpRequest, one: EvaluationTable, delivery: DeliveryForm | None = None) -> HttpResponse:
    user, read = request.user, visible_organ_ids(request.user)
    works = has(user, Permission.DRAFT, one.organ_id)
    rows = ordered(list(one.rows.select_related("organ")))
    objections = selectors.objections_of(one)
    offered = [verb for verb in VERBS if one.step in acts_of(verb)] if works else []
    delivers = works and one.step == TableStep.CONFIRMED and not one.delivered_on
    context = {
        "table": one, "scheme": one.scheme, "weights": weights_words(one.scheme), "method": method_words(one.scheme),
        "rows": [{"row": row, "cells": selectors.own_cells(row, one.scheme, {}), "opens": row.organ_id in read} for row in rows], "names": NAMES.values(),
        "offers": buttons(one, tuple(offered), by=user), "adjusts": works and one.step in AT_WORK, "works": works,
        "objections": selectors.changed(objections), "answers": works and one.step == TableStep.OPEN,
        "fits": repeated(one) == one.digest, "silent": uncompared(one.scheme, rows), "events": Event.objects.of(one).select_related("by", "on_behalf_of"),
        "rounds": list(reversed(Approval.objects.of(one).select_related("submitted_by").prefetch_related(*RELATED))),
        "delivery": (delivery or DeliveryForm(initial={"on": timezone.localdate()})) if delivers else None,
    }  # fmt: skip
    return render(request, "reports/evaluation/table.html", context, status=422 if delivery is not None else 200)


def acts_of(verb: str) -> frozenset[str]:
    """The steps from which a verb starts."""
    from_draft = {"recompute": {TableStep.DRAFT}, "open": {TableStep.DRAFT}, "settle": {TableStep.OPEN}}
    return frozenset(from_draft.get(verb, {TableStep.SETTLED, TableStep.RETURNED}))


@writes
def step(request: HttpRequest, pk: int) -> HttpResponse:
    """One step of the table, named by its button."""
    one, verb = _table(request, pk), request.POST.get("verb", "")
    if verb not in VERBS:
        raise Refused("请使用评估表上的按钮办理。", "A10.5a")
    VERBS[verb][1](one, by=request.user, at=timezone.now())
    messages.success(request, DONE[verb])
    return redirect(one.get_absolute_url())


@writes
def deliver(request: HttpRequest, pk: int) -> HttpResponse:
    """The confirmed result was handed to the office of the yearly appraisal (A10.5b)."""
    one, form = _table(request, pk), DeliveryForm(request.POST)
    if not form.is_valid():
        rules.may_be_delivered(one).enforce()
        return _page(request, one, form)
    acts.deliver_table(one, by=request.user, at=timezone.now(), **form.cleaned_data)
    messages.success(request, "已登记送达。")
    return redirect(one.get_absolute_url())


@reads
def paper(request: HttpRequest, pk: int, form: str) -> HttpResponse:
    """评估表 as PDF, Word or workbook."""
    one = _table(request, pk)
    return send_as(request, form, str(one), lambda: table_paper(one), lambda: table_sheet(one))


# --- one organ's row ---


@reads
def row(request: HttpRequest, pk: int) -> HttpResponse:
    """An organ's own row: its values, the lists behind them, the highest of its group and nothing else of the others."""
    one = _row(request, pk)
    indicator, _, key = request.GET.get("list", "").partition(".")
    part = selectors.part_of(indicator, key)
    if request.GET.get("list") and (part is None or not selectors.may_list(request.user, one, part)):
        raise Http404("no such list")
    lines = selectors.behind(one, indicator, part) if part else []
    correction = selectors.corrected_by(one, indicator, part) if part else ""
    if part:
        title = f"{one.table.year}年评估：{NAMES[indicator]}（{part.label}），{one.organ.name}"
        if not part.key or part.figure in ("evaluated_persons", "evaluated_party_organs"):
            log_access(request, "view", title)
        if request.GET.get("format") == "xlsx":
            log_access(request, "export", title)
            columns = {str(number): word for number, word in enumerate(selectors.headings(part))}
            listed = [{str(n): cell for n, cell in enumerate(line["cells"])} for line in lines]
            return list_as_xlsx(title[:60], columns, [*listed, {"0": correction}] if correction else listed)
    return _row_page(request, one, part=part, indicator=indicator, lines=lines, correction=correction)


def _row_page(request: HttpRequest, one: EvaluationRow, form: ObjectionForm | None = None, part: Any = None, indicator: str = "",
              lines: Any = (), correction: str = "") -> HttpResponse:  # fmt: skip
    table, user = one.table, request.user
    peers = list(table.rows.all())
    objections = list(one.objections.select_related("organ", "filed_by", "proposed_by", "decided_by"))
    objects = has(user, Permission.HEAD, one.organ_id) and bool(rules.window_open(table, timezone.localdate()))
    left = {key: name for key, name in NAMES.items() if key not in {row.indicator for row in objections}}
    found = form or ObjectionForm()
    found.fields["indicator"].choices = list(left.items())  # type: ignore[attr-defined]
    files = objecting.files_of(objections)
    context = {
        "row": one, "table": table, "scheme": table.scheme, "method": method_words(table.scheme), "part": part, "lines": lines,
        "correction": correction,
        "cells": selectors.own_cells(one, table.scheme, highest(table.scheme, peers, one.group)),
        "headings": selectors.headings(part) if part else [], "lead": selectors.lead_of(part) if part else 0, "listed": NAMES.get(indicator, ""),
        "opens": has(user, Permission.READ_RESTRICTED, one.organ_id), "form": found if objects and left else None, "accept": ACCEPT,
        "objections": [{**told, "files": files.get(told["row"].pk, [])} for told in selectors.changed(objections)],
        "ranked": one.group not in uncompared(table.scheme, peers),
        "confirmed": table.step == TableStep.CONFIRMED,
    }  # fmt: skip
    return render(request, "reports/evaluation/row.html", context, status=422 if form is not None else 200)


@writes
def object_to(request: HttpRequest, pk: int) -> HttpResponse:
    """The organ's head objects to one value."""
    one, form = _row(request, pk), ObjectionForm(request.POST)
    if not form.is_valid():
        rules.window_open(one.table, timezone.localdate()).enforce()
        return _row_page(request, one, form)
    data = form.cleaned_data
    objecting.file_objection(
        one,
        data["indicator"],
        reason=data["reason"],
        uploads=request.FILES.getlist("file"),
        by=request.user,
        at=timezone.now(),
    )
    messages.success(request, "已提出异议，由党风政风监督室处理后告知。")
    return redirect(one.get_absolute_url())


@edits
def adjust(request: HttpRequest, pk: int) -> HttpResponse:
    """加减分, 等次 and 评估意见 by 党风政风监督室."""
    one = _row(request, pk)
    start = {"adjustment": one.adjustment, "reason": one.adjustment_reason, "grade": one.grade, "comment": one.comment}
    form = AdjustForm(request.POST or None, initial=start, points=bool(rules.points_may_be_adjusted(one.table)))
    if request.method == "POST" and form.is_valid():
        try:
            acts.adjust_row(one, by=request.user, at=timezone.now(), **form.cleaned_data)
        except Refused as refused:
            refuse_on(form, refused)
        else:
            messages.success(request, f"已保存{one.organ.name}的加减分和意见。")
            return redirect(one.table.get_absolute_url())
    context = {"form": form, "row": one, "table": one.table, "verdict": rules.may_be_adjusted(one.table)}
    return render(request, "reports/evaluation/adjust.html", context, status=422 if form.is_bound else 200)


@reads
def notice(request: HttpRequest, pk: int) -> HttpResponse:
    """评估结果告知书, once the committee has confirmed."""
    return print_found(request, notice_found(request, pk))


def notice_found(request: HttpRequest, pk: int) -> tuple[str, Paper, str]:
    """The same for whichever form is asked: kind of template, paper, name of the file."""
    one = _row(request, pk)
    rules.may_be_delivered(one.table).enforce()
    return "evaluation_notice", notice_paper(one), f"{one.table.year}年质效评估结果告知书（{one.organ.name}）"


# --- objections, from the office's side ---


def _objection(request: HttpRequest, pk: int) -> EvaluationObjection:
    rows = EvaluationObjection.objects.visible_to(request.user)
    return get_object_or_404(
        rows.select_related("organ", "row__table__scheme", "row__organ", "filed_by", "proposed_by", "decided_by"), pk=pk
    )


@edits
def objection(request: HttpRequest, pk: int) -> HttpResponse:
    """What the organ says, and what the office proposes."""
    one = _objection(request, pk)
    form = ProposalForm(request.POST or None, indicator=one.indicator, values=one.row.values.get(one.indicator, {}))
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            objecting.propose(one, data["answer"], reason=data["reason"], values=form.values(), records=data["records"], by=request.user,
                              at=timezone.now())  # fmt: skip
        except Refused as refused:
            refuse_on(form, refused)
        else:
            messages.success(request, "已送本室负责人决定。")
            return redirect(one.row.table.get_absolute_url())
    told = selectors.changed([one])[0]
    context = {
        "objection": one, "told": told, "table": one.row.table, "files": objecting.files_of([one]).get(one.pk, []),
        "form": form if one.step in PENDING else None, "raw": selectors.own_cells(one.row, one.row.table.scheme, {}),
        "decides": has(request.user, Permission.DIRECT, one.organ_id) and one.step == ObjectionStep.PROPOSED and one.proposed_by != request.user,
        "events": Event.objects.of(one).select_related("by", "on_behalf_of"), "proposed": selectors.proposed(one),
        "seen": mark_of(objecting.proposal_words(one)),
    }  # fmt: skip
    return render(request, "reports/evaluation/objection.html", context, status=422 if form.is_bound else 200)


@writes
def decide(request: HttpRequest, pk: int) -> HttpResponse:
    """The head of the office decides as proposed, or sends the proposal back."""
    one = _objection(request, pk)
    objecting.decide(
        one,
        agreed=request.POST.get("verb") == "agree",
        note=request.POST.get("note", ""),
        seen=request.POST.get("seen", ""),
        by=request.user,
        at=timezone.now(),
    )
    messages.success(request, "已作出决定。")
    return redirect(one.row.table.get_absolute_url())
