"""数据指标: all numbers that the office is asked for, and each of them over the years and among organs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from accounts.http import reads
from accounts.lists import wants_sheet
from accounts.models import Organ
from reports.counting.catalogue import FIGURES
from reports.indicators.catalogue import INDICATORS
from reports.indicators.rate import Rate
from reports.indicators.table import ids, is_asked, rates
from reports.indicators.telling.paper import sheet
from reports.indicators.telling.parts import parts_of
from reports.indicators.telling.rated import rate_charts, row_of, sides, tell_rates
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
    rows = _told(chosen)
    if wants_sheet(request.GET):
        title = f"{chosen.where}{chosen.span.label}数据指标"
        return send(request, sheet(title, rows, chosen.head), title, "xlsx")
    shown = {**chosen.shown(), "groups": _groups(rows), "tabs": _tabs(chosen), "count": len(rows)}
    return render(request, "reports/indicators/table.html", shown)


def _told(chosen: Chosen) -> list[Told]:
    """The rows that the command prints: those of the chosen text whose number, name or basis has the word."""
    shares = rates()
    all_rows = {key: row_of(key, shares[key]) if key in shares else INDICATORS[key] for key in ids()}
    wanted = [key for key, one in all_rows.items() if _is_wanted(one, chosen)]
    told = tell((INDICATORS[key] for key in wanted if key not in shares), chosen.scope, chosen.organ_id)
    told |= tell_rates({key: shares[key] for key in wanted if key in shares}, chosen.scope, chosen.organ_id)
    return [told[key] for key in wanted]


def _is_wanted(one: Any, chosen: Chosen) -> bool:
    group, word = chosen.values.get("group", ""), chosen.values.get("q", "").strip()
    told = f"{one.id} {one.name} {one.basis} {one.phrase}"
    return (not group or _group(one.id) == group) and word.lower() in told.lower()


@dataclass(frozen=True)
class Section:
    """Rows that no text asks for."""

    key: str
    title: str
    tab: str


RATE_ROWS, SCORED = Section("R", "比率和与指标并列的数字", "比率"), Section("E", "质效评估指标", "质效评估")
SECTIONS: dict[str, Any] = {**SOURCES, RATE_ROWS.key: RATE_ROWS, SCORED.key: SCORED}


def _group(key: str) -> str:
    """Which text asks for it: I3-5 is of 003; a rate of the rates, E-1 of the evaluation."""
    if key in rates():
        return RATE_ROWS.key
    return f"00{key[1]}" if is_asked(key) else SCORED.key


def _groups(rows: list[Told]) -> list[tuple[Any, list[Told]]]:
    """Rows under their texts, in the order of the texts; rates and the evaluation after them."""
    found = [(source, [row for row in rows if _group(row.indicator.id) == key]) for key, source in SECTIONS.items()]
    return [(source, some) for source, some in found if some]


def _tabs(chosen: Chosen) -> list[dict[str, Any]]:
    """全部, each text, the rates, the evaluation."""
    kept = {name: value for name, value in chosen.kept.items() if name != "group"}
    group, days = chosen.values.get("group", ""), {"from": chosen.span.first, "to": chosen.span.last}
    tabs = [("", "全部"), *((key, source.tab) for key, source in SECTIONS.items())]
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
    if (named := _rate_named(key)) is not None:
        return _rate(request, *named)
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


def _rate_named(key: str) -> tuple[str, Rate] | None:
    """The rate and the id of its row, by that id or by the rate's own key."""
    shares = rates()
    return next(((row, rate) for row, rate in shares.items() if key in (row, rate.key)), None)


def _rate(request: HttpRequest, key: str, rate: Rate) -> HttpResponse:
    """One rate: its two numbers with their records, how it changed, and how the organs stand."""
    chosen = choose(request, without=("rounding", "q", "group"))
    told = tell_rates({key: rate}, chosen.scope, chosen.organ_id)[key]
    charts = rate_charts(rate, chosen.scope, chosen.organ_id, _names(request.user, chosen), today=chosen.today)
    two = sides(rate, chosen.scope, chosen.organ_id)
    if wants_sheet(request.GET):
        title = f"{chosen.where}{chosen.span.label}{rate.name}"
        notes = [f"{side.name}：{side.number}" for side in two]
        return send(request, sheet(title, [told], chosen.head, charts, notes), title, "xlsx")
    shown = {**chosen.shown(), "told": replace(told, address=""), "one": told.indicator, "charts": charts, "sides": two,
             "drawn": [chart.data() for chart in charts if not chart.empty]}  # fmt: skip
    return render(request, "reports/indicators/one.html", shown)


def _names(user: Any, chosen: Chosen) -> dict[int, str]:
    organs = Organ.objects.visible_to(user).values_list("pk", "short_name", "name")
    return {pk: short or name for pk, short, name in organs if pk in chosen.scope.organs}


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
    compared = compare(one, chosen.scope, _names(user, chosen), told.value, article, joined)
    return [compared.chart, *found], compared.sentence
