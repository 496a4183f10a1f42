"""Records of the papers of the year: consultations, meetings, the committee, briefings, reports of quarter and year."""

from __future__ import annotations

from typing import Any

from django.core.files.base import ContentFile

from accounts.digest import sm3
from accounts.models import Official, Organ, OversightAssignment, ScResolution, SupervisedUnit, User
from accounts.roles import Role
from checklists.models import (
    Meeting,
    MonthlyList,
    MonthlyTask,
)
from ledgers.models import Consultation
from reports.evaluation.composition import counted
from reports.models import (
    AgendaItem,
    AnnualReport,
    AppraisalText,
    Briefing,
    CommitteeMeeting,
    EcologyDispatch,
    EcologyReport,
    EvaluationObjection,
    EvaluationRow,
    EvaluationScheme,
    EvaluationTable,
    MeetingPacket,
    PerformanceAppraisal,
)
from tests.factories import NOW, TODAY, County, serial
from tests.reports import quarterly_cases as quarterly
from tests.samples import PNG, SAMPLES, sample

# --- briefings, the yearly report ---

__all__ = ["SAMPLES", "make_annual"]


def make_briefing(cast: County, organ: Organ) -> Briefing:
    """A briefing of the organ's assisting member, written down by its clerk and not yet checked."""
    leader = OversightAssignment.objects.filter(organ=organ).order_by("rung")[0].leader
    clerk = User.objects.get(organ=organ, role=Role.CLERK)
    made = Briefing.objects.create(
        organ=organ, leader=leader, held_on=TODAY, quarter="2026Q1", content="样件", step="entered", open_until=TODAY, words={},
        digest="0" * 64, created_by=clerk, created_at=NOW,
    )  # fmt: skip
    made.organs.set([organ])
    return made


@sample("briefing")
def briefing_sample(cast: County, organ: Organ) -> dict[str, Any]:
    """A briefing in which the organ reported."""
    return {"pk": make_briefing(cast, organ).pk}


@sample("briefing_sheet")
def briefing_sheet_sample(cast: County, organ: Organ) -> dict[str, Any]:
    """The sheet of a leader who looks after the organ."""
    return {"pk": make_briefing(cast, organ).leader_id, "quarter": "2026Q1"}


def make_annual(cast: County, organ: Organ, step: str = "submitted") -> AnnualReport:
    """A yearly report kept by the organ."""
    clerk = User.objects.get(organ=organ, role=Role.CLERK)
    sections = [{"key": "deployment", "heading": "部署安排和清单完成情况", "text": "样件"}]
    content = {
        "title": "样件",
        "as_of": "",
        "sections": sections,
        "figures": [],
        "organs": [],
        "areas": [],
        "items": [],
    }
    return AnnualReport.objects.create(
        organ=organ, year=2025, sections=sections, content=content, step=step, created_by=clerk, created_at=NOW
    )


@sample("annual")
def annual_sample(cast: County, organ: Organ) -> dict[str, Any]:
    """A yearly report that has gone up."""
    return {"pk": make_annual(cast, organ).pk}


@sample("annual_paper")
def annual_paper_sample(cast: County, organ: Organ) -> dict[str, Any]:
    """Its annexes as a workbook."""
    return {"pk": make_annual(cast, organ).pk, "form": "xlsx"}


@sample("annual_section")
def annual_section_sample(cast: County, organ: Organ) -> dict[str, Any]:
    """One part of a draft."""
    return {"pk": make_annual(cast, organ, "draft").pk, "section": "deployment"}


# --- consultations, meetings, monthly lists ---


@sample("consultation")
def consultation_sample(cast: County, organ: Organ) -> dict[str, Any]:
    """A draft of a consultation of the organ."""
    clerk = User.objects.get(organ=organ, role=Role.CLERK)
    made = Consultation.objects.create(organ=organ, held_on=TODAY, created_by=clerk, created_at=NOW)
    made.units.add(SupervisedUnit.objects.filter(organ=organ).order_by("pk")[0])
    return {"pk": made.pk}


@sample("meeting")
def meeting_sample(cast: County, organ: Organ) -> dict[str, Any]:
    """A meeting that the organ prepares."""
    clerk = User.objects.get(organ=organ, role=Role.CLERK)
    made = Meeting.objects.create(
        organ=organ, year=2026, quarter=1, held_on=TODAY, created_by=clerk, created_at=NOW
    )  # fmt: skip
    return {"pk": made.pk}


def _month(cast: County, organ: Organ, **fields: Any) -> MonthlyList:
    by = cast.people["dangfeng"]
    return MonthlyList.objects.create(organ=organ, year=2026, month=2, created_by=by, created_at=NOW, **fields)


@sample("month")
def month_sample(cast: County, organ: Organ) -> dict[str, Any]:
    """A list of a month that is still being drawn up."""
    return {"pk": _month(cast, organ).pk}


@sample("month_task")
def month_task_sample(cast: County, organ: Organ) -> dict[str, Any]:
    """A task of an issued list that the organ answers for."""
    found = _month(cast, organ, step="issued", issued_at=NOW)
    return {"pk": MonthlyTask.objects.create(list=found, seq=1, task="样件", organ=organ, due_on=TODAY).pk}


# --- the standing committee ---


def _meeting_of(cast: County, organ: Organ, **fields: Any) -> CommitteeMeeting:
    values = {
        "year": 2026,
        "number": serial(),
        "held_on": TODAY,
        "created_by": cast.changweihui,
        "created_at": NOW,
        **fields,
    }
    return CommitteeMeeting.objects.create(organ=organ, **values)


def _agenda_item(cast: County, organ: Organ, **fields: Any) -> AgendaItem:
    meeting = _meeting_of(cast, organ, **fields)
    return AgendaItem.objects.create(
        meeting=meeting,
        position=1,
        kind="question",
        title="样件",
        text="样件",
        reporter=organ,
        added_by=cast.changweihui,
        added_at=NOW,
    )


@sample("committee_meeting")
def committee_meeting_sample(cast: County, organ: Organ) -> dict[str, Any]:
    """A meeting prepared by the organ, its agenda being drawn up."""
    return {"pk": _agenda_item(cast, organ).meeting_id}


@sample("committee_paper")
def committee_paper_sample(cast: County, organ: Organ) -> dict[str, Any]:
    """The minutes of a meeting as a Word file."""
    return {
        "pk": _agenda_item(cast, organ, step="held", present="马书记").meeting_id,
        "kind": "minutes",
        "form": "docx",
    }


@sample("agenda_item")
def agenda_item_sample(cast: County, organ: Organ) -> dict[str, Any]:
    """An item of such a meeting."""
    return {"pk": _agenda_item(cast, organ).pk}


@sample("meeting_packet")
def meeting_packet_sample(cast: County, organ: Organ) -> dict[str, Any]:
    """A packet of such a meeting."""
    made = MeetingPacket(meeting=_meeting_of(cast, organ), digest=sm3(PNG), size=len(PNG), pages=1, material="0" * 64,
                         made_by=cast.changweihui, made_at=NOW)  # fmt: skip
    made.file.save("packet.pdf", ContentFile(PNG))
    return {"pk": made.pk}


@sample("figure")
def figure_sample(cast: County, organ: Organ) -> dict[str, Any]:
    """A figure belongs to no organ."""
    return {"key": "problems_found"}


@sample("indicator")
def indicator_sample(cast: County, organ: Organ) -> dict[str, Any]:
    """An indicator belongs to no organ."""
    return {"key": "I0-3"}


@sample("indicator_source")
def indicator_source_sample(cast: County, organ: Organ) -> dict[str, Any]:
    """Nor does a text."""
    return {"source": "003"}


@sample("indicator_paper")
def indicator_paper_sample(cast: County, organ: Organ) -> dict[str, Any]:
    """Nor its paper."""
    return {"source": "001", "form": "docx"}


# --- quarterly reports ---


@sample("quarterly_report")
def quarterly_report_sample(cast: County, organ: Organ) -> dict[str, Any]:
    """A draft of the organ's quarter."""
    return {"pk": quarterly.report_row(organ).pk}


@sample("quarterly_section")
def quarterly_section_sample(cast: County, organ: Organ) -> dict[str, Any]:
    """A section of such a draft."""
    return {"pk": quarterly.report_row(organ).pk, "key": "problems"}


@sample("quarterly_sent")
def quarterly_sent_sample(cast: County, organ: Organ) -> dict[str, Any]:
    """A signed report of the organ."""
    return {"pk": quarterly.sent_row(organ).pk}


@sample("quarterly_paper")
def quarterly_paper_sample(cast: County, organ: Organ) -> dict[str, Any]:
    """A signed report as a workbook."""
    return {"pk": quarterly.sent_row(organ).pk, "form": "xlsx"}


@sample("quarterly_figure")
def quarterly_figure_sample(cast: County, organ: Organ) -> dict[str, Any]:
    """A figure that a signed report keeps."""
    row = quarterly.sent_row(organ)
    row.figures = {"problems_found": {"value": "0", "before": "0", "ids": []}}
    row.save()
    return {"pk": row.pk, "key": "problems_found"}


@sample("county_quarter_figure")
def county_quarter_figure_sample(cast: County, organ: Organ) -> dict[str, Any]:
    """A figure that a settled quarter of the county keeps."""
    row = quarterly.county_row(organ)
    row.content = {"figures": {"problems_found": {"value": "0", "before": "0", "ids": []}}}
    row.step, row.digest, row.finalised_at, row.finalised_by = "final", "x", NOW, row.merged_by
    row.save()
    return {"pk": row.pk, "key": "problems_found"}


@sample("county_quarter")
def county_quarter_sample(cast: County, organ: Organ) -> dict[str, Any]:
    """A county's draft, kept with any organ."""
    return {"pk": quarterly.county_row(organ).pk}


@sample("county_quarter_paper")
def county_quarter_paper_sample(cast: County, organ: Organ) -> dict[str, Any]:
    """The same as a workbook."""
    return {"pk": quarterly.county_row(organ).pk, "form": "xlsx"}


# --- the year-end file ---


def make_appraisal(cast: County, organ: Organ, step: str = "draft") -> PerformanceAppraisal:
    """An appraisal of the organ's first unit with one member's text."""
    clerk = User.objects.get(organ=organ, role=Role.CLERK)
    unit = SupervisedUnit.objects.filter(organ=organ).order_by("pk")[0]
    return PerformanceAppraisal.objects.create(
        organ=organ, unit=unit, year=2025, step=step, created_by=clerk, created_at=NOW
    )


@sample("appraisal")
def appraisal_sample(cast: County, organ: Organ) -> dict[str, Any]:
    """An appraisal that is being written."""
    return {"pk": make_appraisal(cast, organ).pk}


@sample("appraisal_paper")
def appraisal_paper_sample(cast: County, organ: Organ) -> dict[str, Any]:
    """The same as a Word file."""
    return {"pk": make_appraisal(cast, organ).pk, "form": "docx"}


@sample("appraisal_write")
def appraisal_write_sample(cast: County, organ: Organ) -> dict[str, Any]:
    """The page on which its 一把手 is written about."""
    return {"pk": make_appraisal(cast, organ).pk, "about": "top_leader"}


@sample("appraisal_member")
def appraisal_member_sample(cast: County, organ: Organ) -> dict[str, Any]:
    """The text of a further member."""
    row = make_appraisal(cast, organ)
    official = Official.objects.create(unit=row.unit, full_name="样件", post="副局长", is_team_member=True)
    made = AppraisalText.objects.create(appraisal=row, about="member", official=official, post="副局长", text="样件",
                                        author=row.created_by, written_at=NOW)  # fmt: skip
    return {"pk": made.pk}


def make_ecology(cast: County, organ: Organ) -> EcologyReport:
    """A report kept by the organ, passed and being sent."""
    clerk = User.objects.get(organ=organ, role=Role.CLERK)
    resolution = ScResolution.objects.create(organ=organ, kind="appraisal", meeting_on=TODAY, title="样件", approved=True,
                                             recorded_by=cast.changweihui, recorded_at=NOW)  # fmt: skip
    sections = [{"key": "overall", "heading": "总体情况", "text": "样件", "problems": []}]
    return EcologyReport.objects.create(
        organ=organ, year=2025, sections=sections, step="dispatched", approved_at=NOW, resolution=resolution, created_by=clerk, created_at=NOW
    )  # fmt: skip


@sample("ecology")
def ecology_sample(cast: County, organ: Organ) -> dict[str, Any]:
    """A report that the committee has passed."""
    return {"pk": make_ecology(cast, organ).pk}


@sample("ecology_paper")
def ecology_paper_sample(cast: County, organ: Organ) -> dict[str, Any]:
    """The same as a Word file."""
    return {"pk": make_ecology(cast, organ).pk, "form": "docx"}


@sample("ecology_section")
def ecology_section_sample(cast: County, organ: Organ) -> dict[str, Any]:
    """One of its parts."""
    return {"pk": make_ecology(cast, organ).pk, "key": "overall"}


@sample("ecology_dispatch")
def ecology_dispatch_sample(cast: County, organ: Organ) -> dict[str, Any]:
    """A copy that left and has no receipt."""
    report = make_ecology(cast, organ)
    made = EcologyDispatch.objects.create(report=report, organ=organ, receiver="committee", recipient="样件", sent_on=TODAY,
                                          manner="courier", created_by=report.created_by, created_at=NOW)  # fmt: skip
    return {"pk": made.pk}


# --- the yearly evaluation ---


def make_scheme(cast: County, organ: Organ, office: Organ | None = None) -> EvaluationScheme:
    """A scheme in force, kept by the organ or by the office named."""
    kept = office or organ
    clerk = User.objects.get(organ=kept, role=Role.CLERK)
    resolution = ScResolution.objects.create(organ=kept, kind="evaluation", meeting_on=TODAY, title="样件", approved=True, opinion="同意",
                                             recorded_by=clerk, recorded_at=NOW)  # fmt: skip
    return EvaluationScheme.objects.create(
        organ=kept, year=2025, weights={f"E-{number}": "20" for number in range(1, 6)}, groups={"stationed_group": [organ.pk]}, cutoff=TODAY,
        step="in_force", resolution=resolution, approved_at=NOW, created_by=clerk, created_at=NOW,
    )  # fmt: skip


def make_evaluation(cast: County, organ: Organ, office: Organ | None = None) -> EvaluationRow:
    """The organ's row of a table that is open for objection."""
    scheme = make_scheme(cast, organ, office)
    table = EvaluationTable.objects.create(
        organ=scheme.organ, year=2025, scheme=scheme, data_as_of=NOW, step="open", opened_at=NOW, objections_until=TODAY,
        created_by=scheme.created_by, created_at=NOW,
    )  # fmt: skip
    return EvaluationRow.objects.create(
        table=table, organ=organ, group="stationed_group", values=counted(scheme, organ.pk)
    )


@sample("evaluation_scheme")
def evaluation_scheme_sample(cast: County, organ: Organ) -> dict[str, Any]:
    """A scheme in force."""
    return {"pk": make_scheme(cast, organ).pk}


@sample("evaluation_table")
def evaluation_table_sample(cast: County, organ: Organ) -> dict[str, Any]:
    """A table open for objection."""
    return {"pk": make_evaluation(cast, organ).table_id}


@sample("evaluation_paper")
def evaluation_paper_sample(cast: County, organ: Organ) -> dict[str, Any]:
    """The table as a workbook."""
    return {"pk": make_evaluation(cast, organ).table_id, "form": "xlsx"}


@sample("evaluation_row")
def evaluation_row_sample(cast: County, organ: Organ) -> dict[str, Any]:
    """The organ's own row of the office's table."""
    return {"pk": make_evaluation(cast, organ, cast.cso).pk}


@sample("evaluation_objection")
def evaluation_objection_sample(cast: County, organ: Organ) -> dict[str, Any]:
    """An objection of the organ."""
    row = make_evaluation(cast, organ, cast.cso)
    clerk = User.objects.get(organ=organ, role=Role.CLERK)
    made = EvaluationObjection.objects.create(
        row=row, organ=organ, indicator="E-1", reason="样件", filed_by=clerk, filed_at=NOW
    )
    return {"pk": made.pk}
