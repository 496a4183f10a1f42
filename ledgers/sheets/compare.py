"""Compares the rows of a workbook with what the ledger already holds. Pure: plain values in, plain values out."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from accounts.sheets.texts import squash

from .shapes import FIELDS, Row

_TEXTS = ("clue", "suggestion", "rectification", "handling", "handler")
LOCKED = "该问题已提请销号，内容已锁定，须由审核人退回后再改"
CLOSED = "该问题已销号，内容不再变更"
LATER_DUE = "整改时限已登记，变更请办理延期审批"
BY_A_SECOND = "销号须在系统内提请，由第二人审核，不能由导入代替"


class State(StrEnum):
    """What importing a row would do."""

    NEW = "new"
    CHANGED = "changed"
    SAME = "same"
    TWICE = "twice"


LABELS = {State.NEW: "新增", State.CHANGED: "变更", State.SAME: "相同", State.TWICE: "重复"}


@dataclass(frozen=True)
class Known:
    """A row that the ledger holds. ``closable`` when it came from an earlier workbook and nobody has asked for 销号;
    ``locked`` while somebody has and it is not decided.
    """

    entry: int
    task: str
    unit: str
    problem: str
    found_on: date | None = None
    clue: str = ""
    suggestion: str = ""
    due_on: date | None = None
    rectification: str = ""
    closed_on: date | None = None
    handling: str = ""
    handler: str = ""
    closable: bool = False
    locked: bool = False


@dataclass
class Line:
    """A row with what importing it would do: the changes (field -> old, new) and what stays although it differs."""

    row: Row
    state: State
    known: Known | None = None
    changes: dict[str, tuple[object, object]] = field(default_factory=dict)
    kept: dict[str, str] = field(default_factory=dict)

    @property
    def label(self) -> str:
        """The state in the office's words."""
        return LABELS[self.state]

    @property
    def spoken(self) -> list[dict[str, object]]:
        """The changes with their headings, for the preview."""
        return [{"label": FIELDS[name], "old": old, "new": new} for name, (old, new) in self.changes.items()]

    @property
    def reasons(self) -> list[tuple[str, str]]:
        """What stays although it differs, with its heading and the reason."""
        return [(FIELDS[name], why) for name, why in self.kept.items()]


def compare(rows: Iterable[Row], known: Iterable[Known]) -> list[Line]:
    """One line per row. A problem is the same when task, unit, words and day of finding agree.

    A row without a day matches the same words with a day, and the other way round; two different days are two problems.
    An empty cell never erases what the ledger holds.
    """
    held: dict[tuple[str, str, str], list[Known]] = defaultdict(list)
    for one in known:
        held[one.task, one.unit, squash(one.problem)].append(one)
    seen: set[tuple[str, str, str, date | None]] = set()
    lines = []
    for row in rows:
        words = (row.task, row.unit, squash(row.problem))
        if (*words, row.found_on) in seen:
            lines.append(Line(row, State.TWICE))
            continue
        seen.add((*words, row.found_on))
        lines.append(_line(row, held[words]))
    return lines


def _line(row: Row, candidates: list[Known]) -> Line:
    same_day = [one for one in candidates if one.found_on == row.found_on]
    no_day = [one for one in candidates if one.found_on is None or row.found_on is None]
    match = next(iter(same_day or no_day), None)
    if match is None:
        return Line(row, State.NEW)
    candidates.remove(match)
    line = Line(row, State.SAME, match)
    _differences(line, match)
    line.state = State.CHANGED if line.changes else State.SAME
    return line


def _differences(line: Line, known: Known) -> None:
    row = line.row
    for name in ("found_on", "due_on", "closed_on", *_TEXTS):
        old, new = getattr(known, name), getattr(row, name)
        if not new or new == old:
            continue
        if why := _why_kept(name, known):
            line.kept[name] = why
        else:
            line.changes[name] = (old, new)


def _why_kept(name: str, known: Known) -> str:
    if known.closed_on:
        return CLOSED
    if known.locked:
        return LOCKED
    if name == "due_on" and known.due_on:
        return LATER_DUE
    return BY_A_SECOND if name == "closed_on" and not known.closable else ""
