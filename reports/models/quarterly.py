"""季度报告 of an organ, what was signed each time, what was added later, and the county's draft (A10.4a)."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from simple_history.models import HistoricalRecords

from accounts.calendar import local_day
from accounts.models import Organ
from accounts.periods import Period
from accounts.permissions import visible_organ_ids
from reports.quarterly.states import Answer, CountyStep, QuarterlyStep

USER = settings.AUTH_USER_MODEL


class OfOrganQuerySet(models.QuerySet):
    """Reads over papers of an organ."""

    def visible_to(self, user: Any) -> OfOrganQuerySet:
        """Papers of the organs that the user reads."""
        return self.filter(organ_id__in=visible_organ_ids(user))

    def in_quarter(self, period: Period) -> OfOrganQuerySet:
        """Papers of one quarter."""
        return self.filter(year=period.at_year, quarter=period.number)


class OfQuarter(models.Model):
    """What both papers have in common: an organ, a quarter, sections as [{key, heading, text}]."""

    year = models.PositiveIntegerField("年度")
    quarter = models.PositiveSmallIntegerField("季度")
    sections = models.JSONField("正文", default=list)  # texts with figures as {{key}}, so that a draft stays live
    figures = models.JSONField("数据", default=dict)  # key -> value, before, ids: as frozen last
    data_as_of = models.DateTimeField("数据截至", null=True)
    created_at = models.DateTimeField("起草时间")

    objects = OfOrganQuerySet.as_manager()

    class Meta:
        abstract = True

    @property
    def period(self) -> Period:
        """The quarter reported on."""
        return Period.quarter(self.year, self.quarter)

    def text_of(self, key: str) -> str:
        """The stored text of a section, figures still as marks."""
        return next((part["text"] for part in self.sections if part["key"] == key), "")


class QuarterlyReport(OfQuarter):
    """One organ's written report of one quarter. `first_submitted_at` alone decides whether it was in time (AMB-7)."""

    organ = models.ForeignKey(Organ, models.PROTECT, related_name="quarterly_reports", verbose_name="报告单位")
    due_on = models.DateField("报送期限")
    step = models.CharField("状态", max_length=20, choices=QuarterlyStep.choices, default=QuarterlyStep.DRAFT)
    content = models.JSONField(default=dict)  # as signed last, figures written out
    digest = models.CharField("SM3 摘要", max_length=64, blank=True)
    first_submitted_at = models.DateTimeField("首次报送时间", null=True)
    submitted_at = models.DateTimeField("最近报送时间", null=True)
    submitted_by = models.ForeignKey(USER, models.PROTECT, null=True, related_name="+", verbose_name="签字负责人")
    late_reason = models.TextField("逾期原因", blank=True)
    accepted_at = models.DateTimeField("接收时间", null=True)
    accepted_by = models.ForeignKey(USER, models.PROTECT, null=True, related_name="+", verbose_name="接收人")
    # Empty where the product wrote the draft by itself, five working days before the day.
    created_by = models.ForeignKey(USER, models.PROTECT, null=True, related_name="+", verbose_name="起草人")
    history = HistoricalRecords()

    class Meta:
        ordering = ("-year", "-quarter", "organ_id")
        constraints = (
            models.UniqueConstraint(fields=("organ", "year", "quarter"), name="one_quarterly_report_per_organ"),
            models.CheckConstraint(condition=Q(quarter__gte=1, quarter__lte=4), name="quarterly_report_of_a_quarter"),
            models.CheckConstraint(
                condition=Q(step="draft", submitted_at__isnull=True)
                | Q(first_submitted_at__isnull=False, submitted_at__isnull=False, submitted_by__isnull=False)
                & ~Q(step="draft") & ~Q(digest=""),
                name="quarterly_report_sent_with_signature",
            ),
        )  # fmt: skip

    def __str__(self) -> str:
        return f"{self.organ.label}{self.period.label}政治监督工作报告"

    def get_absolute_url(self) -> str:
        """Where the report is read and signed."""
        return reverse("reports:quarterly_report", args=[self.pk])

    @property
    def first_on(self) -> date | None:
        """The day of the first submission in Asia/Shanghai."""
        return local_day(self.first_submitted_at) if self.first_submitted_at else None

    @property
    def is_late(self) -> bool:
        """Whether the first submission came after the due day."""
        return self.first_on is not None and self.first_on > self.due_on


class QuarterlySubmission(models.Model):
    """One signature under one text: kept for good, with what became of it."""

    report = models.ForeignKey(QuarterlyReport, models.PROTECT, related_name="submissions")
    number = models.PositiveSmallIntegerField("次数")
    content = models.JSONField()
    digest = models.CharField("SM3 摘要", max_length=64)
    signed_by = models.ForeignKey(USER, models.PROTECT, related_name="+", verbose_name="签字负责人")
    signed_at = models.DateTimeField("报送时间")
    answer = models.CharField("办理", max_length=20, choices=Answer.choices, blank=True)
    answered_by = models.ForeignKey(USER, models.PROTECT, null=True, related_name="+", verbose_name="办理人")
    answered_at = models.DateTimeField("办理时间", null=True)
    reason = models.TextField("退回理由", blank=True)

    class Meta:
        ordering = ("number",)
        constraints = (
            models.UniqueConstraint(fields=("report", "number"), name="one_quarterly_submission_per_number"),
            models.CheckConstraint(condition=~Q(answer="returned") | ~Q(reason=""), name="quarterly_return_has_its_reason"),
        )  # fmt: skip

    def __str__(self) -> str:
        return f"{self.report}第{self.number}次报送"


class QuarterlyAddendum(models.Model):
    """补正说明: what an accepted report corrects later. The accepted text stays as it was signed."""

    report = models.ForeignKey(QuarterlyReport, models.PROTECT, related_name="addenda")
    number = models.PositiveSmallIntegerField("序号")
    text = models.TextField("补正说明")
    figures = models.JSONField("更正数据", default=list)  # [{key, label, unit, frozen, now}]
    digest = models.CharField("SM3 摘要", max_length=64)
    signed_by = models.ForeignKey(USER, models.PROTECT, related_name="+", verbose_name="签字负责人")
    signed_at = models.DateTimeField("时间")

    class Meta:
        ordering = ("number",)
        constraints = (models.UniqueConstraint(fields=("report", "number"), name="one_addendum_per_number"),)

    def __str__(self) -> str:
        return f"{self.report}补正说明（{self.number}）"


class CountyQuarter(OfQuarter):
    """The county's quarter, one version: figures counted over all organs at once, texts collected from the reports.

    A draft until the head of 党风政风监督室 settles it; a settled one changes only by a further version.
    """

    organ = models.ForeignKey(Organ, models.PROTECT, related_name="county_quarters", verbose_name="汇总单位")
    by_organ = models.JSONField("各单位数据", default=list)  # [{organ, name, values, reported}]
    merged = models.JSONField("已汇总报告", default=dict)  # organ id -> {digest, name, texts}
    missing = models.JSONField("未报送单位", default=list)
    merged_by = models.ForeignKey(USER, models.PROTECT, related_name="+", verbose_name="汇总人")
    version = models.PositiveSmallIntegerField("版本", default=1)
    reason = models.CharField("重新开稿理由", max_length=300, blank=True)
    step = models.CharField("状态", max_length=20, choices=CountyStep.choices, default=CountyStep.DRAFT)
    content = models.JSONField("定稿内容", default=dict)  # words, data table, figures with ids, rows of the organs
    digest = models.CharField("SM3 摘要", max_length=64, blank=True)
    finalised_at = models.DateTimeField("定稿时间", null=True)
    finalised_by = models.ForeignKey(USER, models.PROTECT, null=True, related_name="+", verbose_name="定稿人")
    history = HistoricalRecords()

    class Meta:
        ordering = ("-year", "-quarter", "-version")
        constraints = (
            models.UniqueConstraint(
                fields=("organ", "year", "quarter", "version"), name="county_quarter_versions_are_numbered"
            ),
            models.UniqueConstraint(
                fields=("organ", "year", "quarter"), condition=Q(step="draft"), name="one_county_draft_per_quarter"
            ),
            models.UniqueConstraint(
                fields=("organ", "year", "quarter"), condition=Q(step="final"), name="one_county_quarter_in_force"
            ),
            models.CheckConstraint(
                condition=Q(step="draft", finalised_at__isnull=True)
                | Q(finalised_at__isnull=False, finalised_by__isnull=False) & ~Q(step="draft") & ~Q(digest=""),
                name="county_quarter_is_final_with_its_digest",
            ),
            models.CheckConstraint(condition=Q(version=1) | ~Q(reason=""), name="county_version_has_its_reason"),
        )

    def __str__(self) -> str:
        again = f"（第{self.version}版）" if self.version > 1 else ""
        return f"全县{self.period.label}政治监督工作情况{again}"

    def get_absolute_url(self) -> str:
        """Where the county's draft is read."""
        return reverse("reports:county_quarter", args=[self.pk])
