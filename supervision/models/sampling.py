"""反向核查: a quarterly draw of struck-off problems that can be computed again from its seed (A9.8b, A9.8e)."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from accounts.models import Organ
from checklists.models.lists import ScopedQuerySet
from supervision.models.rectification import RectificationItem
from supervision.states import SampleVerdict


class SamplingDraw(models.Model):
    """One draw of 党风政风监督室 over its county: seed, weights, the whole population and its digest are kept."""

    organ = models.ForeignKey(Organ, models.PROTECT, related_name="sampling_draws")
    year = models.PositiveIntegerField("年度")
    quarter = models.PositiveSmallIntegerField("季度")
    seed = models.CharField("随机种子", max_length=64)
    size = models.PositiveIntegerField("抽取数")
    weights = models.JSONField("权重")  # code of states.Risk -> added weight
    population = models.JSONField("总体")  # [rectification id, weight], in the order of ids
    digest = models.CharField("SM3 摘要", max_length=64)
    drawn_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="抽取人")
    drawn_at = models.DateTimeField("抽取时间")

    objects = ScopedQuerySet.as_manager()

    class Meta:
        ordering = ("-year", "-quarter", "-pk")
        constraints = (
            models.CheckConstraint(condition=Q(quarter__gte=1, quarter__lte=4), name="draw_of_one_of_four_quarters"),
            models.UniqueConstraint(fields=("organ", "year", "quarter"), name="one_draw_a_quarter"),
        )

    def __str__(self) -> str:
        return f"{self.year}年第{'一二三四'[self.quarter - 1]}季度反向核查"

    @property
    def period(self) -> str:
        """2026Q1."""
        return f"{self.year}Q{self.quarter}"


class SampledItem(models.Model):
    """One drawn problem with what the check found."""

    draw = models.ForeignKey(SamplingDraw, models.PROTECT, related_name="items")
    rectification = models.ForeignKey(RectificationItem, models.PROTECT, related_name="samples")
    position = models.PositiveIntegerField("序号")
    reasons = models.JSONField("风险", default=list)
    verdict = models.CharField("核查结果", max_length=30, choices=SampleVerdict.choices, blank=True)
    finding = models.TextField("核查情况", blank=True)
    checked_on = models.DateField("核查日期", null=True, blank=True)
    checked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    checked_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("position",)
        constraints = (
            models.UniqueConstraint(fields=("draw", "rectification"), name="a_problem_once_in_a_draw"),
            models.CheckConstraint(
                condition=Q(verdict="", checked_on__isnull=True, checked_by__isnull=True)
                | (~Q(verdict="") & Q(checked_on__isnull=False, checked_by__isnull=False)),
                name="sample_checked_with_day_and_person",
            ),
        )
