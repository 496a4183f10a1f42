"""Typing in the ledger: each cell is kept, judged, and written where it belongs (A6.2b).

A row with a task, a unit and a problem is a `supervision.Problem`; before that, and for cells that cannot be taken, the
text stays in the row's `pending`. What two clerks write into one cell is kept from both.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Max

from accounts.models import Organ
from accounts.permissions import Permission, has
from accounts.sheets.identity import without_id_numbers
from accounts.sheets.texts import clean
from accounts.workflow import Refused
from checklists.models import Method
from ledgers.cells import BadCell, read_cell, says_no_problem
from ledgers.columns import BY_KEY, NEEDED, WRITABLE
from ledgers.importing import Book, book_of
from ledgers.models import RowKind, UnitLedgerEntry
from ledgers.selectors import LOCKED_STEPS, rows_by_id
from ledgers.sheets.names import Phonebook
from supervision.actions.problems import change_problem, create_problem, remove_problem, restore_problem

WAITS = "销号须有佐证并由第二人审核（依据第九条第（八）项）：请打开该问题，上传佐证后提请销号。"
MAX_CHANGES = 5000
BLANK: dict[str, Any] = {"cells": {}, "bad": {}, "conflicts": {}, "locked": [], "by": ""}


@dataclass(frozen=True)
class Change:
    """One cell as the clerk left it: the text she saw before (`base`) and the text she wrote."""

    change: str
    row: int | None
    temp: str
    column: str
    base: str
    value: str


@dataclass
class Desk:
    """What is needed to judge cells of one organ's ledger of one year, read once per request."""

    organ: Organ
    year: int
    book: Book
    phonebook: Phonebook
    methods: dict[str, Method]
    by: Any
    at: datetime
    last_position: int = 0

    def read(self, key: str, text: str) -> Any:
        """The value of a cell, or `BadCell`."""
        return read_cell(BY_KEY[key], text, self.phonebook, self.methods, year=self.year)


def desk_of(organ: Organ, year: int, *, by: Any, at: datetime) -> Desk:
    """Raises `Refused` for whoever may not write this ledger."""
    if not has(by, Permission.DRAFT, organ.pk):
        raise Refused(f"{organ.name}的台账由本单位登记，您可以查看，不能填写。", "A6.2b")
    book = book_of(organ, year)
    methods = {method.name: method for method in Method.objects.filter(is_active=True)}
    return Desk(organ, year, book, Phonebook.of(book.directory()), methods, by, at)


@transaction.atomic
def write_cells(organ: Organ, year: int, changes: Iterable[Change], *, by: Any, at: datetime) -> dict[str, Any]:
    """Take a batch of cells. Answers one result per change and the rows as they now stand.

    Sending the same batch again changes nothing. Raises `Refused` for strangers; a cell that cannot be taken is not an
    exception but a result with its sentence.
    """
    desk = desk_of(organ, year, by=by, at=at)
    Organ.objects.select_for_update().get(pk=organ.pk)
    results: list[dict[str, Any]] = []
    touched: dict[int, None] = {}
    for entry, shown, group in _grouped(desk, list(changes), results):
        results += _write_row(desk, entry, shown, group)
        touched[entry.pk] = None
    return {"results": results, "rows": rows_by_id(list(touched))}


def _grouped(
    desk: Desk, changes: list[Change], results: list[dict[str, Any]]
) -> Iterable[tuple[UnitLedgerEntry, dict[str, Any], list[Change]]]:
    """Changes by the row they belong to, with the row as it is shown now; new rows follow in the order of typing."""
    groups: dict[Any, list[Change]] = {}
    for change in changes[:MAX_CHANGES]:
        groups.setdefault(change.row or change.temp, []).append(change)
    known = (
        UnitLedgerEntry.objects.live().filter(organ=desk.organ, year=desk.year).select_related("problem__rectification")
    )
    by_id = {row.pk: row for row in known.filter(pk__in=[key for key in groups if isinstance(key, int)])}
    by_temp = {
        row.client_key: row for row in known.filter(client_key__in=[key for key in groups if isinstance(key, str)])
    }
    shown = {row["id"]: row for row in rows_by_id([entry.pk for entry in (*by_id.values(), *by_temp.values())])}
    for key, group in groups.items():
        entry = by_id.get(key) or by_temp.get(key)
        if entry is None and isinstance(key, str) and key:
            entry = new_row(desk, key)
        if entry is None:
            gone = "这一行已被删除或不属于本台账，请刷新后再填；您写的内容在提示框中，可以复制。"
            results += [_result(change, "refused", message=gone) for change in group]
            continue
        yield entry, shown.get(entry.pk, BLANK), group


def new_row(desk: Desk, client_key: str) -> UnitLedgerEntry:
    """A new row at the end, not saved yet. `client_key` lets a repeated request find the row it made before."""
    if not desk.last_position:
        rows = UnitLedgerEntry.objects.filter(organ=desk.organ, year=desk.year)
        desk.last_position = rows.aggregate(last=Max("position"))["last"] or 0
    desk.last_position += 1
    return UnitLedgerEntry(
        organ=desk.organ, year=desk.year, position=desk.last_position, client_key=client_key[:40], created_by=desk.by,
        updated_by=desk.by, updated_at=desk.at,
    )  # fmt: skip


def _write_row(
    desk: Desk, entry: UnitLedgerEntry, shown: Mapping[str, Any], group: list[Change]
) -> list[dict[str, Any]]:
    results: list[dict[str, Any]] = []
    texts: dict[str, str] = {}
    for change in group:
        verdict = _judge(entry, shown, change, texts)
        if verdict:
            results.append(verdict)
        else:
            texts[change.column] = clean(change.value)
            results.append(_result(change, "saved"))
    if texts or not entry.pk or any(result["status"] == "conflict" for result in results):
        _settle(desk, entry, texts)
    for result in results:
        _complete(result, entry)
    return results


def _judge(
    entry: UnitLedgerEntry, shown: Mapping[str, Any], change: Change, texts: Mapping[str, str]
) -> dict[str, Any] | None:
    """Why a change cannot simply be written; None where it can."""
    if change.column not in {column.key for column in WRITABLE}:
        return _result(change, "refused", message="这一列由系统填写，不能修改。")
    now = texts.get(change.column, shown["cells"].get(change.column, ""))
    new = clean(change.value)
    if new == now:
        entry.pending.pop(f"conflict:{change.column}", None)
        return None if change.column in shown["conflicts"] else _result(change, "saved")
    if shown["locked"]:
        return _result(
            change, "refused", message="该问题已提请销号或已销号，内容已锁定。如需修改，请由审核人退回或重新开启。"
        )
    if clean(change.base) != now:
        theirs = {"value": now, "by": shown["by"], "at": shown["cells"]["updated_at"]}
        entry.pending[f"conflict:{change.column}"] = {
            "text": new,
            "theirs": now,
            "message": f"{shown['by']}同时改了这一格",
        }
        return _result(change, "conflict", message=f"{shown['by']}刚改过这一格，请选择保留哪一个。", theirs=theirs)
    entry.pending.pop(f"conflict:{change.column}", None)
    return None


def _result(change: Change, status: str, *, message: str = "", theirs: Any = None) -> dict[str, Any]:
    return {"change": change.change, "row": change.row, "temp": change.temp, "column": change.column, "status": status,
            "value": change.value, "message": message, "theirs": theirs}  # fmt: skip


def _complete(result: dict[str, Any], entry: UnitLedgerEntry) -> None:
    result["row"] = entry.pk
    kept = entry.pending.get(result["column"])
    if result["status"] == "saved" and kept and kept["message"]:
        result["status"], result["message"] = "bad", kept["message"]


def _settle(desk: Desk, entry: UnitLedgerEntry, texts: Mapping[str, str]) -> None:
    values: dict[str, Any] = {}
    bad: dict[str, dict[str, str]] = {}
    for key, text in texts.items():
        try:
            values[key] = desk.read(key, text)
        except BadCell as wrong:
            bad[key] = {"text": without_id_numbers(text), "message": str(wrong)}
    for key in texts:
        entry.pending.pop(key, None)
    if entry.kind == RowKind.PROBLEM:
        bad |= _into_problem(desk, entry, values, texts)
    else:
        entry.pending |= {key: {"text": texts[key], "message": ""} for key in values if texts[key]}
    entry.pending |= bad
    if entry.kind != RowKind.PROBLEM:
        _promote(desk, entry)
    entry.updated_by, entry.updated_at = desk.by, desk.at
    entry.save()


def _into_problem(
    desk: Desk, entry: UnitLedgerEntry, values: Mapping[str, Any], texts: Mapping[str, str]
) -> dict[str, dict[str, str]]:
    """Write what can be written; a refusal falls on the one cell that caused it."""
    problem: Any = entry.problem
    bad = {}
    for key in NEEDED:
        if key in values and not values[key]:
            bad[key] = {"text": "", "message": f"{BY_KEY[key].title}不能清空。如果这一行不要了，请删除整行。"}
    if values.get("closed_on"):
        bad["closed_on"] = {"text": texts["closed_on"], "message": WAITS}
    usable = {key: value for key, value in values.items() if key not in bad or key == "closed_on"}
    try:
        with transaction.atomic():
            change_problem(problem, _fields(desk, usable), by=desk.by, at=desk.at)
    except Refused:
        bad |= _one_by_one(desk, problem, usable, texts)
    entry.item, entry.unit = problem.item, problem.unit
    return bad


def _one_by_one(
    desk: Desk, problem: Any, values: Mapping[str, Any], texts: Mapping[str, str]
) -> dict[str, dict[str, str]]:
    bad = {}
    for key, value in values.items():
        try:
            with transaction.atomic():
                change_problem(problem, _fields(desk, {key: value}), by=desk.by, at=desk.at)
        except Refused as refused:
            bad[key] = {"text": texts[key], "message": refused.full}
    return bad


def _fields(desk: Desk, values: Mapping[str, Any]) -> dict[str, Any]:
    fields = {BY_KEY[key].field: value for key, value in values.items()}
    if "item" in fields:
        fields["item"] = desk.book.items.get(fields["item"])
    if "unit" in fields:
        fields["unit"] = desk.book.units.get(fields["unit"])
    return fields


def _promote(desk: Desk, entry: UnitLedgerEntry) -> None:
    """Make a problem, or a row "未发现问题", of what has been typed so far, if that is enough."""
    good = {key: desk.read(key, kept["text"]) for key, kept in entry.pending.items()
            if key in BY_KEY and not kept["message"]}  # fmt: skip
    if good.get("problem") and says_no_problem(good["problem"]) and good.get("task"):
        _no_problem(desk, entry, good)
    elif all(good.get(key) for key in NEEDED):
        _new_problem(desk, entry, good)


def _no_problem(desk: Desk, entry: UnitLedgerEntry, good: Mapping[str, Any]) -> None:
    entry.kind = RowKind.NO_PROBLEM
    entry.item, entry.unit = desk.book.items[good["task"]], desk.book.units.get(good.get("unit", ""))
    entry.note = good["problem"]
    for key in NEEDED:
        entry.pending.pop(key, None)


def _new_problem(desk: Desk, entry: UnitLedgerEntry, good: dict[str, Any]) -> None:
    typed = {key: entry.pending[key]["text"] for key in good}
    fields = _fields(desk, good)
    try:
        with transaction.atomic():
            problem = create_problem(organ=desk.organ, year=desk.year, by=desk.by, at=desk.at, in_ledger=True, **fields)
    except Refused as refused:
        culprit = next(
            (key for key in ("closed_on", "due_on", "found_on", "suggestion", "handling") if good.get(key)), "problem"
        )
        entry.pending[culprit] = {"text": typed[culprit], "message": refused.full}
        return
    entry.kind, entry.problem, entry.note = RowKind.PROBLEM, problem, ""
    entry.item, entry.unit = problem.item, problem.unit
    entry.pending = {key: kept for key, kept in entry.pending.items() if key not in good}
    if good.get("closed_on"):
        entry.pending["closed_on"] = {"text": typed["closed_on"], "message": WAITS}


# --- rows ---


@transaction.atomic
def remove_rows(organ: Organ, year: int, ids: list[int], *, by: Any, at: datetime) -> dict[str, Any]:
    """Take rows off the ledger, and their problems with them; each can be restored. Struck-off ones stay."""
    desk_of(organ, year, by=by, at=at)
    removed: list[int] = []
    refused: list[dict[str, Any]] = []
    rows = UnitLedgerEntry.objects.live().filter(organ=organ, year=year, pk__in=ids)
    for entry in rows.select_related("problem__rectification").select_for_update(of=("self",)):
        try:
            if entry.problem is not None:
                remove_problem(entry.problem, by=by, at=at, reason="从台账删除")
        except Refused as reason:
            refused.append({"row": entry.pk, "message": reason.full})
            continue
        entry.removed_at, entry.removed_by = at, by
        entry.save()
        removed.append(entry.pk)
    return {"removed": removed, "refused": refused}


@transaction.atomic
def restore_rows(organ: Organ, year: int, ids: list[int], *, by: Any, at: datetime) -> dict[str, Any]:
    """Undo `remove_rows`."""
    desk_of(organ, year, by=by, at=at)
    rows = UnitLedgerEntry.objects.filter(organ=organ, year=year, pk__in=ids, removed_at__isnull=False)
    restored = []
    for entry in rows.select_related("problem").select_for_update(of=("self",)):
        if entry.problem is not None:
            restore_problem(entry.problem, by=by, at=at)
        entry.removed_at, entry.removed_by = None, None
        entry.save()
        restored.append(entry.pk)
    return {"rows": rows_by_id(restored)}


def is_locked(entry: UnitLedgerEntry) -> bool:
    """Whether the row's problem waits for, or has had, its 销号."""
    problem = entry.problem
    return problem is not None and problem.rectification.step in LOCKED_STEPS
