"""年度政治生态分析报告 and the register of its dispatch (A11)."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from simple_history.models import HistoricalRecords

from accounts.models import Organ, ScResolution
from reports.ecology.states import EcologyStep, Manner, Receiver
from reports.models.appraisal import RestrictedQuerySet

USER = settings.AUTH_USER_MODEL


class EcologyReport(models.Model):
    """One year of the county, one version. `units` are the approved appraisals as they were compiled, word for word.

    `sections` are [{key, heading, text, problems}] in the order of the paper; `missing` names the units without an
    approved appraisal at the time of compiling, `missing_reason` why the report goes up without them.
    """

    organ = models.ForeignKey(Organ, models.PROTECT, related_name="+", verbose_name="党风政风监督室")
    year = models.PositiveIntegerField("年度")
    version = models.PositiveSmallIntegerField("版本", default=1)
    reason = models.CharField("更正理由", max_length=300, blank=True)
    sections = models.JSONField("各部分", default=list)
    units = models.JSONField("汇编的评价", default=list)
    missing = models.JSONField("未纳入单位", default=list)
    missing_reason = models.CharField("未纳入说明", max_length=500, blank=True)
    compiled_at = models.DateTimeField("汇编时间", null=True)
    content = models.JSONField("报送文本", default=dict)
    digest = models.CharField("SM3 摘要", max_length=64, blank=True)
    step = models.CharField("状态", max_length=20, choices=EcologyStep.choices, default=EcologyStep.DRAFT)
    approved_at = models.DateTimeField("通过登记时间", null=True)
    resolution = models.ForeignKey(ScResolution, models.PROTECT, null=True, related_name="+", verbose_name="常委会决定")
    edition = models.CharField("适用制度文号", max_length=60, blank=True)
    created_by = models.ForeignKey(USER, models.PROTECT, related_name="+", verbose_name="拟稿人")
    created_at = models.DateTimeField()
    history = HistoricalRecords()

    objects = RestrictedQuerySet.as_manager()

    class Meta:
        ordering = ("-year", "-version")
        constraints = (
            models.UniqueConstraint(
                fields=("organ", "year", "version"), condition=~Q(step="dropped"), name="ecology_versions_are_numbered"
            ),
            models.UniqueConstraint(
                fields=("organ", "year"),
                condition=Q(step__in=("draft", "returned", "submitted")),
                name="one_ecology_report_at_work",
            ),
            models.UniqueConstraint(
                fields=("organ", "year"),
                condition=Q(step__in=("approved", "dispatched", "filed")),
                name="one_ecology_report_in_force",
            ),
            models.CheckConstraint(condition=Q(version=1) | ~Q(reason=""), name="ecology_correction_has_its_reason"),
            models.CheckConstraint(
                condition=Q(step__in=("draft", "returned", "submitted", "dropped"))
                | Q(resolution__isnull=False, approved_at__isnull=False),
                name="ecology_is_sent_only_by_resolution",
            ),
        )

    def __str__(self) -> str:
        again = f"（第{self.version}版）" if self.version > 1 else ""
        return f"{self.year}年度政治生态分析报告{again}"

    def get_absolute_url(self) -> str:
        """Where it is written, read and sent."""
        return reverse("reports:ecology_report", args=[self.pk])


class DispatchQuerySet(models.QuerySet["EcologyDispatch"]):
    """Reads over dispatched copies."""

    def visible_to(self, user: Any) -> DispatchQuerySet:
        """Those of the reports that the user may open."""
        return self.filter(report__in=EcologyReport.objects.visible_to(user))


class EcologyDispatch(models.Model):
    """One copy that left: to whom, when and how; its receipt; the filing number of 县委组织部."""

    report = models.ForeignKey(EcologyReport, models.PROTECT, related_name="dispatches")
    organ = models.ForeignKey(Organ, models.PROTECT, related_name="+", verbose_name="报送单位")
    receiver = models.CharField("报送对象", max_length=20, choices=Receiver.choices)
    recipient = models.CharField("收件人（单位）", max_length=80)
    sent_on = models.DateField("报送日期")
    manner = models.CharField("报送方式", max_length=20, choices=Manner.choices)
    received_on = models.DateField("回执日期", null=True, blank=True)
    received_by = models.CharField("签收人", max_length=40, blank=True)
    filing_no = models.CharField("备案编号", max_length=60, blank=True)
    created_by = models.ForeignKey(USER, models.PROTECT, related_name="+", verbose_name="登记人")
    created_at = models.DateTimeField()
    history = HistoricalRecords()

    objects = DispatchQuerySet.as_manager()

    class Meta:
        ordering = ("report_id", "sent_on", "pk")
        constraints = (
            models.UniqueConstraint(fields=("report", "receiver", "recipient"), name="one_ecology_copy_per_recipient"),
            models.CheckConstraint(
                condition=Q(received_on__isnull=True, received_by="", filing_no="")
                | (Q(received_on__gte=models.F("sent_on")) & ~Q(received_by="")),
                name="receipt_names_its_day_and_person",
            ),
            models.CheckConstraint(
                condition=Q(received_on__isnull=True)
                | (Q(receiver="organization") & ~Q(filing_no=""))
                | (~Q(receiver="organization") & Q(filing_no="")),
                name="filing_has_its_number",
            ),
        )

    def __str__(self) -> str:
        return f"{self.report}报送{self.recipient}"
