"""Periodic jobs of the papers of the year: thin entrances; each derives its work from the database."""

from datetime import datetime

from accounts.calendar import local_day
from accounts.models import work_calendar
from accounts.tasks import periodic
from reports.actions import checks, quarterly
from reports.quarterly.deadlines import draft_day, quarter_of


@periodic()
def tell_checks(at: datetime) -> dict[str, int]:
    """Every Monday morning: what the standing checks have found, to 党风政风监督室; once a week however often it runs."""
    return {"told": checks.tell_checks(at=at)}


@periodic()
def draft_quarterly(at: datetime) -> dict[str, int]:
    """From five working days before the 25th on: a draft for every organ that owes one and has none (A10.4a)."""
    day = local_day(at)
    if day < draft_day(quarter_of(day), work_calendar()):
        return {"drafted": 0}
    return {"drafted": quarterly.draft_due(at=at)}
