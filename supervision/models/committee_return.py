"""退回补充: the standing committee sends a report back, and the day on which it is before the committee again (A9.7a)."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from accounts.models import ScResolution
from supervision.models.report import InspectionReport
from supervision.models.round import Round

USER = settings.AUTH_USER_MODEL


class CommitteeReturnQuerySet(models.QuerySet["CommitteeReturn"]):
    """Reads over returns."""

    def visible_to(self, user: Any) -> CommitteeReturnQuerySet:
        """Those of the rounds the user may read."""
        return self.filter(report__round__in=Round.objects.visible_to(user))

    def of_report(self, report: InspectionReport) -> CommitteeReturnQuerySet:
        """All returns of one report, oldest first."""
        return self.filter(report=report).order_by("pk")


class CommitteeReturn(models.Model):
    """One return by the committee, closed by the further submission; the first submission stays on the report itself."""

    report = models.ForeignKey(InspectionReport, models.PROTECT, related_name="committee_returns")
    resolution = models.ForeignKey(ScResolution, models.PROTECT, related_name="+", verbose_name="会议意见")
    returned_on = models.DateField("退回日期")
    opinion = models.TextField("补充要求")
    returned_by = models.ForeignKey(USER, models.PROTECT, related_name="+", verbose_name="登记人")
    returned_at = models.DateTimeField("登记时间")
    resubmitted_on = models.DateField("再次提交日期", null=True)
    resubmitted_by = models.ForeignKey(USER, models.PROTECT, null=True, related_name="+", verbose_name="再次提交人")

    objects = CommitteeReturnQuerySet.as_manager()

    class Meta:
        ordering = ("report_id", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=("report",), condition=Q(resubmitted_on__isnull=True), name="one_open_return_per_report"
            ),
            models.CheckConstraint(
                condition=Q(resubmitted_on__isnull=True, resubmitted_by__isnull=True)
                | Q(resubmitted_on__gte=F("returned_on"), resubmitted_by__isnull=False),
                name="submitted_again_after_the_return",
            ),
        )

    def __str__(self) -> str:
        return f"{self.returned_on:%Y-%m-%d}退回补充：{self.report}"
