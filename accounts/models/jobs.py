"""Long work that a worker does while people go on: ordered by a row, shown with its progress, repeated when it failed."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models


class JobState(models.TextChoices):
    """How far a job is."""

    WAITING = "waiting", "等待办理"
    RUNNING = "running", "正在办理"
    DONE = "done", "已完成"
    FAILED = "failed", "未完成"


class JobQuerySet(models.QuerySet["Job"]):
    """Reads over jobs."""

    def visible_to(self, user: Any) -> JobQuerySet:
        """What the person himself ordered."""
        return self.filter(owner=user)

    def unfinished(self) -> JobQuerySet:
        """Waiting or running."""
        return self.filter(state__in=(JobState.WAITING, JobState.RUNNING))


class Job(models.Model):
    """One long piece of work: what, ordered by whom, with what, and what came of it."""

    kind = models.CharField("种类", max_length=40)
    title = models.CharField("事项", max_length=200)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="jobs", verbose_name="交办人")
    arguments = models.JSONField(default=dict)
    state = models.CharField("状态", max_length=10, choices=JobState.choices, default=JobState.WAITING)
    attempts = models.PositiveSmallIntegerField("次数", default=0)
    sentence = models.CharField("结果", max_length=400, blank=True)
    link = models.CharField(max_length=200, blank=True)
    file = models.FileField(upload_to="jobs/%Y/%m", blank=True)
    file_name = models.CharField(max_length=200, blank=True)
    ordered_at = models.DateTimeField("交办时间")
    started_at = models.DateTimeField("开始时间", null=True)
    finished_at = models.DateTimeField("完成时间", null=True)

    objects = JobQuerySet.as_manager()

    class Meta:
        ordering = ("-pk",)
        indexes = (
            models.Index(
                fields=("id",), condition=models.Q(state__in=("waiting", "running")), name="job_not_yet_finished"
            ),
        )

    def __str__(self) -> str:
        return self.title


class Beat(models.Model):
    """One periodic task as it last ran, so that a silent or failing one is seen by people and not in a log only."""

    name = models.CharField("任务", max_length=80, unique=True)  # the key of the schedule
    started_at = models.DateTimeField("上次开始", null=True)
    ok_at = models.DateTimeField("上次成功", null=True)
    failed_at = models.DateTimeField("上次失败", null=True)
    failure = models.CharField("失败原因", max_length=300, blank=True)
    due_at = models.DateTimeField("预计下次", null=True)

    class Meta:
        ordering = ("name",)

    def __str__(self) -> str:
        return self.name
