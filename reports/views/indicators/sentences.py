"""The sentences of the office's work reports with their numbers filled in, to read, to copy and to take away."""

from __future__ import annotations

from collections.abc import Mapping

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from accounts.http import reads
from reports.indicators.catalogue import INDICATORS
from reports.indicators.telling.filling import Filled, Subject, fill
from reports.indicators.telling.paper import paper, sheet
from reports.indicators.telling.parts import in_words, parts_of
from reports.indicators.telling.reading import Told, tell
from reports.indicators.telling.shares import shares_of
from reports.indicators.telling.texts import SOURCES
from reports.views.indicators.choosing import Chosen, choose
from reports.views.papers import known, send, send_paper


@reads
def source(request: HttpRequest, source: str) -> HttpResponse:
    """One text, every number a link to its list."""
    found, chosen = _filled(request, source)
    tabs = [
        {"label": one.tab, "address": f"../{key}/?{request.GET.urlencode()}", "on": key == source}
        for key, one in SOURCES.items()
    ]
    return render(request, "reports/indicators/source.html", {**chosen.shown(), "found": found, "tabs": tabs})


@reads
def source_paper(request: HttpRequest, source: str, form: str) -> HttpResponse:
    """The same text as Word or PDF with its indicators as annex, or the indicators alone as a workbook."""
    found, chosen = _filled(request, source)
    name = f"{found.title}（{chosen.where}{chosen.span.label}）"
    if known(form) == "xlsx":
        return send(request, sheet(name, found.told, chosen.head), name, form)
    return send_paper(request, "indicator_text", paper(found, chosen.head), name, form)


def _filled(request: HttpRequest, key: str) -> tuple[Filled, Chosen]:
    """The text for what was chosen; an unknown one is a 404."""
    if key not in SOURCES:
        raise Http404("no such text")
    chosen = choose(request, without=("q", "group"))
    wanted = [INDICATORS[one] for one in SOURCES[key].ids()]
    told = tell(wanted, chosen.scope, chosen.organ_id, rates=True)
    rounding = chosen.values.get("rounding", "")
    return fill(
        SOURCES[key], told, chosen.span, _subject(key, told, chosen), rounding=rounding, on=chosen.today
    ), chosen


def _subject(key: str, told: Mapping[str, Told], chosen: Chosen) -> Subject:
    """Whose numbers they are, with the shares and the parts that the sentences name."""
    source, shown = SOURCES[key], [told[one] for one in SOURCES[key].divided()]
    parts = {
        one.indicator.id: in_words(parts_of(one.indicator, chosen.scope, one.value), one.indicator.unit)
        for one in shown
    }
    topic = chosen.topic.name if chosen.topic else ""
    return Subject(chosen.who, chosen.whose, topic, shares_of(source.rates(), chosen.scope, chosen.organ_id), parts)
