"""One record of an organ for each kind of id that a URL can name: what the permission matrix swaps and tries.

A factory takes the cast and an organ of it and returns the URL's kwargs. Each app adds its own below.
"""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

import docx
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile

from accounts.duties.feed import renew
from accounts.models import Approval, ChainState, Official, Organ, SupervisedUnit, User
from accounts.roles import Role
from accounts.uploads import attach
from checklists.models import (
    AnnualChecklist,
    AnnualPoints,
    ChecklistItem,
    ChecklistItemChange,
    InstructionItem,
    TaskAssignment,
)
from checklists.states import ChangeKind, FocusArea, Form
from ledgers.models import Disposition, ImportRun, LedgerGuidance, MeetingAttendance, RowKind, UnitLedgerEntry
from reports.models import PaperTemplate
from supervision.actions.exchange import make_package
from supervision.actions.problems import create_problem
from supervision.documents.kinds import DocumentKind
from supervision.models import (
    ExchangePackage,
    ExchangeReturn,
    IssuedDocument,
    LookBack,
    LookBackResult,
    Plan,
    Problem,
    Round,
    SampledItem,
    SamplingDraw,
    Team,
    TypicalBulletin,
    WorkingPaper,
)
from tests.factories import NOW, TODAY, County, serial
from tests.ledgers.workbooks import USUAL, line, xlsx
from tests.supervision import report_samples as rows

Sample = Callable[[County, Organ], dict[str, Any]]
SAMPLES: dict[str, Sample] = {}
# The smallest picture there is: one grey point.
PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010804000000b51c0c02"
    "0000000b4944415478da6364f80f00010501012718e3660000000049454e44ae426082"
)


def sample(name: str) -> Callable[[Sample], Sample]:
    """Register a factory under the name that the policy table uses."""

    def keep(factory: Sample) -> Sample:
        SAMPLES[name] = factory
        return factory

    return keep


@sample("organ")
def organ_sample(cast: County, organ: Organ) -> dict[str, Any]:
    """The organ itself."""
    return {"pk": organ.pk}


@sample("import_run")
def import_run_sample(cast: County, organ: Organ) -> dict[str, Any]:
    """An uploaded workbook that waits for its preview."""
    run = ImportRun(organ=organ, year=TODAY.year, filename="台账.xlsx", digest="0" * 64, by=cast.nongye, created_at=NOW)
    run.file.save("sample.xlsx", ContentFile(xlsx([USUAL, line(1)])))
    return {"pk": run.pk}


@sample("approval")
def approval_sample(cast: County, organ: Organ) -> dict[str, Any]:
    """A round of a project of the organ, already returned."""
    author = organ.members.filter(role=Role.CLERK).first() or cast.people["nongye"]
    item = ChecklistItem.objects.create(
        organ=organ, lead_organ=organ, year=2026, form=Form.STATIONED, focus_area=FocusArea.OTHER,
        title=f"审批样件{serial()}", content="样件", created_by=author,
    )  # fmt: skip
    paper = Approval.objects.create(
        subject=item, organ=organ, title=item.title, article="A6.1c", round_no=1, state=ChainState.RETURNED, content={},
        digest="0" * 64, submitted_by=author, submitted_at=NOW, finished_at=NOW,
    )  # fmt: skip
    return {"pk": paper.pk}


def _project(organ: Organ, author: Any) -> ChecklistItem:
    return ChecklistItem.objects.create(
        organ=organ, lead_organ=organ, year=2026, form=Form.STATIONED, focus_area=FocusArea.OTHER,
        title=f"项目样件{serial()}", content="样件", created_by=author,
    )  # fmt: skip


@sample("item")
def item_sample(cast: County, organ: Organ) -> dict[str, Any]:
    """A draft project of the organ."""
    return {"pk": _project(organ, cast.people["nongye"]).pk}


@sample("change")
def change_sample(cast: County, organ: Organ) -> dict[str, Any]:
    """A drafted change of a project of the organ."""
    author = cast.people["nongye"]
    made = ChecklistItemChange.objects.create(
        organ=organ, item=_project(organ, author), kind=ChangeKind.WITHDRAW, reason="样件", created_by=author,
        created_at=NOW,
    )  # fmt: skip
    return {"pk": made.pk}


@sample("instruction")
def instruction_sample(cast: County, organ: Organ) -> dict[str, Any]:
    """An instruction that the organ follows up."""
    unit = next(unit for unit in cast.units.values())
    made = InstructionItem.objects.create(
        organ=organ, title="批示样件", source_doc="样件", received_on=TODAY, due_on=TODAY, responsible_unit=unit,
        created_by=cast.people["nongye"],
    )  # fmt: skip
    return {"pk": made.pk}


@sample("task")
def task_sample(cast: County, organ: Organ) -> dict[str, Any]:
    """A task given to the organ."""
    made = TaskAssignment.objects.create(
        organ=organ, item=_project(organ, cast.people["nongye"]), task="样件", due_on=TODAY,
        assigned_by=cast.people["dangfeng"],
    )  # fmt: skip
    return {"pk": made.pk}


@sample("article")
def article_sample(cast: County, organ: Organ) -> dict[str, Any]:
    """An article belongs to no organ."""
    return {"key": "A6.1"}


@sample("organ_year")
def organ_year_sample(cast: County, organ: Organ) -> dict[str, Any]:
    """An organ's ledger of a year."""
    return {"pk": organ.pk, "year": 2026}


PLAN = {
    "goal": "归档及时、完整", "measures": "补齐资料，明确专人归档", "responsible_leader": "张主任", "responsible_department": "办公室",
}  # fmt: skip


def make_problem(cast: County, organ: Organ, **fields: Any) -> Problem:
    """A problem of one of the organ's units with its rectification, entered by the organ's clerk."""
    clerk = User.objects.filter(organ=organ, role=Role.CLERK).order_by("pk")[0]
    unit = SupervisedUnit.objects.filter(organ=organ).order_by("pk")[0]
    values = {
        "description": "项目资料归档滞后",
        "year": 2026,
        "found_on": TODAY,
        "by": clerk,
        "at": NOW,
        **PLAN,
        **fields,
    }
    return create_problem(organ=organ, unit=unit, **values)


@sample("problem")
def problem_sample(cast: County, organ: Organ) -> dict[str, Any]:
    """A problem of the organ."""
    return {"pk": make_problem(cast, organ).pk}


@sample("attachment")
def attachment_sample(cast: County, organ: Organ) -> dict[str, Any]:
    """A file of evidence."""
    problem = make_problem(cast, organ)
    upload = SimpleUploadedFile("佐证.png", PNG)
    return {"pk": attach(problem.rectification, upload, organ_id=organ.pk, by=problem.created_by, at=NOW).pk}


@sample("ledger_row")
def ledger_row_sample(cast: County, organ: Organ) -> dict[str, Any]:
    """A row of the organ's ledger."""
    problem = make_problem(cast, organ)
    row = UnitLedgerEntry.objects.filter(problem=problem).first() or UnitLedgerEntry.objects.create(
        organ=organ, year=2026, position=1, kind=RowKind.PROBLEM, problem=problem, unit=problem.unit,
        created_by=problem.created_by, updated_by=problem.created_by, updated_at=NOW,
    )  # fmt: skip
    return {"pk": row.pk}


@sample("disposition")
def disposition_sample(cast: County, organ: Organ) -> dict[str, Any]:
    """How somebody of the organ's units was dealt with."""
    unit = SupervisedUnit.objects.filter(organ=organ).order_by("pk")[0]
    person = Official.objects.create(unit=unit, full_name="张三", post="科长")
    made = Disposition.objects.create(
        organ=organ,
        official=person,
        form=1,
        measure="批评教育",
        decided_on=TODAY,
        created_by=User.objects.get(organ=organ, role=Role.CLERK),
    )
    return {"pk": made.pk}


@sample("guidance")
def guidance_sample(cast: County, organ: Organ) -> dict[str, Any]:
    """A note of guidance to the organ."""
    by = cast.people["dangfeng"]
    return {"pk": LedgerGuidance.objects.create(organ=organ, year=2026, given_on=TODAY, text="请及时更新", by=by).pk}


@sample("checklist_paper")
def checklist_paper_sample(cast: County, organ: Organ) -> dict[str, Any]:
    """A list that is still being compiled: it belongs to the organ and is nobody else's yet."""
    clerk = User.objects.get(organ=organ, role=Role.CLERK)
    return {
        "pk": AnnualChecklist.objects.create(organ=organ, year=2026, version=1, created_by=clerk).pk,
        "form": "xlsx",
    }


@sample("ledger_paper")
def ledger_paper_sample(cast: County, organ: Organ) -> dict[str, Any]:
    """An organ's ledger as a workbook."""
    return {"pk": organ.pk, "year": 2026, "form": "xlsx"}


@sample("master_paper")
def master_paper_sample(cast: County, organ: Organ) -> dict[str, Any]:
    """The master ledger of a year."""
    return {"year": 2026, "form": "xlsx"}


@sample("points_paper")
def points_paper_sample(cast: County, organ: Organ) -> dict[str, Any]:
    """Key points that are still being drafted: nobody else's yet."""
    clerk = User.objects.get(organ=organ, role=Role.CLERK)
    made = AnnualPoints.objects.create(
        organ=organ, year=2026, title="要点", basis="部署", proposals_due_on=TODAY, created_by=clerk
    )
    return {"pk": made.pk}


def make_round(cast: County, organ: Organ, **fields: Any) -> Round:
    """A round in preparation that the organ leads, at one unit."""
    author = organ.members.filter(role=Role.CLERK).first() or cast.people["nongye"]
    item = _project(organ, author)
    made = Round.objects.create(
        organ=organ, item=item, seq=1, title=f"轮次样件{serial()}", start_planned_on=TODAY, end_planned_on=TODAY,
        created_by=author, created_at=NOW, **fields,
    )  # fmt: skip
    unit = SupervisedUnit.objects.filter(organ=organ).first() or next(iter(cast.units.values()))
    made.units.add(unit)
    return made


@sample("round")
def round_sample(cast: County, organ: Organ) -> dict[str, Any]:
    """A round of the organ."""
    return {"pk": make_round(cast, organ).pk}


@sample("round_entry")
def round_entry_sample(cast: County, organ: Organ) -> dict[str, Any]:
    """An entry of a round of the organ."""
    return {"pk": make_round(cast, organ).pk, "kind": "activity"}


@sample("team")
def team_sample(cast: County, organ: Organ) -> dict[str, Any]:
    """A team of a round of the organ."""
    round = make_round(cast, organ)
    team = Team.objects.create(round=round, organ=organ, name="第一组", created_by=round.created_by, created_at=NOW)
    return {"pk": round.pk, "team": team.pk}


@sample("paper")
def paper_sample(cast: County, organ: Organ) -> dict[str, Any]:
    """A working paper of a round of the organ."""
    round = make_round(cast, organ)
    made = WorkingPaper.objects.create(
        round=round, organ=organ, unit=round.units.first(), title="样件", facts="样件", created_by=round.created_by,
        created_at=NOW,
    )  # fmt: skip
    return {"pk": made.pk}


@sample("unit")
def unit_sample(cast: County, organ: Organ) -> dict[str, Any]:
    """A unit that the organ looks after."""
    return {"pk": SupervisedUnit.objects.create(organ=organ, name=f"单位样件{serial()}").pk}


@sample("document")
def document_sample(cast: County, organ: Organ) -> dict[str, Any]:
    """An approved document of the organ that waits for its number."""
    unit = SupervisedUnit.objects.filter(organ=organ).order_by("pk")[0]
    clerk = User.objects.get(organ=organ, role=Role.CLERK)
    made = IssuedDocument.objects.create(
        organ=organ, kind=DocumentKind.RECTIFICATION_NOTICE, unit=unit, title=f"文书样件{serial()}", step="approved",
        created_by=clerk, created_at=NOW,
    )  # fmt: skip
    return {"pk": made.pk}


@sample("bulletin")
def bulletin_sample(cast: County, organ: Organ) -> dict[str, Any]:
    """An approved bulletin of the organ that waits for its number."""
    clerk = User.objects.get(organ=organ, role=Role.CLERK)
    made = TypicalBulletin.objects.create(
        organ=organ, title=f"通报样件{serial()}", step="approved", created_by=clerk, created_at=NOW
    )
    return {"pk": made.pk}


@sample("look_back")
def look_back_sample(cast: County, organ: Organ) -> dict[str, Any]:
    """A planned look back at one problem of the organ."""
    problem = make_problem(cast, organ)
    look = LookBack.objects.create(organ=organ, unit=problem.unit, planned_on=TODAY, reason="样件",
                                   created_by=problem.created_by, created_at=NOW)  # fmt: skip
    LookBackResult.objects.create(look_back=look, rectification=problem.rectification)
    return {"pk": look.pk}


def _draw(cast: County, organ: Organ) -> SampledItem:
    problem = make_problem(cast, organ)
    made = SamplingDraw.objects.create(organ=organ, year=2025, quarter=serial() % 4 + 1, seed="样件", size=1, weights={}, digest="0",
                                       population=[[problem.rectification.pk, 1]], drawn_by=cast.dangfeng_head,
                                       drawn_at=NOW)  # fmt: skip
    return SampledItem.objects.create(draw=made, rectification=problem.rectification, position=1)


@sample("sampling_draw")
def sampling_draw_sample(cast: County, organ: Organ) -> dict[str, Any]:
    """A draw kept by the organ."""
    return {"pk": _draw(cast, organ).draw_id}


@sample("sampled_item")
def sampled_item_sample(cast: County, organ: Organ) -> dict[str, Any]:
    """A drawn problem of the organ."""
    return {"pk": _draw(cast, organ).pk}


@sample("rectified_unit")
def rectified_unit_sample(cast: County, organ: Organ) -> dict[str, Any]:
    """A unit with an open problem."""
    return {"pk": make_problem(cast, organ).unit_id}


def _package(cast: County, organ: Organ) -> ExchangePackage:
    problem = make_problem(cast, organ)
    return make_package(problem.unit, by=problem.created_by, at=NOW)


@sample("exchange_package")
def exchange_package_sample(cast: County, organ: Organ) -> dict[str, Any]:
    """A workbook that went out."""
    return {"pk": _package(cast, organ).pk}


@sample("exchange_return")
def exchange_return_sample(cast: County, organ: Organ) -> dict[str, Any]:
    """A workbook that came back and waits for its import."""
    package = _package(cast, organ)
    made = ExchangeReturn.objects.create(organ=organ, package=package, filename="整改表.xlsx", digest="0" * 64, sender="样件",
                                         content={}, uploaded_by=package.made_by, uploaded_at=NOW)  # fmt: skip
    return {"pk": made.pk}


@sample("rectification_paper")
def rectification_paper_sample(cast: County, organ: Organ) -> dict[str, Any]:
    """An organ's ledger of rectification as a workbook."""
    return {"pk": organ.pk, "form": "xlsx"}


@sample("register")
def register_sample(cast: County, organ: Organ) -> dict[str, Any]:
    """A register belongs to no organ; its records do."""
    return {"slug": "meetings"}


@sample("register_record")
def register_record_sample(cast: County, organ: Organ) -> dict[str, Any]:
    """A meeting that the organ attended."""
    clerk = organ.members.filter(role=Role.CLERK).first() or cast.people["nongye"]
    unit = SupervisedUnit.objects.filter(organ=organ).first() or next(iter(cast.units.values()))
    made = MeetingAttendance.objects.create(
        organ=organ, unit=unit, kind="party_committee", meeting_date=TODAY, agenda="样件", created_by=clerk, created_at=NOW,
        updated_by=clerk, updated_at=NOW,
    )  # fmt: skip
    return {"slug": "meetings", "pk": made.pk}


# --- reports, copies, disposal, clues ---


@sample("report")
def report_sample(cast: County, organ: Organ) -> dict[str, Any]:
    """A draft report of a round of the organ."""
    return {"pk": rows.report_row(organ).pk}


@sample("report_section")
def report_section_sample(cast: County, organ: Organ) -> dict[str, Any]:
    """One section of it."""
    return {"pk": rows.report_row(organ).pk, "section": "inspection_text"}


@sample("tabled_report")
def tabled_report_sample(cast: County, organ: Organ) -> dict[str, Any]:
    """A report before the committee."""
    return {"pk": rows.tabled_row(cast, organ).pk}


@sample("problem_list_paper")
def problem_list_paper_sample(cast: County, organ: Organ) -> dict[str, Any]:
    """Its problem list as a workbook."""
    return {"pk": rows.tabled_row(cast, organ).pk, "form": "xlsx"}


@sample("assessment")
def assessment_sample(cast: County, organ: Organ) -> dict[str, Any]:
    """A text about a team."""
    return {"pk": rows.assessment_row(cast, organ).pk}


@sample("copy")
def copy_sample(cast: County, organ: Organ) -> dict[str, Any]:
    """A copy of a report of the organ."""
    return {"pk": rows.copy_row(cast, organ).pk}


@sample("leader_instruction")
def leader_instruction_sample(cast: County, organ: Organ) -> dict[str, Any]:
    """An instruction on such a copy."""
    return {"pk": rows.instruction_row(cast, organ).pk}


@sample("reported_round")
def reported_round_sample(cast: County, organ: Organ) -> dict[str, Any]:
    """A round of the organ with a problem."""
    return {"pk": rows.round_with_problem(organ).pk}


@sample("round_unit")
def round_unit_sample(cast: County, organ: Organ) -> dict[str, Any]:
    """A unit of such a round."""
    round = rows.round_with_problem(organ)
    return {"pk": round.pk, "unit": round.units.all()[0].pk}


@sample("accountability")
def accountability_sample(cast: County, organ: Organ) -> dict[str, Any]:
    """Accountability for a problem of the organ."""
    return {"pk": rows.action_row(cast, organ).pk}


@sample("clue")
def clue_sample(cast: County, organ: Organ) -> dict[str, Any]:
    """A clue of the organ."""
    return {"pk": rows.clue_row(cast, organ).pk}


@sample("plan_paper")
def plan_paper_sample(cast: County, organ: Organ) -> dict[str, Any]:
    """A draft plan of a round of the organ."""
    round = make_round(cast, organ)
    made = Plan.objects.create(
        round=round, organ=organ, version=1, start_on=TODAY, end_on=TODAY, created_by=round.created_by, created_at=NOW
    )
    return {"pk": made.pk}


@sample("word_paper")
def word_paper_sample(cast: County, organ: Organ) -> dict[str, Any]:
    """A problem's file as a Word file."""
    return {"kind": "problems", "pk": make_problem(cast, organ).pk}


@sample("paper_template")
def paper_template_sample(cast: County, organ: Organ) -> dict[str, Any]:
    """A Word template kept by the organ."""
    PaperTemplate.objects.filter(kind="plan").delete()
    made = PaperTemplate(
        organ=organ, kind="plan", name="方案.docx", digest="0" * 64, uploaded_by=cast.dangfeng_head, uploaded_at=NOW
    )
    made.file.save("plan.docx", ContentFile(word_template("{{ 标题 }}")))
    return {"pk": made.pk}


def word_template(*lines: str) -> bytes:
    """A Word file with one paragraph per line."""
    document, kept = docx.Document(), io.BytesIO()
    for text in lines:
        document.add_paragraph(text)
    document.save(kept)
    return kept.getvalue()


@sample("duty_feed")
def _duty_feed(cast: County, organ: Organ) -> dict[str, Any]:
    return {"token": renew(by=organ.members.first(), at=NOW)}
