"""年度政治表现综合评价: the units of a year, one appraisal with its way, its papers. Every reading is on record (A11)."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from accounts.access import log_access
from accounts.http import edits, reads, writes
from accounts.lists import all_of, chosen_order, named_id, page_of, wants_sheet
from accounts.models import Approval, Attachment, Event, Organ, SupervisedUnit
from accounts.permissions import Permission, has, organ_ids, visible_organ_ids
from accounts.roles import REPORTING_KINDS
from accounts.uploads import ACCEPT
from accounts.views.approvals import RELATED
from accounts.views.times import asked_year
from accounts.workflow import Refused, buttons
from accounts.xlsx import list_as_xlsx
from checklists.views.frame import refuse_on
from reports.actions import appraisals as acts
from reports.builders.ecology import appraisal_paper as paper_of
from reports.ecology import facts, rules
from reports.ecology.completeness import COLUMNS as UNIT_COLUMNS
from reports.ecology.completeness import DONE, ORDERS, tally, units_of_year
from reports.ecology.content import appraisal_content, appraisal_shown
from reports.ecology.states import EDITABLE, AppraisalStep, Completeness
from reports.forms.ecology import AppraisalFilter, PromptsForm, ReasonForm
from reports.models import AppraisalPrompts, PerformanceAppraisal, prompts_on
from reports.views.papers import known, send_paper

SHEET = {"name": "被监督单位", "organ__name": "监督单位", "state_label": "状态", "version": "版本", "team": "“一把手”",
         "members": "其他班子成员（人）", "approved_on": "批准日期"}  # fmt: skip
KIND = "appraisal"


def found(request: HttpRequest, pk: int) -> PerformanceAppraisal:
    """An appraisal whose texts the user may read."""
    rows = PerformanceAppraisal.objects.visible_to(request.user)
    return get_object_or_404(rows.select_related("organ", "unit__organ", "created_by"), pk=pk)


def looked(request: HttpRequest, row: PerformanceAppraisal) -> None:
    """Leave the trace of a reading."""
    log_access(request, "view", f"政治表现综合评价：{row}")


# --- the year ---


@reads
def appraisals(request: HttpRequest) -> HttpResponse:
    """The units of a year and where each stands; no word of a text."""
    user, year = request.user, asked_year(request)
    organs = Organ.objects.visible_to(user).filter(kind__in=REPORTING_KINDS)
    filters = AppraisalFilter(request.GET, organs=organs, year=timezone.localdate().year)
    rows = _narrowed(units_of_year(visible_organ_ids(user), year), filters.chosen()).values(*UNIT_COLUMNS)
    order = chosen_order(request.GET.get("sort"), ORDERS)
    if wants_sheet(request.GET):
        log_access(request, "export", f"{year}年度政治表现综合评价完成情况")
        told = [{name: row.get(name) for name in SHEET} for row in map(_told, all_of(rows, order))]
        return list_as_xlsx(f"{year}年度政治表现综合评价完成情况", SHEET, told)
    page = page_of(rows, order, after=request.GET.get("after"))
    drafts, opens = organ_ids(user, Permission.DRAFT), organ_ids(user, Permission.READ_RESTRICTED)
    for row in page.rows:
        _told(row)
        row["startable"] = row["appraisal"] is None and row["organ_id"] in drafts
        row["opens"] = row["appraisal"] is not None and row["organ_id"] in drafts | opens
    lines = tally(visible_organ_ids(user), year)
    shown = {"page": page, "filters": filters, "year": year, "lines": lines if len(lines) > 1 else [],
             "due": sum(line["due"] for line in lines), "approved": sum(line["approved"] for line in lines),
             "sets_prompts": _office(user) is not None}  # fmt: skip
    return render(request, "reports/ecology/appraisals.html", shown)


def _narrowed(rows: Any, chosen: dict[str, Any]) -> Any:
    if organ := chosen.get("organ"):
        rows = rows.filter(organ=organ)
    if state := chosen.get("state"):
        rows = rows.filter(state=state)
    return rows.filter(Q(name__contains=chosen["q"]) | Q(organ__name__contains=chosen["q"])) if "q" in chosen else rows


def _told(row: dict[str, Any]) -> dict[str, Any]:
    """The row in words; whether 一把手 is written about, never what."""
    row["state_label"] = Completeness(row["state"]).label
    row["tone"] = "done" if row["state"] in DONE else "active" if row["state"] == Completeness.SUBMITTED else ""
    row["team"] = "空缺" if row["vacant"] else "已写" if row["top"] else "未写"
    row["members"] = row["members"] or 0
    row["approved_on"] = timezone.localdate(row["approved_at"]) if row["approved_at"] else None
    return row


@writes
def appraisal_start(request: HttpRequest) -> HttpResponse:
    """An organ begins to write about one of its units."""
    if named_id(request.POST, "unit") is None:
        raise Refused("请在列表中选择要评价的被监督单位。", rules.BASIS)
    unit = get_object_or_404(SupervisedUnit.objects.visible_to(request.user), pk=named_id(request.POST, "unit"))
    made = acts.start_appraisal(unit, asked_year(request), by=request.user, at=timezone.now())
    messages.success(request, "已建立，请分别撰写领导班子、“一把手”和综合评价。")
    return redirect(made.get_absolute_url())


def _office(user: Any) -> Organ | None:
    ids = organ_ids(user, Permission.COORDINATE) & {user.organ_id}
    row = Organ.objects.visible_to(user).filter(pk__in=ids).first()
    return row if row is not None and row.is_cso else None


@edits
def appraisal_prompts(request: HttpRequest) -> HttpResponse:
    """What the four texts are to say, worded by 党风政风监督室 from a day on."""
    organ = _office(request.user)
    if organ is None:
        raise Http404("not of 党风政风监督室")
    initial = {"valid_from": timezone.localdate(), **prompts_on(organ, timezone.localdate())}
    form = PromptsForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            acts.set_prompts(organ, by=request.user, at=timezone.now(), **form.cleaned_data)
        except Refused as refused:
            refuse_on(form, refused)
        else:
            messages.success(request, "已设置撰写提示。")
            return redirect("reports:appraisal_prompts")
    past = AppraisalPrompts.objects.filter(organ=organ).select_related("changed_by")
    shown = {"form": form, "past": past}
    return render(request, "reports/ecology/prompts.html", shown, status=422 if form.errors else 200)


# --- one unit ---


@reads
def appraisal(request: HttpRequest, pk: int) -> HttpResponse:
    """The texts as they stand or as they were sent up, the year's facts, the way."""
    return _page(request, found(request, pk))


def _page(request: HttpRequest, row: PerformanceAppraisal, form: ReasonForm | None = None) -> HttpResponse:
    user, content = request.user, appraisal_shown(row, at=timezone.now())
    looked(request, row)
    drafts, editable = has(user, Permission.DRAFT, row.organ_id), row.step in EDITABLE
    rounds = Approval.objects.of(row).select_related("submitted_by").prefetch_related(*RELATED)
    abouts = {one["about"] for one in content["texts"]}
    context = {
        "appraisal": row, "content": content, "texts": [_opened(one) for one in content["texts"]], "drafts": drafts, "editable": editable,
        "facts": facts.facts(row.unit, row.year, user, today=timezone.localdate()),
        "lacking": {"team": "team" not in abouts, "top_leader": "top_leader" not in abouts},
        "offers": buttons(row, ("submit",), by=user) if drafts and editable else [], "rounds": list(reversed(rounds)),
        "correction": (form or ReasonForm()) if drafts and row.step == AppraisalStep.APPROVED else None,
        "events": Event.objects.of(row).select_related("by", "on_behalf_of"), "accept": ACCEPT,
        "files": Attachment.objects.visible_to(user).of(row).values("pk", "name", "size"),
        "versions": PerformanceAppraisal.objects.visible_to(user).filter(unit=row.unit, year=row.year).exclude(pk=row.pk),
    }  # fmt: skip
    return render(request, "reports/ecology/appraisal.html", context, status=422 if form is not None else 200)


def _opened(one: dict[str, Any]) -> dict[str, Any]:
    """A text with the pages of the records that it names."""
    links = [entry | {"address": facts.address(entry["key"], entry["ref"])} for entry in one["evidence"]]
    return one | {"links": links}


@reads
def appraisal_paper(request: HttpRequest, pk: int, form: str) -> HttpResponse:
    """综合评价 as PDF or Word, the reader's name on every page."""
    user: Any = request.user
    row, kind = found(request, pk), known(form)
    if kind == "xlsx":
        raise Http404("no such paper")
    content = appraisal_shown(row, at=timezone.now())
    if row.step in EDITABLE:
        content = appraisal_content(row, at=timezone.now(), with_facts=True)
    return send_paper(request, KIND, paper_of(row, content, printed_by=user.full_name), str(row), kind)


@writes
def appraisal_files(request: HttpRequest, pk: int) -> HttpResponse:
    """A file for the circle of the text's readers."""
    row = own(request, pk)
    acts.attach_to_appraisal(row, request.FILES.get("file"), by=request.user, at=timezone.now())
    messages.success(request, "已上传。材料只对撰写单位和有权人员开放。")
    return redirect(row.get_absolute_url())


def own(request: HttpRequest, pk: int) -> PerformanceAppraisal:
    """An appraisal that the user's organ writes."""
    ids = organ_ids(request.user, Permission.DRAFT)
    rows = PerformanceAppraisal.objects.visible_to(request.user).filter(organ_id__in=ids)
    return get_object_or_404(rows.select_related("organ", "unit__organ"), pk=pk)


@writes
def appraisal_submit(request: HttpRequest, pk: int) -> HttpResponse:
    """层报审批 (AMB-14)."""
    row = own(request, pk)
    acts.submit_appraisal(row, by=request.user, at=timezone.now())
    messages.success(request, "已送本单位负责人签批，正文已锁定；签批后依次送协管常委、委员和分管副书记。")
    return redirect(row.get_absolute_url())


@writes
def appraisal_correct(request: HttpRequest, pk: int) -> HttpResponse:
    """A new version of an approved appraisal, with its reason."""
    row, form = own(request, pk), ReasonForm(request.POST)
    if not form.is_valid():
        rules.may_be_corrected(row).enforce()
        return _page(request, row, form)
    made = acts.correct_appraisal(row, by=request.user, at=timezone.now(), **form.cleaned_data)
    messages.success(request, "已起草更正版，修改后重新层报审批；现行评价在更正版批准前继续有效。")
    return redirect(made.get_absolute_url())
