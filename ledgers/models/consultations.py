"""专题会商 of an organ with the Party committees of its units, and the record that becomes the minutes (A10.3a)."""

from __future__ import annotations

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from simple_history.models import HistoricalRecords

from accounts.models import Organ, SupervisedUnit
from ledgers.consulting.states import ConsultationStep
from ledgers.models.entries import LedgerQuerySet
from supervision.models import Problem


class ConsultationQuerySet(LedgerQuerySet):
    """Reads over consultations."""

    def recorded(self) -> Self:
        """Those that count: recorded and not replaced by a corrected version."""
        return self.filter(step=ConsultationStep.RECORDED)


class Consultation(models.Model):
    """One meeting with one or several units: what was told, what was proposed, what the units said, what is followed up."""

    organ = models.ForeignKey(Organ, models.PROTECT, related_name="consultations", verbose_name="会商组织单位")
    units = models.ManyToManyField(SupervisedUnit, related_name="consultations", verbose_name="会商对象")
    held_on = models.DateField("会商日期")
    place = models.CharField("地点", max_length=120, blank=True)
    attendees_organ = models.TextField("本单位参加人员", blank=True)
    attendees_unit = models.TextField("被监督单位参加人员", blank=True)
    common_problems = models.TextField("通报的普遍性问题", blank=True)
    prominent_problems = models.TextField("通报的突出问题", blank=True)
    problems = models.ManyToManyField(Problem, blank=True, related_name="consultations", verbose_name="关联的问题")
    suggestions = models.TextField("整改建议", blank=True)
    unit_statement = models.TextField("单位表态", blank=True)
    political_case = models.BooleanField("发生了违反政治纪律和政治规矩的案件", default=False)
    case_rectification = models.TextField("督促以案促改情况", blank=True)
    follow_up = models.TextField("跟踪问效安排", blank=True)
    follow_up_on = models.DateField("跟踪问效日期", null=True, blank=True)
    followed_up_on = models.DateField("跟踪完成日期", null=True, blank=True)
    follow_up_result = models.TextField("跟踪问效结果", blank=True)
    step = models.CharField("状态", max_length=20, choices=ConsultationStep.choices, default=ConsultationStep.DRAFT)
    version = models.PositiveIntegerField("版次", default=1)
    corrects = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="corrections", verbose_name="更正的记录"
    )
    correction_reason = models.CharField("更正理由", max_length=300, blank=True)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="登记人")
    created_at = models.DateTimeField()
    recorded_at = models.DateTimeField("登记时间", null=True)
    history = HistoricalRecords()

    objects = ConsultationQuerySet.as_manager()

    class Meta:
        ordering = ("-held_on", "-pk")
        indexes = (models.Index(fields=("organ", "held_on"), name="consultation_of_organ"),)
        constraints = (
            models.UniqueConstraint(
                fields=("corrects",), condition=~Q(step="dropped"), name="one_correction_of_a_consultation"
            ),
            models.CheckConstraint(
                condition=Q(corrects__isnull=True) | ~Q(correction_reason=""), name="correction_has_its_reason"
            ),
            models.CheckConstraint(
                condition=~Q(step__in=("recorded", "superseded")) | Q(recorded_at__isnull=False),
                name="recorded_consultation_has_its_moment",
            ),
        )

    def __str__(self) -> str:
        return f"{self.organ.label}{self.held_on:%Y年%-m月%-d日}专题会商"
