"""Questions asked of a paper that is handed in."""

from __future__ import annotations

from accounts.workflow import ALLOWED, Verdict, denied
from reports.models import CountyQuarter, QuarterlyReport
from reports.quarterly.outline import SECTIONS
from reports.quarterly.states import EDITABLE, CountyStep
from supervision.rules import are_texts

MOST = 40_000  # characters of one section


def every_section_written(report: QuarterlyReport) -> Verdict:
    """A report with an empty section says nothing about it; "无" says that there is nothing (A10.4a)."""
    return _written(report, "签字报送")


def county_is_written(county: CountyQuarter) -> Verdict:
    """The same of the county's quarter before it is settled."""
    return _written(county, "定稿")


def _written(paper: QuarterlyReport | CountyQuarter, then: str) -> Verdict:
    empty = [heading for key, heading in SECTIONS.items() if not paper.text_of(key).strip()]
    if empty:
        return denied(f"“{'”“'.join(empty)}”还没有写，没有相关情况的请写“无”，再{then}。", "A10.4a")
    return ALLOWED


def county_is_draft(county: CountyQuarter) -> Verdict:
    """Text and figures of a final edition stay as they are; what is to be changed becomes a new version."""
    if county.step == CountyStep.DRAFT:
        return ALLOWED
    return denied("本季度全县情况已定稿，文字和数据已锁定。需要修改的，请写明理由“重新开稿”，形成新的一版。", "A10.4a")


def is_editable(report: QuarterlyReport) -> Verdict:
    """A report is written while it is with its organ; afterwards it is returned, or added to."""
    if report.step in EDITABLE:
        return ALLOWED
    if report.step == "accepted":
        return denied("报告已接收，文字和数据不再修改。需要更正的，请由负责人签发补正说明。", "A10.4a")
    return denied("报告已报送，等候接收，不能修改。需要修改的，请党风政风监督室退回。", "A10.4a")


def is_text(text: str) -> Verdict:
    """A section of a readable length, in words that may be kept."""
    if len(text) > MOST:
        return denied("一节的文字过长，请把明细放进工作台账附件。", "A10.4a")
    return are_texts(text)
