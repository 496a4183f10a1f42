"""What goes into a reading and what comes out of it."""

from dataclasses import asdict, dataclass, field
from datetime import date
from typing import Any

#: Field of a ledger row -> its usual Chinese heading, in the order of the 单位工作台账.
FIELDS = {
    "unit": "被监督单位",
    "task": "监督任务",
    "method": "监督方式",
    "found_on": "发现日期",
    "problem": "发现问题",
    "clue": "问题线索",
    "suggestion": "提出意见建议",
    "due_on": "整改时限",
    "rectification": "整改情况",
    "closed_on": "销号日期",
    "handling": "处理情况",
    "handler": "责任人",
}
DAY_FIELDS = ("found_on", "due_on", "closed_on")


@dataclass(frozen=True)
class Directory:
    """The organ's own names: what a unit or a task in the sheet must be.

    ``aliases`` maps a wording that the organ once explained (简称, 旧称) to the proper name.
    """

    organ: str
    year: int
    tasks: tuple[str, ...] = ()
    units: tuple[str, ...] = ()
    aliases: dict[str, str] = field(default_factory=dict)


@dataclass
class Row:
    """One problem of the ledger; ``row`` is the sheet's own row number, counted from 1."""

    row: int
    sheet: str = ""
    task: str = ""
    unit: str = ""
    method: str = ""
    problem: str = ""
    found_on: date | None = None
    clue: str = ""
    suggestion: str = ""
    due_on: date | None = None
    rectification: str = ""
    closed_on: date | None = None
    handling: str = ""
    handler: str = ""


@dataclass(frozen=True)
class CellError:
    """A cell that cannot be taken over, with the sentence the clerk reads.

    ``choices`` are the names of the organ that look like what was written; the clerk chooses, never the reader.
    """

    row: int
    column: str
    cell: str
    message: str
    sheet: str = ""
    text: str = ""
    choices: tuple[str, ...] = ()


@dataclass(frozen=True)
class Heading:
    """One column of the sheet as its heading names it; ``field`` is empty when the ledger has no such column."""

    letter: str
    label: str
    field: str


@dataclass
class Reading:
    """A workbook as read. ``rows`` holds only rows without an error; ``drafts`` every row, as far as it was understood."""

    rows: list[Row] = field(default_factory=list)
    errors: list[CellError] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    headings: list[Heading] = field(default_factory=list)
    sheets: list[str] = field(default_factory=list)
    header_rows: list[int] = field(default_factory=list)
    drafts: list[Row] = field(default_factory=list)

    @property
    def mapping(self) -> dict[str, str]:
        """Heading -> field, in the form that ``read_ledger(mapping=...)`` takes back."""
        return {heading.label: heading.field for heading in self.headings if heading.label}

    def to_json(self) -> dict[str, Any]:
        """The reading as plain values, dates as ISO text: it crosses a process and waits in a session."""
        return _plain(asdict(self))

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> "Reading":
        """The reading that ``to_json`` wrote down."""
        return cls(
            rows=[_row(one) for one in data["rows"]],
            errors=[CellError(**{**one, "choices": tuple(one["choices"])}) for one in data["errors"]],
            notes=data["notes"],
            headings=[Heading(**one) for one in data["headings"]],
            sheets=data["sheets"],
            header_rows=data["header_rows"],
            drafts=[_row(one) for one in data["drafts"]],
        )


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _plain(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(inner) for inner in value]
    return value.isoformat() if isinstance(value, date) else value


def _row(data: dict[str, Any]) -> Row:
    days = {key: date.fromisoformat(data[key]) if data[key] else None for key in DAY_FIELDS}
    return Row(**{**data, **days})
