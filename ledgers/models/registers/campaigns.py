"""Special campaigns, what was made public, and figures that others report."""

from django.db import models
from django.db.models import F, Q

from checklists.models import Topic
from ledgers.models.registers.base import PAIRS, RegisterRecord, by_day, rule
from ledgers.register_states import CampaignState, Medium


class SpecialCampaign(RegisterRecord):
    """专项整治: one leader, one lead department, one task force, or it is not under way."""

    name = models.CharField("专项整治", max_length=120)
    # What is tagged with it counts for the campaign: problems, projects, visits, people dealt with.
    topic = models.OneToOneField(Topic, models.PROTECT, null=True, editable=False, related_name="campaign")
    package = models.CharField("所属整治项目清单", max_length=120, blank=True)
    leader = models.CharField("分管领导", max_length=40, blank=True)
    department = models.CharField("牵头部门", max_length=80, blank=True)
    task_force = models.CharField("工作专班", max_length=200, blank=True)
    starts_on = models.DateField("开始日期")
    ends_on = models.DateField("结束日期", null=True, blank=True)
    announced_on = models.DateField("公布日期", null=True, blank=True)
    state = models.CharField("状态", max_length=20, choices=CampaignState.choices, default=CampaignState.PREPARED)

    class Meta:
        ordering = ("-starts_on", "-pk")
        indexes = by_day("starts_on")
        constraints = (
            *PAIRS,
            rule(
                Q(state=CampaignState.PREPARED) | (~Q(leader="") & ~Q(department="") & ~Q(task_force="")),
                "campaign_has_leader_lead_and_force",
                "一个专项整治须有一名领导分管、一个部门牵头、一个专班推进，三项填齐后才能启动。",
            ),
            rule(
                Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
                "campaign_ends_after_start",
                "结束日期早于开始日期，请核对。",
            ),
        )

    def __str__(self) -> str:
        return self.name


class PublicityRecord(RegisterRecord):
    """宣传公开: medium, day and number of copies."""

    title = models.CharField("宣传内容", max_length=200)
    medium = models.CharField("方式", max_length=20, choices=Medium.choices)
    published_on = models.DateField("日期")
    copies = models.PositiveIntegerField("份数", default=0)
    campaign = models.ForeignKey(
        SpecialCampaign, models.PROTECT, null=True, blank=True, related_name="publicity", verbose_name="专项整治"
    )

    class Meta:
        ordering = ("-published_on", "-pk")
        constraints = PAIRS
        indexes = by_day("published_on")

    def __str__(self) -> str:
        return self.title


class ExternalFigure(RegisterRecord):
    """部门报送数据: a figure that another body reports; it is stored with its source and only ever summed."""

    name = models.CharField("指标名称", max_length=80)
    period_from = models.DateField("期间自")
    period_to = models.DateField("期间至")
    value = models.DecimalField("数值", max_digits=16, decimal_places=2)
    unit_word = models.CharField("计量单位", max_length=10)
    source = models.CharField("报送部门", max_length=120)
    reported_on = models.DateField("报送日期")

    class Meta:
        ordering = ("-reported_on", "-pk")
        indexes = by_day("reported_on")
        constraints = (
            *PAIRS,
            rule(
                Q(period_to__gte=F("period_from")),
                "external_figure_period_in_order",
                "期间的结束日期早于开始日期，请核对。",
            ),
        )

    def __str__(self) -> str:
        return f"{self.name}（{self.source}报送）"
