"""Rounds with problems and reports at any step of their way, made by the verbs themselves wherever a verb exists."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from accounts.approvals import decide
from accounts.models import Approval, Official, Organ, User
from accounts.roles import Role
from accounts.uploads import attach
from checklists.models import ChecklistItem, Method
from checklists.states import FocusArea, Form
from supervision.actions.problems import create_problem
from supervision.actions.reporting import reports
from supervision.actions.reporting.assessments import write_assessment
from supervision.models import InspectionReport, Problem, Round, RoundTraining, Team, TeamMember
from supervision.models.inspection import InspectionActivity
from tests.factories import TODAY, County, moment, serial

DRAFTED = moment(2026, 3, 2)
SIGNED = moment(2026, 3, 4, 16)  # a Wednesday: due on Saturday 14 March, last day Monday 16 March
TABLED, STUDIED = moment(2026, 3, 10), moment(2026, 3, 12)
PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010804000000b51c0c02"
    "0000000b4944415478da6364f80f00010501012718e3660000000049454e44ae426082"
)


def clerk_of(organ: Organ) -> User:
    return User.objects.get(organ=organ, role=Role.CLERK)


def make_round(organ: Organ, *, step: str = "reporting", units: int = 1, **fields: Any) -> Round:
    """A round of a listed project of the organ over the first of its units."""
    author = User.objects.filter(organ=organ).order_by("pk")[0]
    item = ChecklistItem.objects.create(
        organ=organ, lead_organ=organ, year=2026, form=Form.STATIONED, focus_area=FocusArea.MAJOR_DECISIONS,
        title=f"高标准农田建设管护监督{serial()}", content="管护责任", step="listed", created_by=author,
    )  # fmt: skip
    values = {"title": f"{item.title}第一轮", "start_planned_on": date(2026, 2, 1), "end_planned_on": date(2026, 2, 28),
              "started_on": date(2026, 2, 3), "ended_on": date(2026, 2, 27), **fields}  # fmt: skip
    made = Round.objects.create(
        organ=organ, item=item, seq=1, step=step, created_by=author, created_at=DRAFTED, **values
    )
    made.units.set(organ.units.order_by("pk")[:units])
    return made


def find(
    round: Round, description: str = "项目资料归档滞后", *, unit: int = 0, evidence: bool = False, **fields: Any
) -> Problem:
    """A problem of the round at one of its units."""
    by = clerk_of(round.organ)
    place = round.units.order_by("pk")[unit]
    values = {"suggestion": "补齐项目资料", "found_on": TODAY, **fields}
    made = create_problem(
        organ=round.organ, unit=place, description=description, year=2026, by=by, at=DRAFTED, **values
    )
    made.round = round
    made.save()
    if evidence:
        attach(made.rectification, SimpleUploadedFile("佐证.png", PIXEL), organ_id=round.organ_id, by=by, at=DRAFTED)
    return made


def keep_log(round: Round) -> None:
    """Training, a team of two, three activities: what the first section speaks of."""
    by, unit = clerk_of(round.organ), round.units.order_by("pk")[0]
    RoundTraining.objects.create(round=round, held_on=date(2026, 2, 2), topic="高标准农田政策", lecturer="孙工", lecturer_kind="expert",
                                 attendee_count=12, created_by=by, created_at=DRAFTED)  # fmt: skip
    team = Team.objects.create(round=round, organ=round.organ, name="第一检查组", created_by=by, created_at=DRAFTED)
    TeamMember.objects.create(team=team, name="李青", is_leader=True)
    TeamMember.objects.create(team=team, name="张工")
    talk, _ = Method.objects.get_or_create(name="谈心谈话", defaults={"code": f"talk{serial()}"})
    visit, _ = Method.objects.get_or_create(name="实地走访", defaults={"code": f"visit{serial()}"})
    for method, kind in ((talk, "routine"), (visit, "routine"), (visit, "led_inspection")):
        InspectionActivity.objects.create(round=round, organ=round.organ, unit=unit, held_on=TODAY, method=method, kind=kind,
                                          created_by=by, created_at=DRAFTED)  # fmt: skip


def assess(
    report: InspectionReport, text: str = "班子总体担当，但抓落实不够细。", *, by: Any = None, **fields: Any
) -> Any:
    """A text about the team of the report's first unit."""
    unit = report.unit or report.round.units.order_by("pk")[0]
    values = {"unit": unit, "about": "team", "conclusion": text, **fields}
    return write_assessment(report, by=by or clerk_of(report.organ), at=DRAFTED, **values)


def official(round: Round, name: str = "张局长", *, top: bool = True) -> Official:
    """A leader of the round's first unit."""
    unit = round.units.order_by("pk")[0]
    return Official.objects.create(
        unit=unit, full_name=name, post="党组书记、局长", is_top_leader=top, is_team_member=True
    )


def drafted(round: Round, **fields: Any) -> InspectionReport:
    """A report as its clerk drafts it."""
    return reports.draft_report(round, by=clerk_of(round.organ), at=DRAFTED, **fields)


def ready(round: Round, **fields: Any) -> InspectionReport:
    """A report that may go up: sections filled, each team assessed."""
    report = drafted(round, **fields)
    if not report.advice_text:
        report.advice_text = "无需要整改的事项。"
        report.save()
    for unit in [report.unit] if report.unit else report.round.units.all():
        assess(report, unit=unit)
    return report


def signers(cast: County, organ: Organ) -> list[User]:
    """Head, AM, DS of the organ."""
    assisting = {"agri": cast.xieguan1, "cso": cast.xieguan1}.get(_key(cast, organ), cast.xieguan2)
    head = User.objects.get(organ=organ, role=Role.ORGAN_HEAD)
    return [head, assisting, cast.fenguan]


def _key(cast: County, organ: Organ) -> str:
    return next(name for name in ("cso", "agri", "edu", "town") if getattr(cast, name) == organ)


def signed(cast: County, report: InspectionReport, *, at: datetime = SIGNED) -> InspectionReport:
    """Up the whole chain; the last signature falls on `at`."""
    approval = reports.submit_report(report, by=clerk_of(report.organ), at=at)
    for signer in signers(cast, report.organ):
        decide(Approval.objects.get(pk=approval.pk), "approve", by=signer, at=at)
    return InspectionReport.objects.get(pk=report.pk)


def tabled(cast: County, report: InspectionReport, *, at: datetime = TABLED) -> InspectionReport:
    """Before the committee."""
    return reports.table_report(report, by=cast.dangfeng, at=at, submitted_on=at.date())


def studied(cast: County, report: InspectionReport, *, at: datetime = STUDIED) -> InspectionReport:
    """Studied by the committee."""
    reports.study_report(report, by=cast.changweihui, at=at, meeting_on=at.date(), opinion="责成限期整改，严肃问责。")
    return InspectionReport.objects.get(pk=report.pk)


def analysed(cast: County, *, problems: int = 2, **fields: Any) -> Round:
    """A round whose report is studied; its step is set by hand, the round's own table belongs to another module."""
    round = make_round(cast.agri, **fields)
    for n in range(problems):
        find(round, f"问题{n + 1}")
    studied(cast, tabled(cast, signed(cast, ready(round))))
    round.refresh_from_db()
    round.step = "sc_analysed"
    round.save()
    return round
