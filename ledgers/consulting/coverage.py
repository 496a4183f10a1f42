"""Which units have had their consultation in which half: the matrix of units x halves and the figures I4-3 (A10.3a)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from accounts.calendar import local_day
from accounts.models import SupervisedUnit
from accounts.periods import Period, PeriodKind
from accounts.roles import REPORTING_KINDS
from ledgers.consulting.rules import owing
from ledgers.models import Consultation


@dataclass(frozen=True)
class Cell:
    """How one unit stands in one half. `days` are left (due), passed (missing), or late in writing it down (late)."""

    half: Period
    state: str  # done, late (held in time, recorded after the end), due, missing, later, free
    days: int = 0
    held: Sequence[tuple[int, date]] = ()
    owed: bool = True

    @property
    def words(self) -> str:
        """As a cell of the workbook says it."""
        dates = "、".join(f"{day:%Y-%m-%d}" for _, day in self.held)
        late = f"（会后补登，晚{self.days}天）"
        said = {
            "due": f"未开展，还有{self.days}天",
            "missing": f"未开展，已逾期{self.days}天",
            "later": "未到期",
            "free": "不要求",
        }
        return said.get(self.state, dates + (late if self.state == "late" else ""))


@dataclass(frozen=True)
class Row:
    """One unit with its two halves."""

    organ: str
    unit: str
    unit_id: int
    organ_id: int
    cells: Sequence[Cell]


@dataclass
class Figures:
    """会商次数、应会商单位、已会商单位、覆盖率 of one half (I4-3)."""

    half: Period
    owed: int = 0
    covered: int = 0
    meetings: set[int] = field(default_factory=set)

    @property
    def count(self) -> int:
        """consultation_count: one meeting with several units is one."""
        return len(self.meetings)

    @property
    def share(self) -> float | None:
        """consultation_coverage in percent; None where nothing is owed."""
        return round(self.covered * 100 / self.owed, 1) if self.owed else None


def coverage(year: int, organ_ids: Iterable[int], *, on: date) -> list[Row]:
    """The matrix over organs that owe consultations: two queries whatever the number of units."""
    halves = (Period.half(year, 1), Period.half(year, 2))
    units: Any = (
        SupervisedUnit.objects.filter(organ_id__in=organ_ids, organ__kind__in=REPORTING_KINDS)
        .select_related("organ")
        .order_by("organ__sort_order", "organ_id", "pk")
    )
    units = [unit for unit in units if _lived(unit.active_to, halves[0]) and _lived(unit.organ.active_to, halves[0])]
    held = _held(halves, [unit.pk for unit in units])
    owed = {half: {unit.pk for unit in owing(units, half)} for half in halves}
    return [
        Row(unit.organ.name, unit.name, unit.pk, unit.organ_id,
            [_cell(half, held[unit.pk, half], unit.pk in owed[half], on) for half in halves])
        for unit in units
    ]  # fmt: skip


def _lived(until: date | None, half: Period) -> bool:
    return until is None or until >= half.first


def _held(
    halves: Sequence[Period], unit_ids: Sequence[int]
) -> dict[tuple[int, Period], list[tuple[int, date, datetime]]]:
    rows: Any = (
        Consultation.objects.recorded()
        .filter(units__in=unit_ids, held_on__range=(halves[0].first, halves[-1].last))
        .order_by("held_on", "pk")
        .values_list("units", "pk", "held_on", "recorded_at")
    )
    found: dict[tuple[int, Period], list[tuple[int, date, datetime]]] = defaultdict(list)
    for unit, pk, held_on, recorded_at in rows:
        found[unit, Period.of(PeriodKind.HALF, held_on)].append((pk, held_on, recorded_at))
    return found


def _cell(half: Period, held: Sequence[tuple[int, date, datetime]], is_owed: bool, on: date) -> Cell:
    if held:
        written = min(local_day(moment) for _, _, moment in held)
        late = max((written - half.last).days, 0)
        return Cell(half, "late" if late else "done", late, [(pk, day) for pk, day, _ in held], is_owed)
    if not is_owed:
        return Cell(half, "free", owed=False)
    if on < half.first:
        return Cell(half, "later")
    left = (half.last - on).days
    return Cell(half, "due", left) if left >= 0 else Cell(half, "missing", -left)


def figures(rows: Iterable[Row]) -> list[Figures]:
    """Both halves of a matrix, counted. A unit that owed nothing and met all the same is not in the share."""
    found: dict[Period, Figures] = {}
    for row in rows:
        for cell in row.cells:
            one = found.setdefault(cell.half, Figures(cell.half))
            one.meetings |= {pk for pk, _ in cell.held}
            if cell.owed and cell.state != "later":
                one.owed += 1
                one.covered += cell.state in ("done", "late")
    return list(found.values())
