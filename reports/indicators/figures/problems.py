"""Problems under one more condition: a topic, a way of disposal, a source, a nature (I0-3..16, I1-7, R-3, R-4)."""

from __future__ import annotations

from typing import Any

from django.db.models import Q

from accounts.roles import OrganKind
from ledgers.models import TalkRecord
from ledgers.register_states import TalkKind
from reports.counting.figure import Figure, Rows, Scope, declare
from reports.counting.problems import OF_ITEM, OF_PROBLEM, found, issued, overdue, rectifications
from supervision.documents.kinds import BulletinStep
from supervision.models import DisposalRoute, Problem, TypicalBulletin
from supervision.rounds.states import Route
from supervision.states import Nature, ResponsibleKind, Source

FIVE_DIFFICULTIES = ("五难",)
FOUR_NOT_REMOVED = ("四个不摘", "乡村振兴")
HANDLED = (Route.ON_SPOT, Route.RECTIFY, Route.ACCOUNTABILITY, Route.REVIEW)
ON_SPOT = DisposalRoute.objects.filter(route=Route.ON_SPOT)
PRESSED = Q(fixed_on_spot=True) | Q(rectification__isnull=False) | Q(pk__in=ON_SPOT.values("problem_id"))


def _routed(*routes: str) -> Rows:
    """Problems for which a way was decided, one of these ways where they are named."""

    def rows(scope: Scope) -> Any:
        decided = DisposalRoute.objects.filter(route__in=routes) if routes else DisposalRoute.objects.all()
        return found()(scope).filter(pk__in=decided.values("problem_id"))

    return rows


def _from_top_leaders(scope: Scope) -> Any:
    """Problems that a talk with a unit's top leader raised."""
    talks = TalkRecord.objects.live().filter(kind=TalkKind.TOP_LEADER)
    return found(source=Source.TALK)(scope).filter(pk__in=talks.values("problems"))


def _from_stationed_talks(scope: Scope) -> Any:
    return found(source=Source.TALK, organ__kind=OrganKind.STATIONED_GROUP)(scope)


def _put_right(rows: Rows) -> Rows:
    """Those of the problems that were put right on the spot, or struck off by the day of judging."""
    return lambda scope: rows(scope).filter(Q(fixed_on_spot=True) | Q(rectification__closed_on__lte=scope.on))


def _concluded(scope: Scope) -> Any:
    """Substantiated problems by the day on which they were concluded."""
    return Problem.objects.live().filter(
        organ_id__in=scope.organs, nature__in=(Nature.CORRUPTION, Nature.CONDUCT), substantiated=True,
        concluded_on__range=scope.days,
    )  # fmt: skip


def _published(scope: Scope) -> Any:
    """Problems of formalism that an issued bulletin tells, by the day of the bulletin; each once."""
    bulletins = TypicalBulletin.objects.filter(step=BulletinStep.ISSUED, issued_on__range=scope.days)
    return Problem.objects.live().filter(
        organ_id__in=scope.organs, nature=Nature.FORMALISM, pk__in=bulletins.values("problems")
    )


def _struck_off(scope: Scope) -> Q:
    """Issued in the period and struck off by the day of judging."""
    return issued(scope) & Q(closed_on__lte=scope.on)


def _matured(scope: Scope) -> Q:
    """Issued in the period, and struck off or past its day."""
    return issued(scope) & (Q(closed_on__lte=scope.on) | Q(due_on__lt=scope.on))


def _days_late(rows: Any, scope: Scope) -> int:
    return sum((scope.on - due).days for (due,) in rows)


declare(
    Figure("campaign_problem_handled_count", "“五难”整治问题数", "个", "A9.7d", _routed(*HANDLED), topics=FIVE_DIFFICULTIES,
           **OF_PROBLEM),
    Figure("topic_problem_pressed_count", "专题发现并督促整改问题数", "个", "A9.8b",
           lambda scope: found()(scope).filter(PRESSED), topics=("疫情防控",), **OF_PROBLEM),
    Figure("top_leader_talk_problem_count", "一把手谈话指出问题数", "个", "A8", _from_top_leaders, **OF_PROBLEM),
    Figure("top_leader_talk_problem_rectified", "一把手谈话指出问题已整改数", "个", "A9.8b", _put_right(_from_top_leaders),
           **OF_PROBLEM),
    Figure("stationed_talk_problem_count", "派驻谈话指出问题数", "个", "A8", _from_stationed_talks, **OF_PROBLEM),
    Figure("stationed_talk_problem_rectified", "派驻谈话指出问题已整改数", "个", "A9.8b", _put_right(_from_stationed_talks),
           **OF_PROBLEM),
    Figure("topic_problem_dealt_count", "四个不摘监督查处问题数", "个", "A9.7d", _routed(), topics=FOUR_NOT_REMOVED, **OF_PROBLEM),
    Figure("functional_dept_problem_count", "职能部门问题数", "个", "A9.4", found(responsible_kind=ResponsibleKind.DEPARTMENT),
           **OF_PROBLEM),
    Figure("corruption_conduct_count", "腐败和作风问题查处数", "个", "A9.7", _concluded, **OF_PROBLEM),
    Figure("formalism_bulletin_count", "形官典型问题通报数", "件", "A9.8d", _published, **OF_PROBLEM),
    Figure("rectification_issued_closed", "交办问题中已销号数", "个", "A9.8b", rectifications(_struck_off), **OF_ITEM),
    Figure("rectification_matured", "到期或已销号问题数", "个", "A9.8b", rectifications(_matured), **OF_ITEM),
    Figure("rectification_overdue_days", "逾期未销号累计天数", "天", "A9.8c", rectifications(overdue), reckon=_days_late,
           reads=("due_on",), **OF_ITEM),
)  # fmt: skip
