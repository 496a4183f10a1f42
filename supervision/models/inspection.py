"""监督检查: what was done at the units, by what method, what leaders did for it, what was nipped in the bud (A9.4-A9.5)."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from simple_history.models import HistoricalRecords

from accounts.models import Organ, SupervisedUnit
from accounts.permissions import visible_organ_ids
from checklists.models import Method
from supervision.models.problem import Problem
from supervision.models.round import OfRoundQuerySet, Round, Team
from supervision.rounds.states import ActivityKind, GuidanceKind, ReminderKind, WorkingPaperStep

USER = settings.AUTH_USER_MODEL


class InspectionActivity(models.Model):
    """One entry of the log: where, when, by which method, who took part, what was seen (A9.4a)."""

    round = models.ForeignKey(Round, models.PROTECT, related_name="activities")
    organ = models.ForeignKey(Organ, models.PROTECT, related_name="+", verbose_name="登记单位")
    team = models.ForeignKey(
        Team, models.PROTECT, null=True, blank=True, related_name="activities", verbose_name="检查组"
    )
    unit = models.ForeignKey(
        SupervisedUnit, models.PROTECT, null=True, blank=True, related_name="activities", verbose_name="单位"
    )
    held_on = models.DateField("日期")
    method = models.ForeignKey(Method, models.PROTECT, related_name="+", verbose_name="方式")
    kind = models.CharField("类别", max_length=20, choices=ActivityKind.choices, default=ActivityKind.ROUTINE)
    place = models.CharField("地点", max_length=120, blank=True)
    participants = models.CharField("参加人员", max_length=300, blank=True)
    findings = models.TextField("了解到的情况", blank=True)
    created_by = models.ForeignKey(USER, models.PROTECT, related_name="+", verbose_name="登记人")
    created_at = models.DateTimeField()
    history = HistoricalRecords()

    objects = OfRoundQuerySet.as_manager()

    class Meta:
        ordering = ("-held_on", "-pk")

    def __str__(self) -> str:
        return f"{self.held_on:%Y-%m-%d} {self.method}{'，' + str(self.unit) if self.unit else ''}"


class LeaderGuidance(models.Model):
    """DS or AM guides, asks for progress, removes an obstacle, leads a team (A9.4b)."""

    round = models.ForeignKey(Round, models.PROTECT, related_name="guidance")
    leader = models.ForeignKey(USER, models.PROTECT, related_name="+", verbose_name="领导")
    given_on = models.DateField("日期")
    kind = models.CharField("类别", max_length=20, choices=GuidanceKind.choices)
    content = models.TextField("内容")
    result = models.TextField("落实结果", blank=True)
    created_by = models.ForeignKey(USER, models.PROTECT, related_name="+")
    created_at = models.DateTimeField()

    objects = OfRoundQuerySet.as_manager()

    class Meta:
        ordering = ("-given_on", "-pk")

    def __str__(self) -> str:
        return f"{self.leader}{self.get_kind_display()}"


class CorrectionReminder(models.Model):
    """纠偏提醒 about a general problem: an interview or criticism, answered and corrected (A9.5)."""

    round = models.ForeignKey(Round, models.PROTECT, null=True, blank=True, related_name="reminders")
    problem = models.ForeignKey(Problem, models.PROTECT, related_name="reminders", verbose_name="问题")
    organ = models.ForeignKey(Organ, models.PROTECT, related_name="+", verbose_name="提醒单位")
    kind = models.CharField("方式", max_length=20, choices=ReminderKind.choices)
    reminded = models.CharField("提醒对象（单位或职务）", max_length=120)
    given_on = models.DateField("日期")
    given_by = models.CharField("谈话人", max_length=60)
    authority_organ = models.CharField("有干部管理权限的单位", max_length=120, blank=True)
    authority_informed_on = models.DateField("告知日期", null=True, blank=True)
    response = models.TextField("对方态度和措施", blank=True)
    corrected_on = models.DateField("改正日期", null=True, blank=True)
    created_by = models.ForeignKey(USER, models.PROTECT, related_name="+")
    created_at = models.DateTimeField()
    history = HistoricalRecords()

    class Meta:
        ordering = ("-given_on", "-pk")
        constraints = (
            models.CheckConstraint(
                condition=Q(corrected_on__isnull=True) | Q(corrected_on__gte=models.F("given_on")),
                name="corrected_after_reminded",
            ),
        )

    def __str__(self) -> str:
        return f"{self.given_on:%Y-%m-%d} {self.get_kind_display()}：{self.reminded}"


class WorkingPaperQuerySet(OfRoundQuerySet):
    """Reads over 底稿."""

    def of_organs(self, user: Any) -> WorkingPaperQuerySet:
        """Papers that the user's own organs drew up."""
        return self.filter(organ_id__in=visible_organ_ids(user))


class WorkingPaper(models.Model):
    """问题底稿: facts with their sample, drawn up by one, reviewed by another, then a problem or not."""

    round = models.ForeignKey(Round, models.PROTECT, related_name="papers")
    organ = models.ForeignKey(Organ, models.PROTECT, related_name="+", verbose_name="起草单位")
    unit = models.ForeignKey(SupervisedUnit, models.PROTECT, related_name="+", verbose_name="被监督单位")
    team = models.ForeignKey(Team, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="检查组")
    title = models.CharField("事项", max_length=200)
    facts = models.TextField("事实和证据")
    basis = models.TextField("对照的规定", blank=True)
    sample_count = models.PositiveIntegerField("抽查数", null=True, blank=True)
    failed_count = models.PositiveIntegerField("不合格数", null=True, blank=True)
    unit_opinion = models.TextField("被监督单位意见", blank=True)
    step = models.CharField("状态", max_length=20, choices=WorkingPaperStep.choices, default=WorkingPaperStep.DRAFT)
    reviewed_by = models.ForeignKey(USER, models.PROTECT, null=True, related_name="+", verbose_name="复核人")
    reviewed_at = models.DateTimeField("复核时间", null=True)
    review_note = models.TextField("复核意见", blank=True)
    problem = models.OneToOneField(Problem, models.PROTECT, null=True, blank=True, related_name="working_paper")
    created_by = models.ForeignKey(USER, models.PROTECT, related_name="+", verbose_name="起草人")
    created_at = models.DateTimeField()
    history = HistoricalRecords()

    objects = WorkingPaperQuerySet.as_manager()

    class Meta:
        ordering = ("-pk",)
        constraints = (
            models.CheckConstraint(
                condition=Q(reviewed_by__isnull=True) | ~Q(reviewed_by=models.F("created_by")),
                name="paper_reviewed_by_another",
            ),
            models.CheckConstraint(
                condition=Q(reviewed_by__isnull=True, reviewed_at__isnull=True)
                | Q(reviewed_by__isnull=False, reviewed_at__isnull=False),
                name="paper_reviewed_by_and_at",
            ),
            models.CheckConstraint(
                condition=Q(failed_count__isnull=True) | Q(failed_count__lte=models.F("sample_count")),
                name="no_more_failures_than_samples",
            ),
        )

    def __str__(self) -> str:
        return f"底稿：{self.title}"
