"""年度政治生态分析报告: its parts, the compiled appraisals, its way, the register of its copies (A11)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from accounts.access import log_access
from accounts.http import edits, reads, writes
from accounts.lists import wants_sheet
from accounts.models import Approval, Event, Organ, User
from accounts.permissions import Permission, has, organ_ids
from accounts.views.approvals import RELATED
from accounts.views.times import asked_year
from accounts.workflow import Refused, buttons
from accounts.writing.overtaking import mark_of
from accounts.xlsx import list_as_xlsx
from checklists.views.frame import office_of, refuse_on
from reports.actions import ecology as acts
from reports.builders.ecology import ecology_paper as paper_of
from reports.ecology import rules
from reports.ecology.completeness import tally
from reports.ecology.content import numbered, problems_in, report_shown
from reports.ecology.readers import readers_of
from reports.ecology.states import IN_FORCE, REPORT_EDITABLE, REPORT_UNDER_WAY, EcologyStep, Receiver
from reports.forms.ecology import CompileForm, DispatchForm, OutlineForm, ReasonForm, ReceiptForm, SectionForm
from reports.models import EcologyDispatch, EcologyReport
from reports.views.papers import known, send_paper
from supervision.models import Problem
from supervision.states import Severity

OFFERED = 60  # problems that a part's page offers to tick; others are typed by number
SHEET = {"year": "年度", "version": "版本", "state": "状态", "units": "纳入单位（个）", "missing": "未纳入单位（个）", "passed_on": "常委会通过",
         "sent": "报送（份）", "received": "回执（份）"}  # fmt: skip


def _report(request: HttpRequest, pk: int) -> EcologyReport:
    rows = EcologyReport.objects.visible_to(request.user)
    return get_object_or_404(rows.select_related("organ", "resolution", "created_by"), pk=pk)


def _own(request: HttpRequest, pk: int) -> EcologyReport:
    """A report that the user's office writes."""
    ids = organ_ids(request.user, Permission.DRAFT)
    rows = EcologyReport.objects.visible_to(request.user).filter(organ_id__in=ids)
    return get_object_or_404(rows.select_related("organ", "resolution", "created_by"), pk=pk)


def _looked(request: HttpRequest, row: EcologyReport) -> None:
    log_access(request, "view", f"政治生态分析报告：{row}")


# --- the years ---


@reads
def ecology(request: HttpRequest) -> HttpResponse:
    """The reports of all years with their state; no word of a text."""
    user = request.user
    rows = EcologyReport.objects.visible_to(user).select_related("resolution").prefetch_related("dispatches")
    told = [_line(row) for row in rows]
    if wants_sheet(request.GET):
        log_access(request, "export", "年度政治生态分析报告登记表")
        return list_as_xlsx("年度政治生态分析报告登记表", SHEET, [{name: row[name] for name in SHEET} for row in told])
    office, today = (
        Organ.objects.visible_to(user).filter(pk__in=organ_ids(user, Permission.DRAFT)).first(),
        timezone.localdate(),
    )
    drafts = office is not None and office.is_cso
    there = {row["year"] for row in told if not row["dropped"]}
    years = [year for year in (today.year, today.year - 1) if year not in there] if drafts else []
    return render(request, "reports/ecology/reports.html", {"rows": told, "years": years})


def _line(row: EcologyReport) -> dict[str, Any]:
    copies = list(row.dispatches.all())
    return {
        "pk": row.pk, "year": row.year, "version": row.version, "state": row.get_step_display(), "units": len(row.units) if row.compiled_at else None,
        "missing": len(row.missing) if row.compiled_at else None, "passed_on": row.resolution.meeting_on if row.resolution else None, "sent": len(copies),
        "received": sum(1 for one in copies if one.received_on), "name": str(row),
        "dropped": row.step == EcologyStep.DROPPED,
        "tone": "faint" if row.step == EcologyStep.DROPPED else "done" if row.step == EcologyStep.FILED else "active" if row.step in IN_FORCE else "",
    }  # fmt: skip


@writes
def ecology_start(request: HttpRequest) -> HttpResponse:
    """党风政风监督室 begins the report of a year."""
    office, year = office_of(request), asked_year(request)
    there = EcologyReport.objects.filter(organ=office, year=year, step__in=REPORT_UNDER_WAY).first()
    if there is not None:
        messages.info(
            request,
            f"{there}{there.get_step_display()}，请在这一份上办理。{'不要的可以作废。' if there.step in REPORT_EDITABLE else ''}",
        )
        return redirect(there.get_absolute_url())
    made = acts.draft_report(office, year, by=request.user, at=timezone.now())
    messages.success(request, "已建立报告，请逐部分撰写，并汇编各单位已批准的综合评价。")
    return redirect(made.get_absolute_url())


# --- one report ---


@reads
def ecology_report(request: HttpRequest, pk: int) -> HttpResponse:
    """The report as it stands or as it went up; the appraisals only by the restricted right."""
    return _page(request, _report(request, pk))


def _page(request: HttpRequest, row: EcologyReport, **bound: Any) -> HttpResponse:
    user, content = request.user, report_shown(row, at=timezone.now())
    _looked(request, row)
    drafts, editable = has(user, Permission.DRAFT, row.organ_id), row.step in REPORT_EDITABLE
    rounds = Approval.objects.of(row).select_related("submitted_by").prefetch_related(*RELATED)
    ids = Organ.objects.within(row.organ.county()).values_list("pk", flat=True)
    lines = tally(ids, row.year) if editable else []
    context = {
        "report": row, "content": content, "parts": numbered(content), "drafts": drafts, "editable": editable,
        "full": has(user, Permission.READ_RESTRICTED, row.organ_id), "rounds": list(reversed(rounds)),
        "due": sum(line["due"] for line in lines), "approved": sum(line["approved"] for line in lines),
        "offers": buttons(row, ("submit",), by=user) if drafts and editable else [],
        "compiling": CompileForm(initial={"missing_reason": row.missing_reason}) if drafts and editable else None,
        "correction": bound.get("correction") or (ReasonForm() if drafts and row.step in IN_FORCE else None),
        "copies": EcologyDispatch.objects.visible_to(user).filter(report=row), "passed": row.approved_at is not None,
        "out": rules.still_out(row) if row.step in (EcologyStep.APPROVED, EcologyStep.DISPATCHED) else [],
        "events": Event.objects.of(row).select_related("by", "on_behalf_of"),
    }  # fmt: skip
    return render(request, "reports/ecology/report.html", context, status=422 if bound else 200)


@reads
def ecology_paper(request: HttpRequest, pk: int, form: str) -> HttpResponse:
    """The whole report as PDF or Word, for holders of the restricted right; `?copy=own` with the register of what was sent."""
    rows = EcologyReport.objects.visible_to(request.user).filter(
        organ_id__in=organ_ids(request.user, Permission.READ_RESTRICTED)
    )
    row, kind = get_object_or_404(rows.select_related("organ", "resolution"), pk=pk), known(form)
    if kind == "xlsx":
        raise Http404("no such paper")
    own = request.GET.get("copy") == "own" and row.approved_at is not None
    copies = list(EcologyDispatch.objects.visible_to(request.user).filter(report=row)) if own else None
    paper = paper_of(row, report_shown(row, at=timezone.now()), copies, printed_by=request.user.full_name)
    return send_paper(request, "ecology_report", paper, f"{row}{'（留存件）' if own else ''}", kind)


@edits
def ecology_outline(request: HttpRequest, pk: int) -> HttpResponse:
    """The parts of this year's report."""
    row = _own(request, pk)
    form = OutlineForm(request.POST or None, initial={"headings": "\n".join(part["heading"] for part in row.sections)})
    if request.method == "POST" and form.is_valid():
        try:
            acts.set_outline(row, form.cleaned_data["headings"].splitlines(), by=request.user, at=timezone.now())
        except Refused as refused:
            refuse_on(form, refused)
        else:
            messages.success(request, "已设置各部分。")
            return redirect(row.get_absolute_url())
    return _form_page(request, row, form, "设置各部分", "保存各部分")


def _form_page(
    request: HttpRequest,
    row: EcologyReport,
    form: Any,
    title: str,
    button: str,
    readers: Sequence[User] = (),
    copy: EcologyDispatch | None = None,
) -> HttpResponse:
    full = has(request.user, Permission.READ_RESTRICTED, row.organ_id)
    context = {
        "form": form,
        "report": row,
        "title": title,
        "button": button,
        "readers": readers,
        "full": full,
        "copy": copy,
    }
    return render(request, "reports/ecology/form.html", context, status=422 if form.is_bound else 200)


@edits
def ecology_section(request: HttpRequest, pk: int, key: str) -> HttpResponse:
    """One part: its words and the problems that it leans on."""
    row = _own(request, pk)
    part = next((part for part in row.sections if part["key"] == key), None)
    if part is None:
        raise Http404(key)
    form = SectionForm(request.POST or None, initial={"text": part["text"]})
    seen = request.POST.get("seen") or mark_of({part["heading"]: part["text"]})
    ticked = (
        [int(word) for word in request.POST.getlist("problems") if word.isdecimal()]
        if form.is_bound
        else part["problems"]
    )
    if request.method == "POST" and form.is_valid():
        try:
            acts.edit_section(
                row, key, by=request.user, at=timezone.now(), problems=ticked, seen=seen, **form.cleaned_data
            )
        except Refused as refused:
            refuse_on(form, refused)
        else:
            messages.success(request, f"已保存“{part['heading']}”。")
            if rules.speaks_of_grades(form.cleaned_data["text"]):
                messages.warning(request, rules.GRADES_WARNING)
            return _onward(request, row, key)
    _looked(request, row)
    context = {"form": form, "report": row, "part": part, "parts": row.sections, "ticked": ticked, "problems": _offered(request, row),
               "refusal": rules.report_is_editable(row), "seen": seen}  # fmt: skip
    return render(request, "reports/ecology/section.html", context, status=422 if form.errors else 200)


def _onward(request: HttpRequest, row: EcologyReport, key: str) -> HttpResponse:
    keys = [part["key"] for part in row.sections]
    following = keys[keys.index(key) + 1 :]
    if "next" in request.POST and following:
        return redirect("reports:ecology_section", row.pk, following[0])
    return redirect(row.get_absolute_url() if "next" in request.POST else request.path)


def _offered(request: HttpRequest, row: EcologyReport) -> Any:
    """What is named already, then the year's grave and repeated problems."""
    named = list(problems_in(row))
    grave = Q(severity__in=(Severity.PROMINENT, Severity.MAJOR)) | Q(repeat_of__isnull=False)
    rows = Problem.objects.visible_to(request.user).live().filter(Q(pk__in=named) | grave, found_on__year=row.year)
    return rows.select_related("unit").order_by("-severity", "-pk")[:OFFERED]


@writes
def ecology_compile(request: HttpRequest, pk: int) -> HttpResponse:
    """Take over the approved appraisals."""
    row = _own(request, pk)
    reason = request.POST.get("missing_reason", "")
    made = acts.compile_units(row, missing_reason=reason, by=request.user, at=timezone.now())
    left = f"，还有{len(made.missing)}个单位没有已批准的评价" if made.missing else ""
    messages.success(request, f"已汇编{len(made.units)}个单位的综合评价{left}。")
    return redirect(row.get_absolute_url())


@writes
def ecology_submit(request: HttpRequest, pk: int) -> HttpResponse:
    """层报审批, up to the standing committee."""
    row = _own(request, pk)
    acts.submit_report(row, by=request.user, at=timezone.now())
    messages.success(request, "已送本室负责人签批，正文已锁定；签批后依次送协管常委、委员，分管副书记和县纪委常委会。")
    return redirect(row.get_absolute_url())


@writes
def ecology_drop(request: HttpRequest, pk: int) -> HttpResponse:
    """作废 a draft, with its reason."""
    row = _own(request, pk)
    acts.drop_report(row, reason=request.POST.get("reason", ""), by=request.user, at=timezone.now())
    messages.success(request, f"{row}草稿已作废，可以另行起草。")
    return redirect("reports:ecology")


@writes
def ecology_correct(request: HttpRequest, pk: int) -> HttpResponse:
    """A new version of a report that was passed, with its reason."""
    row, form = _own(request, pk), ReasonForm(request.POST)
    if not form.is_valid():
        rules.report_may_be_corrected(row).enforce()
        return _page(request, row, correction=form)
    made = acts.correct_report(row, by=request.user, at=timezone.now(), **form.cleaned_data)
    messages.success(request, "已起草更正版，重新汇编、修改后再层报审批。")
    return redirect(made.get_absolute_url())


# --- copies ---


@edits
def ecology_dispatch(request: HttpRequest, pk: int) -> HttpResponse:
    """Register a copy that left."""
    row = _own(request, pk)
    rules.may_be_sent(row).enforce()
    wanted = request.GET.get("receiver", "")
    initial = {"sent_on": timezone.localdate(), "receiver": wanted if wanted in Receiver.values else Receiver.COMMITTEE}
    form = DispatchForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            made = acts.dispatch_report(row, by=request.user, at=timezone.now(), **form.cleaned_data)
        except Refused as refused:
            refuse_on(form, refused)
        else:
            messages.success(request, f"已登记报送{made.recipient}，收到回执后请登记。")
            return redirect(row.get_absolute_url())
    return _form_page(request, row, form, "登记报送", "登记报送", readers_of(row.organ))


def _copy(request: HttpRequest, pk: int) -> EcologyDispatch:
    ids = organ_ids(request.user, Permission.DRAFT)
    copies = EcologyDispatch.objects.visible_to(request.user).filter(organ_id__in=ids)
    return get_object_or_404(copies.select_related("report__organ"), pk=pk)


@writes
def ecology_recall(request: HttpRequest, pk: int) -> HttpResponse:
    """Take back a copy that was registered by mistake."""
    copy = _copy(request, pk)
    acts.withdraw_dispatch(copy, reason=request.POST.get("reason", ""), by=request.user, at=timezone.now())
    messages.success(request, f"已撤销对{copy.recipient}的报送登记，需要的请重新登记。")
    return redirect(copy.report.get_absolute_url())


@edits
def ecology_receipt(request: HttpRequest, pk: int) -> HttpResponse:
    """Register the receipt of a copy; 县委组织部 gives its filing number."""
    copy = _copy(request, pk)
    if copy.received_on and request.method == "GET":
        messages.info(request, f"{copy.recipient}的回执已登记（{copy.received_on:%Y-%m-%d} {copy.received_by}）。")
        return redirect(copy.report.get_absolute_url())
    filing = copy.receiver == Receiver.ORGANIZATION
    form = ReceiptForm(request.POST or None, filing=filing, initial={"received_on": timezone.localdate()})
    if request.method == "POST" and form.is_valid():
        try:
            acts.record_receipt(copy, by=request.user, at=timezone.now(), **form.cleaned_data)
        except Refused as refused:
            refuse_on(form, refused)
        else:
            messages.success(request, f"已登记{copy.recipient}的回执。")
            return redirect(copy.report.get_absolute_url())
    return _form_page(request, copy.report, form, f"登记回执：{copy.recipient}", "登记回执", copy=copy)
