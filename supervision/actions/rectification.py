"""Rectification: progress, asking for 销号, striking off by a second person, extensions (A9.8)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.urls import reverse

from accounts.calendar import local_day, spoken
from accounts.notifications import holders, staff_of, told_by
from accounts.permissions import Permission, has
from accounts.workflow import Refused, move, record
from supervision import rules
from supervision.models import Extension, Problem, RectificationItem, RectificationProgress
from supervision.rounds.states import RoundStep
from supervision.states import ExtensionStep, Origin, RectificationStep

NO_CHECK = {"verified_by": None, "verified_at": None, "verify_note": ""}
NO_REQUEST = {"submitted_by": None, "submitted_at": None, **NO_CHECK}
NO_CLOSING = {**NO_REQUEST, "closed_on": None, "closed_by": None, "closed_origin": "", "claimed_on": None}

# Called with (item, by, at) inside the transaction that strikes a problem off: the app of the registers enters the money
# and the rules that the evidence names.
CLOSED: list[Callable[[RectificationItem, Any, datetime], None]] = []


def problem_url(problem: Problem) -> str:
    """Where a problem is read."""
    return reverse("supervision:problem", args=[problem.pk])


def _locked(item: RectificationItem) -> RectificationItem:
    return RectificationItem.objects.select_for_update().select_related("problem").get(pk=item.pk)


@transaction.atomic
def add_progress(
    item: RectificationItem, *, by: Any, at: datetime, reported_on: date, text: str
) -> RectificationProgress:
    """动态跟踪: one dated entry; with a whole plan the first one starts the rectification (A9.8a). Raises `Refused`."""
    fresh = _locked(item)
    if not has(by, Permission.DRAFT, fresh.organ_id):
        raise Refused("您不能登记这个单位的整改进展。", "A9.8b")
    rules.is_open(fresh).enforce()
    rules.is_text(text.strip()).enforce()
    if not text.strip():
        raise Refused("请写明进展情况。", "A9.8b")
    if reported_on > local_day(at):
        raise Refused("进展日期不能晚于今天。", "A9.8b")
    if fresh.step == RectificationStep.ISSUED and rules.has_plan(fresh):
        move(fresh, "start", by=by, at=at)
    return RectificationProgress.objects.create(
        rectification=fresh, reported_on=reported_on, text=text.strip(), by=by, at=at
    )


@transaction.atomic
def submit_closure(item: RectificationItem, *, by: Any, at: datetime, claimed_on: date, situation: str = "") -> None:
    """提请销号: the clerk says it is done, since when, and with what evidence (A9.8b). Raises `Refused`."""
    fresh = _locked(item)
    if claimed_on > local_day(at):
        raise Refused("整改完成日期不能晚于今天。", "A9.8b")
    if fresh.problem.found_on and claimed_on < fresh.problem.found_on:
        raise Refused(f"整改完成日期早于发现日期{fresh.problem.found_on:%Y-%m-%d}，请核对。", "A9.8b")
    if situation.strip():
        fresh.situation = situation.strip()
        fresh.save()
    event = move(
        fresh, "submit", by=by, at=at, along={"submitted_by": by, "submitted_at": at, "claimed_on": claimed_on}
    )
    told_by(event, holders(Permission.CLOSE, fresh.organ_id).exclude(pk=by.pk),
            f"请审核销号：{fresh.problem}。", link=problem_url(fresh.problem))  # fmt: skip


@transaction.atomic
def verify(item: RectificationItem, *, by: Any, at: datetime, note: str, passed: bool) -> None:
    """核查: another person looks whether it is done, and says what he saw; a failed check sends it back (A9.8b).

    Raises `Refused` for the handler himself, for an empty note and for what was checked already.
    """
    fresh = _locked(item)
    if fresh.step == RectificationStep.SUBMITTED:
        rules.is_another_verifier(fresh, by).enforce()
    if not note.strip():
        raise Refused("请写明核查情况：何时、怎样核查，看到什么。", "A9.8b")
    link, asked = problem_url(fresh.problem), fresh.submitted_by or fresh.problem.created_by
    if not passed:
        event = move(fresh, "fail_check", by=by, at=at, note=note.strip(), along=NO_REQUEST)
        told_by(event, [asked], f"核查不通过：{fresh.problem}，{note.strip()}", link=link)
        return
    event = move(fresh, "verify", by=by, at=at, note=note.strip(),
                 along={"verified_by": by, "verified_at": at, "verify_note": note.strip()})  # fmt: skip
    heads = holders(Permission.CLOSE, fresh.organ_id).exclude(pk__in=[by.pk, asked.pk])
    told_by(event, heads, f"已核查，请审核销号：{fresh.problem}。", link=link)


@transaction.atomic
def close(item: RectificationItem, *, by: Any, at: datetime, opinion: str, closed_on: date | None = None) -> None:
    """审核销号 by a second person, with his opinion; where nobody has checked before him, he is the checker too (A9.8b).

    Raises `Refused`.
    """
    fresh = _locked(item)
    day = closed_on or local_day(at)
    if fresh.step == "submitted":
        rules.is_second_person(fresh, by).enforce()
    if not opinion.strip():
        raise Refused("请写明核查意见：怎样核查、整改是否到位。", "A9.8b")
    if day > local_day(at):
        raise Refused("销号日期不能晚于今天。", "A9.8b")
    checked = {} if fresh.verified_by_id else {"verified_by": by, "verified_at": at, "verify_note": opinion.strip()}
    event = move(fresh, "close", by=by, at=at, note=opinion.strip(), along={
        "closed_on": day, "closed_by": by, "closed_origin": Origin.TYPED, "closure_opinion": opinion.strip(), **checked,
    })  # fmt: skip
    told_by(event, [fresh.problem.created_by], f"已销号：{fresh.problem}。", link=problem_url(fresh.problem))
    for listener in CLOSED:
        listener(fresh, by, at)


@transaction.atomic
def return_closure(item: RectificationItem, *, by: Any, at: datetime, reason: str) -> None:
    """The checker is not satisfied: back to work, with the reason (A9.8b). Raises `Refused`."""
    fresh = _locked(item)
    if not reason.strip():
        raise Refused("退回须写明理由，经办人才知道怎样继续整改。", "A9.8b")
    asked = fresh.submitted_by or fresh.problem.created_by
    event = move(fresh, "return", by=by, at=at, note=reason.strip(), along=NO_REQUEST)
    told_by(event, [asked], f"销号被退回：{fresh.problem}，理由：{reason.strip()}。", link=problem_url(fresh.problem))


@transaction.atomic
def reopen(item: RectificationItem, *, by: Any, at: datetime, reason: str) -> None:
    """A rebound: what was struck off is open again, with the reason; the earlier closing stays in the events (A9.8e)."""
    fresh = _locked(item)
    if not reason.strip():
        raise Refused("重新开启须写明理由。", "A9.8e")
    event = move(fresh, "reopen", by=by, at=at, note=reason.strip(),
                 along={**NO_CLOSING, "rebound_count": fresh.rebound_count + 1})  # fmt: skip
    told_by(event, [fresh.problem.created_by], f"问题重新开启整改：{fresh.problem}。", link=problem_url(fresh.problem))
    follow_again(fresh.problem, by=by, at=at)


def follow_again(problem: Problem, *, by: Any, at: datetime) -> None:
    """A closed round one of whose problems is open again is followed again until that one is struck off (A9.8e)."""
    found = problem.round
    if found is None or found.step != RoundStep.CLOSED:
        return
    event = move(found, "reopen", by=by, at=at, note=f"问题{problem.code}重新开启", by_chain=True)
    told_by(event, staff_of(found.organ_id), f"{event.label}：{found}。", link=found.get_absolute_url())


# --- extensions ---


@transaction.atomic
def request_extension(item: RectificationItem, *, by: Any, at: datetime, new_due_on: date, reason: str) -> Extension:
    """Ask for a later day, with a reason; the day in force stays until a second person agrees (A9.8b). Raises `Refused`."""
    fresh = _locked(item)
    if not has(by, Permission.DRAFT, fresh.organ_id):
        raise Refused("您不能为这个单位申请延期。", "A9.8b")
    rules.is_open(fresh).enforce()
    rules.later_day(fresh, new_due_on).enforce()
    if new_due_on < local_day(at):
        raise Refused(f"申请延至的日期{new_due_on:%Y-%m-%d}已经过去，请改成今天或者以后的日期。", "A9.8b")
    rules.no_extension_pending(fresh).enforce()
    if not reason.strip():
        raise Refused("申请延期须写明理由。", "A9.8b")
    assert fresh.due_on is not None  # later_day has asked
    made = Extension.objects.create(rectification=fresh, old_due_on=fresh.due_on, new_due_on=new_due_on,
                                    reason=reason.strip(), requested_by=by, requested_at=at)  # fmt: skip
    event = record(fresh, "ask_extension", by=by, at=at, label="申请延期", note=made.reason, article="A9.8b")
    told_by(event, holders(Permission.CLOSE, fresh.organ_id).exclude(pk=by.pk),
            f"请审批延期至{spoken(new_due_on)}：{fresh.problem}。", link=problem_url(fresh.problem))  # fmt: skip
    return made


@transaction.atomic
def decide_extension(extension: Extension, *, approve: bool, by: Any, at: datetime, note: str = "") -> None:
    """The head agrees or not; the first day is kept, the count of extensions grows (A9.8b). Raises `Refused`."""
    fresh = _locked(extension.rectification)
    asked = Extension.objects.select_for_update().get(pk=extension.pk)
    _may_decide(asked, fresh, approve=approve, by=by, note=note)
    asked.step = ExtensionStep.APPROVED if approve else ExtensionStep.REFUSED
    asked.decided_by, asked.decided_at, asked.note = by, at, note.strip()
    asked.save()
    if approve:
        fresh.due_on, fresh.extension_count = asked.new_due_on, fresh.extension_count + 1
        fresh.save()
    label = "同意延期" if approve else "不同意延期"
    event = record(fresh, "decide_extension", by=by, at=at, label=label, note=note.strip(), article="A9.8b")
    told_by(event, [asked.requested_by], f"{label}：{fresh.problem}。", link=problem_url(fresh.problem))


@transaction.atomic
def withdraw_extension(extension: Extension, *, by: Any, at: datetime) -> None:
    """Who asked takes the request back before it is decided; the event keeps what was asked (A9.8b). Raises `Refused`."""
    fresh = _locked(extension.rectification)
    asked = Extension.objects.select_for_update().filter(pk=extension.pk).first()
    if asked is None or asked.step != ExtensionStep.REQUESTED:
        raise Refused("这项延期申请已经办结，无须撤回。", "A9.8b")
    if asked.requested_by_id != by.pk:
        raise Refused(f"延期申请由申请人{asked.requested_by}撤回。不同意的，请负责人答复不同意。", "A9.8b")
    note = f"申请延至{asked.new_due_on:%Y-%m-%d}：{asked.reason}"
    asked.delete()
    event = record(fresh, "withdraw_extension", by=by, at=at, label="撤回延期申请", note=note, article="A9.8b")
    heads = holders(Permission.CLOSE, fresh.organ_id).exclude(pk=by.pk)
    told_by(event, heads, f"延期申请已撤回，无须审批：{fresh.problem}。", link=problem_url(fresh.problem))


def _may_decide(asked: Extension, item: RectificationItem, *, approve: bool, by: Any, note: str) -> None:
    if not has(by, Permission.CLOSE, item.organ_id):
        raise Refused("延期由本单位负责人审批。", "A9.8b")
    if asked.step != ExtensionStep.REQUESTED:
        raise Refused(f"这项延期申请已由{asked.decided_by}{asked.get_step_display()}，无须再办。", "A9.8b")
    if asked.requested_by_id == by.pk:
        raise Refused("您是申请人，不能审批自己的延期申请。请由其他负责人或代理人审批，或者撤回申请。", "A9.8b")
    if not approve and not note.strip():
        raise Refused("不同意延期须写明理由。", "A9.8b")
