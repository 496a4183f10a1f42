"""A problem found in a round or on its own page stands in the organ's ledger too: nothing is entered twice (A6.2b)."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db.models import Max

from accounts.models import Organ
from accounts.roles import LEDGER_KINDS
from ledgers.models import RowKind, UnitLedgerEntry
from supervision.actions import problems
from supervision.models import Problem


def add_row(problem: Problem, by: Any, at: datetime) -> None:
    """The next row of the organ's ledger of the problem's year; organs that keep no ledger have none."""
    organ = Organ.objects.select_for_update().get(pk=problem.organ_id)
    if organ.kind not in LEDGER_KINDS:
        return
    rows = UnitLedgerEntry.objects.filter(organ=organ, year=problem.year)
    last = rows.aggregate(last=Max("position"))["last"] or 0
    UnitLedgerEntry.objects.create(
        organ=organ, year=problem.year, position=last + 1, kind=RowKind.PROBLEM, item=problem.item, unit=problem.unit,
        problem=problem, created_by=by, updated_by=by, updated_at=at,
    )  # fmt: skip


def remove_row(problem: Problem, by: Any, at: datetime) -> None:
    """What was taken off the books leaves the ledger as well."""
    for row in UnitLedgerEntry.objects.live().filter(problem=problem):
        row.removed_at, row.removed_by = at, by
        row.save()


def restore_row(problem: Problem, by: Any, at: datetime) -> None:
    """And comes back with it."""
    for row in UnitLedgerEntry.objects.filter(problem=problem, removed_at__isnull=False):
        row.removed_at, row.removed_by = None, None
        row.save()


problems.FOUND.append(add_row)
problems.REMOVED.append(remove_row)
problems.RESTORED.append(restore_row)
