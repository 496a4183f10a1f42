"""Questions asked before an appraisal or the yearly report is written, sent up, corrected or sent out (A11)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import Any

from accounts.models import Official, SupervisedUnit
from accounts.permissions import Permission, has
from accounts.roles import REPORTING_KINDS
from accounts.workflow import ALLOWED, Verdict, denied
from reports.ecology.completeness import year_end
from reports.ecology.states import EDITABLE, IN_FORCE, REPORT_EDITABLE, AppraisalStep, EcologyStep, Receiver
from reports.models import AppraisalText, EcologyDispatch, EcologyReport, PerformanceAppraisal
from supervision.rounds.states import AssessmentAbout

BASIS = "A11"


# Words of marking and ranking persons; a share of parts, minutes, a branch office or "十分" are none.
GRADES = re.compile(
    r"得分|评分|打分|等次|位次|排名|\d\s*分(?![之钟管局部公期])|第[一二三四五六七八九十\d]+名(?!副|书记|委员|单位|干部)"
)
GRADES_WARNING = "文字中有评分或等次，本办法不给人打分排序，请核对。"


def speaks_of_grades(text: str) -> bool:
    """Whether a text seems to mark or rank; a person looks again, nothing is refused."""
    return bool(GRADES.search(text))


def may_write_for(user: Any, organ: Any) -> Verdict:
    """Stationed groups and townships write about their own units."""
    if organ.kind not in REPORTING_KINDS:
        return denied("年度政治表现综合评价由派驻纪检监察组和乡（镇、办）纪（工）委撰写。", BASIS)
    if not has(user, Permission.DRAFT, organ.pk):
        return denied(f"综合评价由{organ.name}撰写，您不是该单位的经办人或负责人。", BASIS)
    return ALLOWED


def may_be_appraised(unit: SupervisedUnit, year: int, *, on: date) -> Verdict:
    """A year that has begun, a unit that stands at its end."""
    if year > on.year:
        return denied(f"{year}年还没有开始，不能撰写年度评价。", BASIS)
    if unit.active_to is not None and unit.active_to < year_end(year):
        return denied(f"{unit}已于{unit.active_to:%Y年%-m月%-d日}撤销，{year}年度不再评价。", BASIS)
    return ALLOWED


def is_editable(appraisal: PerformanceAppraisal) -> Verdict:
    """What is before signers, or approved, is not rewritten."""
    if appraisal.step in EDITABLE:
        return ALLOWED
    way = (
        "请先撤回或由签批人退回" if appraisal.step == AppraisalStep.SUBMITTED else "确需更正的，请起草更正版并写明理由"
    )
    return denied(f"“{appraisal}”{appraisal.get_step_display()}，不能修改；{way}。", BASIS)


def person_fits(unit: SupervisedUnit, about: str, official: Official | None) -> Verdict:
    """Persons come from the unit's register; 一把手 is written about as such, and nobody else is."""
    if about == AssessmentAbout.TEAM:
        return denied("对领导班子的评价不指向个人。", BASIS) if official is not None else ALLOWED
    if official is None:
        return denied("请从监督对象名录中选择评价对象。", BASIS)
    if official.unit_id != unit.pk:
        return denied(f"{official.full_name}不是{unit}的干部，请从本单位名录中选择。", BASIS)
    if (about == AssessmentAbout.TOP_LEADER) != official.is_top_leader:
        return denied("“一把手”单独评价，其他班子成员按“班子成员”评价，请核对评价对象。", BASIS)
    return ALLOWED


def top_leader_fits(official: Official | None, post: str, text: str, vacancy: str) -> Verdict:
    """By name of the post always; then a person with his text, or a vacant post with its reason."""
    if not post.strip():
        return denied("请写明“一把手”职务名称。", BASIS)
    if official is None and not vacancy.strip():
        return denied("请从监督对象名录中选择“一把手”并撰写评价；职务空缺的，写明空缺原因。", BASIS)
    if official is not None and vacancy.strip():
        return denied("已选择“一把手”，不能同时登记为空缺。", BASIS)
    if official is None and text.strip():
        return denied("职务空缺时不写评价，请选择评价对象，或清空评价正文。", BASIS)
    return denied("请撰写对“一把手”的评价。", BASIS) if official is not None and not text.strip() else ALLOWED


def has_top_leader(appraisal: PerformanceAppraisal) -> Verdict:
    """特别是“一把手”: without this text, or the reason why the post is vacant, nothing goes up."""
    if AppraisalText.objects.filter(appraisal=appraisal, about=AssessmentAbout.TOP_LEADER).exists():
        return ALLOWED
    return denied("还没有写“一把手”的年度政治表现。请撰写；职务空缺的，写明空缺原因。", BASIS)


def has_team(appraisal: PerformanceAppraisal) -> Verdict:
    """The team is judged as a team."""
    if AppraisalText.objects.filter(appraisal=appraisal, about=AssessmentAbout.TEAM).exists():
        return ALLOWED
    return denied("还没有写领导班子的年度政治表现，请撰写后再报送。", BASIS)


def has_conclusion(appraisal: PerformanceAppraisal) -> Verdict:
    """The comprehensive judgement, in words."""
    return ALLOWED if appraisal.conclusion.strip() else denied("还没有写综合评价，请写明后再报送。", BASIS)


READY = (has_team, has_top_leader, has_conclusion)


def may_be_corrected(appraisal: PerformanceAppraisal) -> Verdict:
    """Only the version in force."""
    if appraisal.step == AppraisalStep.APPROVED:
        return ALLOWED
    return denied(f"“{appraisal}”{appraisal.get_step_display()}，只有已批准的现行评价才需要更正版。", BASIS)


# --- the yearly report ---


def report_year_fits(year: int, day: date) -> Verdict:
    """The report is written about this year or the one before."""
    if year > day.year:
        return denied(f"{year}年还没有开始，不能起草年度政治生态分析报告。", BASIS)
    if year < day.year - 1:
        return denied(f"只能起草{day.year - 1}年度或{day.year}年度的报告，不能起草{year}年度的。请核对年度。", BASIS)
    return ALLOWED


def report_is_editable(report: EcologyReport) -> Verdict:
    """What has gone up is not rewritten."""
    if report.step in REPORT_EDITABLE:
        return ALLOWED
    return denied(f"“{report}”{report.get_step_display()}，不能修改；确需更正的，请起草更正版并写明理由。", BASIS)


def has_every_section(report: EcologyReport) -> Verdict:
    """Each part is written; the part of the units is compiled, its own words are optional."""
    empty = "、".join(
        part["heading"] for part in report.sections if part["key"] != "units" and not part["text"].strip()
    )
    return denied(f"{empty}还没有写，没有相关情况的请写明。", BASIS) if empty else ALLOWED


def is_compiled(report: EcologyReport) -> Verdict:
    """The approved appraisals stand in the report as they are in force now; units without one have their reason."""
    if report.compiled_at is None:
        return denied("还没有汇编各单位年度政治表现综合评价，请先汇编。", BASIS)
    kept = {entry["appraisal"] for entry in report.units}
    now = set(approved_of(report).values_list("pk", flat=True))
    if kept != now:
        return denied(
            f"汇编后又有评价获批或更正（新增{len(now - kept)}份，减少{len(kept - now)}份），请重新汇编。", BASIS
        )
    if report.missing and not report.missing_reason.strip():
        names = "、".join(entry["unit"] for entry in report.missing[:3])
        return denied(f"{names}等{len(report.missing)}个单位没有已批准的评价，请写明未纳入的原因。", BASIS)
    return ALLOWED


def approved_of(report: EcologyReport) -> Any:
    """The appraisals in force of the report's county and year."""
    return PerformanceAppraisal.objects.filter(
        year=report.year, step=AppraisalStep.APPROVED, organ__path__startswith=report.organ.county().path
    )


REPORT_READY = (has_every_section, is_compiled)


def report_may_be_corrected(report: EcologyReport) -> Verdict:
    """Only the version that the committee passed."""
    if report.step in IN_FORCE:
        return ALLOWED
    return denied(f"“{report}”{report.get_step_display()}，只有常委会通过的现行报告才需要更正版。", BASIS)


def may_be_sent(report: EcologyReport) -> Verdict:
    """Nothing leaves before the committee's resolution."""
    if report.step in (EcologyStep.APPROVED, EcologyStep.DISPATCHED):
        return ALLOWED
    if report.step == EcologyStep.FILED:
        return denied(f"“{report}”已报送备案，回执已齐。", BASIS)
    return denied(
        f"“{report}”{report.get_step_display()}，县纪委常委会通过后才能报送县委、县政府主要领导和县委组织部。", BASIS
    )


def sending_fits(report: EcologyReport, sent_on: date, *, on: date) -> Verdict:
    """Sent on or after the day of the resolution, and not in the future."""
    assert report.resolution is not None
    if sent_on < report.resolution.meeting_on:
        return denied(f"报送日期早于常委会会议日期{report.resolution.meeting_on:%Y-%m-%d}，请核对。", BASIS)
    return denied("报送日期不能晚于今天。", BASIS) if sent_on > on else ALLOWED


def receipt_fits(row: EcologyDispatch, values: Mapping[str, Any], *, on: date) -> Verdict:
    """Who received it and when; 县委组织部 gives its filing number, and nobody else does."""
    if row.received_on is not None:
        return denied(
            f"{row.recipient}的回执已登记（{row.received_on:%Y-%m-%d} {row.received_by}），不用重复登记。", BASIS
        )
    if values["received_on"] < row.sent_on:
        return denied(f"回执日期早于报送日期{row.sent_on:%Y-%m-%d}，请核对。", BASIS)
    if values["received_on"] > on:
        return denied("回执日期不能晚于今天。", BASIS)
    if not values["received_by"].strip():
        return denied("请写明签收人。", BASIS)
    filing = row.receiver == Receiver.ORGANIZATION
    if filing and not values["filing_no"].strip():
        return denied("报县委组织部备案须登记备案编号。", BASIS)
    return (
        denied("只有县委组织部备案才登记备案编号。", BASIS) if not filing and values["filing_no"].strip() else ALLOWED
    )


def may_be_withdrawn(row: EcologyDispatch, reason: str) -> Verdict:
    """A copy without its receipt, with the reason why it was registered wrongly."""
    if row.received_on is not None:
        return denied(f"{row.recipient}的回执已登记（{row.received_on:%Y-%m-%d}），不能撤销报送登记。", BASIS)
    return ALLOWED if reason.strip() else denied("撤销报送登记须写明理由，理由留在办理记录里。", BASIS)


def still_out(report: EcologyReport) -> list[str]:
    """What is missing before the report is filed: receivers not yet sent to, receipts not yet in."""
    rows = list(EcologyDispatch.objects.filter(report=report))
    sent = {row.receiver for row in rows}
    absent = [f"未报送{word}" for value, word in Receiver.choices if value not in sent]
    return absent + [f"{row.recipient}未回执" for row in rows if row.received_on is None]
