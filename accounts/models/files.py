"""Attachments: evidence, source documents, stamped ledgers. Served only by a checked view."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import Q

from accounts.models.organs import Organ
from accounts.permissions import Permission, organ_ids, visible_organ_ids

# Files of records about persons: only for authors and holders of the restricted right.
RESTRICTED = "restricted"


class AttachmentQuerySet(models.QuerySet["Attachment"]):
    """Reads over attachments."""

    def visible_to(self, user: Any) -> AttachmentQuerySet:
        """Files of the organs the user may read; those about persons only for authors and the restricted right (A11)."""
        narrow = organ_ids(user, Permission.DRAFT) | organ_ids(user, Permission.READ_RESTRICTED)
        open_ = Q(organ_id__in=visible_organ_ids(user)) & ~Q(purpose=RESTRICTED)
        return self.filter(open_ | Q(organ_id__in=narrow, purpose=RESTRICTED))

    def of(self, subject: models.Model) -> AttachmentQuerySet:
        """Files of one record, oldest first."""
        kind = ContentType.objects.get_for_model(subject)
        return self.filter(subject_type=kind, subject_id=subject.pk).order_by("pk")

    def by_record(self, records: Sequence[models.Model]) -> dict[int, list[Attachment]]:
        """Files of several records of one kind in one query: record id -> its files, oldest first."""
        found: dict[int, list[Attachment]] = {}
        if records:
            kind = ContentType.objects.get_for_model(records[0])
            for file in self.filter(subject_type=kind, subject_id__in=[row.pk for row in records]).order_by("pk"):
                found.setdefault(file.subject_id, []).append(file)
        return found


class Attachment(models.Model):
    """One file of one record; its stored name is random, its digest is SM3."""

    subject_type = models.ForeignKey(ContentType, models.PROTECT)
    subject_id = models.BigIntegerField()
    subject = GenericForeignKey("subject_type", "subject_id")
    organ = models.ForeignKey(Organ, models.PROTECT, related_name="attachments")
    purpose = models.CharField("用途", max_length=40, default="evidence")
    name = models.CharField("文件名", max_length=200)
    file = models.FileField(upload_to="attachments/%Y/%m")
    content_type = models.CharField(max_length=80)
    size = models.PositiveBigIntegerField("字节")
    digest = models.CharField("SM3 摘要", max_length=64)
    uploaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    uploaded_at = models.DateTimeField()

    objects = AttachmentQuerySet.as_manager()

    class Meta:
        ordering = ("pk",)
        indexes = (models.Index(fields=("subject_type", "subject_id"), name="attachment_of_subject"),)

    def __str__(self) -> str:
        return self.name
