"""专题会商: the list, the matrix of units and halves, the record with its minutes (A10.3a)."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone

from accounts.access import log_access
from accounts.http import edits, reads, writes
from accounts.lists import all_of, named_id, page_of, wants_sheet
from accounts.models import Attachment, Event
from accounts.permissions import Permission, has, organ_ids, visible_organ_ids
from accounts.uploads import ACCEPT
from accounts.workflow import Refused, buttons
from accounts.xlsx import list_as_xlsx
from ledgers.actions import consultations as actions
from ledgers.consulting.coverage import coverage, figures
from ledgers.consulting.rules import may_hold
from ledgers.consulting.states import ConsultationStep
from ledgers.forms.consultations import ConsultationFilter, ConsultationForm, FollowUpForm
from ledgers.models import Consultation
from ledgers.views.places import asked_year, years
from supervision.models import Problem

COLUMNS = (
    "pk", "held_on", "organ__name", "place", "common_problems", "prominent_problems", "suggestions", "unit_statement",
    "follow_up", "follow_up_on", "followed_up_on", "step", "version",
)  # fmt: skip
SHEET = {
    "held_on": "会商日期", "organ__name": "组织单位", "units": "会商对象", "place": "地点", "common_problems": "普遍性问题",
    "prominent_problems": "突出问题", "suggestions": "整改建议", "unit_statement": "单位表态情况", "follow_up": "跟踪问效安排情况",
    "follow_up_on": "跟踪日期", "followed_up_on": "完成日期", "state": "状态",
}  # fmt: skip


@reads
def consultations(request: HttpRequest) -> HttpResponse:
    """Consultations of the organs that the user reads, the newest first."""
    user: Any = request.user
    shown = Consultation.objects.visible_to(user)
    if not request.GET.get("step"):
        shown = shown.exclude(step__in=(ConsultationStep.SUPERSEDED, ConsultationStep.DROPPED))
    found = ConsultationFilter(request.GET or None, queryset=shown, request=request)
    rows, order = found.qs.values(*COLUMNS), ("-held_on", "-pk")
    if wants_sheet(request.GET):
        log_access(request, "export", "专题会商")
        return list_as_xlsx("专题会商", SHEET, _named(all_of(rows, order)))
    page = page_of(rows, order, after=request.GET.get("after"))
    _named(page.rows)
    context = {"page": page, "filters": found.form, "export": True, "may_enter": bool(may_hold(user, user.organ))}
    return render(request, "ledgers/consultations/list.html", context)


def _named(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The rows with their units and their state in words: one more query for a page."""
    names: dict[int, list[str]] = {}
    pairs: Any = Consultation.objects.filter(pk__in=[row["pk"] for row in rows]).order_by("pk", "units__pk")
    for pk, name in pairs.values_list("pk", "units__name"):
        names.setdefault(pk, []).append(name or "")
    for row in rows:
        row["units"] = "、".join(names.get(row["pk"], []))
        row["state"] = ConsultationStep(row["step"]).label
    return rows


@reads
def coverage_page(request: HttpRequest) -> HttpResponse:
    """Units against the two halves of a year, own organ's or the county's (A10.3a, I4-3)."""
    user: Any = request.user
    year = asked_year(request)
    rows = coverage(year, visible_organ_ids(user), on=timezone.localdate())
    if wants_sheet(request.GET):
        log_access(request, "export", f"{year}年专题会商覆盖表")
        heads = {"organ": "监督单位", "unit": "被监督单位", "first": "上半年会商情况", "second": "下半年会商情况"}
        table = (
            {"organ": row.organ, "unit": row.unit, "first": row.cells[0].words, "second": row.cells[1].words}
            for row in rows
        )
        return list_as_xlsx(f"{year}年专题会商覆盖表", heads, table)
    only = request.GET.get("only") == "missing"
    shown = [row for row in rows if any(cell.state in ("missing", "due") for cell in row.cells)] if only else rows
    context = {
        "rows": shown, "figures": figures(rows), "year": year, "several": len({row.organ_id for row in rows}) > 1, "years": years(year), "only": only,
        "drafts": organ_ids(user, Permission.DRAFT), "may_enter": bool(may_hold(user, user.organ)),
    }  # fmt: skip
    return render(request, "ledgers/consultations/coverage.html", context)


@edits
def consultation_new(request: HttpRequest) -> HttpResponse:
    """Write down a consultation."""
    user: Any = request.user
    may_hold(user, user.organ).enforce()
    unit = named_id(request.GET, "unit")
    form = ConsultationForm(request.POST or None, organ=user.organ, on=timezone.localdate(), unit_id=unit)
    return _save(request, form, None, user.organ, "登记专题会商", reverse("ledgers:consultations"))


@edits
def consultation_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Go on with a draft."""
    found = _own(request, pk)
    if found.step != ConsultationStep.DRAFT:
        raise Refused(f"“{found}”已经登记，不能直接修改；请用“更正”另立一版，并写明理由。", "A10.3a")
    form = ConsultationForm(request.POST or None, instance=found, organ=found.organ, on=timezone.localdate())
    return _save(request, form, found, found.organ, "修改专题会商", actions.consultation_url(found))


def _save(
    request: HttpRequest, form: Any, found: Consultation | None, organ: Any, title: str, back: str
) -> HttpResponse:
    if request.method == "POST" and form.is_valid():
        now = timezone.now()
        try:
            made = actions.save_consultation(found, organ=organ, by=request.user, at=now, **form.cleaned_data)
        except Refused as refused:
            form.add_error(None, refused.full)
        else:
            messages.success(request, "会商草稿已保存，核对后点“登记会商”锁定。")
            return redirect(actions.consultation_url(made))
    context = {"form": form, "title": title, "button": "保存草稿", "back": back, "made": found}
    return render(request, "ledgers/consultations/form.html", context, status=422 if form.errors else 200)


def _own(request: HttpRequest, pk: int) -> Consultation:
    rows = Consultation.objects.filter(organ_id__in=organ_ids(request.user, Permission.DRAFT))
    return get_object_or_404(rows.select_related("organ", "corrects__organ"), pk=pk)


@reads
def consultation(request: HttpRequest, pk: int) -> HttpResponse:
    """One consultation: the minutes as they will be printed, its papers, its versions, what happened."""
    user: Any = request.user
    rows = Consultation.objects.visible_to(user).select_related("organ", "corrects__organ", "created_by")
    made = get_object_or_404(rows, pk=pk)
    drafts = has(user, Permission.DRAFT, made.organ_id)
    is_draft, is_recorded = made.step == ConsultationStep.DRAFT, made.step == ConsultationStep.RECORDED
    context = {
        "made": made,
        "units": made.units.all(),
        "problems": Problem.objects.visible_to(user).filter(consultations=made).select_related("unit"),
        "files": Attachment.objects.of(made),
        "events": Event.objects.of(made).select_related("by", "on_behalf_of"),
        "newer": made.corrections.exclude(step=ConsultationStep.DROPPED).first(),
        "offers": buttons(made, ("record", "drop"), by=user) if drafts and is_draft else [],
        "may_edit": drafts and is_draft,
        "may_correct": drafts and is_recorded,
        "may_attach": drafts and (is_draft or is_recorded),
        "follow_form": FollowUpForm(initial={"done_on": timezone.localdate()})
        if drafts and is_recorded and made.followed_up_on is None
        else None,
        "accept": ACCEPT,
    }
    return render(request, "ledgers/consultations/consultation.html", context)


@writes
def consultation_act(request: HttpRequest, pk: int) -> HttpResponse:
    """One verb on one consultation."""
    made = _own(request, pk)
    back = actions.consultation_url(made)
    try:
        sentence, back = _do(made, request, back)
    except Refused as refused:
        messages.error(request, refused.full)
    else:
        messages.success(request, sentence)
    return redirect(back)


def _do(made: Consultation, request: HttpRequest, back: str) -> tuple[str, str]:
    verb, by, at = request.POST.get("verb", ""), request.user, timezone.now()
    if verb == "record":
        actions.record_consultation(made, by=by, at=at)
        return "会商已登记并锁定，计入本半年；纪要可以下载。", back
    if verb == "drop":
        actions.drop_consultation(made, by=by, at=at)
        return "草稿已作废。", reverse("ledgers:consultations")
    if verb == "correct":
        copy = actions.correct_consultation(made, reason=request.POST.get("reason", ""), by=by, at=at)
        return f"已建立第{copy.version}版草稿，改好后登记，原记录随即标为“已更正”。", actions.consultation_url(copy)
    if verb == "follow_up":
        form = FollowUpForm(request.POST)
        if not form.is_valid():
            raise Refused("请填写完成日期和跟踪问效结果，日期例如2026-03-05。", "A10.3a")
        actions.note_follow_up(made, by=by, at=at, **form.cleaned_data)
        return "跟踪问效结果已登记。", back
    raise Refused("没有认出要办的事，请刷新页面后重试。")


@writes
def consultation_attach(request: HttpRequest, pk: int) -> HttpResponse:
    """Keep one or several files with the record."""
    made = _own(request, pk)
    files: list[Any] = list(request.FILES.getlist("file")) or [None]
    try:
        for file in files:
            actions.attach_minutes(made, file, by=request.user, at=timezone.now())
    except Refused as refused:
        messages.error(request, refused.full)
    else:
        messages.success(request, f"已上传{len(files)}个附件。")
    return redirect(actions.consultation_url(made))
