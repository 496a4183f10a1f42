"""Long papers are prepared by the worker, while people go on."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from accounts import jobs
from accounts.jobs import Outcome, Progress
from accounts.models import Job, Organ
from accounts.permissions import visible_organ_ids
from accounts.workflow import Refused
from reports.builders import ledgers
from reports.pdf import to_pdf

LONG = 200  # rows of a ledger; above that its PDF takes more than a few seconds
LEDGER = "print_ledger"


def order_ledger(organ: Organ | None, year: int, *, by: Any, at: datetime) -> Job:
    """Hand the PDF of a long ledger to the worker; without an organ it is the master ledger."""
    title = f"{organ.name if organ else ''}{year}年政治监督工作{'' if organ else '总'}台账 PDF"
    arguments = {"organ": organ.pk if organ else None, "year": year}
    return jobs.order(LEDGER, title=title, by=by, at=at, arguments=arguments)


def _print_ledger(job: Job, at: datetime, progress: Progress) -> Outcome:
    """What the person may read now is printed, not what he might read when he ordered it."""
    year, organ_id = job.arguments["year"], job.arguments["organ"]
    visible = visible_organ_ids(job.owner)
    progress(0, 2)
    if organ_id is None:
        paper = ledgers.master_paper(year, visible, on=at.date())
    elif organ_id in visible:
        paper = ledgers.unit_paper(Organ.objects.get(pk=organ_id), year, on=at.date())
    else:
        raise Refused("您已没有查看这个单位台账的权限，没有打印。", "A6.2b")
    progress(1, 2)
    return Outcome("已印好，可以下载。", file=to_pdf(paper), file_name=f"{job.title.removesuffix(' PDF')}.pdf")


jobs.declare(LEDGER, _print_ledger)
