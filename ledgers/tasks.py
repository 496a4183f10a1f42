"""Jobs of the ledgers."""

from datetime import datetime, timedelta

from celery import shared_task
from django.utils import timezone

from ledgers.importing import forget_left_behind


@shared_task
def sweep_uploads(at: str | None = None) -> dict[str, int | None]:
    """Throw away uploads of more than a day ago that nobody confirmed."""
    moment = datetime.fromisoformat(at) if at else timezone.now()
    return {"swept": forget_left_behind(before=moment - timedelta(days=1))}
