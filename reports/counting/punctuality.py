"""What was owed and how it was done: duties due in the period, in time, late, still missing (A10.4, A6.2c)."""

from __future__ import annotations

from typing import Any

from django.db.models import F, Q

from accounts.models import Duty
from reports.counting.figure import Figure, Rows, Scope, declare

DUTY = {"due_on": "期限", "title": "事项", "organ__name": "责任单位", "fulfilled_at": "完成时间", "proof": "完成情况"}


def duties(condition: Q, *kinds: str) -> Rows:
    """Duties whose day lies in the period and has come by the day of judging; excused ones are not counted."""

    def rows(scope: Scope) -> Any:
        due = Duty.objects.filter(
            condition, organ_id__in=scope.organs, due_on__range=(scope.first, min(scope.last, scope.on)),
            excused_at__isnull=True,
        )  # fmt: skip
        return due.filter(kind__in=kinds) if kinds else due

    return rows


IN_TIME = Q(fulfilled_at__date__lte=F("due_on"))
LATE = Q(fulfilled_at__date__gt=F("due_on"))
MISSING = Q(fulfilled_at__isnull=True)
OF_DUTY: dict[str, Any] = {"columns": DUTY, "page": ""}

declare(
    Figure("duties_due", "到期职责", "项", "A10.4", duties(Q()), **OF_DUTY),
    Figure("duties_in_time", "按时完成职责", "项", "A10.4", duties(IN_TIME), **OF_DUTY),
    Figure("duties_late", "逾期完成职责", "项", "A10.4", duties(LATE), **OF_DUTY),
    Figure("duties_missing", "逾期未完成职责", "项", "A10.4", duties(MISSING), **OF_DUTY),
)
