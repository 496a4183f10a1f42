"""Walks the rows below a header and reads those that hold a problem."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from accounts.sheets.grid import Grid
from accounts.sheets.texts import is_ditto, is_nothing

from . import layout
from .cells import RowReader
from .headings import Header, header_at, is_heading_row
from .names import Phonebook
from .shapes import CellError, Row

_JOINABLE = ("suggestion", "rectification", "handling", "clue")


@dataclass
class Body:
    """The rows of one sheet below its header, with what a row inherits from those above it."""

    grid: Grid
    header: Header
    book: Phonebook
    year: int
    place: str = ""
    mapping: Mapping[str, str] | None = None
    inherited: dict[str, str] = field(
        default_factory=dict
    )  # task and unit named by a section title or above the header
    above: dict[str, str] = field(default_factory=dict)  # task and unit of the row before
    grouped: dict[str, bool] = field(default_factory=dict)  # whether the sheet writes task or unit once per group
    drafts: list[Row] = field(default_factory=list)
    errors: list[CellError] = field(default_factory=list)
    filled: dict[str, list[int]] = field(default_factory=dict)
    skipped: dict[str, list[int]] = field(default_factory=dict)

    def read(self) -> None:
        """Read every row from the header to the end of the sheet."""
        self.grouped = {name: self._written_once(name) for name in ("task", "unit")}
        index = self.header.bottom + 1
        while index < self.grid.height:
            index = self._step(index) + 1

    def _step(self, index: int) -> int:
        """Read the row at ``index``; answers the last row that was used up."""
        own = self.grid.own(index)
        if not own and not self._has_formula(index):
            return index
        if own and is_heading_row(self.grid, index, self.header):
            return self._page_break(index)
        if own and self._is_layout(index, own):
            return index
        self._take(index)
        return index

    def _page_break(self, index: int) -> int:
        again = header_at(self.grid, index, self.mapping)
        if again is None:
            return index
        self.header = again
        return again.bottom

    def _is_layout(self, index: int, own: dict[int, str]) -> bool:
        if layout.is_total(own) or layout.is_numbering(own) or layout.is_signature(self.grid, index, own, self.header):
            return True
        if layout.is_example(own):
            self.skipped.setdefault("是示例", []).append(index + 1)
            return True
        if title := layout.section_title(self.grid, index, own, self.header):
            return self._section(index, title)
        return False

    def _section(self, index: int, title: str) -> bool:
        """A title naming a task or a unit holds for the rows below it; other lone texts are remarks."""
        name = re.sub(r"^(?:监督任务|监督项目|被监督单位|单位名称|项目名称)\s*[:：]", "", title)
        columns = self.header.columns
        lone_cell = [key for key in ("task", "unit") if self.grid.text(index, columns.get(key, -1)) == title]
        for key, names in (("task", self.book.tasks), ("unit", self.book.units)):
            if proper := names.find(name):
                self.inherited[key] = proper
                self.above.pop(key, None)
                if not lone_cell or (index, columns[lone_cell[0]] + 1) in self.grid.beside:
                    return True
        return not layout.facts(self.grid, index, self.header) and not self._has_formula(index)

    def _has_formula(self, index: int) -> bool:
        hidden = self.grid.hidden
        if not hidden.formulas and not hidden.faults:
            return False
        places = {(index, column) for name, column in self.header.columns.items() if name not in ("seq", "closed")}
        return bool(places & (hidden.formulas | hidden.faults))

    def _take(self, index: int) -> None:
        problem_at = self.header.columns["problem"]
        problem = self.grid.text(index, problem_at)
        facts = layout.facts(self.grid, index, self.header)
        own = self.grid.own(index)
        if (index, problem_at) in self.grid.below and self._continues(own):
            return self._join(index)
        if layout.nothing_found(problem) and not facts - {"found_on", "rectification", "due_on"}:
            self.skipped.setdefault("写明没有发现问题", []).append(index + 1)
            return None
        if not problem and not facts and not self._has_formula(index):
            if {self.header.columns.get("task"), self.header.columns.get("unit")} & own.keys():
                self.skipped.setdefault("没有写问题", []).append(index + 1)
            return None
        return self._read_row(index)

    def _continues(self, own: dict[int, str]) -> bool:
        """Whether a row under a merged problem only carries the problem's text on: no unit, task or day of its own."""
        columns = self.header.columns
        return bool(self.drafts) and not any(columns.get(name, -1) in own for name in ("unit", "task", "found_on"))

    def _join(self, index: int) -> None:
        reader = self._reader(index)
        own = self.grid.own(index)
        for name in _JOINABLE:
            column = self.header.columns.get(name, -1)
            if column in own and (text := reader.checked_text(name)):
                before = getattr(self.drafts[-1], name)
                setattr(self.drafts[-1], name, f"{before}\n{text}".strip())
        self.errors += [replace(error, row=self.drafts[-1].row) for error in reader.errors]

    def _reader(self, index: int) -> RowReader:
        return RowReader(self.grid, self.header, self.book, self.year, index, self.place)

    def _read_row(self, index: int) -> None:
        reader = self._reader(index)
        row = Row(index + 1, self.grid.name)
        row.problem = reader.checked_text("problem")
        if is_nothing(row.problem):
            reader.refuse("problem", "是空的，没有写明发现的问题。请补写问题，或者删去这一行")
        row.task = self._name(reader, "task")
        row.unit = self._name(reader, "unit")
        for name in ("clue", "suggestion", "rectification", "handling", "handler", "method"):
            setattr(row, name, reader.checked_text(name))
        row.found_on, row.due_on = reader.found_day(), reader.day("due_on")
        row.closed_on = reader.closing_day(row)
        _check_order(row, reader)
        self._check_flag(row, reader)
        self.drafts.append(row)
        self.errors += reader.errors

    def _name(self, reader: RowReader, name: str) -> str:
        text = reader.checked_text(name)
        if any(error.column == name for error in reader.errors):
            return ""
        if is_ditto(text) or (is_nothing(text) and self.grouped[name] and name in self.above):
            text = self.above.get(name, "")
            self.filled.setdefault(name, []).append(reader.index + 1)
        elif is_nothing(text):
            text = self.inherited.get(name, "")
        if not text:
            what = "监督任务" if name == "task" else "被监督单位"
            reader.refuse(name, f"是空的，没有写明{what}。请补写")
            return ""
        self.above[name] = reader.named(name, text)
        return self.above[name]

    def _written_once(self, name: str) -> bool:
        """Whether the sheet writes a name once and leaves the cells below it empty.

        A sheet that repeats the same name in neighbouring rows does not: there an empty cell was forgotten. For units
        emptiness must moreover be the habit, since the unit changes from row to row.
        """
        column = self.header.columns.get(name)
        if column is None or name in self.inherited:
            return False
        problem = self.header.columns["problem"]
        rows = [row for row in range(self.header.bottom + 1, self.grid.height) if self._may_hold(row, problem)]
        own = ["" if (row, column) in self.grid.below else self.grid.text(row, column) for row in rows]
        blank = sum(not self.grid.text(row, column) for row in rows)
        repeated = any(first and first == second for first, second in zip(own, own[1:], strict=False))
        return not repeated and (name == "task" or blank * 3 >= len(rows))

    def _may_hold(self, row: int, problem: int) -> bool:
        own = self.grid.own(row)
        return (
            bool(self.grid.text(row, problem))
            and bool(own)
            and not (
                layout.is_total(own)
                or layout.is_signature(self.grid, row, own, self.header)
                or is_heading_row(self.grid, row, self.header)
            )
        )

    def _check_flag(self, row: Row, reader: RowReader) -> None:
        flag = reader.column("closed")
        if flag is not None and self.grid.text(reader.index, flag) in ("是", "已销号", "√") and not row.closed_on:
            self.skipped.setdefault("写明已销号但没有销号日期，按未销号读入", []).append(row.row)


def _check_order(row: Row, reader: RowReader) -> None:
    if not row.found_on:
        return
    found = f"{row.found_on:%Y-%m-%d}"
    if row.closed_on and row.closed_on < row.found_on:
        reader.refuse("closed_on", f"是{row.closed_on:%Y-%m-%d}，早于发现日期{found}。请核对这两个日期")
    if row.due_on and row.due_on < row.found_on:
        reader.refuse("due_on", f"是{row.due_on:%Y-%m-%d}，早于发现日期{found}。请核对这两个日期")
