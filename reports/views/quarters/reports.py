"""季度报告: an organ's list, one report, its editor, and what people do with it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone

from accounts.access import log_access
from accounts.calendar import local_day
from accounts.http import edits, reads, writes
from accounts.lists import all_of, chosen_order, page_of, wants_sheet
from accounts.models import Duty, Event, work_calendar
from accounts.periods import Period, PeriodKind
from accounts.permissions import Permission, anywhere, has, organ_ids
from accounts.views.approvals import pieces
from accounts.views.times import asked_period
from accounts.workflow import Refused, buttons, may
from accounts.writing.overtaking import mark_of
from accounts.xlsx import list_as_xlsx
from checklists.views.frame import refuse_on
from reports.actions import quarterly as acts
from reports.forms.quarterly import AddendumForm, ReportFilter, ReturnForm, SectionsForm, SubmitForm
from reports.models import QuarterlyReport
from reports.quarterly import composition, rules
from reports.quarterly.deadlines import draft_day, due_day, is_late, quarter_of, recommended_day
from reports.quarterly.duties import KEY
from reports.quarterly.figures import address, busy, table
from reports.quarterly.outline import SECTIONS
from reports.quarterly.selectors import ORDERS, report_rows
from reports.quarterly.states import QuarterlyStep
from reports.quarterly.tokens import change_words, mismatches, value_words
from reports.views.quarters.board import board

EXPORT = {"organ__name": "报告单位", "period": "季度", "state": "状态", "due_on": "报送期限", "first_on": "首次报送", "late": "是否逾期",
          "times": "报送次数", "submitted_by__full_name": "签字负责人", "late_reason": "逾期原因"}  # fmt: skip


def _report(request: HttpRequest, pk: int) -> QuarterlyReport:
    rows = QuarterlyReport.objects.visible_to(request.user).select_related(
        "organ", "submitted_by", "accepted_by", "created_by"
    )
    return get_object_or_404(rows, pk=pk)


def _own(request: HttpRequest, pk: int) -> QuarterlyReport:
    """A report that the user writes; any other is not found."""
    rows = QuarterlyReport.objects.visible_to(request.user).filter(
        organ_id__in=organ_ids(request.user, Permission.DRAFT)
    )
    return get_object_or_404(rows.select_related("organ", "submitted_by"), pk=pk)


# --- the list ---


@reads
def quarterly(request: HttpRequest) -> HttpResponse:
    """党风政风监督室 sees the county's quarter, everybody else the reports that he may read."""
    if anywhere(request.user, Permission.COORDINATE):
        return board(request)
    filters = ReportFilter(request.GET or None)
    found = report_rows(QuarterlyReport.objects.visible_to(request.user).filter(**filters.chosen()))
    order = chosen_order(request.GET.get("sort"), ORDERS)
    if wants_sheet(request.GET):
        log_access(request, "export", "季度报告目录")
        return list_as_xlsx("季度报告目录", EXPORT, [_spoken(row) for row in all_of(found, order)])
    page = page_of(found, order, after=request.GET.get("after"))
    for row in page.rows:
        _spoken(row)
    shown = {"page": page, "filters": filters, "cards": _cards(request)}
    return render(request, "reports/quarterly/list.html", shown)


def _spoken(row: dict[str, Any]) -> dict[str, Any]:
    first = row["first_submitted_at"]
    row |= {"period": Period.quarter(row["year"], row["quarter"]).label, "state": QuarterlyStep(row["step"]).label}
    row |= {
        "first_on": local_day(first) if first else None,
        "late": "是" if first and is_late(first, row["due_on"]) else "",
    }
    return row


def _cards(request: HttpRequest) -> list[dict[str, Any]]:
    """Quarters for which the user's organ still owes its report, the oldest first."""
    user: Any = request.user
    if not has(user, Permission.DRAFT, user.organ_id) or not user.organ.must_report:
        return []
    today = timezone.localdate()
    open_duties = Duty.objects.visible_to(user).open().filter(kind=KEY, organ=user.organ).order_by("due_on")
    periods = [Period.read(key) for key in open_duties.values_list("period", flat=True)]
    current = asked_period(request, quarter_of(today), PeriodKind.QUARTER)
    if current not in periods and current.owes(user.organ):
        periods.append(current)
    return [card for period in periods if (card := _card(user, period))]


def _card(user: Any, period: Period) -> dict[str, Any] | None:
    report = QuarterlyReport.objects.visible_to(user).in_quarter(period).filter(organ=user.organ).first()
    if report is not None and report.step in {QuarterlyStep.SUBMITTED, QuarterlyStep.ACCEPTED}:
        return None
    due_on, calendar = due_day(period), work_calendar()
    return {"period": period, "report": report, "due_on": due_on, "advised": recommended_day(due_on, calendar),
            "draft_on": draft_day(period, calendar)}  # fmt: skip


@writes
def start(request: HttpRequest) -> HttpResponse:
    """现在起草: earlier than the product would."""
    user: Any = request.user
    period = asked_period(request, quarter_of(timezone.localdate()), PeriodKind.QUARTER)
    report = acts.start_report(user.organ, period, by=user, at=timezone.now())
    messages.success(request, "已按工作台账生成初稿，数字随台账更新。请逐节核对，补写“存在困难”。")
    return redirect("reports:quarterly_edit", report.pk)


# --- one report ---


@reads
def report(request: HttpRequest, pk: int) -> HttpResponse:
    """The text with its figures, the data behind it, the signatures, and what can be done now."""
    return _page(request, _report(request, pk))


def _page(request: HttpRequest, row: QuarterlyReport, **forms: Any) -> HttpResponse:
    user, now = request.user, timezone.now()
    live, waits = composition.is_live(row), row.step == QuarterlyStep.SUBMITTED
    corrects = bool(row.accepted_at) and has(user, Permission.HEAD, row.organ_id)
    figures = composition.figures_now(row, at=now) if live or corrects else row.figures
    shown = {
        "report": row, "title": composition.title_of(row), "live": live, "may_draft": has(user, Permission.DRAFT, row.organ_id),
        "sections": _linked(row, composition.live_sections(row.sections, figures) if live else composition.signed_sections(row.content, row.figures if waits else None)),
        "table": _table(row, figures if live else row.figures), "as_of": now if live else row.data_as_of,
        "ledger": len(composition.ledger_of(row.organ, row.period) if live else row.content.get("ledger", ())),
        "advised": recommended_day(row.due_on, work_calendar()),
        "events": Event.objects.of(row).select_related("by", "on_behalf_of"),
        "submissions": row.submissions.select_related("signed_by", "answered_by"), "addenda": row.addenda.select_related("signed_by"),
        **_offers(user, row, figures, now, forms),
    }  # fmt: skip
    shown["faults"] = sum(len(part["faults"]) for part in shown["sections"])
    refused = any(form.errors for form in forms.values())
    return render(request, "reports/quarterly/report.html", shown, status=422 if refused else 200)


def _offers(user: Any, row: QuarterlyReport, figures: Any, now: Any, forms: dict[str, Any]) -> dict[str, Any]:
    """Buttons and forms that the page has for this person now."""
    late = row.first_submitted_at is None and is_late(now, row.due_on)
    signs = has(user, Permission.HEAD, row.organ_id)
    offers = (
        buttons(row, ("submit",), by=user)
        if composition.is_live(row) and has(user, Permission.DRAFT, row.organ_id)
        else []
    )
    drifted = composition.drifted(row.figures, figures) if row.accepted_at else []
    return {
        "offers": offers, "late": late,
        "submit_form": forms.get("submit") or (SubmitForm() if late and may(row, "submit", by=user) else None),
        "accepts": may(row, "accept", by=user), "drifted": drifted,
        "return_form": forms.get("back") or (ReturnForm() if may(row, "return", by=user) else None),
        "addendum_form": forms.get("addendum") or (AddendumForm(drifted=drifted) if row.accepted_at and signs else None),
    }  # fmt: skip


def _linked(row: QuarterlyReport, sections: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Every figure in the text opens its records."""
    for part in sections:
        for paragraph in part["paragraphs"]:
            for piece in paragraph:
                if piece["kind"] == "figure":
                    piece["address"] = address(piece["key"], row.period, row.organ_id)
    return sections


def _table(row: QuarterlyReport, figures: Any) -> list[dict[str, Any]]:
    """数据表 of the rail: what was not zero in one of the two quarters, each with the way to its records, as signed once it was."""

    def way(key: str) -> str:
        if composition.is_live(row):
            return address(key, row.period, row.organ_id)
        return reverse("reports:quarterly_figure", args=[row.pk, key])

    return [line | {"address": way(line["key"])} for line in busy(figures)]


# --- writing ---


@edits
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """The editor: sections with live figures, kept in the browser while they are typed."""
    row, now = _own(request, pk), timezone.now()
    form = SectionsForm(request.POST or None, initial={part["key"]: part["text"] for part in row.sections})
    seen = request.POST.get("seen") or mark_of(acts.sections_of(row))
    if request.method == "POST" and form.is_valid():
        try:
            row = acts.edit_report(row, form.cleaned_data, by=request.user, at=now, seen=seen)
            return _saved(request, row)
        except Refused as refused:
            refuse_on(form, refused)
    figures = composition.figures_now(row, at=now)
    texts = {key: form[key].value() or "" for key in SECTIONS}
    parts = [{"field": form[key], "key": key, "faults": mismatches(text, figures)} for key, text in texts.items()]
    shown = {"form": form, "report": row, "parts": parts, "refusal": rules.is_editable(row), "figures": _chips(figures),
             "title": composition.title_of(row), "seen": seen}  # fmt: skip
    return render(request, "reports/quarterly/edit.html", shown, status=422 if form.errors else 200)


def _saved(request: HttpRequest, row: QuarterlyReport) -> HttpResponse:
    """After a save: the button that was pressed may mend one number; what still disagrees keeps the writer here."""
    section, _, mark = request.POST.get("mend", "").partition("|")
    if section in SECTIONS and mark:
        acts.use_ledger_figure(row, section, mark, by=request.user, at=timezone.now())
        messages.success(request, "已保存，并改为台账数。")
        return redirect("reports:quarterly_edit", row.pk)
    figures = composition.figures_now(row, at=timezone.now())
    faults = sum(len(mismatches(part["text"], figures)) for part in row.sections)
    if faults:
        messages.warning(request, f"已保存。文中有{faults}处数字与台账不一致，已在该节下面列出。")
        return redirect("reports:quarterly_edit", row.pk)
    messages.success(request, "已保存报告。")
    return redirect(row.get_absolute_url())


def _chips(figures: Any) -> dict[str, dict[str, str]]:
    """What the editor shows for each mark, and offers to put in."""
    return {
        row["key"]: {"label": row["label"], "value": value_words(row["key"], figures[row["key"]]), "change": change_words(row["key"], figures[row["key"]])}
        for row in table(figures)
    }  # fmt: skip


@writes
def marks(request: HttpRequest, pk: int, key: str) -> HttpResponse:
    """What disagrees with the ledger in a section as it is typed just now; nothing is saved."""
    row, text = _own(request, pk), request.POST.get("text", "")
    if key not in SECTIONS:
        raise Http404("no such section")
    rules.is_editable(row).enforce()
    rules.is_text(text).enforce()
    faults = mismatches(text, composition.figures_now(row, at=timezone.now()))
    return render(request, "reports/quarterly/_faults.html", {"key": key, "faults": faults})


@edits
def section(request: HttpRequest, pk: int, key: str) -> HttpResponse:
    """重新生成 of one section: the difference first, then the replacement."""
    row, now = _own(request, pk), timezone.now()
    if key not in SECTIONS:
        raise Http404("no such section")
    if request.method == "POST":
        acts.redraft_section(row, key, by=request.user, at=now)
        messages.success(request, f"已重新生成“{SECTIONS[key]}”。")
        return redirect("reports:quarterly_edit", row.pk)
    figures = composition.figures_now(row, at=now)
    old, new = (composition.render(text, figures) for text in (row.text_of(key), acts.rewritten(row, key, at=now)))
    shown = {
        "report": row,
        "heading": SECTIONS[key],
        "pieces": pieces(old, new),
        "same": old == new,
        "refusal": rules.is_editable(row),
    }
    return render(request, "reports/quarterly/section.html", shown)


# --- verbs ---


@writes
def submit(request: HttpRequest, pk: int) -> HttpResponse:
    """签字报送."""
    row, now = _report(request, pk), timezone.now()
    may(row, "submit", by=request.user).enforce()
    reason = request.POST.get("late_reason", "")
    if row.first_submitted_at is None and is_late(now, row.due_on):
        form = SubmitForm(request.POST)
        if not form.is_valid():
            return _page(request, row, submit=form)
    acts.submit_report(row, by=request.user, at=now, late_reason=reason)
    messages.success(request, "已签字报送党风政风监督室，文字和数据已锁定。")
    return redirect(row.get_absolute_url())


@writes
def accept(request: HttpRequest, pk: int) -> HttpResponse:
    """接收."""
    row = _report(request, pk)
    acts.accept_report(row, by=request.user, at=timezone.now())
    messages.success(request, f"已接收{row}。")
    return redirect(row.get_absolute_url())


@writes
def send_back(request: HttpRequest, pk: int) -> HttpResponse:
    """退回修改."""
    row, form = _report(request, pk), ReturnForm(request.POST)
    may(row, "return", by=request.user).enforce()
    if not form.is_valid():
        return _page(request, row, back=form)
    acts.return_report(row, by=request.user, at=timezone.now(), reason=form.cleaned_data["reason"])
    messages.success(request, f"已退回{row.organ.label}修改，首次报送时间不变。")
    return redirect(row.get_absolute_url())


@writes
def addendum(request: HttpRequest, pk: int) -> HttpResponse:
    """签发补正说明."""
    row, now = _report(request, pk), timezone.now()
    drifted = composition.drifted(row.figures, composition.figures_now(row, at=now)) if row.accepted_at else []
    form = AddendumForm(request.POST, drifted=drifted)
    if not form.is_valid() and row.accepted_at and has(request.user, Permission.HEAD, row.organ_id):
        return _page(request, row, addendum=form)
    keys = form.cleaned_data.get("keys", []) if form.is_valid() else []
    acts.add_addendum(row, by=request.user, at=now, text=request.POST.get("text", ""), keys=keys)
    messages.success(request, "已签发补正说明，原报告保持不变。")
    return redirect(row.get_absolute_url())
