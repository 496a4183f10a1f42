"""Tells rows of problems from the rest of a sheet: totals, signatures, notes, page breaks, section titles."""

import re

from accounts.sheets.grid import Grid
from accounts.sheets.texts import halfwidth, is_nothing

from .headings import Header
from .shapes import FIELDS

_TOTAL = re.compile(
    r"^(?:本?页|本?季度?|本?月|全年|上半年|下半年|累计|以上)?(?:合计|小计|总计|共计|累计)(?:数|[::].*|\(.*|\d.*)?$"
)
_SIGNATURE = re.compile(
    r"^(?:\(?[注备]注?[::]|(?:填[表报写]|编制|相关)?说明[::]|填[表报写]要求|(?:单位|部门|主要|分管|科室)?(?:负责人|领导)(?:签[字名章])?[::(]|"
    r"(?:填[表报]|制[表单]|统计)(?:人|单位|日期|时间)|审[核批签](?:人|意见)?[::]|联系(?:人|电话)|报送(?:单位|日期)|经办人?[::]|日期[::]|"
    r"\(?(?:盖章|公章)|抄送)"
)
_EXAMPLE = re.compile(r"^[(（【\[]?(?:示例|样例|举例|范例|例如?[::]|例\d)")
_CLEAN_BILL = re.compile(
    r"^(?:经检查|经监督检查|本次|本季度|本月|目前)?,?(?:暂|尚)?(?:未|没有?|无)(?:发现)?(?:明显|突出)?(?:的)?(?:问题)?[。.]?$"
)
_BESIDES = ("seq", "closed", "task", "unit", "handler", "method", "problem")


def facts(grid: Grid, row: int, header: Header) -> set[str]:
    """Fields of a row that say something of their own, beyond number, task, unit and persons."""
    own = grid.own(row)
    return {
        name
        for name, column in header.columns.items()
        if name in FIELDS and name not in _BESIDES and column in own and not is_nothing(own[column])
    }


def is_total(own: dict[int, str]) -> bool:
    """合计, 小计, 总计 in front of the row."""
    return any(_TOTAL.match(halfwidth(text)) for text in list(own.values())[:3])


def is_signature(grid: Grid, row: int, own: dict[int, str], header: Header) -> bool:
    """单位负责人：, 填表人：, 注：, 说明： and the like, in front of a row that names no task and no unit."""
    column, first = next(iter(own.items()))
    if not _SIGNATURE.match(halfwidth(first)):
        return False
    spans = (row, header.columns["problem"]) in grid.beside
    named = {header.columns.get("task"), header.columns.get("unit")} & own.keys()
    several = sum(bool(_SIGNATURE.match(halfwidth(text))) for text in own.values()) > 1
    return spans or several or not (named or column == header.columns["problem"])


def is_example(own: dict[int, str]) -> bool:
    """A filled-in example under the header of a template."""
    return bool(_EXAMPLE.match(halfwidth(next(iter(own.values())))))


def is_numbering(own: dict[int, str]) -> bool:
    """1 2 3 4 … or （1）（2）（3） under the header: numbers of the columns."""
    numbers = [text.strip("()") for text in map(halfwidth, own.values())]
    numbers = numbers[1:] if numbers[0] in ("栏次", "甲", "列次") else numbers
    return len(numbers) >= 3 and all(
        number.isdigit() and int(number) == position + int(numbers[0] == "1") for position, number in enumerate(numbers)
    )


def nothing_found(problem: str) -> bool:
    """无, 未发现问题: the row reports that there was no problem."""
    return bool(problem) and (is_nothing(problem) or bool(_CLEAN_BILL.match(halfwidth(problem))))


def section_title(grid: Grid, row: int, own: dict[int, str], header: Header) -> str:
    """The text of a row that holds nothing but one title (with its number), else ""."""
    texts = [text for text in own.values() if not re.fullmatch(r"[\d.一二三四五六七八九十、()]{1,5}", halfwidth(text))]
    problem = header.columns["problem"]
    alone = len(texts) == 1 and not (problem in own and (row, problem + 1) not in grid.beside)
    return texts[0] if alone else ""
