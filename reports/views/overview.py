"""What leaders and 党风政风监督室 see of the county: figures, charts, and the same on paper."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from accounts.http import reads
from accounts.models import Organ
from reports.forms.figures import SpanFilter
from reports.overview.paper import paper, sheets
from reports.overview.reading import Overview, overview_of
from reports.overview.spans import chips, steps
from reports.views.papers import send, send_pdf


@reads
def overview(request: HttpRequest) -> HttpResponse:
    """The overview of a span and of the organs that the user reads, or of one of them."""
    today = timezone.localdate()
    filters = SpanFilter(request.GET, organs=Organ.objects.visible_to(request.user), today=today)
    span = filters.span
    found = overview_of(request.user, span, filters.chosen().get("organ"), today=today)
    if request.GET.get("format") in ("pdf", "xlsx"):
        return _taken_away(request, found, request.GET["format"])
    kept = {"organ": found.organ.pk} if found.organ else {}
    shown = {"overview": found, "span": span, "filters": filters, "chips": chips(span, kept, today), "steps": steps(span, kept),
             "drawn": [chart.data() for chart in found.charts if not chart.empty]}  # fmt: skip
    return render(request, "reports/overview/overview.html", shown)


def _taken_away(request: HttpRequest, found: Overview, form: str) -> HttpResponse:
    """The same as a paper or as a workbook."""
    if form == "pdf":
        return send_pdf(request, paper(found), found.title)
    return send(request, sheets(found), found.title, form)
