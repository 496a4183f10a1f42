"""A long import done by the worker: the same reading and the same writing as in the request, with its progress."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.urls import reverse

from accounts import jobs
from accounts.jobs import Outcome, Progress
from accounts.models import Job
from accounts.workflow import Refused
from ledgers.importing import Preview, preview, remember, take_over
from ledgers.models import ImportRun
from ledgers.sheets import Unreadable

KIND = "import_ledger"


def done_words(run: ImportRun) -> str:
    """What an import did, for the screen."""
    return f"已导入：新增{run.new_count}行，变更{run.changed_count}行。"


def confirm_import(
    run: ImportRun, seen: Preview, *, by: Any, at: datetime, skip_bad_rows: bool, progress: Progress
) -> None:
    """Write what was previewed, keep the chosen columns, throw the file away. Raises `Refused` (A6.2b)."""
    take_over(seen.reading, seen.book, run, by=by, at=at, skip_bad_rows=skip_bad_rows, progress=progress)
    remember(seen.reading, run, by=by)
    run.file.delete(save=True)


def order_import(run: ImportRun, *, by: Any, at: datetime, skip_bad_rows: bool) -> Job:
    """Hand a long import to the worker."""
    title = f"导入{run.organ.label}{run.year}年台账：{run.filename}"
    return jobs.order(KIND, title=title, by=by, at=at, arguments={"run": run.pk, "skip_bad_rows": skip_bad_rows})


def _work(job: Job, at: datetime, progress: Progress) -> Outcome:
    run = ImportRun.objects.select_related("organ").filter(pk=job.arguments["run"]).first()
    if run is None:
        raise Refused("这次导入已被放弃，没有写入任何内容。如仍要导入，请重新上传。")
    link = reverse("ledgers:import_preview", args=[run.pk])
    if run.imported_at is None:
        skip = job.arguments["skip_bad_rows"]
        confirm_import(run, _seen(run), by=job.owner, at=at, skip_bad_rows=skip, progress=progress)
    return Outcome(done_words(run), link)


def _seen(run: ImportRun) -> Preview:
    try:
        with run.file.open("rb") as file:
            return preview(file.read(), run)
    except Unreadable as why:
        raise Refused(why.sentence) from why
    except (OSError, ValueError) as gone:
        raise Refused("上传的文件已不在，没有写入任何内容。请重新上传。") from gone


jobs.declare(KIND, _work)
