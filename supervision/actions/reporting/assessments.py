"""“三看”政治表现评价: written by a person, about a team or a member, read by few (A9.6c, AMB-12)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.db import transaction

from accounts.calendar import local_day
from accounts.models import Official, Organ, SupervisedUnit
from accounts.permissions import Permission, has
from accounts.workflow import Refused, record
from supervision.models import InspectionReport, LookPrompts, PoliticalAssessment
from supervision.reporting import rules
from supervision.rounds.states import AssessmentAbout
from supervision.rules import is_text

TEXTS = ("first_look", "second_look", "third_look", "conclusion")


@transaction.atomic
def write_assessment(
    report: InspectionReport, *, unit: SupervisedUnit, about: str, by: Any, at: datetime, official: Official | None = None,
    **texts: str,
) -> PoliticalAssessment:  # fmt: skip
    """Write one text about a team, its 一把手 or a member. Nothing is derived, nothing is graded (A9.6c).

    Raises `Refused` for strangers, once the report is sent up, for a unit outside the report, for a person outside the
    unit, and for a second text about the same team or person.
    """
    _may_write(report, by=by)
    if unit not in rules.units_of(report):
        raise Refused(f"“{unit}”不在本报告的被监督单位中。", "A9.6c")
    _check_person(unit, about, official)
    if PoliticalAssessment.objects.filter(report=report, unit=unit, about=about, official=official).exists():
        raise Refused("本报告中已有对该对象的评价，请由原撰写人修改。", "A9.6c")
    made = PoliticalAssessment(report=report, unit=unit, about=about, official=official, author=by, written_at=at)
    _put(made, texts)
    made.save()
    # The event on the report says that a text exists, never what it says or about whom.
    record(report, "assess", by=by, at=at, label="撰写政治表现评价", note=unit.name, article="A9.6c")
    return made


def _may_write(report: InspectionReport, *, by: Any) -> None:
    if not has(by, Permission.DRAFT, report.organ_id):
        raise Refused(f"政治表现评价由牵头单位{report.organ.name}撰写。", "A9.6c")
    rules.is_editable(InspectionReport.objects.get(pk=report.pk)).enforce()


def _check_person(unit: SupervisedUnit, about: str, official: Official | None) -> None:
    if about == AssessmentAbout.TEAM:
        if official is not None:
            raise Refused("对领导班子的评价不指向个人。", "A9.6c")
        return
    if official is None or official.unit_id != unit.pk:
        raise Refused(f"请选择{unit}的班子成员。", "A9.6c")
    if (about == AssessmentAbout.TOP_LEADER) != official.is_top_leader:
        raise Refused("“一把手”单独评价，其他班子成员按“班子成员”评价，请核对评价对象。", "A9.6c")


def _put(row: PoliticalAssessment, texts: Mapping[str, str]) -> None:
    for name in TEXTS:
        value = texts.get(name, "").strip()
        is_text(value).enforce()
        setattr(row, name, value)
    if not row.conclusion:
        raise Refused("请写明综合评价。", "A9.6c")


@transaction.atomic
def rewrite_assessment(row: PoliticalAssessment, *, by: Any, at: datetime, **texts: str) -> PoliticalAssessment:
    """Its author, and nobody else, changes his words while the report is still with the organ. Raises `Refused`."""
    fresh = PoliticalAssessment.objects.select_for_update().get(pk=row.pk)
    if fresh.author_id != by.pk:
        raise Refused(f"评价由撰写人{fresh.author.full_name}本人修改。", "A9.6c")
    _may_write(fresh.report, by=by)
    _put(fresh, texts)
    fresh.written_at = at
    fresh.save()
    record(fresh.report, "assess", by=by, at=at, label="修改政治表现评价", note=fresh.unit.name, article="A9.6c")
    return fresh


@transaction.atomic
def set_looks(
    organ: Organ, *, by: Any, at: datetime, valid_from: date, first: str, second: str, third: str
) -> LookPrompts:
    """党风政风监督室 words the three questions anew from a day on; what was written before keeps its wording (AMB-12)."""
    if not (organ.is_cso and has(by, Permission.COORDINATE, organ.pk)):
        raise Refused("“三看”提示语由党风政风监督室设置。", "A9.6c")
    if valid_from < local_day(at):
        raise Refused("新的提示语从今天或以后起用，不改变已经写好的评价。", "A9.6c")
    if not all(text.strip() for text in (first, second, third)):
        raise Refused("三条提示语都要填写。", "A9.6c")
    if LookPrompts.objects.filter(organ=organ, valid_from=valid_from).exists():
        raise Refused(f"{valid_from:%Y-%m-%d}起的提示语已经设置过，请换一天。", "A9.6c")
    made = LookPrompts.objects.create(organ=organ, valid_from=valid_from, first=first.strip(), second=second.strip(),
                                      third=third.strip(), changed_by=by, changed_at=at)  # fmt: skip
    record(made, "set", by=by, at=at, label="设置“三看”提示语", note=f"自{valid_from:%Y-%m-%d}", article="A9.6c")
    return made
