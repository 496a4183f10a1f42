"""评估表 as a workbook: every number in a cell of its own, and the values that are scored, so that it can be worked out again (A10.5a)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any

from accounts.xlsx import Sheet, workbook
from reports.builders.evaluation import foot_of, head_of, ordered
from reports.evaluation.composition import NO_RANK, amount, scored_values, uncompared
from reports.evaluation.indicators import NAMES, PARTS, Part
from reports.evaluation.states import Adjuster
from reports.models import EvaluationRow, EvaluationScheme, EvaluationTable

RATE = "解决率（%）"
LEAD = (("序号", 6.0), ("单位", 26.0), ("同类组", 18.0))
TAIL = (
    ("小计", 9.0),
    ("加减分", 9.0),
    ("加减分理由", 24.0),
    ("合计", 9.0),
    ("组内位次", 9.0),
    ("等次", 9.0),
    ("评估意见", 28.0),
)
NUMBER, VALUE = 10.0, 16.0  # widths in characters


def table_sheet(table: EvaluationTable) -> bytes:
    """评估表 as a workbook."""
    return workbook(table_sheets(table))


def table_sheets(table: EvaluationTable) -> list[Sheet]:
    """The table with raw values, points and sums as numbers; the values behind the points with the highest of each group."""
    rows = ordered(list(table.rows.select_related("organ")))
    silent = uncompared(table.scheme, rows)
    lines = [_line(number, row, ranked=row.group not in silent) for number, row in enumerate(rows, 1)]
    name = "折算值" if table.scheme.adjuster else "计分值"
    return [
        Sheet(f"{table.year}年政治监督质效评估表", columns(), lines, head=head_of(table), foot=foot_of(table), name="评估表"),
        Sheet(f"{table.year}年政治监督质效评估{name}", _scored_columns(table.scheme), _scored_lines(table, rows), head=_scored_head(table), name=name),
    ]  # fmt: skip


def columns() -> list[tuple[str, float]]:
    """The headings of the table, with their widths."""
    found = list(LEAD)
    for key, name in NAMES.items():
        found += [(f"{name}：{part.label}（{part.unit}）", NUMBER) for part in PARTS[key]]
        found += [(f"{name}：{RATE}", NUMBER)] if key == "E-1" else []
        found.append((f"{name}得分", NUMBER))
    return [*found, *TAIL]


def _line(number: int, row: EvaluationRow, *, ranked: bool) -> list[Any]:
    cells: list[Any] = [number, row.organ.name, row.get_group_display()]
    for key in NAMES:
        values, points = row.values.get(key, {}), row.points.get(key)
        cells += [_number(values, part) for part in PARTS[key]]
        cells += [_rate(values)] if key == "E-1" else []
        cells.append("不参与" if points is None else float(points))
    return [*cells, float(row.subtotal), float(row.adjustment), row.adjustment_reason, float(row.total), row.rank if ranked else NO_RANK, row.grade,
            row.comment]  # fmt: skip


def _number(values: Any, part: Part) -> int | float | None:
    if part.key not in values:
        return None
    found = Decimal(str(values[part.key]["value"]))
    return int(found) if found == found.to_integral_value() else float(found)


def _rate(values: Any) -> float | None:
    """Solved of those to be solved, in hundredths, not rounded; empty where none had to be solved."""
    base = Decimal(str(values.get("expected", {}).get("value", 0)))
    return float(Decimal(str(values["solved"]["value"])) * 100 / base) if base else None


# --- what the points come from ---


def _measures(scheme: EvaluationScheme) -> Iterable[tuple[str, Decimal]]:
    """Each thing that is scored, in words, with its weight."""
    for key, name in NAMES.items():
        if key == "E-1" and scheme.is_split:
            yield from (
                ("发现问题", scheme.found_weight or Decimal(0)),
                ("解决问题", scheme.solved_weight or Decimal(0)),
            )
        else:
            yield name, Decimal(scheme.weights.get(key, "0"))


def _scored_columns(scheme: EvaluationScheme) -> list[tuple[str, float]]:
    size = [(f"折算基数（{scheme.get_adjuster_display()}）", VALUE)] if scheme.adjuster else []
    both = [(word, VALUE) for name, _ in _measures(scheme) for word in (name, f"{name}：同类组最高值")]
    return [*LEAD[1:], *size, *both]


def _scored_head(table: EvaluationTable) -> list[str]:
    said = "，".join(f"{name}{amount(weight)}分" for name, weight in _measures(table.scheme))
    how = "折算值＝计分的原始值÷折算基数，" if table.scheme.adjuster != Adjuster.NONE else ""
    return [f"权重：{said}", f"{how}数值未经四舍五入；得分保留两位小数。"]


def _scored_lines(table: EvaluationTable, rows: Sequence[EvaluationRow]) -> list[list[Any]]:
    lines = []
    for row in rows:
        found = [one for values in scored_values(table.scheme, row, rows).values() for one in values]
        size = [row.size] if table.scheme.adjuster else []
        pairs = [float(value) for one in found for value in (one.own, one.highest)]
        lines.append([row.organ.name, row.get_group_display(), *size, *pairs])
    return lines
