"""工作调度会 with its decisions (S0-4, S1-11, S2-8, S3-12) and the list of key tasks of one month (S0-5)."""

from __future__ import annotations

from datetime import date
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from simple_history.models import HistoricalRecords

from accounts.models import Organ
from accounts.permissions import visible_organ_ids
from checklists.meetings.states import MeetingKind, MeetingStep, MonthStep
from checklists.models.instructions import TaskAssignment
from checklists.models.lists import ChecklistItem, ScopedQuerySet


class MeetingQuerySet(ScopedQuerySet):
    """Reads over meetings."""

    def visible_to(self, user: Any) -> Self:
        """Meetings of the organs the user may read, and held ones that gave one of these organs a task."""
        ids = visible_organ_ids(user)
        tasked = MeetingDecision.objects.filter(organ_id__in=ids, meeting__step=MeetingStep.HELD).values("meeting_id")
        return self.filter(Q(organ_id__in=ids) | Q(pk__in=tasked))

    def held(self) -> Self:
        """Those that took place."""
        return self.filter(step=MeetingStep.HELD)


class Meeting(models.Model):
    """One meeting of one organ: who came, what was discussed, what was decided."""

    organ = models.ForeignKey(Organ, models.PROTECT, related_name="meetings", verbose_name="召集单位")
    kind = models.CharField("类别", max_length=20, choices=MeetingKind.choices, default=MeetingKind.QUARTERLY)
    year = models.PositiveIntegerField("年度")
    quarter = models.PositiveSmallIntegerField("季度", choices=[(n, f"第{'一二三四'[n - 1]}季度") for n in range(1, 5)])
    held_on = models.DateField("会议日期")
    place = models.CharField("地点", max_length=120, blank=True)
    attendees = models.TextField("参加人员", blank=True)
    step = models.CharField("状态", max_length=20, choices=MeetingStep.choices, default=MeetingStep.DRAFT)
    carried = models.JSONField(default=list, blank=True)  # how earlier decisions stood on the day, frozen when held
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="登记人")
    created_at = models.DateTimeField()
    settled_at = models.DateTimeField("登记召开时间", null=True)
    history = HistoricalRecords()

    objects = MeetingQuerySet.as_manager()

    class Meta:
        ordering = ("-held_on", "-pk")
        indexes = (models.Index(fields=("organ", "year", "quarter"), name="meeting_of_quarter"),)
        constraints = (
            models.CheckConstraint(condition=Q(quarter__gte=1, quarter__lte=4), name="meeting_in_one_of_four_quarters"),
            models.CheckConstraint(
                condition=~Q(step="held") | Q(settled_at__isnull=False), name="held_meeting_has_its_moment"
            ),
        )

    def __str__(self) -> str:
        if self.kind == MeetingKind.QUARTERLY:
            return f"{self.organ.label}{self.year}年{self.get_quarter_display()}工作调度会"
        return f"{self.organ.label}{self.held_on:%Y年%-m月%-d日}{self.get_kind_display()}"


class MeetingTopic(models.Model):
    """One matter on the agenda, with the project of the list that it is about where there is one."""

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="topics")
    seq = models.PositiveIntegerField("序号")
    text = models.TextField("研究事项")
    item = models.ForeignKey(
        ChecklistItem, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="涉及项目"
    )

    class Meta:
        ordering = ("meeting_id", "seq")
        constraints = (models.UniqueConstraint(fields=("meeting", "seq"), name="meeting_topics_are_numbered"),)


class MeetingDecision(models.Model):
    """One decision: who does what by when. It becomes a task, once, when the meeting is recorded as held."""

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="decisions")
    seq = models.PositiveIntegerField("序号")
    text = models.TextField("议定事项")
    organ = models.ForeignKey(Organ, models.PROTECT, related_name="+", verbose_name="责任单位")
    due_on = models.DateField("完成时限")
    task = models.OneToOneField(TaskAssignment, models.PROTECT, null=True, related_name="decision")

    class Meta:
        ordering = ("meeting_id", "seq")
        constraints = (models.UniqueConstraint(fields=("meeting", "seq"), name="meeting_decisions_are_numbered"),)


class MonthlyListQuerySet(ScopedQuerySet):
    """Reads over monthly lists."""

    def visible_to(self, user: Any) -> Self:
        """Lists of the organs the user may read, and issued ones that name one of these organs."""
        ids = visible_organ_ids(user)
        named = MonthlyTask.objects.filter(organ_id__in=ids, list__step=MonthStep.ISSUED).values("list_id")
        return self.filter(Q(organ_id__in=ids) | Q(pk__in=named))


class MonthlyList(models.Model):
    """月度重点任务清单 of 党风政风监督室: one per month (S0-5)."""

    organ = models.ForeignKey(Organ, models.PROTECT, related_name="+", verbose_name="印发单位")
    year = models.PositiveIntegerField("年度")
    month = models.PositiveSmallIntegerField("月份")
    step = models.CharField("状态", max_length=20, choices=MonthStep.choices, default=MonthStep.DRAFT)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    created_at = models.DateTimeField()
    issued_at = models.DateTimeField("印发时间", null=True)
    history = HistoricalRecords()

    objects = MonthlyListQuerySet.as_manager()

    class Meta:
        ordering = ("-year", "-month", "-pk")
        constraints = (
            models.UniqueConstraint(fields=("organ", "year", "month"), name="one_list_per_month"),
            models.CheckConstraint(condition=Q(month__gte=1, month__lte=12), name="list_in_one_of_twelve_months"),
            models.CheckConstraint(
                condition=~Q(step="issued") | Q(issued_at__isnull=False), name="issued_list_has_its_moment"
            ),
        )

    def __str__(self) -> str:
        return f"{self.year}年{self.month}月重点任务清单"


class MonthlyTask(models.Model):
    """One line of a list. A line carried over is the same task of the same organ, with its term as it was given."""

    list = models.ForeignKey(MonthlyList, models.CASCADE, related_name="tasks")
    seq = models.PositiveIntegerField("序号")
    task = models.TextField("任务")
    item = models.ForeignKey(
        ChecklistItem, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="涉及项目"
    )
    organ = models.ForeignKey(Organ, models.PROTECT, related_name="+", verbose_name="责任单位")
    due_on = models.DateField("完成时限")
    progress = models.TextField("进展", blank=True)
    progress_on = models.DateField("进展日期", null=True)
    carried_from = models.ForeignKey("self", models.PROTECT, null=True, related_name="carried_to")
    carries = models.PositiveIntegerField("结转次数", default=0)
    assignment = models.ForeignKey(TaskAssignment, models.PROTECT, null=True, related_name="monthly_lines")
    history = HistoricalRecords()

    class Meta:
        ordering = ("list_id", "seq")
        constraints = (
            models.UniqueConstraint(fields=("list", "seq"), name="monthly_tasks_are_numbered"),
            models.UniqueConstraint(fields=("list", "assignment"), name="one_line_per_task_and_month"),
            models.CheckConstraint(
                condition=Q(carried_from__isnull=True, carries=0) | Q(carried_from__isnull=False, carries__gt=0),
                name="carries_count_carried_lines",
            ),
        )

    def __str__(self) -> str:
        return self.task[:60]

    @property
    def done_on(self) -> date | None:
        """The day on which the organ finished it."""
        return self.assignment.done_on if self.assignment else None

    @property
    def mark(self) -> str:
        """What stands before a carried line: 上月结转, with the count from the second time on."""
        if not self.carries:
            return ""
        return "上月结转" if self.carries == 1 else f"上月结转，累计{self.carries}次"
