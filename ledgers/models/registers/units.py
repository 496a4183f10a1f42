"""What the office knows about a unit's business, its risks, and how its register of officials moves."""

from django.db import models
from django.db.models import Q

from accounts.models import SupervisedUnit
from ledgers.models.registers.base import PAIRS, RegisterRecord, by_day, rule
from ledgers.register_states import RiskLevel


class UnitProfile(RegisterRecord):
    """被监督单位基本情况: functions, staffing and processes, looked after by one person. About a unit, never a person."""

    unit = models.ForeignKey(SupervisedUnit, models.PROTECT, related_name="profiles", verbose_name="单位")
    functions = models.TextField("职能业务")
    staffing = models.TextField("人员编制", blank=True)
    processes = models.TextField("工作流程", blank=True)
    menu = models.TextField("监督重点提示", blank=True)
    keeper = models.CharField("专人负责", max_length=40)
    checked_on = models.DateField("最近更新日期")

    class Meta:
        ordering = ("-checked_on", "-pk")
        indexes = by_day("checked_on")
        constraints = (
            *PAIRS,
            models.UniqueConstraint(
                fields=("unit",),
                condition=Q(removed_at__isnull=True),
                name="one_profile_per_unit",
                violation_error_message="该单位已有基本情况，请修改原有的一条。",
            ),
        )

    def __str__(self) -> str:
        return f"{self.unit}基本情况"


class RiskPoint(RegisterRecord):
    """廉政风险点 of one link in a unit's business, with the measure that controls it; rated by the unit."""

    unit = models.ForeignKey(SupervisedUnit, models.PROTECT, related_name="risk_points", verbose_name="单位")
    link = models.CharField("业务环节", max_length=120)
    risk = models.TextField("风险点")
    level = models.CharField("风险等级", max_length=10, choices=RiskLevel.choices)
    measure = models.TextField("防控措施")
    owner = models.CharField("责任部门", max_length=80)
    recorded_on = models.DateField("登记日期")

    class Meta:
        ordering = ("-recorded_on", "-pk")
        constraints = PAIRS
        indexes = by_day("recorded_on")

    def __str__(self) -> str:
        return f"{self.unit}：{self.link}"


class RegisterUpdate(RegisterRecord):
    """监察对象信息采集更新: how many were added, changed and taken out on a day."""

    unit = models.ForeignKey(SupervisedUnit, models.PROTECT, related_name="+", verbose_name="单位")
    updated_on = models.DateField("更新日期")
    added = models.PositiveIntegerField("新增人数", default=0)
    changed = models.PositiveIntegerField("变更人数", default=0)
    left = models.PositiveIntegerField("减少人数", default=0)

    class Meta:
        ordering = ("-updated_on", "-pk")
        indexes = by_day("updated_on")
        constraints = (
            *PAIRS,
            rule(
                Q(added__gt=0) | Q(changed__gt=0) | Q(left__gt=0),
                "register_update_changes_something",
                "新增、变更、减少人数不能都是0。",
            ),
        )

    def __str__(self) -> str:
        return f"{self.unit}监察对象信息更新"
