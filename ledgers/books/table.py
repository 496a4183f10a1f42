"""Cells copied from a spreadsheet, read as the fields of a register: each refused cell with its own sentence."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from difflib import get_close_matches
from typing import Any

from django.db import models
from django.utils.datastructures import MultiValueDict

from accounts.models import Official, Organ, SupervisedUnit
from accounts.sheets.dates import FarOff, NotADay, day_of
from accounts.sheets.texts import clean, halfwidth, is_nothing, squash
from accounts.workflow import Refused
from checklists.models import Topic
from ledgers.books.cells import rows_of_cells, text_of_rows
from ledgers.books.reading import NAMED_BY
from ledgers.books.register import Register

MOST_ROWS = 300
HEAD_ROWS = 5  # among which the heading is looked for
SHORTEST = 2  # characters of a heading that may stand for a longer label
COUNTERS = {"序号", "编号", "no", "行号"}  # columns that only count the rows
YES = {"是", "√", "y", "yes", "1", "有", "true"}
NO = {"否", "×", "x", "n", "no", "0", "无", "false", ""}
# Related records that a cell can name; problems and rules are linked on the record's own page.
NAMED = (SupervisedUnit, Official, Organ, Topic)
_YEAR = re.compile(r"(?<!\d)(20\d\d)(?!\d{3})")
_SEVERAL = re.compile(r"[、，,;；\n]")
# 12人, 1,200份, ￥300元: what stands around a number in a cell. 1.2万元 is not one of them.
_COUNTED = re.compile(r"[￥¥]?\s*(-?\d[\d,，]*(?:\.\d+)?)\s*(?:人次|[人名位份件个项次条期起批元天]|小时)?")
_SPACED_NAME = re.compile(r"[\u4e00-\u9fff](?:[ \u3000]+[\u4e00-\u9fff]){1,2}")  # 李  青 in a table set by hand


@dataclass
class Line:
    """One row of the table: its cells as copied, the form's data, and what was wrong, by column number."""

    number: int
    cells: list[str]
    data: MultiValueDict
    names: list[str]
    labels: dict[str, str]
    wrong: dict[str, list[str]] = field(default_factory=dict)
    advice: list[str] = field(default_factory=list)  # what to look at again; it does not hinder the import
    twin: bool = False  # says what a record or a row before it says

    @property
    def shown(self) -> list[tuple[str, list[str]]]:
        """Each cell with what is wrong with it."""
        return [
            (cell, self.wrong.get(name, []) if name else []) for name, cell in zip(self.names, self.cells, strict=False)
        ]

    @property
    def elsewhere(self) -> list[str]:
        """What is wrong with the row as a whole, or with a field for which the table has no column."""
        return [
            f"{self.labels[name]}：{sentence}" if name else sentence
            for name, sentences in self.wrong.items() if name not in self.names or not name
            for sentence in sentences
        ]  # fmt: skip

    def fault(self, name: str, sentence: str) -> None:
        """Note what is wrong with a field; "" is the row as a whole."""
        self.wrong.setdefault(name, []).append(sentence)


def pasted_fields(register: Register) -> list[str]:
    """The columns of a table, in the form's order."""
    found = []
    for name in register.entry:
        entry: Any = register.model._meta.get_field(name)
        if (
            not entry.is_relation
            or entry.related_model in NAMED
            or entry.related_model.__name__ in ("CaseRecord", "Clue", "SpecialCampaign")
        ):
            found.append(name)
    return found


def rows_of_text(text: str) -> list[list[str]]:
    """Copied cells as rows of texts, empty rows in their places. Raises `Refused` for what is no table, or too long a one."""
    return bounded([[clean(cell) for cell in row] for row in rows_of_cells(text)])


def bounded(rows: list[list[str]]) -> list[list[str]]:
    """At most as many rows as one page can show, and something in them; the empty ones at the end are left out."""
    last = max((number for number, row in enumerate(rows, start=1) if any(row)), default=0)
    if not last:
        raise Refused("没有可以导入的内容，请粘贴单元格，或者选择表格文件。", "A6.2b")
    _few_enough(sum(any(row) for row in rows) - HEAD_ROWS)
    width = max(place for row in rows for place, cell in enumerate(row, start=1) if cell)
    return [row[:width] for row in rows[:last]]


def _few_enough(count: int) -> None:
    if count > MOST_ROWS:
        raise Refused(f"一次最多导入{MOST_ROWS}行，现有{count}行，请分几次导入。", "A6.2b")


def text_of_sheet(sheets: Mapping[str, Mapping[str, Any]]) -> str:
    """The first sheet that holds something, as copied cells."""
    for sheet in sheets.values():
        if any(any(row) for row in sheet["rows"]):
            if sheet["formulas"]:
                raise Refused("表格中有公式，请复制后选择性粘贴为数值，再上传。", "A6.2b")
            return text_of_rows(bounded(sheet["rows"]))
    return ""


def heading(register: Register, first: Sequence[str]) -> list[str] | None:
    """The fields that a heading row names, "" for columns the register does not know; None where it is no heading."""
    labels = _labels(register)
    exact = [labels.get(squash(cell), "") for cell in first]
    free, names = {label: name for label, name in labels.items() if name not in exact}, []
    for cell, found in zip(first, exact, strict=True):
        name = found or _shortened(register, squash(cell), free)
        names.append("" if name in names else name)  # the 状态 of a workbook is not a second 状态 of the record
    return names if sum(map(bool, names)) >= min(2, len(labels)) else None


def _shortened(register: Register, cell: str, labels: Mapping[str, str]) -> str:
    """The one field that a short heading can only mean: 日期 where one day is asked for, 金额 for 金额（元）.

    单位 is the unit that a record is about, never the one that asks or reports.
    """
    if cell == "单位":
        return register.by if register.by in {"unit", "units"} & set(labels.values()) else ""
    found = {name for label, name in labels.items() if label.endswith(cell) or label == f"{cell}元"}
    return found.pop() if len(cell) >= SHORTEST and len(found) == 1 else ""


def _labels(register: Register) -> dict[str, str]:
    return {squash(register.label_of(name)): name for name in pasted_fields(register)}


def heading_at(register: Register, rows: Sequence[Sequence[str]]) -> int | None:
    """Where the heading stands: a title and words about the table may stand above it."""
    return next((place for place, row in enumerate(rows[:HEAD_ROWS]) if heading(register, row)), None)


def untaken(register: Register, rows: Sequence[Sequence[str]]) -> list[str]:
    """A sentence for every column whose heading the register does not know, with the field that may be meant."""
    place = heading_at(register, rows)
    if place is None:
        return []
    names = heading(register, rows[place]) or []
    free = {label: name for label, name in _labels(register).items() if name not in names}
    return [
        f"第{number}列“{cell}”没有对应的栏目，没有导入{_meant(register, cell, free)}。"
        for number, (cell, name) in enumerate(zip(rows[place], names, strict=True), start=1)
        if cell and not name and squash(cell) not in COUNTERS
    ]


def _meant(register: Register, cell: str, free: Mapping[str, str]) -> str:
    near = get_close_matches(squash(cell), free, n=1, cutoff=0.5)
    return f"；如果就是“{register.label_of(free[near[0]])}”，请改表头后再核对" if near else ""


def as_sent(register: Register, rows: Sequence[Sequence[str]]) -> tuple[list[tuple[str, str]], list[list[str]]]:
    """The table as it came, to be corrected: its columns as (field or "", title), and all its rows in their places.

    Columns that the register does not know keep their cells: a heading put right there takes them in. Fields that must be
    filled and have no column stand behind the others.
    """
    place, fields = heading_at(register, rows), pasted_fields(register)
    if place is None:
        columns = [(name, register.label_of(name)) for name in fields]
    else:
        names, said = heading(register, rows[place]) or [], " ".join(untaken(register, rows))
        columns = [
            (name, register.label_of(name) if name else f"{cell}（不导入）")
            for name, cell in zip(names, rows[place], strict=True)
        ]
        missing = [name for name in fields if name not in names and _is_asked(register, name)]
        columns += [
            (name, register.label_of(name)) for name in missing if f"“{register.label_of(name)}”，请改表头" not in said
        ]
    wide = max(len(columns), *(len(row) for row in rows))
    columns += [("", "")] * (wide - len(columns))
    sent = [[*row, *[""] * (wide - len(row))] for row in rows]
    if place is not None:
        sent[place] = [
            cell or (title if name else "") for cell, (name, title) in zip(sent[place], columns, strict=True)
        ]
    return columns, sent


def _is_asked(register: Register, name: str) -> bool:
    """Whether no record stands without the field."""
    entry: Any = register.model._meta.get_field(name)
    return not (entry.blank or entry.null or entry.has_default())


def read(
    register: Register, rows: list[list[str]], offered: Mapping[str, Any], *, today: date
) -> tuple[list[str], list[Line]]:
    """The table's fields and lines, numbered as its rows. `offered` gives for each related field the rows to choose among."""
    place = heading_at(register, rows)
    names = pasted_fields(register) if place is None else heading(register, rows[place]) or []
    known = {name: _names_of(choices) for name, choices in offered.items() if name in names}
    labels, lines = {name: register.label_of(name) for name in register.entry}, []
    for number, cells in enumerate(rows, start=1):
        if not any(cells) or (place is not None and number <= place + 1):
            continue
        line = Line(number, [*cells, *[""] * (len(names) - len(cells))], MultiValueDict(), names, labels)
        if any(cells[len(names) :]):
            line.fault("", "这一行的列数比表格的列多，请核对是否错列。")
        for name, cell in zip(names, cells, strict=False):
            if name:
                _take(register, line, name, cell, known.get(name, {}), today)
        lines.append(line)
    _few_enough(len(lines))
    return names, lines


def _names_of(choices: Any) -> dict[str, list[int]]:
    """Squashed name -> ids of the records that bear it; people also with their unit and with their post."""
    found: dict[str, list[int]] = {}
    for row in choices:
        name = str(getattr(row, NAMED_BY[type(row).__name__]))
        names = {name, str(row), getattr(row, "short_name", "") or name}
        if isinstance(row, Official):
            names |= {f"{name}{row.unit.name}", f"{name}{row.unit.short_name}"}
        for known in {squash(entry) for entry in names}:
            found.setdefault(known, []).append(row.pk)
    return found


def _take(register: Register, line: Line, name: str, cell: str, known: Mapping[str, list[int]], today: date) -> None:
    entry: Any = register.model._meta.get_field(name)
    if isinstance(entry, models.BooleanField):
        _yes_or_no(line, name, cell)
    elif not cell or (is_nothing(cell) and (entry.blank or entry.null)):
        return
    elif entry.is_relation:
        _related(line, entry, cell, known)
    elif entry.choices:
        _choice(line, entry, cell)
    elif isinstance(entry, models.DateField) and not isinstance(entry, models.DateTimeField):
        _day(line, name, cell, today)
    elif isinstance(entry, models.DecimalField | models.IntegerField):
        counted = _COUNTED.fullmatch(halfwidth(cell))
        line.data[name] = re.sub("[,，]", "", counted[1]) if counted else cell
    else:
        line.data[name] = re.sub(r"[ \u3000]+", "", cell) if _SPACED_NAME.fullmatch(cell) else cell


def _yes_or_no(line: Line, name: str, cell: str) -> None:
    word = cell.casefold()
    if word in YES:
        line.data[name] = "on"
    elif word not in NO:
        line.fault(name, f"“{cell[:20]}”不能识别，请填“是”或“否”。")


def _related(line: Line, entry: Any, cell: str, known: Mapping[str, list[int]]) -> None:
    wanted = [part.strip() for part in _SEVERAL.split(cell) if part.strip()] if entry.many_to_many else [cell]
    found = []
    for part in wanted:
        ids = known.get(squash(part), [])
        if len(set(ids)) > 1:
            line.fault(entry.name, f"“{part[:30]}”有重名，请写成“姓名（单位）”或单位全称。")
        elif not ids:
            line.fault(entry.name, f"“{part[:30]}”不在本单位可以选择的范围内，请核对名称。")
        else:
            found.append(str(ids[0]))
    line.data.setlist(entry.name, found)


def _choice(line: Line, entry: Any, cell: str) -> None:
    labels = {squash(str(label)): key for key, label in entry.flatchoices}
    key = labels.get(squash(cell))
    if key is None:
        options = "、".join(str(label) for _, label in entry.flatchoices)
        line.fault(entry.name, f"“{cell[:20]}”不在可选范围内，可填：{options}。")
    else:
        line.data[entry.name] = key


def _day(line: Line, name: str, cell: str, today: date) -> None:
    written = _YEAR.search(cell)
    try:
        day = day_of(cell, year=int(written[1]) if written else today.year)
    except FarOff as wrong:
        line.fault(
            name,
            f"“{cell[:20]}”读成{wrong.day:%Y-%m-%d}，年份与{wrong.year}年相差一年以上，请用四位数写明年份后再核对。",
        )
    except NotADay as wrong:
        line.fault(name, f"“{cell[:20]}”{wrong}。")
    else:
        line.data[name] = day.isoformat() if day else ""
