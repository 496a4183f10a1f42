"""Jobs of the papers and overviews."""

from datetime import datetime

from celery import shared_task
from django.utils import timezone

from reports.actions import checks


@shared_task
def tell_checks(at: str | None = None) -> dict[str, int]:
    """Every Monday morning: what the standing checks have found, to 党风政风监督室; once a week however often it runs."""
    moment = datetime.fromisoformat(at) if at else timezone.now()
    return {"told": checks.tell_checks(at=moment)}
