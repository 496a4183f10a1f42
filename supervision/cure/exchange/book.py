"""The workbook as it leaves: codes and problems locked, six columns to fill in, the instructions beside them."""

from __future__ import annotations

import io
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, PatternFill, Protection, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from supervision.cure.exchange.codes import package_code, sheet_digest
from supervision.cure.exchange.shape import (
    CHECK,
    EDITABLE,
    HEADER_ROW,
    HEADINGS,
    HINTS,
    LOCKED,
    POST_CELL,
    SENDER_CELL,
    SHEET,
)
from supervision.models import ExchangePackage

WIDTHS = (16, 36, 28, 12, 26, 34, 12, 18, 36, 14)
THIN = Side(style="thin", color="808080")
FRAME = Border(left=THIN, right=THIN, top=THIN, bottom=THIN)
OPEN = PatternFill("solid", fgColor="FFF7E0")
GREY = PatternFill("solid", fgColor="EDEDED")
WRAP = Alignment(wrap_text=True, vertical="top")
GUIDE = (
    "一、只在浅黄色单元格内填写；灰色单元格已锁定，改动后该行不能导入。",
    "二、填报人填写姓名，“科室、职务”填写所在科室和职务，不填写电话号码。",
    "三、整改完成日期写成 2026-03-05 的样式，没有完成的不填。",
    "四、不要增加、删除行或者调整行的次序，不要改动“编号”，不要使用公式。",
    "五、填好后保存为 .xlsx 文件，按规定渠道送还监督单位，并附盖章的纸质整改台账和佐证材料。",
    "六、空着的单元格不会覆盖监督单位已登记的内容。",
    "七、本表不填写国家秘密、公民身份号码和家庭成员信息。",
)


def package_book(package: ExchangePackage) -> bytes:
    """The file of a package; made again from what was kept, it says the same."""
    book = Workbook()
    page = book.active
    assert isinstance(page, Worksheet)
    page.title = SHEET
    _head(page, package)
    for number, row in enumerate(package.content["rows"], HEADER_ROW + 1):
        _row(page, number, row)
    _dress(page, HEADER_ROW + len(package.content["rows"]))
    _guide(book.create_sheet(HINTS))
    _seal(book.create_sheet(CHECK), package)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def locked_texts(rows: list[dict[str, Any]]) -> list[list[str]]:
    """What the unit must not touch, row by row."""
    return [[row[name] for name in LOCKED] for row in rows]


def _put(page: Worksheet, row: int, column: int, text: str, *, editable: bool = False) -> None:
    cell = page.cell(row, column)
    cell.value = text
    cell.data_type = "s"  # a leading "=" stays text
    cell.font, cell.alignment = Font(name="宋体", size=11), WRAP
    cell.protection = Protection(locked=not editable)


def _head(page: Worksheet, package: ExchangePackage) -> None:
    _put(page, 1, 1, f"{package.unit.name}问题整改表")
    page.cell(1, 1).font = Font(name="宋体", size=16, bold=True)
    page.merge_cells(start_row=1, start_column=1, end_row=1, end_column=len(HEADINGS))
    _put(
        page,
        2,
        1,
        f"整改表编号：{package_code(package.pk)}　　监督单位：{package.organ.name}　　发出日期：{package.made_at:%Y-%m-%d}",
    )
    page.merge_cells(start_row=2, start_column=1, end_row=2, end_column=len(HEADINGS))
    for (row, column), label in ((SENDER_CELL, "填报人"), (POST_CELL, "科室、职务")):
        _put(page, row, 1, label)
        _put(page, row, column, "", editable=True)
        page.cell(row, column).fill, page.cell(row, column).border = OPEN, FRAME
    _put(page, 5, 1, "浅黄色单元格由被监督单位填写，灰色单元格请勿改动。填写说明见第二张表。")
    page.merge_cells(start_row=5, start_column=1, end_row=5, end_column=len(HEADINGS))
    for column, heading in enumerate(HEADINGS, 1):
        _put(page, HEADER_ROW, column, heading)
        page.cell(HEADER_ROW, column).font, page.cell(HEADER_ROW, column).border = Font(name="黑体", size=11), FRAME


def _row(page: Worksheet, number: int, row: dict[str, Any]) -> None:
    for column, name in enumerate((*LOCKED, *EDITABLE), 1):
        editable = name in EDITABLE
        _put(page, number, column, row[name], editable=editable)
        cell = page.cell(number, column)
        cell.border, cell.fill = FRAME, OPEN if editable else GREY
        if name == "claimed_on":
            cell.number_format = "@"


def _dress(page: Worksheet, last: int) -> None:
    for column, width in enumerate(WIDTHS, 1):
        page.column_dimensions[get_column_letter(column)].width = width
    page.freeze_panes = page.cell(HEADER_ROW + 1, 3)
    page.protection.enable()
    page.protection.formatColumns = page.protection.formatRows = False
    page.page_setup.orientation, page.page_setup.paperSize = "landscape", 9
    page.page_setup.fitToWidth, page.page_setup.fitToHeight = 1, 0
    page.sheet_properties.pageSetUpPr.fitToPage = True
    page.print_title_rows = f"{HEADER_ROW}:{HEADER_ROW}"
    length = DataValidation(type="textLength", operator="lessThanOrEqual", formula1="4000", showErrorMessage=True)
    length.error, length.errorTitle = "每格不超过4000字。", "太长了"
    page.add_data_validation(length)
    if last > HEADER_ROW:
        length.add(f"E{HEADER_ROW + 1}:I{last}")


def _guide(page: Worksheet) -> None:
    page.column_dimensions["A"].width = 100
    for number, line in enumerate(GUIDE, 1):
        _put(page, number, 1, line)
    page.protection.enable()


def _seal(page: Worksheet, package: ExchangePackage) -> None:
    _put(page, 1, 1, package_code(package.pk))
    _put(page, 2, 1, sheet_digest(package.pk, locked_texts(package.content["rows"])))
    page.protection.enable()
    page.sheet_state = "hidden"
