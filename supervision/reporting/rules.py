"""Questions asked of an inspection report before it goes up, before the committee, and out (A9.6-A9.7c)."""

from __future__ import annotations

from datetime import date
from typing import Any

from accounts.calendar import spoken
from accounts.workflow import ALLOWED, Verdict, denied
from supervision.models import InspectionReport, PoliticalAssessment, Problem, Round
from supervision.rounds.states import FINISHED, PREPARING, ReportKind, ReportStep, RoundStep
from supervision.rules import is_text

# The four written sections: field -> heading of the paper (A9.6b). The fifth part, 政治表现, is kept apart.
SECTIONS = {
    "inspection_text": "监督检查情况",
    "findings_text": "发现的问题和线索",
    "on_spot_text": "问题立行立改情况",
    "advice_text": "整改意见建议",
}
EDITABLE = frozenset({ReportStep.DRAFT, ReportStep.RETURNED})
SIGNED = frozenset({ReportStep.APPROVED, ReportStep.SC_SUBMITTED, ReportStep.STUDIED})


def round_problems(report: InspectionReport) -> Any:
    """The problems that belong on the report's list: those of its round, of its unit where it has one."""
    rows = Problem.objects.live().filter(round_id=report.round_id)
    return rows.filter(unit_id=report.unit_id) if report.unit_id else rows


def may_be_reported(round: Round) -> Verdict:
    """A9.6a: a report tells of what was inspected: not before anybody went, not of a round that is over."""
    if round.step in PREPARING:
        return denied(f"“{round}”还没有启动监督检查，没有可以报告的情况。请先启动监督检查。", "A9.6a")
    if round.step in FINISHED:
        return denied(f"“{round}”{round.get_step_display()}，不再起草报告。", "A9.6a")
    return ALLOWED


def no_second_final(round: Round, kind: str, unit: Any) -> Verdict:
    """A9.6a: one final report of a round, or one for each of its units; a second one would contradict the first."""
    finals = InspectionReport.objects.filter(round=round, kind=ReportKind.FINAL)
    clash = (
        finals.filter(unit__isnull=True)
        if unit is None
        else finals.filter(unit__isnull=True) | finals.filter(unit=unit)
    )
    if unit is None:
        clash = finals
    found = clash.first() if kind == ReportKind.FINAL else None
    if found is not None:
        return denied(f"已有“{found}”（{found.get_step_display()}），不能重复起草。请在原报告上修改。", "A9.6a")
    return ALLOWED


def is_editable(report: InspectionReport) -> Verdict:
    """A9.6d: what was sent up is locked until it comes back; what was approved stays as it was signed."""
    if report.step in EDITABLE:
        return ALLOWED
    way = "如需修改，请先撤回或由签批人退回" if report.step == ReportStep.SUBMITTED else "如有新情况，请另行起草报告"
    return denied(f"报告{report.get_step_display()}，内容已锁定。{way}。", "A9.6d")


def sections_written(report: InspectionReport) -> Verdict:
    """A9.6b: none of the four sections is empty, none is a formula."""
    empty = [name for field, name in SECTIONS.items() if not getattr(report, field).strip()]
    if empty:
        return denied(f"报告还缺：{'、'.join(empty)}。没有相关情况的，请写明“无”及原因，再报送审批。", "A9.6b")
    verdicts = (is_text(getattr(report, field).strip()) for field in SECTIONS)
    return next((verdict for verdict in verdicts if not verdict), ALLOWED)


def lists_every_problem(report: InspectionReport) -> Verdict:
    """A9.6a: list and report come from the same records; what was found after the draft belongs in it."""
    wanted = set(round_problems(report).values_list("pk", flat=True))
    listed = set(report.problems.values_list("pk", flat=True))
    if wanted == listed:
        return ALLOWED
    return denied(
        f"起草后问题有变化（新增{len(wanted - listed)}个，减少{len(listed - wanted)}个），问题清单和报告不一致。"
        "请在“发现的问题和线索”一节点“重新生成”，核对后再报送。",
        "A9.6a",
    )


def inspection_is_over(report: InspectionReport) -> Verdict:
    """A9.6a: the final report goes up when the inspection has ended; before that it is an interim one."""
    if report.kind == ReportKind.FINAL and report.round.step in PREPARING | {RoundStep.INSPECTING}:
        return denied("监督检查还没有结束，不能报送最终报告。请先在轮次页面结束监督检查，或改报阶段性报告。", "A9.6a")
    return ALLOWED


def units_of(report: InspectionReport) -> list[Any]:
    """The units that the report speaks of."""
    return [report.unit] if report.unit else list(report.round.units.all())


def teams_assessed(report: InspectionReport) -> Verdict:
    """A9.6c: the final report judges, in a person's words, the team of each unit it speaks of."""
    if report.kind != ReportKind.FINAL:
        return ALLOWED
    teams = PoliticalAssessment.objects.filter(report=report, about="team").exclude(conclusion="")
    there = set(teams.values_list("unit_id", flat=True))
    lacking = [unit.name for unit in units_of(report) if unit.pk not in there]
    if lacking:
        return denied(
            f"还没有对{'、'.join(lacking[:3])}领导班子的政治表现作出综合评价。请在“政治表现评价”中撰写，再报送审批。",
            "A9.6c",
        )
    return ALLOWED


READY = (inspection_is_over, sections_written, lists_every_problem, teams_assessed)


def in_time_or_explained(last_on: date, submitted_on: date, reason: str) -> Verdict:
    """A9.7a: a late submission keeps its reason for good."""
    if submitted_on > last_on and not reason.strip():
        return denied(
            f"提交常委会的期限是{spoken(last_on)}，现在提交已逾期。请写明逾期原因，原因会保留在报告上。", "A9.7a"
        )
    return ALLOWED


def has_been_studied(report: InspectionReport) -> Verdict:
    """A9.7b: nothing is copied to the county's leaders before the standing committee has studied the report."""
    if report.studied_on is None:
        return denied("县纪委常委会还没有研判这份报告，研判后才能抄报。请先提交常委会并登记研判意见。", "A9.7b")
    return ALLOWED
