"""A special campaign owns a topic: what bears the topic counts for the campaign (S0-16, A5.3)."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.urls import reverse

from accounts.workflow import Refused
from checklists.models import ChecklistItem, Topic
from ledgers.books.register import Borne
from ledgers.campaign_names import is_named_after, numbered
from ledgers.models import Disposition, PublicityRecord, SpecialCampaign, UnannouncedVisit
from supervision.models import AccountabilityAction, Problem


def own_topic(campaign: SpecialCampaign) -> None:
    """Give the campaign its topic, or rename it with the campaign; a topic of that name nobody owns is adopted.

    Raises `Refused` where another campaign, perhaps one that was taken out, owns the name.
    """
    name = numbered(campaign.name, 1)
    mine: Topic | None = campaign.topic
    if mine is not None and is_named_after(mine.name, campaign.name):
        return
    same = Topic.objects.select_for_update(of=("self",)).filter(name=name).select_related("campaign").first()
    if same is not None and (mine is not None or hasattr(same, "campaign")):
        raise Refused(_taken(same), "A5.3")
    if mine is not None:
        mine.name = name
        mine.save()
        return
    topic = same or Topic(name=name)
    topic.is_active = True
    topic.save()
    campaign.topic = topic
    campaign.save()


def _taken(topic: Topic) -> str:
    owner = getattr(topic, "campaign", None)
    if owner is None:
        return f"已有名称为“{topic}”的专题，改名后会与它混淆，请换一个名称。"
    out = "（已删除）" if owner.removed_at else ""
    return f"专题“{topic}”属于另一个专项整治“{owner}”{out}，请恢复或修改原有的一条，或者换一个名称。"


def bears(campaign: SpecialCampaign, user: Any) -> list[Borne]:
    """What counts for the campaign, as far as the reader may see it; restricted registers only for their circle."""
    if campaign.topic_id is None:
        return []
    topic, tagged = campaign.topic_id, {"topics": campaign.topic_id}
    found = [
        _borne("问题", Problem.objects.visible_to(user).filter(**tagged), "个", "supervision:problems", topic=topic),
        _borne("监督项目", ChecklistItem.objects.visible_to(user).filter(**tagged), "项", "checklists:items", topics=topic),
        _borne("明察暗访", UnannouncedVisit.objects.visible_to(user).live().filter(**tagged), "次", "visits", topics=topic),
        _borne("宣传公开", PublicityRecord.objects.visible_to(user).live().filter(campaign=campaign), "次", "publicity",
               campaign=campaign.pk),
    ]  # fmt: skip
    actions = AccountabilityAction.objects.visible_to(user).filter(**tagged)
    persons = Disposition.objects.visible_to(user).filter(**tagged)
    return [
        *found,
        _borne("问责", actions, "件", "supervision:accountability", topic=topic),
        _borne("“四种形态”处置", persons, "人次", "ledgers:dispositions", topic=topic),
    ]


def _borne(label: str, rows: Any, unit_word: str, page: str, **query: int) -> Borne:
    address = reverse(page) if ":" in page else reverse("ledgers:register", args=[page])
    return Borne(label, rows.order_by().values("pk").distinct().count(), unit_word, f"{address}?{urlencode(query)}")
