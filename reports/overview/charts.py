"""Charts as questions: one reading of the figures for the page, for its tables, for the paper and for the workbook (A10.1b)."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count
from django.db.models.functions import ExtractMonth
from django.urls import reverse

from checklists.states import FocusArea
from reports.counting.catalogue import FIGURES, Scope
from reports.counting.listing import late_by
from reports.overview.tiles import percent, share
from supervision.states import AGES

MONTHS = 12
# Tones name what a series says; only what is about time may have a colour of time.
PLAIN, STRONG, LATE, SOON, GOOD = "plain", "strong", "late", "soon", "good"


@dataclass(frozen=True)
class Series:
    """One row of bars or one line: a name, values in the order of the chart's categories, and their lists."""

    label: str
    values: Sequence[Any]  # numbers; None where there is nothing to take an average of
    links: Sequence[str]
    tone: str = PLAIN
    tones: Sequence[str] = ()  # of each bar, where bars of one series say different things


@dataclass(frozen=True)
class Chart:
    """A question, what it is asked of, and the answer in numbers. `extra` are columns of the table that are not drawn."""

    key: str
    question: str
    kind: str  # bars (across, one for each organ), columns, stack (across), lines
    head: str
    categories: Sequence[str]
    series: Sequence[Series]
    unit: str
    article: str
    note: str = ""
    extra: tuple[str, Sequence[Any]] = ("", ())
    average: bool = False  # 0 is a value with records behind it
    stays: bool = False  # the table stays open below the drawing, which does not tell all of it

    @property
    def empty(self) -> bool:
        """Whether there is nothing to draw."""
        beside = (value for value in self.extra[1] if isinstance(value, int))
        return not any(self._drawable(value) for one in self.series for value in one.values) and not any(beside)

    def _drawable(self, value: Any) -> bool:
        """A count of 0 is nothing to draw; an average of 0 days is."""
        return value is not None if self.average else bool(value)

    def rows(self) -> list[dict[str, Any]]:
        """The table behind the chart: (value, address) for each series, row by row."""
        tails = self.extra[1] or [""] * len(self.categories)
        return [
            {"name": name, "cells": [(one.values[n], one.links[n]) for one in self.series], "tail": tails[n]}
            for n, name in enumerate(self.categories)
        ]

    def data(self) -> dict[str, Any]:
        """What the page's script draws from."""
        series = [
            {
                "label": one.label,
                "values": list(one.values),
                "links": list(one.links),
                "tone": one.tone,
                "tones": list(one.tones),
            }
            for one in self.series
        ]
        return {
            "key": self.key,
            "kind": self.kind,
            "unit": self.unit,
            "categories": list(self.categories),
            "series": series,
        }


@dataclass(frozen=True)
class Ground:
    """What charts are drawn from: the scope, the names of its organs in the office's order, the address part of its days."""

    scope: Scope
    names: Mapping[int, str]
    days: str
    organ: int | None = None

    def link(self, key: str, *, organ: int | None = None, days: str = "", **more: Any) -> str:
        """The list behind one number."""
        chosen = organ or self.organ
        parts = [
            days or self.days,
            *([f"organ={chosen}"] if chosen else []),
            *(f"{name}={value}" for name, value in more.items()),
        ]
        return f"{reverse('reports:figure', args=[key])}?{'&'.join(parts)}"  # fmt: skip

    def of_organs(self, *parts: tuple[str, str, str]) -> tuple[list[int], list[Series]]:
        """Series by organ from (figure, label, tone); organs with the most of the first figure come first, idle ones not at all."""
        counted = [(FIGURES[key].by_organ(self.scope), key, label, tone) for key, label, tone in parts]
        organs = [pk for pk in self.names if any(pk in found for found, *_ in counted)]
        organs.sort(key=lambda pk: [-found.get(pk, 0) for found, *_ in counted])
        return organs, [
            Series(label, [found.get(pk, 0) for pk in organs], [self.link(key, organ=pk) for pk in organs], tone)
            for found, key, label, tone in counted
        ]


def by_organ(ground: Ground) -> Chart:
    """Overdue first: that is what is asked about."""
    parts = (
        ("rectification_overdue", "逾期未销号", LATE),
        ("problems_found", "发现", STRONG),
        ("rectification_closed", "销号", PLAIN),
    )
    organs, series = ground.of_organs(*parts)
    names = [ground.names[pk] for pk in organs]
    return Chart("organs", "哪些单位整改逾期最多？", "bars", "监督单位", names, series, "个", "A9.8c")


def by_area(ground: Ground) -> Chart:
    """Found and closed by the focus areas of article 5, those with anything."""
    found = FIGURES["problems_found"].by("focus_area", ground.scope)
    closed = FIGURES["rectification_closed"].by("problem__focus_area", ground.scope)
    areas = sorted((a for a in FocusArea if a in found or a in closed), key=lambda a: (-found.get(a, 0), a.value))
    series = [
        Series(
            label, [counts.get(area, 0) for area in areas], [ground.link(key, area=area.value) for area in areas], tone
        )
        for key, label, counts, tone in (
            ("problems_found", "发现", found, STRONG),
            ("rectification_closed", "销号", closed, PLAIN),
        )
    ]
    return Chart(
        "areas", "问题集中在哪些方面？", "bars", "聚焦方面", [area.label for area in areas], series, "个", "A5"
    )


def by_age(ground: Ground) -> Chart:
    """Open problems by how long they are late on the day of judging."""
    scope = ground.scope
    counts = {f"age{n}": Count("pk", filter=late_by(n, on=scope.on)) for n in range(len(AGES))}
    found = FIGURES["rectification_open"].records(scope).order_by().aggregate(**counts)
    links = [ground.link("rectification_open", age=n) for n in range(len(AGES))]
    one = Series(
        "尚未销号", [found[f"age{n}"] for n in range(len(AGES))], links, LATE, (PLAIN, *[LATE] * (len(AGES) - 1))
    )
    note = f"按{scope.on:%Y-%m-%d}的情况，从整改时限的次日起算日历日。"
    return Chart(
        "ages", "逾期了多久？", "columns", "逾期时长", [label for _, label in AGES], [one], "个", "A9.8c", note
    )


def by_month(ground: Ground) -> Chart:
    """Found against closed in each month of the year in which the period ends, up to the day of judging."""
    year = ground.scope.last.year
    end = ground.scope.on.month if ground.scope.on.year == year else MONTHS
    whole = Scope(ground.scope.organs, date(year, 1, 1), date(year, 12, 31), ground.scope.on)
    months = range(1, end + 1)
    days = [f"from={date(year, m, 1)}&to={date(year, m, monthrange(year, m)[1])}" for m in months]
    series = []
    for key, label, path, tone in (
        ("problems_found", "发现", "found_on", STRONG),
        ("rectification_closed", "销号", "closed_on", PLAIN),
    ):
        rows: Any = (
            FIGURES[key]
            .rows(whole)
            .order_by()
            .annotate(month=ExtractMonth(path))
            .values("month")
            .annotate(n=Count("pk"))
        )
        counts = {row["month"]: row["n"] for row in rows}
        series.append(
            Series(label, [counts.get(m, 0) for m in months], [ground.link(key, days=one) for one in days], tone)
        )
    return Chart("months", "问题解决得快吗？", "lines", "月份", [f"{m}月" for m in months], series, "个", "A9.8b",
                 f"{year}年各月发现和销号的问题。")  # fmt: skip


def by_punctuality(ground: Ground) -> Chart:
    """What was due and how it was done; the organ with the most that is missing first."""
    parts = (
        ("duties_missing", "未完成", LATE),
        ("duties_late", "逾期完成", SOON),
        ("duties_in_time", "按时完成", GOOD),
    )
    organs, series = ground.of_organs(*parts)
    whole = [sum(one.values[n] for one in series) for n in range(len(organs))]
    shares = [percent(share(series[2].values[n], whole[n])) for n in range(len(organs))]
    names = [ground.names[pk] for pk in organs]
    return Chart("punctuality", "哪些单位报告按时？", "stack", "单位", names, series, "项", "A10.4",
                 "到期的报告、签批、台账等职责；已免除的不计。", ("按时率", shares))  # fmt: skip


def by_rebound(ground: Ground) -> Chart:
    """What second looks covered and what came back."""
    parts = (("rebounds", "发现反弹", STRONG), ("look_back_results", "核查问题", PLAIN))
    organs, series = ground.of_organs(*parts)
    shares = [percent(share(series[0].values[n], series[1].values[n])) for n in range(len(organs))]
    names = [ground.names[pk] for pk in organs]
    return Chart(
        "rebounds", "整改后有没有反弹？", "bars", "监督单位", names, series, "个", "A9.8e", "", ("反弹率", shares)
    )


CHARTS: tuple[Callable[[Ground], Chart], ...] = (by_organ, by_punctuality, by_age, by_month, by_area, by_rebound)


def charts(ground: Ground) -> list[Chart]:
    """All charts, in the order in which leaders ask."""
    return [draw(ground) for draw in CHARTS]
