"""One sheet as a grid of values whose merged cells have been filled."""

import io
from collections.abc import Iterator
from dataclasses import dataclass, field

import python_calamine as calamine

from .container import MAX_COLUMNS, MAX_ROWS, Unreadable, examine
from .hidden import Hidden
from .texts import clean

_BROKEN = "文件已损坏，打不开。请用 WPS 或 Excel 打开后另存为 .xlsx 再上传。"


@dataclass
class Grid:
    """Values of a sheet by (row, column) from 0. ``below`` holds cells that only repeat the merged cell above them."""

    name: str
    rows: list[list[object]]
    hidden: Hidden = field(default_factory=Hidden)
    visible: bool = True
    below: set[tuple[int, int]] = field(default_factory=set)
    beside: dict[tuple[int, int], tuple[int, int]] = field(default_factory=dict)
    _own: tuple[int, dict[int, str]] = field(default=(-1, {}), repr=False)  # the row asked for last

    @property
    def height(self) -> int:
        return len(self.rows)

    @property
    def width(self) -> int:
        return max((len(row) for row in self.rows), default=0)

    def value(self, row: int, column: int) -> object:
        """What stands in the cell, "" outside the sheet."""
        if 0 <= row < len(self.rows) and 0 <= column < len(self.rows[row]):
            return self.rows[row][column]
        return ""

    def text(self, row: int, column: int) -> str:
        value = self.value(row, column)
        return value if isinstance(value, str) else clean(value)

    def own(self, row: int) -> dict[int, str]:
        """Column -> text of the cells of a row that hold something of their own, not of a merged cell above."""
        if self._own[0] != row:
            texts = ((column, self.text(row, column)) for column, value in enumerate(self.rows[row]) if value != "")
            self._own = row, {column: text for column, text in texts if text and (row, column) not in self.below}
        return self._own[1]

    def spread(self, row: int, column: int) -> str:
        """The text of a cell, or of the merged cell that covers it from the left."""
        return self.text(*self.beside.get((row, column), (row, column)))


def cell_name(row: int, column: int) -> str:
    """(3, 4) -> E4."""
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return f"{letters}{row + 1}"


def grids(data: bytes) -> Iterator[Grid]:
    """Every worksheet of the file, in its order. Raises Unreadable with the sentence for the clerk."""
    hidden = examine(data)
    try:
        with calamine.load_workbook(io.BytesIO(data)) as book:
            for sheet in book.sheets_metadata:
                if sheet.typ == calamine.SheetTypeEnum.WorkSheet:
                    visible = sheet.visible == calamine.SheetVisibleEnum.Visible
                    yield _grid(book.get_sheet_by_name(sheet.name), hidden.get(sheet.name, Hidden()), visible)
    except calamine.PasswordError as locked:
        raise Unreadable("文件设置了打开密码，无法读取。请去掉密码后再上传。") from locked
    except (calamine.CalamineError, ValueError, OSError, MemoryError) as broken:
        raise Unreadable(_BROKEN) from broken
    except BaseException as broken:
        if type(broken).__name__ != "PanicException":  # the Rust reader gave up on a mangled file
            raise
        raise Unreadable(_BROKEN) from broken


def _grid(sheet: calamine.CalamineSheet, hidden: Hidden, visible: bool) -> Grid:
    if sheet.end and (sheet.end[0] >= MAX_ROWS or sheet.end[1] >= MAX_COLUMNS):
        raise Unreadable(f"工作表“{sheet.name}”超过{MAX_ROWS}行或{MAX_COLUMNS}列。请删去台账以外的内容后再上传。")
    rows: list[list[object]] = [
        [clean(value) if isinstance(value, str) else value for value in row]
        for row in sheet.to_python(skip_empty_area=False, nrows=MAX_ROWS)
    ]
    rows += [[] for _ in range(len(rows), max((row for row, _column in hidden.formulas), default=-1) + 1)]
    grid = Grid(sheet.name, rows, hidden, visible)
    for (top, left), (bottom, right) in sheet.merged_cell_ranges or ():
        _fill(grid, top, left, min(bottom, grid.height - 1), min(right, MAX_COLUMNS - 1))
    return grid


def _fill(grid: Grid, top: int, left: int, bottom: int, right: int) -> None:
    """Fill the first column of a merged range downwards; what lies to the right only remembers where it belongs."""
    value = grid.value(top, left)
    for row in range(top, bottom + 1):
        if row > top and left < len(grid.rows[row]) and grid.rows[row][left] in ("", None):
            grid.rows[row][left] = value
            grid.below.add((row, left))
            if (top, left) in grid.hidden.formulas:
                grid.hidden.formulas.add((row, left))
        for column in range(left + 1, right + 1):
            grid.beside[row, column] = (top, left)
