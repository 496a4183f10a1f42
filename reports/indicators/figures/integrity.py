"""Integrity opinions (I1-8, I1-9, I3-12)."""

from __future__ import annotations

from ledgers.models import IntegrityOpinion
from ledgers.register_states import OpinionConclusion, OpinionPurpose
from reports.counting.figure import Figure, declare
from reports.indicators.figures.rows import of_register, register

OPINION = {"replied_on": "回复日期", "official__full_name": "人员", "requester": "征求意见单位"}
_OF_OPINION = of_register("integrity-opinions", OPINION, about_persons=True)
_DAY = "replied_on"

declare(
    Figure("integrity_opinion_person_times", "党风廉政意见回复人次", "人次", "A10.5", register(IntegrityOpinion, _DAY), **_OF_OPINION),
    Figure("unsuitable_opinion_count", "不适宜建议数", "条", "A10.5",
           register(IntegrityOpinion, _DAY, conclusion=OpinionConclusion.UNSUITABLE), **_OF_OPINION),
    Figure("integrity_reply_promotion", "提拔任用党廉回复人次", "人次", "A10.5",
           register(IntegrityOpinion, _DAY, purpose=OpinionPurpose.PROMOTION), **_OF_OPINION),
)  # fmt: skip
