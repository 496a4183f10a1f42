"""The duty: every obligation that the regulation puts on somebody by some day, in one table."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import Q

from accounts.calendar import local_day
from accounts.models.organs import Organ
from accounts.permissions import visible_organ_ids


class DutyState(models.TextChoices):
    """How a duty stands on a day. A reading, never stored: what time alone changes would lie at midnight."""

    OPEN = "open", "进行中"
    DUE_SOON = "due_soon", "即将到期"
    OVERDUE = "overdue", "已逾期"
    DONE = "done", "按时完成"
    LATE = "late", "逾期完成"
    EXCUSED = "excused", "已免除"


class DutyQuerySet(models.QuerySet["Duty"]):
    """Reads over duties."""

    def visible_to(self, user: Any) -> DutyQuerySet:
        """Duties of the organs the user may read, and his own."""
        return self.filter(Q(organ_id__in=visible_organ_ids(user)) | Q(person_id=user.pk))

    def open(self) -> DutyQuerySet:
        """Neither fulfilled nor excused."""
        return self.filter(fulfilled_at__isnull=True, excused_at__isnull=True)

    def overdue(self, *, on: date) -> DutyQuerySet:
        """Open after their day."""
        return self.open().filter(due_on__lt=on)

    def of(self, subject: models.Model) -> DutyQuerySet:
        """Duties about one record."""
        kind = ContentType.objects.get_for_model(subject)
        return self.filter(subject_type=kind, subject_id=subject.pk)


class Duty(models.Model):
    """Who owes what, about what, for which period, by which day, and what proves it."""

    SOON_DAYS = 5

    kind = models.CharField("种类", max_length=40)
    article = models.CharField("依据", max_length=20)
    edition = models.CharField("适用制度文号", max_length=60, blank=True)
    title = models.CharField("事项", max_length=300)
    organ = models.ForeignKey(Organ, models.PROTECT, related_name="duties", verbose_name="责任单位")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="duties", verbose_name="责任人"
    )
    subject_type = models.ForeignKey(ContentType, models.PROTECT, null=True)
    subject_id = models.BigIntegerField(default=0)
    subject = GenericForeignKey("subject_type", "subject_id")
    subject_key = models.CharField(max_length=80, default="", editable=False)  # "app.model:id", or empty
    period = models.CharField("期间", max_length=20, blank=True)
    opened_on = models.DateField("起算日")
    due_on = models.DateField("期限")
    link = models.CharField(max_length=200, blank=True)
    fulfilled_at = models.DateTimeField("完成时间", null=True)
    proof = models.CharField("完成依据", max_length=200, blank=True)
    proof_link = models.CharField(max_length=200, blank=True)
    late_reason = models.TextField("逾期原因", blank=True)
    excused_at = models.DateTimeField("免除时间", null=True)
    excused_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    excuse = models.CharField("免除理由", max_length=300, blank=True)

    objects = DutyQuerySet.as_manager()

    class Meta:
        ordering = ("due_on", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=("kind", "organ", "subject_key", "period"), name="one_duty_per_kind_object_and_period"
            ),
            models.CheckConstraint(
                condition=Q(excused_at__isnull=True, excused_by__isnull=True)
                | (Q(excused_at__isnull=False, excused_by__isnull=False) & ~Q(excuse="")),
                name="excuse_has_author_and_reason",
            ),
        )
        indexes = (models.Index(fields=("organ", "due_on"), name="duty_of_organ"),)

    def __str__(self) -> str:
        return self.title

    def state(self, *, on: date) -> DutyState:
        """How the duty stands on `on`, a local day."""
        if self.excused_at:
            return DutyState.EXCUSED
        if self.fulfilled_at:
            return DutyState.DONE if local_day(self.fulfilled_at) <= self.due_on else DutyState.LATE
        if on > self.due_on:
            return DutyState.OVERDUE
        return DutyState.DUE_SOON if self.due_on - on <= timedelta(days=self.SOON_DAYS) else DutyState.OPEN

    def days_left(self, *, on: date) -> int:
        """Calendar days until the due day; negative when it has passed."""
        return (self.due_on - on).days


class DutyFeed(models.Model):
    """The calendar address of one person. Only a digest of its secret is kept; a new one makes the old one void."""

    user = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, related_name="duty_feed")
    digest = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField("生成时间")
