"""一轮监督: its preparation, its plan, what was done at the units (A9.0-A9.5)."""

from __future__ import annotations

from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from simple_history.models import HistoricalRecords

from accounts.models import Organ, SupervisedUnit
from accounts.permissions import visible_organ_ids
from checklists.models import ChecklistItem
from checklists.states import LinkageMode
from supervision.rounds.states import LecturerKind, PlanStep, Recusal, RoundStep, Scale

USER = settings.AUTH_USER_MODEL


class RoundQuerySet(models.QuerySet["Round"]):
    """Reads over rounds."""

    def visible_to(self, user: Any) -> RoundQuerySet:
        """Rounds that an organ the user reads leads or joins."""
        ids = visible_organ_ids(user)
        joined = Round.participants.through.objects.filter(organ_id__in=ids).values("round_id")
        return self.filter(Q(organ_id__in=ids) | Q(pk__in=joined))


class Round(models.Model):
    """One round of supervision of one project, led by one organ."""

    organ = models.ForeignKey(Organ, models.PROTECT, related_name="rounds", verbose_name="牵头单位")
    item = models.ForeignKey(ChecklistItem, models.PROTECT, related_name="rounds", verbose_name="监督项目")
    seq = models.PositiveSmallIntegerField("轮次")
    title = models.CharField("名称", max_length=200)
    scale = models.CharField("范围", max_length=20, choices=Scale.choices, default=Scale.SINGLE)
    linkage_mode = models.CharField("联动方式", max_length=40, choices=LinkageMode.choices, default=LinkageMode.NONE)
    participants = models.ManyToManyField(Organ, blank=True, related_name="joined_rounds", verbose_name="参加单位")
    units = models.ManyToManyField(SupervisedUnit, related_name="rounds", verbose_name="被监督单位")
    start_planned_on = models.DateField("计划开始")
    end_planned_on = models.DateField("计划结束")
    started_on = models.DateField("实际开始", null=True, blank=True)
    ended_on = models.DateField("检查结束", null=True, blank=True)
    step = models.CharField("状态", max_length=20, choices=RoundStep.choices, default=RoundStep.PLANNED)
    waived_reason = models.CharField("未培训先启动的理由", max_length=500, blank=True)
    waived_by = models.ForeignKey(USER, models.PROTECT, null=True, related_name="+")
    waived_at = models.DateTimeField(null=True)
    edition = models.CharField("适用制度文号", max_length=60, blank=True)
    created_by = models.ForeignKey(USER, models.PROTECT, related_name="+", verbose_name="登记人")
    created_at = models.DateTimeField("登记时间")
    history = HistoricalRecords()

    objects = RoundQuerySet.as_manager()

    class Meta:
        ordering = ("-start_planned_on", "-pk")
        indexes = (models.Index(fields=("organ", "step", "id"), name="round_of_organ"),)
        constraints = (
            models.UniqueConstraint(fields=("item", "seq"), name="rounds_of_a_project_are_numbered"),
            models.CheckConstraint(
                condition=Q(end_planned_on__gte=models.F("start_planned_on")), name="round_ends_after_its_start"
            ),
            models.CheckConstraint(
                condition=Q(waived_by__isnull=True, waived_at__isnull=True, waived_reason="")
                | (Q(waived_by__isnull=False, waived_at__isnull=False) & ~Q(waived_reason="")),
                name="training_waived_with_author_and_reason",
            ),
        )

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """Where the round is led."""
        return reverse("supervision:round", args=[self.pk])


class OfRoundQuerySet(models.QuerySet):
    """Reads over records that belong to a round."""

    def visible_to(self, user: Any) -> Self:
        """Records of the rounds the user may read."""
        return self.filter(round__in=Round.objects.visible_to(user))


class RoundTraining(models.Model):
    """学习培训 before the round begins (A9.1)."""

    round = models.ForeignKey(Round, models.PROTECT, related_name="trainings")
    held_on = models.DateField("培训日期")
    topic = models.CharField("培训内容", max_length=200)
    lecturer = models.CharField("授课人", max_length=60)
    lecturer_kind = models.CharField("授课人类别", max_length=20, choices=LecturerKind.choices)
    attendee_count = models.PositiveIntegerField("参训人数")
    attendees = models.TextField("参训人员", blank=True)
    created_by = models.ForeignKey(USER, models.PROTECT, related_name="+")
    created_at = models.DateTimeField()

    objects = OfRoundQuerySet.as_manager()

    class Meta:
        ordering = ("held_on", "pk")

    def __str__(self) -> str:
        return f"{self.topic}（{self.lecturer}）"


class Team(models.Model):
    """监督检查组: a leader, members, the units it goes to (A9.2). `organ` is who put it together."""

    round = models.ForeignKey(Round, models.PROTECT, related_name="teams")
    organ = models.ForeignKey(Organ, models.PROTECT, related_name="+", verbose_name="组建单位")
    name = models.CharField("组别", max_length=60)
    units = models.ManyToManyField(SupervisedUnit, blank=True, related_name="+", verbose_name="检查单位")
    created_by = models.ForeignKey(USER, models.PROTECT, related_name="+")
    created_at = models.DateTimeField()

    objects = OfRoundQuerySet.as_manager()

    class Meta:
        ordering = ("pk",)
        constraints = (models.UniqueConstraint(fields=("round", "name"), name="team_names_differ"),)

    def __str__(self) -> str:
        return self.name


class TeamMember(models.Model):
    """One person of a team: of the office, or invited from outside; his own declaration about 回避."""

    team = models.ForeignKey(Team, models.CASCADE, related_name="members")
    user = models.ForeignKey(USER, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="系统用户")
    name = models.CharField("姓名", max_length=40)
    from_where = models.CharField("所在单位", max_length=120, blank=True)
    is_leader = models.BooleanField("组长", default=False)
    recusal = models.CharField("回避声明", max_length=20, choices=Recusal.choices, default=Recusal.UNDECLARED)
    recused_from = models.ManyToManyField(SupervisedUnit, blank=True, related_name="+", verbose_name="回避单位")

    class Meta:
        ordering = ("-is_leader", "pk")
        constraints = (
            models.UniqueConstraint(fields=("team",), condition=Q(is_leader=True), name="one_leader_per_team"),
            models.UniqueConstraint(fields=("team", "name"), name="nobody_twice_in_a_team"),
        )

    def __str__(self) -> str:
        return f"{self.name}{'（组长）' if self.is_leader else ''}"


class Plan(models.Model):
    """监督方案: six parts, in versions; the approved version is in force until the next one is approved (A9.3)."""

    round = models.ForeignKey(Round, models.PROTECT, related_name="plans")
    organ = models.ForeignKey(Organ, models.PROTECT, related_name="+", verbose_name="拟稿单位")
    version = models.PositiveSmallIntegerField("版本")
    goals = models.TextField("目标任务", blank=True)
    focus = models.TextField("监督重点", blank=True)
    division = models.TextField("责任分工", blank=True)
    coordination = models.TextField("组织协调", blank=True)
    supervision = models.TextField("督查督办", blank=True)
    summary = models.TextField("总结报告", blank=True)
    start_on = models.DateField("检查开始")
    end_on = models.DateField("检查结束")
    is_major = models.BooleanField("全局性、系统性重大事项", default=False)
    in_name_of_commission = models.BooleanField("以县纪委监委名义开展", default=False)
    change_reason = models.CharField("修改原因", max_length=300, blank=True)
    step = models.CharField("状态", max_length=20, choices=PlanStep.choices, default=PlanStep.DRAFT)
    approved_at = models.DateTimeField("批准时间", null=True)
    created_by = models.ForeignKey(USER, models.PROTECT, related_name="+", verbose_name="拟稿人")
    created_at = models.DateTimeField()
    history = HistoricalRecords()

    objects = OfRoundQuerySet.as_manager()

    class Meta:
        ordering = ("round_id", "version")
        constraints = (
            models.UniqueConstraint(fields=("round", "version"), name="plan_versions_are_numbered"),
            models.UniqueConstraint(fields=("round",), condition=Q(step="approved"), name="one_plan_in_force"),
            models.UniqueConstraint(
                fields=("round",), condition=Q(step__in=("draft", "returned", "submitted")), name="one_plan_in_work"
            ),
            models.CheckConstraint(condition=Q(end_on__gte=models.F("start_on")), name="plan_ends_after_its_start"),
        )

    def __str__(self) -> str:
        return f"{self.round.title}监督方案（第{self.version}版）"

    def get_absolute_url(self) -> str:
        """The round, at its plan."""
        return f"{self.round.get_absolute_url()}#plan"
