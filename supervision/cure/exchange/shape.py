"""The columns of the workbook, and a rectification's editable fields as texts."""

from __future__ import annotations

from datetime import date
from typing import Any

from accounts.sheets.texts import clean

LOCKED = {"code": "编号", "problem": "反馈问题", "suggestion": "意见建议", "due_on": "整改时限"}
EDITABLE = {
    "goal": "整改目标", "measures": "整改措施", "responsible_leader": "责任领导", "responsible_department": "责任部门/责任人",
    "situation": "整改情况", "claimed_on": "整改完成日期",
}  # fmt: skip
LONGEST = {"responsible_leader": 40, "responsible_department": 80}
MOST = 4000
HEADINGS = (*LOCKED.values(), *EDITABLE.values())
SHEET, HINTS, CHECK = "整改表", "填写说明", "校验"
HEADER_ROW = 6  # counted from 1
SENDER_CELL, POST_CELL = (3, 2), (4, 2)  # row, column, counted from 1


def texts_of(item: Any) -> dict[str, str]:
    """Field -> text as it stands here now."""
    return {name: as_text(getattr(item, name)) for name in EDITABLE}


def as_text(value: Any) -> str:
    """A day as ISO, everything else as a cell holds it: trimmed, without invisible characters."""
    return clean(value)


def value_of(field: str, text: str) -> Any:
    """A text as what the record keeps."""
    return (date.fromisoformat(text) if text else None) if field == "claimed_on" else text
