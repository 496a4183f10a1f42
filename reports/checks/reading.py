"""What the standing checks find today, without what a person has cleared (A10.1b). Nothing of it is stored."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from accounts.calendar import SHANGHAI
from accounts.limits import Limit
from reports.checks.catalogue import CHECKS, Check, Gravity, Hit
from reports.checks.declared import ORDER
from reports.models import CheckDismissal

CLEARED_DAYS = Limit("check_dismissal_days", 90, "A10.1b", "矛盾核对“已核实，无须处理”多少天内有效")


@dataclass(frozen=True)
class Finding:
    """A hit together with its check."""

    check: Check
    hit: Hit


def findings(organs: Iterable[int], day: date, *, checks: Sequence[str] = ()) -> list[Finding]:
    """Hits of all checks or of some, the gravest and oldest first. The number of queries does not grow with the records."""
    ids = frozenset(organs)
    asked = [CHECKS[key] for key in checks] if checks else list(CHECKS.values())
    cleared = _cleared(ids, day)
    found = [Finding(one, hit) for one in asked for hit in one.rows(ids, day)]
    left = [one for one in found if (one.check.key, one.hit.record, one.hit.digest) not in cleared]
    return sorted(
        left, key=lambda one: (ORDER.index(one.check.gravity), one.hit.since or day, one.check.key, one.hit.record)
    )


def _cleared(organs: frozenset[int], day: date) -> set[tuple[str, str, str]]:
    return set(cleared(organs, day).values_list("check_key", "record", "digest"))


def cleared(organs: Iterable[int], day: date) -> Any:
    """Clearances that still hold on that day, newest first."""
    since = datetime.combine(day - timedelta(days=CLEARED_DAYS.on(day)), time(), SHANGHAI)
    return CheckDismissal.objects.filter(organ_id__in=organs, at__gte=since).order_by("-at", "-pk")


def counted(found: Iterable[Finding]) -> dict[Gravity, int]:
    """How many hits of each gravity, the gravest first, those that do not occur as 0."""
    counts = Counter(one.check.gravity for one in found)
    return {gravity: counts.get(gravity, 0) for gravity in ORDER}
