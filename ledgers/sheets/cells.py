"""Reads one row of a ledger cell by cell; every cell that cannot be taken over becomes one sentence."""

import re
from dataclasses import dataclass, field

from accounts.sheets.dates import NotADay, arabic, day_of, days_in
from accounts.sheets.grid import Grid, cell_name
from accounts.sheets.identity import id_numbers
from accounts.sheets.texts import halfwidth, is_nothing, looks_like_formula

from .headings import Header
from .names import Phonebook
from .progress import closed_in, still_open
from .shapes import FIELDS, CellError, Row

LONGEST = {"clue": 60, "handler": 40}  # characters that the ledger keeps
_MAY_SAY_NOTHING = ("clue", "handling", "suggestion", "rectification", "handler", "method")


@dataclass
class RowReader:
    """One row of one sheet while it is read."""

    grid: Grid
    header: Header
    book: Phonebook
    year: int
    index: int
    place: str = ""
    errors: list[CellError] = field(default_factory=list)

    def column(self, name: str) -> int | None:
        return self.header.columns.get(name)

    def text(self, name: str) -> str:
        """The text of a field's cell, "" when the sheet has no such column or the cell says that it holds nothing."""
        column = self.column(name)
        if column is None:
            return ""
        text = self.grid.text(self.index, column)
        if name in _MAY_SAY_NOTHING and is_nothing(text):
            return ""
        return text

    def refuse(self, name: str, message: str, choices: tuple[str, ...] = ()) -> None:
        """Record one sentence about a field's cell, unless the cell already has one."""
        if any(error.column == name for error in self.errors):
            return
        column = self.column(name)
        cell = cell_name(self.index, column) if column is not None else f"第{self.index + 1}行"
        written = self.grid.text(self.index, column) if column is not None else ""
        sentence = f"{self.place}{cell}（{FIELDS[name]}）{message}。"
        self.errors.append(CellError(self.index + 1, name, cell, sentence, self.grid.name, written, choices))

    def is_formula(self, name: str) -> bool:
        column = self.column(name)
        if column is None:
            return False
        return (self.index, column) in self.grid.hidden.formulas or looks_like_formula(
            self.grid.text(self.index, column)
        )

    def checked_text(self, name: str) -> str:
        """The text of a field; a formula is refused, because the ledger keeps words, not results."""
        column = self.column(name)
        if self.is_formula(name):
            self.refuse(name, "是公式，不是文字。请改成文字后再导入")
            return ""
        if column is not None and (self.index, column) in self.grid.hidden.faults:
            self.refuse(name, "是出错的公式结果，没有内容。请改成文字后再导入")
            return ""
        text = self.text(name)
        if any(id_numbers(text)):
            self.refuse(name, "中有疑似身份证号。系统不登记身份证号和家庭信息，请删去后再导入")
            return ""
        if len(text) > LONGEST.get(name, len(text)):
            what = "只登记线索编号，不写线索内容" if name == "clue" else "请写得简短些"
            self.refuse(name, f"写了{len(text)}个字，最多{LONGEST[name]}个字。{what}")
        return text

    def day(self, name: str):
        """The day of a field, None when the cell is empty or says so; refused with a sentence when it is no day."""
        column = self.column(name)
        if column is None:
            return None
        value = self.grid.value(self.index, column)
        if self.is_formula(name) and value in ("", None) or looks_like_formula(self.grid.text(self.index, column)):
            return self.refuse(name, "是没有结果的公式，不是日期。请改成日期，例如2026年3月5日")
        if (self.index, column) in self.grid.hidden.faults:
            return self.refuse(name, "是出错的公式结果，不是日期。请改成日期")
        try:
            return day_of(value, year=self.year, until=name == "due_on")
        except NotADay as why:
            return self._other_day(name, str(why))

    def _other_day(self, name: str, why: str):
        """A 销号 cell may speak in words, a cell of finding may add how; every other cell that is no day is refused."""
        text = self.text(name)
        if name == "found_on" and why == "不是日期" and (day := self._lone_day(text)):
            return day
        if name == "closed_on" and why == "不是日期":
            if still_open(text):
                return None
            try:
                if day := closed_in(text, year=self.year, stated=True):
                    return day
            except NotADay as inner:
                why = str(inner)
        return self.refuse(name, f"写的是“{_short(text)}”，{why}。请写成例如{self.year}年3月5日的日期")

    def _lone_day(self, text: str):
        """The day of 2026.3.5现场检查; None where the words make it vague or name more than one day."""
        days = [day for day, _start, _end in days_in(arabic(halfwidth(text)), year=self.year)]
        vague = re.search(r"前|后|左右|以来|起|至|到|期间|约", text)
        return days[0] if len(days) == 1 and not vague and days[0] and abs(days[0].year - self.year) <= 1 else None

    def closing_day(self, row: Row):
        """The day of 销号: its own column, else the sentence of the progress column."""
        if own := self.day("closed_on"):
            return own
        if any(error.column == "closed_on" for error in self.errors) or not row.rectification:
            return None
        try:
            return closed_in(row.rectification, year=self.year) or self._bare_day(row.rectification)
        except NotADay as why:
            return self._refuse_progress(row.rectification, str(why))

    def _bare_day(self, text: str):
        """A column headed 进展/销号时间 may hold nothing but the day of 销号."""
        if not self.header.mixed:
            return None
        column = self.header.columns["rectification"]
        try:
            return day_of(self.grid.value(self.index, column), year=self.year)
        except NotADay as why:
            if str(why) in ("不是日期",) or not text[:1].isdigit():
                return None
            raise

    def _refuse_progress(self, text: str, why: str) -> None:
        column = self.header.columns["rectification"]
        cell = cell_name(self.index, column)
        sentence = f"{self.place}{cell}（{FIELDS['closed_on']}）写的是“{_short(text)}”，{why}。请改正销号日期。"
        self.errors.append(CellError(self.index + 1, "closed_on", cell, sentence, self.grid.name, text))

    def found_day(self):
        """The day of finding: its own column, else the one day named in the column 监督方式/时间."""
        if self.column("found_on") is not None or not (method := self.text("method")):
            return self.day("found_on")
        return self._lone_day(method)

    def named(self, name: str, text: str) -> str:
        """The organ's own name for a task or a unit; a text that is none is refused and kept."""
        names = self.book.tasks if name == "task" else self.book.units
        if proper := names.find(text):
            return proper
        why = self.book.why_no_task(text) if name == "task" else self.book.why_no_unit(text)
        self.refuse(name, f"写的是“{_short(text)}”，{why}", names.near(text))
        return text


def _short(text: str) -> str:
    one_line = " ".join(text.split())
    return one_line if len(one_line) <= 40 else one_line[:39] + "…"
