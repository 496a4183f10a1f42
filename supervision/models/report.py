"""报告、研判、抄报: what a round found goes up, is studied, and is told to the county's leaders (A9.6-A9.7c)."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from simple_history.models import HistoricalRecords

from accounts.models import Official, Organ, ScResolution, SupervisedUnit
from accounts.permissions import Permission, organ_ids
from supervision.models.problem import Problem
from supervision.models.round import OfRoundQuerySet, Round
from supervision.rounds.states import AssessmentAbout, CopyOutKind, ReportKind, ReportStep

USER = settings.AUTH_USER_MODEL


class InspectionReport(models.Model):
    """监督检查情况报告 with its 问题清单: four written sections over the records of the round (A9.6).

    `approved_at` is the moment of the last signature; it starts the ten days, and `due_on`, the day by which the report
    is before the standing committee, is written then and never again (A9.7a, AMB-6).
    """

    round = models.ForeignKey(Round, models.PROTECT, related_name="reports")
    organ = models.ForeignKey(Organ, models.PROTECT, related_name="+", verbose_name="牵头单位")
    kind = models.CharField("类别", max_length=10, choices=ReportKind.choices, default=ReportKind.FINAL)
    unit = models.ForeignKey(
        SupervisedUnit, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="被监督单位"
    )
    title = models.CharField("标题", max_length=200)
    inspection_text = models.TextField("监督检查情况", blank=True)
    findings_text = models.TextField("发现的问题和线索", blank=True)
    on_spot_text = models.TextField("问题立行立改情况", blank=True)
    advice_text = models.TextField("整改意见建议", blank=True)
    problems = models.ManyToManyField(Problem, blank=True, related_name="reports", verbose_name="问题清单")
    content = models.JSONField("锁定内容", default=dict, blank=True)
    digest = models.CharField("SM3 摘要", max_length=64, blank=True)
    step = models.CharField("状态", max_length=20, choices=ReportStep.choices, default=ReportStep.DRAFT)
    approved_at = models.DateTimeField("批准时间", null=True)
    due_on = models.DateField("提交常委会期限", null=True)
    submitted_on = models.DateField("提交常委会日期", null=True, blank=True)
    last_on = models.DateField("最迟日期（节假日顺延后）", null=True, blank=True)  # by which the submission was judged
    submitted_by = models.ForeignKey(USER, models.PROTECT, null=True, related_name="+")
    late_reason = models.TextField("逾期原因", blank=True)
    studied_on = models.DateField("研判日期", null=True, blank=True)
    resolution = models.ForeignKey(ScResolution, models.PROTECT, null=True, related_name="+", verbose_name="研判意见")
    is_important = models.BooleanField("重要情况、重大问题", default=False)
    created_by = models.ForeignKey(USER, models.PROTECT, related_name="+", verbose_name="拟稿人")
    created_at = models.DateTimeField()
    history = HistoricalRecords()

    objects = OfRoundQuerySet.as_manager()

    class Meta:
        ordering = ("-pk",)
        constraints = (
            models.CheckConstraint(
                condition=Q(approved_at__isnull=True, due_on__isnull=True)
                | Q(approved_at__isnull=False, due_on__isnull=False),
                name="signature_starts_the_ten_days",
            ),
            models.CheckConstraint(
                condition=Q(submitted_on__isnull=True, submitted_by__isnull=True)
                | Q(submitted_on__isnull=False, submitted_by__isnull=False, approved_at__isnull=False),
                name="before_the_committee_only_when_approved",
            ),
            models.CheckConstraint(
                condition=Q(submitted_on__isnull=True, last_on__isnull=True)
                | Q(submitted_on__isnull=False, last_on__isnull=False, submitted_on__lte=models.F("last_on"))
                | (Q(submitted_on__isnull=False, last_on__isnull=False) & ~Q(late_reason="")),
                name="late_before_the_committee_has_its_reason",
            ),
            models.CheckConstraint(
                condition=Q(studied_on__isnull=True, resolution__isnull=True)
                | Q(studied_on__isnull=False, resolution__isnull=False, submitted_on__isnull=False),
                name="studied_only_with_resolution",
            ),
        )

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """Where the report is written and read."""
        return reverse("supervision:report", args=[self.pk])

    def study_url(self) -> str:
        """Where the committee's secretary reads it and records the study."""
        return reverse("supervision:report_study", args=[self.pk])


class AssessmentQuerySet(models.QuerySet["PoliticalAssessment"]):
    """Reads over assessments: for their author, and for the holders of the restricted right."""

    def visible_to(self, user: Any) -> AssessmentQuerySet:
        """Assessments the user wrote, or of organs whose restricted records he reads."""
        return self.filter(Q(author=user) | Q(report__organ_id__in=organ_ids(user, Permission.READ_RESTRICTED)))


class PoliticalAssessment(models.Model):
    """“三看”政治表现评价: texts that a person writes and signs. No score, no grade, nothing derived (A9.6c, AMB-12)."""

    report = models.ForeignKey(InspectionReport, models.PROTECT, related_name="assessments")
    unit = models.ForeignKey(SupervisedUnit, models.PROTECT, related_name="+", verbose_name="单位")
    about = models.CharField("评价对象", max_length=20, choices=AssessmentAbout.choices, default=AssessmentAbout.TEAM)
    official = models.ForeignKey(
        Official, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="班子成员"
    )
    first_look = models.TextField("一看", blank=True)
    second_look = models.TextField("二看", blank=True)
    third_look = models.TextField("三看", blank=True)
    conclusion = models.TextField("综合评价", blank=True)
    author = models.ForeignKey(USER, models.PROTECT, related_name="+", verbose_name="撰写人")
    written_at = models.DateTimeField("撰写时间")
    history = HistoricalRecords()

    objects = AssessmentQuerySet.as_manager()

    class Meta:
        ordering = ("unit_id", "about", "pk")
        constraints = (
            models.CheckConstraint(
                condition=Q(about="team", official__isnull=True) | (~Q(about="team") & Q(official__isnull=False)),
                name="a_member_is_named_a_team_is_not",
            ),
            models.UniqueConstraint(
                fields=("report", "unit"), condition=Q(about="team"), name="one_text_per_team_and_report"
            ),
            models.UniqueConstraint(
                fields=("report", "official"),
                condition=Q(official__isnull=False),
                name="one_text_per_person_and_report",
            ),
        )


class CopyOutQuerySet(models.QuerySet["CopyOut"]):
    """Reads over what was sent to the county's leaders."""

    def visible_to(self, user: Any) -> CopyOutQuerySet:
        """Those of the rounds the user may read; for the document clerk those that are signed, to be numbered."""
        signed = Q(organ_id__in=organ_ids(user, Permission.NUMBER), report__studied_on__isnull=False) & ~Q(signed_by="")
        return self.filter(Q(report__round__in=Round.objects.visible_to(user)) | signed)

    def to_number(self) -> CopyOutQuerySet:
        """Signed after the committee's study, without a number, neither issued nor voided (A9.7b, AMB-19)."""
        open_ = self.filter(kind=CopyOutKind.LEADERS, issued_on__isnull=True, doc_number__isnull=True, void_reason="")
        return open_.filter(report__studied_on__isnull=False).exclude(Q(signed_by="") | Q(body=""))


class CopyOut(models.Model):
    """抄报 to the county's leaders, or a report to 县委常委会 of important matters (A9.7b-c)."""

    report = models.ForeignKey(InspectionReport, models.PROTECT, related_name="copies_out")
    organ = models.ForeignKey(Organ, models.PROTECT, related_name="+", verbose_name="承办单位")
    kind = models.CharField("类别", max_length=30, choices=CopyOutKind.choices, default=CopyOutKind.LEADERS)
    recipients = models.CharField("主送", max_length=300)
    doc_no = models.CharField("文号", max_length=60, blank=True)  # as printed, written when the number is taken
    doc_prefix = models.CharField("机关代字", max_length=30, blank=True)
    doc_year = models.PositiveIntegerField("年份", null=True)
    doc_number = models.PositiveIntegerField("序号", null=True)
    numbered_by = models.ForeignKey(USER, models.PROTECT, null=True, related_name="+")
    void_reason = models.TextField("作废理由", blank=True)
    body = models.TextField("正文", blank=True)
    signed_by = models.CharField("签发人", max_length=40, blank=True)
    issued_on = models.DateField("印发日期", null=True, blank=True)
    meeting_on = models.DateField("县委常委会日期", null=True, blank=True)
    outcome = models.TextField("研究结果", blank=True)
    created_by = models.ForeignKey(USER, models.PROTECT, related_name="+")
    created_at = models.DateTimeField()
    history = HistoricalRecords()

    objects = CopyOutQuerySet.as_manager()

    class Meta:
        ordering = ("-pk",)
        constraints = (
            models.UniqueConstraint(
                fields=("doc_prefix", "doc_year", "doc_number"), condition=Q(doc_number__isnull=False),
                name="copy_number_is_unique",
            ),
            models.CheckConstraint(
                condition=Q(doc_number__isnull=True, doc_prefix="", doc_year__isnull=True)
                | (Q(doc_number__isnull=False, doc_year__isnull=False) & ~Q(doc_prefix="")),
                name="copy_number_is_whole",
            ),
        )  # fmt: skip

    def __str__(self) -> str:
        return f"{self.get_kind_display()}：{self.report}"

    @property
    def name_organ(self) -> Organ:
        """以县纪委名义: a copy goes out in the commission's name and from its series (A9.7b)."""
        return self.organ.county()


class LeaderInstruction(models.Model):
    """批示 that came back on a copy: who, when, in what words, and what was done."""

    copy_out = models.ForeignKey(CopyOut, models.PROTECT, related_name="instructions")
    leader = models.CharField("批示领导", max_length=60)
    given_on = models.DateField("批示日期")
    text = models.TextField("批示内容")
    follow_up = models.TextField("落实情况", blank=True)
    created_by = models.ForeignKey(USER, models.PROTECT, related_name="+")
    created_at = models.DateTimeField()

    class Meta:
        ordering = ("given_on", "pk")
