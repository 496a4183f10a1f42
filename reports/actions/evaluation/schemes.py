"""The scheme of a year: drafted, sent up to the committee, in force; a change is a new version (A10.5a)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from accounts import approvals, editions
from accounts.calendar import local_day
from accounts.models import Approval, Organ, ScResolutionKind, User
from accounts.notifications import staff_of, told_by
from accounts.permissions import Permission, has
from accounts.roles import CHAIN, Role, Rung
from accounts.workflow import Refused, move, record
from accounts.writing.overtaking import check_seen, last_writer
from reports.actions.versions import dropped
from reports.evaluation import rules
from reports.evaluation.composition import scheme_words
from reports.evaluation.states import UNDER_WAY, Group, SchemeStep
from reports.models import EvaluationScheme

BASIS = "A10.5a"
FIELDS = ("weights", "found_weight", "solved_weight", "groups", "method", "bands", "adjuster", "cutoff", "adjustment_limit",
          "objection_days")  # fmt: skip


def writes(organ: Organ, by: Any) -> None:
    """Raises `Refused` for anybody outside 党风政风监督室."""
    if not (organ.is_cso and has(by, Permission.DRAFT, organ.pk)):
        raise Refused("质效评估由党风政风监督室牵头办理。", BASIS)


@transaction.atomic
def draft_scheme(
    organ: Organ, year: int, values: Mapping[str, Any], *, by: Any, at: datetime, reason: str = ""
) -> EvaluationScheme:
    """Draft the scheme of a year, or the next version of it with its reason. Raises `Refused`."""
    writes(organ, by)
    rules.year_fits(year, local_day(at)).enforce()
    Organ.objects.select_for_update().get(pk=organ.pk)  # of two who press at once the second reads the sentence below
    rows = EvaluationScheme.objects.filter(organ=organ, year=year).exclude(step=SchemeStep.DROPPED)
    last = rows.order_by("-version").first()
    if last is not None and last.step in UNDER_WAY:
        raise Refused(f"{last}{last.get_step_display()}，请在这一版上办理。", BASIS)
    if last is not None and not reason.strip():
        raise Refused(f"{year}年方案已批准并锁定，起草新一版须写明修订理由。", BASIS)
    made = EvaluationScheme(organ=organ, year=year, version=last.version + 1 if last else 1, reason=reason.strip()[:300],
                            edition=editions.in_force(), created_by=by, created_at=at)  # fmt: skip
    _put(made, values)
    record(made, "draft", by=by, at=at, label="起草评估方案", note=made.reason, article=BASIS, to_step=made.step)
    return made


@transaction.atomic
def edit_scheme(
    scheme: EvaluationScheme, values: Mapping[str, Any], *, by: Any, at: datetime, seen: str = ""
) -> EvaluationScheme:
    """Change a draft. Raises `Refused` once it has gone up, and `Overtaken` over a colleague's later save."""
    fresh = EvaluationScheme.objects.select_for_update().select_related("organ").get(pk=scheme.pk)
    writes(fresh.organ, by)
    rules.is_editable(fresh).enforce()
    kept = scheme_words(fresh)
    _put(fresh, values)
    check_seen(seen, kept, scheme_words(fresh), writer=lambda: last_writer(fresh, "draft", "edit"), article=BASIS)
    record(fresh, "edit", by=by, at=at, label="修改", article=BASIS)
    return fresh


@transaction.atomic
def drop_scheme(scheme: EvaluationScheme, *, reason: str, by: Any, at: datetime) -> EvaluationScheme:
    """作废 a draft with its reason: it stays to be read, and the year may be drafted anew. Raises `Refused`."""
    fresh = EvaluationScheme.objects.select_for_update(of=("self",)).select_related("organ").get(pk=scheme.pk)
    writes(fresh.organ, by)
    return dropped(fresh, reason=reason, basis=BASIS, by=by, at=at)  # type: ignore[no-any-return]


def _put(scheme: EvaluationScheme, values: Mapping[str, Any]) -> None:
    for name in FIELDS:
        if name in values:
            setattr(scheme, name, values[name])
    for rule in (rules.weights_fit, rules.bands_fit, rules.groups_fit, rules.cutoff_fits):
        rule(scheme).enforce()
    scheme.save()


@transaction.atomic
def submit_scheme(scheme: EvaluationScheme, *, by: Any, at: datetime) -> Approval:
    """Send the scheme up: head, AM, DS, committee. Raises `Refused` where a rung has no signer."""
    event = move(scheme, "submit", by=by, at=at)
    fresh = EvaluationScheme.objects.select_related("organ").get(pk=scheme.pk)
    approval = approvals.submit(fresh, by=by, at=at)
    approvals.told_submission(event, approval)
    return approval


# --- what the chain causes ---


def _approved(scheme: EvaluationScheme, *, by: Any, at: datetime, note: str, step: Any) -> None:
    """In force and locked; the version before gives way; the organs are told their weights."""
    for older in EvaluationScheme.objects.filter(organ=scheme.organ, year=scheme.year, step=SchemeStep.IN_FORCE):
        move(older, "supersede", by=by, at=at, by_chain=True)
    event = move(scheme, "approve", by=by, at=at, note=note, by_chain=True, on_behalf_of=step.on_behalf_of,
                 along={"approved_at": at, "resolution": step.resolution})  # fmt: skip
    told_by(event, staff_of(scheme.organ_id), f"县纪委常委会已批准{scheme}。", link=scheme.get_absolute_url())
    ids = [pk for group in Group for pk in scheme.members(group)]
    heads = User.objects.filter(organ_id__in=ids, role=Role.ORGAN_HEAD, is_active=True)
    told_by(event, heads, f"{scheme}已批准，请查看指标、权重和数据截止日。", link=f"/evaluation/?year={scheme.year}")


approvals.register_route(
    EvaluationScheme,
    approvals.Route(
        article=BASIS,
        title=str,
        rungs=lambda scheme: (*CHAIN, Rung.STANDING_COMMITTEE),
        snapshot=scheme_words,
        template="",
        approved=_approved,
        authors=approvals.authors_by("draft", "edit"),
        filed="作为本年度质效评估方案，批准后锁定",
        matter=ScResolutionKind.EVALUATION,
    ),
)
