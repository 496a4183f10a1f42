"""What waits for 党风政风监督室: accountability, cases, rules and money of a year, by organ (A10.5)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q
from django.urls import reverse

from accounts.permissions import Permission, organ_ids
from accounts.workflow import Verdict
from ledgers.books.register import REGISTERS
from ledgers.rules import may_verify
from supervision.models import AccountabilityAction
from supervision.reporting.accountability import may_verify as may_verify_action

BOOKS = ("cases", "institutions", "losses")
ACCOUNTABILITY = "accountability"
MOST = 500  # of each kind on one page; the rest follows once these are done


@dataclass(frozen=True)
class Waiting:
    """One record that waits, with the answer whether this reader may confirm it now."""

    token: str
    kind: str
    words: str
    day: date
    organ: str
    address: str
    verdict: Verdict


def waiting(user: Any, year: int) -> list[Waiting]:
    """Everything of the year that is not confirmed yet, four queries whatever their number."""
    found = [_of_book(key, record, user) for key in BOOKS for record in _records(key, user, year)]
    return found + [_of_action(action, user) for action in _actions(user, year)]


def ready(user: Any, year: int) -> int:
    """How many records of the year this reader may confirm now, none of them his own entry; one query."""
    mine = Q(created_by=user) | Q(updated_by=user)
    books = [
        _open_records(key, user, year).exclude(mine)
        for key in BOOKS
        if not REGISTERS[key].model.PERSONS or organ_ids(user, Permission.DIRECT)
    ]
    actions = _open_actions(user, year).exclude(organ_id=user.organ_id).exclude(created_by=user)
    return actions.values("pk").union(*(rows.values("pk") for rows in books), all=True).count()


def by_organ(rows: Sequence[Waiting]) -> dict[str, list[Waiting]]:
    """The rows under their organs, in the order in which they come."""
    found: dict[str, list[Waiting]] = defaultdict(list)
    for row in sorted(rows, key=lambda row: (row.organ, row.day)):
        found[row.organ].append(row)
    return dict(found)


def _open_records(key: str, user: Any, year: int) -> Any:
    register = REGISTERS[key]
    rows = register.model.objects.live().filter(
        organ_id__in=organ_ids(user, Permission.COORDINATE), verified_at__isnull=True, **{f"{register.day}__year": year}
    )
    return rows.order_by()


def _records(key: str, user: Any, year: int) -> Any:
    related = ("organ", "unit") if key != "cases" else ("organ",)
    return _open_records(key, user, year).select_related(*related).order_by(REGISTERS[key].day, "pk")[:MOST]


def _open_actions(user: Any, year: int) -> Any:
    return (
        AccountabilityAction.objects.evaluated()
        .filter(organ_id__in=organ_ids(user, Permission.DIRECT), verified_at__isnull=True, decided_on__year=year)
        .order_by()
    )


def _actions(user: Any, year: int) -> Any:
    """Decided actions: about persons, so for the head alone, as the register of accountability itself."""
    return _open_actions(user, year).select_related("organ", "problem").order_by("decided_on", "pk")[:MOST]


def _of_book(key: str, record: Any, user: Any) -> Waiting:
    register = REGISTERS[key]
    address = reverse("ledgers:register_record", args=[key, record.pk])
    return Waiting(f"{key}:{record.pk}", register.label, str(record), getattr(record, register.day), record.organ.name, address,
                   may_verify(record, by=user))  # fmt: skip


def _of_action(action: AccountabilityAction, user: Any) -> Waiting:
    address = reverse("supervision:accountability_decide", args=[action.pk])
    assert action.decided_on is not None
    return Waiting(f"{ACCOUNTABILITY}:{action.pk}", "问责", f"{action}，问题{action.problem.code}", action.decided_on,
                   action.organ.name, address, may_verify_action(action, by=user))  # fmt: skip
