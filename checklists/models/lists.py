"""一清单: key points of the year, projects, the yearly list and its versions (A5-A7)."""

from __future__ import annotations

from datetime import date
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from simple_history.models import HistoricalRecords

from accounts.models import Organ, ScResolution, SupervisedUnit
from accounts.permissions import visible_organ_ids
from checklists.models.vocabulary import BasisDocument, Topic
from checklists.states import (
    COUNTED_STEPS,
    AssignedBy,
    ChangeKind,
    ChangeStep,
    ChecklistStep,
    FocusArea,
    Form,
    ItemStep,
    LinkageMode,
    PointsStep,
)


class ScopedQuerySet(models.QuerySet):
    """Rows that belong to an organ and are read by whoever may read that organ."""

    def visible_to(self, user: Any) -> Self:
        """Rows of the organs the user may read."""
        return self.filter(organ_id__in=visible_organ_ids(user))


class IssuedQuerySet(ScopedQuerySet):
    """Papers of 党风政风监督室 that, once issued, every organ of the county reads."""

    issued_steps: tuple[str, ...] = ()

    def issued_to(self, user: Any) -> Self:
        """What the user may read: issued ones of his county, and the drafts of organs he reads."""
        county = user.organ.county()
        issued = Q(step__in=self.issued_steps, organ__path__startswith=county.path)
        return self.filter(issued | Q(organ_id__in=visible_organ_ids(user)))


class PointsQuerySet(IssuedQuerySet):
    """Reads over key points."""

    issued_steps = (PointsStep.PUBLISHED,)


class ChecklistQuerySet(IssuedQuerySet):
    """Reads over versions of the list."""

    issued_steps = (ChecklistStep.PUBLISHED, ChecklistStep.SUPERSEDED)

    def in_force(self, year: int) -> Self:
        """The version that binds now."""
        return self.filter(year=year, step=ChecklistStep.PUBLISHED)

    def under_way(self, year: int) -> Self:
        """The version being compiled, or before the committee."""
        return self.filter(year=year, step__in=(ChecklistStep.COMPILING, ChecklistStep.SUBMITTED))


class AnnualPoints(models.Model):
    """年度政治监督要点: one set per county and year, drafted by 党风政风监督室 (A6.1a)."""

    organ = models.ForeignKey(Organ, models.PROTECT, related_name="+", verbose_name="党风政风监督室")
    year = models.PositiveIntegerField("年度")
    title = models.CharField("标题", max_length=120)
    basis = models.TextField("依据（中央和省、市、县纪委全会部署）")
    step = models.CharField("状态", max_length=20, choices=PointsStep.choices, default=PointsStep.DRAFT)
    proposals_due_on = models.DateField("申报截止日")
    published_at = models.DateTimeField("印发时间", null=True)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    history = HistoricalRecords()

    objects = PointsQuerySet.as_manager()

    class Meta:
        ordering = ("-year",)
        constraints = (
            models.UniqueConstraint(fields=("organ", "year"), name="one_set_of_points_per_year"),
            models.CheckConstraint(
                condition=Q(step="draft", published_at__isnull=True) | Q(step="published", published_at__isnull=False),
                name="points_published_at_with_step",
            ),
        )

    def __str__(self) -> str:
        return self.title


class KeyPoint(models.Model):
    """One key point of the year."""

    points = models.ForeignKey(AnnualPoints, models.CASCADE, related_name="rows")
    seq = models.PositiveIntegerField("序号")
    focus_area = models.CharField("聚焦方面", max_length=40, choices=FocusArea.choices)
    text = models.TextField("要点内容")

    class Meta:
        ordering = ("points_id", "seq")

    def __str__(self) -> str:
        return f"{self.seq}. {self.text[:40]}"


class ChecklistItemQuerySet(ScopedQuerySet):
    """Reads over projects."""

    def visible_to(self, user: Any) -> Self:
        """Projects of the organs the user may read; once listed, also those that such an organ leads or joins."""
        ids = visible_organ_ids(user)
        joined = ChecklistItem.participants.through.objects.filter(organ_id__in=ids).values("checklistitem_id")
        shared = Q(step=ItemStep.LISTED) & (Q(lead_organ_id__in=ids) | Q(pk__in=joined))
        return self.filter(Q(organ_id__in=ids) | shared)

    def counted(self) -> Self:
        """What counts against the limit of 1-3: everything not withdrawn."""
        return self.filter(step__in=COUNTED_STEPS)

    def listed(self, year: int) -> Self:
        """Projects on the published list of a year."""
        return self.filter(year=year, step=ItemStep.LISTED)


class ChecklistItem(models.Model):
    """监督项目: one project, from proposal to the published list (A6.1b, A7)."""

    organ = models.ForeignKey(Organ, models.PROTECT, related_name="proposed_items", verbose_name="申报单位")
    year = models.PositiveIntegerField("年度", db_index=True)
    form = models.CharField("监督形式", max_length=20, choices=Form.choices)
    focus_area = models.CharField("聚焦方面", max_length=40, choices=FocusArea.choices)
    title = models.CharField("监督项目", max_length=200)
    content = models.TextField("监督内容", blank=True)
    goal = models.TextField("工作目标", blank=True)
    measures = models.TextField("工作举措", blank=True)
    basis_kinds = models.JSONField("来源", default=list, blank=True)
    basis = models.TextField("依据说明", blank=True)
    basis_documents = models.ManyToManyField(BasisDocument, blank=True, verbose_name="依据文件")
    point = models.ForeignKey(KeyPoint, models.PROTECT, null=True, blank=True, verbose_name="对应要点")
    topics = models.ManyToManyField(Topic, blank=True, verbose_name="专题")
    period_start = models.DateField("监督周期起", null=True, blank=True)
    period_end = models.DateField("监督周期止", null=True, blank=True)
    frequency = models.CharField("频次", max_length=60, blank=True)
    units = models.ManyToManyField(SupervisedUnit, blank=True, related_name="items", verbose_name="被监督单位")
    lead_department = models.ForeignKey(
        SupervisedUnit, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="牵头部门（单位）"
    )
    is_multi_area = models.BooleanField("涉及多个地区、部门（单位）、领域", default=False)
    lead_organ = models.ForeignKey(Organ, models.PROTECT, related_name="led_items", verbose_name="牵头单位")
    lead_override_reason = models.CharField("另定牵头单位的理由", max_length=300, blank=True)
    participants = models.ManyToManyField(Organ, blank=True, related_name="joined_items", verbose_name="配合单位")
    linkage_mode = models.CharField("联动方式", max_length=40, choices=LinkageMode.choices, default=LinkageMode.NONE)
    linked_supervision = models.CharField(
        "统筹衔接的监督", max_length=80, blank=True
    )  # codes of SupervisionKind, by comma
    is_special = models.BooleanField("专项监督", default=False)
    arrangement = models.ForeignKey(
        ScResolution, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="常委会安排"
    )
    assigned_by = models.CharField("点题人", max_length=30, choices=AssignedBy.choices, blank=True)
    assigned_on = models.DateField("点题日期", null=True, blank=True)
    assigned_words = models.TextField("点题原话", blank=True)
    reply_due_on = models.DateField("答题期限", null=True, blank=True)
    replied_on = models.DateField("答复日期", null=True, blank=True)
    reply = models.TextField("答复内容", blank=True)
    due_on = models.DateField("完成时限", null=True, blank=True)
    remark = models.CharField("备注", max_length=300, blank=True)
    step = models.CharField("状态", max_length=20, choices=ItemStep.choices, default=ItemStep.DRAFT)
    filed_at = models.DateTimeField("报送时间", null=True)
    received_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    received_at = models.DateTimeField("签收时间", null=True)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="拟稿人")
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)
    history = HistoricalRecords()

    objects = ChecklistItemQuerySet.as_manager()

    class Meta:
        ordering = ("year", "form", "organ_id", "pk")
        indexes = (models.Index(fields=("organ", "year", "form"), name="item_of_organ_and_year"),)
        constraints = (
            models.CheckConstraint(
                condition=Q(period_end__isnull=True)
                | Q(period_start__isnull=True)
                | Q(period_end__gte=F("period_start")),
                name="period_ends_after_it_starts",
            ),
            models.CheckConstraint(
                condition=Q(received_by__isnull=True, received_at__isnull=True)
                | Q(received_by__isnull=False, received_at__isnull=False),
                name="received_by_and_at_together",
            ),
        )

    def __str__(self) -> str:
        return self.title

    @property
    def period_text(self) -> str:
        """监督周期 as printed: from, to, frequency."""
        if not (self.period_start and self.period_end):
            return self.frequency
        days = f"{self.period_start:%Y-%m-%d}至{self.period_end:%Y-%m-%d}"
        return f"{days}，{self.frequency}" if self.frequency else days


class Milestone(models.Model):
    """时间节点 of a project (A6.2a)."""

    item = models.ForeignKey(ChecklistItem, models.CASCADE, related_name="milestones")
    seq = models.PositiveIntegerField(default=1)
    text = models.CharField("节点内容", max_length=200)
    due_on = models.DateField("时间节点")
    done_on = models.DateField("完成日期", null=True, blank=True)

    class Meta:
        ordering = ("item_id", "due_on", "seq")

    def is_overdue(self, *, on: date) -> bool:
        """Open after its day."""
        return self.done_on is None and self.due_on < on


class AnnualChecklist(models.Model):
    """年度政治监督重点项目清单, one version; published versions are locked with their text and digest (A6.1e-f)."""

    organ = models.ForeignKey(Organ, models.PROTECT, related_name="+", verbose_name="党风政风监督室")
    year = models.PositiveIntegerField("年度")
    version = models.PositiveIntegerField("版本")
    step = models.CharField("状态", max_length=20, choices=ChecklistStep.choices, default=ChecklistStep.COMPILING)
    resolution = models.ForeignKey(ScResolution, models.PROTECT, null=True, related_name="+", verbose_name="常委会决定")
    submitted_at = models.DateTimeField("提请时间", null=True)
    published_at = models.DateTimeField("印发时间", null=True)
    published_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    edition = models.CharField("适用制度文号", max_length=60, blank=True)
    content = models.JSONField("锁定内容", default=list)
    digest = models.CharField("SM3 摘要", max_length=64, blank=True)
    report_to_cpc = models.BooleanField("向县委报告", default=False)
    reported_on = models.DateField("报告日期", null=True, blank=True)
    report_doc_no = models.CharField("报告文号", max_length=60, blank=True)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    history = HistoricalRecords()

    objects = ChecklistQuerySet.as_manager()

    class Meta:
        ordering = ("-year", "-version")
        constraints = (
            models.UniqueConstraint(fields=("organ", "year", "version"), name="versions_are_numbered"),
            models.CheckConstraint(
                condition=Q(published_at__isnull=True, published_by__isnull=True)
                | Q(published_at__isnull=False, published_by__isnull=False, resolution__isnull=False),
                name="published_only_by_resolution",
            ),
        )

    def __str__(self) -> str:
        return f"{self.year}年度政治监督重点项目清单（第{self.version}版）"


class ChecklistLine(models.Model):
    """A project's place on one version of the list."""

    checklist = models.ForeignKey(AnnualChecklist, models.CASCADE, related_name="lines")
    item = models.ForeignKey(ChecklistItem, models.PROTECT, related_name="lines")
    seq = models.PositiveIntegerField("序号")

    class Meta:
        ordering = ("checklist_id", "seq")
        constraints = (models.UniqueConstraint(fields=("checklist", "item"), name="item_once_per_version"),)


class ChecklistItemChange(models.Model):
    """A change of the list after approval (A5.7, AMB-3), or an edit by 党风政风监督室 while compiling (A6.1e)."""

    organ = models.ForeignKey(Organ, models.PROTECT, related_name="+", verbose_name="提出单位")
    item = models.ForeignKey(ChecklistItem, models.PROTECT, related_name="changes", verbose_name="监督项目")
    kind = models.CharField("类别", max_length=20, choices=ChangeKind.choices)
    reason = models.TextField("理由")
    old = models.JSONField("原内容", default=dict)
    new = models.JSONField("新内容", default=dict)
    step = models.CharField("状态", max_length=20, choices=ChangeStep.choices, default=ChangeStep.DRAFT)
    checklist = models.ForeignKey(AnnualChecklist, models.PROTECT, null=True, related_name="changes")
    resolution = models.ForeignKey(ScResolution, models.PROTECT, null=True, related_name="+")
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="提出人")
    created_at = models.DateTimeField()
    applied_at = models.DateTimeField("生效时间", null=True)
    history = HistoricalRecords()

    objects = ScopedQuerySet.as_manager()

    class Meta:
        ordering = ("-pk",)

    def __str__(self) -> str:
        return f"{self.get_kind_display()}：{self.item.title}"
