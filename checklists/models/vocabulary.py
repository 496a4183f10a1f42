"""Editable vocabularies: basis documents (A1), topics (A5.3), methods of supervision (A8)."""

from django.conf import settings
from django.db import models
from simple_history.models import HistoricalRecords


class BasisDocument(models.Model):
    """A document of a superior or of the office that projects, plans and reports may cite (A1)."""

    title = models.CharField("文件名称", max_length=200)
    issuer = models.CharField("发文机关", max_length=120, blank=True)
    doc_no = models.CharField("文号", max_length=60, blank=True)
    issued_on = models.DateField("发文日期", null=True, blank=True)
    is_active = models.BooleanField("可选用", default=True)
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    history = HistoricalRecords()

    class Meta:
        ordering = ("title",)

    def __str__(self) -> str:
        return f"《{self.title}》{f'（{self.doc_no}）' if self.doc_no else ''}"


class Topic(models.Model):
    """专题 tag, kept by 党风政风监督室 (A5.3)."""

    name = models.CharField("专题", max_length=40, unique=True)
    is_active = models.BooleanField("可选用", default=True)

    class Meta:
        ordering = ("name",)

    def __str__(self) -> str:
        return self.name


class Method(models.Model):
    """监督方式 with its basis; what is not in this table cannot be chosen (A8)."""

    code = models.CharField(max_length=30, unique=True)
    name = models.CharField("监督方式", max_length=40, unique=True)
    basis = models.CharField("依据", max_length=200)
    is_active = models.BooleanField("可选用", default=True)
    history = HistoricalRecords()

    class Meta:
        ordering = ("pk",)

    def __str__(self) -> str:
        return self.name
