"""Workbooks out: one styled sheet that prints on A4 landscape with its headings on every page. Text stays text."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from urllib.parse import quote

from django.http import HttpResponse
from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from accounts.calendar import SHANGHAI

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
MOST = 32000  # characters in one cell; a spreadsheet refuses more than 32,767
CUT = f"（内容过长，表格只到第{MOST}字，全文请在系统中查看）"
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
NARROWEST, WIDEST = 10, 56  # characters of one column
_THIN = Side(style="thin", color="808080")
_FRAME = Border(left=_THIN, right=_THIN, top=_THIN, bottom=_THIN)
_WRAP = Alignment(wrap_text=True, vertical="center")
_CENTRE = Alignment(wrap_text=True, vertical="center", horizontal="center")


@dataclass(frozen=True)
class Sheet:
    """One table: heading line, lines above and below it, columns as (heading, width in characters), rows of values."""

    title: str
    columns: Sequence[tuple[str, float]]
    rows: Iterable[Sequence[Any]]
    head: Sequence[str] = ()
    foot: Sequence[str] = ()
    name: str = "Sheet1"
    centred: frozenset[int] = field(default_factory=frozenset)


def as_number(text: str) -> int | float | str:
    """A number as a number, so that a sheet can add it up; any other text as it is."""
    try:
        return float(text) if "." in text else int(text)
    except ValueError:
        return text


def workbook(sheets: Sequence[Sheet]) -> bytes:
    """The file. Every text is written as text, so that nothing a person typed becomes a formula."""
    book = Workbook()
    names: set[str] = set()
    for position, sheet in enumerate(sheets):
        page = book.active if position == 0 else book.create_sheet()
        assert isinstance(page, Worksheet)
        page.title = _free_name(sheet.name, names)
        _write(page, sheet)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _free_name(name: str, taken: set[str]) -> str:
    base = re.sub(r"[\[\]:*?/\\']", " ", name).strip()[:28] or "Sheet"
    found, number = base, 1
    while found in taken:
        number += 1
        found = f"{base}{number}"
    taken.add(found)
    return found


def _write(page: Worksheet, sheet: Sheet) -> None:
    last = len(sheet.columns)
    _line(page, 1, sheet.title, last, Font(name="宋体", size=18, bold=True), _CENTRE)
    page.row_dimensions[1].height = 32
    for text in sheet.head:
        _line(page, page.max_row + 1, text, last, Font(name="宋体", size=11), _WRAP)
    header = page.max_row + 1
    for column, (heading, width) in enumerate(sheet.columns, 1):
        _cell(page, header, column, heading, Font(name="黑体", size=11), _CENTRE)
        page.column_dimensions[get_column_letter(column)].width = width
    for number, row in enumerate(sheet.rows, header + 1):
        for column, value in enumerate(row, 1):
            _cell(
                page,
                number,
                column,
                value,
                Font(name="宋体", size=10.5),
                _CENTRE if column - 1 in sheet.centred else _WRAP,
            )
    for text in sheet.foot:
        _line(page, page.max_row + 1, text, last, Font(name="宋体", size=11), _WRAP)
    _print_setup(page, header)


def _line(page: Worksheet, row: int, text: str, last: int, font: Font, alignment: Alignment) -> None:
    page.merge_cells(start_row=row, start_column=1, end_row=row, end_column=last)
    _put(page, row, 1, text)
    page.cell(row, 1).font, page.cell(row, 1).alignment = font, alignment


def _cell(page: Worksheet, row: int, column: int, value: Any, font: Font, alignment: Alignment) -> None:
    _put(page, row, column, value)
    cell = page.cell(row, column)
    cell.font, cell.alignment, cell.border = font, alignment, _FRAME
    if isinstance(value, date):
        cell.number_format = "yyyy-mm-dd hh:mm" if isinstance(value, datetime) else "yyyy-mm-dd"
    elif isinstance(value, Decimal):
        cell.number_format = "#,##0.00"


def _put(page: Worksheet, row: int, column: int, value: Any) -> None:
    cell = page.cell(row, column)
    if isinstance(value, datetime):
        value = value.astimezone(SHANGHAI).replace(tzinfo=None, second=0, microsecond=0)
    if value is None or isinstance(value, int | float | date | Decimal):
        cell.value = value
        return
    text = _CONTROL.sub("", str(value))
    cell.value = text if len(text) <= MOST else text[:MOST] + CUT
    cell.data_type = "s"  # a leading "=" stays text


def _print_setup(page: Worksheet, header: int) -> None:
    page.freeze_panes = page.cell(header + 1, 1)
    page.print_title_rows = f"{header}:{header}"
    page.page_setup.orientation = "landscape"
    page.page_setup.paperSize = 9
    page.page_setup.fitToWidth, page.page_setup.fitToHeight = 1, 0
    page.sheet_properties.pageSetUpPr.fitToPage = True
    page.page_margins.left = page.page_margins.right = 0.5
    page.oddFooter.center.text = "第 &P 页，共 &N 页"


def fitted(headings: Sequence[str], rows: Sequence[Sequence[Any]]) -> list[tuple[str, float]]:
    """Columns as wide as what stands in them, in characters; long texts break into lines at the widest."""
    columns = [
        max([2 * len(heading), *(_length(row[place]) for row in rows)]) for place, heading in enumerate(headings)
    ]
    return [
        (heading, float(min(max(wide + 2, NARROWEST), WIDEST))) for heading, wide in zip(headings, columns, strict=True)
    ]


def _length(value: Any) -> int:
    """How wide a value is, a Chinese character counting twice; the longest line of a text."""
    if isinstance(value, date):
        return 16 if isinstance(value, datetime) else 10
    lines = f"{value:,}".split("\n") if isinstance(value, Decimal) else str("" if value is None else value).split("\n")
    return max(sum(2 if ord(sign) > 0x2E7F else 1 for sign in line[:WIDEST]) for line in lines)


def rows_to_xlsx(title: str, columns: Mapping[str, str], rows: Iterable[Mapping[str, Any]]) -> bytes:
    """Any list with its filter: `columns` is key -> heading."""
    values = ([row.get(key) for key in columns] for row in rows)
    return workbook([Sheet(title, [(heading, _width(heading)) for heading in columns.values()], values, name=title)])


def _width(heading: str) -> int:
    if any(word in heading for word in ("问题", "内容", "情况", "事项", "建议", "措施", "举措", "任务")):
        return 32
    return 14 if any(word in heading for word in ("日期", "时间", "期限", "时限", "序号", "状态")) else 20


def download(data: bytes, filename: str, content_type: str = XLSX) -> HttpResponse:
    """The file as an attachment with a Chinese name."""
    response = HttpResponse(data, content_type=content_type)
    response["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(filename)}"
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "no-store"
    return response


def list_as_xlsx(title: str, columns: Mapping[str, str], rows: Iterable[Mapping[str, Any]]) -> HttpResponse:
    """`?format=xlsx` of a list."""
    return download(rows_to_xlsx(title, columns, rows), f"{title}.xlsx")
