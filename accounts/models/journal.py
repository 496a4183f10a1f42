"""What happened (events), who was told (notices), who looked (access log). Nothing here is ever rewritten."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import Q

from accounts.models.organs import Organ
from accounts.permissions import visible_organ_ids


class AppendOnly(Exception):
    """Somebody tried to change or delete a record that the office must be able to rely on."""


class AppendOnlyQuerySet(models.QuerySet):
    """Rows that are written once. Bulk changes are refused as well as single ones."""

    def update(self, **kwargs: Any) -> int:
        raise AppendOnly("记录只增不改")

    def delete(self) -> tuple[int, dict[str, int]]:
        raise AppendOnly("记录只增不删")

    def bulk_update(self, *args: Any, **kwargs: Any) -> int:
        raise AppendOnly("记录只增不改")


class EventQuerySet(AppendOnlyQuerySet):
    """Reads over events."""

    def of(self, subject: models.Model) -> EventQuerySet:
        """Everything that happened to one record, oldest first."""
        kind = ContentType.objects.get_for_model(subject)
        return self.filter(subject_type=kind, subject_id=subject.pk).order_by("pk")

    def visible_to(self, user: Any) -> EventQuerySet:
        """Events on records of the organs the user may read."""
        return self.filter(organ_id__in=visible_organ_ids(user))


class Event(models.Model):
    """One thing that somebody did to one record: verb, from, to, by, at, note, article."""

    subject_type = models.ForeignKey(ContentType, models.PROTECT)
    subject_id = models.BigIntegerField()
    subject = GenericForeignKey("subject_type", "subject_id")
    title = models.CharField("事项", max_length=300)
    organ = models.ForeignKey(Organ, models.PROTECT, related_name="+")
    verb = models.CharField("动作", max_length=40)
    label = models.CharField("动作名称", max_length=60)
    from_step = models.CharField("原状态", max_length=40, blank=True)
    to_step = models.CharField("新状态", max_length=40, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="办理人")
    on_behalf_of = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField("时间", db_index=True)
    note = models.TextField("说明", blank=True)
    article = models.CharField("依据", max_length=20, blank=True)
    edition = models.CharField("适用制度文号", max_length=60, blank=True)

    objects = EventQuerySet.as_manager()

    class Meta:
        ordering = ("pk",)
        indexes = (models.Index(fields=("subject_type", "subject_id", "id"), name="event_of_subject"),)

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Insert only."""
        if self.pk is not None:
            raise AppendOnly("事件只增不改")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        """Never."""
        raise AppendOnly("事件只增不删")


class NoticeQuerySet(models.QuerySet["Notice"]):
    """Reads over notices."""

    def visible_to(self, user: Any) -> NoticeQuerySet:
        """A person's own notices."""
        return self.filter(recipient=user)

    def unread(self) -> NoticeQuerySet:
        """Not yet opened."""
        return self.filter(read_at__isnull=True)

    def untold(self) -> NoticeQuerySet:
        """Not yet delivered outside the product (the outbox)."""
        return self.filter(told_at__isnull=True)

    def deliverable(self, *, at: datetime) -> NoticeQuerySet:
        """Of the outbox, what is neither being sent by another worker nor waiting after a failure."""
        return self.untold().filter(Q(next_try_at__isnull=True) | Q(next_try_at__lte=at))


class Notice(models.Model):
    """One sentence for one person: the inbox, and by `told_at` the outbox. `key` makes a reminder happen once."""

    recipient = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="notices")
    event = models.ForeignKey(Event, models.PROTECT, null=True, related_name="notices")
    kind = models.CharField(max_length=40, default="event")
    key = models.CharField(max_length=160)
    sentence = models.CharField("内容", max_length=400)
    link = models.CharField(max_length=200, blank=True)
    article = models.CharField(max_length=20, blank=True)
    created_at = models.DateTimeField("时间")
    told_at = models.DateTimeField(null=True)
    tries = models.PositiveSmallIntegerField(default=0)  # how often its delivery was begun
    next_try_at = models.DateTimeField(null=True)  # claimed or failed: not before that moment
    read_at = models.DateTimeField(null=True)

    objects = NoticeQuerySet.as_manager()

    class Meta:
        ordering = ("-pk",)
        constraints = (models.UniqueConstraint(fields=("recipient", "key"), name="told_once"),)
        indexes = (
            models.Index(fields=("recipient", "read_at"), name="notice_inbox"),
            models.Index(fields=("id",), condition=Q(told_at__isnull=True), name="notice_outbox"),
            models.Index(fields=("key",), name="notice_by_key"),  # the engine asks by key whether it has spoken
        )


class AccessLogQuerySet(AppendOnlyQuerySet):
    """Reads over the access log: the audit administrator's register."""


class AccessLog(models.Model):
    """Who looked at, exported, printed or was refused what. Kept for the audit administrator (三员分立)."""

    at = models.DateTimeField("时间", db_index=True)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    username = models.CharField("登录名", max_length=40)
    role = models.CharField("角色", max_length=30, blank=True)
    organ_name = models.CharField("单位", max_length=120, blank=True)
    action = models.CharField("动作", max_length=40)
    subject = models.CharField("对象", max_length=300, blank=True)
    result = models.CharField("结果", max_length=40, default="ok")
    address = models.CharField("来源地址", max_length=60, blank=True)
    path = models.CharField(max_length=300, blank=True)

    objects = AccessLogQuerySet.as_manager()

    class Meta:
        ordering = ("-pk",)

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Insert only."""
        if self.pk is not None:
            raise AppendOnly("日志只增不改")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        """Never."""
        raise AppendOnly("日志只增不删")
