"""What the command was asked for: names as pages show them, ids in any case, and a sentence that helps where there is no such thing."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from difflib import get_close_matches
from typing import Any

from accounts.models import Organ
from accounts.roles import OrganKind
from checklists.models import Topic
from ledgers.models import SpecialCampaign
from reports.indicators.table import ids

NEAREST = 8  # names that a sentence can hold
USAGE, UNKNOWN = 2, 1


class Unknown(ValueError):
    """What was asked for is not there. `status` is the one of the contract: 1 for a name, 2 for a bad day or id."""

    def __init__(self, sentence: str, status: int) -> None:
        self.status = status
        super().__init__(sentence)


def day(name: str, text: str | None) -> date:
    """A day of the calendar. Raises Unknown."""
    if not text:
        raise Unknown(f"请用 {name} 写明{'起始' if name == '--from' else '截止'}日期，如 {name} 2026-07-01。", USAGE)
    try:
        return date.fromisoformat(text)
    except ValueError as wrong:
        raise Unknown(f"{name} 不是日期：{text}，请写成 2026-07-01 的形式。", USAGE) from wrong


def organs(name: str | None) -> Sequence[int]:
    """One organ by its full or short name; a commission stands for its county, no name for every organ. Raises Unknown."""
    if not name:
        return list(Organ.objects.values_list("pk", flat=True))
    found = Organ.objects.filter(name=name) or Organ.objects.filter(short_name=name)
    if not found:
        known = Organ.objects.values_list("name", "short_name")
        raise Unknown(f"没有名为“{name}”的单位。{nearest(name, (one for both in known for one in both))}", UNKNOWN)
    if len(found) > 1:
        raise Unknown(
            f"名为“{name}”的单位有{len(found)}个，请写单位全称：{_listed(one.name for one in found)}。", UNKNOWN
        )
    if found[0].kind == OrganKind.COMMISSION:
        return list(Organ.objects.within(found[0]).values_list("pk", flat=True))
    return [found[0].pk]


def topic(name: str | None, campaign: str | None) -> int | None:
    """The topic of that name, or the one that the campaign owns. Raises Unknown."""
    if name and campaign:
        raise Unknown("--topic 和 --campaign 只能写一个：专项行动就是一个专题。", USAGE)
    if campaign:
        owned = SpecialCampaign.objects.live().exclude(topic=None)
        return _named("专项行动", campaign, owned.values_list("name", "topic_id"))
    return _named("专题", name, Topic.objects.values_list("name", "pk")) if name else None


def _named(what: str, name: str, rows: Iterable[tuple[str, Any]]) -> int:
    known = dict(rows)
    if name not in known:
        raise Unknown(f"没有名为“{name}”的{what}。{nearest(name, known)}", UNKNOWN)
    return int(known[name])


def indicators(wanted: Sequence[str] | None) -> Sequence[str]:
    """Ids as the table has them, whatever their case; none for all. Raises Unknown."""
    if wanted is None:
        return ()
    asked = [one.strip() for one in wanted]
    if not asked or not all(asked):
        raise Unknown(f"--id 后面没有编号，请写编号，如 --id I3-5 R-1。{_all_ids()}", USAGE)
    known = {one.casefold(): one for one in ids()}
    strange = [one for one in asked if one.casefold() not in known]
    if strange:
        raise Unknown(f"没有编号为“{'、'.join(strange)}”的指标。{_all_ids()}", USAGE)
    return [known[one.casefold()] for one in asked]


def nearest(name: str, known: Iterable[str]) -> str:
    """The names that may have been meant: those that hold the word, then those that look like it, else the first of all."""
    names = sorted({one for one in known if one})
    holding = [one for one in names if name in one or one in name]
    like = holding + [one for one in get_close_matches(name, names, NEAREST, 0.4) if one not in holding]
    if like:
        return f"相近的名称：{_listed(like)}。"
    return f"现有名称：{_listed(names)}。" if names else "现在一个也没有登记。"


def _listed(names: Iterable[str]) -> str:
    found = list(names)
    more = f"等{len(found)}个" if len(found) > NEAREST else ""
    return "、".join(found[:NEAREST]) + more


def _all_ids() -> str:
    """I0-1至I0-25、…, R-1至R-13, E-1至E-5."""
    groups: dict[str, list[str]] = {}
    for one in ids():
        if "/" not in one:
            groups.setdefault(one.rpartition("-")[0], []).append(one)
    return f"现有编号：{'、'.join(f'{some[0]}至{some[-1]}' for some in groups.values())}。"
