"""How often leaders were briefed (A10.4c)."""

from __future__ import annotations

from typing import Any

from reports.counting.figure import Figure, Scope, declare
from reports.models import Briefing


def _briefings(scope: Scope) -> Any:
    return Briefing.objects.filter(organ_id__in=scope.organs, held_on__range=scope.days)


declare(
    Figure("briefings", "听取汇报", "次", "A10.4c", _briefings, page="reports:briefing",
           columns={"held_on": "日期", "leader__full_name": "听取领导", "organ__name": "主汇报单位"}),
)  # fmt: skip
