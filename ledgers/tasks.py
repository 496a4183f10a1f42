"""Jobs of the ledgers."""

from datetime import datetime, timedelta

from accounts.tasks import periodic
from ledgers.importing import forget_left_behind


@periodic()
def sweep_uploads(at: datetime) -> dict[str, int | None]:
    """Throw away uploads of more than a day ago that nobody confirmed."""
    return {"swept": forget_left_behind(before=at - timedelta(days=1))}
