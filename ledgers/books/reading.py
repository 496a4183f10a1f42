"""What pages read of a register: filtered values, cells in words, counts. The same for all; constant in queries."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import models
from django.db.models import Count, IntegerField, OuterRef, Q, QuerySet, Subquery, Value
from django.utils.timezone import localtime

from accounts.models import Official
from ledgers.books.register import REGISTERS, Register

# The field of a related record that a reader knows it by.
NAMED_BY = {"Organ": "name", "SupervisedUnit": "name", "Official": "full_name", "CaseRecord": "code", "Clue": "code", "Problem": "description",
            "SpecialCampaign": "name", "InstitutionBuilt": "title", "Topic": "name", "User": "full_name"}  # fmt: skip
PAGE_FIELDS = ("pk", "organ_id", "verified_at", "removed_at")


@dataclass(frozen=True)
class Cell:
    """One cell of a list: its words, and how it is set (num, day, long or plain)."""

    text: str
    look: str = ""
    value: Any = None  # days, numbers and amounts as such, for a workbook that adds them up


def filtered(register: Register, rows: QuerySet, chosen: Mapping[str, Any]) -> Any:
    """The records that the reader asked for; names of `chosen` are those of the filter form."""
    for name, value in chosen.items():
        if name == "q":
            rows = rows.filter(_mentions(register, value))
        elif name in ("first", "last"):
            rows = rows.filter(**{f"{_day(register)}__{'gte' if name == 'first' else 'lte'}": value})
        elif name == "checked":
            rows = rows.filter(verified_at__isnull=value == "no")
        elif name == "year":
            rows = rows.filter(**{f"{register.day}__year": value})
        elif name in ("units", "topics"):
            rows = rows.filter(pk__in=register.model.objects.filter(**{name: value}).values("pk"))
        else:
            rows = rows.filter(
                **{name: {"yes": True, "no": False}.get(value, value) if _is_bool(register, name) else value}
            )
    return rows


def _is_bool(register: Register, name: str) -> bool:
    return isinstance(register.model._meta.get_field(name), models.BooleanField)


def _day(register: Register) -> str:
    timed = isinstance(register.model._meta.get_field(register.day), models.DateTimeField)
    return f"{register.day}__date" if timed else register.day


def _mentions(register: Register, words: str) -> Q:
    found = Q()
    for path in register.search:
        found |= Q(**{f"{path}__icontains": words})
    return found


def orders(register: Register) -> dict[str, Sequence[str]]:
    """How the list can be put in order; newest first is usual."""
    found: dict[str, Sequence[str]] = {
        "day": (f"-{register.day}", "-pk"),
        "organ": ("organ_id", f"-{register.day}", "-pk"),
    }
    if register.by == "unit" and not register.model._meta.get_field("unit").null:
        found["unit"] = ("unit__name", f"-{register.day}", "-pk")
    return found


def listed(register: Register, rows: QuerySet, *, whole: bool = False) -> Any:
    """The values behind a list page; `whole` with every field of the form, for a workbook."""
    names = columns(register, whole=whole)
    paths: dict[str, None] = dict.fromkeys((*PAGE_FIELDS, register.day, "organ__short_name", "unit__name") if register.by == "unit"
                                           else (*PAGE_FIELDS, register.day, "organ__short_name"))  # fmt: skip
    paths |= dict.fromkeys(path for name in (*names, *_times(register)) for path in _paths(register, name))
    if register.rows and "rows" in names:
        lines = register.rows.model._default_manager.filter(record=OuterRef("pk")).order_by().values("record")
        counted = lines.annotate(n=Count("pk")).values("n")
        rows = rows.annotate(line_count=Subquery(counted, output_field=IntegerField()))
        paths["line_count"] = None
    return rows.values(*paths)


def columns(register: Register, *, whole: bool = False) -> tuple[str, ...]:
    """The columns of the list. A workbook shows all fields, but never the texts of records about persons."""
    if not whole or register.persons:
        return register.columns
    rest = (name for name in register.fields if name not in register.columns and not _is_many(register, name))
    return (*register.columns, *rest)


def _is_many(register: Register, name: str) -> bool:
    return name != "rows" and register.model._meta.get_field(name).many_to_many


def _times(register: Register) -> list[str]:
    """Short fields that `stands` may ask for."""
    names = (name for name in (*register.fields, *register.needs) if not _is_many(register, name))
    return [name for name in names if not register.model._meta.get_field(name).is_relation
            and not isinstance(register.model._meta.get_field(name), models.TextField)]  # fmt: skip


def _paths(register: Register, name: str) -> tuple[str, ...]:
    if name == "rows" or _is_many(register, name):
        return ()
    field = register.model._meta.get_field(name)
    if not field.is_relation:
        return (name,)
    path = f"{name}__{NAMED_BY[field.related_model.__name__]}"
    return (path, f"{name}__post") if field.related_model is Official else (path,)


def cells(
    register: Register, rows: Sequence[dict[str, Any]], today: date, *, whole: bool = False
) -> list[dict[str, Any]]:
    """Each row with its `cells` in words, and `state`, `due_on`, `done_on` where the register judges its records."""
    names = columns(register, whole=whole)
    many = {name: _many(register, name, rows) for name in names if _is_many(register, name)}
    limit = register.limit.on(today) if register.limit else 0
    for row in rows:
        row["cells"] = [_cell(register, name, row, many) for name in names]
        row["state"], row["due_on"], row["done_on"] = standing(register, row, today, limit)
    return list(rows)


def standing(register: Register, row: dict[str, Any], today: date, limit: int | None = None) -> tuple[str, Any, Any]:
    """What today says about a record: words, the day it is due, the day it was done."""
    if register.stands is None:
        return "", None, None
    if limit is None:
        limit = register.limit.on(today) if register.limit else 0
    return register.stands(row, today, limit)


def _many(register: Register, name: str, rows: Sequence[dict[str, Any]]) -> dict[int, str]:
    field = register.model._meta.get_field(name)
    path = f"{name}__{NAMED_BY[field.related_model.__name__]}"
    found: dict[int, list[str]] = {}
    pairs = (
        register.model.objects.filter(pk__in=[row["pk"] for row in rows])
        .order_by(f"{name}__pk")
        .values_list("pk", path)
    )
    for pk, text in pairs:
        found.setdefault(pk, []).append(text or "")
    return {pk: "、".join(texts) for pk, texts in found.items()}


def _cell(register: Register, name: str, row: dict[str, Any], many: Mapping[str, Mapping[int, str]]) -> Cell:
    if name == "rows":
        return Cell(str(row.get("line_count") or 0), "num", row.get("line_count") or 0)
    if name in many:
        return Cell(many[name].get(row["pk"], ""), "long")
    field = register.model._meta.get_field(name)
    if field.is_relation:
        return Cell(_related(name, row), "")
    return worded(field, row[name])


def _related(name: str, row: Mapping[str, Any]) -> str:
    if name == "organ":
        return row["organ__short_name"] or row["organ__name"]
    path = next(path for path in row if path.startswith(f"{name}__") and path != f"{name}__post")
    post = row.get(f"{name}__post")
    return f"{row[path] or ''}（{post}）" if post else row[path] or ""


def worded(field: Any, value: Any) -> Cell:
    """One value of a plain field as the office writes it."""
    if value in (None, ""):
        return Cell("", "")
    if field.choices:
        return Cell(str(dict(field.flatchoices).get(value, value)), "word")
    if isinstance(value, bool):
        return Cell("是" if value else "", "word")
    if isinstance(value, datetime):
        return Cell(f"{localtime(value):%Y-%m-%d %H:%M}", "day", value)
    if isinstance(value, date):
        return Cell(f"{value:%Y-%m-%d}", "day", value)
    if isinstance(value, int | Decimal):
        return Cell(f"{value:,}" if isinstance(value, Decimal) else str(value), "num", value)
    return Cell(str(value), "long" if isinstance(field, models.TextField) else "")


def facts(register: Register, record: Any) -> list[tuple[str, str]]:
    """What a record's page shows: heading and words of every field that holds something."""
    found = []
    for name in ("organ", *(("unit",) if hasattr(record, "unit_id") else ()), *register.entry):
        field = register.model._meta.get_field(name)
        if field.many_to_many:
            text = "、".join(str(entry) for entry in getattr(record, name).all())
        elif field.is_relation:
            text = str(getattr(record, name) or "")
        else:
            text = worded(field, getattr(record, name)).text
        if text and (str(field.verbose_name), text) not in found:
            found.append((str(field.verbose_name), text))
    return found


def lines(register: Register, record: Any) -> tuple[list[str], list[list[str]]]:
    """Headings and words of the lines inside a record."""
    if register.rows is None:
        return [], []
    fields = [register.rows.model._meta.get_field(name) for name in register.rows.fields]
    heads = [str(field.verbose_name) for field in fields]  # type: ignore[union-attr]
    return heads, [[worded(field, getattr(row, field.name)).text for field in fields] for row in record.rows.all()]


def counts(user: Any, year: int, *, q: str = "", only: Iterable[str] | None = None) -> dict[str, int]:
    """Register -> number of the user's live records of the year, or of those that mention `q`. One query for all."""
    parts = []
    for register in REGISTERS.values():
        if only is not None and register.key not in only:
            continue
        rows: Any = register.model.objects.visible_to(user).live()
        rows = filtered(register, rows, {"q": q} if q else {"year": year})
        parts.append(
            rows.order_by()
            .annotate(book=Value(register.key))
            .values("book")
            .annotate(n=Count("pk"))
            .values_list("book", "n")
        )
    first, *rest = parts
    return dict(first.union(*rest, all=True))
