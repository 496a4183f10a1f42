"""The list behind a figure: exactly the records that it counts, narrowed, in cells that people read (A10.1b)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from django.db.models import Model, Q
from django.urls import reverse

from accounts.calendar import SHANGHAI
from accounts.models import Duty
from reports.counting.figure import NONE, Figure, Scope
from supervision.models import Problem, RectificationItem
from supervision.states import AGES

AREA_PATHS: Mapping[type[Model], str] = {Problem: "focus_area", RectificationItem: "problem__focus_area"}
# Headings of the cell that names a record and therefore opens it; without one of them the first cell does.
NAMES = frozenset({"问题", "标题", "事项", "监督项目", "监督轮次", "线索编号", "培训内容", "对象", "人员"})


def narrowed(figure: Figure, scope: Scope, *, area: str = "", age: int | None = None) -> Any:
    """The records of a figure, of one focus area or one bucket of lateness only where its records have such."""
    rows: Any = figure.records(scope)
    if area and rows.model in AREA_PATHS:
        rows = rows.filter(**{AREA_PATHS[rows.model]: area})
    if age is not None and rows.model is RectificationItem:
        rows = rows.filter(late_by(age, on=scope.on))
    return rows


def late_by(number: int, *, on: date) -> Q:
    """Rectification in one bucket of AGES on a day, in calendar days; without a term it is not late (A9.8c)."""
    if number == 0:
        return Q(due_on__isnull=True) | Q(due_on__gte=on)
    condition = Q(due_on__lte=on - timedelta(days=AGES[number][0]))
    if number + 1 < len(AGES):
        condition &= Q(due_on__gt=on - timedelta(days=AGES[number + 1][0]))
    return condition


def measured(figure: Figure, rows: Any, scope: Scope) -> tuple[Any, int]:
    """The figure over these records, and how many records they are."""
    return figure.over(rows, scope), rows.order_by().values("pk").distinct().count()


def listed(figure: Figure, rows: Any) -> Any:
    """The values that the list shows, one row for each record."""
    extra = ("link",) if rows.model is Duty else ()
    return rows.values(*dict.fromkeys(("pk", figure.page_key, *extra, *figure.columns))).distinct()


def lead(figure: Figure) -> int:
    """Which column names the record."""
    headings = list(figure.columns.values())
    return next((number for number, heading in enumerate(headings) if heading in NAMES), 0)


def address_of(figure: Figure, row: Mapping[str, Any]) -> str:
    """Where one record is read; empty where it has no page."""
    if not figure.page:
        return row.get("link", "")
    return reverse(figure.page, args=[*figure.page_args, row[figure.page_key]])


def spoken(value: Any) -> str:
    """A cell as people read it: days without time, sums with their thousands."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.astimezone(SHANGHAI).strftime("%Y-%m-%d %H:%M")
    if isinstance(value, Decimal | float):
        return f"{value:,.2f}"
    return value.isoformat() if isinstance(value, date) else str(value)


def told(figure: Figure, value: Any, count: int) -> str:
    """12个; where records and measure differ: 3人，共5条记录; a dash where there is nothing to take an average of."""
    if value is None:
        return NONE
    words = f"{spoken(value)}{figure.unit}"
    return words if value == count else f"{words}，共{count}条记录"
