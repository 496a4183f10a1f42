"""Confirming many records at once: each by the rule of one, all or none (A10.5)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.http import Http404

from accounts.permissions import Permission, organ_ids
from accounts.workflow import Refused
from ledgers.actions.books import verify
from ledgers.books.register import REGISTERS
from ledgers.books.verifying import ACCOUNTABILITY, BOOKS
from supervision.actions.reporting.accountability import verify_accountability
from supervision.models import AccountabilityAction


@transaction.atomic
def verify_many(tokens: Sequence[str], *, by: Any, at: datetime) -> int:
    """Confirm the records named as "cases:12"; the first that may not be confirmed refuses them all, by its name.

    Raises `Refused`, and 404 for what does not exist for this reader. Returns how many were confirmed.
    """
    if not tokens:
        raise Refused("请先勾选要核实的记录。", "A10.5")
    for token in dict.fromkeys(tokens):
        record = _named(token, by)
        try:
            (verify_accountability if isinstance(record, AccountabilityAction) else verify)(record, by=by, at=at)
        except Refused as refused:
            raise Refused(
                f"{record}（{record.organ}）：{refused.sentence}全部没有核实，请去掉这一条后再办理。", refused.article
            ) from refused
    return len(set(tokens))


def _named(token: str, by: Any) -> Any:
    key, _, pk = token.partition(":")
    if not (pk.isdecimal() and pk.isascii() and len(pk) < 19):
        raise Http404("no such record")
    if key == ACCOUNTABILITY:
        rows: Any = AccountabilityAction.objects.visible_to(by)
    elif key in BOOKS:
        rows = REGISTERS[key].model.objects.filter(organ_id__in=organ_ids(by, Permission.COORDINATE))
    else:
        raise Http404("no such register")
    found = rows.filter(pk=int(pk)).select_related("organ").first()
    if found is None:
        raise Http404("no such record")
    return found
