"""Readings over briefings: the list, which leader was briefed in which quarter, what a leader takes into the meeting."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from django.db.models import F, Q, QuerySet

from accounts.models import Duty, Organ, OversightAssignment, User
from accounts.periods import Period
from accounts.permissions import Permission, organ_ids, visible_organ_ids
from accounts.roles import Role
from accounts.templatetags.look import due_words
from reports.counting.catalogue import FIGURES, Scope
from reports.hearings.duties import assigned_in, ended_rounds, listeners
from reports.hearings.limits import ROUND_BRIEFING_DAYS
from reports.hearings.rules import BRIEFED
from reports.models import Briefing
from supervision.models import Problem, Round

COLUMNS = ("pk", "held_on", "leader__full_name", "organ__name", "organ__short_name", "trigger", "quarter", "step", "content",
           "instructions", "version", "created_by__full_name", "created_by_id", "leader_id")  # fmt: skip
ORDERS = {"new": ("-held_on", "-pk"), "day": ("held_on", "pk"), "leader": ("leader_id", "-held_on", "-pk")}


def filtered(rows: QuerySet[Briefing], chosen: dict[str, Any]) -> QuerySet[Briefing]:
    """Briefings by leader, year, reason and words."""
    if "leader" in chosen:
        rows = rows.filter(leader=chosen["leader"])
    if "quarter" in chosen:
        rows = rows.filter(quarter__startswith=chosen["quarter"])
    if "trigger" in chosen:
        rows = rows.filter(trigger=chosen["trigger"])
    if "q" in chosen:
        rows = rows.filter(Q(content__icontains=chosen["q"]) | Q(instructions__icontains=chosen["q"]))
    return rows


def with_organs(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Add the names of all organs that were heard, in one query."""
    found: dict[int, list[str]] = defaultdict(list)
    pairs = Briefing.organs.through.objects.filter(briefing_id__in=[row["pk"] for row in rows]).order_by("pk")
    for pk, short, name in pairs.values_list("briefing_id", "organ__short_name", "organ__name"):
        found[pk].append(short or name)
    return [row | {"organs": "、".join(found[row["pk"]])} for row in rows]


def leaders_for(user: Any, *, on: date) -> list[User]:
    """For whom the user may write a briefing down: himself, or the leaders of the organs he drafts or co-ordinates for."""
    if user.role in BRIEFED:
        return [user]
    ids = organ_ids(user, Permission.COORDINATE) | organ_ids(user, Permission.DRAFT)
    rows = OversightAssignment.objects.filter(organ_id__in=ids, leader__is_active=True).valid(on=on)
    return list(User.objects.filter(pk__in=rows.values("leader_id"), role__in=BRIEFED).order_by("role", "pk"))


def organs_for(user: Any, leader: Any, *, since: date) -> QuerySet[Organ]:
    """Organs that may be chosen: the leader's since a day, as far as the user may write for them."""
    rows = OversightAssignment.objects.filter(Q(valid_to__isnull=True) | Q(valid_to__gte=since), leader=leader)
    found = Organ.objects.filter(pk__in=rows.values("organ_id"))
    if user.pk == leader.pk:
        return found
    return found.filter(pk__in=organ_ids(user, Permission.COORDINATE) | organ_ids(user, Permission.DRAFT))


def rounds_for(user: Any, organs: Iterable[int], *, on: date) -> QuerySet[Round]:
    """Rounds of the last year that these organs lead or join and the user reads."""
    ids, since = list(organs), on - timedelta(days=366)
    rows = Round.objects.filter(Q(organ_id__in=ids) | Q(participants__in=ids), started_on__gte=since)
    return Round.objects.visible_to(user).filter(pk__in=rows.values("pk")).order_by("-ended_on", "-pk")


# --- who was briefed when ---


def coverage(user: Any, year: int, *, on: date) -> list[dict[str, Any]]:
    """One row per leader of organs that the user reads, one cell per quarter: done, late, due, missing, excused."""
    quarters = [Period.quarter(year, number) for number in (1, 2, 3, 4)]
    owing = [_leaders_in(user, period) for period in quarters]
    people = {leader.pk: leader for leaders in owing for leader in leaders.values()}
    first = _first_briefings(people, quarters)
    seen = set(
        Briefing.objects.visible_to(user)
        .filter(leader__in=people, quarter__startswith=str(year))
        .values_list("pk", flat=True)
    )
    excused = set(Duty.objects.filter(kind="briefing", excused_at__isnull=False, subject_id__in=people, period__startswith=str(year))
                  .values_list("subject_id", "period"))  # fmt: skip
    rows = []
    for leader in sorted(people.values(), key=lambda one: (one.role != Role.DEPUTY_SECRETARY, one.pk)):
        cells = [
            _cell(leader, period, leader.pk in owing[n], first.get((leader.pk, period.key)), on)
            | {"excused": (leader.pk, period.key) in excused}
            for n, period in enumerate(quarters)
        ]
        rows.append({"leader": leader, "cells": [cell | {"open": cell["pk"] in seen} for cell in cells]})
    return rows


def _leaders_in(user: Any, period: Period) -> dict[int, User]:
    rows = assigned_in(period).filter(organ_id__in=visible_organ_ids(user))
    return {row.leader_id: row.leader for row in rows}


def _first_briefings(people: Iterable[int], quarters: list[Period]) -> dict[tuple[int, str], Any]:
    rows: Any = Briefing.objects.filter(leader__in=people, quarter__in=[period.key for period in quarters])
    found: dict[tuple[int, str], Any] = {}
    for row in rows.order_by("held_on", "pk").values("pk", "leader_id", "quarter", "held_on"):
        found.setdefault((row["leader_id"], row["quarter"]), row)
    return found


def _cell(leader: User, period: Period, owes: bool, row: Any, on: date) -> dict[str, Any]:
    held = row["held_on"] if row else None
    tone, drawing, words = due_words(period.last, on, held)
    begun = period.first <= on
    return {"period": period, "owes": owes, "pk": row["pk"] if row else None, "held_on": held, "tone": tone, "icon": drawing,
            "words": words if begun or held else "未到", "begun": begun,
            "new": f"?leader={leader.pk}&quarter={period.key}" if begun and owes and not held else ""}  # fmt: skip


def cell_words(cell: dict[str, Any]) -> str:
    """A cell in one line, for the workbook."""
    if cell["held_on"]:
        return f"{cell['held_on']:%Y-%m-%d} {cell['words']}"
    if cell["excused"]:
        return "已免除"
    return cell["words"] if cell["owes"] else "无分管单位"


def round_coverage(user: Any, *, on: date) -> list[dict[str, Any]]:
    """集中性监督 that ended lately, and whether each leader of the leading organ has heard of it since."""
    rounds = list(ended_rounds(on).filter(organ_id__in=visible_organ_ids(user)))
    after = Briefing.objects.filter(rounds__in=rounds, held_on__gte=F("rounds__ended_on")).order_by("-held_on", "-pk")
    heard = {
        (round, leader): (pk, held)
        for pk, round, leader, held in after.values_list("pk", "rounds", "leader_id", "held_on")
    }
    days = {day: ROUND_BRIEFING_DAYS.on(day) for day in {row.ended_on for row in rounds}}
    found = []
    for row, post in listeners(rounds):
        pk, held = heard.get((row.pk, post.leader_id), (None, None))
        assert row.ended_on is not None
        found.append(
            {
                "round": row,
                "post": post,
                "pk": pk,
                "held_on": held,
                "due_on": row.ended_on + timedelta(days=days[row.ended_on]),
            }
        )
    return found


# --- the sheet for the meeting ---

SHEET = ("items", "activities", "problems_found", "problems_on_spot", "rectification_closed", "rectification_open",
         "rectification_overdue", "documents", "clues", "dispositions")  # fmt: skip
MOST = 20  # lines of each list on a sheet that is read in a meeting


def sheet(user: Any, leader: User, period: Period, *, on: date) -> dict[str, Any]:
    """What a leader takes along: figures of his organs with the change, what is late, what is open since last time."""
    touched = assigned_in(period).filter(leader=leader)
    ids = {row.organ_id for row in touched}
    if user.pk != leader.pk:
        ids &= visible_organ_ids(user)
    organs = list(Organ.objects.filter(pk__in=ids))
    scope = Scope.of(ids, period.first, period.last, today=on)
    active, silent = _by_organ(organs, scope)
    return {
        "leader": leader, "period": period, "organs": organs, "on": scope.on, "figures": _figures(scope),
        "by_organ": active, "silent": silent, "late": _late(ids, on), "overdue": _overdue(ids, on),
        "before": Briefing.objects.filter(leader=leader, held_on__lt=period.first).exclude(instructions="").first(),
    }  # fmt: skip


def _figures(scope: Scope) -> list[dict[str, Any]]:
    earlier = scope.before()
    rows = []
    for key in SHEET:
        now, then = FIGURES[key].value(scope), FIGURES[key].value(earlier)
        rows.append({"figure": FIGURES[key], "value": now, "before": then, "change": change_words(now, then)})
    return rows


def change_words(now: Any, then: Any) -> str:
    """A change as it is said: 增加3, 减少2, 持平."""
    return "持平" if now == then else f"{'增加' if now > then else '减少'}{abs(now - then)}"


BY_ORGAN = ("activities", "problems_found", "rectification_closed", "rectification_overdue", "clues")


def _by_organ(organs: list[Organ], scope: Scope) -> tuple[list[list[Any]], str]:
    """A row per organ with anything on record, and the names of the silent ones."""
    counted = [FIGURES[key].by_organ(scope) for key in BY_ORGAN]
    rows = [[organ.label, *(values.get(organ.pk, 0) for values in counted)] for organ in organs]
    return [row for row in rows if any(row[1:])], "、".join(row[0] for row in rows if not any(row[1:]))


def _late(ids: Iterable[int], on: date) -> list[dict[str, Any]]:
    # Rectification stands in a list of its own, problem by problem.
    rows: Any = (
        Duty.objects.overdue(on=on).filter(organ_id__in=ids).exclude(kind="rectification_due").order_by("due_on", "pk")
    )
    return list(rows.values("title", "due_on", "organ__name", "link")[:MOST])


def _overdue(ids: Iterable[int], on: date) -> list[dict[str, Any]]:
    rows: Any = Problem.objects.live().filter(
        organ_id__in=ids, rectification__closed_on__isnull=True, rectification__due_on__lt=on
    )
    columns = ("pk", "description", "unit__name", "organ__name", "rectification__due_on")
    return list(rows.order_by("rectification__due_on", "pk").values(*columns)[:MOST])
