"""Publication of the list opens the master ledger; the organs' ledgers open with their first row (A6.2a-b)."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from checklists.models import AnnualChecklist
from checklists.publication import LISTENERS
from checklists.states import ItemStep
from ledgers.models import MasterLedgerEntry


def open_ledgers(checklist: AnnualChecklist, by: Any, at: datetime) -> None:
    """One row of the master ledger per listed project; a new version brings new tasks and wordings, and loses none."""
    for line in checklist.lines.select_related("item"):
        item = line.item
        MasterLedgerEntry.objects.update_or_create(
            item=item,
            defaults={"organ_id": item.lead_organ_id, "year": item.year, "task": item.title, "measures": item.measures},
        )
    struck = MasterLedgerEntry.objects.filter(year=checklist.year, item__step=ItemStep.WITHDRAWN, progress_note="")
    for row in struck:
        row.progress_note = "已从清单撤销"
        row.save()


LISTENERS.append(open_ledgers)
