"""What proves a rectification, and the unit's own stamped ledger of it (A9.8a, A9.8b)."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from accounts.models import Attachment, Organ, SupervisedUnit
from checklists.models.lists import ScopedQuerySet
from supervision.models.rectification import RectificationItem
from supervision.states import ProofKind


class ClosureProof(models.Model):
    """One piece of evidence with its kind: money paid back names its sum in 元, an institution names its title (A9.8b)."""

    rectification = models.ForeignKey(RectificationItem, models.PROTECT, related_name="proofs")
    attachment = models.OneToOneField(Attachment, models.PROTECT, related_name="proof")
    kind = models.CharField("佐证种类", max_length=20, choices=ProofKind.choices, default=ProofKind.DOCUMENT)
    amount = models.DecimalField("金额（元）", max_digits=14, decimal_places=2, null=True, blank=True)
    institution = models.CharField("制度名称", max_length=120, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ("pk",)
        constraints = (
            models.CheckConstraint(
                condition=(Q(kind="money", amount__gt=0) | (~Q(kind="money") & Q(amount__isnull=True))),
                name="money_proof_names_its_sum",
            ),
            models.CheckConstraint(
                condition=~Q(kind="institution") | ~Q(institution=""), name="institution_proof_names_its_title"
            ),
        )

    @property
    def words(self) -> str:
        """The kind with its sum or title, as printed."""
        if self.kind == ProofKind.MONEY:
            return f"{self.get_kind_display()}{self.amount:,.2f}元"
        return f"{self.get_kind_display()}《{self.institution}》" if self.institution else self.get_kind_display()


class UnitLedgerConfirmation(models.Model):
    """单位整改工作台账: the unit's stamped copy, entered by the supervising organ because units have no accounts (AMB-8)."""

    organ = models.ForeignKey(Organ, models.PROTECT, related_name="unit_ledger_confirmations")
    unit = models.ForeignKey(SupervisedUnit, models.PROTECT, related_name="ledger_confirmations")
    confirmed_on = models.DateField("单位确认日期")
    count = models.PositiveIntegerField("涉及问题数")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    objects = ScopedQuerySet.as_manager()

    class Meta:
        ordering = ("-confirmed_on", "-pk")

    def __str__(self) -> str:
        return f"{self.unit}整改工作台账（{self.confirmed_on:%Y-%m-%d}确认）"
