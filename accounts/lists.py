"""One page of a long list: keyset paging over `.values()` rows, so that page 200 costs what page 1 costs."""

from __future__ import annotations

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import FieldDoesNotExist, ValidationError
from django.db.models import Q, QuerySet

SIZE = 50
MOST_EXPORTED = 10_000


@dataclass(frozen=True)
class Page:
    """What a list template shows. `next` is the address part of the following page, or empty on the last one."""

    rows: list[dict[str, Any]]
    next: str = ""
    first: bool = True
    total: int | None = None


def named_id(data: Mapping[str, Any], name: str) -> int | None:
    """The id that an address or a form names, or None where it is absent or nonsense."""
    value = data.get(name, "")
    return int(value) if isinstance(value, str) and value.isdecimal() and value.isascii() and len(value) < 19 else None


def page_of(rows: QuerySet, order: Sequence[str], *, after: str | None, size: int = SIZE, count: bool = True) -> Page:
    """The rows after the mark `after`, in `order` (field names, "-" for descending, the last one unique, none nullable).

    `rows` is a `.values()` queryset that carries the order's fields. A mark that makes no sense shows the first page.
    """
    mark = _read_mark(rows, order, after)
    found = list((rows.filter(_beyond(order, mark)) if mark else rows).order_by(*order)[: size + 1])
    more = len(found) > size
    found = found[:size]
    return Page(
        rows=found,
        next=_write_mark(found[-1], order) if more else "",
        first=not mark,
        total=rows.count() if count else None,
    )


def wants_sheet(data: Mapping[str, Any]) -> bool:
    """Whether the address asks for the list as a workbook."""
    return data.get("format") == "xlsx"


def all_of(rows: QuerySet, order: Sequence[str]) -> list[dict[str, Any]]:
    """The whole filtered list for a workbook, up to what a spreadsheet reader can bear."""
    return list(rows.order_by(*order)[:MOST_EXPORTED])


def chosen_order(wanted: str | None, orders: Mapping[str, Sequence[str]]) -> Sequence[str]:
    """The order that the address asks for among those the list knows, "-" turns it round; the first is the usual one."""
    wanted = wanted or ""
    order = orders.get(wanted.removeprefix("-")) or next(iter(orders.values()))
    if wanted.startswith("-") and wanted[1:] in orders:
        return tuple(name[1:] if name.startswith("-") else f"-{name}" for name in order)
    return order


def _beyond(order: Sequence[str], mark: Sequence[Any]) -> Q:
    condition, equal = Q(), Q()
    for name, value in zip(order, mark, strict=True):
        field, side = name.lstrip("-"), "lt" if name.startswith("-") else "gt"
        condition |= equal & Q(**{f"{field}__{side}": value})
        equal &= Q(**{field: value})
    return condition


def _write_mark(row: Mapping[str, Any], order: Sequence[str]) -> str:
    values = json.dumps([row[name.lstrip("-")] for name in order], default=str)
    return urlsafe_b64encode(values.encode()).decode().rstrip("=")


def _read_mark(rows: QuerySet, order: Sequence[str], after: str | None) -> list[Any]:
    if not after:
        return []
    try:
        values = json.loads(urlsafe_b64decode(after + "=" * (-len(after) % 4)))
        return [_value(rows, name.lstrip("-"), value) for name, value in zip(order, values, strict=True)]
    except (ValueError, TypeError, ValidationError, FieldDoesNotExist):
        return []


def _value(rows: QuerySet, name: str, value: Any) -> Any:
    if isinstance(value, dict | list) or value is None:
        raise ValueError(name)
    if name in rows.query.annotations:  # what the list computes, a term that sorts last where there is none
        return rows.query.annotations[name].output_field.to_python(value)
    model, field = rows.model, None
    for part in name.split("__"):
        field = model._meta.pk if part == "pk" else model._meta.get_field(part)
        model = field.related_model or model
    return field.to_python(value) if field is not None else value
