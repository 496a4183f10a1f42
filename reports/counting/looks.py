"""What second looks covered: how many struck-off problems were looked at again, the ground of the rebound rate (A9.8e)."""

from __future__ import annotations

from typing import Any

from reports.counting.figure import Figure, Scope, declare
from supervision.models import LookBackResult
from supervision.states import LookBackStep


def _looked_at(scope: Scope) -> Any:
    """Problems that a “回头看” held in the period judged."""
    return LookBackResult.objects.filter(
        look_back__organ_id__in=scope.organs, look_back__held_on__range=scope.days, look_back__step=LookBackStep.HELD
    )


declare(
    Figure("look_back_results", "“回头看”核查问题", "个", "A9.8e", _looked_at, organ="look_back__organ_id",
           columns={"look_back__held_on": "日期", "rectification__problem__description": "问题", "finding": "核查情况"},
           page="supervision:problem", page_key="rectification__problem_id",
           joint="rectification__problem__round__participants"),
)  # fmt: skip
