"""Questions asked of a scheme, a table, a row and an objection before a step (A10.5)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from accounts.calendar import spoken
from accounts.models import Organ
from accounts.workflow import ALLOWED, Verdict, denied
from reports.evaluation.bands import fault
from reports.evaluation.composition import amount
from reports.evaluation.indicators import NAMES, PARTS, Part
from reports.evaluation.states import AT_WORK, KINDS, PENDING, Group, Method, TableStep
from reports.models import EvaluationObjection, EvaluationRow, EvaluationScheme, EvaluationTable

BASIS = "A10.5a"
HUNDRED = Decimal(100)


# --- the scheme ---


def year_fits(year: int, day: date) -> Verdict:
    """Schemes are drafted for last year, this year or the next."""
    if abs(year - day.year) > 1:
        return denied(f"只能起草{day.year - 1}年至{day.year + 1}年的评估方案，不能起草{year}年的。请核对年度。", BASIS)
    return ALLOWED


def weights_fit(scheme: EvaluationScheme) -> Verdict:
    """Five weights, none negative, together 100; the halves of E-1 make up its weight."""
    weights = {key: Decimal(scheme.weights.get(key, "0")) for key in NAMES}
    if min(weights.values()) < 0:
        raise_at = next(NAMES[key] for key, weight in weights.items() if weight < 0)
        return denied(f"“{raise_at}”的权重小于0，请改正。", BASIS)
    total = sum(weights.values())
    if total != HUNDRED:
        return denied(f"五项权重合计应为100分，现为{amount(total)}分，请调整。", BASIS)
    if (scheme.found_weight is None) != (scheme.solved_weight is None):
        return denied("“发现”和“解决”子权重两项都填或都留空，请改正。", BASIS)
    if scheme.found_weight is None or scheme.solved_weight is None:
        return ALLOWED
    if scheme.method == Method.BANDED:
        return denied("分档法不拆分“发现”和“解决”子权重，请留空，或改用相对法。", BASIS)
    if (
        min(scheme.found_weight, scheme.solved_weight) < 0
        or scheme.found_weight + scheme.solved_weight != weights["E-1"]
    ):
        return denied(f"“发现”和“解决”子权重合计应等于“发现解决问题”的权重{amount(weights['E-1'])}分，请调整。", BASIS)
    return ALLOWED


def bands_fit(scheme: EvaluationScheme) -> Verdict:
    """Every indicator with a weight has bands of plain numbers that rise, and none gives more than its weight."""
    if scheme.method != Method.BANDED:
        return ALLOWED
    for key, name in NAMES.items():
        weight, bands = Decimal(scheme.weights.get(key, "0")), scheme.bands.get(key, [])
        if weight and not bands:
            return denied(f"“{name}”还没有分档，请逐行填写“数值=得分”。", BASIS)
        if wrong := fault(bands, weight):
            return denied(f"“{name}”{wrong}", BASIS)
    return ALLOWED


def groups_fit(scheme: EvaluationScheme) -> Verdict:
    """Organs of the county, each in the group of its kind; 党风政风监督室 itself is never evaluated (AMB-17)."""
    ids = [pk for group in Group for pk in scheme.members(group)]
    if not ids:
        return denied("请至少选择一个被评估的派驻组或乡镇纪委。", BASIS)
    kinds = dict(
        Organ.objects.filter(pk__in=ids, path__startswith=scheme.organ.county().path).values_list("pk", "kind")
    )
    for group in Group:
        if any(kinds.get(pk) not in KINDS[group] for pk in scheme.members(group)):
            return denied(f"“{group.label}”组中有不属于该类的单位，请重新选择；党风政风监督室不参加评估。", BASIS)
    return ALLOWED


def cutoff_fits(scheme: EvaluationScheme) -> Verdict:
    """The cut-off lies in the year or in the half year after it."""
    if not date(scheme.year, 1, 1) <= scheme.cutoff <= date(scheme.year + 1, 6, 30):
        return denied(f"数据截止日应在{scheme.year}年1月1日至{scheme.year + 1}年6月30日之间，请改正。", BASIS)
    return ALLOWED


def is_editable(scheme: EvaluationScheme) -> Verdict:
    """A scheme that has gone up is locked."""
    if not scheme.editable:
        return denied(f"{scheme}{scheme.get_step_display()}，不能修改。需要调整的，起草新一版并重新报批。", BASIS)
    return ALLOWED


# --- the table ---


def by_approved_scheme(scheme: EvaluationScheme | None, year: int) -> Verdict:
    """No table is worked out under a scheme that the committee has not approved."""
    if scheme is None or scheme.resolution_id is None:
        return denied(f"{year}年评估方案还没有经县纪委常委会批准，不能核算评估表。请先将方案报批。", BASIS)
    return ALLOWED


def after_cutoff(scheme: EvaluationScheme, day: date) -> Verdict:
    """Values are counted once the day until which they count is over."""
    if day <= scheme.cutoff:
        return denied(f"方案的数据截止日是{spoken(scheme.cutoff)}，截止日之后才能核算。", BASIS)
    return ALLOWED


def scheme_in_force(table: EvaluationTable) -> Verdict:
    """A table worked out under a version that was replaced is worked out anew first."""
    if table.scheme.step != "in_force":
        return denied(f"{table.scheme}{table.scheme.get_step_display()}，请先按现行方案重新核算。", BASIS)
    return ALLOWED


def none_pending(table: EvaluationTable) -> Verdict:
    """Every objection has its decision."""
    left = EvaluationObjection.objects.filter(row__table=table, step__in=PENDING).select_related("organ")
    if left:
        names = "、".join(f"{one.organ.name}（{NAMES[one.indicator]}）" for one in left[:8])
        return denied(f"还有{len(left)}件异议没有处理完：{names}。请先逐件作出决定。", BASIS)
    return ALLOWED


def window_over(table: EvaluationTable, day: date) -> Verdict:
    """The organs have their full time."""
    if table.objections_until is not None and day <= table.objections_until:
        return denied(f"异议期到{spoken(table.objections_until)}，期满后才能办结异议环节。", BASIS)
    return ALLOWED


def may_be_adjusted(table: EvaluationTable) -> Verdict:
    """Grades and comments, too, rest while the organs read their rows and while the committee has the table."""
    if table.step not in AT_WORK:
        return denied(f"评估表{table.get_step_display()}，现在不能调整加减分、等次和评估意见。", BASIS)
    return ALLOWED


def points_may_be_adjusted(table: EvaluationTable) -> Verdict:
    """加减分 is set before the organs see their rows: what changes their points afterwards they could no longer object to."""
    if table.step == TableStep.DRAFT:
        return ALLOWED
    return denied("异议期已过，加减分须在公布前登记，现在只能填写等次和评估意见。", BASIS)


def adjustment_fits(scheme: EvaluationScheme, adjustment: Decimal, reason: str) -> Verdict:
    """Within the limit of the scheme, and with its reason (AMB-17)."""
    if abs(adjustment) > scheme.adjustment_limit:
        return denied(f"加减分应在±{amount(scheme.adjustment_limit)}分以内，请改正。", BASIS)
    if adjustment and not reason.strip():
        return denied("加减分须写明理由。", BASIS)
    return ALLOWED


def may_be_delivered(table: EvaluationTable) -> Verdict:
    """Only a confirmed result goes to the office that keeps the yearly appraisal."""
    if table.step != TableStep.CONFIRMED:
        return denied("评估结果经县纪委常委会确认后才能送达。", "A10.5b")
    return ALLOWED


# --- objections ---


def window_open(table: EvaluationTable, day: date) -> Verdict:
    """Objections are taken from the opening to the last day, both included."""
    if table.step != TableStep.OPEN or table.objections_until is None:
        return denied(f"评估表{table.get_step_display()}，现在不接受异议。", BASIS)
    if day > table.objections_until:
        return denied(f"异议期已于{spoken(table.objections_until)}届满，不能再提出异议。", BASIS)
    return ALLOWED


def correction_fits(row: EvaluationRow, indicator: str, values: Mapping[str, Decimal], records: str) -> Verdict:
    """Every number given, at least one of them new, none that cannot be, and the records that they rest on named."""
    frozen = row.values.get(indicator, {})
    parts = [part for part in PARTS[indicator] if part.key in frozen]
    if not values or not values.keys() <= frozen.keys():
        return denied("异议成立的，请填写更正后的数值。", BASIS)
    for part in parts:
        verdict = _number_fits(part, indicator, values.get(part.key))
        if not verdict:
            return verdict
    if indicator == "E-1" and not values["solved"] <= values["expected"] <= values["found"]:
        return denied("解决数不能大于应解决数，应解决数不能大于发现数，请核对。", BASIS)
    if all(values[part.key] == Decimal(str(frozen[part.key]["value"])) for part in parts):
        return denied("更正后的数与更正前相同，没有可更正的；请填写更正后的数，或选“异议不成立”。", BASIS)
    if not records.strip():
        return denied("异议成立的，请在“更正所据记录”写明记录编号或名称。", BASIS)
    return ALLOWED


def _number_fits(part: Part, indicator: str, value: Decimal | None) -> Verdict:
    """Not negative, counts whole; an empty field does not mean 0."""
    if value is None:
        return denied(f"“{part.label}”没有填写。不更正的请填原数值。", BASIS)
    if value < 0 or (indicator != "E-5" and value != value.to_integral_value()):
        kind = "金额" if indicator == "E-5" else "整数"
        return denied(f"“{part.label}”的更正数值应为不小于0的{kind}，请改正。", BASIS)
    return ALLOWED


def corrected(row: EvaluationRow, indicator: str, values: Mapping[str, Any]) -> dict[str, Any]:
    """The values of one indicator after a correction; the ids of the frozen records stay beside them."""
    parts = row.values.get(indicator, {})
    return {key: {**kept, "value": str(values.get(key, kept["value"]))} for key, kept in parts.items()}
