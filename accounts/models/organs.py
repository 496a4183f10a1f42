"""Organs as a tree, the units under their supervision, and the officials of those units (A0, A4)."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import models
from django.db.models import F, Q
from simple_history.models import HistoricalRecords

from accounts.permissions import LABELS, visible_organ_ids
from accounts.roles import LEDGER_KINDS, OrganKind, PostLevel


class OrganQuerySet(models.QuerySet["Organ"]):
    """Reads over organs."""

    def visible_to(self, user: Any) -> OrganQuerySet:
        """Organs whose records the user may read."""
        return self.filter(pk__in=visible_organ_ids(user))

    def within(self, organ: Organ) -> OrganQuerySet:
        """The organ and everything below it: the scope of a county, later of a prefecture."""
        return self.filter(path__startswith=organ.path)

    def active(self, *, on: date) -> OrganQuerySet:
        """Organs that exist on that day."""
        return self.filter(Q(active_from__isnull=True) | Q(active_from__lte=on)).filter(
            Q(active_to__isnull=True) | Q(active_to__gte=on)
        )

    def keeping_ledgers(self) -> OrganQuerySet:
        """Organs that keep a ledger of their own (A6.2b, AMB-1)."""
        return self.filter(kind__in=LEDGER_KINDS)


class Organ(models.Model):
    """One discipline organ. Its kind decides its duties; its place in the tree decides who sees it."""

    name = models.CharField("单位名称", max_length=120, unique=True)
    short_name = models.CharField("简称", max_length=40, blank=True)
    kind = models.CharField("类别", max_length=40, choices=OrganKind.choices)
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="children")
    path = models.CharField(max_length=200, editable=False, db_index=True, default="")
    collaboration_zone = models.CharField("监督执纪执法协作区", max_length=60, blank=True)
    must_report = models.BooleanField("承担季度报告职责", default=False)
    sort_order = models.PositiveIntegerField("排序", default=100)
    active_from = models.DateField("成立日期", null=True, blank=True)
    active_to = models.DateField("撤销日期", null=True, blank=True)
    history = HistoricalRecords()

    objects = OrganQuerySet.as_manager()

    class Meta:
        ordering = ("sort_order", "pk")
        permissions = tuple((code.value, label) for code, label in LABELS.items())
        constraints = (
            models.CheckConstraint(
                condition=Q(active_to__isnull=True) | Q(active_from__isnull=True) | Q(active_to__gte=F("active_from")),
                name="organ_ends_after_it_begins",
            ),
        )

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Keep the path in step with the parent, so that a subtree is one prefix."""
        super().save(*args, **kwargs)
        path = f"{self.parent.path if self.parent else '/'}{self.pk}/"
        if path != self.path:
            self.path = path
            type(self).objects.filter(pk=self.pk).update(path=path)

    @property
    def label(self) -> str:
        """The name used where space is short."""
        return self.short_name or self.name

    @property
    def is_cso(self) -> bool:
        """Whether this is 党风政风监督室."""
        return self.kind == OrganKind.CONDUCT_SUPERVISION_OFFICE

    @property
    def is_stationed(self) -> bool:
        """Whether this is a 派驻纪检监察组, the only kind bound to 1-3 projects a year (A6.1b, AMB-2)."""
        return self.kind == OrganKind.STATIONED_GROUP

    def county(self) -> Organ:
        """The commission this organ belongs to: the nearest commission upward, itself included."""
        organ = self
        while organ.kind != OrganKind.COMMISSION and organ.parent is not None:
            organ = organ.parent
        return organ

    def cso(self) -> Organ | None:
        """党风政风监督室 of this organ's county."""
        county = self.county()
        return Organ.objects.within(county).filter(kind=OrganKind.CONDUCT_SUPERVISION_OFFICE).first()


class UnitKind(models.TextChoices):
    """What kind of body is supervised."""

    DEPARTMENT = "department", "县直部门"
    TOWNSHIP = "township", "乡镇（街道）"
    INSTITUTION = "institution", "事业单位"
    ENTERPRISE = "enterprise", "国有企业"
    VILLAGE = "village", "村（社区）"
    OTHER = "other", "其他"


class SupervisedUnitQuerySet(models.QuerySet["SupervisedUnit"]):
    """Reads over supervised units."""

    def visible_to(self, user: Any) -> SupervisedUnitQuerySet:
        """Units of the organs the user may read."""
        return self.filter(organ_id__in=visible_organ_ids(user))

    def active(self, *, on: date) -> SupervisedUnitQuerySet:
        """Units that exist on that day."""
        return self.filter(Q(active_to__isnull=True) | Q(active_to__gte=on))


class SupervisedUnit(models.Model):
    """被监督单位: a body with exactly one supervising organ (A4)."""

    name = models.CharField("单位名称", max_length=120)
    short_name = models.CharField("简称", max_length=60, blank=True)
    kind = models.CharField("类别", max_length=20, choices=UnitKind.choices, default=UnitKind.DEPARTMENT)
    organ = models.ForeignKey(Organ, models.PROTECT, related_name="units", verbose_name="监督单位")
    party_organ = models.CharField("党组织", max_length=120, blank=True)
    active_to = models.DateField("撤销日期", null=True, blank=True)
    history = HistoricalRecords()

    objects = SupervisedUnitQuerySet.as_manager()

    class Meta:
        ordering = ("organ_id", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=("name",), condition=Q(active_to__isnull=True), name="active_unit_has_one_supervising_organ"
            ),
        )

    def __str__(self) -> str:
        return self.name


class OfficialQuerySet(models.QuerySet["Official"]):
    """Reads over officials."""

    def visible_to(self, user: Any) -> OfficialQuerySet:
        """Officials of the units of the organs the user may read."""
        return self.filter(unit__organ_id__in=visible_organ_ids(user))

    def active(self, *, on: date) -> OfficialQuerySet:
        """In office on a local day: not left, or left after it."""
        return self.filter(Q(left_on__isnull=True, is_active=True) | Q(left_on__gt=on))


class Official(models.Model):
    """监察对象, as far as the checklist needs them: name and post. No identity numbers, no family data."""

    unit = models.ForeignKey(SupervisedUnit, models.PROTECT, related_name="officials", verbose_name="所在单位")
    full_name = models.CharField("姓名", max_length=40)
    post = models.CharField("职务", max_length=80)
    rank = models.CharField("职级", max_length=40, blank=True)
    is_top_leader = models.BooleanField("“一把手”", default=False)
    is_team_member = models.BooleanField("领导班子成员", default=False)
    post_since = models.DateField("任现职时间", null=True, blank=True)
    post_level = models.CharField("岗位层级", max_length=20, choices=PostLevel.choices, blank=True)
    updated_on = models.DateField("信息更新日期", null=True, blank=True)
    is_active = models.BooleanField("在职", default=True)
    left_on = models.DateField("离任日期", null=True, blank=True)
    history = HistoricalRecords()

    objects = OfficialQuerySet.as_manager()

    class Meta:
        ordering = ("unit_id", "-is_top_leader", "-is_team_member", "pk")

    def __str__(self) -> str:
        return f"{self.full_name}（{self.post}）"
