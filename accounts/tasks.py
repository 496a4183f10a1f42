"""Periodic jobs: thin entrances; each derives its work from the database, so running twice equals once."""

from datetime import datetime, timedelta

from celery import shared_task
from django.conf import settings
from django.core.mail import send_mail
from django.utils import timezone

from accounts import duties, grants, jobs
from accounts.calendar import local_day
from accounts.models import Notice


def _moment(at: str | None) -> datetime:
    return datetime.fromisoformat(at) if at else timezone.now()


@shared_task
def open_duties(at: str | None = None) -> dict[str, int]:
    """Open the duties owed today and settle the fulfilled ones."""
    day = local_day(_moment(at))
    return {"opened": duties.open_duties(day), "fulfilled": duties.settle_duties()}


@shared_task
def remind_duties(at: str | None = None) -> dict[str, int]:
    """Remind whoever owes an open duty."""
    moment = _moment(at)
    return {"reminded": duties.remind_duties(local_day(moment), at=moment)}


@shared_task
def sync_rights(at: str | None = None) -> dict[str, int]:
    """Let everybody's groups follow the dated assignments."""
    return {"persons": grants.sync_all(on=local_day(_moment(at)))}


@shared_task
def deliver_notices(at: str | None = None) -> dict[str, int]:
    """Empty the outbox: by e-mail where the office has a server and the person an address, else it is told by the inbox."""
    moment, told = _moment(at), 0
    for notice in Notice.objects.untold().select_related("recipient")[:500]:
        if settings.EMAIL_URL and notice.recipient.email:
            send_mail("政治监督工作提醒", notice.sentence, None, [notice.recipient.email], fail_silently=True)
        told += Notice.objects.filter(pk=notice.pk, told_at__isnull=True).update(told_at=moment)
    return {"told": told}


@shared_task
def run_jobs(at: str | None = None) -> dict[str, int]:
    """Do the long work that people ordered."""
    return {"worked": jobs.run_waiting(at=_moment(at))}


@shared_task
def sweep_jobs(at: str | None = None) -> dict[str, int]:
    """Forget long work that was finished a week ago, with the papers it prepared."""
    return {"swept": jobs.forget_finished(before=_moment(at) - timedelta(days=7))}
