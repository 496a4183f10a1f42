"""Makes workbooks for the tests of the reader, and the directory of a small organ."""

import io
import re

import openpyxl
import xlwt

from checklists.models import ChecklistItem
from checklists.states import FocusArea, Form, ItemStep
from ledgers.sheets import Directory, read_ledger

FARM = "高标准农田建设管护情况专项监督"
CARD = "惠农补贴“一卡通”发放情况监督"
MONEY = "农村集体“三资”管理监督检查"
BUREAU, ANIMALS, MACHINES = "县农业农村局", "县畜牧服务中心", "县农机服务中心"
ORGAN = "驻县农业农村局纪检监察组"
DIRECTORY = Directory(ORGAN, 2026, (FARM, CARD, MONEY), (BUREAU, ANIMALS, MACHINES))

USUAL = [
    "序号",
    "监督任务",
    "被监督单位",
    "发现问题",
    "发现日期",
    "问题线索",
    "意见建议",
    "整改时限",
    "整改情况",
    "销号日期",
    "处理情况",
]


def line(number=1, task=FARM, unit=BUREAU, problem="台账不全", found="2026.3.5", **more):
    """One row in the order of USUAL."""
    return [
        number, task, unit, problem, found, more.get("clue", ""), more.get("suggestion", ""), more.get("due", ""),
        more.get("progress", ""), more.get("closed", ""), more.get("handling", ""),
    ]  # fmt: skip


def xlsx(rows, *, merge=(), title="工作台账", change=None):
    """The bytes of a workbook of one sheet; ``change`` may touch the openpyxl workbook before it is saved."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = title
    fill(sheet, rows, merge)
    if change:
        change(book)
    return saved(book)


def fill(sheet, rows, merge=()):
    for index, row in enumerate(rows, 1):
        for column, value in enumerate(row, 1):
            if value not in ("", None):
                sheet.cell(index, column, value)
    for area in merge:
        sheet.merge_cells(area)


def saved(book):
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def xls(rows, *, merge=(), title="工作台账"):
    """The bytes of a legacy workbook; ``merge`` holds (top, bottom, left, right) from 0."""
    book = xlwt.Workbook(encoding="utf-8")
    sheet = book.add_sheet(title)
    day = xlwt.easyxf(num_format_str="yyyy-mm-dd")
    for index, row in enumerate(rows):
        for column, value in enumerate(row):
            if value in ("", None):
                continue
            if hasattr(value, "year"):
                sheet.write(index, column, value, day)
            else:
                sheet.write(index, column, value)
    for area in merge:
        sheet.merge(*area)
    return saved(book)


def read(data, filename="台账.xlsx", directory=DIRECTORY, mapping=None):
    return read_ledger(data, filename, directory, mapping)


def wrong(reading):
    """(row, column, cell) of every error."""
    return [(error.row, error.column, error.cell) for error in reading.errors]


ITEMS = {
    "agri": (FARM, CARD, MONEY),
    "edu": ("义务教育学校营养餐采购管理监督", "校外培训机构治理责任落实监督", "教育系统党费收缴专项清理"),
}


def list_items(cast, year=2026):
    """Put the projects of both groups on the published list of the year."""
    for key, titles in ITEMS.items():
        organ = getattr(cast, key)
        for title in titles:
            ChecklistItem.objects.create(
                organ=organ,
                lead_organ=organ,
                year=year,
                form=Form.STATIONED,
                focus_area=FocusArea.OTHER,
                title=title,
                step=ItemStep.LISTED,
                created_by=cast.dangfeng,
            )


def trimmed(row: dict) -> dict:
    """A row without the list numbers and closing marks of its texts: the product keeps text as written, the readings
    written down by hand leave them out."""
    numbers = r"^(?:[（(][\d一二三四五六七八九十]+[）)]|\d+[.、．](?!\d)|[一二三四五六七八九十]、|[①-⑳])\s*"
    return {
        key: re.sub(r"[；;。]$", "", re.sub(numbers, "", value)) if isinstance(value, str) else value
        for key, value in row.items()
    }
