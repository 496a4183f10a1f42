"""离线整改表: a workbook that goes to a unit without an account and comes back filled in (A9.8a, AMB-8)."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from accounts.models import Organ, SupervisedUnit
from checklists.models.lists import ScopedQuerySet


class ExchangePackage(models.Model):
    """One workbook as it left: what every editable cell said, so that three states can be compared on return."""

    organ = models.ForeignKey(Organ, models.PROTECT, related_name="exchange_packages")
    unit = models.ForeignKey(SupervisedUnit, models.PROTECT, related_name="exchange_packages")
    content = models.JSONField("发出内容")  # rectification id -> field -> text
    digest = models.CharField("校验码", max_length=64)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="发出人")
    made_at = models.DateTimeField("发出时间")

    objects = ScopedQuerySet.as_manager()

    class Meta:
        ordering = ("-pk",)

    def __str__(self) -> str:
        return f"{self.unit}整改表（第{self.pk}号）"


class ExchangeReturn(models.Model):
    """One returned workbook: its sender, what every row says, which cells were refused; then what was taken over."""

    organ = models.ForeignKey(Organ, models.PROTECT, related_name="exchange_returns")
    package = models.ForeignKey(ExchangePackage, models.PROTECT, related_name="returns")
    filename = models.CharField("文件名", max_length=200)
    digest = models.CharField("SM3 摘要", max_length=64)
    sender = models.CharField("填报人", max_length=40)
    sender_post = models.CharField("填报人科室、职务", max_length=120, blank=True)
    content = models.JSONField("填报内容")  # rectification id -> field -> text
    faults = models.JSONField("不能导入的单元格", default=list)  # [{row, cell, sentence}]
    uploaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    uploaded_at = models.DateTimeField("上传时间")
    imported_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    imported_at = models.DateTimeField("导入时间", null=True)
    taken = models.JSONField("已导入", default=list)  # ["id:field"]

    objects = ScopedQuerySet.as_manager()

    class Meta:
        ordering = ("-pk",)
        constraints = (
            models.CheckConstraint(
                condition=Q(imported_at__isnull=True, imported_by__isnull=True)
                | Q(imported_at__isnull=False, imported_by__isnull=False),
                name="return_imported_by_and_at",
            ),
        )

    def __str__(self) -> str:
        return f"{self.package}，{self.sender}填报"
