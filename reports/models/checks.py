"""What 党风政风监督室 looked at and cleared: a hit of a standing check that needs no mending, for a while (A10.1b)."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from accounts.models import Organ
from checklists.models.lists import ScopedQuerySet


class CheckDismissal(models.Model):
    """已核实，无须处理: which check, which record, what it said then (digest), why, by whom. Written once; hits are never stored."""

    organ = models.ForeignKey(Organ, models.PROTECT, related_name="+", verbose_name="单位")
    check_key = models.CharField("核对项", max_length=40)
    record = models.CharField("记录", max_length=120)
    digest = models.CharField("SM3 摘要", max_length=64)
    text = models.CharField("情况", max_length=400)
    link = models.CharField(max_length=200, blank=True)
    reason = models.CharField("核实情况", max_length=300)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="核实人")
    at = models.DateTimeField("核实时间")

    objects = ScopedQuerySet.as_manager()

    class Meta:
        ordering = ("-at", "-pk")
        indexes = (models.Index(fields=("organ", "check_key", "record"), name="dismissal_of_a_hit"),)
        constraints = (models.CheckConstraint(condition=~models.Q(reason=""), name="dismissal_has_its_reason"),)

    def __str__(self) -> str:
        return self.text
