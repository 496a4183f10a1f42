"""What leaders and 党风政风监督室 see of the county: figures, charts, and the same on paper."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from accounts.http import reads
from accounts.models import Organ
from accounts.periods import Period
from reports.forms.figures import SpanFilter
from reports.overview.paper import paper, sheets
from reports.overview.reading import Overview, overview_of
from reports.overview.spans import KINDS, Span, read_span
from reports.views.papers import send, send_pdf


@reads
def overview(request: HttpRequest) -> HttpResponse:
    """The overview of a span and of the organs that the user reads, or of one of them."""
    today = timezone.localdate()
    span = read_span(request.GET, today=today)
    filters = SpanFilter(request.GET, organs=Organ.objects.visible_to(request.user), first=span.first, last=span.last)
    found = overview_of(request.user, span, filters.chosen().get("organ"), today=today)
    if request.GET.get("format") in ("pdf", "xlsx"):
        return _taken_away(request, found, request.GET["format"])
    shown = {"overview": found, "span": span, "filters": filters, "chips": _chips(span, found.organ, today), "steps": _steps(span, found.organ),
             "drawn": [chart.data() for chart in found.charts if not chart.empty]}  # fmt: skip
    return render(request, "reports/overview/overview.html", shown)


def _taken_away(request: HttpRequest, found: Overview, form: str) -> HttpResponse:
    """The same as a paper or as a workbook."""
    if form == "pdf":
        return send_pdf(request, paper(found), found.title)
    return send(request, sheets(found), found.title, form)


def _address(period: Period, organ: Organ | None) -> str:
    return f"?{urlencode({'period': period.key, **({'organ': organ.pk} if organ else {})})}"


def _chips(span: Span, organ: Organ | None, today: Any) -> list[dict[str, Any]]:
    """The running quarter, half and year; the kind that is shown is marked."""
    words = ("本季度", "本半年", "本年")
    now = [Period.of(kind, today) for kind in KINDS]
    return [
        {"label": word, "address": _address(one, organ), "on": span.period == one}
        for word, one in zip(words, now, strict=True)
    ]


def _steps(span: Span, organ: Organ | None) -> dict[str, Any]:
    """The period before and the one after, where the span is one of the calendar."""
    if span.period is None:
        return {}
    return {
        side: {"label": one.label, "address": _address(one, organ)}
        for side, one in (("before", span.period.before()), ("after", span.period.next()))
    }
