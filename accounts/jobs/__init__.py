"""Long work outside the request: a row orders it, a periodic job does it, its progress is read from the cache.

Nothing is sent to a broker when work is ordered, so nothing is lost when the broker is away: the beat asks for waiting
rows every few seconds. Where no worker exists (the embedded edition) the order is carried out at once.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.core.cache import cache
from django.core.files.base import ContentFile
from django.db import transaction
from django.db.models import F, Q

from accounts.models import Job, JobState
from accounts.notifications import tell
from accounts.workflow import Refused

logger = logging.getLogger(__name__)
MOST_ATTEMPTS = 3
LOST_AFTER = timedelta(minutes=5)  # a worker that died leaves its row running; work of this office takes seconds
PROGRESS_SECONDS = 3600


@dataclass(frozen=True)
class Outcome:
    """What came of a job: a sentence, and where to go on, or a file to fetch."""

    sentence: str
    link: str = ""
    file: bytes = b""
    file_name: str = ""


Progress = Callable[[int, int], None]
Work = Callable[[Job, datetime, Progress], Outcome]
KINDS: dict[str, Work] = {}


def declare(kind: str, work: Work) -> None:
    """Name the function that does a kind of work; it must be safe to repeat."""
    KINDS[kind] = work


def order(kind: str, *, title: str, by: Any, at: datetime, arguments: dict[str, Any]) -> Job:
    """Put a piece of work on the list. The same order that still waits or runs is answered instead of doubled."""
    waiting = Job.objects.unfinished().filter(kind=kind, owner=by, arguments=arguments).first()
    return waiting or Job.objects.create(kind=kind, title=title[:200], owner=by, arguments=arguments, ordered_at=at)


def run_waiting(*, at: datetime, most: int = 5) -> int:
    """Do what waits, oldest first, and what a lost worker left behind. Returns how many were done or failed."""
    lost = Q(state=JobState.RUNNING, started_at__lt=at - LOST_AFTER)
    rows = Job.objects.filter(Q(state=JobState.WAITING) | lost).order_by("pk").values_list("pk", flat=True)[:most]
    return sum(_run(pk, at) for pk in list(rows))


def run_here(*, at: datetime) -> None:
    """Without a worker (the embedded edition) what was ordered is done at once; with one, this does nothing."""
    if settings.CELERY_TASK_ALWAYS_EAGER:
        run_waiting(at=at)


def _run(pk: int, at: datetime) -> int:
    """Claim one row by a conditional update, so that two workers never do it both."""
    lost = Q(state=JobState.RUNNING, started_at__lt=at - LOST_AFTER)
    claimed = Job.objects.filter(Q(state=JobState.WAITING) | lost, pk=pk).update(
        state=JobState.RUNNING, started_at=at, attempts=F("attempts") + 1
    )
    if not claimed:
        return 0
    job = Job.objects.select_related("owner").get(pk=pk)
    try:
        outcome = _work(job, at)
    except Refused as refused:
        _finish(job, JobState.FAILED, Outcome(refused.full), at)
    except Exception:
        logger.exception("job %s of kind %s failed", job.pk, job.kind)
        again = job.attempts < MOST_ATTEMPTS
        words = (
            "办理时出错，没有写入任何内容，系统会自动再试。"
            if again
            else "多次办理都出错，没有写入任何内容。可以点“再试一次”；仍不行，请把事项名称和时间告诉系统管理员。"
        )
        _finish(job, JobState.WAITING if again else JobState.FAILED, Outcome(words), at)
    else:
        _finish(job, JobState.DONE, outcome, at)
    return 1


def _work(job: Job, at: datetime) -> Outcome:
    if job.attempts > MOST_ATTEMPTS:
        raise Refused("办理中断多次，没有完成。请缩小范围后重新交办。")
    return KINDS[job.kind](job, at, lambda done, total: _say(job.pk, done, total))


def _say(pk: int, done: int, total: int) -> None:
    """How far the work is. Where the cache is away only the bar stands still; the work goes on."""
    with suppress(Exception):
        cache.set(_key(pk), (done, total), PROGRESS_SECONDS)


@transaction.atomic
def _finish(job: Job, state: JobState, outcome: Outcome, at: datetime) -> None:
    job.state, job.sentence, job.link = state, outcome.sentence[:400], outcome.link
    job.finished_at = None if state == JobState.WAITING else at
    if outcome.file:
        job.file.save(f"{job.pk}.bin", ContentFile(outcome.file), save=False)
        job.file_name = outcome.file_name[:200]
    job.save()
    if state != JobState.WAITING:
        tell([job.owner], f"{job.get_state_display()}：{job.title}。{outcome.sentence}"[:400], key=f"job:{job.pk}:{job.attempts}", at=at,
             link=outcome.link)  # fmt: skip


def again(job: Job) -> None:
    """The owner asks for another try of what failed. Raises `Refused` while it is not failed."""
    renewed = Job.objects.filter(pk=job.pk, state=JobState.FAILED).update(
        state=JobState.WAITING, attempts=0, sentence="", finished_at=None
    )
    if not renewed:
        raise Refused("这项工作没有失败，无须再试。")


def progress_of(ids: Iterable[int]) -> dict[int, tuple[int, int]]:
    """Job -> (done, total) as last said by the worker; absent while nothing was said, or while the cache is away."""
    keys = {_key(pk): pk for pk in ids}
    said: dict[str, tuple[int, int]] = {}
    with suppress(Exception):
        said = cache.get_many(keys) if keys else {}
    return {keys[key]: told for key, told in said.items()}


def _key(pk: int) -> str:
    return f"job-progress-{pk}"


def forget_finished(*, before: datetime) -> int:
    """Remove finished work and its files, so that prepared papers do not pile up. Returns the count."""
    old = list(Job.objects.filter(finished_at__lt=before))
    for job in old:
        job.file.delete(save=False)
        job.delete()
    return len(old)
