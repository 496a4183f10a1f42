"""“三看”的提示语: what the three looks ask, as the office words it from a day on (A9.6c, AMB-12)."""

from __future__ import annotations

from datetime import date

from django.conf import settings
from django.db import models

from accounts.models import Organ

FIRST = "看战略部署落实了没有、落实得好不好"
SECOND = "看重点任务、重点举措、重要政策、重要要求贯彻得怎么样"
THIRD = "看本地区本部门本单位职责有没有担当起来"


class LookPrompts(models.Model):
    """One wording of the three questions, in force from its day; earlier texts keep the wording they answered."""

    organ = models.ForeignKey(Organ, models.PROTECT, related_name="+", verbose_name="设置单位")
    valid_from = models.DateField("自")
    first = models.CharField("一看", max_length=200)
    second = models.CharField("二看", max_length=200)
    third = models.CharField("三看", max_length=200)
    changed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="设置人")
    changed_at = models.DateTimeField("设置时间")

    class Meta:
        ordering = ("-valid_from", "-pk")
        constraints = (
            models.UniqueConstraint(fields=("organ", "valid_from"), name="one_wording_of_the_looks_per_day"),
        )

    @property
    def words(self) -> tuple[str, str, str]:
        """The three questions."""
        return self.first, self.second, self.third


def looks_on(organ: Organ, day: date) -> tuple[str, str, str]:
    """The three questions that the organ's county asks on a day; the published wording where none was set."""
    county = organ.county()
    found = LookPrompts.objects.filter(organ__path__startswith=county.path, valid_from__lte=day).first()
    return found.words if found else (FIRST, SECOND, THIRD)
