"""定稿 of the county's quarter: who may, what is frozen, and what a final edition still says of itself (A10.1b, A10.4a)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from accounts.models import Event
from accounts.workflow import ALLOWED, Verdict, denied, may
from reports.models import CountyQuarter, QuarterlyReport
from reports.quarterly.composition import composed
from reports.quarterly.county import news_of
from reports.quarterly.states import FINAL

WROTE = ("merge", "edit")


def authors(county: CountyQuarter) -> set[int]:
    """Who merged or wrote this version: they do not settle it."""
    return set(Event.objects.of(county).filter(verb__in=WROTE).values_list("by_id", flat=True))


def may_finalise(county: CountyQuarter, reports: Sequence[QuarterlyReport], *, by: Any) -> Verdict:
    """The head of 党风政风监督室, if he has not written it himself and nothing came in since the last merge."""
    verdict = may(county, "finalise", by=by)
    if not verdict:
        return verdict
    if by.pk in authors(county):
        return denied("您汇总或修改过这一稿，不能自己定稿。请由另一位负责人定稿，或由代理负责人办理。", "A10.1b")
    news = news_of(county, reports)
    if news:
        return denied(f"上次汇总后又有报送：{'、'.join(news)}。请先由经办人重新汇总，再定稿。", "A10.4a")
    return ALLOWED


def is_final(county: CountyQuarter) -> bool:
    """Whether text and figures are frozen."""
    return county.step in FINAL


def frozen(county: CountyQuarter) -> dict[str, Any]:
    """What is settled: text with figures written out, data table, rows of the organs, the ids behind, who is missing."""
    as_of = county.data_as_of or county.created_at
    words = composed(
        county.sections,
        county.figures,
        title=f"全县{county.period.label}政治监督工作情况报告",
        period=county.period,
        at=as_of,
    )
    return words | {"figures": county.figures, "by_organ": county.by_organ, "missing": county.missing,
                    "merged": {key: taken["digest"] for key, taken in county.merged.items()}}  # fmt: skip


def content_of(county: CountyQuarter) -> Mapping[str, Any]:
    """The final edition as frozen, a draft as its last merge has it."""
    return county.content if is_final(county) else frozen(county)


def head_lines(county: CountyQuarter) -> list[str]:
    """What stands under the title of a later version: its number and why there is one."""
    return [f"第{county.version}版，重新开稿理由：{county.reason}"] if county.version > 1 else []
