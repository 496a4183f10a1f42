"""Reports, studies, copies, disposal and cure of the demo county's rounds, each step where some round still stands."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from accounts.models import Official, Organ, User
from accounts.roles import Role
from accounts.uploads import attach
from reports.demo.county import person
from reports.demo.files import paper_file
from reports.demo.findings import YEAR, at
from reports.demo.rounds import sign
from supervision.actions import rectification as acts
from supervision.actions import rounds
from supervision.actions.plan import set_plan
from supervision.actions.reporting import assessments, clues, copies, disposal, reports
from supervision.models import InspectionReport, Problem, Round
from supervision.rounds.states import AccountabilityObject, AssessmentAbout, FeedbackManner, Responsibility, Route

PLAN = {"goal": "问题整改到位，机制健全。", "measures": "逐项核对，限期更正，完善台账管理制度。", "responsible_leader": "分管负责人",
        "responsible_department": "业务科室"}  # fmt: skip
LOOKS: dict[str, Any] = {
    "first_look": "对上级部署能够及时传达学习，但结合本单位实际细化落实不够。",
    "second_look": "重点任务总体推进，台账和资金管理有薄弱环节。",
    "third_look": "领导班子能够担当，对基层督促检查的频次偏低。",
    "conclusion": "总体较好，需在压实责任和日常监管上持续用力。",
}
# title of the project, days (month, day) of: report, signature, tabling, study; how far it goes
COURSES = (
    ("医保基金使用突出问题监督", (4, 27), (4, 29), (5, 7), (5, 8), "closed"),
    ("粮食购销领域突出问题集中监督", (6, 8), (6, 12), (6, 24), (6, 26), "rectifying"),
    ("义务教育学校营养餐采购管理监督", (9, 28), (9, 30), (10, 9), None, "tabled"),
    ("项目建设招投标监督", (7, 28), (7, 30), (8, 5), (8, 7), "disposed"),
    ("乡村振兴项目资金使用监督", (8, 28), (8, 31), (9, 7), (9, 9), "studied"),
)


def build_reporting() -> None:
    """One round closed, one in cure with a late tabling, one before the committee, one report being written."""
    for title, drafted, signed, tabled, studied, state in COURSES:
        _course(Round.objects.select_related("organ", "item").get(item__title=title), drafted, signed, tabled, studied, state)  # fmt: skip


def _clerk(round: Round) -> User:
    return person(round.created_by.username)


def _course(round: Round, drafted: Any, signed: Any, tabled: Any, studied: Any, state: str) -> None:
    clerk = _clerk(round)
    report = reports.draft_report(round, by=clerk, at=at(*drafted))
    _assess(report, clerk, at(*drafted))
    reports.submit_report(report, by=clerk, at=at(*drafted))
    sign(report, at(*signed))
    report.refresh_from_db()
    _table(report, tabled)
    if studied is None:
        return
    reports.study_report(report, by=person("changweihui"), at=at(*studied), meeting_on=date(YEAR, *studied), meeting_no="第9次",
                         opinion="同意报告的分析和处置建议，限期整改，适时回头看。", attendance="应到9人，实到9人")  # fmt: skip
    _copy(report, studied)
    if state == "studied":
        return
    _dispose(_fresh(round), clerk, studied, onward=state != "disposed")
    if state == "closed":
        _cure(_fresh(round), clerk)


def _fresh(round: Round) -> Round:
    return Round.objects.select_related("organ", "item").get(pk=round.pk)


def _assess(report: InspectionReport, clerk: User, moment: Any) -> None:
    """Texts that people wrote: about the team, and about the 一把手 of the first unit."""
    units = list(report.round.units.order_by("pk"))
    for unit in units:
        assessments.write_assessment(report, unit=unit, about=AssessmentAbout.TEAM, by=clerk, at=moment, **LOOKS)
    top = Official.objects.filter(unit=units[0], is_top_leader=True).first()
    assessments.write_assessment(
        report, unit=units[0], about=AssessmentAbout.TOP_LEADER, official=top, by=clerk, at=moment, **LOOKS
    )


def _table(report: InspectionReport, tabled: Any) -> None:
    day = date(YEAR, *tabled)
    late = report.due_on is not None and day > report.due_on
    reports.table_report(report, by=person("dangfeng"), at=at(*tabled), submitted_on=day,
                         late_reason="常委会因全省会议延期召开，顺延一周提交" if late else "")  # fmt: skip


def _copy(report: InspectionReport, studied: Any) -> None:
    """抄报 three days after the study, and the word that came back."""
    clerk, day = person("dangfeng"), date(YEAR, *studied) + timedelta(days=3)
    moment = at(day.month, day.day)
    copy = copies.draft_copy(report, by=clerk, at=moment)
    copy = copies.edit_copy(copy, {"signed_by": "马正"}, by=clerk, at=moment)
    copies.number_copy(copy, by=person("wenshu"), at=moment, prefix="示纪报")
    copy = copies.issue_copy(copy, by=clerk, at=moment, issued_on=day)
    later = day + timedelta(days=4)
    copies.record_instruction(copy, by=clerk, at=at(later.month, later.day), leader="县委主要领导", given_on=later,
                              text="请有关单位对照问题清单，逐项整改到位。", follow_up="已转牵头单位督促落实。")  # fmt: skip


def _dispose(round: Round, clerk: User, studied: Any, *, onward: bool) -> None:
    """Every problem gets its way, each unit is told, one organ answers, one clue goes over; then the round goes on."""
    day = date(YEAR, *studied) + timedelta(days=1)
    moment = at(day.month, day.day)
    found = list(Problem.objects.live().filter(round=round).select_related("rectification", "unit").order_by("pk"))
    for problem in found:
        if problem.fixed_on_spot:
            _evidence(problem, moment)
        ways = [Route.ON_SPOT] if problem.fixed_on_spot else [Route.RECTIFY, Route.ACCOUNTABILITY, Route.REVIEW]
        term = None if problem.fixed_on_spot else day + timedelta(days=30)
        disposal.set_routes(round, [problem], ways, by=clerk, at=moment, due_on=term)
    for unit in {problem.unit for problem in found}:
        mine = [problem for problem in found if problem.unit_id == unit.pk]
        disposal.feed_back(round, unit, mine, by=clerk, at=moment, fed_back_on=day, manner=FeedbackManner.MEETING,
                           receiver="单位主要负责人", attitude="诚恳接受，立即整改。")  # fmt: skip
    _follow(round, [problem for problem in found if not problem.fixed_on_spot], clerk, day)
    rounds.advance(_fresh(round), "dispose", by=clerk, at=moment)
    if onward:
        rounds.advance(_fresh(round), "rectify", by=clerk, at=moment)


def _follow(round: Round, graver: list[Problem], clerk: User, day: date) -> None:
    moment, cases = at(day.month, day.day), Organ.objects.get(name="案件监督管理室")
    for number, problem in enumerate(graver, 1):
        action = disposal.start_accountability(
            problem, by=clerk, at=moment, object_kind=AccountabilityObject.ORGANISATION, object_name=f"{problem.unit.name}党组",
            responsibility=Responsibility.MAIN, competent_organ="县纪委监委", started_on=day,
        )  # fmt: skip
        clue = clues.transfer_clue(
            clerk.organ, by=clerk, at=moment, code=f"示线索{YEAR}-{round.pk:02d}{number:02d}", receiver=cases,
            transferred_on=day, material_count=2, problem=problem,
        )  # fmt: skip
        clues.receive_clue(clue, by=person("anguan"), at=moment, received_on=day, received_by="何案")
        later = day + timedelta(days=25)
        disposal.decide_accountability(action, by=clerk, at=at(later.month, later.day), decided_on=later, result="责令作出书面检查")  # fmt: skip


def _evidence(problem: Problem, moment: Any) -> None:
    item: Any = problem.rectification  # type: ignore[attr-defined]
    attach(
        item,
        paper_file("现场整改照片.pdf"),
        organ_id=problem.organ_id,
        by=problem.created_by,
        at=moment,
    )


def _cure(round: Round, clerk: User) -> None:
    """Plans, evidence, checks: the last problem is struck off and the round is closed."""
    head = User.objects.select_related("organ").get(organ_id=clerk.organ_id, role=Role.ORGAN_HEAD)
    for problem in Problem.objects.live().filter(round=round).select_related("rectification").order_by("pk"):
        item: Any = problem.rectification  # type: ignore[attr-defined]
        set_plan(item, {**PLAN, "due_on": item.due_on or date(YEAR, 6, 10)}, by=clerk, at=at(5, 12), accept=True)
        if not problem.fixed_on_spot:
            _evidence(problem, at(5, 28))
        item.refresh_from_db()
        acts.submit_closure(item, by=clerk, at=at(5, 29), claimed_on=date(YEAR, 5, 28), situation="已逐项更正，建立月度核对制度。")  # fmt: skip
        item.refresh_from_db()
        acts.close(item, by=head, at=at(6, 2), opinion="现场核查属实，同意销号。")
    rounds.advance(_fresh(round), "close", by=head, at=at(6, 5))
