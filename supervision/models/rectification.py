"""Rectification of problems: due dates that are never lost, evidence, and closure by a second person (A9.8)."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from simple_history.models import HistoricalRecords

from accounts.models import Organ
from accounts.permissions import visible_organ_ids
from supervision.models.problem import Problem
from supervision.states import ExtensionStep, FailureKind, Origin, RectificationStep


class RectificationQuerySet(models.QuerySet["RectificationItem"]):
    """Reads over rectification items."""

    def visible_to(self, user: Any) -> RectificationQuerySet:
        """Items of the organs the user may read."""
        return self.filter(organ_id__in=visible_organ_ids(user), problem__removed_at__isnull=True)

    def open(self) -> RectificationQuerySet:
        """Not closed."""
        return self.exclude(step=RectificationStep.CLOSED)

    def overdue(self, *, on: date) -> RectificationQuerySet:
        """Open after their day."""
        return self.open().filter(due_on__lt=on)


class RectificationItem(models.Model):
    """问题整改: what the unit must do about one problem, by when, and how it was struck off (销号)."""

    problem = models.OneToOneField(Problem, models.PROTECT, related_name="rectification")
    organ = models.ForeignKey(Organ, models.PROTECT, related_name="rectifications", verbose_name="监督单位")
    goal = models.TextField("整改目标", blank=True)
    measures = models.TextField("整改措施", blank=True)
    responsible_leader = models.CharField("责任领导", max_length=40, blank=True)
    responsible_department = models.CharField("责任部门/责任人", max_length=80, blank=True)
    situation = models.TextField("整改情况", blank=True)
    first_due_on = models.DateField("首次时限", null=True, blank=True)
    due_on = models.DateField("整改时限", null=True, blank=True)
    extension_count = models.PositiveSmallIntegerField("延期次数", default=0)
    step = models.CharField("状态", max_length=20, choices=RectificationStep.choices, default=RectificationStep.ISSUED)
    unit_ledger_confirmed_on = models.DateField("单位整改台账确认日期", null=True, blank=True)  # AMB-8
    submitted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    submitted_at = models.DateTimeField("提请销号时间", null=True)
    claimed_on = models.DateField("整改完成日期", null=True, blank=True)  # the day the unit finished, as claimed
    verified_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name="核查人"
    )
    verified_at = models.DateTimeField("核查时间", null=True)
    verify_note = models.TextField("核查情况", blank=True)
    closed_on = models.DateField("销号日期", null=True, blank=True)
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="closures", verbose_name="销号审核人"
    )
    closed_origin = models.CharField("销号来源", max_length=20, choices=Origin.choices, blank=True)
    closure_opinion = models.TextField("核查意见", blank=True)
    failure_kind = models.CharField("整改不力情形", max_length=20, choices=FailureKind.choices, blank=True)
    failure_note = models.TextField("整改不力的事实", blank=True)
    rebound_count = models.PositiveSmallIntegerField("反弹次数", default=0)
    updated_at = models.DateTimeField(auto_now=True)
    history = HistoricalRecords()

    objects = RectificationQuerySet.as_manager()

    class Meta:
        ordering = ("due_on", "pk")
        indexes = (models.Index(fields=("organ", "step", "due_on"), name="rectification_of_organ"),)
        constraints = (
            models.CheckConstraint(
                condition=Q(step="closed", closed_on__isnull=False, closed_by__isnull=False)
                | (~Q(step="closed") & Q(closed_on__isnull=True, closed_by__isnull=True)),
                name="closed_exactly_with_day_and_person",
            ),
            # 销号 needs a second person; only history brought in from the old workbook was closed before the product.
            models.CheckConstraint(
                condition=Q(closed_by__isnull=True)
                | Q(closed_origin="imported")
                | Q(submitted_by__isnull=True)
                | ~Q(closed_by=F("submitted_by")),
                name="closed_by_a_second_person",
            ),
            models.CheckConstraint(
                condition=Q(submitted_at__isnull=True, submitted_by__isnull=True)
                | Q(submitted_at__isnull=False, submitted_by__isnull=False),
                name="submitted_by_and_at_together",
            ),
            models.CheckConstraint(
                condition=Q(verified_by__isnull=True, verified_at__isnull=True)
                | Q(verified_by__isnull=False, verified_at__isnull=False),
                name="verified_by_and_at_together",
            ),
            models.CheckConstraint(
                condition=Q(verified_by__isnull=True)
                | (Q(submitted_by__isnull=False) & ~Q(verified_by=F("submitted_by"))),
                name="verified_by_a_second_person",
            ),
            models.CheckConstraint(
                condition=Q(due_on__isnull=True) | Q(first_due_on__isnull=False), name="first_due_day_is_never_lost"
            ),
        )

    def __str__(self) -> str:
        return f"整改：{self.problem}"

    def is_overdue(self, *, on: date) -> bool:
        """Open after its day."""
        return self.step != RectificationStep.CLOSED and self.due_on is not None and self.due_on < on


class RectificationProgress(models.Model):
    """A dated entry of progress with its evidence attached (A9.8b)."""

    rectification = models.ForeignKey(RectificationItem, models.CASCADE, related_name="progress")
    reported_on = models.DateField("日期")
    text = models.TextField("进展情况")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ("reported_on", "pk")


class Extension(models.Model):
    """延期: a request with its reason, decided by a second person; the earlier day stays on record (A9.8b)."""

    rectification = models.ForeignKey(RectificationItem, models.PROTECT, related_name="extensions")
    old_due_on = models.DateField("原时限")
    new_due_on = models.DateField("申请延至")
    reason = models.TextField("理由")
    step = models.CharField("状态", max_length=20, choices=ExtensionStep.choices, default=ExtensionStep.REQUESTED)
    requested_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="申请人")
    requested_at = models.DateTimeField("申请时间")
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name="审批人"
    )
    decided_at = models.DateTimeField("审批时间", null=True)
    note = models.TextField("审批意见", blank=True)

    class Meta:
        ordering = ("pk",)
        constraints = (
            models.UniqueConstraint(
                fields=("rectification",), condition=Q(step="requested"), name="one_extension_request_at_a_time"
            ),
            models.CheckConstraint(condition=Q(new_due_on__gt=F("old_due_on")), name="extension_is_later"),
            models.CheckConstraint(
                condition=Q(decided_by__isnull=True, decided_at__isnull=True)
                | Q(decided_by__isnull=False, decided_at__isnull=False),
                name="extension_decided_by_and_at",
            ),
            models.CheckConstraint(
                condition=Q(decided_by__isnull=True) | ~Q(decided_by=F("requested_by")),
                name="extension_by_a_second_person",
            ),
        )
