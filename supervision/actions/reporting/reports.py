"""监督检查情况报告: drafted from the records, written by people, sent up, tabled, studied (A9.6-A9.7a)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.db import transaction

from accounts import approvals
from accounts.calendar import local_day, spoken
from accounts.digest import digest_of
from accounts.models import Approval, Event, ScResolution, ScResolutionKind, SupervisedUnit
from accounts.notifications import holders, staff_of, told_by
from accounts.permissions import Permission, has
from accounts.roles import CHAIN
from accounts.workflow import Refused, may, move, record
from checklists.actions import make_resolution
from supervision.actions.reporting.round_steps import advance
from supervision.actions.reporting.supplements import last_submission, table_again
from supervision.models import CopyOut, InspectionReport, PoliticalAssessment, Problem, Round
from supervision.reporting import rules
from supervision.reporting import text as report_text
from supervision.reporting.deadlines import due_day
from supervision.reporting.ten_days import ten_days
from supervision.rounds.endings import every_final_report_studied
from supervision.rounds.states import CopyOutKind, ReportKind

# --- drafting ---


@transaction.atomic
def draft_report(
    round: Round, *, by: Any, at: datetime, kind: str = ReportKind.FINAL, unit: SupervisedUnit | None = None
) -> InspectionReport:
    """Draft a report, final or interim, of the round or of one of its units, from what is on record (A9.6a-b).

    Raises `Refused` for strangers, before the inspection, for a unit outside the round and for a second final report.
    """
    locked = Round.objects.select_for_update().select_related("organ").get(pk=round.pk)
    if not has(by, Permission.DRAFT, locked.organ_id):
        raise Refused(f"监督检查情况报告由牵头单位{locked.organ.name}起草。", "A9.6a")
    rules.may_be_reported(locked).enforce()
    rules.no_second_final(locked, kind, unit).enforce()
    if unit is not None and not locked.units.filter(pk=unit.pk).exists():
        raise Refused(f"“{unit}”不是本轮监督的被监督单位。", "A9.6a")
    report = InspectionReport(round=locked, organ=locked.organ, kind=kind, unit=unit, created_by=by, created_at=at,
                              title=_title(locked, kind, unit))  # fmt: skip
    for name, write in report_text.WRITERS.items():
        setattr(report, name, write(report))
    report.save()
    report.problems.set(rules.round_problems(report))
    record(report, "draft", by=by, at=at, label="起草报告", article="A9.6a", to_step=report.step)
    return report


def _title(round: Round, kind: str, unit: SupervisedUnit | None) -> str:
    about = f"（{unit.name}）" if unit else ""
    return f"{round.title}{about}{'阶段性报告' if kind == ReportKind.INTERIM else '监督检查情况报告'}"[:200]


def _mine(report: InspectionReport, *, by: Any) -> InspectionReport:
    """The report, locked for writing. Raises `Refused` for strangers and while it is not with its author."""
    fresh = InspectionReport.objects.select_for_update().get(pk=report.pk)
    if not has(by, Permission.DRAFT, fresh.organ_id):
        raise Refused(f"报告由{fresh.organ.name}经办人修改。", "A9.6a")
    rules.is_editable(fresh).enforce()
    return fresh


@transaction.atomic
def edit_report(report: InspectionReport, texts: Mapping[str, str], *, by: Any, at: datetime) -> InspectionReport:
    """Rewrite title and sections. Days of the clock are no fields of this action, so no editing ever resets them (A9.7a)."""
    fresh = _mine(report, by=by)
    typed = {name: texts[name].replace("\r\n", "\n").strip() for name in (*rules.SECTIONS, "title") if name in texts}
    changed = [name for name, text in typed.items() if text != getattr(fresh, name)]
    for name in changed:
        rules.is_text(typed[name]).enforce()
        setattr(fresh, name, typed[name])
    if not fresh.title:
        raise Refused("报告标题是空的。", "A9.6b")
    if changed:
        fresh.save()
        note = "、".join(rules.SECTIONS.get(name, "标题") for name in changed)
        record(fresh, "edit", by=by, at=at, label="修改报告", note=note, article="A9.6b")
    return fresh


@transaction.atomic
def redraft_section(report: InspectionReport, section: str, *, by: Any, at: datetime) -> InspectionReport:
    """Write one section anew from the records; the earlier words stay in the report's history. Raises `Refused`."""
    fresh = _mine(report, by=by)
    setattr(fresh, section, report_text.WRITERS[section](fresh))
    fresh.save()
    if section == "findings_text":
        fresh.problems.set(rules.round_problems(fresh))
    record(fresh, "redraft", by=by, at=at, label="重新生成", note=rules.SECTIONS[section], article="A9.6b")
    return fresh


@transaction.atomic
def mark_important(report: InspectionReport, *, important: bool, by: Any, at: datetime) -> InspectionReport:
    """重要情况、重大问题: a person's flag; it opens a report to 县委常委会 that waits for its meeting (A9.7c)."""
    fresh = InspectionReport.objects.select_for_update().get(pk=report.pk)
    if not (has(by, Permission.DRAFT, fresh.organ_id) or has(by, Permission.COORDINATE, fresh.organ_id)):
        raise Refused("是否属于重要情况、重大问题，由牵头单位或党风政风监督室认定。", "A9.7c")
    papers = CopyOut.objects.filter(report=fresh, kind=CopyOutKind.COMMITTEE)
    if not important and papers.exclude(meeting_on=None, issued_on=None).exists():
        raise Refused("向县委常委会的报告已经印发或已登记会议日期，不能取消认定。", "A9.7c")
    if fresh.is_important == important:
        return fresh
    fresh.is_important = important
    fresh.save()
    if important:
        CopyOut.objects.create(report=fresh, organ=fresh.organ.cso() or fresh.organ, kind=CopyOutKind.COMMITTEE,
                               recipients="县委常委会", created_by=by, created_at=at)  # fmt: skip
    else:
        papers.delete()
    record(fresh, "important", by=by, at=at, article="A9.7c",
           label="认定为重要情况、重大问题" if important else "取消重要情况认定")  # fmt: skip
    return fresh


# --- up the chain ---


@transaction.atomic
def submit_report(report: InspectionReport, *, by: Any, at: datetime) -> Approval:
    """Send the report up: head, AM, DS (A9.6d). What goes up is frozen with its problem list and a digest.

    Raises `Refused` where a section is empty (A9.6b), the list is behind the records (A9.6a), a team has no
    assessment (A9.6c) or a rung has no signer.
    """
    Round.objects.select_for_update().get(pk=report.round_id)  # no problem enters while the list is frozen
    event = move(report, "submit", by=by, at=at)
    fresh = InspectionReport.objects.select_for_update().get(pk=report.pk)
    fresh.content = frozen(fresh)
    fresh.digest = digest_of(fresh.content)
    fresh.save()
    report.content, report.digest = fresh.content, fresh.digest
    approval = approvals.submit(fresh, by=by, at=at)
    approvals.told_submission(event, approval)
    return approval


def frozen(report: InspectionReport) -> dict[str, Any]:
    """What the signatures stand under: head, sections, problem list, and a digest of the assessments kept apart."""
    texts = PoliticalAssessment.objects.filter(report=report).order_by("pk")
    kept = list(
        texts.values("pk", "unit", "about", "official", "first_look", "second_look", "third_look", "conclusion")
    )
    return {
        "title": report.title,
        "head": _head(report),
        "sections": {field: getattr(report, field) for field in rules.SECTIONS},
        "problems": report_text.problem_lines(report),
        "assessments": {"count": len(kept), "digest": digest_of(kept)},
    }


def _head(report: InspectionReport) -> dict[str, str]:
    round = report.round
    days = [f"{day.year}年{day.month}月{day.day}日" for day in (round.started_on, round.ended_on) if day]
    units = "、".join(unit.name for unit in rules.units_of(report))
    return {"监督项目": round.item.title, "牵头单位": report.organ.name, "被监督单位": units, "时间": "至".join(days)}


def _paper(report: InspectionReport) -> dict[str, str]:
    """The report as the signers read it, heading by heading."""
    sections = {heading: getattr(report, field) for field, heading in rules.SECTIONS.items()}
    advice = sections.pop("整改意见建议")
    count = PoliticalAssessment.objects.filter(report=report).count()
    listed = "\n".join(
        f"{row['序号']}. {row['问题编号']} {row['被监督单位']}：{row['发现问题']}"
        for row in report_text.problem_lines(report)
    )
    return {
        "标题": report.title, **_head(report), **sections,
        "政治表现综合评价": f"共{count}份。{report_text.MARKER}", "整改意见建议": advice, "附件：问题清单": listed or "无",
    }  # fmt: skip


def report_authors(report: InspectionReport) -> set[int]:
    """Whoever wrote, rewrote or drafted a section anew; none of them signs it."""
    wrote = Event.objects.of(report).filter(verb__in=("draft", "edit", "redraft")).values_list("by_id", flat=True)
    return {report.created_by_id, *wrote}


def _approved(report: InspectionReport, *, by: Any, at: datetime, note: str, step: Any) -> None:
    """The last signature starts the ten days: `due_on` is written here and nowhere else (A9.7a, AMB-6).

    A report that the committee sent back keeps the days of its first approval.
    """
    day = local_day(at)
    due_on = report.due_on or due_day(day, ten_days().reading(day).days)
    again = report.submitted_on is not None
    event = move(report, "approve", by=by, at=at, note=note, by_chain=True, on_behalf_of=step.on_behalf_of,
                 along={"approved_at": report.approved_at or at, "due_on": due_on})  # fmt: skip
    if report.kind == ReportKind.FINAL:
        advance(report.round, "approve_report", by=by, at=at)
    cso = report.organ.cso()
    if cso is not None:
        told_by(
            event,
            staff_of(cso.pk),
            f"{report}补充后已批准，请再次提交县纪委常委会。"
            if again
            else f"{report}已批准，请于{spoken(due_on)}前提交县纪委常委会。",
            link=report.get_absolute_url(),
        )


approvals.register_route(
    InspectionReport,
    approvals.Route(
        article="A9.6d",
        title=lambda report: report.title,
        rungs=lambda report: CHAIN,
        snapshot=_paper,
        template="",
        approved=_approved,
        authors=report_authors,
        filed="批准后10日内提交县纪委常委会",
    ),
)


# --- before the committee ---


@transaction.atomic
def table_report(
    report: InspectionReport, *, by: Any, at: datetime, submitted_on: date, late_reason: str = ""
) -> InspectionReport:
    """党风政风监督室 brings the report before the committee (A9.7a). Raises `Refused` when late without a reason.

    A report that the committee sent back keeps the day of its first submission; the further one stands beside it.
    """
    may(report, "table", by=by).enforce()
    if submitted_on > local_day(at):
        raise Refused("提交日期不能晚于今天。", "A9.7a")
    assert report.approved_at is not None and report.due_on is not None
    if report.submitted_on is not None:
        return table_again(report, by=by, at=at, submitted_on=submitted_on)
    if submitted_on < local_day(report.approved_at):
        raise Refused("提交日期早于报告批准日期，请核对。", "A9.7a")
    last_on = ten_days().last_day(report.approved_at, report.due_on)
    rules.in_time_or_explained(last_on, submitted_on, late_reason).enforce()
    reason = late_reason.strip() if submitted_on > last_on else ""
    event = move(report, "table", by=by, at=at, note=reason, along={
        "submitted_on": submitted_on, "submitted_by": by, "last_on": last_on, "late_reason": reason,
    })  # fmt: skip
    secretaries = holders(Permission.RECORD_RESOLUTION, report.organ_id)
    told_by(event, secretaries, f"{report}已提交常委会，请在会后登记研判意见。", link=report.study_url())
    return report


@transaction.atomic
def study_report(
    report: InspectionReport, *, by: Any, at: datetime, meeting_on: date, opinion: str, meeting_no: str = "",
    agenda_no: int | None = None, attendance: str = "",
) -> ScResolution:  # fmt: skip
    """The committee's secretary records its opinion on the report (A9.7a); the last final report moves the round on.

    Raises `Refused` for anybody else, before the submission, without an opinion, and for days out of order.
    """
    may(report, "study", by=by).enforce()
    if not opinion.strip():
        raise Refused("请写明常委会的研判意见，问题处置以它为依据。", "A9.7a")
    tabled_on = last_submission(report)
    if tabled_on and meeting_on < tabled_on:
        raise Refused(f"会议日期早于提交日期{tabled_on:%Y-%m-%d}，请核对。", "A9.7a")
    resolution = make_resolution(report.organ, ScResolutionKind.REPORT_STUDY, f"分析研判{report}"[:200], by=by, at=at, approved=True,
                                 meeting_on=meeting_on, meeting_no=meeting_no, agenda_no=agenda_no, attendance=attendance,
                                 opinion=opinion)  # fmt: skip
    event = move(report, "study", by=by, at=at, note=resolution.opinion,
                 along={"studied_on": meeting_on, "resolution": resolution})  # fmt: skip
    _after_study(report, event, by=by, at=at)
    return resolution


def _after_study(report: InspectionReport, event: Any, *, by: Any, at: datetime) -> None:
    if report.kind == ReportKind.FINAL and every_final_report_studied(report.round):
        advance(report.round, "analyse", by=by, at=at)
    cso = report.organ.cso()
    people = [*staff_of(report.organ_id), *(staff_of(cso.pk) if cso else ())]
    told_by(event, people, f"县纪委常委会已研判{report}，请按研判意见抄报和分类处置。", link=report.get_absolute_url())


def missing_from_list(report: InspectionReport) -> int:
    """How many problems of the round are not on the report's list yet; shown while it is written."""
    rows: Any = Problem.objects.live().filter(pk__in=rules.round_problems(report).values("pk"))
    return rows.exclude(pk__in=report.problems.values("pk")).count()
