"""The list behind a figure."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from accounts.access import log_access
from accounts.http import reads
from accounts.lists import all_of, page_of, wants_sheet
from accounts.models import Organ
from accounts.permissions import personal_organ_ids
from accounts.xlsx import list_as_xlsx
from reports.counting.catalogue import FIGURES, Figure, Scope
from reports.counting.listing import (
    AREA_PATHS,
    address_of,
    lead,
    listed,
    measured,
    narrowed,
    spoken,
    told,
)
from reports.forms.figures import FigureFilter
from reports.overview.reading import counted_organ_ids
from supervision.models import RectificationItem

ORDER = ("-pk",)


@reads
def figure(request: HttpRequest, key: str) -> HttpResponse:
    """One figure and the records that it counts, each a link; about persons only where the reader reads their register."""
    one = FIGURES.get(key)
    if one is None:
        raise Http404("no such figure")
    today, readable = timezone.localdate(), counted_organ_ids(request.user)
    filters = _filters(request, one, Scope.of(readable, today, today, today=today))
    span, chosen = filters.span, filters.chosen()
    scope = Scope.of(readable, span.first, span.last, today=today)
    if organ := chosen.get("organ"):
        scope = scope.only(organ.pk)
    if topic := chosen.get("topic"):
        scope = replace(scope, topic=topic.pk)
    narrow = {"area": chosen.get("area", ""), "age": int(chosen["age"]) if "age" in chosen else None}
    value, count = measured(one, narrowed(one, scope, **narrow), scope)
    opened = _opened(request.user, one, scope)
    rows = listed(one, narrowed(one, opened, **narrow))
    shut = one.about_persons and opened.organs != scope.organs and not rows.exists()
    if one.about_persons and not shut:
        log_access(request, "view", f"涉及人员的名单：{one.label}，{span.label}")
    if wants_sheet(request.GET) and not shut:
        return as_sheet(request, one, f"{one.label}（{span.label}）", rows)
    page = page_of(rows, ORDER, after=request.GET.get("after")) if not shut else None
    shown = {"figure": one, "span": span, "filters": filters, "value": told(one, value, count), "organ": organ, "topic": topic, "page": page,
             "headings": headings(one), "rows": cells(one, page.rows if page else ()), "on": scope.on,
             "closed_to": len(scope.organs - opened.organs) if one.about_persons else 0}  # fmt: skip
    return render(request, "reports/overview/figure.html", shown)


def _filters(request: HttpRequest, one: Figure, scope: Scope) -> FigureFilter:
    model = one.records(scope).model
    organs = Organ.objects.visible_to(request.user)
    return FigureFilter(request.GET, organs=organs, today=scope.on, has_area=model in AREA_PATHS,
                        has_age=model is RectificationItem, has_topic=one.heeds_topic)  # fmt: skip


def _opened(user: Any, one: Figure, scope: Scope) -> Scope:
    """The organs whose records may be listed: all of the scope; of persons those whose registers the user reads (A11)."""
    if not one.about_persons:
        return scope
    return replace(scope, organs=scope.organs & personal_organ_ids(user))


def _order(one: Figure) -> list[str]:
    """Columns with the one that names the record first, where a telephone still shows it."""
    paths = list(one.columns)
    return [paths.pop(lead(one)), *paths] if paths else []


def headings(one: Figure) -> list[str]:
    """The words above the columns, in the order of the cells."""
    return [one.columns[path] for path in _order(one)]


def cells(one: Figure, rows: Any) -> list[dict[str, Any]]:
    """The name that opens the record, then the other cells; days are not broken into lines."""
    first, *others = _order(one)
    return [
        {
            "address": address_of(one, row),
            "name": spoken(row[first]),
            "cells": [(spoken(row[path]), isinstance(row[path], date)) for path in others],
        }
        for row in rows
    ]


def as_sheet(request: HttpRequest, one: Figure, title: str, rows: Any) -> HttpResponse:
    """The whole list as a workbook, logged."""
    log_access(request, "export", title)
    found = all_of(rows, ORDER)
    return list_as_xlsx(title, one.columns, [{path: _written(row[path]) for path in one.columns} for row in found])


def _written(value: Any) -> Any:
    """Days, numbers and amounts as such, so that a sheet can sort and add them; anything else in words."""
    counts = isinstance(value, int | float | Decimal) and not isinstance(value, bool)
    return value if counts or isinstance(value, date) else spoken(value)
