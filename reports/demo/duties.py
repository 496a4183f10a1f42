"""The demo county's terms as the clock would have opened them, and one organ freed from one, so that 制度对表 is filled."""

from __future__ import annotations

from datetime import datetime

from accounts import duties
from accounts.actions import free_from
from accounts.calendar import local_day
from accounts.models import Duty, User


def build_duties(at: datetime) -> None:
    """Open and settle as the beat does; 党风政风监督室 frees one organ from one prompt, with a reason."""
    duties.open_duties(local_day(at))
    duties.settle_duties()
    waiting = Duty.objects.open().filter(kind="ledger_freshness").order_by("-organ__sort_order").first()
    if waiting is not None:
        free_from(
            waiting,
            by=User.objects.get(username="dangfeng"),
            at=at,
            reason="该街道纪工委本年度没有列入清单的监督项目，台账不再更新。",
        )
