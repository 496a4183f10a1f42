"""One typed cell: from the clerk's words to a value, or to a sentence that says what to do."""

from __future__ import annotations

from datetime import date
from typing import Any

from accounts.sheets.dates import NotADay, day_of
from accounts.sheets.identity import id_numbers
from accounts.sheets.texts import clean, is_nothing, looks_like_formula, squash
from checklists.models import Method
from ledgers.columns import NO_PROBLEM, Column
from ledgers.sheets.names import Phonebook


class BadCell(ValueError):
    """The cell cannot be taken; the message is the sentence for the clerk."""


def read_cell(column: Column, text: str, book: Phonebook, methods: dict[str, Method], *, year: int) -> Any:
    """The value of a cell: a date, a name of the office's own, or trimmed text; None or "" where it holds nothing.

    Names come back as text (the proper name). Raises `BadCell`.
    """
    text = clean(text)
    if looks_like_formula(text):
        raise BadCell(f"{column.title}是公式，不是文字，请改写成文字。")
    if any(id_numbers(text)):
        raise BadCell(f"{column.title}中有疑似身份证号，没有保存。系统不登记身份证号和家庭信息，请删去后再填写。")
    if column.kind == "date":
        return _day(column, text, year)
    if column.key in ("task", "unit"):
        return _name(column, text, book)
    if column.key == "method":
        return _method(text, methods)
    return "" if column.key in ("clue", "handling") and is_nothing(text) else text


def _day(column: Column, text: str, year: int) -> date | None:
    try:
        return day_of(text, year=year, until=column.key == "due_on")
    except NotADay as wrong:
        raise BadCell(f"{column.title}“{text}”{wrong}，请写成2026-03-05或3月5日这样的日期。") from wrong


def _name(column: Column, text: str, book: Phonebook) -> str:
    if not text:
        return ""
    names = book.tasks if column.key == "task" else book.units
    found = names.find(text)
    if found is None:
        why = book.why_no_task(text) if column.key == "task" else book.why_no_unit(text)
        raise BadCell(f"“{text}”{why}。")
    return found


def _method(text: str, methods: dict[str, Method]) -> Method | None:
    if not text:
        return None
    found = next((method for name, method in methods.items() if name in text or text in name), None)
    if found is None:
        raise BadCell(f"“{text}”不在监督方式之列，可选：{'、'.join(methods)}。方式依第八条由党风政风监督室维护。")
    return found


def says_no_problem(text: str) -> bool:
    """Whether the problem cell says that nothing was found."""
    return squash(text) in {squash(NO_PROBLEM), squash("未发现"), squash("没有发现问题"), squash("暂未发现问题"), "无"}
