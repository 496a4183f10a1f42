"""What every register shares: whose record it is, who wrote it, who checked it, and that nothing is ever erased."""

from __future__ import annotations

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from simple_history.models import HistoricalRecords

from accounts.models import Organ
from accounts.permissions import Permission, organ_ids, visible_organ_ids
from checklists.models import Topic
from supervision.models import Problem

PERSON = settings.AUTH_USER_MODEL


class RegisterQuerySet(models.QuerySet):
    """Reads over the records of one register."""

    def visible_to(self, user: Any) -> RegisterQuerySet:
        """Records of the organs the user may read; those about persons only for authors and the restricted right (A11)."""
        if getattr(self.model, "PERSONS", False):
            ids = organ_ids(user, Permission.DRAFT) | organ_ids(user, Permission.READ_RESTRICTED)
        else:
            ids = visible_organ_ids(user)
        return self.filter(organ_id__in=ids)

    def live(self) -> RegisterQuerySet:
        """Not taken out: what lists show and figures count."""
        return self.filter(removed_at__isnull=True)

    def verified(self) -> RegisterQuerySet:
        """Checked by 党风政风监督室: what the evaluation counts (A10.5)."""
        return self.live().filter(verified_at__isnull=False)


PAIRS = (
    models.CheckConstraint(
        condition=Q(removed_at__isnull=True, removed_by__isnull=True)
        | (Q(removed_at__isnull=False, removed_by__isnull=False) & ~Q(removed_reason="")),
        name="%(class)s_out_with_reason",
    ),
    models.CheckConstraint(
        condition=Q(verified_at__isnull=True, verified_by__isnull=True)
        | Q(verified_at__isnull=False, verified_by__isnull=False),
        name="%(class)s_verified_by",
    ),
)


def by_day(name: str) -> tuple[models.Index, ...]:
    """The index behind a register's list: one organ's records by their day."""
    return (models.Index(fields=("organ", name), name="%(class)s_by_day"),)


def rule(condition: Q, name: str, sentence: str) -> models.CheckConstraint:
    """A condition that form and database both keep; `sentence` is what the clerk reads."""
    return models.CheckConstraint(condition=condition, name=name, violation_error_message=sentence)


class RegisterRecord(models.Model):
    """One record of one register. It is taken out with a reason, never deleted, and its author can bring it back."""

    PERSONS: ClassVar[bool] = False  # whether it names persons: narrower circle, every look logged

    organ = models.ForeignKey(Organ, models.PROTECT, related_name="+", verbose_name="登记单位")
    topics = models.ManyToManyField(Topic, blank=True, related_name="+", verbose_name="专题")
    created_by = models.ForeignKey(PERSON, models.PROTECT, related_name="+", verbose_name="登记人")
    created_at = models.DateTimeField("登记时间")
    updated_by = models.ForeignKey(PERSON, models.PROTECT, related_name="+", verbose_name="更新人")
    updated_at = models.DateTimeField("更新时间")
    removed_at = models.DateTimeField("删除时间", null=True)
    removed_by = models.ForeignKey(PERSON, models.PROTECT, null=True, related_name="+")
    removed_reason = models.CharField("删除理由", max_length=200, blank=True)
    verified_at = models.DateTimeField("核实时间", null=True)
    verified_by = models.ForeignKey(PERSON, models.PROTECT, null=True, related_name="+", verbose_name="核实人")
    history = HistoricalRecords(inherit=True)

    objects = RegisterQuerySet.as_manager()

    class Meta:
        abstract = True


class FindsProblems(models.Model):
    """A record that can lead to problems; they live in the one problem list (A3.1)."""

    problems = models.ManyToManyField(
        Problem, blank=True, related_name="%(class)s_records", verbose_name="由此登记的问题"
    )

    class Meta:
        abstract = True


class RegisterRow(models.Model):
    """One line inside a record: an opinion, an entry. Its fields stand in the concrete class."""

    history = HistoricalRecords(inherit=True)

    class Meta:
        abstract = True
