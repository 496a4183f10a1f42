"""监督检查情况报告: the list, one report with its clock, the editor, the way up and before the committee."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from accounts.access import log_access
from accounts.citations import chinese_number
from accounts.http import edits, reads, writes
from accounts.lists import all_of, chosen_order, page_of, wants_sheet
from accounts.models import Approval, Event
from accounts.permissions import Permission, has, organ_ids
from accounts.views.approvals import RELATED, pieces
from accounts.workflow import Refused, buttons, may
from accounts.xlsx import list_as_xlsx
from supervision.actions.reporting import reports as acts
from supervision.actions.reporting.supplements import send_back_report
from supervision.forms.reports import NewReportForm, ReportFilter, ReportForm, StudyForm, TableForm
from supervision.models import CommitteeReturn, CopyOut, InspectionReport, Round
from supervision.reporting import rules
from supervision.reporting import text as report_text
from supervision.reporting.selectors import ORDERS, before_committee, filtered, report_rows
from supervision.reporting.ten_days import ten_days
from supervision.rounds.states import CopyOutKind, ReportKind, ReportStep

EXPORT = {
    "organ__name": "牵头单位", "title": "报告", "kind_word": "类别", "unit__name": "被监督单位", "problem_count": "问题数",
    "approved_on": "批准日期", "due_on": "提交期限", "submitted_on": "提交日期", "words": "期限状态", "late_reason": "逾期原因",
    "studied_on": "研判日期", "state": "状态",
}  # fmt: skip
CHIPS = (("", "全部"), ("draft", "起草中"), ("submitted", "审批中"), ("waiting", "待提交常委会"), ("sc_submitted", "待研判"),
         ("studied", "已研判"))  # fmt: skip


def _report(request: HttpRequest, pk: int) -> InspectionReport:
    rows = InspectionReport.objects.visible_to(request.user)
    related = ("round__item", "organ", "unit", "created_by", "submitted_by", "resolution")
    return get_object_or_404(rows.select_related(*related), pk=pk)


def _own_report(request: HttpRequest, pk: int) -> InspectionReport:
    rows = InspectionReport.objects.visible_to(request.user).filter(
        organ_id__in=organ_ids(request.user, Permission.DRAFT)
    )
    return get_object_or_404(rows.select_related("round__item", "organ", "unit"), pk=pk)


# --- the list ---


@reads
def reports(request: HttpRequest) -> HttpResponse:
    """Every report the user may read, with the state of its ten days."""
    filters, clock, today = ReportFilter(request.GET, user=request.user), ten_days(), timezone.localdate()
    found = report_rows(filtered(InspectionReport.objects.visible_to(request.user), filters.chosen()))
    order = chosen_order(request.GET.get("sort"), ORDERS)
    if wants_sheet(request.GET):
        log_access(request, "export", "监督检查情况报告目录")
        return list_as_xlsx(
            "监督检查情况报告目录", EXPORT, [_spoken(row, clock, today) for row in all_of(found, order)]
        )
    page = page_of(found, order, after=request.GET.get("after"))
    for row in page.rows:
        _spoken(row, clock, today)
    state = request.GET.get("step", "")
    chips = [{"label": label, "address": f"?step={key}" if key else "?", "on": state == key} for key, label in CHIPS]
    return render(request, "supervision/reports/list.html", {"page": page, "filters": filters, "chips": chips})


def _spoken(row: dict[str, Any], clock: Any, today: Any) -> dict[str, Any]:
    row |= {"state": ReportStep(row["step"]).label, "kind_word": ReportKind(row["kind"]).label}
    row |= {"clock": clock.state(row, on=today)}
    row |= {
        "words": row["clock"].get("words", ""),
        "approved_on": timezone.localdate(row["approved_at"]) if row["approved_at"] else None,
    }
    return row


# --- one report ---


@reads
def report(request: HttpRequest, pk: int) -> HttpResponse:
    """The report as it stands, its clock, and what can be done now."""
    return _page(request, _report(request, pk))


def _page(request: HttpRequest, row: InspectionReport, refused: TableForm | None = None) -> HttpResponse:
    """The page of a report; `refused` is the form of its submission as it came back."""
    table = refused or TableForm(initial={"submitted_on": timezone.localdate()})
    rounds = Approval.objects.of(row).select_related("submitted_by").prefetch_related(*RELATED)
    copies = list(CopyOut.objects.visible_to(request.user).filter(report=row))
    shown = {
        "report": row, "sections": sections_of(row), "problems": listed(row), "rounds": list(reversed(rounds)),
        "events": Event.objects.of(row).select_related("by", "on_behalf_of"), "copies": copies, "returns": _returns(row),
        "editable": rules.is_editable(row), "may_draft": has(request.user, Permission.DRAFT, row.organ_id),
        "coordinates": has(request.user, Permission.COORDINATE, row.organ_id),
        "may_copy": _may_copy(request.user, row, copies),
        "missing": acts.missing_from_list(row) if row.step in rules.EDITABLE else 0,
        "offers": buttons(row, ("submit",), by=request.user) if row.step in rules.EDITABLE else [],
        "restricted": may_read_assessments(request.user, row),
        "assessments": row.assessments.count(),
        "table_form": table if may(row, "table", by=request.user) else None,
        **clock_of(row, copies),
    }  # fmt: skip
    return render(request, "supervision/reports/report.html", shown, status=422 if refused else 200)


def _may_copy(user: Any, row: InspectionReport, copies: list[CopyOut]) -> bool:
    """党风政风监督室 drafts one copy to the county's leaders, once the report is approved (A9.7b)."""
    there = any(copy.kind == CopyOutKind.LEADERS for copy in copies)
    return bool(row.approved_at) and not there and has(user, Permission.COORDINATE, row.organ_id)


def clock_of(row: InspectionReport, copies: list[CopyOut]) -> dict[str, Any]:
    """The ten days of one report, for its panel."""
    copied = min(
        (copy.issued_on for copy in copies if copy.issued_on and copy.kind == CopyOutKind.LEADERS), default=None
    )
    return {"clock": ten_days().card(row, on=timezone.localdate(), copied_on=copied)}


def sections_of(row: InspectionReport) -> list[dict[str, str]]:
    """The five parts in the order of the paper: as written while it is a draft, as signed afterwards."""
    kept = row.content.get("sections", {}) if row.step not in rules.EDITABLE else {}
    parts = [
        {"name": name, "heading": heading, "text": kept.get(name, getattr(row, name))}
        for name, heading in rules.SECTIONS.items()
    ]
    marker = {"name": "", "heading": "政治表现综合评价", "text": report_text.MARKER}
    return [part | {"numeral": chinese_number(n)} for n, part in enumerate([*parts[:3], marker, *parts[3:]], 1)]


def listed(row: InspectionReport) -> list[dict[str, str]]:
    """问题清单: the frozen rows, or those of today while it is a draft."""
    kept = row.content.get("problems") if row.step not in rules.EDITABLE else None
    return kept if kept is not None else report_text.problem_lines(row)


def may_read_assessments(user: Any, row: InspectionReport) -> bool:
    """Texts about persons: holders of the restricted right, and the organ's drafters as authors (section 6)."""
    return has(user, Permission.READ_RESTRICTED, row.organ_id) or has(user, Permission.DRAFT, row.organ_id)


@edits
def report_new(request: HttpRequest, pk: int) -> HttpResponse:
    """Draft a report of a round from what is on record (A9.6a)."""
    rows = Round.objects.visible_to(request.user).filter(organ_id__in=organ_ids(request.user, Permission.DRAFT))
    round = get_object_or_404(rows.select_related("organ", "item"), pk=pk)
    form = NewReportForm(request.POST or None, round=round)
    if request.method == "POST" and form.is_valid():
        try:
            made = acts.draft_report(round, by=request.user, at=timezone.now(), **form.cleaned_data)
        except Refused as refused:
            form.add_error(None, refused.full)
        else:
            messages.success(request, "已按台账、检查记录和问题生成初稿，请逐节核对修改。")
            return redirect("supervision:report_edit", made.pk)
    shown = {"form": form, "round": round, "refusal": rules.may_be_reported(round)}
    return render(request, "supervision/reports/new.html", shown, status=422 if form.errors else 200)


@edits
def report_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """The editor: four sections, kept in the browser while they are typed."""
    row = _own_report(request, pk)
    initial = {name: getattr(row, name) for name in ("title", *rules.SECTIONS)}
    form = ReportForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            acts.edit_report(row, form.cleaned_data, by=request.user, at=timezone.now())
        except Refused as refused:
            form.add_error(None, refused.full)
        else:
            messages.success(request, "已保存报告。")
            return redirect(row.get_absolute_url())
    shown = {"form": form, "report": row, "refusal": rules.is_editable(row), "missing": acts.missing_from_list(row)}
    return render(request, "supervision/reports/edit.html", shown, status=422 if form.errors else 200)


@edits
def report_section(request: HttpRequest, pk: int, section: str) -> HttpResponse:
    """重新生成 of one section: the difference first, then the replacement."""
    row = _own_report(request, pk)
    if section not in rules.SECTIONS:
        raise Http404("no such section")
    if request.method == "POST":
        acts.redraft_section(row, section, by=request.user, at=timezone.now())
        messages.success(request, f"已重新生成“{rules.SECTIONS[section]}”。")
        return redirect("supervision:report_edit", row.pk)
    fresh = report_text.WRITERS[section](row)
    shown = {"report": row, "heading": rules.SECTIONS[section], "pieces": pieces(getattr(row, section), fresh), "refusal": rules.is_editable(row),
             "same": fresh == getattr(row, section), "missing": acts.missing_from_list(row) if section == "findings_text" else 0}  # fmt: skip
    return render(request, "supervision/reports/section.html", shown)


# --- verbs ---


@writes
def report_submit(request: HttpRequest, pk: int) -> HttpResponse:
    """层报审批 (A9.6d)."""
    row = _report(request, pk)
    acts.submit_report(row, by=request.user, at=timezone.now())
    messages.success(request, "已送本单位负责人签批。批准前内容锁定。")
    return redirect(row.get_absolute_url())


@writes
def report_important(request: HttpRequest, pk: int) -> HttpResponse:
    """重要情况、重大问题 (A9.7c)."""
    row = _report(request, pk)
    important = request.POST.get("important") == "1"
    acts.mark_important(row, important=important, by=request.user, at=timezone.now())
    messages.success(request, "已认定，请在“抄报”中登记向县委常委会报告的日期。" if important else "已取消认定。")
    return redirect(row.get_absolute_url())


@writes
def report_table(request: HttpRequest, pk: int) -> HttpResponse:
    """提交县纪委常委会 (A9.7a)."""
    row, form = _report(request, pk), TableForm(request.POST)
    may(row, "table", by=request.user).enforce()
    try:
        if form.is_valid():
            acts.table_report(row, by=request.user, at=timezone.now(), **form.cleaned_data)
    except Refused as refused:
        form.add_error("late_reason" if "逾期原因" in refused.full else None, refused.full)
    if form.errors:
        return _page(request, row, form)
    messages.success(request, "已登记提交县纪委常委会，常委会秘书会收到提醒。")
    return redirect(row.get_absolute_url())


# --- the committee's secretary ---


@reads
def committee_reports(request: HttpRequest) -> HttpResponse:
    """Reports on the committee's table, those that wait first."""
    rows: Any = before_committee(request.user)
    waiting = Q(step=ReportStep.SC_SUBMITTED)
    columns = ("pk", "title", "organ__name", "submitted_on", "studied_on", "due_on")
    shown = {
        "waiting": rows.filter(waiting).values(*columns)[:100],
        "studied": rows.exclude(waiting).order_by("-studied_on").values(*columns)[:50],
    }
    return render(request, "supervision/reports/committee.html", shown)


@edits
def report_study(request: HttpRequest, pk: int) -> HttpResponse:
    """The report as approved, and the form that records the committee's study (A9.7a)."""
    row = get_object_or_404(
        before_committee(request.user).select_related("organ", "round__item", "unit", "resolution"), pk=pk
    )
    form = StudyForm(request.POST or None, today=timezone.localdate())
    if request.method == "POST" and form.is_valid():
        try:
            acts.study_report(row, by=request.user, at=timezone.now(), **form.cleaned_data)
        except Refused as refused:
            form.add_error(None, refused.full)
        else:
            messages.success(request, "研判意见已登记，党风政风监督室和牵头单位会收到提醒。")
            return redirect("supervision:committee_reports")
    shown = {"form": form, "report": row, "sections": sections_of(row), "problems": listed(row), "returns": _returns(row),
             "back_form": StudyForm(prefix="back", today=timezone.localdate()), **clock_of(row, [])}  # fmt: skip
    return render(request, "supervision/reports/study.html", shown, status=422 if form.errors else 200)


def _returns(row: InspectionReport) -> list[CommitteeReturn]:
    return list(CommitteeReturn.objects.filter(report=row, report__organ_id=row.organ_id))


@writes
def report_send_back(request: HttpRequest, pk: int) -> HttpResponse:
    """退回补充: the committee wants more; the report goes back to its authors (A9.7a)."""
    row = get_object_or_404(before_committee(request.user).select_related("organ", "round__item"), pk=pk)
    form = StudyForm(request.POST, prefix="back", today=timezone.localdate())
    if not form.is_valid():
        raise Refused("退回补充须填写会议日期和意见，请补齐后再登记。", "A9.7a")
    send_back_report(row, by=request.user, at=timezone.now(), **form.cleaned_data)
    messages.success(request, "已退回补充，党风政风监督室和牵头单位会收到会议意见。")
    return redirect("supervision:committee_reports")
