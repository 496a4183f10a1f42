"""听取汇报: the list, who was briefed when, one record, its correction, and the sheet for the meeting (A10.4c)."""

from __future__ import annotations

import contextlib
from datetime import date
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from accounts.access import log_access
from accounts.http import edits, reads, writes
from accounts.lists import all_of, chosen_order, named_id, page_of, wants_sheet
from accounts.models import Attachment, Event, OversightAssignment, User
from accounts.periods import Period, PeriodKind
from accounts.permissions import visible_organ_ids
from accounts.workflow import Refused
from accounts.xlsx import list_as_xlsx
from reports.actions import briefings as acts
from reports.builders.hearings import ORGAN_COLUMNS, briefing_paper, sheet_paper
from reports.forms.hearings import BriefingFilter, BriefingForm, CorrectionForm
from reports.hearings import rules, selectors
from reports.hearings.states import BriefingStep, Trigger
from reports.models import Briefing
from reports.views.papers import send_pdf
from supervision.models import Round

SHEET = {"held_on": "听取日期", "leader__full_name": "听取领导", "why": "听取事由", "when": "对应季度", "organs": "汇报单位",
         "content": "汇报内容", "instructions": "领导要求", "state": "状态", "created_by__full_name": "登记人"}  # fmt: skip
COVERAGE = {"leader": "领导", "q1": "第一季度", "q2": "第二季度", "q3": "第三季度", "q4": "第四季度"}


def _briefing(request: HttpRequest, pk: int) -> Briefing:
    rows = Briefing.objects.visible_to(request.user).select_related("leader", "organ", "created_by")
    return get_object_or_404(rows, pk=pk)


# --- the list and the table of quarters ---


@reads
def briefings(request: HttpRequest) -> HttpResponse:
    """Every briefing the user may read, the newest first."""
    today, mine = timezone.localdate(), Briefing.objects.visible_to(request.user)
    leaders = User.objects.filter(pk__in=mine.order_by().values("leader_id"))
    filters = BriefingFilter(request.GET or None, leaders=leaders, today=today)
    rows: Any = selectors.filtered(mine, filters.chosen() if filters.is_bound else {}).values(*selectors.COLUMNS)
    order = chosen_order(request.GET.get("sort"), selectors.ORDERS)
    if wants_sheet(request.GET):
        log_access(request, "export", "听取汇报")
        return list_as_xlsx("听取汇报", SHEET, _spoken(all_of(rows, order)))
    page = page_of(rows, order, after=request.GET.get("after"))
    shown = {
        "page": page,
        "rows": _spoken(page.rows),
        "filters": filters,
        "may_enter": bool(selectors.leaders_for(request.user, on=today)),
    }
    return render(request, "reports/hearings/briefings.html", shown)


def _spoken(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [
        row
        | {
            "why": Trigger(row["trigger"]).label,
            "when": Period.read(row["quarter"]).label,
            "state": BriefingStep(row["step"]).label,
        }
        for row in selectors.with_organs(rows)
    ]


@reads
def coverage(request: HttpRequest) -> HttpResponse:
    """Leaders by quarters of a year, and the rounds that ended lately."""
    today = timezone.localdate()
    year = named_id(request.GET, "year") or today.year
    year = year if 2000 <= year <= 2099 else today.year
    rows = selectors.coverage(request.user, year, on=today)
    if wants_sheet(request.GET):
        log_access(request, "export", f"{year}年听取汇报情况")
        told = [
            {
                "leader": str(row["leader"]),
                **{f"q{n}": selectors.cell_words(cell) for n, cell in enumerate(row["cells"], 1)},
            }
            for row in rows
        ]
        return list_as_xlsx(f"{year}年听取汇报情况", COVERAGE, told)
    shown = {"year": year, "years": (year - 1, year + 1), "rows": rows, "rounds": selectors.round_coverage(request.user, on=today),
             "may_enter": {leader.pk for leader in selectors.leaders_for(request.user, on=today)}}  # fmt: skip
    return render(request, "reports/hearings/coverage.html", shown)


# --- one record ---


@reads
def briefing(request: HttpRequest, pk: int) -> HttpResponse:
    """The record, its versions, and what can be done with it."""
    row, user = _briefing(request, pk), request.user
    shown = {
        "briefing": row, "rounds": Round.objects.visible_to(user).filter(briefings=row), "versions": row.versions.select_related("by"),
        "files": Attachment.objects.of(row).select_related("uploaded_by"), "events": Event.objects.of(row).select_related("by", "on_behalf_of"),
        "waits": row.waits_for_leader(on=timezone.localdate()), "mine": user.pk == row.leader_id,
        "correctable": rules.may_correct(user, row),
    }  # fmt: skip
    return render(request, "reports/hearings/briefing.html", shown)


@reads
def briefing_pdf(request: HttpRequest, pk: int) -> HttpResponse:
    """听取汇报记录 as PDF."""
    row = _briefing(request, pk)
    return send_pdf(request, briefing_paper(row), f"听取汇报记录 {row}")


@edits
def briefing_new(request: HttpRequest) -> HttpResponse:
    """Write down one briefing: first for whom, then what was heard."""
    today = timezone.localdate()
    leaders = selectors.leaders_for(request.user, on=today)
    leader = _chosen_leader(request, leaders)
    if leader is None:
        return render(
            request, "reports/hearings/briefing_for.html", {"leaders": leaders, "query": request.GET.urlencode()}
        )
    form = _form(BriefingForm, request, leader, _first_values(request, leader, today))
    if request.method == "POST" and form.is_valid():
        try:
            row = acts.enter_briefing(leader, by=request.user, at=timezone.now(), **form.values())
        except Refused as refused:
            form.add_error(None, refused.full)
        else:
            messages.success(
                request, "已登记听取汇报。" if request.user == leader else f"已代{leader}登记，已提醒{leader}核对。"
            )
            return redirect(row.get_absolute_url())
    shown = {"form": form, "leader": leader, "back": "reports:briefings"}
    return render(request, "reports/hearings/briefing_form.html", shown, status=422 if form.errors else 200)


def _chosen_leader(request: HttpRequest, leaders: list[User]) -> User | None:
    if len(leaders) == 1:
        return leaders[0]
    pk = named_id(request.GET, "leader")
    return next((leader for leader in leaders if leader.pk == pk), None)


def _first_values(request: HttpRequest, leader: User, today: date) -> dict[str, Any]:
    """Today, this quarter or the one asked for, and the round from whose prompt the writer came."""
    values: dict[str, Any] = {"held_on": today, "trigger": Trigger.QUARTER, "quarter": Period.of("quarter", today).key}
    with contextlib.suppress(ValueError):
        values["quarter"] = Period.read(request.GET.get("quarter", "")).key
    wanted: Any = named_id(request.GET, "round")
    round = Round.objects.visible_to(request.user).filter(pk=wanted).first()
    if round is not None:
        values |= {"trigger": Trigger.ROUND, "rounds": [round.pk], "organs": [round.organ_id]}
    elif request.user != leader:
        values["organs"] = [request.user.organ_id]  # type: ignore[union-attr]
    return values


def _form(kind: type[BriefingForm], request: HttpRequest, leader: User, values: dict[str, Any]) -> Any:
    today = timezone.localdate()
    organs = selectors.organs_for(request.user, leader, since=date(today.year - 1, 1, 1))
    rounds = selectors.rounds_for(request.user, organs.values_list("pk", flat=True), on=today)
    return kind(request.POST or None, initial=values, organs=organs, rounds=rounds, today=today)


@edits
def briefing_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Correct the record: a new version, with its reason where one is needed."""
    row = _briefing(request, pk)
    rules.may_correct(request.user, row).enforce()
    names = ("held_on", "trigger", "quarter", "content", "instructions")
    values = {name: getattr(row, name) for name in names} | {
        "organs": row.organs.values_list("pk", flat=True),
        "rounds": row.rounds.values_list("pk", flat=True),
    }
    form = _form(CorrectionForm, request, row.leader, values)
    if request.method == "POST" and form.is_valid():
        try:
            taken = form.values()
            acts.correct_briefing(row, taken, reason=taken.pop("reason"), by=request.user, at=timezone.now())
        except Refused as refused:
            form.add_error("reason" if "理由" in refused.sentence else None, refused.full)
        else:
            messages.success(request, "已更正，原记录予以保留。")
            return redirect(row.get_absolute_url())
    needs = rules.needs_reason(request.user, row, on=timezone.localdate())
    shown = {"form": form, "leader": row.leader, "briefing": row, "needs_reason": needs}
    return render(request, "reports/hearings/briefing_form.html", shown, status=422 if form.errors else 200)


@writes
def briefing_confirm(request: HttpRequest, pk: int) -> HttpResponse:
    """核对无误, by the leader himself."""
    row = acts.confirm_briefing(_briefing(request, pk), by=request.user, at=timezone.now())
    messages.success(request, "已核对，记录锁定。")
    return redirect(row.get_absolute_url())


@writes
def briefing_files(request: HttpRequest, pk: int) -> HttpResponse:
    """Papers of the meeting."""
    row = _briefing(request, pk)
    made = acts.add_files(row, request.FILES.getlist("file"), by=request.user, at=timezone.now())
    messages.success(request, f"已上传{len(made)}份材料。")
    return redirect(row.get_absolute_url())


# --- the sheet for the meeting ---


def _sheet(request: HttpRequest, pk: int, quarter: str) -> dict[str, Any]:
    """The sheet of a leader of whose organs the user reads at least one; for himself always."""
    try:
        period = Period.read(quarter)
    except ValueError as error:
        raise Http404(quarter) from error
    if period.kind != PeriodKind.QUARTER:
        raise Http404(quarter)
    leader = get_object_or_404(User.objects.filter(role__in=rules.BRIEFED, pk__in=_readable_leaders(request)), pk=pk)
    return selectors.sheet(request.user, leader, period, on=timezone.localdate())


def _readable_leaders(request: HttpRequest) -> set[int]:
    rows = OversightAssignment.objects.filter(organ_id__in=visible_organ_ids(request.user))
    return {request.user.pk, *rows.values_list("leader_id", flat=True)}  # type: ignore[arg-type]


@reads
def briefing_sheet(request: HttpRequest, pk: int, quarter: str) -> HttpResponse:
    """What a leader takes along, on the screen."""
    found = _sheet(request, pk, quarter)
    return render(request, "reports/hearings/sheet.html", found | {"heads": [heading for heading, _ in ORGAN_COLUMNS]})


@reads
def briefing_sheet_pdf(request: HttpRequest, pk: int, quarter: str) -> HttpResponse:
    """The same, printed."""
    found = _sheet(request, pk, quarter)
    return send_pdf(request, sheet_paper(found), f"{found['period'].label}听取汇报参考 {found['leader']}")
