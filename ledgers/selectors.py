"""Readings over the ledgers: rows of one organ's ledger, the master ledger, the county's freshness. No hydrated models."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from django.db.models import Count, Max, Q, QuerySet

from accounts.calendar import local_day
from accounts.limits import LEDGER_SILENCE_DAYS
from accounts.models import Organ
from checklists.models import ChecklistItem, Milestone
from checklists.states import Form
from ledgers.columns import COLUMNS, NO_PROBLEM
from ledgers.models import LedgerGuidance, MasterLedgerEntry, RowKind, UnitLedgerEntry
from supervision.models import Problem
from supervision.states import RectificationStep

GRID_PAGE = 1000
LOCKED_STEPS = (RectificationStep.SUBMITTED, RectificationStep.CLOSED)
_PATHS = tuple(column.path for column in COLUMNS)
_EXTRA = (
    "pk", "kind", "pending", "note", "item__title", "unit__name", "updated_by__full_name", "problem_id",
    "problem__rectification__step", "problem__rectification__claimed_on", "problem__focus_area",
    "problem__rectification__extension_count", "problem__rectification__first_due_on",
)  # fmt: skip


def ledger_rows(rows: QuerySet[UnitLedgerEntry]) -> QuerySet[UnitLedgerEntry, dict[str, Any]]:
    """The values of ledger rows that `shape` understands."""
    return rows.values(*dict.fromkeys(_PATHS + _EXTRA))


def rows_of(organ: Organ, year: int, *, after: int = 0, size: int = GRID_PAGE) -> list[dict[str, Any]]:
    """One page of an organ's ledger in its own order, shaped for the grid."""
    live: Any = UnitLedgerEntry.objects.live().filter(organ=organ, year=year, position__gt=after)
    return [shape(row) for row in ledger_rows(live).order_by("position", "pk")[:size]]


def tasks_of(organ: Organ, year: int) -> list[dict[str, Any]]:
    """The organ's listed projects of a year (led, proposed or joined) with the rows it has entered for each (A6.2b)."""
    own = Q(ledger_rows__organ=organ, ledger_rows__year=year, ledger_rows__removed_at__isnull=True)
    mine: Any = ChecklistItem.objects.listed(year).filter(Q(lead_organ=organ) | Q(organ=organ) | Q(participants=organ))
    rows: Any = ChecklistItem.objects.filter(pk__in=mine.values("pk")).annotate(
        entered=Count("ledger_rows", filter=own)
    )
    return list(rows.order_by("form", "pk").values("pk", "title", "form", "period_end", "entered"))


def rows_by_id(ids: Sequence[int]) -> list[dict[str, Any]]:
    """Certain rows, shaped for the grid."""
    return [
        shape(row) for row in ledger_rows(UnitLedgerEntry.objects.live().filter(pk__in=ids)).order_by("position", "pk")
    ]


def shape(row: Mapping[str, Any]) -> dict[str, Any]:
    """One row as the grid speaks of it: texts per column, refused cells with their sentence, locked columns."""
    cells = {column.key: _text(row[column.path]) for column in COLUMNS}
    if row["kind"] == RowKind.NO_PROBLEM:
        cells |= {
            "task": row["item__title"] or "",
            "unit": row["unit__name"] or "",
            "problem": row["note"] or NO_PROBLEM,
        }
    bad, conflicts = {}, {}
    for key, kept in row["pending"].items():
        if key.startswith("conflict:"):
            conflicts[key.removeprefix("conflict:")] = kept
            continue
        cells[key] = kept["text"]
        if kept["message"]:
            bad[key] = kept
    return {
        "id": row["pk"], "position": row["position"], "kind": row["kind"], "cells": cells, "bad": bad,
        "conflicts": conflicts, "locked": list(_locked(row)), "problem": row["problem_id"],
        "step": row["problem__rectification__step"] or "", "by": row["updated_by__full_name"],
    }  # fmt: skip


def _text(value: Any) -> str:
    if value is None:
        return ""
    if hasattr(value, "astimezone"):
        return local_day(value).isoformat()
    return value.isoformat() if hasattr(value, "isoformat") else str(value)


def _locked(row: Mapping[str, Any]) -> tuple[str, ...]:
    if row["problem__rectification__step"] in LOCKED_STEPS:
        return tuple(column.key for column in COLUMNS)
    return ()


# --- the master ledger ---


def master_rows(year: int, organ_ids: frozenset[int], *, on: date) -> list[dict[str, Any]]:
    """工作总台账: one row per listed project, its counts read from the problems, in the order of the list (A6.2a)."""
    rows: list[Any] = list(
        MasterLedgerEntry.objects.filter(year=year, organ_id__in=organ_ids)
        .order_by("item__form", "organ__sort_order", "item_id")
        .values(
            "pk",
            "item_id",
            "item__form",
            "task",
            "measures",
            "organ__name",
            "progress_note",
            "item__period_end",
            "item__step",
        )
    )
    ids = [row["item_id"] for row in rows]
    counts, milestones = _counts(ids), _milestones(ids, on)
    for seq, row in enumerate(rows, 1):
        row |= {
            "seq": seq,
            **_EMPTY,
            **counts.get(row["item_id"], {}),
            "milestones": milestones.get(row["item_id"], []),
        }
        row["overdue_milestone"] = any(entry["overdue"] for entry in row["milestones"])
        row["status"] = _status(row, on)
        row["form"] = Form(row["item__form"]).label
        row["milestone_text"] = "；".join(f"{entry['due_on']:%Y-%m-%d} {entry['text']}" for entry in row["milestones"])
    return rows


_EMPTY = {"found": 0, "closed": 0, "clues": 0, "handled": 0, "overdue": 0, "updated_at": None}


def _counts(item_ids: Sequence[int]) -> dict[int, dict[str, Any]]:
    problems: Any = Problem.objects.live()
    found: Any = (
        problems.filter(item_id__in=item_ids)
        .values("item_id")
        .annotate(
            found=Count("pk"),
            closed=Count("pk", filter=Q(rectification__step=RectificationStep.CLOSED)),
            clues=Count("pk", filter=~Q(clue_ref="")),
            handled=Count("pk", filter=~Q(handling="")),
            updated_at=Max("updated_at"),
        )
        .order_by("item_id")
    )
    return {row["item_id"]: row for row in found}


def _milestones(item_ids: Sequence[int], on: date) -> dict[int, list[dict[str, Any]]]:
    found: dict[int, list[dict[str, Any]]] = {}
    rows: Any = Milestone.objects.filter(item_id__in=item_ids).order_by("due_on", "seq")
    for row in rows.values("item_id", "text", "due_on", "done_on"):
        row["overdue"] = row["done_on"] is None and row["due_on"] < on
        found.setdefault(row["item_id"], []).append(row)
    return found


def _status(row: Mapping[str, Any], on: date) -> str:
    if row["found"] and row["found"] == row["closed"] and row["item__period_end"] and row["item__period_end"] < on:
        return "已完成"
    if row["overdue_milestone"]:
        return "节点逾期"
    return "推进中" if row["found"] else "尚未登记问题"


# --- the county ---


def county_ledgers(year: int, organ_ids: frozenset[int], *, on: date) -> list[dict[str, Any]]:
    """Every organ that keeps a ledger, with its counts and how long it has been silent (A6.2c)."""
    organs: list[Any] = list(
        Organ.objects.keeping_ledgers().filter(pk__in=organ_ids).active(on=on).order_by("sort_order", "pk")
        .annotate(opened=Max("ledgers__opened_at", filter=Q(ledgers__year=year))).values("pk", "name", "kind", "opened")
    )  # fmt: skip
    counts = _organ_counts(year, organ_ids, on)
    silence = LEDGER_SILENCE_DAYS.on(on)
    for organ in organs:
        organ |= {**_NOTHING, **counts.get(organ["pk"], {})}
        since = organ["last"] or organ["opened"]
        organ["silent_days"] = (on - local_day(since)).days if since else None
        organ["is_silent"] = since is None or on - local_day(since) > timedelta(days=silence)
    return organs


_NOTHING = {"rows": 0, "found": 0, "closed": 0, "overdue": 0, "last": None}


def _organ_counts(year: int, organ_ids: frozenset[int], on: date) -> dict[int, dict[str, Any]]:
    rows: Any = (
        UnitLedgerEntry.objects.live()
        .filter(year=year, organ_id__in=organ_ids)
        .values("organ_id")
        .annotate(
            rows=Count("pk"),
            last=Max("updated_at"),
            found=Count("pk", filter=Q(kind=RowKind.PROBLEM)),
            closed=Count("pk", filter=Q(problem__rectification__step=RectificationStep.CLOSED)),
            overdue=Count(
                "pk",
                filter=Q(problem__rectification__due_on__lt=on)
                & ~Q(problem__rectification__step=RectificationStep.CLOSED),
            ),
        )
        .order_by("organ_id")
    )
    return {row["organ_id"]: row for row in rows}


def guidance_of(organ: Organ, year: int) -> QuerySet[LedgerGuidance]:
    """What 党风政风监督室 told the organ about its ledger, newest first."""
    return LedgerGuidance.objects.filter(organ=organ, year=year).select_related("by")
