"""What second looks covered: how many struck-off problems were looked at again, the ground of the rebound rate (A9.8e)."""

from __future__ import annotations

from reports.counting.figure import Figure, declare
from reports.counting.problems import looked_at

declare(
    Figure("look_back_results", "“回头看”核查问题", "个", "A9.8e", looked_at(), organ="look_back__organ_id",
           columns={"look_back__held_on": "日期", "rectification__problem__description": "问题", "finding": "核查情况"},
           page="supervision:problem", page_key="rectification__problem_id",
           joint="rectification__problem__round__participants"),
)  # fmt: skip
