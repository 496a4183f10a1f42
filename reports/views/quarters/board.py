"""The county's quarter for 党风政风监督室: one row per organ, reminders, the merged draft, and every paper as a file."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone

from accounts.access import log_access
from accounts.http import edits, reads, writes
from accounts.lists import wants_sheet
from accounts.models import Event, Organ, work_calendar
from accounts.periods import PeriodKind
from accounts.permissions import Permission, has, organ_ids
from accounts.views.times import asked_period
from accounts.workflow import Refused
from accounts.writing.overtaking import mark_of
from accounts.xlsx import list_as_xlsx
from checklists.views.frame import refuse_on
from reports.actions import county_quarter as merging
from reports.actions import quarterly as acts
from reports.builders import quarterly as papers
from reports.forms.quarterly import QuarterChoice, ReopenForm, SectionsForm
from reports.models import CountyQuarter, QuarterlyReport
from reports.quarterly import composition
from reports.quarterly.county import differences, news_of, organs_of, reports_of
from reports.quarterly.deadlines import due_day, quarter_of, recommended_day
from reports.quarterly.figures import address, busy, table
from reports.quarterly.final import content_of, is_final, may_finalise
from reports.quarterly.selectors import board as board_rows
from reports.quarterly.selectors import chosen, counts
from reports.quarterly.tokens import change_words, value_words
from reports.views.papers import known, send, send_paper

CHIPS = (("", "全部", "all"), ("in", "已报送", "in"), ("late", "逾期报送", "late"), ("missing", "逾期未报", "missing"), ("open", "未到期", "open"),
         ("waiting", "待接收", "waiting"), ("returned", "退回修改", "returned"), ("accepted", "已接收", "accepted"))  # fmt: skip
EXPORT = {"organ": "报告单位", "standing_word": "报送情况", "state": "办理状态", "due_on": "报送期限", "first_at": "首次报送时间", "times": "报送次数",
          "signer": "签字负责人", "accepted_at": "接收时间", "late_reason": "逾期原因", "urged": "催办次数", "excuse": "免除理由"}  # fmt: skip


def _county(request: HttpRequest) -> Any:
    return Organ.objects.filter(pk__in=organ_ids(request.user, Permission.COORDINATE))


# --- the board ---


def board(request: HttpRequest) -> HttpResponse:
    """One row per organ: in, late, missing, returned, accepted; who was urged how often."""
    today = timezone.localdate()
    period = asked_period(request, quarter_of(today), PeriodKind.QUARTER)
    rows = board_rows(_county(request), period, on=today)
    state, found = request.GET.get("state", ""), counts(rows)
    if wants_sheet(request.GET):
        log_access(request, "export", f"{period.label}季度报告报送情况")
        return list_as_xlsx(f"{period.label}季度报告报送情况", EXPORT, chosen(rows, state))
    chips = [{"label": label, "count": found[name], "on": state == key,
              "address": f"?period={period.key}{f'&state={key}' if key else ''}"} for key, label, name in CHIPS]  # fmt: skip
    due_on = due_day(period)
    merged = CountyQuarter.objects.visible_to(request.user).in_quarter(period).first()
    shown = {"rows": chosen(rows, state), "chips": chips, "period": period, "due_on": due_on, "counts": found, "merged": merged,
             "advised": recommended_day(due_on, work_calendar()), "filters": QuarterChoice(current=quarter_of(today), shown=period)}  # fmt: skip
    return render(request, "reports/quarterly/board.html", shown)


@writes
def urge(request: HttpRequest, pk: int) -> HttpResponse:
    """催办 one organ."""
    period = asked_period(request, quarter_of(timezone.localdate()), PeriodKind.QUARTER)
    organ = get_object_or_404(_county(request), pk=pk)
    messages.success(request, acts.urge(organ, period, by=request.user, at=timezone.now()))
    return redirect(f"{reverse('reports:quarterly')}?period={period.key}")


@writes
def merge(request: HttpRequest) -> HttpResponse:
    """汇总 of one quarter, or once more."""
    user: Any = request.user
    period = asked_period(request, quarter_of(timezone.localdate()), PeriodKind.QUARTER)
    county = merging.merge(user.organ, period, by=user, at=timezone.now())
    messages.success(request, f"已汇总{len(county.merged)}个单位的报告，全县数字按记录重新计算。")
    return redirect(county.get_absolute_url())


# --- the merged draft ---


def _draft(request: HttpRequest, pk: int) -> CountyQuarter:
    rows = CountyQuarter.objects.visible_to(request.user).select_related("organ__parent", "merged_by")
    return get_object_or_404(rows, pk=pk)


@reads
def county(request: HttpRequest, pk: int) -> HttpResponse:
    """The county's quarter: text, data, organs that are missing, where the records went on, its versions."""
    return _county_page(request, _draft(request, pk))


def _county_page(request: HttpRequest, row: CountyQuarter, reopening: ReopenForm | None = None) -> HttpResponse:
    reports, content, final = reports_of(organs_of(row.organ), row.period), content_of(row), is_final(row)
    data = [line | {"address": _way(row, line["key"])} for line in busy(content["figures"])]
    sections = (
        composition.signed_sections(content)
        if final
        else composition.live_sections(row.sections, row.figures, checked=False)
    )
    edits_it = has(request.user, Permission.COORDINATE, row.organ_id)
    versions = CountyQuarter.objects.visible_to(request.user).in_quarter(row.period).filter(organ=row.organ_id)
    newest = not any(one.version > row.version for one in versions)
    shown = {"county": row, "content": content, "final": final, "sections": sections, "table": data, "edits": edits_it and not final,
             "news": news_of(row, reports) if newest else [], "differences": differences(row, reports), "versions": versions,
             "offer": _offer(row, reports, request.user) if edits_it and not final else None,
             "reopen_form": (reopening or ReopenForm()) if edits_it and final and newest else None,
             "events": Event.objects.of(row).select_related("by", "on_behalf_of")}  # fmt: skip
    refused = reopening is not None and reopening.errors
    return render(request, "reports/quarterly/county.html", shown, status=422 if refused else 200)


def _way(row: CountyQuarter, key: str) -> str:
    """The records behind a figure: those of the day on which the quarter was settled, or today's."""
    return reverse("reports:county_quarter_figure", args=[row.pk, key]) if is_final(row) else address(key, row.period)


def _offer(row: CountyQuarter, reports: Any, user: Any) -> dict[str, Any]:
    verdict = may_finalise(row, reports, by=user)
    return {
        "verb": "finalise",
        "label": "定稿，锁定文字和数据",
        "allowed": bool(verdict),
        "reason": verdict.sentence,
        "article": verdict.article,
    }


@writes
def county_finalise(request: HttpRequest, pk: int) -> HttpResponse:
    """定稿."""
    row = merging.finalise(_draft(request, pk), by=request.user, at=timezone.now())
    messages.success(request, "已定稿，文字和数据已锁定。")
    return redirect(row.get_absolute_url())


@writes
def county_reopen(request: HttpRequest, pk: int) -> HttpResponse:
    """重新开稿."""
    row, form = _draft(request, pk), ReopenForm(request.POST)
    if not form.is_valid() and is_final(row):
        return _county_page(request, row, form)
    made = merging.reopen(row, reason=request.POST.get("reason", ""), by=request.user, at=timezone.now())
    messages.success(request, f"已开第{made.version}版草稿，定稿前仍以第{row.version}版为准。")
    return redirect(made.get_absolute_url())


@edits
def county_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """The editor of the county's draft."""
    row = _draft(request, pk)
    if is_final(row) and request.method != "POST":
        return redirect(row.get_absolute_url())
    form = SectionsForm(request.POST or None, initial={part["key"]: part["text"] for part in row.sections})
    seen = request.POST.get("seen") or mark_of(acts.sections_of(row))
    if request.method == "POST" and form.is_valid():
        try:
            merging.edit(row, form.cleaned_data, by=request.user, at=timezone.now(), seen=seen)
        except Refused as refused:
            refuse_on(form, refused)
        else:
            messages.success(request, "已保存汇总稿。")
            return redirect(row.get_absolute_url())
    figures = {key: {"label": line["label"], "value": value_words(key, row.figures[key]), "change": change_words(key, row.figures[key])}
               for line in table(row.figures) if (key := line["key"])}  # fmt: skip
    shown = {"form": form, "county": row, "figures": figures, "seen": seen}
    return render(request, "reports/quarterly/county_edit.html", shown, status=422 if form.errors else 200)


# --- files ---


@reads
def report_file(request: HttpRequest, pk: int, form: str) -> HttpResponse:
    """An organ's report as PDF or Word, its annexes as workbook."""
    rows = QuarterlyReport.objects.visible_to(request.user).select_related("organ__parent", "submitted_by")
    row = get_object_or_404(rows, pk=pk)
    content, name = composition.content_of(row, at=timezone.now()), str(row)
    if known(form) == "xlsx":
        return send(request, papers.report_sheets(row, content), f"{name}附件", form)
    return send_paper(request, "quarterly_report", papers.report_paper(row, content), name, form)


@reads
def county_file(request: HttpRequest, pk: int, form: str) -> HttpResponse:
    """The county's draft as PDF or Word, one row per organ as workbook."""
    row = _draft(request, pk)
    if known(form) == "xlsx":
        return send(request, papers.county_sheets(row), f"{row}附件", form)
    return send_paper(
        request, "county_quarter", papers.county_paper(row), f"{row}" if is_final(row) else f"{row}草稿", form
    )
