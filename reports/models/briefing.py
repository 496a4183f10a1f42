"""听取汇报: what a leader heard from the organs he looks after, and what he asked of them (A10.4c)."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from simple_history.models import HistoricalRecords

from accounts.models import Organ
from accounts.models.signatures import PaperField
from accounts.permissions import visible_organ_ids
from reports.hearings.states import BriefingStep, Trigger
from supervision.models import Round

USER = settings.AUTH_USER_MODEL


class BriefingQuerySet(models.QuerySet["Briefing"]):
    """Reads over briefings."""

    def visible_to(self, user: Any) -> BriefingQuerySet:
        """A leader's own, and those in which an organ was heard whose records the user reads."""
        heard = Briefing.organs.through.objects.filter(organ_id__in=visible_organ_ids(user))
        return self.filter(Q(leader=user) | Q(pk__in=heard.values("briefing_id")))


class Briefing(models.Model):
    """One time that one leader was briefed. What is written here is the newest version; older ones are kept."""

    organ = models.ForeignKey(Organ, models.PROTECT, related_name="+", verbose_name="主汇报单位")
    leader = models.ForeignKey(USER, models.PROTECT, related_name="briefings", verbose_name="听取领导")
    held_on = models.DateField("听取日期", db_index=True)
    trigger = models.CharField("听取事由", max_length=20, choices=Trigger.choices, default=Trigger.QUARTER)
    quarter = models.CharField("对应季度", max_length=6)  # 2026Q1; earlier than held_on where a quarter was made up for
    organs = models.ManyToManyField(Organ, related_name="briefings", verbose_name="汇报单位")
    rounds = models.ManyToManyField(Round, blank=True, related_name="briefings", verbose_name="监督轮次")
    content = models.TextField("汇报内容")
    instructions = models.TextField("领导要求", blank=True)
    step = models.CharField("状态", max_length=20, choices=BriefingStep.choices)
    open_until = models.DateField("核对期限", null=True)  # last day on which the leader corrects without a reason
    version = models.PositiveSmallIntegerField("版本", default=1)
    words = PaperField("登记文本", default=dict)
    digest = models.CharField("SM3 摘要", max_length=64)
    edition = models.CharField("适用制度文号", max_length=60, blank=True)
    created_by = models.ForeignKey(USER, models.PROTECT, related_name="+", verbose_name="登记人")
    created_at = models.DateTimeField("登记时间")
    history = HistoricalRecords()

    objects = BriefingQuerySet.as_manager()

    class Meta:
        ordering = ("-held_on", "-pk")
        indexes = (models.Index(fields=("leader", "quarter", "held_on"), name="briefing_of_quarter"),)
        constraints = (
            models.CheckConstraint(
                condition=Q(step=BriefingStep.RECORDED) | Q(open_until__isnull=False),
                name="entered_for_a_leader_until_a_day",
            ),
            models.CheckConstraint(condition=~Q(content=""), name="briefing_says_something"),
        )

    def __str__(self) -> str:
        return f"{self.leader}{self.held_on:%Y年%-m月%-d日}{self.get_trigger_display()}"

    def get_absolute_url(self) -> str:
        """Where the record is read."""
        return reverse("reports:briefing", args=[self.pk])

    def waits_for_leader(self, *, on: date) -> bool:
        """Whether the leader may still correct, without a reason, what others wrote down for him."""
        return self.step == BriefingStep.ENTERED and self.open_until is not None and on <= self.open_until


class BriefingVersion(models.Model):
    """One version of the record exactly as it was written down, and why it replaced the one before."""

    briefing = models.ForeignKey(Briefing, models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField("版本")
    words = PaperField("登记文本")
    digest = models.CharField("SM3 摘要", max_length=64)
    reason = models.CharField("更正理由", max_length=300, blank=True)
    by = models.ForeignKey(USER, models.PROTECT, related_name="+", verbose_name="登记人")
    at = models.DateTimeField("时间")

    class Meta:
        ordering = ("-number",)
        constraints = (
            models.UniqueConstraint(fields=("briefing", "number"), name="versions_of_a_briefing_are_numbered"),
        )
