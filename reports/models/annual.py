"""The yearly report to the standing committee, and the hearing at which it was given (A10.4b, A10.4d)."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from simple_history.models import HistoricalRecords

from accounts.models import Organ, ScResolution
from accounts.permissions import visible_organ_ids
from reports.hearings.states import AnnualStep

USER = settings.AUTH_USER_MODEL


class OfCountyQuerySet(models.QuerySet):
    """Reads over records of 党风政风监督室."""

    def visible_to(self, user: Any) -> Any:
        """Those of the organs the user may read."""
        return self.filter(organ_id__in=visible_organ_ids(user))


class AnnualReport(models.Model):
    """全县政治监督综合情况 of one year, one version. A correction after the hearing is a version of its own."""

    organ = models.ForeignKey(Organ, models.PROTECT, related_name="+", verbose_name="党风政风监督室")
    year = models.PositiveIntegerField("年度")
    version = models.PositiveSmallIntegerField("版本", default=1)
    reason = models.CharField("更正理由", max_length=300, blank=True)
    sections = models.JSONField("各部分", default=list)  # [{key, heading, text}], figures as {{key}}
    content = models.JSONField("报送文本", default=dict)  # words, figures with record ids and tables, as submitted
    data_as_of = models.DateTimeField("数据截至", null=True)
    digest = models.CharField("SM3 摘要", max_length=64, blank=True)
    step = models.CharField("状态", max_length=20, choices=AnnualStep.choices, default=AnnualStep.DRAFT)
    approved_at = models.DateTimeField("听取登记时间", null=True)
    resolution = models.ForeignKey(ScResolution, models.PROTECT, null=True, related_name="+", verbose_name="常委会决定")
    edition = models.CharField("适用制度文号", max_length=60, blank=True)
    created_by = models.ForeignKey(USER, models.PROTECT, related_name="+", verbose_name="拟稿人")
    created_at = models.DateTimeField()
    history = HistoricalRecords()

    objects = OfCountyQuerySet.as_manager()

    class Meta:
        ordering = ("-year", "-version")
        constraints = (
            models.UniqueConstraint(fields=("organ", "year", "version"), name="annual_versions_are_numbered"),
            models.UniqueConstraint(
                fields=("organ", "year"),
                condition=Q(step__in=("draft", "returned", "submitted")),
                name="one_annual_report_at_work",
            ),
            models.UniqueConstraint(
                fields=("organ", "year"), condition=Q(step="approved"), name="one_annual_report_in_force"
            ),
            models.CheckConstraint(condition=Q(version=1) | ~Q(reason=""), name="annual_correction_has_its_reason"),
            models.CheckConstraint(
                condition=Q(resolution__isnull=True) | Q(approved_at__isnull=False), name="annual_heard_with_its_moment"
            ),
        )

    def __str__(self) -> str:
        again = f"（第{self.version}版）" if self.version > 1 else ""
        return f"{self.year}年全县政治监督综合情况报告{again}"

    def get_absolute_url(self) -> str:
        """Where the report is written and read."""
        return reverse("reports:annual", args=[self.pk])


class AnnualHearing(models.Model):
    """The standing committee has heard the work of a year; the meeting may be that of the report (A10.4d)."""

    organ = models.ForeignKey(Organ, models.PROTECT, related_name="+", verbose_name="党风政风监督室")
    year = models.PositiveIntegerField("年度")
    resolution = models.ForeignKey(ScResolution, models.PROTECT, related_name="+", verbose_name="常委会决定")
    report = models.ForeignKey(
        AnnualReport, models.PROTECT, null=True, related_name="hearings", verbose_name="年度报告"
    )
    created_by = models.ForeignKey(USER, models.PROTECT, related_name="+")
    created_at = models.DateTimeField()

    objects = OfCountyQuerySet.as_manager()

    class Meta:
        ordering = ("-year",)
        constraints = (models.UniqueConstraint(fields=("organ", "year"), name="one_hearing_per_year"),)

    def __str__(self) -> str:
        return f"{self.year}年县纪委常委会听取政治监督综合汇报"
