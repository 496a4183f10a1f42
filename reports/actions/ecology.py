"""年度政治生态分析报告: parts, compiled appraisals, up to the committee; only then sent out, open until every receipt is in (A11)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.db import transaction

from accounts import approvals, editions
from accounts.calendar import local_day
from accounts.digest import digest_of
from accounts.models import Approval, Organ, ScResolutionKind
from accounts.notifications import staff_of, told_by
from accounts.permissions import Permission, has, visible_organ_ids
from accounts.roles import CHAIN, Rung
from accounts.workflow import Refused, move, record
from accounts.writing.overtaking import check_seen, last_writer
from reports.actions.versions import dropped, next_version
from reports.ecology import rules
from reports.ecology.completeness import missing_units
from reports.ecology.content import compiled, report_content, report_snapshot
from reports.ecology.states import IN_FORCE, SECTIONS, UNITS_HEADING, Completeness, EcologyStep
from reports.models import EcologyDispatch, EcologyReport
from supervision.models import Problem
from supervision.rules import is_text

BASIS = rules.BASIS
WROTE = ("draft", "edit", "outline", "compile", "correct")
MOST_SECTIONS = 20
CODE = re.compile(r"\d{4}-\d{1,9}")


def _writes(organ: Organ, by: Any) -> None:
    if not (organ.is_cso and has(by, Permission.DRAFT, organ.pk)):
        raise Refused("年度政治生态分析报告由党风政风监督室起草。", BASIS)


@transaction.atomic
def draft_report(organ: Organ, year: int, *, by: Any, at: datetime) -> EcologyReport:
    """Begin the report of a year with last year's parts, or the usual ones. One per year. Raises `Refused`."""
    _writes(organ, by)
    rules.report_year_fits(year, local_day(at)).enforce()
    Organ.objects.select_for_update().get(pk=organ.pk)
    live = EcologyReport.objects.filter(organ=organ).exclude(step=EcologyStep.DROPPED)
    there = live.filter(year=year).first()
    if there is not None:
        raise Refused(f"{year}年度报告已有（{there.get_step_display()}），每年一份；请在原报告上办理。", BASIS)
    before = live.filter(year__lt=year).order_by("-year", "-version").first()
    parts = [(part["key"], part["heading"]) for part in before.sections] if before else SECTIONS
    made = EcologyReport.objects.create(
        organ=organ, year=year, edition=editions.in_force(), created_by=by, created_at=at,
        sections=[{"key": key, "heading": heading, "text": "", "problems": []} for key, heading in parts],
    )  # fmt: skip
    record(made, "draft", by=by, at=at, label="起草政治生态分析报告", article=BASIS, to_step=made.step)
    return made


def _mine(report: EcologyReport, *, by: Any) -> EcologyReport:
    """The report, locked for writing. Raises `Refused`."""
    fresh = EcologyReport.objects.select_for_update(of=("self",)).select_related("organ").get(pk=report.pk)
    _writes(fresh.organ, by)
    rules.report_is_editable(fresh).enforce()
    return fresh


@transaction.atomic
def set_outline(report: EcologyReport, headings: Sequence[str], *, by: Any, at: datetime) -> EcologyReport:
    """Name the parts of this year's report anew; a part keeps its text under its name. Raises `Refused`."""
    fresh = _mine(report, by=by)
    names = list(dict.fromkeys(name for heading in headings if (name := heading.strip()[:60])))
    if UNITS_HEADING not in names:
        raise Refused(f"“{UNITS_HEADING}”是必备部分，请保留。", BASIS)
    if len(names) > MOST_SECTIONS:
        raise Refused(f"各部分最多{MOST_SECTIONS}个，请合并。", BASIS)
    known = {part["heading"]: part for part in fresh.sections}
    lost = [
        part["heading"]
        for part in fresh.sections
        if part["heading"] not in names and (part["text"] or part["problems"])
    ]
    if lost:
        raise Refused(f"“{'”“'.join(lost)}”已有内容，请先清空再删除。", BASIS)
    fresh.sections = [known.get(name) or _new_part(name, fresh.sections) for name in names]
    fresh.save()
    record(fresh, "outline", by=by, at=at, label="设置各部分", note="、".join(names), article=BASIS)
    return fresh


def _new_part(name: str, parts: Sequence[dict[str, Any]]) -> dict[str, Any]:
    usual = {heading: key for key, heading in SECTIONS}
    taken = {part["key"] for part in parts}
    own = f"own-{digest_of(name)[:8]}"
    key = usual.get(name, own)
    return {"key": own if key in taken else key, "heading": name, "text": "", "problems": []}


@transaction.atomic
def edit_section(
    report: EcologyReport, key: str, text: str, *, by: Any, at: datetime, problems: Sequence[int] = (), codes: str = "",
    seen: str = "",
) -> EcologyReport:  # fmt: skip
    """Rewrite one part and name the problems that it leans on, by id or by number.

    `seen` is the mark of the text that the writer had before him. Raises `Refused`, and `Overtaken` over later words.
    """
    fresh = _mine(report, by=by)
    part = next((part for part in fresh.sections if part["key"] == key), None)
    if part is None:
        raise Refused("报告的各部分已调整，请返回报告重新选择。", BASIS)
    words = text.replace("\r\n", "\n").strip()
    is_text(words).enforce()
    named = _problems(fresh, problems, codes, by=by)
    if (part["text"], part["problems"]) == (words, named):
        return fresh
    heading = part["heading"]
    check_seen(seen, {heading: part["text"]}, {heading: words}, article=BASIS,
               writer=lambda: last_writer(fresh, "edit", part=heading))  # fmt: skip
    part["text"], part["problems"] = words, named
    fresh.save()
    record(fresh, "edit", by=by, at=at, label="修改", note=part["heading"], article=BASIS)
    return fresh


def _problems(report: EcologyReport, ids: Sequence[int], codes: str, *, by: Any) -> list[int]:
    """Ids of problems found in the year that the writer reads; a number that is none is named."""
    typed = [word for word in re.split(r"[\s、，,；;]+", codes) if word]
    named = {word: int(word[5:]) for word in typed if CODE.fullmatch(word)}
    readable = Problem.objects.live().filter(organ_id__in=visible_organ_ids(by), found_on__year=report.year)
    found = {row.pk: row.code for row in readable.filter(pk__in={*ids, *named.values()})}
    wrong = [word for word in typed if word not in named or found.get(named[word]) != f"{word[:4]}-{named[word]:05d}"]
    if wrong:
        raise Refused(f"{'、'.join(wrong[:5])}不是{report.year}年发现的问题编号，请核对。", BASIS)
    return sorted(found)


@transaction.atomic
def compile_units(report: EcologyReport, *, by: Any, at: datetime, missing_reason: str = "") -> EcologyReport:
    """Take over the approved appraisals word for word and name the units without one. Raises `Refused`."""
    fresh = _mine(report, by=by)
    ids = Organ.objects.within(fresh.organ.county()).values_list("pk", flat=True)
    fresh.units = compiled(fresh)
    fresh.missing = [
        {"unit": row["name"], "organ": row["organ__name"], "state": Completeness(row["state"]).label}
        for row in missing_units(ids, fresh.year)
    ]
    fresh.missing_reason = (missing_reason.strip() or fresh.missing_reason)[:500] if fresh.missing else ""
    fresh.compiled_at = at
    fresh.save()
    note = f"纳入{len(fresh.units)}个单位，未纳入{len(fresh.missing)}个"
    record(fresh, "compile", by=by, at=at, label="汇编各单位评价", note=note, article=BASIS)
    return fresh


@transaction.atomic
def submit_report(report: EcologyReport, *, by: Any, at: datetime) -> Approval:
    """Send it up: head, AM, DS, committee. Raises `Refused` while a part is empty or the compilation is not of today."""
    event = move(report, "submit", by=by, at=at)
    fresh = EcologyReport.objects.select_for_update(of=("self",)).select_related("organ").get(pk=report.pk)
    fresh.content = report_content(fresh, at=at)
    fresh.digest = digest_of(fresh.content)
    fresh.save()
    report.refresh_from_db()
    approval = approvals.submit(fresh, by=by, at=at)
    approvals.told_submission(event, approval)
    return approval


@transaction.atomic
def drop_report(report: EcologyReport, *, reason: str, by: Any, at: datetime) -> EcologyReport:
    """作废 a draft with its reason: its text stays to be read, and the year may be begun anew. Raises `Refused`."""
    fresh = EcologyReport.objects.select_for_update(of=("self",)).select_related("organ").get(pk=report.pk)
    _writes(fresh.organ, by)
    return dropped(fresh, reason=reason, basis=BASIS, by=by, at=at)  # type: ignore[no-any-return]


@transaction.atomic
def correct_report(report: EcologyReport, *, reason: str, by: Any, at: datetime) -> EcologyReport:
    """A report that was passed is written anew as the next version and goes the whole way again. Raises `Refused`."""
    old = EcologyReport.objects.select_for_update(of=("self",)).select_related("organ").get(pk=report.pk)
    _writes(old.organ, by)
    rules.report_may_be_corrected(old).enforce()
    made: EcologyReport = next_version(
        old, reason=reason, basis=BASIS, of=("organ", "year"), carried=("sections", "missing_reason"), by=by, at=at
    )
    record(made, "correct", by=by, at=at, label="起草更正版", note=made.reason, article=BASIS, to_step=made.step)
    return made


# --- what the chain causes ---


def _approved(report: EcologyReport, *, by: Any, at: datetime, note: str, step: Any) -> None:
    """The committee has passed it: the version before gives way, the copies may leave."""
    for older in EcologyReport.objects.filter(organ=report.organ, year=report.year, step__in=IN_FORCE):
        move(older, "supersede", by=by, at=at, by_chain=True)
    event = move(report, "approve", by=by, at=at, note=note, by_chain=True, on_behalf_of=step.on_behalf_of,
                 along={"approved_at": at, "resolution": step.resolution})  # fmt: skip
    told_by(event, staff_of(report.organ_id), f"县纪委常委会已通过{report}，请报送县委、县政府主要领导并报县委组织部备案。",
            link=report.get_absolute_url())  # fmt: skip


approvals.register_route(
    EcologyReport,
    approvals.Route(
        article=BASIS,
        title=str,
        rungs=lambda report: (*CHAIN, Rung.STANDING_COMMITTEE),
        snapshot=report_snapshot,
        template="reports/ecology/_signing.html",
        approved=_approved,
        authors=approvals.authors_by(*WROTE),
        filed="可以报送",
        matter=ScResolutionKind.APPRAISAL,
    ),
)


# --- out of the house ---


@transaction.atomic
def dispatch_report(
    report: EcologyReport, *, receiver: str, recipient: str, sent_on: date, manner: str, by: Any, at: datetime
) -> EcologyDispatch:
    """Register one copy that left. Raises `Refused` before the resolution and for a second copy to the same recipient."""
    fresh = (
        EcologyReport.objects.select_for_update(of=("self",)).select_related("organ", "resolution").get(pk=report.pk)
    )
    _writes(fresh.organ, by)
    rules.may_be_sent(fresh).enforce()
    rules.sending_fits(fresh, sent_on, on=local_day(at)).enforce()
    name = recipient.strip()
    if not name:
        raise Refused("请写明收件人或收件单位。", BASIS)
    if EcologyDispatch.objects.filter(report=fresh, receiver=receiver, recipient=name).exists():
        raise Refused(f"已登记报送{name}，不用重复登记。", BASIS)
    made = EcologyDispatch.objects.create(
        report=fresh, organ=fresh.organ, receiver=receiver, recipient=name, sent_on=sent_on, manner=manner, created_by=by, created_at=at
    )  # fmt: skip
    note = f"{name}，{sent_on:%Y-%m-%d}，{made.get_manner_display()}"
    if fresh.step == EcologyStep.APPROVED:
        move(report, "dispatch", by=by, at=at, note=note)
    else:
        record(fresh, "dispatch", by=by, at=at, label="登记报送", note=note, article=BASIS)
    return made


@transaction.atomic
def record_receipt(
    row: EcologyDispatch, *, received_on: date, received_by: str, by: Any, at: datetime, filing_no: str = ""
) -> EcologyDispatch:
    """Register the receipt of one copy; with the last one the report is filed. Raises `Refused`."""
    report = EcologyReport.objects.select_for_update(of=("self",)).select_related("organ").get(pk=row.report_id)
    fresh = EcologyDispatch.objects.select_for_update(of=("self",)).get(pk=row.pk)
    _writes(report.organ, by)
    values = {"received_on": received_on, "received_by": received_by, "filing_no": filing_no}
    rules.receipt_fits(fresh, values, on=local_day(at)).enforce()
    fresh.received_on, fresh.received_by, fresh.filing_no = received_on, received_by.strip(), filing_no.strip()
    fresh.save()
    said = f"{fresh.recipient}，{received_on:%Y-%m-%d}，{fresh.received_by}签收" + (
        f"，备案编号{fresh.filing_no}" if fresh.filing_no else ""
    )
    record(report, "receipt", by=by, at=at, label="登记回执", note=said, article=BASIS)
    _file(report, by=by, at=at)
    return fresh


def _file(report: EcologyReport, *, by: Any, at: datetime) -> None:
    """With the last receipt the report is filed."""
    if report.step == EcologyStep.DISPATCHED and not rules.still_out(report):
        event = move(report, "file", by=by, at=at, by_chain=True)
        told_by(event, staff_of(report.organ_id), f"{report}已报送备案，回执齐全。", link=report.get_absolute_url())


@transaction.atomic
def withdraw_dispatch(row: EcologyDispatch, *, reason: str, by: Any, at: datetime) -> None:
    """Take back a copy that was registered by mistake, before its receipt; what it said stays in the journal. Raises `Refused`."""
    report = EcologyReport.objects.select_for_update(of=("self",)).select_related("organ").get(pk=row.report_id)
    fresh = EcologyDispatch.objects.select_for_update(of=("self",)).get(pk=row.pk)
    _writes(report.organ, by)
    rules.may_be_withdrawn(fresh, reason).enforce()
    note = f"{fresh.recipient}，{fresh.sent_on:%Y-%m-%d}，{fresh.get_manner_display()}。理由：{reason.strip()[:300]}"
    fresh.delete()
    if report.step == EcologyStep.DISPATCHED and not EcologyDispatch.objects.filter(report=report).exists():
        move(report, "recall", by=by, at=at, note=note, by_chain=True)
        return
    record(report, "recall", by=by, at=at, label="撤销报送登记", note=note, article=BASIS)
    _file(report, by=by, at=at)
