"""待核实: everything of a year that waits for 党风政风监督室, by organ, confirmed one by one or together (A10.5)."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from accounts.access import log_access
from accounts.http import reads, writes
from accounts.lists import wants_sheet
from accounts.xlsx import list_as_xlsx
from ledgers.actions.verifying import verify_many
from ledgers.books.verifying import by_organ, waiting
from ledgers.views.places import asked_year, years

SHEET = {"organ": "单位", "kind": "类别", "words": "记录", "day": "日期", "why": "不能核实的原因"}


@reads
def to_verify(request: HttpRequest) -> HttpResponse:
    """What waits, under its organs."""
    year = asked_year(request)
    rows = waiting(request.user, year)
    if wants_sheet(request.GET):
        log_access(request, "export", f"{year}年待核实记录")
        values = [{name: getattr(row, name, row.verdict.sentence) for name in SHEET} for row in rows]
        return list_as_xlsx(f"{year}年待核实记录", SHEET, values)
    log_access(request, "view", f"{year}年待核实记录")
    shown = {"groups": by_organ(rows), "count": len(rows), "year": year, "years": years(year)}
    return render(request, "ledgers/books/to_verify.html", shown)


@writes
def verify_chosen(request: HttpRequest) -> HttpResponse:
    """Confirm what was ticked, all or none."""
    count = verify_many(request.POST.getlist("record"), by=request.user, at=timezone.now())
    messages.success(request, f"已核实{count}条；数据截止日前核实的，计入质效评估。")
    return redirect("ledgers:to_verify")
