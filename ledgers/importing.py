"""Takes a read workbook into the ledger: all or nothing, and nothing twice (A6.2b).

Belongs to the layer of actions. What a workbook says is compared with what the ledger holds inside the same
transaction that writes, so that two clerks who import the same file at once write it once.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import Max, Q, QuerySet
from simple_history.utils import bulk_create_with_history

from accounts.digest import digest_of
from accounts.models import Organ, SupervisedUnit
from accounts.permissions import Permission, has
from accounts.workflow import Refused, record
from checklists.models import ChecklistItem, Method
from ledgers.models import ColumnMapping, ImportRun, RowKind, UnitLedgerEntry
from ledgers.sheets import CellError, Directory, Reading, Row, read_apart
from ledgers.sheets.compare import Known, Line, State, compare
from supervision.models import Problem, RectificationItem
from supervision.states import Origin, RectificationStep

BATCH = 500
Progress = Callable[[int, int], None]


def unseen(done: int, total: int) -> None:
    """Progress that nobody watches."""


_KNOWN = {
    "entry": "pk",
    "task": "problem__item__title",
    "unit": "problem__unit__name",
    "problem": "problem__description",
    "found_on": "problem__found_on",
    "clue": "problem__clue_ref",
    "suggestion": "problem__suggestion",
    "due_on": "problem__rectification__due_on",
    "rectification": "problem__rectification__situation",
    "closed_on": "problem__rectification__closed_on",
    "handling": "problem__handling",
    "handler": "problem__handler",
}
_PROBLEM_COLUMNS = {
    "found_on": "found_on",
    "clue": "clue_ref",
    "suggestion": "suggestion",
    "handling": "handling",
    "handler": "handler",
}


@dataclass(frozen=True)
class Book:
    """One organ's ledger of one year, with the tasks and units that its rows may name."""

    organ: Organ
    year: int
    items: dict[str, ChecklistItem]
    units: dict[str, SupervisedUnit]
    aliases: dict[str, str] = field(default_factory=dict)

    def directory(self, more: Mapping[str, str] | None = None) -> Directory:
        """The names as the reader of sheets wants them, with wordings that a clerk has just explained."""
        return Directory(
            self.organ.name, self.year, tuple(self.items), tuple(self.units), {**self.aliases, **(more or {})}
        )


def book_of(organ: Organ, year: int) -> Book:
    """The organ's listed projects and its units; wordings explained in earlier imports are known again."""
    items = (
        ChecklistItem.objects.listed(year)
        .filter(Q(lead_organ=organ) | Q(organ=organ) | Q(participants=organ))
        .distinct()
        .order_by("-pk")
    )
    units = SupervisedUnit.objects.filter(organ=organ).active(on=date(year, 1, 1)).order_by("pk")
    explained: dict[str, str] = {unit.short_name: unit.name for unit in units if unit.short_name}
    for choices in _imported(organ).order_by("pk").values_list("choices", flat=True):
        explained |= choices
    return Book(organ, year, {item.title: item for item in items}, {unit.name: unit for unit in units}, explained)


def _imported(organ: Organ) -> QuerySet[ImportRun]:
    return ImportRun.objects.filter(organ=organ, imported_at__isnull=False)


def signature_of(reading: Reading) -> str:
    """The shape of a workbook: a digest of its headings."""
    return digest_of([heading.label for heading in reading.headings])


def read_workbook(
    data: bytes,
    filename: str,
    book: Book,
    *,
    mapping: Mapping[str, str] | None = None,
    choices: Mapping[str, str] | None = None,
) -> Reading:
    """Read in a process of its own; the columns once chosen for a workbook of this shape are chosen again.

    Raises `ledgers.sheets.Unreadable` with the sentence for the clerk.
    """
    directory = book.directory(choices)
    if mapping:
        return read_apart(data, filename, directory, mapping)
    reading = read_apart(data, filename, directory)
    known = ColumnMapping.objects.filter(organ=book.organ, signature=signature_of(reading)).first()
    if known is None or known.mapping == reading.mapping:
        return reading
    return read_apart(data, filename, directory, known.mapping)


def compare_with_ledger(reading: Reading, book: Book) -> list[Line]:
    """What importing each right row would do."""
    return compare(reading.rows, _known(book))


def _known(book: Book) -> Iterable[Known]:
    rows = UnitLedgerEntry.objects.live().filter(organ=book.organ, year=book.year, kind=RowKind.PROBLEM).order_by("pk")
    paths = [
        *_KNOWN.values(),
        "problem__origin",
        "problem__rectification__submitted_at",
        "problem__rectification__step",
    ]
    for *values, origin, submitted_at, step in rows.values_list(*paths).iterator(chunk_size=2000):
        held: dict[str, Any] = dict(zip(_KNOWN, values, strict=True))
        held["rectification"] = held["rectification"] or ""
        held["task"] = held["task"] or ""
        closable = origin == Origin.IMPORTED and submitted_at is None
        yield Known(**held, closable=closable, locked=step == RectificationStep.SUBMITTED)


@dataclass(frozen=True)
class Preview:
    """A kept workbook as it stands against the ledger now."""

    reading: Reading
    lines: list[Line]
    book: Book
    directory: Directory

    def lines_by_state(self) -> dict[str, list[Any]]:
        """State -> its lines; under "wrong" each bad row with its errors."""
        found: dict[str, list[Any]] = {}
        for line in self.lines:
            found.setdefault(str(line.state), []).append(line)
        by_row: dict[tuple[str, int], list[CellError]] = {}
        for error in self.reading.errors:
            by_row.setdefault((error.sheet, error.row), []).append(error)
        drafts = {(row.sheet, row.row): row for row in self.reading.drafts}
        if by_row:
            found["wrong"] = [
                {"row": drafts.get(place, Row(place[1], place[0])), "errors": errors}
                for place, errors in by_row.items()
            ]
        return found


def preview(data: bytes, run: ImportRun) -> Preview:
    """Read the kept file with what the clerk has decided so far. Raises `ledgers.sheets.Unreadable`."""
    book = book_of(run.organ, run.year)
    reading = read_workbook(data, run.filename, book, mapping=run.mapping, choices=run.choices)
    return Preview(reading, compare_with_ledger(reading, book), book, book.directory(run.choices))


@transaction.atomic
def take_over(
    reading: Reading,
    book: Book,
    run: ImportRun,
    *,
    by: Any,
    at: datetime,
    skip_bad_rows: bool = False,
    progress: Progress = unseen,
) -> Counter[str]:
    """Write what is new and what changed; answers how many rows were new, changed, the same, twice, skipped.

    Raises `Refused` when the user may not draft for the organ, when the run was imported before, or when the workbook
    has wrong rows and they are not to be skipped.
    """
    if not has(by, Permission.DRAFT, book.organ.pk):
        raise Refused(f"您没有登记{book.organ.name}台账的权限，请由该单位人员导入。", "A6.2b")
    Organ.objects.select_for_update().get(pk=book.organ.pk)
    _refuse_second_time(run)
    if reading.errors and not skip_bad_rows:
        raise Refused(f"表格中还有{len(wrong_rows(reading))}行不能导入，请先改正，或者选择跳过这些行。")
    lines = compare_with_ledger(reading, book)
    fresh = [line.row for line in lines if line.state == State.NEW]
    changed = [line for line in lines if line.state == State.CHANGED]
    _create(fresh, book, run, by=by, at=at, progress=lambda done: progress(done, len(fresh) + len(changed)))
    for place, line in enumerate(changed, len(fresh) + 1):
        _change(line, run, by=by, at=at)
        if place % BATCH == 0:
            progress(place, len(fresh) + len(changed))
    counts = Counter(str(line.state) for line in lines)
    counts["skipped"] = len(wrong_rows(reading))
    _finish(run, counts, by=by, at=at)
    return counts


def _refuse_second_time(run: ImportRun) -> None:
    if run.pk and ImportRun.objects.filter(pk=run.pk, imported_at__isnull=False).exists():
        raise Refused("这个文件已经导入，不能重复导入。如有新内容，请重新上传。")


def wrong_rows(reading: Reading) -> set[tuple[str, int]]:
    """(sheet, row) of every row that has an error."""
    return {(error.sheet, error.row) for error in reading.errors}


def _create(
    rows: list[Row], book: Book, run: ImportRun, *, by: Any, at: datetime, progress: Callable[[int], None]
) -> None:
    """Problems, their rectification and their ledger rows, in bulk, each with its history."""
    methods = list(Method.objects.filter(is_active=True))
    last = UnitLedgerEntry.objects.filter(organ=book.organ, year=book.year).aggregate(last=Max("position"))["last"] or 0
    for start in range(0, len(rows), BATCH):
        batch = rows[start : start + BATCH]
        problems = _bulk([_problem(row, book, run, methods, by) for row in batch], Problem, by, at)
        pairs = list(zip(batch, problems, strict=True))
        _bulk([_rectification(row, problem, by) for row, problem in pairs], RectificationItem, by, at)
        places = enumerate(problems, last + start + 1)
        _bulk([_entry(problem, book, place, by, at) for place, problem in places], UnitLedgerEntry, by, at)
        progress(start + len(batch))


def _bulk(records: list[Any], model: Any, by: Any, at: datetime) -> list[Any]:
    if not records:
        return []
    return bulk_create_with_history(records, model, batch_size=BATCH, default_user=by, default_date=at)


def _problem(row: Row, book: Book, run: ImportRun, methods: list[Method], by: Any) -> Problem:
    item = book.items[row.task]
    return Problem(
        organ=book.organ,
        item=item,
        unit=book.units[row.unit],
        year=book.year,
        description=row.problem,
        found_on=row.found_on,
        method=next((method for method in methods if method.name in row.method), None),
        focus_area=item.focus_area,
        clue_ref=row.clue,
        suggestion=row.suggestion,
        handling=row.handling,
        handler=row.handler,
        origin=Origin.IMPORTED,
        origin_note=_source(row, run),
        created_by=by,
    )


def _source(row: Row, run: ImportRun) -> str:
    """File, sheet and row that a record came from, and the digest of the file."""
    return f"{run.filename[:80]} {row.sheet[:31]} 第{row.row}行 {run.digest}"[:200]


def _rectification(row: Row, problem: Problem, by: Any) -> RectificationItem:
    return RectificationItem(
        problem=problem,
        organ=problem.organ,
        situation=row.rectification,
        first_due_on=row.due_on,
        due_on=row.due_on,
        step=_step(row),
        closed_on=row.closed_on,
        closed_by=by if row.closed_on else None,
        closed_origin=Origin.IMPORTED if row.closed_on else "",
    )


def _step(row: Row) -> RectificationStep:
    if row.closed_on:
        return RectificationStep.CLOSED
    return RectificationStep.IN_PROGRESS if row.rectification else RectificationStep.ISSUED


def _entry(problem: Problem, book: Book, position: int, by: Any, at: datetime) -> UnitLedgerEntry:
    return UnitLedgerEntry(
        organ=book.organ,
        year=book.year,
        position=position,
        kind=RowKind.PROBLEM,
        item=problem.item,
        unit=problem.unit,
        problem=problem,
        created_by=by,
        updated_by=by,
        updated_at=at,
    )


def _change(line: Line, run: ImportRun, *, by: Any, at: datetime) -> None:
    """Write the changed columns, each table once, with the file and row as the reason in its history."""
    assert line.known is not None
    entry = UnitLedgerEntry.objects.select_related("problem__rectification").get(pk=line.known.entry)
    problem: Any = entry.problem
    rectification: Any = problem.rectification
    for name, (_old, new) in line.changes.items():
        if column := _PROBLEM_COLUMNS.get(name):
            setattr(problem, column, new)
        else:
            _change_rectification(rectification, name, new, by)
    for changed in (problem, rectification):
        changed._change_reason = _source(line.row, run)[:100]
        changed.save()
    entry.updated_by, entry.updated_at = by, at
    entry.save()


def _change_rectification(rectification: RectificationItem, name: str, new: Any, by: Any) -> None:
    if name == "rectification":
        rectification.situation = new
        if rectification.step == RectificationStep.ISSUED:
            rectification.step = RectificationStep.IN_PROGRESS
    elif name == "due_on":
        rectification.first_due_on = rectification.first_due_on or new
        rectification.due_on = new
    elif name == "closed_on":
        rectification.step = RectificationStep.CLOSED
        rectification.closed_on, rectification.closed_by = new, by
        rectification.closed_origin = Origin.IMPORTED


def _finish(run: ImportRun, counts: Counter[str], *, by: Any, at: datetime) -> None:
    run.new_count, run.changed_count = counts[State.NEW], counts[State.CHANGED]
    run.same_count = counts[State.SAME] + counts[State.TWICE]
    run.skipped_count = counts["skipped"]
    run.by, run.imported_at = by, at
    run.save()
    said = f"新增{run.new_count}行，变更{run.changed_count}行，相同{run.same_count}行，跳过{run.skipped_count}行"
    record(run, "import", by=by, at=at, label="导入台账", note=f"{run.filename}：{said}", article="A6.2b")


def remember(reading: Reading, run: ImportRun, *, by: Any) -> None:
    """Keep the columns that the clerk chose for workbooks of this shape."""
    if run.mapping:
        ColumnMapping.objects.update_or_create(
            organ=run.organ, signature=signature_of(reading), defaults={"mapping": reading.mapping, "saved_by": by}
        )


def forget(run: ImportRun) -> None:
    """Throw away an upload that was not imported, with its file."""
    run.file.delete(save=False)
    run.delete()


def forget_left_behind(*, before: datetime) -> int:
    """Throw away uploads that nobody confirmed since that moment; answers how many."""
    left = list(ImportRun.objects.filter(imported_at__isnull=True, created_at__lt=before))
    for run in left:
        forget(run)
    return len(left)
