"""Periodic jobs: thin entrances; each derives its work from the database, so running twice equals once."""

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import wraps
from typing import Any

from celery import shared_task
from django.utils import timezone

from accounts import delivery, duties, grants, jobs
from accounts.calendar import local_day
from accounts.jobs import background

Work = Callable[[datetime], Any]


def periodic(*, soft: int = 100, hard: int = 120) -> Callable[[Work], Any]:
    """A task of the schedule: takes `at` as text or nothing, leaves a trace of its run, and is stopped after its limits.

    `soft` and `hard` are seconds; the hard limit stays below the broker's visibility timeout, so that no twin starts.
    """

    def wrap(work: Work) -> Any:
        path = f"{work.__module__}.{work.__name__}"

        @shared_task(name=path, soft_time_limit=soft, time_limit=hard)
        @wraps(work)
        def run(at: str | None = None) -> Any:
            moment = datetime.fromisoformat(at) if at else timezone.now()
            return background.watched(background.name_of(path), lambda: work(moment), at=moment)

        return run

    return wrap


@periodic()
def open_duties(at: datetime) -> dict[str, int]:
    """Open the duties owed today and settle the fulfilled ones."""
    return {"opened": duties.open_duties(local_day(at)), "fulfilled": duties.settle_duties()}


@periodic()
def remind_duties(at: datetime) -> dict[str, int]:
    """Remind whoever owes an open duty, and tell whoever stands above."""
    return {"reminded": duties.remind_duties(local_day(at), at=at)}


@periodic()
def sync_rights(at: datetime) -> dict[str, int]:
    """Let everybody's groups follow the dated assignments."""
    return {"persons": grants.sync_all(on=local_day(at))}


@periodic()
def deliver_notices(at: datetime) -> dict[str, int]:
    """Empty the outbox."""
    return delivery.deliver(at=at)


@periodic()
def run_jobs(at: datetime) -> dict[str, int]:
    """Do the long work that people ordered."""
    return {"worked": jobs.run_waiting(at=at)}


@periodic()
def sweep_jobs(at: datetime) -> dict[str, int]:
    """Forget long work that was finished a week ago, with the papers it prepared."""
    return {"swept": jobs.forget_finished(before=at - timedelta(days=7))}
