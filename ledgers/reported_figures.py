"""Figures that other bodies report: the names and units under which they are summed, and what two of them say of each other."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from accounts.workflow import ALLOWED, Verdict, denied

MONEY = {"元": 1, "万元": 10_000, "亿元": 100_000_000}
# Figure -> name under which it is reported, unit in which it counts; sums of money come in any of three words.
REPORTED = {
    "grassroots_visit_count": ("党员干部下基层次数", "次"),
    "grassroots_problem_count": ("下基层发现问题数", "个"),
    "grassroots_solved_count": ("现场解决问题数", "个"),
    "paired_enterprise_count": ("结对企业数", "个"),
    "financing_amount": ("协调融资额", "元"),
    "land_area": ("协调用地面积", "亩"),
    "labour_count": ("协调用工人数", "人"),
    "enterprise_service_count": ("联系服务企业次数", "次"),
    "enterprise_problem_collected": ("企业问题收集数", "件"),
    "enterprise_problem_solved": ("企业问题解决数", "件"),
}
TEN_THOUSAND = 10_000  # 近1.2万次: departments report large counts by the ten thousand
UNITS = dict(REPORTED.values())
NAMES = tuple(UNITS)
SOLVED_OF = {"现场解决问题数": "下基层发现问题数", "企业问题解决数": "企业问题收集数"}


def words_of(unit: str) -> dict[str, int]:
    """The words in which a unit is reported, with what each stands for; asked with any of the words."""
    plain = unit.removeprefix("万")
    return MONEY if unit in MONEY else {plain: 1, f"万{plain}": TEN_THOUSAND}


FACTORS = {word: times for unit in UNITS.values() for word, times in words_of(unit).items()}
UNIT_WORDS = tuple(FACTORS)


def is_no_less_than_nothing(record: Any, at: datetime) -> Verdict:
    """A reported number is a count, an area or an amount."""
    if record.value < 0:
        return denied(f"数值{record.value}小于0，请按报送的数填写，没有的填0。", "A10.5")
    return ALLOWED


def is_reported_once(record: Any, at: datetime) -> Verdict:
    """One body reports one figure of a time once in the county; what overlaps would be summed twice."""
    same = _of_source(record, record.name, words_of(record.unit_word))
    other = same.filter(period_from__lte=record.period_to, period_to__gte=record.period_from).first()
    if other is None:
        return ALLOWED
    period = f"{other.period_from:%Y-%m-%d}至{other.period_to:%Y-%m-%d}"
    return denied(
        f"{other.organ.label}已登记{other.source}报送的“{other.name}”（{period}，{_plain(other.value)}{other.unit_word}），"
        "期间与这一条重叠，合计时会重复。数有变化的，请修改已登记的一条；期间填错的，请改正期间。",
        "A10.5",
    )


def advice(record: Any) -> list[str]:
    """What a person should look at again; the record is kept."""
    unit = UNITS.get(record.name)
    if unit is None:
        return [f"“{record.name}”这个指标名称不在统计范围内，保存后不计入任何指标；可选：{'、'.join(NAMES)}。"]
    words = words_of(unit)
    if record.unit_word not in words:
        return [f"“{record.name}”按“{'”或“'.join(words)}”统计，计量单位“{record.unit_word}”不计入任何指标，请核对。"]
    return _more_solved_than_found(record)


def _more_solved_than_found(record: Any) -> list[str]:
    found_of = {found: solved for solved, found in SOLVED_OF.items()}
    mate = SOLVED_OF.get(record.name) or found_of.get(record.name)
    period = {"period_from": record.period_from, "period_to": record.period_to}
    other = _of_source(record, mate, words_of(record.unit_word)).filter(**period).first() if mate else None
    if other is None:
        return []
    solved, found = (record, other) if record.name in SOLVED_OF else (other, record)
    if _counted(solved) <= _counted(found):
        return []
    return [f"{solved.name}{_told(solved)}大于同一部门同一期间的{found.name}{_told(found)}，请与报送部门核对。"]


def _counted(record: Any) -> Any:
    return record.value * FACTORS.get(record.unit_word, 1)


def _told(record: Any) -> str:
    return f"{_plain(record.value)}{record.unit_word}"


def _of_source(record: Any, name: str, words: Iterable[str]) -> Any:
    rows = type(record).objects.live().exclude(pk=record.pk).select_related("organ").order_by("pk")
    county = record.organ.county().path
    return rows.filter(organ__path__startswith=county, name=name, unit_word__in=words, source=record.source)


def _plain(value: Any) -> str:
    return f"{value:f}".rstrip("0").rstrip(".") if "." in f"{value:f}" else f"{value:f}"
