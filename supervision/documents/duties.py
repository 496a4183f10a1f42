"""A reply is a duty with a day: whoever wrote the document sees to it that the unit answers every point (A9.7e)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time

from accounts.calendar import SHANGHAI
from accounts.duties import DutyKind, Owed, Proof, declare
from accounts.models import Duty
from supervision.documents.kinds import DocumentStep
from supervision.documents.rules import unanswered_points
from supervision.models import DocumentReply, IssuedDocument


def owed(day: date) -> Iterator[Owed]:
    """Documents that were served by that day and wait for their reply."""
    rows = IssuedDocument.objects.filter(step__in=(DocumentStep.SERVED, DocumentStep.REPLIED), served_on__lte=day)
    for row in rows.filter(reply_due_on__isnull=False).select_related("organ", "unit").iterator(500):
        assert row.reply_due_on is not None and row.served_on is not None
        yield Owed(row.organ, f"督促{row.unit}书面回复{row.doc_no}《{row}》"[:300], row.reply_due_on, row.served_on,
                   period=str(row.served_on.year), subject=row, link=row.get_absolute_url())  # fmt: skip


def proof(duty: Duty) -> Proof | None:
    """The day of the reply that left no point unanswered."""
    row = IssuedDocument.objects.filter(pk=duty.subject_id).first()
    last = DocumentReply.objects.filter(document=row).order_by("received_on", "pk").last() if row is not None else None
    if row is None or last is None or unanswered_points(row):
        return None
    return Proof(datetime.combine(last.received_on, time(12), SHANGHAI), "已逐项回复", duty.link)


declare(DutyKind("document_reply", "A9.7e", "书面回复", owed, proof))
