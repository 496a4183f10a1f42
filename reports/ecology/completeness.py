"""Which units of a year have their appraisal and which have not: open to whoever reads the organ, without a word of a text (A11)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db.models import Case, CharField, Count, Exists, F, OuterRef, Q, Subquery, Value, When

from accounts.models import SupervisedUnit
from accounts.roles import REPORTING_KINDS
from reports.ecology.states import AppraisalStep, Completeness
from reports.models import AppraisalText, PerformanceAppraisal

LIVE = (AppraisalStep.DRAFT, AppraisalStep.RETURNED, AppraisalStep.SUBMITTED)
ORDERS: dict[str, tuple[str, ...]] = {
    "organ": ("organ__sort_order", "organ_id", "pk"),
    "unit": ("name", "pk"),
    "state": ("state", "organ_id", "pk"),
}
COLUMNS = ("pk", "name", "organ_id", "organ__name", "organ__short_name", "organ__sort_order", "state", "appraisal", "version",
           "top", "vacant", "members", "approved_at", "active_to")  # fmt: skip


def year_end(year: int) -> date:
    """The day on which a year's units are looked at: a unit abolished before it owes nothing for the year."""
    return date(year, 12, 31)


def units_due(organs: Iterable[int], year: int) -> Any:
    """Units of stationed groups and townships that stand at the end of the year."""
    rows = SupervisedUnit.objects.filter(organ_id__in=organs, organ__kind__in=REPORTING_KINDS)
    return rows.active(on=year_end(year))


def units_of_year(organs: Iterable[int], year: int) -> Any:
    """Units that owe an appraisal for the year, and abolished ones that have one; each annotated with its state."""
    mine = PerformanceAppraisal.objects.filter(unit=OuterRef("pk"), year=year)
    last = mine.order_by("-version")
    texts = AppraisalText.objects.filter(appraisal=OuterRef("appraisal"), about="top_leader")
    members = AppraisalText.objects.filter(appraisal=OuterRef("appraisal"), about="member").order_by()
    rows = SupervisedUnit.objects.filter(organ_id__in=organs, organ__kind__in=REPORTING_KINDS).annotate(
        appraisal=Subquery(last.values("pk")[:1]),
        version=Subquery(last.values("version")[:1]),
        step=Subquery(last.values("step")[:1]),
        in_force=Exists(mine.filter(step=AppraisalStep.APPROVED)),
        approved_at=Subquery(mine.filter(step=AppraisalStep.APPROVED).values("approved_at")[:1]),
    )
    there = Q(active_to__isnull=True) | Q(active_to__gte=year_end(year)) | Q(appraisal__isnull=False)
    return rows.filter(there).annotate(
        state=_state(),
        top=Exists(texts),
        vacant=Exists(texts.exclude(vacancy="")),
        members=Subquery(members.values("appraisal").annotate(many=Count("pk")).values("many")[:1]),
    )


def _state() -> Case:
    """The last version's step; one that is being corrected stays approved."""
    return Case(
        When(appraisal__isnull=True, then=Value(Completeness.NONE.value)),
        When(Q(in_force=True) & Q(step__in=LIVE), then=Value(Completeness.CORRECTING.value)),
        When(step=AppraisalStep.DRAFT, then=Value(Completeness.WORKING.value)),
        default=F("step"),
        output_field=CharField(),
    )


DONE = (Completeness.APPROVED, Completeness.CORRECTING)


def tally(organs: Iterable[int], year: int) -> list[dict[str, Any]]:
    """Per organ: how many units owe, how many are approved, before signers, and not yet written."""
    rows: Any = units_of_year(organs, year).filter(Q(active_to__isnull=True) | Q(active_to__gte=year_end(year)))
    found: dict[int, dict[str, Any]] = {}
    columns = ("organ_id", "organ__name", "organ__sort_order", "state")
    for row in rows.order_by("organ__sort_order", "organ_id", "pk").values(*columns):
        line = found.setdefault(
            row["organ_id"],
            {
                "organ_id": row["organ_id"],
                "organ": row["organ__name"],
                "due": 0,
                "approved": 0,
                "submitted": 0,
                "open": 0,
            },
        )
        line["due"] += 1
        key = "approved" if row["state"] in DONE else "submitted" if row["state"] == Completeness.SUBMITTED else "open"
        line[key] += 1
    return list(found.values())


def missing_units(organs: Iterable[int], year: int) -> list[dict[str, Any]]:
    """Units that owe an appraisal and have none that is approved."""
    rows: Any = units_of_year(organs, year).filter(Q(active_to__isnull=True) | Q(active_to__gte=year_end(year)))
    left = rows.exclude(state__in=DONE).order_by("organ__sort_order", "organ_id", "pk")
    return list(left.values("pk", "name", "organ__name", "state"))
