"""制度对表 and punctuality: every duty of the regulation, by organ and period, each cell opening its proof."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from accounts.access import log_access
from accounts.duties import matrix as reading
from accounts.forms.periods import WORDS
from accounts.http import reads
from accounts.lists import named_id, wants_sheet
from accounts.models import Duty, Organ
from accounts.periods import Period, PeriodKind
from accounts.views.times import asked_period
from accounts.xlsx import Sheet, download, list_as_xlsx, workbook

NOTHING = "本期没有这项职责"
SHEET = {"label": "", "owed": "应办", "done": "按时完成", "late": "逾期完成", "overdue": "逾期未办", "excused": "免除", "due": "未到期",
         "share": "按时率（%）"}  # fmt: skip


def shown_period(request: HttpRequest) -> Period:
    """The period that an address names, else the quarter that runs. Raises `Misread`."""
    return asked_period(request, Period.of(PeriodKind.QUARTER, timezone.localdate()))


@reads
def matrix(request: HttpRequest) -> HttpResponse:
    """The table of one period."""
    period, today = shown_period(request), timezone.localdate()
    table = reading.matrix(request.user, period, on=today, address=reverse("accounts:duties"))
    if wants_sheet(request.GET):
        log_access(request, "export", f"制度对表 {period.label}")
        return download(_workbook(table), f"制度对表 {period.label}.xlsx")
    return render(request, "accounts/matrix.html", {"table": table, "nothing": NOTHING, **_around(period)})


def _around(period: Period) -> dict[str, Any]:
    """The neighbours of a period, and the same time in longer and shorter periods."""
    day = min(max(period.first, timezone.localdate()), period.last)
    kinds = [
        {"label": word, "address": f"?period={Period.of(kind, day).key}", "on": kind == period.kind}
        for kind, word in WORDS.items()
    ]
    return {"period": period, "before": period.before(), "after": period.next(), "chips": kinds}


def _workbook(table: reading.Matrix) -> bytes:
    columns = [("依据", 18), ("职责", 22), *((organ.label, 12) for organ in table.organs)]
    rows = [
        [line.basis, line.label, *((cell.words if line.total else "") or "—" for cell in line.cells)]
        for line in table.lines
    ]
    foot = [f"“—”表示{NOTHING}。"]
    sheet = Sheet(f"政治监督制度对表（{table.period.label}）", columns, rows, name="制度对表", foot=foot)
    return workbook([sheet])


@reads
def punctuality(request: HttpRequest) -> HttpResponse:
    """Over years or quarters, for the county or one organ; and every organ in one period."""
    user, today = request.user, timezone.localdate()
    quarters = request.GET.get("by") == "quarter"
    organs: list[Any] = list(Organ.objects.visible_to(user).order_by("sort_order", "pk").values("pk", "name"))
    chosen = next((organ for organ in organs if organ["pk"] == named_id(request.GET, "organ")), None)
    rows = reading.binding(Duty.objects.visible_to(user))
    periods = reading.by_period(rows.filter(organ_id=chosen["pk"]) if chosen else rows, on=today, quarters=quarters)
    if wants_sheet(request.GET):
        log_access(request, "export", "按时办理情况")
        return _records("按时办理情况", "期间", periods)
    period = asked_period(request, Period.year_of(today.year))
    days = {"due_on__gte": period.first, "due_on__lte": period.last}
    teams = reading.by_organ(rows.filter(**days), on=today)
    shown = {
        "periods": periods, "organs": organs, "chosen": chosen, "quarters": quarters, "period": period, "teams": teams,
        "before": period.before(), "after": period.next(), "all": reading.together(teams, "合计"),
        "apart": reading.of_leaders(Duty.objects.visible_to(user).filter(**days), on=today),
    }  # fmt: skip
    return render(request, "accounts/punctuality.html", shown)


def _records(title: str, head: str, records: list[reading.Record]) -> HttpResponse:
    rows = [{"label": one.label, "owed": one.owed, "share": one.share, **one.numbers} for one in records]
    return list_as_xlsx(title, {**SHEET, "label": head}, rows)
