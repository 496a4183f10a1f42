"""Periodic jobs of supervision: thin entrances; running one twice equals once."""

from datetime import datetime

from accounts.calendar import local_day
from accounts.tasks import periodic
from supervision.reporting.duties import remind_ten_days as remind


@periodic()
def remind_ten_days(at: datetime) -> dict[str, int]:
    """Days 5, 8 and 10 after approval: clerk, head, deputy secretary (A9.7a)."""
    return {"reminded": remind(local_day(at), at=at)}
