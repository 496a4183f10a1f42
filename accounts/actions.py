"""What people do around a paper besides signing it: register the committee's decision, urge a signer, free from a duty."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.db import transaction

from accounts.approvals import current_step, decide, paper_url, route_of, signers, subject_of
from accounts.calendar import local_day, spoken
from accounts.duties import excuse
from accounts.models import Approval, ApprovalStep, ChainState, Decision, Duty, ScResolution
from accounts.notifications import staff_of, tell
from accounts.permissions import Permission, has
from accounts.roles import Rung
from accounts.workflow import ALLOWED, Refused, Verdict, denied, record


def meeting_fits(approval: Approval, meeting_on: date, *, on: date) -> Verdict:
    """A meeting that was held, on or after the day on which the last rung below the committee signed."""
    if meeting_on > on:
        return denied("会议日期不能晚于今天，请在会后登记。", approval.article)
    below = signed_below(approval)
    if below is not None and below.acted_at is not None and meeting_on < local_day(below.acted_at):
        day = local_day(below.acted_at)
        return denied(
            f"会议日期早于{below.get_rung_display()}签批日期{day:%Y-%m-%d}，请核对。",
            approval.article,
        )
    return ALLOWED


def signed_below(approval: Approval) -> ApprovalStep | None:
    """The last signature before the paper came to the committee."""
    return approval.steps.filter(acted_at__isnull=False).exclude(rung=Rung.STANDING_COMMITTEE).order_by("seq").last()


@transaction.atomic
def resolve(
    approval: Approval, resolution: Mapping[str, Any], *, by: Any, at: datetime, step_id: int | None = None
) -> ApprovalStep:
    """The committee's secretary registers its decision on one paper, and the paper's rung is signed with it (A6.1f).

    `resolution` holds the fields of `ScResolution`; a paper that was not passed goes back with the opinion as reason.
    What the committee decided about follows from the paper. Raises `Refused`; then no resolution is left behind.
    """
    if current_step(approval) is not None:  # of two secretaries the second is told by `decide` who was first
        meeting_fits(approval, resolution["meeting_on"], on=local_day(at)).enforce()
    if not str(resolution.get("attendance", "")).strip():
        raise Refused("请写明出席情况（应到、实到人数），会议纪要和决定都以它为据。", approval.article)
    values = {**resolution, "kind": route_of(subject_of(approval)).matter or resolution["kind"]}
    written = ScResolution.objects.create(
        organ_id=approval.organ_id, title=approval.title[:200], recorded_by=by, recorded_at=at, **values
    )
    decision = Decision.APPROVE if written.approved else Decision.RETURN
    return decide(approval, decision, by=by, at=at, note=written.opinion, resolution=written, step_id=step_id)


def may_urge(approval: Approval, user: Any) -> bool:
    """Whether the user waits for this paper: staff of its organ, while it is under way."""
    return approval.state == ChainState.RUNNING and user.is_staff_member and user.organ_id == approval.organ_id


def urge(approval: Approval, *, by: Any, at: datetime) -> str:
    """A polite word to whoever has the paper, at most once a day. Returns the sentence for the screen."""
    step = current_step(approval)
    if step is None or not may_urge(approval, by):
        raise Refused("此件不在等候签批，或不是本单位报送的，无须催办。", approval.article)
    day = local_day(at)
    people = signers(approval.organ_id, step.rung, on=day)
    term = f"，应于{spoken(step.due_on)}前签批" if step.due_on else ""
    new = tell(
        people, f"{by.organ.label}{by.full_name}请您拨冗签批：{approval.title}{term}。", key=f"urge:{step.pk}:{day}",
        at=at, link=paper_url(approval), kind="sign", article=approval.article,
    )  # fmt: skip
    names = "、".join(person.full_name for person in people)
    return f"已提醒{names}签批。" if new else f"今天已提醒过{names}，明天可再提醒。"


@transaction.atomic
def free_from(duty: Duty, *, by: Any, at: datetime, reason: str) -> None:
    """党风政风监督室 frees an organ from one duty and the organ learns why. Raises `Refused` (A10.1b)."""
    if not has(by, Permission.COORDINATE, duty.organ_id):
        raise Refused("只有党风政风监督室可以免除职责期限。", "A10.1b")
    if duty.fulfilled_at or duty.excused_at:
        raise Refused(f"“{duty.title}”已完成或已免除，无须再免除。", duty.article)
    if not reason.strip():
        raise Refused("免除须写明理由，理由将告知责任单位并留存备查。", duty.article)
    excuse(duty, by=by, at=at, reason=reason)
    people = [duty.person] if duty.person is not None else staff_of(duty.organ_id)
    tell(people, f"党风政风监督室已免除“{duty.title}”，理由：{reason.strip()[:200]}。",
         key=f"excused:{duty.pk}:{at.isoformat()}", at=at, article=duty.article)  # fmt: skip
    record(duty, "excuse", by=by, at=at, label="免除职责期限", note=reason.strip()[:300], article="A10.1b")


@transaction.atomic
def take_back_excuse(duty: Duty, *, by: Any, at: datetime, reason: str) -> None:
    """The wrong row, or the reason is gone: the organ owes the duty again by its own day and learns why. Raises `Refused`."""
    if not has(by, Permission.COORDINATE, duty.organ_id):
        raise Refused("只有党风政风监督室可以撤回免除。", "A10.1b")
    if duty.excused_at is None:
        raise Refused(f"“{duty.title}”没有免除，无须撤回，请刷新列表核对。", duty.article)
    if not reason.strip():
        raise Refused("撤回免除须写明理由，理由将告知责任单位并留存备查。", duty.article)
    Duty.objects.filter(pk=duty.pk).update(excused_at=None, excused_by=None, excuse="")
    people = [duty.person] if duty.person is not None else staff_of(duty.organ_id)
    tell(people, f"党风政风监督室已撤回对“{duty.title}”的免除，期限{spoken(duty.due_on)}，理由：{reason.strip()[:200]}。",
         key=f"owed-again:{duty.pk}:{at.isoformat()}", at=at, link=duty.link, article=duty.article)  # fmt: skip
    note = f"原免除理由：{duty.excuse}；撤回理由：{reason.strip()[:300]}"
    record(duty, "take_back_excuse", by=by, at=at, label="撤回免除", note=note, article="A10.1b")
