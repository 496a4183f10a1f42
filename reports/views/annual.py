"""The yearly page of deployment, report and hearing; the report, its editor and its papers (A10.1a, A10.4b, A10.4d)."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone

from accounts.http import edits, reads, writes
from accounts.models import Approval, Event
from accounts.permissions import Permission, has, organ_ids
from accounts.views.approvals import RELATED, pieces
from accounts.views.times import asked_year
from accounts.workflow import Refused, buttons
from accounts.writing.overtaking import mark_of
from accounts.xlsx import list_as_xlsx
from checklists.views.frame import office_of, refuse_on
from reports.actions import annual as acts
from reports.builders.annual import annual_paper as paper_of
from reports.builders.annual import annual_sheets
from reports.counting.catalogue import FIGURES
from reports.counting.tokens import fill, keys_in, named
from reports.forms.hearings import AnnualCorrectionForm, HearingForm, SectionForm
from reports.hearings import outline, rules
from reports.hearings.content import numbered, shown
from reports.hearings.states import EDITABLE, AnnualStep
from reports.hearings.yearly import SHEET, years
from reports.models import AnnualHearing, AnnualReport
from reports.views.papers import known, send, send_paper


def _annual(request: HttpRequest, pk: int) -> AnnualReport:
    """A report that the user reads, or one that has gone up for the committee's secretary."""
    tabled = Q(organ_id__in=organ_ids(request.user, Permission.RECORD_RESOLUTION)) & ~Q(step__in=EDITABLE)
    seen = AnnualReport.objects.visible_to(request.user).values("pk")
    rows = AnnualReport.objects.filter(Q(pk__in=seen) | tabled, organ__isnull=False)
    return get_object_or_404(rows.select_related("organ", "resolution", "created_by"), pk=pk)


def _page(year: int) -> str:
    return f"{reverse('reports:hearings')}?year={year}"


# --- the year ---


@reads
def hearings(request: HttpRequest) -> HttpResponse:
    """Each year: the plenum's deployment, the report, the hearing; done, due or late, with what can be done now."""
    office, today, user = office_of(request), timezone.localdate(), request.user
    year = asked_year(request)
    rows = years(office, user, on=today)
    if request.GET.get("format") == "xlsx":
        told = [{"year": row["year"], **line} for row in rows for line in row["lines"]]
        return list_as_xlsx("年度部署、报告和听取", SHEET, told)
    chosen = next((row for row in rows if row["year"] == year), None) or rows[0]
    hearing = (
        AnnualHearing.objects.filter(organ=office, year=chosen["year"]).select_related("resolution", "report").first()
    )
    context = {
        "rows": rows, "chosen": chosen, "hearing": hearing, "drafts": has(user, Permission.DRAFT, office.pk),
        "versions": AnnualReport.objects.visible_to(user).filter(organ=office, year=chosen["year"]),
        "records": has(user, Permission.RECORD_RESOLUTION, office.pk) and hearing is None,
    }  # fmt: skip
    return render(request, "reports/hearings/years.html", context)


@edits
def hearing_record(request: HttpRequest) -> HttpResponse:
    """The committee's secretary registers the hearing of a year."""
    office, year = office_of(request), asked_year(request)
    form = HearingForm(request.POST or None, initial={"meeting_on": timezone.localdate()})
    if request.method == "POST" and form.is_valid():
        try:
            acts.record_hearing(office, year, by=request.user, at=timezone.now(), **form.cleaned_data)
        except Refused as refused:
            refuse_on(form, refused)
        else:
            messages.success(request, f"已登记{year}年县纪委常委会听取汇报。")
            return redirect(_page(year))
    context = {"form": form, "year": year, "back": _page(year)}
    return render(request, "reports/hearings/hearing_form.html", context, status=422 if form.is_bound else 200)


@writes
def annual_new(request: HttpRequest) -> HttpResponse:
    """党风政风监督室 has the report of a year drafted from the records."""
    made = acts.draft_annual(office_of(request), asked_year(request), by=request.user, at=timezone.now())
    messages.success(request, "已按全年记录生成初稿，请逐部分核对修改。")
    return redirect(made.get_absolute_url())


# --- one report ---


@reads
def annual(request: HttpRequest, pk: int) -> HttpResponse:
    """The report as it stands or as it was submitted, with its figures and its way."""
    return _report_page(request, _annual(request, pk))


def _report_page(request: HttpRequest, row: AnnualReport, form: AnnualCorrectionForm | None = None) -> HttpResponse:
    user, content = request.user, shown(row, at=timezone.now())
    rounds = Approval.objects.of(row).select_related("submitted_by").prefetch_related(*RELATED)
    drafts = has(user, Permission.DRAFT, row.organ_id)
    context = {
        "report": row, "content": content, "parts": numbered(content), "rounds": list(reversed(rounds)), "drafts": drafts,
        "editable": row.step in EDITABLE, "heads": [FIGURES[key].label for key in outline.BY_ORGAN],
        "item_heads": list(outline.ITEM_COLUMNS.values()), "events": Event.objects.of(row).select_related("by", "on_behalf_of"),
        "offers": buttons(row, ("submit",), by=user) if drafts and row.step in EDITABLE else [],
        "correction": (form or AnnualCorrectionForm()) if drafts and row.step == AnnualStep.APPROVED else None,
    }  # fmt: skip
    return render(request, "reports/hearings/annual.html", context, status=422 if form is not None else 200)


@reads
def annual_paper(request: HttpRequest, pk: int, form: str) -> HttpResponse:
    """全县政治监督综合情况报告 as PDF or Word; its annexes as a workbook."""
    row, kind = _annual(request, pk), known(form)
    content = shown(row, at=timezone.now())
    if kind == "xlsx":
        return send(request, annual_sheets(row, content), f"{row}附件", kind)
    paper = paper_of(row, content)
    return send_paper(request, "annual_report", paper, str(row), kind)


@edits
def annual_section(request: HttpRequest, pk: int, section: str) -> HttpResponse:
    """One part: its text, how it reads with today's figures, and what the records would say now."""
    row = _annual(request, pk)
    part = next((part for part in row.sections if part["key"] == section), None)
    if part is None or not has(request.user, Permission.DRAFT, row.organ_id):
        raise Http404(section)
    form = SectionForm(request.POST or None, initial={"text": named(part["text"], outline.names())})
    seen = request.POST.get("seen") or mark_of(acts.words_of(part))
    if request.method == "POST" and form.is_valid():
        try:
            return _save_section(request, row, section, form.cleaned_data["text"], seen)
        except Refused as refused:
            refuse_on(form, refused)
    context = {"form": form, "report": row, "part": part, "refusal": rules.is_editable(row), "seen": seen,
               **_beside(row, part)}  # fmt: skip
    return render(request, "reports/hearings/section.html", context, status=422 if form.errors else 200)


def _save_section(request: HttpRequest, row: AnnualReport, section: str, text: str, seen: str) -> HttpResponse:
    again = reverse("reports:annual_section", args=[row.pk, section])
    if request.POST.get("verb") == "redraft":
        acts.redraft_section(row, section, by=request.user, at=timezone.now())
        messages.success(request, f"已按记录重新生成“{outline.SECTIONS[section]}”，原文保留在历史记录中。")
        return redirect(again)
    acts.edit_section(row, section, text, by=request.user, at=timezone.now(), seen=seen)
    messages.success(request, f"已保存“{outline.SECTIONS[section]}”。")
    keys = list(outline.SECTIONS)
    following = keys[keys.index(section) + 1 :]
    return redirect(
        reverse("reports:annual_section", args=[row.pk, following[0]])
        if following and "next" in request.POST
        else again
    )


def _beside(row: AnnualReport, part: dict[str, str]) -> dict[str, Any]:
    """What stands beside the editor: neighbours, the text as read, the difference, the figures it may use."""
    scope = outline.scope_of(row.organ, row.year, today=timezone.localdate())
    fresh = outline.WRITERS[part["key"]](row.organ, row.year, scope)
    values = outline.values_of(
        [key for key in dict.fromkeys([*outline.TABLE, *keys_in(part["text"]), *keys_in(fresh)]) if key in FIGURES],
        scope,
    )
    now, anew = fill(part["text"], values), fill(fresh, values)
    figures = [{"figure": FIGURES[key], "value": value} for key, value in values.items()]
    return {"read": now, "same": now == anew, "pieces": pieces(now, anew), "figures": figures, "parts": row.sections}


@writes
def annual_submit(request: HttpRequest, pk: int) -> HttpResponse:
    """层报审批 (A10.4b)."""
    row = _annual(request, pk)
    acts.submit_annual(row, by=request.user, at=timezone.now())
    messages.success(request, "已送本室负责人签批，数据已锁定；签批后依次送协管常委、委员，分管副书记和县纪委常委会。")
    return redirect(row.get_absolute_url())


@writes
def annual_correct(request: HttpRequest, pk: int) -> HttpResponse:
    """A new version of a report that was heard, with its reason."""
    row, form = _annual(request, pk), AnnualCorrectionForm(request.POST)
    if not form.is_valid():
        rules.may_be_corrected(row).enforce()
        return _report_page(request, row, form)
    made = acts.correct_annual(row, by=request.user, at=timezone.now(), **form.cleaned_data)
    messages.success(request, "已起草更正版，修改后重新层报审批；现行报告在更正版通过前继续有效。")
    return redirect(made.get_absolute_url())
