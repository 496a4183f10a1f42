"""制度对表: every duty of the regulation against every organ in one period, and how punctual the county was over years."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any
from urllib.parse import urlencode

from django.db.models import Count, F, Max, Q
from django.db.models.functions import ExtractQuarter, ExtractYear

from accounts.citations import cite
from accounts.duties import kinds
from accounts.models import Duty, Organ
from accounts.periods import Period
from accounts.roles import LEDGER_KINDS, OrganKind

DONE = Q(fulfilled_at__isnull=False, excused_at__isnull=True)
IN_TIME = Q(fulfilled_at__date__lte=F("due_on"))
OPEN = Q(fulfilled_at__isnull=True, excused_at__isnull=True)


def counts(on: date) -> dict[str, Any]:
    """How many duties stand how on a day, as aggregates of one query; the same reading as `Duty.state`."""
    return {
        "overdue": Count("pk", filter=OPEN & Q(due_on__lt=on)),
        "due": Count("pk", filter=OPEN & Q(due_on__gte=on)),
        "late": Count("pk", filter=DONE & ~IN_TIME),
        "done": Count("pk", filter=DONE & IN_TIME),
        "excused": Count("pk", filter=Q(excused_at__isnull=False)),
    }


class Stand(StrEnum):
    """How a cell stands: the most pressing of its duties."""

    OVERDUE = "overdue"
    DUE = "due"
    LATE = "late"
    DONE = "done"
    EXCUSED = "excused"


WORDS = {
    Stand.OVERDUE: "逾期未办",
    Stand.DUE: "待办",
    Stand.LATE: "逾期完成",
    Stand.DONE: "按时",
    Stand.EXCUSED: "免除",
}
SHORT = {Stand.OVERDUE: "逾", Stand.DUE: "待", Stand.LATE: "迟", Stand.DONE: "办", Stand.EXCUSED: "免"}
LOOKS = {
    Stand.OVERDUE: ("late", "late"),
    Stand.DUE: ("none", "clock"),
    Stand.LATE: (
        "late",
        "done",
    ),  # red as on every badge "逾期3天完成": amber says that time is running out, and it has
    Stand.DONE: ("good", "done"),
    Stand.EXCUSED: ("none", "stop"),
}


@dataclass(frozen=True)
class Cell:
    """Duties of one kind of one organ in the period. `link` opens the only one's proof, else the list of them."""

    numbers: Mapping[str, int]
    link: str = ""

    @property
    def total(self) -> int:
        """How many duties there are."""
        return sum(self.numbers.values())

    @property
    def stand(self) -> Stand | None:
        """The most pressing one, or None where there is none."""
        return next((stand for stand in Stand if self.numbers.get(stand.value)), None)

    @property
    def words(self) -> str:
        """All of them in words: 逾期未办1项，按时3项; for a single one without its number."""
        parts = [(WORDS[stand], self.numbers[stand.value]) for stand in Stand if self.numbers.get(stand.value)]
        if self.total == 1:
            return parts[0][0]
        return "，".join(f"{word}{number}项" for word, number in parts)

    @property
    def short(self) -> str:
        """One character for a narrow cell."""
        return SHORT[self.stand] if self.stand else ""

    @property
    def count(self) -> str:
        """How many stand so, of how many; empty for a single one."""
        if self.total < 2 or self.stand is None:
            return ""
        number = self.numbers[self.stand.value]
        return str(number) if number == self.total else f"{number}/{self.total}"

    @property
    def tone(self) -> str:
        """The colour of time."""
        return LOOKS[self.stand][0] if self.stand else ""

    @property
    def drawing(self) -> str:
        """The icon beside the word."""
        return LOOKS[self.stand][1] if self.stand else ""


NOTHING = Cell({})


@dataclass(frozen=True)
class Line:
    """One duty of the regulation across all organs."""

    article: str
    label: str
    summary: str
    cells: list[Cell]

    @property
    def basis(self) -> str:
        """The article in the office's words."""
        return cite(self.article)

    @property
    def total(self) -> int:
        """How many duties of the kind the period has."""
        return sum(cell.total for cell in self.cells)


@dataclass(frozen=True)
class Matrix:
    """The whole table of one period."""

    period: Period
    organs: list[Any]
    lines: list[Line] = field(default_factory=list)

    @property
    def totals(self) -> Cell:
        """All duties of the period together."""
        numbers = {stand.value: 0 for stand in Stand}
        for line in self.lines:
            for cell in line.cells:
                for name, number in cell.numbers.items():
                    numbers[name] += number
        return Cell(numbers)


def matrix(user: Any, period: Period, *, on: date, address: str) -> Matrix:
    """The table of what the user may see: two queries, whatever its size. `address` is the page that lists duties."""
    rows: Any = Duty.objects.visible_to(user).filter(due_on__gte=period.first, due_on__lte=period.last)
    found = list(
        rows.order_by().values("kind", "organ_id").annotate(proof=Max("proof_link"), to=Max("link"), **counts(on))
    )
    organs = _columns(user, period, {row["organ_id"] for row in found})
    cells = {(row["kind"], row["organ_id"]): _cell(row, period, address) for row in found}
    lines = [_line(kind, organs, cells) for kind in _in_order(row["kind"] for row in found)]
    return Matrix(period, organs, lines)


def _columns(user: Any, period: Period, owing: set[int]) -> list[Any]:
    """The organs that keep ledgers or coordinate and stood in the period, and whoever else owes something in it."""
    kinds_ = [*LEDGER_KINDS, OrganKind.CONDUCT_SUPERVISION_OFFICE]
    usual = Q(kind__in=kinds_) & (Q(active_from__isnull=True) | Q(active_from__lte=period.last))
    stood = usual & (Q(active_to__isnull=True) | Q(active_to__gte=period.first))
    return list(Organ.objects.visible_to(user).filter(stood | Q(pk__in=owing)).order_by("sort_order", "pk"))


def _in_order(present: Iterable[str]) -> list[str]:
    """Declared kinds by article, then those that older records alone still name."""
    declared = sorted(kinds.KINDS, key=lambda key: (_article_order(kinds.KINDS[key].article), key))
    return declared + sorted(set(present) - kinds.KINDS.keys())


def _article_order(article: str) -> tuple[int, int, str]:
    found = re.match(r"A(\d+)(?:\.(\d+))?(\w*)", article)
    return (int(found[1]), int(found[2] or 0), found[3]) if found else (99, 0, article)


def _cell(row: Mapping[str, Any], period: Period, address: str) -> Cell:
    numbers = {stand.value: row[stand.value] for stand in Stand}
    if sum(numbers.values()) == 1 and (row["proof"] or row["to"]):
        return Cell(numbers, row["proof"] or row["to"])
    query = {"kind": row["kind"], "organ": row["organ_id"], "period": period.key}
    return Cell(numbers, f"{address}?{urlencode(query)}")


def _line(key: str, organs: list[Any], cells: Mapping[tuple[str, int], Cell]) -> Line:
    kind = kinds.KINDS.get(key)
    article, label, summary = (kind.article, kind.label, kind.summary) if kind else ("A10.1b", key, "")
    return Line(article, label, summary, [cells.get((key, organ.pk), NOTHING) for organ in organs])


# --- punctuality ---


@dataclass(frozen=True)
class Record:
    """What was owed in a period or by an organ, and how it went."""

    label: str
    key: str
    numbers: Mapping[str, int]

    @property
    def owed(self) -> int:
        """Everything that fell due, the excused included, what is not due yet left out."""
        return sum(self.numbers.values()) - self.numbers["due"]

    @property
    def judged(self) -> int:
        """What counts: owed without the excused."""
        return self.owed - self.numbers["excused"]

    @property
    def share(self) -> float | None:
        """Done in time of what counts, in per cent with one decimal; None where nothing counts."""
        return round(100 * self.numbers["done"] / self.judged, 1) if self.judged else None

    @property
    def bars(self) -> list[tuple[str, float, float]]:
        """(tone, start, width) of the bar's parts in per cent: in time, late, missing."""
        parts, start = [], 0.0
        for name, tone in (("done", "good"), ("late", "past"), ("overdue", "late")):
            width = 100 * self.numbers[name] / self.judged if self.judged else 0
            parts.append((tone, round(start, 2), round(width, 2)))
            start += width
        return parts


def binding(rows: Any) -> Any:
    """Duties of organs that the regulation binds to a day: prompts, and what leaders owe themselves, are left out."""
    return rows.exclude(kind__in=[key for key, kind in kinds.KINDS.items() if kind.soft or kind.personal])


def of_leaders(rows: Any, *, on: date) -> Record | None:
    """What leaders themselves owed, as one record for all of them; None where they owed nothing. No person is counted."""
    keys = [key for key, kind in kinds.KINDS.items() if kind.personal]
    row = rows.order_by().filter(kind__in=keys).aggregate(**counts(on))
    return Record("领导听取汇报（另计）", "", row) if sum(row.values()) else None


def by_period(rows: Any, *, on: date, quarters: bool) -> list[Record]:
    """Punctuality of each year or quarter in which something fell due, the newest first. One query."""
    parts: dict[str, Any] = {"at_year": ExtractYear("due_on")}
    if quarters:
        parts["n"] = ExtractQuarter("due_on")
    found = rows.order_by().annotate(**parts).values(*parts).annotate(**counts(on))
    named = [(_named(row), row) for row in found]
    return [
        Record(period.label, period.key, {stand.value: row[stand.value] for stand in Stand})
        for period, row in sorted(named, key=lambda pair: pair[0].first, reverse=True)
    ]


def _named(row: Mapping[str, Any]) -> Period:
    return Period.quarter(row["at_year"], row["n"]) if "n" in row else Period.year_of(row["at_year"])


def by_organ(rows: Any, *, on: date) -> list[Record]:
    """Punctuality of each organ as a team, in the office's own order. One query; no person is counted."""
    found = rows.order_by("organ__sort_order", "organ_id").values("organ_id", "organ__name").annotate(**counts(on))
    return [
        Record(row["organ__name"], str(row["organ_id"]), {stand.value: row[stand.value] for stand in Stand})
        for row in found
    ]


def together(records: Iterable[Record], label: str) -> Record:
    """The sum of several records."""
    numbers: dict[str, int] = defaultdict(int, {stand.value: 0 for stand in Stand})
    for record in records:
        for name, number in record.numbers.items():
            numbers[name] += number
    return Record(label, "", dict(numbers))
