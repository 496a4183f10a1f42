"""Workbooks handed out: the empty ledger to be filled in, and the list of cells to be mended."""

import io
from collections.abc import Iterable, Sequence

from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from .shapes import CellError, Directory

_COLUMNS = (
    ("序号", 6), ("被监督单位", 18), ("监督任务", 26), ("监督方式", 12), ("发现问题", 40), ("发现日期", 13), ("问题线索（编号）", 14),
    ("提出意见建议", 28), ("整改时限", 13), ("整改情况", 28), ("销号日期", 13), ("处理情况", 20), ("责任人", 10),
)  # fmt: skip
_DAY_LETTERS = ("F", "I", "K")
_FIRST, _LAST = 3, 502
_THIN = Border(*(Side(style="thin", color="808080") for _ in range(4)))
_HEAD = PatternFill("solid", fgColor="E7ECF2")
_HELP = (
    "填表说明",
    "1. 一行只写一个问题、一个被监督单位；没有发现问题的任务不必填写。",
    "2. “被监督单位”“监督任务”请从下拉列表中选择；列表外的名称不能导入。",
    "3. 日期写成2026-3-5或2026年3月5日，必须写到“日”。",
    "4. “问题线索（编号）”只写编号，不写线索内容。",
    "5. 空白单元格不会清除系统里已有的内容；同一文件重复导入不会重复登记。",
)


def blank_workbook(directory: Directory) -> bytes:
    """The empty ledger of one organ and year, with drop-down lists of its units and tasks."""
    book = Workbook()
    sheet = book.active
    sheet.title = "工作台账"
    _say(sheet.cell(1, 1), f"{directory.organ}{directory.year}年政治监督工作台账", bold=True, size=14)
    sheet.merge_cells(start_row=1, end_row=1, start_column=1, end_column=len(_COLUMNS))
    _head(sheet, 2, _COLUMNS)
    lists = book.create_sheet("下拉列表")
    lists.sheet_state = "hidden"
    _offer(sheet, lists, "B", 1, directory.units)
    _offer(sheet, lists, "C", 2, directory.tasks)
    for letter in _DAY_LETTERS:
        for row in range(_FIRST, _LAST + 1):
            sheet[f"{letter}{row}"].number_format = "yyyy-mm-dd"
    sheet.freeze_panes = "D3"
    help_sheet = book.create_sheet("填表说明")
    help_sheet.column_dimensions["A"].width = 90
    for row, text in enumerate(_HELP, 1):
        _say(help_sheet.cell(row, 1), text, bold=row == 1)
    return _saved(book)


def error_workbook(errors: Iterable[CellError]) -> bytes:
    """One line per cell that cannot be taken over, in the order of the sheet."""
    book = Workbook()
    sheet = book.active
    sheet.title = "需要改正的单元格"
    _head(sheet, 1, (("工作表", 14), ("行", 6), ("单元格", 9), ("原内容", 40), ("说明", 80)))
    for row, error in enumerate(errors, 2):
        for column, text in enumerate((error.sheet, str(error.row), error.cell, error.text, error.message), 1):
            _say(sheet.cell(row, column), text)
    sheet.freeze_panes = "A2"
    return _saved(book)


def _offer(sheet: Worksheet, lists: Worksheet, letter: str, column: int, names: Sequence[str]) -> None:
    for row, name in enumerate(names, 1):
        _say(lists.cell(row, column), name)
    if names:
        source = f"'{lists.title}'!${chr(64 + column)}$1:${chr(64 + column)}${len(names)}"
        rule = DataValidation(type="list", formula1=source, allow_blank=True, showErrorMessage=True)
        rule.errorTitle, rule.error = "名称不在列表中", "请从下拉列表中选择。"
        sheet.add_data_validation(rule)
        rule.add(f"{letter}{_FIRST}:{letter}{_LAST}")


def _head(sheet: Worksheet, row: int, columns: Iterable[tuple[str, int]]) -> None:
    for number, (title, width) in enumerate(columns, 1):
        cell = sheet.cell(row, number)
        _say(cell, title, bold=True)
        cell.fill, cell.border = _HEAD, _THIN
        sheet.column_dimensions[cell.column_letter].width = width


def _say(cell: Cell, text: str, *, bold: bool = False, size: int = 11) -> None:
    """Text stays text: what begins with = must not become a formula in the clerk's hands."""
    cell.value = text
    cell.data_type = "s"
    cell.font = Font(bold=bold, size=size)
    cell.alignment = Alignment(wrap_text=True, vertical="center")


def _saved(book: Workbook) -> bytes:
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()
