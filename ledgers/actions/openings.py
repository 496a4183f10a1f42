"""Publication of the list opens the master ledger and the ledger of every organ that keeps one (A6.2a-b)."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.urls import reverse

from accounts.calendar import local_day
from accounts.models import Organ
from accounts.notifications import staff_of, tell
from checklists.models import AnnualChecklist
from checklists.publication import LISTENERS
from checklists.states import ItemStep
from ledgers.models import MasterLedgerEntry, UnitLedger
from ledgers.selectors import tasks_of


def open_ledgers(checklist: AnnualChecklist, by: Any, at: datetime) -> None:
    """Called with each publication, of the first version as of later ones; what is open stays as it is."""
    _open_master(checklist)
    county = Organ.objects.within(checklist.organ.county()).keeping_ledgers()
    for organ in county.active(on=local_day(at)):
        ledger, made = UnitLedger.objects.get_or_create(
            organ=organ, year=checklist.year, defaults={"checklist": checklist, "opened_at": at}
        )
        if made:
            _tell(ledger, at)


def _open_master(checklist: AnnualChecklist) -> None:
    """One row of the master ledger per listed project; a new version brings new tasks and wordings, and loses none."""
    for line in checklist.lines.select_related("item"):
        item = line.item
        told = {"task": item.title, "goal": item.goal, "measures": item.measures}
        MasterLedgerEntry.objects.update_or_create(
            item=item, defaults={"organ_id": item.lead_organ_id, "year": item.year, **told}
        )
    struck = MasterLedgerEntry.objects.filter(year=checklist.year, item__step=ItemStep.WITHDRAWN, progress_note="")
    for row in struck:
        row.progress_note = "已从清单撤销"
        row.save()


def _tell(ledger: UnitLedger, at: datetime) -> None:
    """The organ's people learn that their ledger stands, and with how many tasks."""
    count = len(tasks_of(ledger.organ, ledger.year))
    tasks = f"本单位有{count}项监督任务" if count else "本单位没有清单项目，日常监督发现的问题同样登记"
    tell(staff_of(ledger.organ_id), f"{ledger}已随清单印发建立，{tasks}。请及时登记。", key=f"ledger:{ledger.pk}", at=at,
         link=f"{reverse('ledgers:ledger', args=[ledger.organ_id])}?year={ledger.year}", article="A6.2b")  # fmt: skip


LISTENERS.append(open_ledgers)
