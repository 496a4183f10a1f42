"""The quarter's figures on the desks of leaders and of 党风政风监督室 (A10.1b)."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.urls import reverse

from accounts.desk import Panel, panel
from accounts.periods import Period, PeriodKind
from accounts.permissions import Permission, anywhere, visible_organ_ids
from reports.counting.catalogue import Scope
from reports.overview.spans import Span
from reports.overview.tiles import DESK, tiles


def looks_over(user: Any) -> bool:
    """Whether the user leads or coordinates: others have their own records before them."""
    return user.is_leader or anywhere(user, Permission.COORDINATE)


def quarter(user: Any, day: date) -> Any:
    """Six figures of the running quarter beside the one before."""
    if not looks_over(user):
        return None
    period = Period.of(PeriodKind.QUARTER, day)
    span = Span(period.first, period.last, period)
    scope = Scope.of(visible_organ_ids(user), span.first, span.last, today=day)
    return {"span": span, "tiles": tiles(scope, span.query, keys=DESK), "more": reverse("reports:overview")}


panel(Panel("quarter", "reports/overview/_desk.html", quarter, column="below", order=20))
