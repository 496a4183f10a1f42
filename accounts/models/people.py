"""Persons of the office, which leader looks after which organ, and who stands in for whom (AMB-4)."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.db import models
from django.db.models import F, Q
from simple_history.models import HistoricalRecords

from accounts.models.organs import Organ
from accounts.permissions import visible_organ_ids
from accounts.roles import ADMIN_ROLES, LEADER_ROLES, STAFF_ROLES, Role, Rung


class UserManager(BaseUserManager["User"]):
    """Creates accounts; nobody is ever a superuser."""

    def create_user(self, username: str, password: str | None = None, **fields: Any) -> User:
        """One account of one person in one organ."""
        user = self.model(username=username, **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user


class User(AbstractBaseUser, PermissionsMixin):
    """One person with one role in exactly one organ (A0)."""

    username = models.CharField("登录名", max_length=40, unique=True)
    full_name = models.CharField("姓名", max_length=40)
    post = models.CharField("职务", max_length=80, blank=True)
    organ = models.ForeignKey(Organ, models.PROTECT, related_name="members", verbose_name="所在单位")
    role = models.CharField("角色", max_length=30, choices=Role.choices)
    email = models.EmailField("邮箱", blank=True)
    is_active = models.BooleanField("已启用", default=True)
    must_change_password = models.BooleanField("须修改初始密码", default=False)
    rights_synced_on = models.DateField(null=True, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)
    history = HistoricalRecords(excluded_fields=["password", "last_login", "rights_synced_on"])

    objects = UserManager()
    USERNAME_FIELD = "username"
    REQUIRED_FIELDS = ["full_name"]

    class Meta:
        ordering = ("organ_id", "role", "pk")
        constraints = (
            # 三员分立 leaves no account that may do everything.
            models.CheckConstraint(condition=Q(is_superuser=False), name="nobody_is_superuser"),
        )

    def __str__(self) -> str:
        return self.full_name

    def get_full_name(self) -> str:
        """Name as printed on papers."""
        return self.full_name

    @property
    def is_admin(self) -> bool:
        """One of the three administrators, who hold no business rights."""
        return self.role in ADMIN_ROLES

    @property
    def is_leader(self) -> bool:
        """AM, DS or the secretary."""
        return self.role in LEADER_ROLES

    @property
    def is_staff_member(self) -> bool:
        """Clerk or head of an organ."""
        return self.role in STAFF_ROLES

    @property
    def is_cso(self) -> bool:
        """Member of 党风政风监督室."""
        return self.organ.is_cso and self.is_staff_member


class OversightAssignmentQuerySet(models.QuerySet["OversightAssignment"]):
    """Reads over assignments."""

    def valid(self, *, on: date) -> OversightAssignmentQuerySet:
        """Assignments in force on that day, both ends inclusive."""
        return self.filter(valid_from__lte=on).filter(Q(valid_to__isnull=True) | Q(valid_to__gte=on))

    def visible_to(self, user: Any) -> OversightAssignmentQuerySet:
        """Assignments of the organs the user may read."""
        return self.filter(organ_id__in=visible_organ_ids(user))


class OversightAssignment(models.Model):
    """From which day to which day a leader looks after an organ, as AM or as DS (AMB-4)."""

    RUNGS = [(r.value, r.label) for r in (Rung.ASSISTING_MEMBER, Rung.DEPUTY_SECRETARY)]

    organ = models.ForeignKey(Organ, models.PROTECT, related_name="assignments", verbose_name="单位")
    rung = models.CharField("职责", max_length=30, choices=RUNGS)
    leader = models.ForeignKey(User, models.PROTECT, related_name="assignments", verbose_name="领导")
    valid_from = models.DateField("自")
    valid_to = models.DateField("至", null=True, blank=True)
    history = HistoricalRecords()

    objects = OversightAssignmentQuerySet.as_manager()

    class Meta:
        ordering = ("organ_id", "rung", "-valid_from")
        constraints = (
            models.UniqueConstraint(
                fields=("organ", "rung"), condition=Q(valid_to__isnull=True), name="one_open_assignment_per_rung"
            ),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")),
                name="assignment_ends_after_start",
            ),
        )

    def __str__(self) -> str:
        return f"{self.organ} {self.get_rung_display()} {self.leader}"


class DeputationQuerySet(models.QuerySet["Deputation"]):
    """Reads over deputations."""

    def valid(self, *, on: date) -> DeputationQuerySet:
        """Deputations in force on that day, both ends inclusive."""
        return self.filter(valid_from__lte=on, valid_to__gte=on)


class Deputation(models.Model):
    """A dated stand-in for absence; a signature then shows both names."""

    principal = models.ForeignKey(User, models.PROTECT, related_name="deputations", verbose_name="委托人")
    deputy = models.ForeignKey(User, models.PROTECT, related_name="deputising", verbose_name="代理人")
    valid_from = models.DateField("自")
    valid_to = models.DateField("至")
    reason = models.CharField("事由", max_length=200)
    history = HistoricalRecords()

    objects = DeputationQuerySet.as_manager()

    class Meta:
        ordering = ("-valid_from",)
        constraints = (
            models.CheckConstraint(condition=Q(valid_to__gte=F("valid_from")), name="deputation_ends_after_start"),
            models.CheckConstraint(condition=~Q(principal=F("deputy")), name="nobody_deputises_for_himself"),
        )

    def __str__(self) -> str:
        return f"{self.deputy} 代 {self.principal}"
