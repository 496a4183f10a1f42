"""The outbox: each notice leaves the product once, by e-mail where the office has a server, else it is told by the inbox.

A notice is claimed before it is sent, so that two workers never send it both; one that could not be sent stays untold
and is tried again after a growing pause. Every message bears an id made from its notice: should a machine die between
sending and writing that down, the second message is known as the same one.
"""

from __future__ import annotations

import logging
from datetime import datetime, timedelta
from smtplib import SMTPException, SMTPRecipientsRefused
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.db.models import F, Q

from accounts.models import Notice

logger = logging.getLogger(__name__)
MOST = 200  # messages in one run, well within the limit of a task
CLAIM = timedelta(minutes=10)  # longer than any run: after it the claim of a dead worker is void
FIRST_PAUSE, LONGEST_PAUSE = timedelta(minutes=5), timedelta(hours=24)
SUBJECT = "政治监督工作提醒"


def deliver(*, at: datetime) -> dict[str, int]:
    """Tell what waits. Returns how many were told, and how many could not be sent and wait for another try."""
    waiting = Notice.objects.deliverable(at=at)
    if not settings.EMAIL_URL:
        return {"told": waiting.update(told_at=at)}
    told = waiting.filter(Q(recipient__email="") | Q(recipient__is_active=False)).update(told_at=at)
    sent, failed = _send(list(waiting.order_by("pk").select_related("recipient")[:MOST]), at)
    return {"told": told + sent, "failed": failed}


def pause_after(tries: int) -> timedelta:
    """5 minutes, then twice as long each time, at most a day."""
    return min(FIRST_PAUSE * 2 ** min(max(tries, 1) - 1, 12), LONGEST_PAUSE)


def _send(notices: list[Notice], at: datetime) -> tuple[int, int]:
    """Send what this worker can claim. A refused address costs only its own message; a dead server ends the run."""
    sent = failed = 0
    connection: Any = get_connection(fail_silently=False)
    for notice in notices:
        if not _claimed(notice, at):
            continue
        try:
            _message(notice, connection).send()
        except (SMTPException, OSError, ValueError) as problem:  # ValueError: what stands there is no address
            logger.warning("notice %s could not be sent: %s", notice.pk, type(problem).__name__)
            failed += Notice.objects.filter(pk=notice.pk).update(next_try_at=at + pause_after(notice.tries + 1))
            if not isinstance(problem, (SMTPRecipientsRefused, ValueError)):
                break
        else:
            sent += Notice.objects.filter(pk=notice.pk).update(told_at=at)
    connection.close()
    return sent, failed


def _claimed(notice: Notice, at: datetime) -> bool:
    """A conditional update: whoever comes second finds it claimed."""
    return bool(
        Notice.objects.deliverable(at=at).filter(pk=notice.pk).update(tries=F("tries") + 1, next_try_at=at + CLAIM)
    )


def _message(notice: Notice, connection: Any) -> EmailMessage:
    host = settings.DEFAULT_FROM_EMAIL.rpartition("@")[2].strip("> ") or "localhost"
    return EmailMessage(
        SUBJECT, notice.sentence, None, [notice.recipient.email], connection=connection,
        headers={"Message-ID": f"<notice-{notice.pk}@{host}>"},
    )  # fmt: skip
