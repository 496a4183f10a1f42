"""抄报 to the county's leaders, reports to 县委常委会, and the instructions that come back (A9.7b-c)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.urls import reverse

from accounts.calendar import local_day
from accounts.models import Organ
from accounts.notifications import staff_of, told_by
from accounts.permissions import Permission, has
from accounts.workflow import Refused, record
from supervision.actions.documents.numbering import take_number
from supervision.documents.kinds import COPY_OUT
from supervision.models import CopyOut, InspectionReport, LeaderInstruction
from supervision.reporting import rules
from supervision.rounds.states import CopyOutKind
from supervision.rules import is_text

RECIPIENTS = "县委、县政府主要领导，相关分管县领导"
FIELDS = ("recipients", "signed_by", "body")


def copy_url(copy: CopyOut) -> str:
    """Where a copy is written and read."""
    return reverse("supervision:copy", args=[copy.pk])


def may_keep(user: Any, report: InspectionReport) -> bool:
    """党风政风监督室 keeps the copies (A9.7b)."""
    return has(user, Permission.COORDINATE, report.organ_id)


def _cso(report: InspectionReport) -> Organ:
    return report.organ.cso() or report.organ


@transaction.atomic
def draft_copy(report: InspectionReport, *, by: Any, at: datetime) -> CopyOut:
    """Draft the copy from the report and the committee's opinion; sent only after the study (A9.7b). Raises `Refused`."""
    if not may_keep(by, report):
        raise Refused("抄报件由党风政风监督室起草。", "A9.7b")
    if not report.approved_at:
        raise Refused("报告还没有批准，不能起草抄报件。", "A9.7b")
    return _draft(report, by=by, at=at)


@transaction.atomic
def draft_decided_copy(report: InspectionReport, *, by: Any, at: datetime) -> CopyOut:
    """The committee decided to copy the report out: its secretary puts the draft into the register (A9.7b).

    党风政风监督室 is told and writes it on. A draft that is there already is answered as it is. Raises `Refused`.
    """
    if not has(by, Permission.RECORD_RESOLUTION, report.organ_id):
        raise Refused("常委会的抄报决定由常委会秘书登记。", "A9.7b")
    rules.has_been_studied(report).enforce()
    there = _standing(report)
    copy = there or _draft(report, by=by, at=at)
    event = record(copy, "decide", by=by, at=at, label="常委会决定抄报", article="A9.7b")
    told_by(
        event,
        staff_of(copy.organ_id),
        f"县纪委常委会决定书面抄报{report}，请核对抄报件后印发。"[:400],
        link=copy_url(copy),
    )
    return copy


def _standing(report: InspectionReport) -> CopyOut | None:
    """The copy that is not voided."""
    return CopyOut.objects.filter(report=report, kind=CopyOutKind.LEADERS, void_reason="").first()


def _draft(report: InspectionReport, *, by: Any, at: datetime) -> CopyOut:
    there = _standing(report)
    if there is not None:
        raise Refused("这份报告已有抄报件，请在原件上修改。", "A9.7b")
    copy = CopyOut.objects.create(report=report, organ=_cso(report), kind=CopyOutKind.LEADERS, recipients=RECIPIENTS,
                                  body=copy_body(report), created_by=by, created_at=at)  # fmt: skip
    record(copy, "draft", by=by, at=at, label="起草抄报件", article="A9.7b")
    return copy


def copy_body(report: InspectionReport) -> str:
    """事由, 监督情况, 主要问题, 常委会研判意见, 建议: the outline of a copy, from what was signed."""
    kept = report.content.get("sections", {})
    opinion = report.resolution.opinion if report.resolution else "（常委会研判后补入）"
    parts = {
        "事由": f"现将{report.title}的有关情况抄报如下。",
        "监督情况": kept.get("inspection_text", report.inspection_text),
        "主要问题": kept.get("findings_text", report.findings_text),
        "常委会研判意见": opinion,
        "建议": kept.get("advice_text", report.advice_text),
    }
    return "\n".join(
        f"{number}、{heading}\n{text}" for number, (heading, text) in zip("一二三四五", parts.items(), strict=True)
    )


@transaction.atomic
def edit_copy(copy: CopyOut, values: Mapping[str, str], *, by: Any, at: datetime) -> CopyOut:
    """Change recipients, signer or text until it is issued. Raises `Refused` afterwards."""
    fresh = _open(copy, by=by)
    for name in FIELDS:
        if name in values:
            is_text(values[name].strip()).enforce()
            setattr(fresh, name, values[name].strip())
    if not fresh.recipients:
        raise Refused("请填写主送领导。", "A9.7b")
    fresh.save()
    record(fresh, "edit", by=by, at=at, label="修改抄报件", article="A9.7b")
    return fresh


def _open(copy: CopyOut, *, by: Any) -> CopyOut:
    fresh = CopyOut.objects.select_for_update().get(pk=copy.pk)
    if not may_keep(by, fresh.report):
        raise Refused("抄报件由党风政风监督室办理。", "A9.7b")
    _still_open(fresh)
    return fresh


def _still_open(copy: CopyOut) -> None:
    if copy.issued_on:
        raise Refused(f"抄报件已于{copy.issued_on:%Y-%m-%d}印发，内容已锁定。", "A9.7b")
    if copy.void_reason:
        raise Refused("这份抄报件已作废。请在报告页面另行起草。", "A9.7b")


@transaction.atomic
def number_copy(copy: CopyOut, *, by: Any, at: datetime, prefix: str = "") -> str:
    """编号: the document clerk gives a signed copy the next number of the commission's series; returns 文号 (A9.7b).

    Raises `Refused` for others, before the committee's study, without signer or text, and for a copy that has its number.
    """
    fresh = CopyOut.objects.select_for_update().get(pk=copy.pk)
    if not has(by, Permission.NUMBER, fresh.organ_id):
        raise Refused("抄报件由县纪委办公室文书编号。", "A9.7b")
    _still_open(fresh)
    if fresh.doc_number:
        raise Refused(f"这份抄报件已编号：{fresh.doc_no}。", "A9.7b")
    rules.has_been_studied(fresh.report).enforce()
    _lacks(fresh, signed_by="签发人", body="正文")
    series = take_number(fresh.name_organ, COPY_OUT, local_day(at).year, prefix)
    fresh.doc_prefix, fresh.doc_year, fresh.doc_number = series.prefix, series.year, series.last
    fresh.doc_no, fresh.numbered_by = f"{series}{series.last}号", by
    fresh.save()
    event = record(fresh, "number", by=by, at=at, label="编号", note=fresh.doc_no, article="A9.7b")
    told_by(event, [fresh.created_by], f"抄报件已编号：{fresh.doc_no}，可以印发。", link=copy_url(fresh))
    return fresh.doc_no


@transaction.atomic
def void_copy(copy: CopyOut, *, by: Any, at: datetime, reason: str) -> None:
    """作废 before issue: the number stays in the register with its reason and is never used again. Raises `Refused`."""
    fresh = CopyOut.objects.select_for_update().get(pk=copy.pk)
    if not (may_keep(by, fresh.report) or has(by, Permission.NUMBER, fresh.organ_id)):
        raise Refused("抄报件由党风政风监督室或文书作废。", "A9.7b")
    _still_open(fresh)
    if not reason.strip():
        raise Refused("作废须写明理由，理由会留在发文登记簿上。", "A9.7b")
    fresh.void_reason = reason.strip()
    fresh.save()
    event = record(fresh, "void", by=by, at=at, label="作废", note=fresh.void_reason, article="A9.7b")
    said = f"抄报件{fresh.doc_no}已作废，理由：{fresh.void_reason[:200]}。"
    told_by(event, [fresh.created_by], said, link=copy_url(fresh))


def _lacks(copy: CopyOut, **labels: str) -> None:
    lacking = [label for name, label in labels.items() if not getattr(copy, name)]
    if lacking:
        raise Refused(f"抄报件还缺：{'、'.join(lacking)}。请补齐后再办理。", "A9.7b")


@transaction.atomic
def issue_copy(copy: CopyOut, *, by: Any, at: datetime, issued_on: date) -> CopyOut:
    """印发: signed, numbered, on a day after the committee's study (A9.7b). Raises `Refused`."""
    fresh = _open(copy, by=by)
    rules.has_been_studied(fresh.report).enforce()
    _lacks(fresh, signed_by="签发人", body="正文")
    if not fresh.doc_no:
        raise Refused("抄报件还没有编号。请文书在本页编号后再印发。", "A9.7b")
    _after(issued_on, fresh.report.studied_on, local_day(at), "印发日期", "A9.7b")
    fresh.issued_on = issued_on
    fresh.save()
    event = record(
        fresh,
        "issue",
        by=by,
        at=at,
        label="印发抄报件",
        note=f"{fresh.doc_no}，主送{fresh.recipients}",
        article="A9.7b",
    )
    told_by(
        event, staff_of(fresh.report.organ_id), f"{fresh.report}已抄报{fresh.recipients}。"[:400], link=copy_url(fresh)
    )
    return fresh


@transaction.atomic
def record_meeting(copy: CopyOut, *, by: Any, at: datetime, meeting_on: date, outcome: str = "") -> CopyOut:
    """向县委常委会报告: the day it was heard, and what came of it; until then the matter stays open (A9.7c)."""
    fresh = CopyOut.objects.select_for_update().get(pk=copy.pk)
    if not may_keep(by, fresh.report):
        raise Refused("向县委常委会报告由党风政风监督室登记。", "A9.7c")
    if fresh.kind != CopyOutKind.COMMITTEE:
        raise Refused("只有向县委常委会的报告登记会议日期。", "A9.7c")
    if fresh.meeting_on:
        raise Refused(f"已登记{fresh.meeting_on:%Y-%m-%d}向县委常委会报告。", "A9.7c")
    rules.has_been_studied(fresh.report).enforce()
    _after(meeting_on, fresh.report.studied_on, local_day(at), "会议日期", "A9.7c")
    fresh.meeting_on, fresh.outcome = meeting_on, outcome.strip()
    fresh.save()
    record(fresh, "meeting", by=by, at=at, label="向县委常委会报告", note=fresh.outcome, article="A9.7c")
    return fresh


@transaction.atomic
def record_instruction(
    copy: CopyOut, *, by: Any, at: datetime, leader: str, given_on: date, text: str, follow_up: str = ""
) -> LeaderInstruction:
    """批示 that came back on a copy: who, when, in what words, what was done (A9.7b). Raises `Refused`."""
    if not may_keep(by, copy.report):
        raise Refused("领导批示由党风政风监督室登记。", "A9.7b")
    if not (copy.issued_on or copy.meeting_on):
        raise Refused("抄报件还没有印发，不能登记批示。", "A9.7b")
    if not leader.strip() or not text.strip():
        raise Refused("请填写批示领导和批示内容。", "A9.7b")
    is_text(text.strip()).enforce()
    _after(given_on, copy.issued_on or copy.meeting_on, local_day(at), "批示日期", "A9.7b")
    made = LeaderInstruction.objects.create(copy_out=copy, leader=leader.strip(), given_on=given_on, text=text.strip(),
                                            follow_up=follow_up.strip(), created_by=by, created_at=at)  # fmt: skip
    event = record(
        copy, "instruct", by=by, at=at, label="登记领导批示", note=f"{made.leader}：{made.text}", article="A9.7b"
    )
    told_by(event, staff_of(copy.report.organ_id), f"{made.leader}对{copy.report}作出批示。"[:400], link=copy_url(copy))
    return made


@transaction.atomic
def follow_up(instruction: LeaderInstruction, *, by: Any, at: datetime, text: str) -> None:
    """What was done about an instruction. Raises `Refused` for strangers and for nothing said."""
    report = instruction.copy_out.report
    if not (may_keep(by, report) or has(by, Permission.DRAFT, report.organ_id)):
        raise Refused("批示落实情况由党风政风监督室或牵头单位登记。", "A9.7b")
    if not text.strip():
        raise Refused("请写明落实情况。", "A9.7b")
    instruction.follow_up = text.strip()
    instruction.save()
    record(
        instruction.copy_out, "follow_up", by=by, at=at, label="登记批示落实情况", note=text.strip(), article="A9.7b"
    )


def _after(day: date, earliest: date | None, today: date, name: str, article: str) -> None:
    if day > today:
        raise Refused(f"{name}不能晚于今天。", article)
    if earliest and day < earliest:
        raise Refused(f"{name}早于{earliest:%Y-%m-%d}，请核对。", article)
