"""Evidence of rectification, each piece with its kind (A9.8b)."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db import transaction

from accounts.permissions import Permission, has
from accounts.uploads import attach
from accounts.workflow import Refused, record
from supervision import rules
from supervision.models import ClosureProof, RectificationItem
from supervision.states import ProofKind


@transaction.atomic
def add_proofs(
    item: RectificationItem, uploads: list[Any], *, by: Any, at: datetime, kind: str = "",
    amount: Decimal | None = None, institution: str = "",
) -> list[ClosureProof]:  # fmt: skip
    """Keep one or several files of one kind: all or none. Without a kind a picture is a photo, all else a document.

    `amount` in 元 belongs to 款物退缴, `institution` to 制度建立. Raises `Refused` (A9.8b).
    """
    fresh = RectificationItem.objects.select_for_update(of=("self",)).select_related("problem").get(pk=item.pk)
    if not has(by, Permission.DRAFT, fresh.organ_id):
        raise Refused("佐证材料由本单位人员上传。", "A9.8b")
    rules.is_open(fresh).enforce()
    _whole(kind, amount, institution.strip(), len(uploads))
    made = [_keep(fresh, upload, kind, amount, institution.strip(), by, at) for upload in uploads or [None]]
    words = "、".join(sorted({proof.words for proof in made}))
    record(fresh, "evidence", by=by, at=at, label=f"上传佐证{len(made)}份", note=words, article="A9.8b")
    return made


def _whole(kind: str, amount: Decimal | None, institution: str, count: int) -> None:
    if kind == ProofKind.MONEY and (amount is None or amount <= 0):
        raise Refused("款物退缴须填写金额（元），大于0。", "A9.8b")
    if kind == ProofKind.MONEY and count > 1:
        raise Refused("款物退缴请逐份上传，每份票据填写各自的金额，以免重复计算。", "A9.8b")
    if kind == ProofKind.INSTITUTION and not institution:
        raise Refused("建立制度须填写制度名称。", "A9.8b")


def _keep(
    item: RectificationItem, upload: Any, kind: str, amount: Decimal | None, institution: str, by: Any, at: datetime
) -> ClosureProof:
    file = attach(item, upload, organ_id=item.organ_id, by=by, at=at)
    usual = ProofKind.PHOTO if file.content_type.startswith("image/") else ProofKind.DOCUMENT
    kind = kind or usual
    return ClosureProof.objects.create(
        rectification=item, attachment=file, kind=kind, by=by, at=at,
        amount=amount if kind == ProofKind.MONEY else None,
        institution=institution if kind == ProofKind.INSTITUTION else "",
    )  # fmt: skip
