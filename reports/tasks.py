"""Periodic jobs of the papers of the year: thin entrances; each derives its work from the database."""

from datetime import datetime

from celery import shared_task
from django.utils import timezone

from accounts.calendar import local_day
from accounts.models import work_calendar
from reports.actions import quarterly
from reports.quarterly.deadlines import draft_day, quarter_of


def _moment(at: str | None) -> datetime:
    return datetime.fromisoformat(at) if at else timezone.now()


@shared_task
def draft_quarterly(at: str | None = None) -> dict[str, int]:
    """From five working days before the 25th on: a draft for every organ that owes one and has none (A10.4a)."""
    moment = _moment(at)
    day = local_day(moment)
    if day < draft_day(quarter_of(day), work_calendar()):
        return {"drafted": 0}
    return {"drafted": quarterly.draft_due(at=moment)}
