"""Work done in batches of which only counts are kept: declarations checked, clues gone through again."""

from django.db import models
from django.db.models import F, Q

from ledgers.models.registers.base import PAIRS, RegisterRecord, by_day, rule


class DeclarationCheck(RegisterRecord):
    """婚丧喜庆事宜报告集中抽查: one batch with its counts; no person, no family (S0-12)."""

    batch = models.CharField("抽查批次", max_length=120)
    checked_on = models.DateField("抽查日期")
    reported = models.PositiveIntegerField("报告件数")
    checked = models.PositiveIntegerField("抽查件数")
    problems_found = models.PositiveIntegerField("发现问题件数", default=0)

    class Meta:
        ordering = ("-checked_on", "-pk")
        indexes = by_day("checked_on")
        constraints = (
            *PAIRS,
            rule(
                Q(checked__lte=F("reported"), problems_found__lte=F("checked")),
                "declaration_counts_in_order",
                "抽查件数不能多于报告件数，发现问题件数不能多于抽查件数，请核对。",
            ),
        )

    def __str__(self) -> str:
        return self.batch


class ClueReviewBatch(RegisterRecord):
    """线索“逐件过筛”: how many were gone through again and how many taken up again; no clue is named (S0-17)."""

    scope = models.CharField("清理范围", max_length=120)
    reviewed_on = models.DateField("清理日期")
    reviewed = models.PositiveIntegerField("过筛件数")
    reactivated = models.PositiveIntegerField("重新办理件数", default=0)

    class Meta:
        ordering = ("-reviewed_on", "-pk")
        indexes = by_day("reviewed_on")
        constraints = (
            *PAIRS,
            rule(
                Q(reactivated__lte=F("reviewed")),
                "clue_review_counts_in_order",
                "重新办理件数不能多于过筛件数，请核对。",
            ),
        )

    def __str__(self) -> str:
        return f"{self.scope}线索清理"
