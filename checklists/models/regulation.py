"""The regulation as data: editions beside each other, articles that are never deleted."""

from django.conf import settings
from django.db import models
from django.db.models import Q


class Edition(models.Model):
    """One edition of the regulation; records made under it keep it."""

    title = models.CharField("名称", max_length=200)
    doc_no = models.CharField("文号", max_length=60, unique=True)
    in_force_from = models.DateField("施行日期")
    is_current = models.BooleanField("现行", default=False)
    loaded_at = models.DateTimeField("载入时间", null=True)
    loaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ("-in_force_from",)
        constraints = (
            models.UniqueConstraint(fields=("is_current",), condition=Q(is_current=True), name="one_current_edition"),
        )

    def __str__(self) -> str:
        return f"《{self.title}》（{self.doc_no}）"


class Article(models.Model):
    """One article or item: its number, our summary, and the office's wording once it is loaded."""

    edition = models.ForeignKey(Edition, models.PROTECT, related_name="articles")
    key = models.CharField("编号", max_length=20)
    parent_key = models.CharField(max_length=20, blank=True)
    seq = models.PositiveIntegerField(default=0)
    chapter = models.CharField("章", max_length=60, blank=True)
    heading = models.CharField("标题", max_length=120, blank=True)
    summary = models.TextField("摘要", blank=True)
    wording = models.TextField("原文", blank=True)

    class Meta:
        ordering = ("edition_id", "seq")
        constraints = (models.UniqueConstraint(fields=("edition", "key"), name="article_once_per_edition"),)

    def __str__(self) -> str:
        return self.key
