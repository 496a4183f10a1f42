"""指示批示台账 (A5.2), the annual deployment (A10.1a) and the division of tasks (A10.1b)."""

from __future__ import annotations

from datetime import date
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from simple_history.models import HistoricalRecords

from accounts.models import Organ, SupervisedUnit
from checklists.models.lists import ChecklistItem, ScopedQuerySet
from checklists.states import InstructionStep


class InstructionQuerySet(ScopedQuerySet):
    """Reads over instruction items."""

    def overdue(self, *, on: date) -> Self:
        """Open after their day."""
        return self.filter(step=InstructionStep.OPEN, due_on__lt=on)


class InstructionItem(models.Model):
    """One instruction followed to its end: measures, due date, progress, bulletin, accountability, look-back (A5.2)."""

    organ = models.ForeignKey(Organ, models.PROTECT, related_name="instructions", verbose_name="跟进单位")
    title = models.CharField("批示内容（摘要）", max_length=200)
    source_doc = models.CharField("来源", max_length=200)
    received_on = models.DateField("收到日期")
    content = models.TextField("内容", blank=True)
    responsible_unit = models.ForeignKey(SupervisedUnit, models.PROTECT, related_name="+", verbose_name="责任单位")
    measures = models.TextField("措施", blank=True)
    due_on = models.DateField("办结时限")
    step = models.CharField("状态", max_length=20, choices=InstructionStep.choices, default=InstructionStep.OPEN)
    closed_on = models.DateField("办结日期", null=True, blank=True)
    notified_on = models.DateField("通报日期", null=True, blank=True)
    accountability = models.TextField("督查问责情况", blank=True)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    history = HistoricalRecords()

    objects = InstructionQuerySet.as_manager()

    class Meta:
        ordering = ("due_on", "pk")
        constraints = (
            models.CheckConstraint(
                condition=Q(step="open", closed_on__isnull=True) | Q(step="closed", closed_on__isnull=False),
                name="instruction_closed_on_with_step",
            ),
        )

    def __str__(self) -> str:
        return self.title


class InstructionProgress(models.Model):
    """A dated entry of progress."""

    item = models.ForeignKey(InstructionItem, models.CASCADE, related_name="progress")
    reported_on = models.DateField("日期")
    text = models.TextField("进展")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        ordering = ("reported_on", "pk")


class InstructionLookBack(models.Model):
    """“回头看” on an instruction; rounds are numbered (S0-6)."""

    item = models.ForeignKey(InstructionItem, models.CASCADE, related_name="look_backs")
    round_no = models.PositiveIntegerField("轮次")
    held_on = models.DateField("日期")
    result = models.TextField("结果")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        ordering = ("item_id", "round_no")
        constraints = (models.UniqueConstraint(fields=("item", "round_no"), name="look_backs_are_numbered"),)


class AnnualDeployment(models.Model):
    """The plenum's yearly deployment of political supervision: one per county and year (A10.1a)."""

    organ = models.ForeignKey(Organ, models.PROTECT, related_name="+")
    year = models.PositiveIntegerField("年度")
    plenum_on = models.DateField("全会日期")
    text = models.TextField("部署内容")
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    history = HistoricalRecords()

    objects = ScopedQuerySet.as_manager()

    class Meta:
        ordering = ("-year",)
        constraints = (models.UniqueConstraint(fields=("organ", "year"), name="one_deployment_per_year"),)


class TaskAssignment(models.Model):
    """任务分解: work given to one organ by a day, out of a listed project or out of a meeting (A10.1b, S0-4)."""

    organ = models.ForeignKey(Organ, models.PROTECT, related_name="tasks", verbose_name="承办单位")
    item = models.ForeignKey(ChecklistItem, models.PROTECT, null=True, related_name="tasks", verbose_name="监督项目")
    source = models.CharField("任务来源", max_length=200, blank=True)  # the meeting that gave it; empty for a project
    source_link = models.CharField(max_length=200, blank=True, editable=False)
    task = models.TextField("任务")
    due_on = models.DateField("完成时限")
    done_on = models.DateField("完成日期", null=True, blank=True)
    result = models.TextField("完成情况", blank=True)
    assigned_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    history = HistoricalRecords()

    objects = ScopedQuerySet.as_manager()

    class Meta:
        ordering = ("due_on", "pk")
        constraints = (
            models.CheckConstraint(
                condition=Q(item__isnull=False) | ~Q(source=""), name="task_says_where_it_comes_from"
            ),
        )

    @property
    def origin(self) -> str:
        """What the task comes from, in words: the listed project, or the meeting."""
        return str(self.item) if self.item_id else self.source
