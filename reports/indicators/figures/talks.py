"""Talks and whom they reached: persons, and times of persons (I0-5, I0-6, I0-8, I3-5, I3-19, R-1, R-2)."""

from __future__ import annotations

from typing import Any

from django.db.models import Q

from accounts.models import Official
from accounts.roles import OrganKind, PostLevel
from ledgers.models import TalkRecord, WarningEducation
from ledgers.register_states import TalkerLevel, TalkKind
from reports.counting.figure import Figure, Rows, Scope, declare, persons
from reports.indicators.figures.rows import of_register, register

TALK = {"talk_date": "日期", "official__full_name": "人员", "official__post": "职务", "unit__name": "所在单位"}
OFFICIAL = {"full_name": "人员", "post": "职务", "rank": "职级", "unit__name": "所在单位"}
LEADERS = tuple(level for level in TalkerLevel if level != TalkerLevel.STAFF)
# 处级 in whatever wording the register of officials has: 正处级, 副处级, 县处级.
DIVISION = "处级"
TEAM_AND_SECTIONS = Q(is_top_leader=True) | Q(is_team_member=True) | Q(
    post_level__in=(PostLevel.TOP_LEADER, PostLevel.TEAM_MEMBER, PostLevel.MIDDLE)
)  # fmt: skip


def talks(**more: Any) -> Rows:
    """Talks by their day."""
    return register(TalkRecord, "talk_date", **more)


def _taught(scope: Scope) -> Any:
    """Middle cadres whom a talk or a warning education of the organs reached, about the topic asked for; each once (union)."""
    about: dict[str, Any] = {"topics": scope.topic} if scope.topic else {}
    education = register(WarningEducation, "held_on", **about)(scope)
    spoken_to = talks(kind=TalkKind.INTEGRITY, **about)(scope)
    return Official.objects.filter(
        Q(pk__in=spoken_to.values("official_id")) | Q(pk__in=education.values("officials")),
        post_level=PostLevel.MIDDLE,
    )


def registered(scope: Scope) -> Any:
    """Officials in office on the day of judging, in units of the organs that exist then."""
    return Official.objects.active(on=scope.on).filter(
        Q(unit__active_to__isnull=True) | Q(unit__active_to__gte=scope.on), unit__organ_id__in=scope.organs
    )


def _top_leaders(scope: Scope) -> Any:
    return registered(scope).filter(is_top_leader=True)


def _stationed(scope: Scope) -> Any:
    """Leading teams and heads of sections of the units that stationed groups look after."""
    return registered(scope).filter(TEAM_AND_SECTIONS, unit__organ__kind=OrganKind.STATIONED_GROUP)


def _reached(who: Rows, **talk: Any) -> Rows:
    """Those of the officials with whom anybody talked in the period, whoever wrote it down."""

    def rows(scope: Scope) -> Any:
        held = TalkRecord.objects.live().filter(talk_date__range=scope.days, **talk)
        return who(scope).filter(pk__in=held.values("official_id"))

    return rows


_OF_TALK = of_register("talks", TALK, about_persons=True)
_PERSONS: dict[str, Any] = {**_OF_TALK, "measure": persons("official_id")}
OF_OFFICIAL: dict[str, Any] = {"columns": OFFICIAL, "organ": "unit__organ_id", "about_persons": True}

declare(
    Figure("top_leader_one_to_one_persons", "与一把手一对一谈话人数", "名", "A8",
           talks(kind=TalkKind.TOP_LEADER, one_to_one=True), **_PERSONS),
    Figure("subordinate_top_leader_talk_persons", "对下级一把手谈话人数", "人", "A8",
           talks(kind=TalkKind.TOP_LEADER, talker_level__in=LEADERS), **_PERSONS),
    Figure("stationed_talk_persons", "派驻机构谈心谈话人数", "人", "A8", talks(organ__kind=OrganKind.STATIONED_GROUP), **_PERSONS),
    Figure("integrity_talk_person_times_by_rank", "处级廉政谈话人次", "人次", "A8",
           talks(kind=TalkKind.INTEGRITY, official__rank__contains=DIVISION), **_OF_TALK),
    Figure("middle_cadre_talk_persons", "中层廉政谈话教育人数", "名", "A8", _taught,
           by_topic=True, **{**OF_OFFICIAL, "organ": ""}),
    Figure("top_leaders_registered", "在任一把手人数", "人", "A4", _top_leaders, **OF_OFFICIAL),
    Figure("top_leaders_talked", "已谈话一把手人数", "人", "A8", _reached(_top_leaders, kind=TalkKind.TOP_LEADER), **OF_OFFICIAL),
    Figure("stationed_persons_registered", "派驻单位班子成员及科室负责人人数", "人", "A4", _stationed, **OF_OFFICIAL),
    Figure("stationed_persons_talked", "派驻单位班子成员及科室负责人已谈话人数", "人", "A8",
           _reached(_stationed, kind=TalkKind.HEART_TO_HEART, organ__kind=OrganKind.STATIONED_GROUP), **OF_OFFICIAL),
)  # fmt: skip
