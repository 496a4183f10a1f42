"""What people do with a consultation: write it, record it, correct it, keep its papers, follow it up (A10.3a)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.urls import reverse

from accounts.calendar import local_day, spoken
from accounts.models import Attachment, Organ, SupervisedUnit
from accounts.notifications import members, told_by
from accounts.permissions import Permission, has
from accounts.roles import Role
from accounts.uploads import attach
from accounts.workflow import Refused, move, record
from ledgers.consulting import rules
from ledgers.consulting.states import ConsultationStep
from ledgers.models import Consultation
from supervision.models import Problem
from supervision.rules import are_texts

TEXTS = (
    "place",
    "attendees_organ",
    "attendees_unit",
    "common_problems",
    "prominent_problems",
    "suggestions",
    "unit_statement",
    "case_rectification",
    "follow_up",
)
OTHERS = ("held_on", "political_case", "follow_up_on")


def consultation_url(made: Consultation) -> str:
    """Its page."""
    return reverse("ledgers:consultation", args=[made.pk])


@transaction.atomic
def save_consultation(
    found: Consultation | None,
    *,
    organ: Organ,
    units: Iterable[SupervisedUnit],
    problems: Iterable[Problem] = (),
    by: Any,
    at: datetime,
    **values: Any,
) -> Consultation:
    """Write a draft, or go on with one. Raises `Refused` for strangers, days to come, foreign units and problems."""
    rules.may_hold(by, organ).enforce()
    rules.not_to_come(values["held_on"], on=local_day(at)).enforce()
    units, problems = list(units), list(problems)
    _check_scope(organ, units, problems, values)
    are_texts(*(str(values.get(name) or "") for name in TEXTS)).enforce()
    made = found and Consultation.objects.select_for_update().get(pk=found.pk, organ=organ)
    if made is not None and made.step != ConsultationStep.DRAFT:
        raise Refused(f"“{made}”已经登记，不能直接修改；请用“更正”另立一版，并写明理由。", "A10.3a")
    made = made or Consultation(organ=organ, created_by=by, created_at=at)
    for name in TEXTS:
        setattr(made, name, str(values.get(name) or "").strip())
    for name in OTHERS:
        setattr(made, name, values.get(name) or (False if name == "political_case" else None))
    made.save()
    made.units.set(units)
    made.problems.set(problems)
    return made


def _check_scope(organ: Organ, units: list[Any], problems: list[Any], values: dict[str, Any]) -> None:
    foreign = next((unit for unit in units if unit.organ_id != organ.pk), None)
    if foreign is not None:
        raise Refused(f"{foreign.name}不在{organ.label}的监督范围内，请另选会商对象。", "A4")
    chosen = {unit.pk for unit in units}
    apart = next((row for row in problems if row.organ_id != organ.pk or row.unit_id not in chosen), None)
    if apart is not None:
        raise Refused(f"“{apart}”不是所选会商对象的问题，请取消勾选，或者把该单位选为会商对象。", "A10.3a")
    follow_up_on = values.get("follow_up_on")
    if follow_up_on and follow_up_on < values["held_on"]:
        raise Refused("跟踪问效日期不能早于会商日期。", "A10.3a")


@transaction.atomic
def record_consultation(made: Consultation, *, by: Any, at: datetime) -> Consultation:
    """Lock the record; it counts for its half-year from now on. A corrected version takes the place of the earlier one."""
    along: dict[str, Any] = {"recorded_at": at}
    if made.corrects_id is not None:
        earlier = Consultation.objects.select_for_update().get(pk=made.corrects_id)
        move(earlier, "supersede", by=by, at=at, by_chain=True, note=made.correction_reason)
        along |= {"followed_up_on": earlier.followed_up_on, "follow_up_result": earlier.follow_up_result}
    event = move(made, "record", by=by, at=at, along=along)
    names = "、".join(unit.name for unit in made.units.all())
    told_by(
        event,
        members(made.organ_id, Role.ORGAN_HEAD),
        f"已登记与{names[:80]}的专题会商（{spoken(made.held_on)}）。",
        link=consultation_url(made),
    )
    return made


@transaction.atomic
def correct_consultation(made: Consultation, *, reason: str, by: Any, at: datetime) -> Consultation:
    """Open a corrected version of a recorded one, with its reason; the recorded one stays until the new one is recorded."""
    fresh = Consultation.objects.select_for_update().get(pk=made.pk)
    rules.may_hold(by, fresh.organ).enforce()
    if fresh.step != ConsultationStep.RECORDED:
        raise Refused(f"“{fresh}”当前为“{fresh.get_step_display()}”，只有已登记的会商可以更正。", "A10.3a")
    if not reason.strip():
        raise Refused("更正须写明理由，以便核对前后两版。", "A10.3a")
    are_texts(reason).enforce()
    if fresh.corrections.exclude(step=ConsultationStep.DROPPED).exists():
        raise Refused("这次会商已有一份更正草稿，请在那一份上修改。", "A10.3a")
    copy = Consultation(
        organ=fresh.organ, corrects=fresh, correction_reason=reason.strip()[:300], version=fresh.version + 1,
        created_by=by, created_at=at, followed_up_on=fresh.followed_up_on, follow_up_result=fresh.follow_up_result,
        **{name: getattr(fresh, name) for name in (*TEXTS, *OTHERS)},
    )  # fmt: skip
    copy.save()
    copy.units.set(fresh.units.all())
    copy.problems.set(fresh.problems.all())
    record(fresh, "correct", by=by, at=at, label="更正", note=copy.correction_reason, article="A10.3a")
    return copy


@transaction.atomic
def drop_consultation(made: Consultation, *, by: Any, at: datetime) -> None:
    """Give up a draft; it stays on record as such."""
    move(made, "drop", by=by, at=at)


@transaction.atomic
def attach_minutes(made: Consultation, upload: Any, *, by: Any, at: datetime) -> Attachment:
    """Keep a signed page, a list of those present or a slide with the record. Raises `Refused`."""
    rules.may_hold(by, made.organ).enforce()
    if made.step not in (ConsultationStep.DRAFT, ConsultationStep.RECORDED):
        raise Refused(f"“{made}”{made.get_step_display()}，不能再上传附件；请在现行的一版上传。", "A10.3a")
    kept = attach(made, upload, organ_id=made.organ_id, by=by, at=at, purpose="consultation")
    record(made, "attach", by=by, at=at, label="上传附件", note=kept.name, article="A10.3a")
    return kept


@transaction.atomic
def note_follow_up(made: Consultation, *, done_on: date, result: str, by: Any, at: datetime) -> Consultation:
    """Write what the follow-up found; ends its duty (跟踪问效). Raises `Refused`."""
    fresh = Consultation.objects.select_for_update().get(pk=made.pk)
    if not has(by, Permission.DRAFT, fresh.organ_id):
        raise Refused(f"跟踪问效由{fresh.organ.label}登记。", "A10.3a")
    if fresh.step != ConsultationStep.RECORDED:
        raise Refused("会商登记以后才能登记跟踪问效结果。", "A10.3a")
    if fresh.followed_up_on is not None:
        raise Refused(f"已于{spoken(fresh.followed_up_on)}登记跟踪问效结果，不用重复登记。", "A10.3a")
    if not fresh.held_on <= done_on <= local_day(at):
        raise Refused("跟踪完成日期应在会商日期以后、今天以前。", "A10.3a")
    if not result.strip():
        raise Refused("请写明跟踪问效的结果。", "A10.3a")
    are_texts(result).enforce()
    fresh.followed_up_on, fresh.follow_up_result = done_on, result.strip()
    fresh.save()
    record(fresh, "follow_up", by=by, at=at, label="登记跟踪问效", note=fresh.follow_up_result, article="A10.3a")
    return fresh
