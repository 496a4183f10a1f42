"""The columns of a unit's 工作台账, once: heading, kind of cell, width, and where the text of a complete row lives."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Column:
    """One column. `field` is the name in `supervision.actions.problems`, empty for what follows from elsewhere."""

    key: str
    title: str
    width: int
    kind: str = "text"  # text, dropdown, date
    field: str = ""
    path: str = ""  # from a ledger row to the stored text
    read_only: bool = False


COLUMNS = (
    Column("seq", "序号", 52, path="position", read_only=True),
    Column("task", "监督任务", 262, "dropdown", "item", "problem__item__title"),
    Column("unit", "被监督单位", 130, "dropdown", "unit", "problem__unit__name"),
    Column("problem", "发现问题", 320, "text", "description", "problem__description"),
    Column("found_on", "发现日期", 100, "date", "found_on", "problem__found_on"),
    Column("method", "监督方式", 100, "dropdown", "method", "problem__method__name"),
    Column("clue", "问题线索（编号）", 130, "text", "clue_ref", "problem__clue_ref"),
    Column("suggestion", "提出意见建议", 190, "text", "suggestion", "problem__suggestion"),
    Column("due_on", "整改时限", 100, "date", "due_on", "problem__rectification__due_on"),
    Column("rectification", "整改情况", 170, "text", "situation", "problem__rectification__situation"),
    Column("closed_on", "销号日期", 100, "date", "claimed_on", "problem__rectification__closed_on"),
    Column("handling", "处理情况", 150, "text", "handling", "problem__handling"),
    Column("handler", "责任人", 80, "text", "handler", "problem__handler"),
    Column("updated_at", "更新日期", 100, path="updated_at", read_only=True),
)
BY_KEY = {column.key: column for column in COLUMNS}
WRITABLE = tuple(column for column in COLUMNS if not column.read_only)
# A row is a problem as soon as these three can be understood.
NEEDED = ("task", "unit", "problem")
NO_PROBLEM = "未发现问题"
