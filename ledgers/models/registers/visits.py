"""Visits without announcement, and alerts that other systems raise and people check."""

from django.db import models
from django.db.models import F, Q

from accounts.models import SupervisedUnit
from ledgers.models.registers.base import PAIRS, FindsProblems, RegisterRecord, by_day, rule
from ledgers.register_states import AlertKind


class UnannouncedVisit(FindsProblems, RegisterRecord):
    """明察暗访: where people went, why, and what they saw."""

    visit_date = models.DateField("日期")
    units = models.ManyToManyField(SupervisedUnit, related_name="+", verbose_name="到访单位")
    theme = models.CharField("主题", max_length=120)
    participants = models.CharField("参加人员", max_length=200, blank=True)
    four_no_two_direct = models.BooleanField("“四不两直”", default=False)
    findings = models.TextField("发现情况", blank=True)

    class Meta:
        ordering = ("-visit_date", "-pk")
        constraints = PAIRS
        indexes = by_day("visit_date")

    def __str__(self) -> str:
        return f"{self.visit_date:%Y-%m-%d}明察暗访：{self.theme}"


class DataAlert(FindsProblems, RegisterRecord):
    """数据预警: typed in by staff; the product has no connection to those systems."""

    kind = models.CharField("预警类别", max_length=30, choices=AlertKind.choices)
    system = models.CharField("来源系统", max_length=80)
    received_on = models.DateField("收到日期")
    unit = models.ForeignKey(SupervisedUnit, models.PROTECT, related_name="+", verbose_name="涉及单位")
    fact = models.TextField("预警情况")
    checked_on = models.DateField("核查日期", null=True, blank=True)
    handled = models.BooleanField("已处理", default=False)
    result = models.TextField("核查结果", blank=True)

    class Meta:
        ordering = ("-received_on", "-pk")
        indexes = by_day("received_on")
        constraints = (
            *PAIRS,
            rule(
                Q(checked_on__isnull=True) | Q(checked_on__gte=F("received_on")),
                "alert_checked_after_received",
                "核查日期早于收到日期，请核对。",
            ),
            rule(
                Q(handled=False) | Q(checked_on__isnull=False),
                "alert_handled_after_check",
                "填为已处理的预警须先填写核查日期。",
            ),
        )

    def __str__(self) -> str:
        return f"{self.received_on:%Y-%m-%d}{self.get_kind_display()}预警"
