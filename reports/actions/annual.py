"""The yearly report: drafted from the records, written by people, sent up to the committee; the hearing (A10.4b, A10.4d)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.urls import reverse

from accounts import approvals, editions
from accounts.calendar import local_day
from accounts.digest import digest_of
from accounts.models import Approval, Organ, ScResolution, ScResolutionKind
from accounts.notifications import staff_of, told_by
from accounts.permissions import Permission, has
from accounts.roles import CHAIN, Rung
from accounts.workflow import Refused, move, record
from accounts.writing.overtaking import check_seen, last_writer
from checklists.actions import make_resolution
from reports.actions.versions import next_version
from reports.counting.catalogue import FIGURES
from reports.counting.tokens import keyed, marks_in, named
from reports.hearings import outline, rules
from reports.hearings.content import content_of, snapshot
from reports.hearings.states import AnnualStep
from reports.models import AnnualHearing, AnnualReport

BASIS = "A10.4b"


@transaction.atomic
def draft_annual(organ: Organ, year: int, *, by: Any, at: datetime) -> AnnualReport:
    """Draft the report of a year from what is on record. One per year. Raises `Refused`."""
    _writes(organ, by)
    if year > local_day(at).year:
        raise Refused(f"{year}年还没有开始，不能起草年度报告。", BASIS)
    Organ.objects.select_for_update().get(pk=organ.pk)  # of two who press at once the second reads the sentence below
    there = AnnualReport.objects.filter(organ=organ, year=year).first()
    if there is not None:
        raise Refused(f"{year}年度报告已有（{there.get_step_display()}），每年一份；请在原报告上办理。", BASIS)
    scope = outline.scope_of(organ, year, today=local_day(at))
    sections = [
        {"key": key, "heading": heading, "text": outline.WRITERS[key](organ, year, scope)}
        for key, heading in outline.SECTIONS.items()
    ]
    made = AnnualReport.objects.create(
        organ=organ, year=year, sections=sections, edition=editions.in_force(), created_by=by, created_at=at
    )
    record(made, "draft", by=by, at=at, label="起草年度报告", article=BASIS, to_step=made.step)
    return made


def _writes(organ: Organ, by: Any) -> None:
    if not (organ.is_cso and has(by, Permission.DRAFT, organ.pk)):
        raise Refused("全县政治监督综合情况由党风政风监督室起草。", BASIS)


def _mine(report: AnnualReport, *, by: Any) -> AnnualReport:
    """The report, locked for writing. Raises `Refused`."""
    fresh = AnnualReport.objects.select_for_update().select_related("organ").get(pk=report.pk)
    _writes(fresh.organ, by)
    rules.is_editable(fresh).enforce()
    return fresh


@transaction.atomic
def edit_section(report: AnnualReport, key: str, text: str, *, by: Any, at: datetime, seen: str = "") -> AnnualReport:
    """Rewrite one part; figures stand in it by key or by name on paper.

    Raises `Refused` where the text names a figure that does not exist, and `Overtaken` where a colleague wrote since `seen`.
    """
    fresh, text = _mine(report, by=by), keyed(text, outline.names())
    wrong = "、".join(f"{{{{{name}}}}}" for name in marks_in(text) if name not in FIGURES)
    if wrong:
        raise Refused(f"{wrong}不是台账数字，请从右侧“可用数字”中选用，或直接写数字。", BASIS)
    words = text.replace("\r\n", "\n").strip()
    part = next(part for part in fresh.sections if part["key"] == key)
    check_seen(seen, words_of(part), words_of(part | {"text": words}), article=BASIS,
               writer=lambda: last_writer(fresh, "edit", "redraft", part=part["heading"]))  # fmt: skip
    _put(fresh, key, words, "edit", "修改", by=by, at=at)
    return fresh


def words_of(part: Mapping[str, str]) -> dict[str, str]:
    """One part as its writers read it: figures by their names on paper."""
    return {part["heading"]: named(part["text"], outline.names())}


@transaction.atomic
def redraft_section(report: AnnualReport, key: str, *, by: Any, at: datetime) -> AnnualReport:
    """Write one part anew from the records; the earlier words stay in the report's history. Raises `Refused`."""
    fresh = _mine(report, by=by)
    scope = outline.scope_of(fresh.organ, fresh.year, today=local_day(at))
    _put(fresh, key, outline.WRITERS[key](fresh.organ, fresh.year, scope), "redraft", "重新生成", by=by, at=at)
    return fresh


def _put(report: AnnualReport, key: str, text: str, verb: str, label: str, *, by: Any, at: datetime) -> None:
    part = next(part for part in report.sections if part["key"] == key)
    if part["text"] == text:
        return
    part["text"] = text
    report.save()
    record(report, verb, by=by, at=at, label=label, note=part["heading"], article=BASIS)


@transaction.atomic
def submit_annual(report: AnnualReport, *, by: Any, at: datetime) -> Approval:
    """Send the report up: head, AM, DS, committee. Figures are frozen with their record ids and this moment.

    Raises `Refused` while a part is empty or a rung has no signer.
    """
    event = move(report, "submit", by=by, at=at)
    fresh = AnnualReport.objects.select_for_update().select_related("organ").get(pk=report.pk)
    fresh.content, fresh.data_as_of = content_of(fresh, at=at), at
    fresh.digest = digest_of(fresh.content)
    fresh.save()
    report.refresh_from_db()
    approval = approvals.submit(fresh, by=by, at=at)
    approvals.told_submission(event, approval)
    return approval


@transaction.atomic
def correct_annual(report: AnnualReport, *, reason: str, by: Any, at: datetime) -> AnnualReport:
    """A report that was heard is written anew as the next version, which goes the whole way again. Raises `Refused`."""
    old = AnnualReport.objects.select_for_update().select_related("organ").get(pk=report.pk)
    _writes(old.organ, by)
    rules.may_be_corrected(old).enforce()
    made: AnnualReport = next_version(
        old, reason=reason, basis=BASIS, of=("organ", "year"), carried=("sections",), by=by, at=at
    )
    record(made, "correct", by=by, at=at, label="起草更正版", note=made.reason, article=BASIS, to_step=made.step)
    return made


# --- what the chain causes ---


def _approved(report: AnnualReport, *, by: Any, at: datetime, note: str, step: Any) -> None:
    """The committee has heard it: the version before gives way, and the year's hearing is held (A10.4d)."""
    for older in AnnualReport.objects.filter(organ=report.organ, year=report.year, step=AnnualStep.APPROVED):
        move(older, "supersede", by=by, at=at, by_chain=True)
    event = move(report, "approve", by=by, at=at, note=note, by_chain=True, on_behalf_of=step.on_behalf_of,
                 along={"approved_at": at, "resolution": step.resolution})  # fmt: skip
    AnnualHearing.objects.get_or_create(organ=report.organ, year=report.year, defaults={
        "resolution": step.resolution, "report": report, "created_by": by, "created_at": at,
    })  # fmt: skip
    told_by(event, staff_of(report.organ_id), f"县纪委常委会已听取{report}。", link=report.get_absolute_url())


approvals.register_route(
    AnnualReport,
    approvals.Route(
        article=BASIS,
        title=str,
        rungs=lambda report: (*CHAIN, Rung.STANDING_COMMITTEE),
        snapshot=snapshot,
        template="",
        approved=_approved,
        authors=approvals.authors_by("draft", "edit", "redraft", "correct"),
        filed="作为年度综合情况报告存档",
        matter=ScResolutionKind.ANNUAL_HEARING,
    ),
)


# --- the hearing ---


@transaction.atomic
def record_hearing(
    organ: Organ, year: int, *, meeting_on: date, opinion: str, by: Any, at: datetime, meeting_no: str = "",
    agenda_no: int | None = None, attendance: str = "",
) -> AnnualHearing:  # fmt: skip
    """The committee heard the year's work at a meeting of its own, without or before the written report (A10.4d).

    Raises `Refused` for anybody but its secretary, for a second hearing of the year and for a day before the year.
    """
    Organ.objects.select_for_update().get(pk=organ.pk)
    there = AnnualHearing.objects.select_related("resolution").filter(organ=organ, year=year).first()
    if there is not None:
        raise Refused(f"{year}年已登记：{there.resolution}，不用重复登记。", "A10.4d")
    if meeting_on.year < year:
        raise Refused(f"会议日期早于{year}年，请核对年度。", "A10.4d")
    if not opinion.strip():
        raise Refused("请写明会议意见。", "A10.4d")
    resolution: ScResolution = make_resolution(
        organ, ScResolutionKind.ANNUAL_HEARING, f"听取{year}年全县政治监督综合汇报", by=by, at=at, approved=True, meeting_on=meeting_on,
        meeting_no=meeting_no, agenda_no=agenda_no, attendance=attendance, opinion=opinion.strip(),
    )  # fmt: skip
    made = AnnualHearing.objects.create(organ=organ, year=year, resolution=resolution, created_by=by, created_at=at)
    event = record(made, "hear", by=by, at=at, label="登记年度听取", note=resolution.opinion, article="A10.4d")
    told_by(event, staff_of(organ.pk), f"已登记：{resolution}。", link=f"{reverse('reports:hearings')}?year={year}")
    return made
