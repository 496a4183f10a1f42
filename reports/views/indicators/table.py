"""数据指标: all numbers that the office is asked for, and each of them over the years and among organs."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from accounts.http import reads
from accounts.lists import wants_sheet
from accounts.models import Organ
from reports.counting.catalogue import FIGURES
from reports.indicators.catalogue import INDICATORS
from reports.indicators.telling.paper import sheet
from reports.indicators.telling.parts import parts_of
from reports.indicators.telling.reading import Told, known, tell
from reports.indicators.telling.texts import SOURCES
from reports.indicators.telling.trends import JOINED_BASIS, compare, trends
from reports.overview.charts import Chart
from reports.views.indicators.choosing import Chosen, choose
from reports.views.papers import send


@reads
def indicators(request: HttpRequest) -> HttpResponse:
    """The table of all indicators under the text that asks for them."""
    chosen = choose(request, without=("rounding",))
    rows = list(tell(_wanted(chosen), chosen.scope, chosen.organ_id).values())
    if wants_sheet(request.GET):
        title = f"{chosen.where}{chosen.span.label}数据指标"
        return send(request, sheet(title, rows, chosen.head), title, "xlsx")
    shown = {**chosen.shown(), "groups": _groups(rows), "tabs": _tabs(chosen), "count": len(rows)}
    return render(request, "reports/indicators/table.html", shown)


def _wanted(chosen: Chosen) -> list[Any]:
    """Those of the chosen text whose number, name or basis has the word."""
    group, word = chosen.values.get("group", ""), chosen.values.get("q", "").strip()
    return [
        one
        for one in INDICATORS.values()
        if (not group or _group(one.id) == group)
        and word.lower() in f"{one.id} {one.name} {one.basis} {one.phrase}".lower()
    ]


def _group(key: str) -> str:
    """Which text asks for it: I3-5 is of 003."""
    return f"00{key[1]}" if key[:1] == "I" else ""


def _groups(rows: list[Told]) -> list[tuple[Any, list[Told]]]:
    """Rows under their texts, in the order of the texts."""
    found = [(source, [row for row in rows if _group(row.indicator.id) == key]) for key, source in SOURCES.items()]
    return [(source, some) for source, some in found if some]


def _tabs(chosen: Chosen) -> list[dict[str, Any]]:
    """全部 and each text."""
    kept = {name: value for name, value in chosen.kept.items() if name != "group"}
    group, days = chosen.values.get("group", ""), {"from": chosen.span.first, "to": chosen.span.last}
    tabs = [("", "全部"), *((key, source.tab) for key, source in SOURCES.items())]
    return [
        {
            "label": label,
            "address": f"?{urlencode({**days, **kept, **({'group': key} if key else {})})}",
            "on": group == key,
        }
        for key, label in tabs
    ]


@reads
def indicator(request: HttpRequest, key: str) -> HttpResponse:
    """One indicator: what it counts, how it changed, and which organ has how many."""
    one = INDICATORS.get(key)
    if one is None:
        raise Http404("no such indicator")
    chosen = choose(request, without=("rounding", "q", "group"))
    told = tell([one], chosen.scope, chosen.organ_id, rates=True)[key]
    joined = FIGURES[one.figure].joined(chosen.scope) if one.figure else {}
    charts, sentence = _charts(request.user, told, chosen, joined)
    part = _part(told, chosen, joined)
    parts = parts_of(one, chosen.scope, told.value)
    if wants_sheet(request.GET):
        title = f"{chosen.where}{chosen.span.label}{one.name}"
        return send(
            request, sheet(title, [told], chosen.head, charts, [f"参与：{part}"] if part else [], parts), title, "xlsx"
        )
    shown = {**chosen.shown(), "told": told, "one": one, "source": SOURCES.get(_group(key)), "charts": charts, "sentence": sentence, "part": part, "parts": parts,
             "drawn": [chart.data() for chart in charts if not chart.empty]}  # fmt: skip
    return render(request, "reports/indicators/one.html", shown)


def _part(told: Told, chosen: Chosen, joined: Mapping[int, int]) -> str:
    """What one organ took part in beside its own number; several organs have a column of their own."""
    if len(chosen.scope.organs) != 1 or not told.indicator.figure or not FIGURES[told.indicator.figure].joint:
        return ""
    return f"{sum(joined.values())}条记录。{JOINED_BASIS}"


def _charts(user: Any, told: Told, chosen: Chosen, joined: Mapping[int, int]) -> tuple[list[Chart], str]:
    """Organs first, where there are several; nothing for a number that the records do not produce."""
    one = told.indicator
    if not known([one], chosen.scope):
        return [], ""
    article = FIGURES[one.figure].article
    found = trends(one, chosen.scope, chosen.organ_id, article, today=chosen.today)
    if len(chosen.scope.organs) < 2 or told.reported:
        return found, ""
    organs = Organ.objects.visible_to(user).values_list("pk", "short_name", "name")
    names = {pk: short or name for pk, short, name in organs if pk in chosen.scope.organs}
    compared = compare(one, chosen.scope, names, told.value, article, joined)
    return [compared.chart, *found], compared.sentence
