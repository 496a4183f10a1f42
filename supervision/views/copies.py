"""抄报: the register, one copy, issue, meeting of 县委常委会, instructions that came back (A9.7b-c)."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from accounts.access import log_access
from accounts.forms.asking import asked
from accounts.http import edits, reads, writes
from accounts.lists import all_of, page_of, wants_sheet
from accounts.models import Event
from accounts.permissions import Permission, has, organ_ids
from accounts.workflow import Refused
from accounts.xlsx import list_as_xlsx
from supervision.actions.documents.numbering import known_prefix
from supervision.actions.reporting import copies as acts
from supervision.documents.kinds import COPY_OUT
from supervision.forms.copies import CopyFilter, CopyForm, InstructionForm, IssueForm, MeetingForm
from supervision.models import CopyOut, InspectionReport, LeaderInstruction
from supervision.reporting.rules import has_been_studied
from supervision.rounds.states import CopyOutKind

COLUMNS = (
    "pk", "kind", "report_id", "report__title", "report__organ__name", "recipients", "doc_no", "signed_by", "issued_on", "meeting_on",
    "report__approved_at", "count",
)  # fmt: skip
EXPORT = {
    "kind_word": "类别", "report__title": "报告", "report__organ__name": "牵头单位", "recipients": "主送", "doc_no": "文号",
    "signed_by": "签发人", "issued_on": "印发日期", "elapsed": "批准后天数", "meeting_on": "县委常委会日期", "count": "批示数",
}  # fmt: skip
ORDER = ("-pk",)


def _copy(request: HttpRequest, pk: int) -> CopyOut:
    rows = CopyOut.objects.visible_to(request.user)
    return get_object_or_404(
        rows.select_related("report__organ", "report__round", "report__resolution", "organ"), pk=pk
    )


def _cleaned(form: forms.Form, article: str) -> dict[str, Any]:
    if not form.is_valid():
        name, errors = next(iter(form.errors.items()))
        label = form.fields[name].label if name in form.fields else ""
        raise Refused(f"{label}：{errors[0]}", article)
    return form.cleaned_data


@reads
def copies(request: HttpRequest) -> HttpResponse:
    """Who got what, when, and how long after approval."""
    filters = CopyFilter(request.GET or None)
    found: Any = (
        _filtered(CopyOut.objects.visible_to(request.user), filters)
        .annotate(count=Count("instructions"))
        .values(*COLUMNS)
    )
    if wants_sheet(request.GET):
        log_access(request, "export", "抄报登记")
        return list_as_xlsx("抄报登记", EXPORT, [_spoken(row) for row in all_of(found, ORDER)])
    page = page_of(found, ORDER, after=request.GET.get("after"))
    for row in page.rows:
        _spoken(row)
    return render(request, "supervision/copies/list.html", {"page": page, "filters": filters})


def _filtered(rows: Any, filters: CopyFilter) -> Any:
    chosen = asked(filters)
    done = Q(issued_on__isnull=False) | Q(meeting_on__isnull=False)
    if chosen.get("kind"):
        rows = rows.filter(kind=chosen["kind"])
    if chosen.get("state"):
        rows = rows.filter(done) if chosen["state"] == "done" else rows.exclude(done)
    if q := chosen.get("q"):
        rows = rows.filter(Q(report__title__contains=q) | Q(recipients__contains=q) | Q(doc_no__contains=q))
    return rows


def _spoken(row: dict[str, Any]) -> dict[str, Any]:
    row["kind_word"] = "抄报" if row["kind"] == CopyOutKind.LEADERS else "向县委常委会报告"
    approved, end = row["report__approved_at"], row["issued_on"] or row["meeting_on"] or timezone.localdate()
    row["elapsed"] = (end - timezone.localdate(approved)).days if approved else None
    return row


@writes
def copy_new(request: HttpRequest, pk: int) -> HttpResponse:
    """Draft a copy from a report (A9.7b)."""
    report = get_object_or_404(
        InspectionReport.objects.visible_to(request.user).select_related("organ", "resolution"), pk=pk
    )
    made = acts.draft_copy(report, by=request.user, at=timezone.now())
    messages.success(request, "已按报告和研判意见生成抄报件，请核对。")
    return redirect(acts.copy_url(made))


@edits
def copy(request: HttpRequest, pk: int) -> HttpResponse:
    """One copy: written until it is issued, then with what came back."""
    row = _copy(request, pk)
    may = acts.may_keep(request.user, row.report)
    form = CopyForm(request.POST or None, initial={name: getattr(row, name) for name in acts.FIELDS})
    if request.method == "POST" and form.is_valid():
        try:
            acts.edit_copy(row, form.cleaned_data, by=request.user, at=timezone.now())
        except Refused as refused:
            form.add_error(None, refused.full)
        else:
            messages.success(request, "已保存抄报件。")
            return redirect(acts.copy_url(row))
    today = timezone.localdate()
    shown = {
        "copy": row, "form": form, "may": may, "studied": has_been_studied(row.report), "elapsed": _elapsed(row),
        "issue_form": IssueForm(initial={"issued_on": today}), "meeting_form": MeetingForm(initial={"meeting_on": today}),
        "instruction_form": InstructionForm(initial={"given_on": today}), "instructions": list(row.instructions.select_related("created_by")),
        "numbers": has(request.user, Permission.NUMBER, row.organ_id), "open": not (row.issued_on or row.meeting_on or row.void_reason),
        "prefix": known_prefix(row.name_organ, COPY_OUT, today.year),
        "events": Event.objects.of(row).select_related("by", "on_behalf_of"),
    }  # fmt: skip
    return render(request, "supervision/copies/copy.html", shown, status=422 if form.errors else 200)


def _elapsed(row: CopyOut) -> int | None:
    approved = row.report.approved_at
    end = row.issued_on or row.meeting_on or timezone.localdate()
    return (end - timezone.localdate(approved)).days if approved else None


@writes
def copy_number(request: HttpRequest, pk: int) -> HttpResponse:
    """编号, by the document clerk (A9.7b)."""
    row = _copy(request, pk)
    number = acts.number_copy(row, by=request.user, at=timezone.now(), prefix=request.POST.get("mark", ""))
    messages.success(request, f"已编号：{number}，已登记在发文登记簿。")
    return redirect(acts.copy_url(row))


@writes
def copy_void(request: HttpRequest, pk: int) -> HttpResponse:
    """作废 before issue."""
    row = _copy(request, pk)
    acts.void_copy(row, by=request.user, at=timezone.now(), reason=request.POST.get("reason", ""))
    messages.success(request, "已作废，号码不再使用。")
    return redirect(acts.copy_url(row))


@writes
def copy_issue(request: HttpRequest, pk: int) -> HttpResponse:
    """印发 (A9.7b)."""
    row = _copy(request, pk)
    acts.issue_copy(row, by=request.user, at=timezone.now(), **_cleaned(IssueForm(request.POST), "A9.7b"))
    messages.success(request, "已登记印发。")
    return redirect(acts.copy_url(row))


@writes
def copy_meeting(request: HttpRequest, pk: int) -> HttpResponse:
    """向县委常委会报告 (A9.7c)."""
    row = _copy(request, pk)
    acts.record_meeting(row, by=request.user, at=timezone.now(), **_cleaned(MeetingForm(request.POST), "A9.7c"))
    messages.success(request, "已登记向县委常委会报告。")
    return redirect(acts.copy_url(row))


@writes
def copy_instruction(request: HttpRequest, pk: int) -> HttpResponse:
    """领导批示 (A9.7b)."""
    row = _copy(request, pk)
    acts.record_instruction(row, by=request.user, at=timezone.now(), **_cleaned(InstructionForm(request.POST), "A9.7b"))
    messages.success(request, "已登记批示，牵头单位会收到提醒。")
    return redirect(acts.copy_url(row))


@writes
def instruction_follow_up(request: HttpRequest, pk: int) -> HttpResponse:
    """What was done about an instruction."""
    rows = LeaderInstruction.objects.filter(
        copy_out__in=CopyOut.objects.visible_to(request.user), copy_out__report__organ_id__in=_writers(request)
    )
    row = get_object_or_404(rows.select_related("copy_out__report__organ"), pk=pk)
    acts.follow_up(row, by=request.user, at=timezone.now(), text=request.POST.get("follow_up", ""))
    messages.success(request, "已登记落实情况。")
    return redirect(acts.copy_url(row.copy_out))


def _writers(request: HttpRequest) -> frozenset[int]:
    return organ_ids(request.user, Permission.COORDINATE) | organ_ids(request.user, Permission.DRAFT)
