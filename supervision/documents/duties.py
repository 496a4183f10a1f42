"""A reply is a duty with a day: whoever wrote the document sees to it that the unit answers every point (A9.7e)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from accounts.calendar import noon
from accounts.duties import DutyKind, Owed, Proof, declare
from accounts.models import Duty
from supervision.documents.kinds import DocumentStep
from supervision.documents.rules import documents_with_open_points
from supervision.models import DocumentReply, IssuedDocument


def owed(day: date) -> Iterator[Owed]:
    """Documents that were served by that day and wait for their reply."""
    rows = IssuedDocument.objects.filter(step__in=(DocumentStep.SERVED, DocumentStep.REPLIED), served_on__lte=day)
    for row in rows.filter(reply_due_on__isnull=False).select_related("organ", "unit").iterator(500):
        assert row.reply_due_on is not None and row.served_on is not None
        yield Owed(row.organ, f"督促{row.unit}书面回复{row.doc_no}《{row}》"[:300], row.reply_due_on, row.served_on,
                   period=str(row.served_on.year), subject=row, link=row.get_absolute_url())  # fmt: skip


def proofs(duties: Sequence[Duty]) -> Mapping[int, Proof]:
    """The day of the last reply, where no point is left unanswered; three queries for any number of documents."""
    ids = [duty.subject_id for duty in duties]
    replies = DocumentReply.objects.filter(document_id__in=ids).order_by("received_on", "pk")
    last = dict(replies.values_list("document_id", "received_on"))
    open_ = documents_with_open_points(list(last))
    return {
        duty.pk: Proof(noon(last[duty.subject_id]), "已逐项回复", duty.link)
        for duty in duties
        if duty.subject_id in last and duty.subject_id not in open_
    }


declare(
    DutyKind(
        "document_reply", "A9.7e", "书面回复", owed, proofs=proofs,
        summary="以建议书、督办函、整改通知书等反馈问题，督促逐项整改并书面回复",
    )
)  # fmt: skip
