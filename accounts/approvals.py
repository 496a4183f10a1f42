"""层报审批: a paper goes up rung by rung, is approved, returned or withdrawn, and every round is kept (A6.1c, AMB-4)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import models, transaction
from django.urls import reverse

from accounts import editions
from accounts.calendar import local_day, spoken
from accounts.digest import digest_of
from accounts.limits import SIGN_WORKDAYS
from accounts.models import (
    Approval,
    ApprovalStep,
    ChainState,
    Decision,
    Deputation,
    Event,
    Notice,
    OversightAssignment,
    ScResolution,
    User,
    work_calendar,
)
from accounts.notifications import members, tell, told_by
from accounts.permissions import Permission, has
from accounts.roles import Role, Rung
from accounts.workflow import ALLOWED, AlreadyDecided, Refused, Verdict, denied, move, record


def sent_back(subject: Any, *, by: Any, at: datetime, note: str, step: Any) -> None:
    """A signer returned the paper: it is its author's again."""
    move(subject, "return", by=by, at=at, note=note, by_chain=True, on_behalf_of=step.on_behalf_of)


def taken_back(subject: Any, *, by: Any, at: datetime) -> None:
    """Who sent the paper up took it back."""
    move(subject, "take_back", by=by, at=at, by_chain=True)


def authors_by(*verbs: str) -> Callable[[Any], set[int]]:
    """Whoever began a paper, or wrote on it by one of these verbs; none of them signs it."""

    def authors(subject: Any) -> set[int]:
        wrote = Event.objects.of(subject).filter(verb__in=verbs)
        return {subject.created_by_id, *wrote.values_list("by_id", flat=True)}

    return authors


@dataclass(frozen=True)
class Route:
    """How one kind of paper goes up: its rungs, its text as submitted, and what each outcome causes."""

    article: str
    title: Callable[[Any], str]
    rungs: Callable[[Any], Sequence[Rung]]
    snapshot: Callable[[Any], dict[str, str]]
    template: str
    approved: Callable[..., Any]
    authors: Callable[[Any], set[int]]
    returned: Callable[..., Any] = sent_back
    withdrawn: Callable[..., Any] = taken_back
    filed: str = "批准生效"
    matter: str = ""  # what its committee decides about, an entry of ScResolutionKind; empty where that differs


ROUTES: dict[type[models.Model], Route] = {}


def register_route(model: type[models.Model], route: Route) -> None:
    """Give a kind of paper its route; called when the app is ready."""
    ROUTES[model] = route


def route_of(subject: models.Model) -> Route:
    """The route of a paper."""
    return ROUTES[type(subject)]


# --- who signs ---


def signers(organ_id: int, rung: str, *, on: date) -> list[User]:
    """Whose signature the rung needs on a day: the organ's heads, its AM, its DS, or the committee's secretaries."""
    if rung == Rung.HEAD:
        return list(members(organ_id, Role.ORGAN_HEAD))
    if rung == Rung.STANDING_COMMITTEE:
        people = User.objects.filter(is_active=True, role=Role.SC_SECRETARY)
        return [person for person in people if has(person, Permission.RECORD_RESOLUTION, organ_id)]
    assigned = OversightAssignment.objects.valid(on=on).filter(organ_id=organ_id, rung=rung, leader__is_active=True)
    return [row.leader for row in assigned.select_related("leader")[:1]]


def principal_for(step: ApprovalStep, user: Any, *, on: date) -> User | None:
    """In whose name `user` may sign this step on that day: his own, or that of the leader he stands in for."""
    people = signers(step.approval.organ_id, step.rung, on=on)
    if user in people:
        return user
    absent = Deputation.objects.valid(on=on).filter(deputy=user, principal__in=people).select_related("principal")
    found = absent.first()
    return found.principal if found else None


def missing_signer(organ_id: int, rungs: Sequence[Rung], *, on: date) -> Verdict:
    """Nobody is assigned to a rung: the paper cannot go up, and the sentence says which (AMB-4)."""
    for rung in rungs:
        if not signers(organ_id, rung, on=on):
            return denied(
                f"本单位在{spoken(on)}没有{Rung(rung).label}，无法层报审批。请党风政风监督室或系统管理员先在“分工与代理”中设置。",
                "A6.1c",
            )
    return ALLOWED


# --- going up ---


@transaction.atomic
def submit(subject: Any, *, by: Any, at: datetime) -> Approval:
    """Open the next round: freeze the text, tell the first signer. The caller moves the paper's own step first.

    Raises `Refused` when a rung has no signer or a round is already under way.
    """
    route = route_of(subject)
    rungs = tuple(route.rungs(subject))
    missing_signer(subject.organ_id, rungs, on=local_day(at)).enforce()
    earlier = Approval.objects.of(subject)
    if earlier.running().exists():
        raise AlreadyDecided(f"“{subject}”已在审批中，不能重复报送。", route.article)
    content = route.snapshot(subject)
    approval = Approval.objects.create(
        subject=subject,
        organ_id=subject.organ_id,
        title=route.title(subject)[:300],
        article=route.article,
        edition=editions.in_force(),
        round_no=earlier.count() + 1,
        content=content,
        digest=digest_of(content),
        submitted_by=by,
        submitted_at=at,
    )
    for seq, rung in enumerate(rungs, 1):
        ApprovalStep.objects.create(approval=approval, seq=seq, rung=rung)
    _open_step(approval, 1, at=at)
    return approval


def _open_step(approval: Approval, seq: int, *, at: datetime) -> None:
    step = approval.steps.get(seq=seq)
    day = local_day(at)
    people = signers(approval.organ_id, step.rung, on=day)
    step.signer = people[0] if people else None
    step.opened_at = at
    step.due_on = work_calendar().add_workdays(day, SIGN_WORKDAYS.on(day))
    step.save()
    deputies = User.objects.filter(deputising__in=Deputation.objects.valid(on=day).filter(principal__in=people))
    tell(
        [*people, *deputies],
        f"请签批：{approval.title}，{spoken(step.due_on)}前。",
        key=f"sign:{step.pk}",
        at=at,
        kind="sign",
        link=paper_url(approval),
        article=approval.article,
    )


def paper_url(approval: Approval) -> str:
    """Where the paper is read and signed."""
    return reverse("accounts:approval", args=[approval.pk])


def current_step(approval: Approval) -> ApprovalStep | None:
    """The rung whose turn it is."""
    return next((step for step in approval.steps.all() if step.is_waiting), None)


# --- signing ---


def may_sign(approval: Approval, user: Any, *, on: date) -> Verdict:
    """Whether the user may decide the current rung: its signer or his deputy, not an author, not a signer before."""
    step = current_step(approval)
    if approval.state != ChainState.RUNNING or step is None:
        return denied(_outcome_sentence(approval))
    if principal_for(step, user, on=on) is None:
        return denied(f"现在由{_waiting_for(step)}签批，您不是应签人。", approval.article)
    if user.pk in {approval.submitted_by_id} | _authors(approval):
        return denied(
            "您是本件的拟稿人或报送人，不能签批自己的件。请由代理人签批，或由其他经办人报送。", approval.article
        )
    if _signed_before(approval, step, user):
        return denied("您在本轮已签批过前一层，同一人不能连签两层。请指定代理人。", approval.article)
    return ALLOWED


def subject_of(approval: Approval) -> Any:
    """The paper itself. Papers that have been up are never deleted, so it is always there."""
    return approval.subject


def _authors(approval: Approval) -> set[int]:
    subject = subject_of(approval)
    return route_of(subject).authors(subject)


def _signed_before(approval: Approval, step: ApprovalStep, user: Any) -> bool:
    return any(done.acted_by_id == user.pk for done in approval.steps.all() if done.seq < step.seq)


def _waiting_for(step: ApprovalStep) -> str:
    return f"{step.get_rung_display()}{step.signer.full_name if step.signer else ''}"


@transaction.atomic
def decide(
    approval: Approval,
    decision: str,
    *,
    by: Any,
    at: datetime,
    note: str = "",
    resolution: ScResolution | None = None,
    step_id: int | None = None,
) -> ApprovalStep:
    """Sign the current rung: approve passes the paper up or ends the round, return sends it back with a reason.

    `step_id` is the rung that the signer saw on his screen; where another has decided it meanwhile he is told who.
    Raises `AlreadyDecided` or `Refused`. Exactly one of several simultaneous calls decides.
    """
    locked = Approval.objects.select_for_update().get(pk=approval.pk)
    step = current_step(locked)
    if step is None or (step_id is not None and step.pk != step_id):
        raise AlreadyDecided(_outcome_sentence(locked, step_id))
    _check_signature(locked, step, decision, by=by, at=at, note=note, resolution=resolution)
    _sign(step, decision, by=by, at=at, note=note, resolution=resolution)
    if decision == Decision.RETURN:
        _finish(locked, ChainState.RETURNED, step, by=by, at=at, note=note)
    else:
        _pass_up(locked, step, by=by, at=at, note=note)
    return step


def _check_signature(
    approval: Approval, step: ApprovalStep, decision: str, *, by: Any, at: datetime, note: str, resolution: Any
) -> None:
    may_sign(approval, by, on=local_day(at)).enforce()
    if decision not in Decision.values:
        raise Refused("请选择“同意”或“退回”。", approval.article)
    if decision == Decision.RETURN and not note.strip():
        raise Refused("退回须写明理由，报送单位才知道怎样修改。", approval.article)
    if step.rung == Rung.STANDING_COMMITTEE and resolution is None:
        raise Refused("常委会的决定须登记会议日期和意见。", approval.article)


def _sign(step: ApprovalStep, decision: str, *, by: Any, at: datetime, note: str, resolution: Any) -> None:
    principal = principal_for(step, by, on=local_day(at))
    step.decision, step.acted_by, step.acted_at, step.note = decision, by, at, note.strip()
    step.on_behalf_of = principal if principal != by else None
    step.resolution = resolution
    step.save()
    # The request to sign is answered, for the deputy as well; nobody's inbox keeps counting it.
    Notice.objects.filter(key=f"sign:{step.pk}", read_at__isnull=True).update(read_at=at)


def _pass_up(approval: Approval, step: ApprovalStep, *, by: Any, at: datetime, note: str) -> None:
    following = approval.steps.filter(seq=step.seq + 1).first()
    if following is None:
        _finish(approval, ChainState.APPROVED, step, by=by, at=at, note=note)
        return
    label = f"{step.get_rung_display()}同意"
    record(
        approval.subject,
        "sign",
        by=by,
        at=at,
        label=label,
        note=note,
        article=approval.article,
        on_behalf_of=step.on_behalf_of,
    )
    if _same_person(approval, step, following, by=by, at=at):
        _sign(
            following, Decision.APPROVE, by=by, at=at, note="同一人兼任两层，一次签批（两层均予记录）", resolution=None
        )
        _pass_up(approval, following, by=by, at=at, note=note)
    else:
        _open_step(approval, following.seq, at=at)


def _same_person(approval: Approval, step: ApprovalStep, following: ApprovalStep, *, by: Any, at: datetime) -> bool:
    """AMB-4: the same leader holds both the AM and the DS post of the organ; one signature stands for both."""
    if (step.rung, following.rung) != (Rung.ASSISTING_MEMBER, Rung.DEPUTY_SECRETARY):
        return False
    day = local_day(at)
    return signers(approval.organ_id, step.rung, on=day) == signers(approval.organ_id, following.rung, on=day) == [by]


def _finish(approval: Approval, state: str, step: ApprovalStep, *, by: Any, at: datetime, note: str) -> None:
    approval.state, approval.finished_at = state, at
    approval.save()
    subject, route = subject_of(approval), route_of(subject_of(approval))
    verb = route.approved if state == ChainState.APPROVED else route.returned
    verb(subject, by=by, at=at, note=note, step=step)
    _tell_outcome(approval, step, by=by, at=at, note=note)


def _tell_outcome(approval: Approval, step: ApprovalStep, *, by: Any, at: datetime, note: str) -> None:
    word = "已批准" if approval.state == ChainState.APPROVED else "已退回"
    why = f"，理由：{note.strip().rstrip('。')}" if note.strip() and approval.state == ChainState.RETURNED else ""
    people = [approval.submitted_by, *members(approval.organ_id, Role.ORGAN_HEAD)]
    people += User.objects.filter(pk__in=_authors(approval))
    tell(
        people,
        f"{approval.title}{word}（{step.get_rung_display()}{by.full_name}）{why}。",
        key=f"outcome:{approval.pk}",
        at=at,
        link=paper_url(approval),
        article=approval.article,
    )


# --- taking back ---


def may_withdraw(approval: Approval, user: Any) -> Verdict:
    """The submitter may take the paper back until the next signer has signed."""
    if approval.state != ChainState.RUNNING:
        return denied(_outcome_sentence(approval))
    if user.pk != approval.submitted_by_id:
        return denied(f"只有报送人{approval.submitted_by.full_name}可以撤回。", approval.article)
    signed = [step for step in approval.steps.all() if step.decision]
    if signed:
        return denied(f"{signed[-1].acted_by}已签批，不能再撤回；如需修改，请下一层签批人退回。", approval.article)
    return ALLOWED


@transaction.atomic
def withdraw(approval: Approval, *, by: Any, at: datetime) -> None:
    """Take the paper back to draft; the round stays on record as withdrawn. Raises `Refused`."""
    locked = Approval.objects.select_for_update().get(pk=approval.pk)
    may_withdraw(locked, by).enforce()
    locked.state, locked.finished_at = ChainState.WITHDRAWN, at
    locked.save()
    subject = subject_of(locked)
    route_of(subject).withdrawn(subject, by=by, at=at)


def _outcome_sentence(approval: Approval, step_id: int | None = None) -> str:
    """Who was quicker, in words, for the one who came second."""
    steps = [step for step in approval.steps.select_related("acted_by") if step.decision]
    seen = [step for step in steps if step.pk == step_id] or steps[-1:]
    if seen and seen[0].acted_by is not None and seen[0].acted_at is not None:
        when = seen[0].acted_at.astimezone().strftime("%m月%d日 %H:%M")
        return f"此件已由{seen[0].acted_by.full_name}于{when}{seen[0].get_decision_display()}，无须再办。"
    return f"此件{approval.get_state_display()}，无须再办。"


def told_submission(event: Any, approval: Approval) -> None:
    """Confirm to the submitter where the paper is now."""
    step = current_step(approval)
    if step is not None:
        told_by(event, [approval.submitted_by], f"{approval.title}已送{_waiting_for(step)}。", link=paper_url(approval))


def differences(approval: Approval) -> list[dict[str, str]]:
    """What changed in the text since the round before: label, old words, new words."""
    before = Approval.objects.of(subject_of(approval)).filter(round_no__lt=approval.round_no).last()
    if before is None:
        return []
    labels = dict.fromkeys([*before.content, *approval.content])
    pairs = ((label, before.content.get(label, ""), approval.content.get(label, "")) for label in labels)
    return [{"label": label, "old": old, "new": new} for label, old, new in pairs if old != new]
