"""What a struck-off rectification proves to be paid back or put in order stands in its register too: nobody types it twice (A10.5)."""

from __future__ import annotations

from collections import Counter
from datetime import datetime
from typing import Any

from accounts.models import Attachment
from accounts.workflow import record
from ledgers.books.filling import own_work
from ledgers.books.proven import receipt_of, rule_name
from ledgers.models import InstitutionBuilt, LossRecovered
from ledgers.register_states import InstitutionSource
from supervision.actions import rectification
from supervision.models import ClosureProof, RectificationItem
from supervision.states import ProofKind


def keep_proven(item: RectificationItem, by: Any, at: datetime) -> None:
    """Enter the money and the rules that the evidence names, as of the day of 销号; what the problem has already stays alone.

    A rebound takes nothing back: the money was paid. Struck off again, the same evidence makes no second record.
    """
    problem = item.problem
    money: Counter[Any] = Counter(LossRecovered.objects.filter(problem=problem).values_list("amount", flat=True))
    titles = {
        rule_name(text) for text in InstitutionBuilt.objects.filter(problem=problem).values_list("title", flat=True)
    }
    day: Any = item.closed_on
    proofs: Any = ClosureProof.objects.filter(rectification=item)
    for proof in proofs.select_related("attachment").order_by("pk"):
        if proof.kind == ProofKind.MONEY:
            if money[proof.amount]:
                money[proof.amount] -= 1
                continue
            receipt = receipt_of(problem.code, proof.attachment.name)
            made: Any = LossRecovered(amount=proof.amount, confirmed_on=day, receipt=receipt)
        elif proof.kind == ProofKind.INSTITUTION and rule_name(proof.institution) not in titles:
            titles.add(rule_name(proof.institution))
            made = InstitutionBuilt(title=rule_name(proof.institution), issued_on=day, source=InstitutionSource.PROBLEM)
        else:
            continue
        _keep(made, item, proof, by, at)


def _keep(made: Any, item: RectificationItem, proof: ClosureProof, by: Any, at: datetime) -> None:
    """Under the name of who struck it off, with the file that proves it, for 党风政风监督室 to verify."""
    made.organ_id, made.unit_id, made.problem_id = item.organ_id, item.problem.unit_id, item.problem_id
    made.created_by, made.created_at, made.updated_by, made.updated_at = by, at, by, at
    own_work(made, frozenset())
    made.save()
    made.topics.set(item.problem.topics.all())
    file = proof.attachment
    Attachment.objects.create(
        subject=made, organ_id=item.organ_id, name=file.name, file=file.file.name, content_type=file.content_type,
        size=file.size, digest=file.digest, uploaded_by=file.uploaded_by, uploaded_at=at,
    )  # fmt: skip
    record(made, "enter", by=by, at=at, label="由销号佐证登记", note=f"问题{item.problem.code}", article="A9.8b")


rectification.CLOSED.append(keep_proven)
