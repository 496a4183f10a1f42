"""“回头看”: a second look at what was struck off, with three answers and a result for each problem (A9.8e)."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from simple_history.models import HistoricalRecords

from accounts.models import Organ, SupervisedUnit
from checklists.models.lists import ScopedQuerySet
from supervision.models.rectification import RectificationItem
from supervision.states import LookBackStep, LookBackVerdict


class LookBack(models.Model):
    """One “回头看” at one unit: planned for a day by risk, held by a team, its report frozen when it is finished."""

    organ = models.ForeignKey(Organ, models.PROTECT, related_name="look_backs", verbose_name="监督单位")
    unit = models.ForeignKey(SupervisedUnit, models.PROTECT, related_name="look_backs", verbose_name="被监督单位")
    planned_on = models.DateField("计划日期")
    reason = models.TextField("安排理由")
    step = models.CharField("状态", max_length=20, choices=LookBackStep.choices, default=LookBackStep.PLANNED)
    held_on = models.DateField("回头看日期", null=True, blank=True)
    team = models.CharField("工作组", max_length=200, blank=True)
    tasks_answer = models.TextField("任务完成怎么样", blank=True)
    rectification_answer = models.TextField("问题整改怎么样", blank=True)
    mechanism_answer = models.TextField("机制建设怎么样", blank=True)
    report_text = models.TextField("回头看报告", blank=True)  # frozen when finished
    report_digest = models.CharField("SM3 摘要", max_length=64, blank=True)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="安排人")
    created_at = models.DateTimeField()
    finished_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    finished_at = models.DateTimeField(null=True)
    history = HistoricalRecords()

    objects = ScopedQuerySet.as_manager()

    class Meta:
        ordering = ("planned_on", "pk")
        indexes = (models.Index(fields=("organ", "step", "planned_on"), name="look_back_of_organ"),)
        constraints = (
            models.CheckConstraint(
                condition=~Q(step="held") | (Q(held_on__isnull=False, finished_at__isnull=False) & ~Q(report_text="")),
                name="look_back_held_with_day_and_report",
            ),
        )

    def __str__(self) -> str:
        return f"{self.unit}“回头看”"


class LookBackResult(models.Model):
    """What the look back found at one problem."""

    look_back = models.ForeignKey(LookBack, models.CASCADE, related_name="results")
    rectification = models.ForeignKey(RectificationItem, models.PROTECT, related_name="look_back_results")
    reasons = models.JSONField("风险", default=list)  # codes of states.Risk at the time of planning
    verdict = models.CharField("结果", max_length=20, choices=LookBackVerdict.choices, blank=True)
    finding = models.TextField("核查情况", blank=True)

    class Meta:
        ordering = ("pk",)
        constraints = (
            models.UniqueConstraint(fields=("look_back", "rectification"), name="a_problem_once_in_a_look_back"),
        )
