"""The office's own Word templates: one in use per kind of paper, older ones kept."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q

from accounts.models import Organ
from accounts.permissions import visible_organ_ids


class TemplateQuerySet(models.QuerySet["PaperTemplate"]):
    """Reads over templates."""

    def visible_to(self, user: Any) -> TemplateQuerySet:
        """Templates of the county in which the user reads."""
        return self.filter(organ_id__in=visible_organ_ids(user))

    def in_use(self, kind: str) -> PaperTemplate | None:
        """The template by which a kind of paper is written as a Word file, if the office has put one in."""
        return self.filter(kind=kind, replaced_at__isnull=True).first()


class PaperTemplate(models.Model):
    """One Word template for one kind of paper, checked when it came in and again before each use."""

    organ = models.ForeignKey(Organ, models.PROTECT, related_name="+", verbose_name="党风政风监督室")
    kind = models.CharField("文种", max_length=40)
    name = models.CharField("文件名", max_length=200)
    file = models.FileField(upload_to="templates/%Y")
    digest = models.CharField("SM3 摘要", max_length=64)
    uploaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="上传人")
    uploaded_at = models.DateTimeField("上传时间")
    replaced_at = models.DateTimeField("停用时间", null=True)

    objects = TemplateQuerySet.as_manager()

    class Meta:
        ordering = ("kind", "-pk")
        constraints = (
            models.UniqueConstraint(
                fields=("kind",), condition=Q(replaced_at__isnull=True), name="one_template_in_use_per_kind"
            ),
        )

    def __str__(self) -> str:
        return self.name
