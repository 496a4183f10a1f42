"""What the records say of one unit in one year, beside the texts: each number with the records that it counts (A11).

Nothing here is about a person, nothing is weighed or worded: a person reads the records and writes.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import reverse

from accounts.models import Organ, SupervisedUnit
from accounts.permissions import visible_organ_ids
from reports.counting.catalogue import FIGURES, Figure, Scope
from reports.counting.listing import lead, spoken

# Figure -> the path from its record to the unit.
UNIT_PATHS: Mapping[str, str] = {
    "problems_found": "unit",
    "problems_on_spot": "unit",
    "problems_repeated": "unit",
    "rectification_closed": "problem__unit",
    "rectification_open": "problem__unit",
    "rectification_overdue": "problem__unit",
    "extensions": "rectification__problem__unit",
    "correction_reminders": "problem__unit",
    "consultations": "units",
    "look_backs": "unit",
    "look_back_results": "rectification__problem__unit",
    "rebounds": "rectification__problem__unit",
    "documents": "unit",
    "document_replies": "document__unit",
}
SHOWN = 40  # rows of one figure; the page of the figure lists the rest


@dataclass(frozen=True)
class Row:
    """One record behind a number: how a text names it, its words and its page; without `address` it is another organ's."""

    mark: str
    key: str
    id: int
    ref: int
    day: str
    label: str
    organ: int
    address: str = ""


@dataclass(frozen=True)
class Fact:
    """One number of the year with its records; `elsewhere` of them are kept by organs that the reader does not read."""

    figure: Figure
    value: int
    rows: tuple[Row, ...]
    elsewhere: int = 0


def scope_of(organ: Organ, year: int, *, today: date) -> Scope:
    """The year in the whole county: a unit's problems count whoever found them."""
    ids = Organ.objects.within(organ.county()).values_list("pk", flat=True)
    return Scope.of(ids, date(year, 1, 1), date(year, 12, 31), today=today)


def facts(unit: SupervisedUnit, year: int, user: Any, *, today: date) -> list[Fact]:
    """The year's numbers of a unit, one query each; rows of foreign organs are counted and not shown."""
    scope, mine = scope_of(unit.organ, year, today=today), visible_organ_ids(user)
    return [_fact(FIGURES[key], path, unit, scope, mine) for key, path in UNIT_PATHS.items()]


def _found(figure: Figure, path: str, unit: SupervisedUnit, scope: Scope) -> list[dict[str, Any]]:
    columns = dict.fromkeys(("pk", figure.page_key, figure.organ, *figure.columns))
    rows: Any = figure.records(scope).filter(**{path: unit.pk}).order_by("pk").values(*columns).distinct()
    return list(rows)


def _fact(figure: Figure, path: str, unit: SupervisedUnit, scope: Scope, mine: Iterable[int]) -> Fact:
    found = _found(figure, path, unit, scope)
    rows = [_row(figure, row) for row in found if row[figure.organ] in mine]
    return Fact(figure, len(found), tuple(rows[:SHOWN]), len(found) - len(rows))


def _row(figure: Figure, row: Mapping[str, Any]) -> Row:
    name = list(figure.columns)[lead(figure)]
    days = [row[path] for path in figure.columns if isinstance(row[path], date)]
    words = spoken(row[name]) if not isinstance(row[name], date) else figure.label
    return Row(
        mark=f"{figure.key}:{row['pk']}", key=figure.key, id=row["pk"], ref=row[figure.page_key], organ=row[figure.organ],
        day=spoken(days[0]) if days else "", label=words[:120], address=address(figure.key, row[figure.page_key]),
    )  # fmt: skip


def address(key: str, ref: int) -> str:
    """The page of a record that a figure counts."""
    return reverse(FIGURES[key].page, args=[ref])


def frozen(unit: SupervisedUnit, year: int, *, today: date) -> list[dict[str, Any]]:
    """The numbers as they stand when the text goes up: value and ids of the records."""
    scope = scope_of(unit.organ, year, today=today)
    kept = []
    for key, path in UNIT_PATHS.items():
        ids = [row["pk"] for row in _found(FIGURES[key], path, unit, scope)]
        kept.append({"key": key, "label": FIGURES[key].label, "unit": FIGURES[key].unit, "value": len(ids), "ids": ids})
    return kept


def chosen(gathered: Iterable[Fact], marks: Iterable[str]) -> list[dict[str, Any]]:
    """The gathered records that a writer ticked, as a text keeps them; a record ticked under several numbers stands once.

    Marks of anything that was not gathered are left out.
    """
    wanted = set(marks)
    found: dict[str, dict[str, Any]] = {}
    for row in (row for fact in gathered for row in fact.rows if row.mark in wanted):
        entry = {"key": row.key, "id": row.id, "ref": row.ref, "label": f"{row.day} {row.label}".strip()}
        found.setdefault(row.address, entry)
    return list(found.values())
