"""What was owed and how it was done: duties due in the period, in time, late, still missing (A10.4, A6.2c)."""

from __future__ import annotations

from typing import Any

from django.db.models import F, Q

from accounts.duties.matrix import binding
from accounts.models import Duty
from reports.counting.figure import Figure, Rows, Scope, declare

DUTY = {"due_on": "期限", "title": "事项", "organ__name": "责任单位", "fulfilled_at": "完成时间", "proof": "完成情况"}


def come(scope: Scope) -> Q:
    """What has fallen due by the day of judging, or was done before its day; today's open ones are not late yet."""
    passed = Q(due_on__lte=scope.on) if scope.on == scope.last else Q(due_on__lt=scope.on)
    return passed | Q(fulfilled_at__isnull=False)


def _owed(scope: Scope) -> Any:
    """Duties of the organs whose day lies in the period: as on the page of punctuality, without prompts, without what
    leaders owe themselves, without the excused.
    """
    return binding(Duty.objects.filter(organ_id__in=scope.organs, due_on__range=scope.days, excused_at__isnull=True))


def duties(condition: Q, *kinds: str) -> Rows:
    """Those of them that count, under a condition; of some kinds alone where they are named."""
    named = Q(kind__in=kinds) if kinds else Q()
    return lambda scope: _owed(scope).filter(come(scope), condition, named)


def _ahead(scope: Scope) -> Any:
    return _owed(scope).exclude(come(scope))


IN_TIME = Q(fulfilled_at__date__lte=F("due_on"))
LATE = Q(fulfilled_at__date__gt=F("due_on"))
MISSING = Q(fulfilled_at__isnull=True)
OF_DUTY: dict[str, Any] = {"columns": DUTY, "page": ""}

declare(
    Figure("duties_due", "到期职责", "项", "A10.4", duties(Q()), **OF_DUTY),
    Figure("duties_in_time", "按时完成职责", "项", "A10.4", duties(IN_TIME), **OF_DUTY),
    Figure("duties_late", "逾期完成职责", "项", "A10.4", duties(LATE), **OF_DUTY),
    Figure("duties_ahead", "尚未到期职责", "项", "A10.4", _ahead, **OF_DUTY),
    Figure("duties_missing", "逾期未完成职责", "项", "A10.4", duties(MISSING), **OF_DUTY),
)
