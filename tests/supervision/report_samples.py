"""Records of an organ at rest, for the permission matrix: any organ, even one without a chain."""

from __future__ import annotations

from typing import Any

from accounts.models import Organ, ScResolution
from supervision.models import (
    AccountabilityAction,
    Clue,
    CopyOut,
    InspectionReport,
    LeaderInstruction,
    PoliticalAssessment,
    Round,
)
from tests.factories import NOW, TODAY, County, serial
from tests.supervision.report_cases import clerk_of, find, make_round


def report_row(organ: Organ, **fields: Any) -> InspectionReport:
    """A draft report of a round of the organ."""
    round = make_round(organ)
    values = {"title": f"报告样件{serial()}", "inspection_text": "检查情况", **fields}
    return InspectionReport.objects.create(
        round=round, organ=organ, created_by=clerk_of(organ), created_at=NOW, **values
    )


def tabled_row(cast: County, organ: Organ) -> InspectionReport:
    """A report before the committee."""
    return report_row(organ, step="sc_submitted", approved_at=NOW, due_on=TODAY, submitted_on=TODAY, last_on=TODAY,
                      submitted_by=cast.dangfeng)  # fmt: skip


def studied_row(cast: County, organ: Organ) -> InspectionReport:
    """A report that the committee has studied."""
    row = tabled_row(cast, organ)
    row.resolution = ScResolution.objects.create(organ=organ, kind="report_study", meeting_on=TODAY, title="研判", approved=True,
                                                 opinion="限期整改", recorded_by=cast.changweihui, recorded_at=NOW)  # fmt: skip
    row.step, row.studied_on = "studied", TODAY
    row.save()
    return row


def assessment_row(cast: County, organ: Organ) -> PoliticalAssessment:
    """A text by somebody who left the organ's circle: its author is none of the personas."""
    report = report_row(organ)
    unit = report.round.units.all()[0]
    return PoliticalAssessment.objects.create(
        report=report, unit=unit, conclusion="评价", author=cast.sysadmin, written_at=NOW
    )


def copy_row(cast: County, organ: Organ) -> CopyOut:
    """An issued copy of a report of the organ."""
    return CopyOut.objects.create(report=studied_row(cast, organ), organ=cast.cso, recipients="县委主要领导", body="正文",
                                  signed_by="马书记", issued_on=TODAY, created_by=cast.dangfeng, created_at=NOW)  # fmt: skip


def instruction_row(cast: County, organ: Organ) -> LeaderInstruction:
    """An instruction on a copy."""
    return LeaderInstruction.objects.create(copy_out=copy_row(cast, organ), leader="县委书记", given_on=TODAY, text="抓好整改",
                                            created_by=cast.dangfeng, created_at=NOW)  # fmt: skip


def clue_row(cast: County, organ: Organ) -> Clue:
    """A clue that the organ hands over to itself, so that only its own rights decide who finds it."""
    return Clue.objects.create(organ=organ, receiver=organ, code=f"线索{serial()}", transferred_on=TODAY, created_by=cast.sysadmin,
                               created_at=NOW)  # fmt: skip


def action_row(cast: County, organ: Organ) -> AccountabilityAction:
    """Accountability for a problem of the organ."""
    return AccountabilityAction.objects.create(
        problem=find(make_round(organ)), organ=organ, object_kind="person", object_name="某主任", responsibility="leadership",
        competent_organ="审查调查室", started_on=TODAY, created_by=clerk_of(organ), created_at=NOW,
    )  # fmt: skip


def round_with_problem(organ: Organ) -> Round:
    """A round with one problem."""
    round = make_round(organ)
    find(round)
    return round
