"""The figures of a quarter, for one organ or for the county by one scope; counted anew on every reading of a draft."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any
from urllib.parse import urlencode

from django.urls import NoReverseMatch, reverse

from accounts.periods import Period
from reports.counting.catalogue import FIGURES, Scope
from reports.quarterly.outline import WHOLE, all_keys
from reports.quarterly.tokens import amount, change_words, number_of, value_words


def scope_of(organs: Iterable[int], period: Period, *, on: date) -> Scope:
    """The natural quarter for some organs, as it can be known on a day (AMB-7b)."""
    return Scope.of(organs, period.first, period.last, today=on)


def figures_of(organs: Iterable[int], period: Period, *, on: date) -> dict[str, dict[str, Any]]:
    """Every figure of the report: value, the quarter before, the records behind it."""
    scope = scope_of(organs, period, on=on)
    earlier = scope.before()
    kept: dict[str, dict[str, Any]] = {}
    for key in all_keys():
        whole = kept.get(WHOLE.get(key, ""))
        if whole is not None and whole["value"] == whole["before"] == "0":
            kept[key] = {"value": "0", "before": "0", "ids": []}
            continue
        value = FIGURES[key].value(scope)
        kept[key] = {"value": str(value), "before": str(FIGURES[key].value(earlier)),
                     "ids": FIGURES[key].ids(scope) if value else []}  # fmt: skip
    return kept


def figures_of_each(organs: Iterable[int], period: Period, *, on: date) -> dict[int, dict[str, dict[str, Any]]]:
    """The same for many organs at once, two queries per figure, without the records: what drafts are written from."""
    scope = scope_of(organs, period, on=on)
    now = {key: FIGURES[key].by_organ(scope) for key in all_keys()}
    before = {key: FIGURES[key].by_organ(scope.before()) for key in all_keys()}
    return {
        organ: {key: {"value": str(now[key].get(organ, 0)), "before": str(before[key].get(organ, 0)), "ids": []} for key in now}
        for organ in scope.organs
    }  # fmt: skip


def table(figures: Mapping[str, Mapping[str, Any]]) -> list[dict[str, str]]:
    """数据表: one row per figure in the order of the outline, in words; what nobody had in either quarter stays in."""
    return [
        {"key": key, "label": FIGURES[key].label, "unit": FIGURES[key].unit, "value": value_words(key, kept),
         "before": amount(number_of(kept["before"]), FIGURES[key].unit), "change": change_words(key, kept)}
        for key, kept in figures.items() if key in FIGURES
    ]  # fmt: skip


def busy(figures: Mapping[str, Mapping[str, Any]]) -> list[dict[str, str]]:
    """The rows in which something happened in one of the two quarters: what a narrow rail shows."""
    return [row for row in table(figures) if any(number_of(figures[row["key"]][side]) for side in ("value", "before"))]


def address(key: str, period: Period, organ: int | None = None) -> str:
    """The page that lists the records behind a figure; empty where there is none."""
    try:
        page = reverse("reports:figure", args=[key])
    except NoReverseMatch:
        return ""
    span = {"from": period.first.isoformat(), "to": period.last.isoformat()}
    return f"{page}?{urlencode({**span, **({'organ': organ} if organ else {})})}"


def per_organ(period: Period, organs: Iterable[int], *, on: date) -> dict[int, dict[str, Decimal]]:
    """Each organ's own figures, one query per figure for all organs together; zeros are left out."""
    scope = scope_of(organs, period, on=on)
    found: dict[int, dict[str, Decimal]] = {}
    for key in all_keys():
        for organ, value in FIGURES[key].by_organ(scope).items():
            found.setdefault(organ, {})[key] = number_of(value)
    return found
