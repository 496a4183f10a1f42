"""From the bytes of a workbook to a reading."""

import re
from collections.abc import Mapping

from accounts.sheets.container import Unreadable
from accounts.sheets.grid import Grid, grids
from accounts.sheets.texts import halfwidth, squash

from .body import Body
from .headings import Header, find_header
from .names import Phonebook
from .shapes import FIELDS, Directory, Reading

EXTENSIONS = (".xlsx", ".xls", ".et")
_SAMPLE = re.compile(r"示例|样表|样例|模板|填表说明|填报说明|填写说明|填报须知|字典|下拉")
_YEAR = re.compile(r"(20\d\d)年")
_HEAD = re.compile(r"(被监督单位|驻在单位|单位名称|监督任务|监督项目|填报单位|报送单位)[:：]\s*(\S[^\s　]*)")
_HEAD_FIELDS = {"被监督单位": "unit", "驻在单位": "unit", "单位名称": "unit", "监督任务": "task", "监督项目": "task"}


def read_ledger(data: bytes, filename: str, directory: Directory, mapping: Mapping[str, str] | None = None) -> Reading:
    """Read a ledger workbook for one organ and year.

    ``mapping`` says which heading holds which field ("" for none) and wins over what the reader would find; it is
    what ``Reading.mapping`` gave for an earlier workbook. Raises Unreadable when there is no ledger to be read.
    """
    if not filename.lower().endswith(EXTENSIONS):
        raise Unreadable("台账只接受 .xlsx、.xls 和 .et 文件。请用 WPS 或 Excel 打开后另存为 .xlsx 再上传。")
    reading = Reading()
    ledgers = _ledgers(list(grids(data)), mapping, reading)
    book = Phonebook.of(directory)
    for grid, header in ledgers:
        place = f"“{grid.name}”表的" if len(ledgers) > 1 else ""
        body = Body(grid, header, book, _year(grid, header, directory, reading), place, mapping)
        body.inherited = _named_above(grid, header, book, reading)
        body.read()
        _collect(reading, body, header)
    if not reading.drafts and not reading.errors:
        raise Unreadable("表头下面没有可以登记的问题。请核对是否选错了文件，或者台账还没有填写。")
    wrong = {(error.sheet, error.row) for error in reading.errors}
    reading.rows = [row for row in reading.drafts if (row.sheet, row.row) not in wrong]
    return reading


def _ledgers(sheets: list[Grid], mapping: Mapping[str, str] | None, reading: Reading) -> list[tuple[Grid, Header]]:
    """The sheets that hold a ledger; hidden ones and samples only when there is no other."""
    if not any(grid.rows for grid in sheets):
        raise Unreadable("工作簿是空的，没有任何内容。请重新选择台账文件。")
    found = [(grid, header) for grid in sheets if (header := find_header(grid, mapping))]
    if not found:
        wanted = "、".join(f"“{FIELDS[name]}”" for name in ("task", "unit", "problem", "found_on", "due_on"))
        raise Unreadable(
            f"没有找到台账的表头。表头里至少要有“发现问题”，并有{wanted}等列。请核对文件，或者使用空白模板。"
        )
    chosen = [one for one in found if one[0].visible and not _SAMPLE.search(one[0].name)]
    chosen = chosen or [one for one in found if one[0].visible] or found
    for grid, _header in found:
        if all(grid is not one[0] for one in chosen):
            reading.notes.append(f"工作表“{grid.name}”{'是示例' if grid.visible else '已隐藏'}，没有读入。")
    return chosen


def _year(grid: Grid, header: Header, directory: Directory, reading: Reading) -> int:
    """The year that completes 3月5日: of the sheet's title, else of the ledger."""
    texts = [text for row in range(header.top) for text in grid.own(row).values()]
    titles = [
        halfwidth(text) for text in [*texts, grid.name] if not re.search(r"填[报表]|报送|日期|时间|截至|印发", text)
    ]
    named = next((int(found[1]) for title in titles if (found := _YEAR.search(title))), directory.year)
    if named != directory.year:
        reading.notes.append(f"工作表“{grid.name}”写的是{named}年，正在导入{directory.year}年的台账，请核对年度。")
    return named if abs(named - directory.year) <= 1 else directory.year


def _named_above(grid: Grid, header: Header, book: Phonebook, reading: Reading) -> dict[str, str]:
    """Task and unit that stand once above the table instead of in a column."""
    named: dict[str, str] = {}
    for row in range(header.top):
        for text in grid.own(row).values():
            for label, value in _HEAD.findall(text):
                if field := _HEAD_FIELDS.get(label):
                    names = book.tasks if field == "task" else book.units
                    if field not in header.columns and (proper := names.find(value)):
                        named[field] = proper
                elif squash(value) != squash(book.directory.organ):
                    reading.notes.append(f"表头写的填报单位是“{value}”，正在导入{book.directory.organ}的台账，请核对。")
    for field, names in (("task", book.tasks), ("unit", book.units)):
        if field not in header.columns and len(names.by_squashed) == 1:
            named.setdefault(field, next(iter(names.by_squashed.values())))
    return named


def _collect(reading: Reading, body: Body, header: Header) -> None:
    reading.drafts += body.drafts
    reading.errors += body.errors
    reading.sheets.append(body.grid.name)
    reading.header_rows.append(header.bottom + 1)
    known = {heading.label for heading in reading.headings}
    reading.headings += [heading for heading in header.headings if heading.label not in known]
    for name, rows in body.filled.items():
        reading.notes.append(f"{body.place}第{_listed(rows)}行的{FIELDS[name]}没有写，按上一行填写。")
    for why, rows in body.skipped.items():
        tail = "" if "读入" in why else "，没有读入"
        reading.notes.append(f"{body.place}第{_listed(rows)}行{why}{tail}。")


def _listed(rows: list[int]) -> str:
    shown = "、".join(map(str, rows[:20]))
    return shown if len(rows) <= 20 else f"{shown}等{len(rows)}"
