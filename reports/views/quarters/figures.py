"""The list behind a figure of a signed quarterly report: the records of that day, not those of today."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone

from accounts.access import log_access
from accounts.http import reads
from accounts.lists import page_of, wants_sheet
from accounts.permissions import personal_organ_ids, visible_organ_ids
from reports.counting.catalogue import FIGURES
from reports.counting.listing import listed
from reports.models import CountyQuarter, QuarterlyReport
from reports.quarterly import composition
from reports.quarterly.county import organs_of
from reports.quarterly.figures import address, scope_of
from reports.quarterly.final import content_of, is_final
from reports.quarterly.frozen import FrozenFigure
from reports.views.figures import ORDER, as_sheet, cells, headings


@reads
def report_figure(request: HttpRequest, pk: int, key: str) -> HttpResponse:
    """A figure of an organ's report that lies with 党风政风监督室; a draft has none but the live ones."""
    row = get_object_or_404(QuarterlyReport.objects.visible_to(request.user).select_related("organ"), pk=pk)
    figures = {} if composition.is_live(row) else row.figures
    return _page(request, row, figures, key, [row.organ_id], address(key, row.period, row.organ_id))


@reads
def county_figure(request: HttpRequest, pk: int, key: str) -> HttpResponse:
    """A figure of the county's settled quarter."""
    row = get_object_or_404(CountyQuarter.objects.visible_to(request.user).select_related("organ"), pk=pk)
    figures = content_of(row)["figures"] if is_final(row) else {}
    organs = [organ.pk for organ in organs_of(row.organ)]
    return _page(request, row, figures, key, organs, address(key, row.period))


def _page(request: HttpRequest, row: Any, figures: Any, key: str, organs: Any, live: str) -> HttpResponse:
    if key not in figures or key not in FIGURES:
        raise Http404("not a figure of this report")
    one = FIGURES[key]
    frozen = FrozenFigure(one, figures[key], scope_of(organs, row.period, on=timezone.localdate()))
    may = personal_organ_ids(request.user) if one.about_persons else visible_organ_ids(request.user)
    found = frozen.rows(may)
    count = found.count()
    shut = one.about_persons and not count and bool(frozen.kept["ids"])
    rows = listed(one, found)
    if one.about_persons and not shut:
        log_access(request, "view", f"涉及人员的名单：{one.label}，{row}")
    if wants_sheet(request.GET) and not shut:
        return as_sheet(request, one, f"{one.label}（{row}）", rows)
    page = None if shut else page_of(rows, ORDER, after=request.GET.get("after"))
    shown = {"figure": one, "report": row, "frozen": frozen, "now": frozen.now(), "live": live, "page": page, "headings": headings(one),
             "rows": cells(one, page.rows if page else ()), "missing": 0 if shut else len(frozen.kept["ids"]) - count}  # fmt: skip
    return render(request, "reports/quarterly/figure.html", shown)
