"""层报审批: rounds of a chain, one signature per rung, and the standing committee's resolutions."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import Q

from accounts.models.organs import Organ
from accounts.permissions import Permission, organ_ids, visible_organ_ids
from accounts.roles import Rung


class ChainState(models.TextChoices):
    """Where one round of a chain stands."""

    RUNNING = "running", "审批中"
    APPROVED = "approved", "已批准"
    RETURNED = "returned", "已退回"
    WITHDRAWN = "withdrawn", "已撤回"


class Decision(models.TextChoices):
    """What a signer said."""

    APPROVE = "approve", "同意"
    RETURN = "return", "退回"


class ScResolutionKind(models.TextChoices):
    """What the standing committee decided about."""

    LIST_APPROVAL = "list_approval", "审批重点项目清单"
    CHANGE_APPROVAL = "change_approval", "审批清单调整"
    ARRANGEMENT = "arrangement", "安排集中式监督"
    PLAN_APPROVAL = "plan_approval", "审批监督方案"
    REPORT_STUDY = "report_study", "分析研判报告"
    ANNUAL_HEARING = "annual_hearing", "听取年度汇报"
    BULLETIN = "bulletin", "审批通报"
    EVALUATION = "evaluation", "审批质效评估"
    APPRAISAL = "appraisal", "审批综合评价"
    OTHER = "other", "其他"


class ScResolutionQuerySet(models.QuerySet["ScResolution"]):
    """Reads over resolutions."""

    def visible_to(self, user: Any) -> ScResolutionQuerySet:
        """Resolutions of the counties in which the user reads, or records resolutions."""
        return self.filter(organ_id__in=visible_organ_ids(user) | organ_ids(user, Permission.RECORD_RESOLUTION))


class ScResolution(models.Model):
    """A decision of 县纪委常委会 on one agenda item, recorded by its secretary."""

    organ = models.ForeignKey(Organ, models.PROTECT, related_name="resolutions", verbose_name="提请单位")
    kind = models.CharField("事项类别", max_length=30, choices=ScResolutionKind.choices)
    meeting_on = models.DateField("会议日期")
    meeting_no = models.CharField("会议次序", max_length=40, blank=True)
    agenda_no = models.PositiveIntegerField("议题序号", null=True, blank=True)
    title = models.CharField("议题", max_length=200)
    approved = models.BooleanField("通过")
    attendance = models.CharField("出席情况", max_length=200, blank=True)
    opinion = models.TextField("会议意见", blank=True)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    objects = ScResolutionQuerySet.as_manager()

    class Meta:
        ordering = ("-meeting_on", "agenda_no")

    def __str__(self) -> str:
        return f"县纪委常委会{self.meeting_on:%Y年%-m月%-d日}会议{'通过' if self.approved else '未通过'}：{self.title}"


class PaperField(models.JSONField):
    """Headings with their words in the order of the paper: kept as pairs, because PostgreSQL sorts the keys of objects."""

    def deconstruct(self) -> Any:
        """For migrations it is the plain field; only the reading differs."""
        name, _, args, kwargs = super().deconstruct()
        return name, "django.db.models.JSONField", args, kwargs

    def get_prep_value(self, value: Any) -> Any:
        """Pairs go in."""
        return super().get_prep_value(list(value.items()) if isinstance(value, dict) else value)

    def from_db_value(self, value: Any, expression: Any, connection: Any) -> Any:
        """A dictionary in the order of the pairs comes out."""
        found = super().from_db_value(value, expression, connection)
        return dict(found) if isinstance(found, list) else found


class ApprovalQuerySet(models.QuerySet["Approval"]):
    """Reads over chains."""

    def visible_to(self, user: Any) -> ApprovalQuerySet:
        """Papers of the organs the user may read, or whose resolutions he records."""
        return self.filter(organ_id__in=visible_organ_ids(user) | organ_ids(user, Permission.RECORD_RESOLUTION))

    def running(self) -> ApprovalQuerySet:
        """Not yet decided to the end."""
        return self.filter(state=ChainState.RUNNING)

    def of(self, subject: models.Model) -> ApprovalQuerySet:
        """All rounds of one paper, oldest first."""
        kind = ContentType.objects.get_for_model(subject)
        return self.filter(subject_type=kind, subject_id=subject.pk).order_by("round_no")


class Approval(models.Model):
    """One round of 层报审批 of one paper, with the text exactly as it was submitted."""

    subject_type = models.ForeignKey(ContentType, models.PROTECT)
    subject_id = models.BigIntegerField()
    subject = GenericForeignKey("subject_type", "subject_id")
    organ = models.ForeignKey(Organ, models.PROTECT, related_name="approvals")
    title = models.CharField("事项", max_length=300)
    article = models.CharField("依据", max_length=20)
    edition = models.CharField("适用制度文号", max_length=60, blank=True)
    round_no = models.PositiveIntegerField("轮次")
    state = models.CharField("状态", max_length=20, choices=ChainState.choices, default=ChainState.RUNNING)
    content = PaperField("报送文本")
    digest = models.CharField("SM3 摘要", max_length=64)
    submitted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="报送人")
    submitted_at = models.DateTimeField("报送时间")
    finished_at = models.DateTimeField(null=True)

    objects = ApprovalQuerySet.as_manager()

    class Meta:
        ordering = ("pk",)
        constraints = (
            models.UniqueConstraint(
                fields=("subject_type", "subject_id"), condition=Q(state="running"), name="one_running_chain_per_paper"
            ),
            models.UniqueConstraint(fields=("subject_type", "subject_id", "round_no"), name="rounds_are_numbered"),
            models.CheckConstraint(
                condition=Q(state="running", finished_at__isnull=True)
                | (~Q(state="running") & Q(finished_at__isnull=False)),
                name="chain_finished_exactly_when_decided",
            ),
        )


class ApprovalStep(models.Model):
    """One rung of one round: who was to sign, who signed, for whom, when, in what words."""

    approval = models.ForeignKey(Approval, models.PROTECT, related_name="steps")
    seq = models.PositiveSmallIntegerField()
    rung = models.CharField("层级", max_length=30, choices=Rung.choices)
    signer = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name="应签人"
    )
    opened_at = models.DateTimeField("送达时间", null=True)
    due_on = models.DateField("签批期限", null=True)
    decision = models.CharField("意见", max_length=10, choices=Decision.choices, blank=True)
    acted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="signatures", verbose_name="签批人"
    )
    on_behalf_of = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    acted_at = models.DateTimeField("签批时间", null=True)
    note = models.TextField("批注", blank=True)
    resolution = models.ForeignKey(ScResolution, models.PROTECT, null=True, related_name="steps")

    class Meta:
        ordering = ("approval_id", "seq")
        constraints = (
            models.UniqueConstraint(fields=("approval", "seq"), name="one_step_per_rung"),
            models.CheckConstraint(
                condition=Q(decision="", acted_by__isnull=True, acted_at__isnull=True)
                | (~Q(decision="") & Q(acted_by__isnull=False, acted_at__isnull=False)),
                name="decision_by_and_at_together",
            ),
        )

    @property
    def is_waiting(self) -> bool:
        """It is this rung's turn."""
        return self.opened_at is not None and not self.decision
