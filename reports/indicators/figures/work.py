"""Projects of the yearly list, campaigns, special inspections, publicity (I0-1, I0-2, I0-10, I0-11, I3-1, I4-1)."""

from __future__ import annotations

from typing import Any

from django.db.models import Sum

from checklists.models import ChecklistItem
from checklists.states import Form, ItemStep
from ledgers.models import PublicityRecord, SpecialCampaign
from ledgers.register_states import Medium
from reports.counting.figure import Figure, Rows, declare
from reports.counting.work import OF_ACTIVITY, OF_ITEM, activities
from reports.indicators.figures.rows import of_register, register

EPIDEMIC = ("疫情防控",)


def listed(**more: Any) -> Rows:
    """Projects that the standing committee approved, of every year that the scope touches; the lead organ's."""
    return lambda scope: ChecklistItem.objects.filter(
        step=ItemStep.LISTED, lead_organ_id__in=scope.organs, year__range=(scope.first.year, scope.last.year), **more
    )


_CAMPAIGN = {"announced_on": "公布日期", "name": "标题", "package": "整治项目清单", "department": "牵头部门"}
_PUBLICITY = {"published_on": "日期", "title": "标题", "copies": "份数"}

declare(
    Figure("annual_item_count", "年度任务数", "项", "A6.1e", listed(), **OF_ITEM),
    Figure("special_item_count", "专项监督数", "项", "A6.1e", listed(is_special=True), **OF_ITEM),
    Figure("stationed_item_count", "派驻机构驻点项目数", "个", "A6.1b", listed(form=Form.STATIONED), **OF_ITEM),
    Figure("livelihood_campaign_count", "群众身边整治项目数", "个", "A5.3",
           lambda scope: register(SpecialCampaign, "announced_on")(scope).exclude(package=""),
           **of_register("campaigns", _CAMPAIGN, topic=("topic", "topics"))),
    Figure("poster_copies", "宣传海报份数", "份", "A9.8d", register(PublicityRecord, "published_on", medium=Medium.POSTER),
           measure=Sum("copies"), **of_register("publicity", _PUBLICITY, topic=("topics", "campaign__topic"))),
    Figure("study_survey_count", "专题研究和调研次数", "次", "A9.4a",
           activities(method__code__in=("special_study", "survey")), topics=EPIDEMIC, **OF_ACTIVITY),
)  # fmt: skip
