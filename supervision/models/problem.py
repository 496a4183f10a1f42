"""Problems: found once, read everywhere (A3, A6.2b)."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from simple_history.models import HistoricalRecords

from accounts.models import Organ, SupervisedUnit
from accounts.permissions import visible_organ_ids
from checklists.models import ChecklistItem, Method, Topic
from checklists.states import FocusArea
from supervision.models.round import Round
from supervision.states import (
    Deviation,
    InspectionLevel,
    Nature,
    Origin,
    PhaseFound,
    ResponsibleKind,
    Severity,
    Source,
)


class ProblemQuerySet(models.QuerySet["Problem"]):
    """Reads over problems."""

    def visible_to(self, user: Any) -> ProblemQuerySet:
        """Problems of the organs the user may read, and those found in rounds that such an organ leads; not the removed."""
        ids = visible_organ_ids(user)
        led = Round.objects.filter(organ_id__in=ids).values("pk")
        return self.filter(Q(organ_id__in=ids) | Q(round_id__in=led), removed_at__isnull=True)

    def live(self) -> ProblemQuerySet:
        """Not removed."""
        return self.filter(removed_at__isnull=True)


class Problem(models.Model):
    """发现问题: one problem of one unit, found by one organ, mostly under a project of the list."""

    organ = models.ForeignKey(Organ, models.PROTECT, related_name="problems", verbose_name="监督单位")
    item = models.ForeignKey(
        ChecklistItem, models.PROTECT, null=True, blank=True, related_name="problems", verbose_name="监督任务"
    )
    round = models.ForeignKey(
        Round, models.PROTECT, null=True, blank=True, related_name="problems", verbose_name="监督轮次"
    )
    unit = models.ForeignKey(SupervisedUnit, models.PROTECT, related_name="problems", verbose_name="被监督单位")
    year = models.PositiveIntegerField("年度")
    description = models.TextField("发现问题")
    found_on = models.DateField("发现日期", null=True, blank=True)
    method = models.ForeignKey(Method, models.PROTECT, null=True, blank=True, verbose_name="监督方式")
    source = models.CharField("来源", max_length=30, choices=Source.choices, default=Source.DAILY)
    severity = models.CharField("严重程度", max_length=20, choices=Severity.choices, default=Severity.GENERAL)
    nature = models.CharField("性质", max_length=40, choices=Nature.choices, blank=True)
    focus_area = models.CharField("聚焦方面", max_length=40, choices=FocusArea.choices)
    responsible_kind = models.CharField("责任主体", max_length=30, choices=ResponsibleKind.choices, blank=True)
    phase_found = models.CharField("发现环节", max_length=10, choices=PhaseFound.choices, blank=True)
    substantiated = models.BooleanField("查证属实", default=False)
    concluded_on = models.DateField("查结日期", null=True, blank=True)
    topics = models.ManyToManyField(Topic, blank=True, verbose_name="专题")
    clue_ref = models.CharField("问题线索（编号）", max_length=60, blank=True)
    suggestion = models.TextField("提出意见建议", blank=True)
    handling = models.TextField("处理情况", blank=True)
    handler = models.CharField("责任人", max_length=40, blank=True)
    fixed_on_spot = models.BooleanField("立行立改", default=False)
    concerns_top_leader = models.BooleanField("涉及“一把手”", default=False)
    concerns_team_member = models.BooleanField("涉及班子成员", default=False)
    deviation_aspects = models.JSONField("偏差方面", default=list, blank=True)
    political_deviation = models.CharField("政治偏差", max_length=20, choices=Deviation.choices, default=Deviation.NONE)
    political_analysis = models.TextField("政治视角分析", blank=True)
    repeat_of = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="repeats")
    origin = models.CharField("录入方式", max_length=20, choices=Origin.choices, default=Origin.TYPED)
    origin_note = models.CharField(max_length=200, blank=True)  # file name and digest of an imported workbook
    removed_at = models.DateTimeField(null=True)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="登记人")
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)
    history = HistoricalRecords()

    objects = ProblemQuerySet.as_manager()

    class Meta:
        ordering = ("-found_on", "-pk")
        indexes = (
            models.Index(fields=("organ", "year", "id"), name="problem_of_organ_and_year"),
            models.Index(fields=("-found_on", "-id"), name="problem_by_day"),
            models.Index(fields=("item",), name="problem_of_item"),
        )
        constraints = (
            models.CheckConstraint(
                condition=Q(substantiated=False) | Q(concluded_on__isnull=False),
                name="substantiated_has_its_day",
                violation_error_message="已勾选“查证属实”，请同时填写查结日期。",
            ),
        )

    def __str__(self) -> str:
        return self.description[:60]

    @property
    def code(self) -> str:
        """问题编号 as printed."""
        return f"{self.year}-{self.pk:05d}"


class InspectionFeedbackQuerySet(models.QuerySet["InspectionFeedback"]):
    """Reads over inspection feedback."""

    def visible_to(self, user: Any) -> InspectionFeedbackQuerySet:
        """Feedback to units of the organs the user may read, and what his own organ registered (县委巡察办)."""
        read = Q(unit__organ_id__in=visible_organ_ids(user))
        return self.filter(
            read | Q(created_by__organ_id=user.organ_id, unit__organ__path__startswith=user.organ.county().path)
        )


class InspectionFeedback(models.Model):
    """巡视巡察反馈意见: one item of feedback to one unit; a candidate for a project, and a source of problems (A5.6)."""

    unit = models.ForeignKey(SupervisedUnit, models.PROTECT, related_name="feedback", verbose_name="被巡察单位")
    level = models.CharField("层级", max_length=20, choices=InspectionLevel.choices)
    feedback_on = models.DateField("反馈日期")
    item_no = models.CharField("条目", max_length=20, blank=True)
    text = models.TextField("反馈意见")
    cured_on = models.DateField("整改完成日期", null=True, blank=True)
    problem = models.ForeignKey(Problem, models.SET_NULL, null=True, blank=True, related_name="feedback")
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    history = HistoricalRecords()

    objects = InspectionFeedbackQuerySet.as_manager()

    class Meta:
        ordering = ("-feedback_on", "pk")
        constraints = (
            models.CheckConstraint(
                condition=Q(cured_on__isnull=True) | Q(cured_on__gte=models.F("feedback_on")),
                name="feedback_cured_after_given",
            ),
        )
