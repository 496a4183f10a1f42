"""Readings over quarterly reports: an organ's list, the county's board of one quarter, the desk's row."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.db.models import Count, OuterRef, QuerySet, Subquery

from accounts.calendar import local_day
from accounts.models import Duty, Notice, Organ
from accounts.periods import Period
from reports.models import QuarterlyReport
from reports.quarterly.deadlines import due_day
from reports.quarterly.duties import KEY, reporters
from reports.quarterly.states import QuarterlyStep, Standing

COLUMNS = ("pk", "year", "quarter", "organ_id", "organ__name", "organ__short_name", "step", "due_on", "first_submitted_at",
           "submitted_at", "submitted_by__full_name", "accepted_at", "late_reason", "data_as_of")  # fmt: skip
ORDERS: Mapping[str, tuple[str, ...]] = {
    "period": ("-year", "-quarter", "organ__sort_order", "pk"),
    "organ": ("organ__sort_order", "organ__name", "-year", "-quarter", "pk"),
    "due": ("due_on", "pk"),
}


def report_rows(reports: QuerySet[QuarterlyReport]) -> Any:
    """The values that the list shows."""
    return reports.annotate(times=Count("submissions")).values(*COLUMNS, "organ__sort_order", "times")


def standing(first_submitted_at: Any, due_on: date, *, on: date) -> Standing:
    """Open, missing, in time or late, as it is on a day."""
    if first_submitted_at is not None:
        return Standing.LATE if local_day(first_submitted_at) > due_on else Standing.IN_TIME
    return Standing.MISSING if on > due_on else Standing.OPEN


def board(organs: QuerySet[Organ], period: Period, *, on: date) -> list[dict[str, Any]]:
    """One row per organ that owes the quarter's report or sent one; four queries, however many organs."""
    found: Any = report_rows(QuarterlyReport.objects.in_quarter(period).filter(organ__in=organs))
    reports = {row["organ_id"]: row for row in found}
    shown = {organ.pk: organ for organ in reporters(period, organs)}
    shown |= {organ.pk: organ for organ in organs.filter(pk__in=reports.keys() - shown.keys())}
    urged, excused, due_on = _urged(period), _excused(period), due_day(period)
    ordered = sorted(shown.values(), key=lambda organ: (organ.sort_order, organ.pk))
    return [
        _board_row(organ, reports.get(organ.pk), due_on, on, urged[organ.pk], excused.get(organ.pk, ""))
        for organ in ordered
    ]


def _board_row(organ: Organ, report: Any, due_on: date, on: date, urged: int, excuse: str) -> dict[str, Any]:
    first = report["first_submitted_at"] if report else None
    due_on = report["due_on"] if report else due_on
    state = standing(first, due_on, on=on)
    step = QuarterlyStep(report["step"]).label if report else "未起草"
    return {
        "organ_id": organ.pk, "organ": organ.name, "pk": report["pk"] if report else None, "step": report["step"] if report else "",
        "state": step, "standing": state, "standing_word": "已免除" if excuse and first is None else state.label, "due_on": due_on,
        "first_on": local_day(first) if first else None, "first_at": first, "times": report["times"] if report else 0,
        "signer": report["submitted_by__full_name"] if report else "", "accepted_at": report["accepted_at"] if report else None,
        "late_reason": report["late_reason"] if report else "", "urged": urged, "excuse": excuse,
    }  # fmt: skip


def _urged(period: Period) -> Counter[int]:
    """How often each organ was urged, by the keys of the notices: one per organ and day."""
    prefix = f"quarterly-urge:{period.key}:"
    keys = set(Notice.objects.filter(key__startswith=prefix).values_list("key", flat=True))
    return Counter(int(key.removeprefix(prefix).split(":")[0]) for key in keys)


def _excused(period: Period) -> dict[int, str]:
    rows = Duty.objects.filter(kind=KEY, period=period.key, excused_at__isnull=False)
    return dict(rows.values_list("organ_id", "excuse"))


def counts(rows: Iterable[Mapping[str, Any]]) -> dict[str, int]:
    """How many are in, late, missing, returned, accepted: the chips and the desk's row."""
    rows = [row for row in rows if not (row["excuse"] and row["first_at"] is None)]
    steps, standings = Counter(row["step"] for row in rows), Counter(row["standing"] for row in rows)
    return {
        "all": len(rows), "in": standings[Standing.IN_TIME] + standings[Standing.LATE], "late": standings[Standing.LATE],
        "missing": standings[Standing.MISSING], "open": standings[Standing.OPEN],
        "waiting": steps[QuarterlyStep.SUBMITTED], "returned": steps[QuarterlyStep.RETURNED],
        "accepted": steps[QuarterlyStep.ACCEPTED],
    }  # fmt: skip


def chosen(rows: Iterable[dict[str, Any]], wanted: str) -> list[dict[str, Any]]:
    """The rows behind one chip."""
    tests: Mapping[str, Any] = {
        "in": lambda row: row["first_at"] is not None,
        "late": lambda row: row["standing"] == Standing.LATE,
        "missing": lambda row: row["standing"] == Standing.MISSING and not row["excuse"],
        "open": lambda row: row["standing"] == Standing.OPEN,
        "waiting": lambda row: row["step"] == QuarterlyStep.SUBMITTED,
        "returned": lambda row: row["step"] == QuarterlyStep.RETURNED,
        "accepted": lambda row: row["step"] == QuarterlyStep.ACCEPTED,
    }
    return [row for row in rows if tests[wanted](row)] if wanted in tests else list(rows)


def standings(organ_ids: Iterable[int], period: Period) -> Any:
    """The duties of a quarter with the step of each report, in one query; excused ones are left out."""
    reports = QuarterlyReport.objects.in_quarter(period).filter(organ_id=OuterRef("organ_id"))
    duties = Duty.objects.filter(kind=KEY, period=period.key, organ_id__in=organ_ids, excused_at__isnull=True)
    return duties.annotate(step=Subquery(reports.values("step")[:1])).values(
        "organ_id", "due_on", "fulfilled_at", "step"
    )


def tally(rows: Iterable[Mapping[str, Any]], *, on: date) -> Counter[str]:
    """How many of these are in, late, open, missing; and how many wait, were returned, were taken in."""
    found: Counter[str] = Counter()
    words = {QuarterlyStep.SUBMITTED: "waiting", QuarterlyStep.RETURNED: "returned", QuarterlyStep.ACCEPTED: "accepted"}
    for row in rows:
        state = standing(row["fulfilled_at"], row["due_on"], on=on)
        found[{Standing.OPEN: "open", Standing.MISSING: "missing"}.get(state, "in")] += 1
        found["late"] += state == Standing.LATE
        found[words.get(row["step"], "")] += 1
    return found
