"""Readings over problems: lists, ageing, stages of projects, candidates for next year, search. Rows are plain values."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from django.db.models import Case, Count, DateField, F, Q, QuerySet, Value, When
from django.db.models.functions import Coalesce

from accounts.models import Organ, SupervisedUnit
from accounts.permissions import Permission, organ_ids
from accounts.roles import OrganKind
from checklists.models import ChecklistItem
from checklists.states import ItemStep
from supervision.documents.reading import problems_without_document
from supervision.models import InspectionFeedback, IssuedDocument, Problem, RectificationItem, Round
from supervision.states import AGES, RectificationStep

FAR = date(9999, 12, 31)
PROBLEM_COLUMNS = (
    "pk", "year", "description", "found_on", "organ_id", "organ__name", "organ__short_name", "unit__name", "item_id",
    "item__title", "severity",
    "focus_area", "nature", "responsible_kind", "phase_found", "substantiated", "concluded_on",
    "clue_ref", "suggestion", "handling", "rectification__step", "rectification__due_on",
    "rectification__closed_on", "rectification__first_due_on", "rectification__extension_count", "rectification__situation",
    "sort_due",
)  # fmt: skip
ORDERS: dict[str, tuple[str, ...]] = {
    "due": ("sort_due", "pk"),
    "new": ("-pk",),
    "organ": ("organ_id", "-pk"),
}


def fed_by(user: Any) -> frozenset[int]:
    """Organs to whose units the user may register 巡视巡察反馈: his own, and for 县委巡察办 all of its county (A5.6)."""
    own = organ_ids(user, Permission.DRAFT)
    if user.organ.kind != OrganKind.INSPECTION_OFFICE or user.organ_id not in own:
        return own
    return own | frozenset(Organ.objects.within(user.organ.county()).values_list("pk", flat=True))


def finds_problems(user: Any) -> bool:
    """Whether the user's organs look after units, or coordinate: others have no unit to register a problem of."""
    own = organ_ids(user, Permission.DRAFT)
    return bool(own) and (user.organ.is_cso or SupervisedUnit.objects.filter(organ_id__in=own).exists())


def problem_rows(problems: QuerySet[Problem]) -> Any:
    """The values of problems that the list shows; a problem without a term sorts last."""
    due = Case(
        When(rectification__step=RectificationStep.CLOSED, then=Value(FAR)),
        default=Coalesce("rectification__due_on", Value(FAR)),
        output_field=DateField(),
    )
    return problems.annotate(sort_due=due).values(*PROBLEM_COLUMNS)


def filtered(problems: QuerySet[Problem], chosen: dict[str, Any], *, on: date) -> QuerySet[Problem]:
    """The problems that a reader asked for. `chosen` holds what the filter form understood."""
    plain = {"organ": "organ", "unit": "unit", "item": "item", "focus_area": "focus_area", "severity": "severity",
             "source": "source", "year": "year", "topic": "topics", "nature": "nature",
             "responsible_kind": "responsible_kind", "phase_found": "phase_found"}  # fmt: skip
    for name, field in plain.items():
        if name in chosen:
            problems = problems.filter(**{field: chosen[name]})
    if "substantiated" in chosen:
        problems = problems.filter(substantiated=chosen["substantiated"] == "yes")
    if chosen.get("step") == "overdue":
        problems = problems.filter(overdue(on))
    elif chosen.get("step") == "open":
        problems = problems.exclude(rectification__step=RectificationStep.CLOSED)
    elif chosen.get("step"):
        problems = problems.filter(rectification__step=chosen["step"])
    if chosen.get("document") == "none":
        problems = problems_without_document(problems)
    if chosen.get("age"):
        problems = problems.filter(aged(int(chosen["age"]), on=on))
    if chosen.get("failure"):
        problems = problems.filter(rectification__failure_kind=chosen["failure"])
    if q := chosen.get("q"):
        problems = problems.filter(Q(description__contains=q) | Q(suggestion__contains=q) | Q(unit__name__contains=q))
    return problems


def overdue(on: date) -> Q:
    """Open after its day."""
    return Q(rectification__due_on__lt=on) & ~Q(rectification__step=RectificationStep.CLOSED)


def aged(number: int, *, on: date) -> Q:
    """Open problems of one bucket of AGES: how many calendar days they are late; without a term they are not late."""
    still_open, due = ~Q(rectification__step=RectificationStep.CLOSED), "rectification__due_on"
    if number == 0:
        return still_open & (Q(**{f"{due}__gte": on}) | Q(**{f"{due}__isnull": True}))
    condition = still_open & Q(**{f"{due}__lte": on - timedelta(days=AGES[number][0])})
    if number + 1 < len(AGES):
        condition &= Q(**{f"{due}__gt": on - timedelta(days=AGES[number + 1][0])})
    return condition


def ageing(problems: QuerySet[Problem], *, on: date) -> list[tuple[str, int]]:
    """Open problems by how long they are overdue, in calendar days (A9.8c)."""
    days = problems.exclude(rectification__step=RectificationStep.CLOSED).values_list(
        "rectification__due_on", flat=True
    )
    late = [max((on - due).days, 0) if due else 0 for due in days]
    edges = [start for start, _ in AGES]
    counts = [0] * len(AGES)
    for number in late:
        counts[max(index for index, start in enumerate(edges) if number >= start)] += 1
    return [(label, count) for (_, label), count in zip(AGES, counts, strict=True)]


# --- the five stages (A3.5) ---

STAGES = ("清单引领", "精准监督", "纠偏整改", "处置问责", "跟踪问效")


def stage_of(found: int, issued: int, handled: int, closed: int, begun: int = 0) -> int:
    """Stage 1-5 of a listed project from the counts of its problems and of the rounds that have begun (A3.5).

    1 on the list; 2 a round is at the units, or something was found; 3 every problem was fed back or has its term;
    4 every problem was also disposed of; 5 all struck off.
    """
    if not found:
        return 2 if begun else 1
    if closed == found:
        return 5
    if handled == found and issued == found:
        return 4
    return 3 if issued == found else 2


def board_rows(year: int, organ_ids: frozenset[int]) -> list[dict[str, Any]]:
    """Listed projects of a year with their stage."""
    live = Q(problems__removed_at__isnull=True)
    told = Q(problems__rectification__due_on__isnull=False) | Q(problems__feedbacks__isnull=False)
    disposed = ~Q(problems__handling="") | Q(problems__routes__isnull=False)
    closed = Q(problems__rectification__step=RectificationStep.CLOSED)
    counts = ("found", "issued", "handled", "closed", "begun")
    rows: Any = (
        ChecklistItem.objects.filter(year=year, step=ItemStep.LISTED, lead_organ_id__in=organ_ids)
        .annotate(
            found=Count("problems", filter=live, distinct=True),
            issued=Count("problems", filter=live & told, distinct=True),
            handled=Count("problems", filter=live & disposed, distinct=True),
            closed=Count("problems", filter=live & closed, distinct=True),
            begun=Count("rounds", filter=Q(rounds__started_on__isnull=False), distinct=True),
        )
        .order_by("lead_organ__sort_order", "pk")
        .values("pk", "title", "form", "focus_area", "lead_organ__name", "lead_organ__short_name", "due_on", *counts)
    )  # fmt: skip
    return [{**row, "stage": stage_of(*(row[name] for name in counts))} for row in rows]


# --- the workbench ---


def uncured(units: Sequence[int], *, before: int) -> list[dict[str, Any]]:
    """Problems of earlier years that are still open at these units: candidates for a project (A6.1b)."""
    rows: Any = Problem.objects.live().filter(unit_id__in=units, year__lt=before)
    open_rows = rows.exclude(rectification__step=RectificationStep.CLOSED).order_by("unit_id", "pk")
    return list(
        open_rows.values("pk", "year", "description", "unit_id", "unit__name", "focus_area", "rectification__due_on")[
            :50
        ]
    )


def uncured_feedback(units: Sequence[int]) -> list[dict[str, Any]]:
    """巡视巡察反馈 that these units have not cured: candidates too (A5.6, A6.1b)."""
    rows: Any = InspectionFeedback.objects.filter(unit_id__in=units, cured_on__isnull=True).order_by(
        "-feedback_on", "pk"
    )
    return list(rows.values("pk", "level", "feedback_on", "item_no", "text", "unit_id", "unit__name")[:50])


# --- search ---

MOST = 50


def search(user: Any, words: str, *, kind: str = "", year: int | None = None) -> dict[str, list[dict[str, Any]]]:
    """Projects, problems, rounds, documents and units that hold the words, each at most 50, as far as the user may see them.

    A document is found by its number as well. `kind` leaves one sort of record; `year` leaves records of one year.
    """
    items: Any = ChecklistItem.objects.visible_to(user).filter(Q(title__contains=words) | Q(content__contains=words))
    problems: Any = Problem.objects.visible_to(user).filter(
        Q(description__contains=words) | Q(suggestion__contains=words)
    )
    units: Any = SupervisedUnit.objects.visible_to(user).filter(name__contains=words)
    rounds: Any = Round.objects.visible_to(user).filter(title__contains=words)
    documents: Any = IssuedDocument.objects.visible_to(user).filter(_named_or_numbered(words))
    if year:
        items, problems = items.filter(year=year), problems.filter(year=year)
        rounds, documents = rounds.filter(start_planned_on__year=year), documents.filter(created_at__year=year)
    found = {
        "items": list(items.order_by("-year", "pk").values("pk", "title", "year", "step", "lead_organ__name")[:MOST]),
        "problems": list(
            problems.order_by("-pk").values("pk", "description", "year", "unit__name", "organ__name", "rectification__step")[:MOST]
        ),
        "rounds": list(rounds.order_by("-pk").values("pk", "title", "organ__name", "step")[:MOST]),
        "documents": list(
            documents.order_by("-pk").values("pk", "title", "unit__name", "doc_prefix", "doc_year", "doc_number")[:MOST]
        ),
        "units": list(units.order_by("pk").values("pk", "name", "organ_id", "organ__name")[:MOST]),
    }  # fmt: skip
    return {name: rows if kind in ("", name) else [] for name, rows in found.items()}


def _named_or_numbered(words: str) -> Q:
    """A document by words of its title, or by its number as people write it: 濮县纪建〔2026〕3号, with any brackets."""
    number = re.fullmatch(r"\s*(\D*?)\s*[〔\[（(【]?(\d{4})[〕\]）)】]?\s*第?(\d+)号?\s*", words)
    if number is None:
        return Q(title__contains=words) | (Q(doc_prefix__contains=words) & Q(doc_number__isnull=False))
    prefix, year, seq = number.groups()
    return Q(doc_prefix__contains=prefix, doc_year=int(year), doc_number=int(seq[:9]))


def closing_queue(organ_ids: frozenset[int]) -> Any:
    """Rectifications that wait for a second person's 销号."""
    rows = RectificationItem.objects.filter(organ_id__in=organ_ids, step=RectificationStep.SUBMITTED)
    return (
        rows.filter(problem__removed_at__isnull=True)
        .order_by("submitted_at")
        .values(
            "problem_id", "problem__description", "problem__unit__name", "submitted_at", by=F("submitted_by__full_name")
        )
    )
