"""What a table says: values counted once and kept with their records, points worked out from them, the words on paper."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date
from decimal import Decimal
from fractions import Fraction
from typing import Any

from django.db.models import Count

from accounts.digest import digest_of
from accounts.models import Organ, SupervisedUnit, User
from reports.counting.catalogue import FIGURES, Scope
from reports.evaluation.indicators import NAMES, PARTS, Part
from reports.evaluation.scoring import Line, divided, measures, ranks, rounded, score
from reports.evaluation.scoring import maxima as highest_of
from reports.evaluation.states import Adjuster, Group, Method
from reports.models import EvaluationRow, EvaluationScheme, EvaluationTable

NO_RANK = "—（同类组内没有可比数值）"


@dataclass(frozen=True)
class ScoredValue:
    """One value as it is scored, exact: own, the highest of the peer group, and the weight in points."""

    own: Fraction
    highest: Fraction
    weight: Decimal


def scope_of(scheme: EvaluationScheme, organs: Sequence[int]) -> Scope:
    """The year for some organs, judged on the cut-off."""
    return Scope(
        frozenset(organs), date(scheme.year, 1, 1), date(scheme.year, 12, 31), scheme.cutoff, cutoff=scheme.cutoff
    )


def counted(scheme: EvaluationScheme, organ_id: int) -> dict[str, Any]:
    """Every part of every indicator of one organ: its value as text and the ids of the records behind it."""
    scope = scope_of(scheme, [organ_id])
    return {key: {part.key: _kept(part, scope) for part in parts} for key, parts in PARTS.items()}


def _kept(part: Part, scope: Scope) -> dict[str, Any]:
    figure = FIGURES[part.figure]
    value = figure.value(scope)
    return {"value": f"{value:.2f}" if figure.unit == "元" else str(value), "ids": figure.ids(scope)}


def sizes(scheme: EvaluationScheme, organ_ids: Sequence[int]) -> dict[int, int]:
    """What the values of each organ are divided by; empty where the scheme divides by nothing."""
    if scheme.adjuster == Adjuster.UNITS:
        rows: Any = SupervisedUnit.objects.active(on=scheme.cutoff).filter(organ_id__in=organ_ids)
    elif scheme.adjuster == Adjuster.STAFF:
        rows = User.objects.filter(organ_id__in=organ_ids, is_active=True)
    else:
        return {}
    return dict(rows.order_by().values("organ_id").annotate(count=Count("pk")).values_list("organ_id", "count"))


def line_of(row: EvaluationRow) -> Line:
    """A row as the scoring reads it."""
    return Line(row.group, row.size, row.values)


def scored(scheme: EvaluationScheme, rows: Sequence[EvaluationRow]) -> Sequence[EvaluationRow]:
    """Write points, sums and ranks into the rows, from the scheme and the frozen values alone. Saves nothing."""
    found = score(scheme, [line_of(row) for row in rows])
    for row, one in zip(rows, found, strict=True):
        row.points = {key: None if points is None else str(points) for key, points in one.points.items()}
        row.adjusted = {key: str(value) for key, value in one.adjusted.items()}
        row.subtotal = one.subtotal
        row.total = one.subtotal + row.adjustment
    for row, rank in zip(rows, ranks([row.group for row in rows], [row.total for row in rows]), strict=True):
        row.rank = rank
    return rows


def highest(scheme: EvaluationScheme, rows: Sequence[EvaluationRow], group: str) -> dict[str, Decimal]:
    """The highest value of a peer group by measure: all that an organ learns of the others."""
    found = highest_of(scheme, [line_of(row) for row in rows])
    return {one.key: rounded(found[group, one.key]) for one in measures(scheme) if (group, one.key) in found}


def uncompared(scheme: EvaluationScheme, rows: Sequence[EvaluationRow]) -> set[str]:
    """Peer groups in which nothing at all was counted: their places would say nothing, so none is named."""
    found = highest_of(scheme, [line_of(row) for row in rows])
    keys = [one.key for one in measures(scheme) if one.weight]
    return {row.group for row in rows if not any(found[row.group, key] for key in keys)}


def scored_values(
    scheme: EvaluationScheme, row: EvaluationRow, rows: Sequence[EvaluationRow]
) -> dict[str, list[ScoredValue]]:
    """What each indicator's points come from: the value of the row, the highest of its group, the weight; two where E-1 is split."""
    found, line = highest_of(scheme, [line_of(one) for one in rows]), line_of(row)
    values: dict[str, list[ScoredValue]] = {key: [] for key in NAMES}
    for one in measures(scheme):
        values[one.indicator].append(ScoredValue(divided(line, one), found[row.group, one.key], one.weight))
    return values


# --- words ---


def amount(value: Any) -> str:
    """12, 1,200.50."""
    number = Decimal(str(value))
    return f"{number:,.0f}" if number == number.to_integral_value() else f"{number:,.2f}"


def exact(value: Fraction) -> str:
    """12, 1,200.5, 0.3333: at most four places, so that points can be worked out again by hand."""
    return f"{Decimal(value.numerator) / Decimal(value.denominator):,.4f}".rstrip("0").rstrip(".")


def raw_words(key: str, values: Any) -> str:
    """发现12个，解决9个（解决率90.00%）."""
    parts = values.get(key, {})
    said = "，".join(f"{part.label}{amount(parts[part.key]['value'])}{part.unit}" for part in PARTS[key]
                     if part.key in parts and part.key != "expected")  # fmt: skip
    return f"{said}（解决率{rate(parts)}）" if key == "E-1" else said


def rate(parts: Any) -> str:
    """Solved ÷ those whose term has come or that are solved; a dash where there is none."""
    base = Decimal(str(parts.get("expected", {}).get("value", 0)))
    return f"{Decimal(str(parts['solved']['value'])) * 100 / base:.2f}%" if base else "—"


def points_words(points: Any) -> str:
    """15.00, or 不参与."""
    return "不参与" if points is None else str(points)


def weights_words(scheme: EvaluationScheme) -> str:
    """发现解决问题20分……."""
    said = [f"{name}{amount(scheme.weights.get(key, 0))}分" for key, name in NAMES.items()]
    if scheme.is_split:
        said[0] += f"（发现{amount(scheme.found_weight)}分、解决{amount(scheme.solved_weight)}分）"
    return "，".join(said)


def method_words(scheme: EvaluationScheme) -> str:
    """The method in a sentence, with what it does where nobody has anything."""
    if scheme.method == Method.BANDED:
        return "分档法：数值达到某一档起点即得该档分数，未达最低档的得0分。得分保留两位小数，四舍五入。"
    return ("相对法：得分＝权重×本单位数值÷同类组最高值。同类组最高值为0的指标不参与，全组该项得0分，权重不分摊给其他指标。"
            "得分保留两位小数，四舍五入。")  # fmt: skip


def scheme_words(scheme: EvaluationScheme, *, groups: bool = True) -> dict[str, str]:
    """The scheme as it goes up, heading by heading; without `groups` it does not say which organs are evaluated."""
    words = {"年度": f"{scheme.year}年", "指标和权重": weights_words(scheme), "计分方法": method_words(scheme)}
    if scheme.method == Method.BANDED:
        words["分档"] = "\n".join(
            f"{name}：{'；'.join(f'达到{least}得{points}分' for least, points in scheme.bands.get(key, ())) or '不计分'}"
            for key, name in NAMES.items()
        )
    words["规模折算"] = f"{Adjuster(scheme.adjuster).label}，原始值和折算值一并列示" if scheme.adjuster else "不折算"
    words |= _group_words(scheme) if groups else {}
    words |= {"数据截止": f"{scheme.cutoff:%Y年%-m月%-d日}，只计截止日前发生并经核实的记录",
              "加减分": f"在±{amount(scheme.adjustment_limit)}分以内，由党风政风监督室提出并写明理由，随评估表报批",
              "异议期": f"{scheme.objection_days}天，各单位只看本单位数据及同类组最高值"}  # fmt: skip
    return words | ({"修订理由": scheme.reason} if scheme.reason else {})


def _group_words(scheme: EvaluationScheme) -> dict[str, str]:
    ids = [pk for members in scheme.groups.values() for pk in members]
    names = dict(Organ.objects.filter(pk__in=ids).values_list("pk", "name"))
    return {
        f"同类组：{group.label}": "、".join(names[pk] for pk in scheme.members(group) if pk in names) or "无"
        for group in Group
    }


def content_of(table: EvaluationTable, rows: Sequence[EvaluationRow]) -> dict[str, Any]:
    """Everything that the table states, plainly: what its digest is taken of."""
    scheme = table.scheme
    return {
        "year": table.year, "version": scheme.version, "weights": scheme.weights, "method": scheme.method, "cutoff": str(scheme.cutoff),
        "data_as_of": table.data_as_of.astimezone(UTC).isoformat(),
        "rows": [
            {"organ": row.organ_id, "group": row.group, "size": row.size, "values": row.values, "points": row.points,
             "subtotal": f"{row.subtotal:.2f}", "adjustment": f"{row.adjustment:.2f}", "reason": row.adjustment_reason,
             "total": f"{row.total:.2f}", "rank": row.rank, "grade": row.grade, "comment": row.comment}
            for row in sorted(rows, key=lambda row: row.organ_id)
        ],
    }  # fmt: skip


def seal(table: EvaluationTable, rows: Sequence[EvaluationRow]) -> str:
    """SM3 of what the table states."""
    return digest_of(content_of(table, rows))


def repeated(table: EvaluationTable) -> str:
    """The digest that the scheme and the frozen values give when everything is worked out anew: equal, or somebody tampered."""
    rows = list(table.rows.select_related("organ"))
    return seal(table, scored(table.scheme, rows))


def table_words(table: EvaluationTable) -> dict[str, str]:
    """The table as it goes up: head, then each organ on a line under its group."""
    rows = list(table.rows.select_related("organ"))
    words = {"年度和方案": f"{table.year}年，{table.scheme}", "权重": weights_words(table.scheme),
             "数据截止": f"{table.scheme.cutoff:%Y年%-m月%-d日}"}  # fmt: skip
    silent = uncompared(table.scheme, rows)
    for group in Group:
        lines = [
            row_words(row, ranked=group not in silent)
            for row in sorted(rows, key=lambda row: (row.rank, row.organ.sort_order, row.organ_id))
            if row.group == group
        ]
        if lines:
            words[group.label] = "\n".join(lines)
    return words


def row_words(row: EvaluationRow, *, ranked: bool = True) -> str:
    """One organ in a line."""
    said = "；".join(
        f"{NAMES[key]}{raw_words(key, row.values)}，得分{points_words(row.points.get(key))}" for key in NAMES
    )
    extra = f"，加减分{row.adjustment:+.2f}（{row.adjustment_reason}）" if row.adjustment else ""
    more = "".join(f"；{word}：{text}" for word, text in (("等次", row.grade), ("评估意见", row.comment)) if text)
    return f"{row.organ.name}：{said}；小计{row.subtotal:.2f}{extra}，合计{row.total:.2f}，组内位次{row.rank if ranked else NO_RANK}{more}"
