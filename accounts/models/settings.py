"""What the office itself decides: dated readings of the regulation, the work calendar, notes of interpretation."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from simple_history.models import HistoricalRecords

from accounts.calendar import WorkCalendar


class RuleSetting(models.Model):
    """One value of one dated limit. A new value applies from its day on and never alters the past (A13)."""

    key = models.CharField("参数", max_length=60)
    value = models.CharField("取值", max_length=60)
    valid_from = models.DateField("自")
    reason = models.CharField("说明", max_length=200, blank=True)
    changed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    history = HistoricalRecords()

    class Meta:
        ordering = ("key", "-valid_from")
        constraints = (models.UniqueConstraint(fields=("key", "valid_from"), name="one_value_per_day"),)


class WorkCalendarDay(models.Model):
    """A day that the State Council's notice makes a rest day or a working day, against the weekday rule."""

    day = models.DateField("日期", unique=True)
    is_workday = models.BooleanField("上班")
    name = models.CharField("名称", max_length=40, blank=True)
    changed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ("day",)


def work_calendar() -> WorkCalendar:
    """The calendar in force: the library's holidays overridden by the office's own table."""
    return WorkCalendar(dict(WorkCalendarDay.objects.values_list("day", "is_workday")))


class RuleNote(models.Model):
    """党风政风监督室's interpretation of an article (A12)."""

    article = models.CharField("条款", max_length=20, db_index=True)
    text = models.TextField("解释")
    noted_on = models.DateField("日期")
    noted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    history = HistoricalRecords()

    class Meta:
        ordering = ("-noted_on", "-pk")
