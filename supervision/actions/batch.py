"""One act on many problems: the same rules for each, and an answer that names what was done and what was refused."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db import transaction

from accounts.calendar import local_day, spoken
from accounts.notifications import staff_of, tell
from accounts.permissions import Permission, has
from accounts.workflow import Refused, record
from supervision.actions.failures import set_failure
from supervision.actions.rectification import problem_url, request_extension
from supervision.models import RectificationItem
from supervision.states import FailureKind, RectificationStep

MOST = 200
VERBS = {"remind": "督促提醒", "extend": "申请延期", "failure": "认定整改不力"}


@dataclass
class Outcome:
    """What became of each problem."""

    done: list[RectificationItem] = field(default_factory=list)
    refused: list[tuple[RectificationItem, str]] = field(default_factory=list)


@transaction.atomic
def remind(item: RectificationItem, *, by: Any, at: datetime, note: str) -> None:
    """Urge the supervising organ's people about an open rectification, once a day by one person (A9.8b). Raises `Refused`."""
    fresh = RectificationItem.objects.select_for_update(of=("self",)).select_related("problem__unit").get(pk=item.pk)
    if not (has(by, Permission.DRAFT, fresh.organ_id) or has(by, Permission.COORDINATE, fresh.organ_id)):
        raise Refused("督促提醒由监督单位或党风政风监督室发出。", "A9.8b")
    if fresh.step == RectificationStep.CLOSED:
        raise Refused("该问题已销号，无须提醒。", "A9.8b")
    term = f"整改时限{spoken(fresh.due_on)}，" if fresh.due_on else ""
    people = staff_of(fresh.organ_id).exclude(pk=by.pk)
    new = tell(people, f"{by.full_name}提醒督促{fresh.problem.unit}整改：{fresh.problem}，{term}{note.strip()}".rstrip("，"),
               key=f"remind:{fresh.pk}:{by.pk}:{local_day(at)}", at=at, link=problem_url(fresh.problem), article="A9.8b")  # fmt: skip
    if not new:
        raise Refused("今天已经提醒过，或者本单位没有其他人员，明天可再提醒。", "A9.8b")
    record(fresh, "remind", by=by, at=at, label="督促提醒", note=note.strip(), article="A9.8b")


def act_on_many(
    items: Iterable[RectificationItem], verb: str, *, by: Any, at: datetime, note: str, new_due_on: date | None = None,
    kind: str = "",
) -> Outcome:  # fmt: skip
    """Each problem on its own: a refusal of one leaves the others. Raises `Refused` for what is wrong with all of them."""
    chosen = list(items)
    act = _act(verb, by, at, note, new_due_on, kind)
    if not chosen:
        raise Refused("请至少勾选一个问题。", "A9.8b")
    if len(chosen) > MOST:
        raise Refused(f"一次最多办理{MOST}个问题，请缩小范围。", "A9.8b")
    outcome = Outcome()
    for item in chosen:
        try:
            with transaction.atomic():
                act(item)
            outcome.done.append(item)
        except Refused as refused:
            outcome.refused.append((item, refused.full))
    return outcome


def _act(
    verb: str, by: Any, at: datetime, note: str, new_due_on: date | None, kind: str
) -> Callable[[RectificationItem], Any]:
    if verb == "remind":
        return lambda item: remind(item, by=by, at=at, note=note)
    if verb == "extend":
        if new_due_on is None or not note.strip():
            raise Refused("批量申请延期须填写申请延至的日期和理由。", "A9.8b")
        day = new_due_on
        return lambda item: request_extension(item, by=by, at=at, new_due_on=day, reason=note)
    if verb == "failure":
        if kind not in FailureKind.values:
            raise Refused("请选择整改不力的情形。", "A9.8c")
        return lambda item: set_failure(item, kind, by=by, at=at, reason=note)
    raise Refused("请选择要办理的事项。", "A9.8b")
