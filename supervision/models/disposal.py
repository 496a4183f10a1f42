"""处置: by which way each problem goes on, that the unit was told, who is held to account, which clue was handed over (A9.7d-g)."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from simple_history.models import HistoricalRecords

from accounts.models import Organ, SupervisedUnit
from accounts.permissions import Permission, organ_ids, visible_organ_ids
from accounts.roles import REPORTING_KINDS
from checklists.models import Topic
from supervision.models.problem import Problem
from supervision.models.round import OfRoundQuerySet, Round
from supervision.rounds.states import AccountabilityObject, ClueStatus, FeedbackManner, Responsibility, Route

USER = settings.AUTH_USER_MODEL


class DisposalRoute(models.Model):
    """One way on which a problem goes; several may stand together, "no action" stands alone with its reason (A9.7d)."""

    problem = models.ForeignKey(Problem, models.PROTECT, related_name="routes")
    route = models.CharField("处置方式", max_length=30, choices=Route.choices)
    reason = models.TextField("说明", blank=True)
    decided_by = models.ForeignKey(USER, models.PROTECT, related_name="+", verbose_name="确定人")
    decided_at = models.DateTimeField("确定时间")

    class Meta:
        ordering = ("problem_id", "pk")
        constraints = (
            models.UniqueConstraint(fields=("problem", "route"), name="each_route_once"),
            models.CheckConstraint(condition=~Q(route="no_action") | ~Q(reason=""), name="no_action_has_its_reason"),
        )

    def __str__(self) -> str:
        return self.get_route_display()


class UnitFeedback(models.Model):
    """反馈: the unit was told of its problems: when, how, who received it (A9.7d)."""

    round = models.ForeignKey(Round, models.PROTECT, related_name="feedbacks")
    unit = models.ForeignKey(SupervisedUnit, models.PROTECT, related_name="+", verbose_name="被监督单位")
    problems = models.ManyToManyField(Problem, related_name="feedbacks", verbose_name="问题")
    fed_back_on = models.DateField("反馈日期")
    manner = models.CharField("方式", max_length=20, choices=FeedbackManner.choices, default=FeedbackManner.MEETING)
    receiver = models.CharField("接收人", max_length=60)
    attitude = models.TextField("单位表态", blank=True)
    created_by = models.ForeignKey(USER, models.PROTECT, related_name="+")
    created_at = models.DateTimeField()

    objects = OfRoundQuerySet.as_manager()

    class Meta:
        ordering = ("-fed_back_on", "-pk")


class AccountabilityQuerySet(models.QuerySet["AccountabilityAction"]):
    """Reads over accountability: about persons, so only for the organ's drafters and the restricted right."""

    def visible_to(self, user: Any) -> AccountabilityQuerySet:
        """Actions of organs for which the user drafts or whose restricted records he reads."""
        ids = organ_ids(user, Permission.DRAFT) | organ_ids(user, Permission.READ_RESTRICTED)
        return self.filter(organ_id__in=ids)

    def standing(self) -> AccountabilityQuerySet:
        """Without what was registered by mistake and taken back."""
        return self.filter(withdrawn_at__isnull=True)

    def evaluated(self) -> AccountabilityQuerySet:
        """Actions begun by teams that are evaluated; those of other offices count for nobody and wait for nothing (A10.5)."""
        return self.filter(organ__kind__in=REPORTING_KINDS)


class AccountabilityAction(models.Model):
    """问责程序: whom, for which responsibility, begun when, decided how (A9.7f)."""

    problem = models.ForeignKey(Problem, models.PROTECT, related_name="accountability")
    organ = models.ForeignKey(Organ, models.PROTECT, related_name="+", verbose_name="提出单位")
    object_kind = models.CharField("问责对象", max_length=20, choices=AccountabilityObject.choices)
    object_name = models.CharField("名称或姓名、职务", max_length=120)
    responsibility = models.CharField("责任", max_length=20, choices=Responsibility.choices)
    competent_organ = models.CharField("承办单位", max_length=120)
    started_on = models.DateField("启动日期")
    decided_on = models.DateField("决定日期", null=True, blank=True)
    result = models.CharField("问责方式和结果", max_length=300, blank=True)
    in_cooperation = models.BooleanField("配合上级查处", default=False)
    topics = models.ManyToManyField(Topic, blank=True, related_name="+", verbose_name="专题")
    verified_at = models.DateTimeField("核实时间", null=True)
    verified_by = models.ForeignKey(USER, models.PROTECT, null=True, related_name="+", verbose_name="核实人")
    withdrawn_at = models.DateTimeField("撤销登记时间", null=True)
    withdrawn_reason = models.CharField("撤销理由", max_length=300, blank=True)
    created_by = models.ForeignKey(USER, models.PROTECT, related_name="+")
    created_at = models.DateTimeField()
    history = HistoricalRecords()

    objects = AccountabilityQuerySet.as_manager()

    class Meta:
        ordering = ("-started_on", "-pk")
        constraints = (
            models.CheckConstraint(
                condition=Q(decided_on__isnull=True, result="") | (Q(decided_on__isnull=False) & ~Q(result="")),
                name="accountability_decided_with_result",
            ),
            models.CheckConstraint(
                condition=Q(verified_at__isnull=True, verified_by__isnull=True)
                | Q(verified_at__isnull=False, verified_by__isnull=False),
                name="accountability_verified_by",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True, withdrawn_reason="")
                | (Q(withdrawn_at__isnull=False, decided_on__isnull=True) & ~Q(withdrawn_reason="")),
                name="accountability_withdrawn_undecided",
            ),
        )

    def __str__(self) -> str:
        return f"{self.get_object_kind_display()}问责（{self.get_responsibility_display()}）"

    @property
    def is_evaluated(self) -> bool:
        """Whether a team that is evaluated began it (A10.5)."""
        return self.organ.kind in REPORTING_KINDS


class ClueQuerySet(models.QuerySet["Clue"]):
    """Reads over clues: number and state only; opening one is a verb of its own."""

    def visible_to(self, user: Any) -> ClueQuerySet:
        """Clues handed over by the organs the user may read, or received by the organs for which he drafts."""
        return self.filter(
            Q(organ_id__in=visible_organ_ids(user)) | Q(receiver_id__in=organ_ids(user, Permission.DRAFT))
        )


class Clue(models.Model):
    """问题线索移送: reference and state. What the clue says is not kept here (A9.7g, AMB-10)."""

    problem = models.ForeignKey(Problem, models.PROTECT, null=True, blank=True, related_name="clues")
    organ = models.ForeignKey(Organ, models.PROTECT, related_name="clues_sent", verbose_name="移送单位")
    receiver = models.ForeignKey(Organ, models.PROTECT, related_name="clues_received", verbose_name="接收单位")
    code = models.CharField("线索编号", max_length=60, unique=True)
    transferred_on = models.DateField("移送日期")
    material_count = models.PositiveSmallIntegerField("材料份数", default=1)
    received_by = models.CharField("接收人", max_length=60, blank=True)
    received_on = models.DateField("接收日期", null=True, blank=True)
    status = models.CharField("状态", max_length=20, choices=ClueStatus.choices, default=ClueStatus.TRANSFERRED)
    status_on = models.DateField("状态日期", null=True, blank=True)
    result_summary = models.CharField("办理结果摘要", max_length=200, blank=True)
    # Dealt with before others (S0-18); known only to those who may open the seal.
    priority_political = models.BooleanField("政治方面线索，优先处置", default=False)
    created_by = models.ForeignKey(USER, models.PROTECT, related_name="+")
    created_at = models.DateTimeField()
    history = HistoricalRecords()

    objects = ClueQuerySet.as_manager()

    class Meta:
        ordering = ("-transferred_on", "-pk")
        constraints = (
            models.CheckConstraint(
                condition=Q(received_on__isnull=True, received_by="")
                | (Q(received_on__isnull=False) & ~Q(received_by="")),
                name="clue_received_by_and_on",
            ),
        )

    def __str__(self) -> str:
        return self.code


class ClueOpening(models.Model):
    """Who opened a sealed clue, when, and why. Written once."""

    clue = models.ForeignKey(Clue, models.PROTECT, related_name="openings")
    by = models.ForeignKey(USER, models.PROTECT, related_name="+", verbose_name="查看人")
    at = models.DateTimeField("时间")
    reason = models.CharField("事由", max_length=200)

    class Meta:
        ordering = ("-pk",)
