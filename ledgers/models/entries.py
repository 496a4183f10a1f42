"""两台账: the ledger is a reading over items, problems and rectifications, plus what only the ledger knows (A6.2)."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from simple_history.models import HistoricalRecords

from accounts.models import Official, Organ, SupervisedUnit
from accounts.permissions import Permission, organ_ids, visible_organ_ids
from checklists.models import AnnualChecklist, ChecklistItem, Topic
from ledgers.states import FourForm
from supervision.models import Problem


class LedgerQuerySet(models.QuerySet):
    """Rows that belong to an organ."""

    def visible_to(self, user: Any) -> LedgerQuerySet:
        """Rows of the organs the user may read."""
        return self.filter(organ_id__in=visible_organ_ids(user))


class UnitLedgerEntryQuerySet(LedgerQuerySet):
    """Reads over ledger rows."""

    def live(self) -> UnitLedgerEntryQuerySet:
        """Not removed."""
        return self.filter(removed_at__isnull=True)


class UnitLedger(models.Model):
    """单位工作台账 of one organ and year, opened when the list is issued; its rows are `UnitLedgerEntry` (A6.2b)."""

    organ = models.ForeignKey(Organ, models.PROTECT, related_name="ledgers", verbose_name="单位")
    year = models.PositiveIntegerField("年度")
    checklist = models.ForeignKey(AnnualChecklist, models.PROTECT, related_name="+", verbose_name="依据的清单")
    opened_at = models.DateTimeField("建立时间")

    objects = LedgerQuerySet.as_manager()

    class Meta:
        ordering = ("-year", "organ_id")
        constraints = (models.UniqueConstraint(fields=("organ", "year"), name="one_ledger_per_organ_and_year"),)

    def __str__(self) -> str:
        return f"{self.organ.label}{self.year}年工作台账"


class RowKind(models.TextChoices):
    """What a row of the unit ledger is."""

    DRAFT = "draft", "未填完"
    PROBLEM = "problem", "问题"
    NO_PROBLEM = "no_problem", "未发现问题"


class UnitLedgerEntry(models.Model):
    """One row of an organ's 工作台账.

    A row with a task, a unit and a problem is a reading over `problem` and its rectification: their texts live there
    alone. What has been typed but is not yet valid, or not yet enough, stays in `pending` as {column: {text, message}},
    so that nothing typed is lost and nothing is stored twice.
    """

    organ = models.ForeignKey(Organ, models.PROTECT, related_name="ledger_rows", verbose_name="单位")
    year = models.PositiveIntegerField("年度")
    position = models.PositiveIntegerField("序号")
    kind = models.CharField("类别", max_length=20, choices=RowKind.choices, default=RowKind.DRAFT)
    item = models.ForeignKey(
        ChecklistItem, models.PROTECT, null=True, blank=True, related_name="ledger_rows", verbose_name="监督任务"
    )
    unit = models.ForeignKey(
        SupervisedUnit, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="被监督单位"
    )
    problem = models.OneToOneField(Problem, models.PROTECT, null=True, blank=True, related_name="ledger_row")
    note = models.TextField("说明", blank=True)
    pending = models.JSONField(default=dict, blank=True)
    client_key = models.CharField(
        max_length=40, blank=True, editable=False
    )  # finds the row again when a request is repeated
    removed_at = models.DateTimeField(null=True)
    removed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    updated_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField("更新时间")
    history = HistoricalRecords()

    objects = UnitLedgerEntryQuerySet.as_manager()

    class Meta:
        ordering = ("organ_id", "year", "position", "pk")
        indexes = (models.Index(fields=("organ", "year", "position", "id"), name="ledger_in_order"),)
        constraints = (
            models.UniqueConstraint(
                fields=("organ", "year", "client_key"), condition=~Q(client_key=""), name="row_made_once_per_request"
            ),
            models.CheckConstraint(
                condition=Q(kind="problem", problem__isnull=False) | (~Q(kind="problem") & Q(problem__isnull=True)),
                name="problem_row_has_its_problem",
            ),
        )

    def __str__(self) -> str:
        return f"{self.organ.label}{self.year}年台账第{self.position}行"


class MasterLedgerEntry(models.Model):
    """工作总台账: one row per listed project; progress and counts are computed from the organs' ledgers (A6.2a)."""

    organ = models.ForeignKey(Organ, models.PROTECT, related_name="+", verbose_name="责任单位")
    item = models.OneToOneField(ChecklistItem, models.PROTECT, related_name="master_row", verbose_name="监督项目")
    year = models.PositiveIntegerField("年度", db_index=True)
    task = models.CharField("工作任务", max_length=200)
    goal = models.TextField("工作目标", blank=True)
    measures = models.TextField("工作举措", blank=True)
    progress_note = models.TextField("进展说明", blank=True)
    updated_at = models.DateTimeField(auto_now=True)
    history = HistoricalRecords()

    objects = LedgerQuerySet.as_manager()

    class Meta:
        ordering = ("year", "item_id")


class LedgerGuidance(models.Model):
    """党风政风监督室's guidance to an organ on its ledger (A6.2c)."""

    organ = models.ForeignKey(Organ, models.PROTECT, related_name="guidance", verbose_name="单位")
    year = models.PositiveIntegerField("年度")
    given_on = models.DateField("日期")
    text = models.TextField("督促指导内容")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="指导人")
    read_at = models.DateTimeField("阅知时间", null=True)
    answer = models.TextField("反馈", blank=True)

    objects = LedgerQuerySet.as_manager()

    class Meta:
        ordering = ("-given_on", "-pk")


class ColumnMapping(models.Model):
    """The columns an organ chose for a workbook of this shape; remembered for the next import."""

    organ = models.ForeignKey(Organ, models.CASCADE, related_name="+")
    signature = models.CharField(max_length=64)  # digest of the header texts
    mapping = models.JSONField()
    saved_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    saved_at = models.DateTimeField(auto_now=True)

    objects = LedgerQuerySet.as_manager()

    class Meta:
        constraints = (models.UniqueConstraint(fields=("organ", "signature"), name="one_mapping_per_shape"),)


class ImportRun(models.Model):
    """One import of a workbook: by whom, from which file, what it did. Also holds the file while it is previewed."""

    organ = models.ForeignKey(Organ, models.PROTECT, related_name="imports", verbose_name="单位")
    year = models.PositiveIntegerField("年度")
    filename = models.CharField("文件名", max_length=200)
    digest = models.CharField("SM3 摘要", max_length=64)
    file = models.FileField(upload_to="imports/%Y/%m", blank=True)
    mapping = models.JSONField(default=dict, blank=True)
    choices = models.JSONField(default=dict, blank=True)  # near matches that the clerk confirmed
    new_count = models.PositiveIntegerField("新增", default=0)
    changed_count = models.PositiveIntegerField("变更", default=0)
    same_count = models.PositiveIntegerField("相同", default=0)
    skipped_count = models.PositiveIntegerField("跳过", default=0)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="导入人")
    created_at = models.DateTimeField("上传时间")
    imported_at = models.DateTimeField("导入时间", null=True)

    objects = LedgerQuerySet.as_manager()

    class Meta:
        ordering = ("-pk",)

    def __str__(self) -> str:
        return f"导入{self.organ.label}{self.year}年台账：{self.filename}"


class DispositionQuerySet(LedgerQuerySet):
    """Reads over dispositions: person-related, so only for the organ's own people and the restricted right."""

    def visible_to(self, user: Any) -> DispositionQuerySet:
        """Dispositions of the organs for which the user drafts, or reads restricted records."""
        ids = organ_ids(user, Permission.DRAFT) | organ_ids(user, Permission.READ_RESTRICTED)
        return self.filter(organ_id__in=ids)


class Disposition(models.Model):
    """How one person was dealt with: form and measure as people decided them (A3.4)."""

    organ = models.ForeignKey(Organ, models.PROTECT, related_name="dispositions", verbose_name="处置单位")
    official = models.ForeignKey(Official, models.PROTECT, related_name="+", verbose_name="人员")
    problem = models.ForeignKey(
        Problem, models.PROTECT, null=True, blank=True, related_name="dispositions", verbose_name="涉及问题"
    )
    form = models.PositiveSmallIntegerField("形态", choices=FourForm.choices)
    measure = models.CharField("措施", max_length=20)
    decided_on = models.DateField("处置日期")
    topics = models.ManyToManyField(Topic, blank=True, related_name="+", verbose_name="专题")
    triple_check = models.BooleanField("“一案三查”", default=False)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    history = HistoricalRecords()

    objects = DispositionQuerySet.as_manager()

    class Meta:
        ordering = ("-decided_on", "-pk")
        constraints = (models.CheckConstraint(condition=Q(form__gte=1, form__lte=4), name="one_of_the_four_forms"),)

    def __str__(self) -> str:
        return f"{self.official.full_name}：{self.measure}"


class InfoShare(models.Model):
    """信息通报 from 信访、案管、审理 to 党风政风监督室, with acknowledgement (A10.1c)."""

    organ = models.ForeignKey(Organ, models.PROTECT, related_name="info_shares", verbose_name="通报部门")
    shared_on = models.DateField("通报日期")
    subject = models.CharField("主题", max_length=200)
    unit = models.ForeignKey(
        SupervisedUnit, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="涉及单位"
    )
    figures = models.TextField("情况和数据", blank=True)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    acknowledged_at = models.DateTimeField("签收时间", null=True)
    acknowledged_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    history = HistoricalRecords()

    objects = LedgerQuerySet.as_manager()

    class Meta:
        ordering = ("-shared_on", "-pk")
        constraints = (
            models.CheckConstraint(
                condition=Q(acknowledged_at__isnull=True, acknowledged_by__isnull=True)
                | Q(acknowledged_at__isnull=False, acknowledged_by__isnull=False),
                name="acknowledged_by_and_at_together",
            ),
        )

    def __str__(self) -> str:
        return self.subject
