"""质效评估 of 派驻组 and 乡镇纪委: the scheme, the year's table, each organ's row, its objections. Organs only, never persons (A10.5)."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from simple_history.models import HistoricalRecords

from accounts.models import Organ, ScResolution
from accounts.permissions import Permission, organ_ids, visible_organ_ids
from reports.evaluation.states import (
    EDITABLE,
    NAMES,
    SHOWN,
    Adjuster,
    Answer,
    Group,
    Method,
    ObjectionStep,
    SchemeStep,
    TableStep,
)

USER = settings.AUTH_USER_MODEL
POINTS: dict[str, Any] = {"max_digits": 7, "decimal_places": 2}


class OfOfficeQuerySet(models.QuerySet):
    """Reads over papers of 党风政风监督室."""

    def visible_to(self, user: Any) -> Any:
        """Those of the organs the user reads; what has gone up also for the committee's secretary."""
        tabled = Q(organ_id__in=organ_ids(user, Permission.RECORD_RESOLUTION)) & ~Q(
            step__in=("draft", "returned", "dropped")
        )
        return self.filter(Q(organ_id__in=visible_organ_ids(user)) | tabled)


class EvaluationScheme(models.Model):
    """How one year is evaluated, one version; used only after the committee approved it, and locked from then on.

    Weights and sub-weights are points, together 100; `groups` lists the ids of the organs of each peer group.
    """

    organ = models.ForeignKey(Organ, models.PROTECT, related_name="+", verbose_name="党风政风监督室")
    year = models.PositiveIntegerField("年度")
    version = models.PositiveSmallIntegerField("版本", default=1)
    reason = models.CharField("修订理由", max_length=300, blank=True)
    weights = models.JSONField("权重", default=dict)  # {"E-1": "20"}
    found_weight = models.DecimalField("发现问题子权重", null=True, blank=True, **POINTS)
    solved_weight = models.DecimalField("解决问题子权重", null=True, blank=True, **POINTS)
    groups = models.JSONField("同类组", default=dict)  # {group: [organ id]}
    method = models.CharField("计分方法", max_length=12, choices=Method.choices, default=Method.RELATIVE)
    bands = models.JSONField("分档", default=dict)  # {"E-1": [["1", "5"], ["5", "10"]]}: from value -> points
    adjuster = models.CharField("规模折算", max_length=8, choices=Adjuster.choices, default=Adjuster.NONE, blank=True)
    cutoff = models.DateField("数据截止日")
    adjustment_limit = models.DecimalField("加减分限额", default=Decimal(5), **POINTS)
    objection_days = models.PositiveSmallIntegerField("异议期（天）", default=7)
    step = models.CharField("状态", max_length=12, choices=SchemeStep.choices, default=SchemeStep.DRAFT)
    resolution = models.ForeignKey(ScResolution, models.PROTECT, null=True, related_name="+", verbose_name="常委会决定")
    approved_at = models.DateTimeField("批准登记时间", null=True)
    edition = models.CharField("适用制度文号", max_length=60, blank=True)
    created_by = models.ForeignKey(USER, models.PROTECT, related_name="+", verbose_name="拟稿人")
    created_at = models.DateTimeField()
    history = HistoricalRecords()

    objects = OfOfficeQuerySet.as_manager()

    class Meta:
        ordering = ("-year", "-version")
        constraints = (
            models.UniqueConstraint(fields=("organ", "year", "version"), condition=~Q(step="dropped"), name="scheme_versions_are_numbered"),
            models.UniqueConstraint(fields=("organ", "year"), condition=Q(step__in=("draft", "returned", "submitted")), name="one_scheme_at_work"),
            models.UniqueConstraint(fields=("organ", "year"), condition=Q(step="in_force"), name="one_scheme_in_force"),
            models.CheckConstraint(condition=Q(step__in=("draft", "returned", "submitted", "dropped"))
                                   | Q(resolution__isnull=False, approved_at__isnull=False), name="scheme_in_force_by_resolution"),
            models.CheckConstraint(condition=Q(found_weight__isnull=True, solved_weight__isnull=True)
                                   | Q(found_weight__isnull=False, solved_weight__isnull=False), name="scheme_subweights_together"),
            models.CheckConstraint(condition=Q(adjustment_limit__gte=0), name="scheme_limit_not_negative"),
        )  # fmt: skip

    def __str__(self) -> str:
        return f"{self.year}年政治监督质效评估方案（第{self.version}版）"

    def get_absolute_url(self) -> str:
        """Where the scheme is read."""
        return reverse("reports:evaluation_scheme", args=[self.pk])

    @property
    def editable(self) -> bool:
        """Whether the office may still change it."""
        return self.step in EDITABLE

    @property
    def is_split(self) -> bool:
        """Whether finding and solving are weighed apart."""
        return self.found_weight is not None

    def members(self, group: str) -> list[int]:
        """Ids of the organs of a peer group."""
        return list(self.groups.get(group, ()))


class EvaluationTable(models.Model):
    """评估表 of a year. Raw values and record ids are frozen in its rows at `data_as_of`."""

    organ = models.ForeignKey(Organ, models.PROTECT, related_name="+", verbose_name="党风政风监督室")
    year = models.PositiveIntegerField("年度")
    scheme = models.ForeignKey(EvaluationScheme, models.PROTECT, related_name="tables", verbose_name="评估方案")
    data_as_of = models.DateTimeField("核算时间")
    step = models.CharField("状态", max_length=12, choices=TableStep.choices, default=TableStep.DRAFT)
    opened_at = models.DateTimeField("公开时间", null=True)
    objections_until = models.DateField("异议截止日", null=True)
    digest = models.CharField("SM3 摘要", max_length=64, blank=True)
    resolution = models.ForeignKey(ScResolution, models.PROTECT, null=True, related_name="+", verbose_name="常委会决定")
    confirmed_at = models.DateTimeField("确认登记时间", null=True)
    delivered_to = models.CharField("送达单位", max_length=120, blank=True)
    delivered_on = models.DateField("送达日期", null=True)
    delivered_by = models.ForeignKey(USER, models.PROTECT, null=True, related_name="+", verbose_name="送达登记人")
    created_by = models.ForeignKey(USER, models.PROTECT, related_name="+", verbose_name="核算人")
    created_at = models.DateTimeField()
    history = HistoricalRecords()

    objects = OfOfficeQuerySet.as_manager()

    class Meta:
        ordering = ("-year",)
        constraints = (
            models.UniqueConstraint(fields=("organ", "year"), name="one_evaluation_per_year"),
            models.CheckConstraint(condition=~Q(step="confirmed") | Q(resolution__isnull=False, confirmed_at__isnull=False),
                                   name="evaluation_confirmed_by_resolution"),
            models.CheckConstraint(condition=Q(step="draft") | Q(objections_until__isnull=False, opened_at__isnull=False),
                                   name="evaluation_opened_with_its_term"),
            models.CheckConstraint(condition=Q(delivered_to="", delivered_on__isnull=True, delivered_by__isnull=True)
                                   | ~Q(delivered_to="") & Q(delivered_on__isnull=False, delivered_by__isnull=False),
                                   name="evaluation_delivered_to_and_on"),
        )  # fmt: skip

    def __str__(self) -> str:
        return f"{self.year}年政治监督质效评估表"

    def get_absolute_url(self) -> str:
        """Where the table is read."""
        return reverse("reports:evaluation_table", args=[self.pk])


class RowQuerySet(models.QuerySet["EvaluationRow"]):
    """Reads over rows."""

    def visible_to(self, user: Any) -> RowQuerySet:
        """Rows of organs that the user reads: once the table is open, before that for readers of the table alone."""
        ids = visible_organ_ids(user)
        return self.filter(Q(table__organ_id__in=ids) | Q(table__step__in=SHOWN), organ_id__in=ids)


class EvaluationRow(models.Model):
    """One organ's line. `values`: indicator -> {part: {value, ids}} as frozen; `points`: indicator -> points or null (不参与)."""

    table = models.ForeignKey(EvaluationTable, models.PROTECT, related_name="rows")
    organ = models.ForeignKey(Organ, models.PROTECT, related_name="evaluation_rows", verbose_name="单位")
    group = models.CharField("同类组", max_length=20, choices=Group.choices)
    size = models.PositiveIntegerField("折算基数", null=True)
    values = models.JSONField("原始值", default=dict)
    points = models.JSONField("得分", default=dict)
    adjusted = models.JSONField("折算值", default=dict)
    subtotal = models.DecimalField("小计", default=Decimal(0), **POINTS)
    adjustment = models.DecimalField("加减分", default=Decimal(0), **POINTS)
    adjustment_reason = models.CharField("加减分理由", max_length=300, blank=True)
    total = models.DecimalField("合计", default=Decimal(0), **POINTS)
    rank = models.PositiveSmallIntegerField("组内位次", default=1)
    grade = models.CharField("等次", max_length=20, blank=True)
    comment = models.CharField("评估意见", max_length=600, blank=True)
    history = HistoricalRecords()

    objects = RowQuerySet.as_manager()

    class Meta:
        ordering = ("group", "organ__sort_order", "organ_id")
        constraints = (
            models.UniqueConstraint(fields=("table", "organ"), name="one_evaluation_row_per_organ"),
            models.CheckConstraint(condition=Q(adjustment=0) | ~Q(adjustment_reason=""), name="adjustment_has_its_reason"),
        )  # fmt: skip

    def __str__(self) -> str:
        return f"{self.table}：{self.organ.name}"

    def get_absolute_url(self) -> str:
        """Where the organ reads its own row."""
        return reverse("reports:evaluation_row", args=[self.pk])


class ObjectionQuerySet(models.QuerySet["EvaluationObjection"]):
    """Reads over objections."""

    def visible_to(self, user: Any) -> ObjectionQuerySet:
        """Objections on rows that the user reads."""
        return self.filter(row__in=EvaluationRow.objects.visible_to(user))


class EvaluationObjection(models.Model):
    """异议 of an organ about one indicator: one each. Only the head's decision that it is upheld changes a frozen value."""

    row = models.ForeignKey(EvaluationRow, models.PROTECT, related_name="objections")
    organ = models.ForeignKey(Organ, models.PROTECT, related_name="+", verbose_name="提出单位")
    indicator = models.CharField("指标", max_length=4)
    reason = models.TextField("异议理由")
    filed_by = models.ForeignKey(USER, models.PROTECT, related_name="+", verbose_name="提出人")
    filed_at = models.DateTimeField("提出时间")
    step = models.CharField("状态", max_length=12, choices=ObjectionStep.choices, default=ObjectionStep.FILED)
    answer = models.CharField("拟办", max_length=8, choices=Answer.choices, blank=True)
    proposal = models.JSONField("拟更正数值", default=dict)  # {part: value}
    records = models.CharField("更正所据记录", max_length=300, blank=True)
    proposal_reason = models.TextField("拟办理由", blank=True)
    proposed_by = models.ForeignKey(USER, models.PROTECT, null=True, related_name="+", verbose_name="拟办人")
    proposed_at = models.DateTimeField("拟办时间", null=True)
    decided_by = models.ForeignKey(USER, models.PROTECT, null=True, related_name="+", verbose_name="决定人")
    decided_at = models.DateTimeField("决定时间", null=True)
    before = models.JSONField("更正前", default=dict)
    after = models.JSONField("更正后", default=dict)
    history = HistoricalRecords()

    objects = ObjectionQuerySet.as_manager()

    class Meta:
        ordering = ("row_id", "indicator")
        constraints = (
            models.UniqueConstraint(fields=("row", "indicator"), name="one_objection_per_indicator"),
            models.CheckConstraint(condition=Q(step__in=("filed", "proposed")) | Q(decided_by__isnull=False, decided_at__isnull=False),
                                   name="objection_decided_by_and_at"),
            models.CheckConstraint(condition=Q(decided_by__isnull=True) | ~Q(decided_by=models.F("proposed_by")), name="objection_decided_by_another"),
        )  # fmt: skip

    def __str__(self) -> str:
        return f"{self.organ.name}对“{NAMES.get(self.indicator, self.indicator)}”的异议"

    def get_absolute_url(self) -> str:
        """The row that it is about."""
        return reverse("reports:evaluation_row", args=[self.row_id])
