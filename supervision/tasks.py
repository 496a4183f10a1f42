"""Periodic jobs of supervision: thin entrances; running one twice equals once."""

from datetime import datetime

from celery import shared_task
from django.utils import timezone

from accounts.calendar import local_day
from supervision.reporting.duties import remind_ten_days as remind


@shared_task
def remind_ten_days(at: str | None = None) -> dict[str, int]:
    """Days 5, 8 and 10 after approval: clerk, head, deputy secretary (A9.7a)."""
    moment = datetime.fromisoformat(at) if at else timezone.now()
    return {"reminded": remind(local_day(moment), at=moment)}
