"""What the pages of the evaluation read: years, the lists behind a frozen value, accountability that waits for its check."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Exists, Q

from accounts.calendar import local_day
from accounts.models import Organ
from accounts.permissions import Permission, has
from reports.counting.catalogue import FIGURES, Scope
from reports.counting.listing import address_of, lead, spoken
from reports.evaluation.composition import amount, points_words, raw_words, scheme_words
from reports.evaluation.indicators import NAMES, PARTS, Part
from reports.evaluation.states import KINDS, Group, ObjectionStep, SchemeStep
from reports.models import EvaluationObjection, EvaluationRow, EvaluationScheme, EvaluationTable

MOST = 500  # lines of one list on a page
NOBODY = Scope(frozenset(), date.min, date.max, date.max)  # asked for the kind of record alone


def own_cells(row: EvaluationRow, scheme: EvaluationScheme, highest: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The five lines of an organ's own row: value, value after division, highest of the group, points."""
    return [
        {"key": key, "name": name, "raw": raw_words(key, row.values), "weight": amount(scheme.weights.get(key, 0)),
         "adjusted": "／".join(str(value) for measure, value in row.adjusted.items() if measure.partition(".")[0] == key),
         "highest": "／".join(amount(value) for measure, value in highest.items() if measure.partition(".")[0] == key),
         "points": points_words(row.points.get(key)), "parts": [part for part in PARTS[key] if part.key in row.values.get(key, {})]}
        for key, name in NAMES.items()
    ]  # fmt: skip


def part_of(indicator: str, key: str) -> Part | None:
    """The part that an address names."""
    return next((part for part in PARTS.get(indicator, ()) if part.key == key), None)


def may_list(user: Any, row: EvaluationRow, part: Part) -> bool:
    """Records about persons are listed by the restricted right only."""
    return not FIGURES[part.figure].about_persons or has(user, Permission.READ_RESTRICTED, row.organ_id)


def behind(row: EvaluationRow, indicator: str, part: Part) -> list[dict[str, Any]]:
    """The frozen records of a value as they read today, each with its page where the reader has one."""
    figure = FIGURES[part.figure]
    ids = row.values[indicator][part.key]["ids"]
    model: Any = _model(part)
    columns = dict.fromkeys(("pk", figure.page_key, *figure.columns))
    rows = model.objects.filter(pk__in=ids[:MOST]).order_by("pk").values(*columns)
    return [
        {
            "cells": [spoken(record[path]) for path in figure.columns],
            "link": address_of(figure, record) if figure.page else "",
        }
        for record in rows
    ]


def _model(part: Part) -> Any:
    return FIGURES[part.figure].rows(NOBODY).model


def corrected_by(row: EvaluationRow, indicator: str, part: Part) -> str:
    """The line that a decided correction adds to the list of a value: the frozen ids cannot hold what it added or removed."""
    decided = row.objections.filter(indicator=indicator, step=ObjectionStep.UPHELD).first()
    if decided is None or part.key not in decided.before or part.key not in decided.after:
        return ""
    before, after = (Decimal(str(side[part.key]["value"])) for side in (decided.before, decided.after))
    if before == after:
        return ""
    moved = f"{'增加' if after > before else '减少'}{amount(abs(after - before))}{part.unit}"
    said = f"异议更正：{part.label}由{amount(before)}{part.unit}更正为{amount(after)}{part.unit}（{moved}）"
    day = f"，{local_day(decided.decided_at):%Y年%-m月%-d日}决定" if decided.decided_at else ""
    return f"{said}，所据记录：{decided.records or decided.proposal_reason[:200]}{day}"


def headings(part: Part) -> list[str]:
    """The columns of that list."""
    return list(FIGURES[part.figure].columns.values())


def lead_of(part: Part) -> int:
    """Which column opens the record."""
    return lead(FIGURES[part.figure])


def changed(objections: Sequence[Any]) -> list[dict[str, Any]]:
    """Each objection with its values before and after, in words."""
    return [
        {"row": one, "name": NAMES[one.indicator],
         "before": raw_words(one.indicator, {one.indicator: one.before}) if one.before else "",
         "after": raw_words(one.indicator, {one.indicator: one.after}) if one.after else ""}
        for one in objections
    ]  # fmt: skip


def proposed(objection: Any) -> str:
    """The numbers that are proposed, in words."""
    if not objection.proposal:
        return ""
    parts = objection.row.values.get(objection.indicator, {})
    values = {key: {**kept, "value": objection.proposal.get(key, kept["value"])} for key, kept in parts.items()}
    return raw_words(objection.indicator, {objection.indicator: values})


def objections_of(table: EvaluationTable) -> list[EvaluationObjection]:
    """All objections of a table, for readers of the whole table."""
    rows = EvaluationObjection.objects.filter(row__table=table)
    return list(rows.select_related("organ", "proposed_by", "decided_by", "row"))


def verifying_note(office_id: int, year: int, day: date) -> str | None:
    """What confirming records of a year does for its evaluation today; None once its table is worked out and nothing is urged."""
    there = EvaluationTable.objects.filter(organ_id=office_id, year=year)
    schemes = EvaluationScheme.objects.filter(organ_id=office_id, year=year, step=SchemeStep.IN_FORCE)
    cutoff, is_worked_out = schemes.values_list("cutoff", Exists(there)).first() or (None, False)
    if is_worked_out:
        return None
    if cutoff is None:
        return "数据截止日前核实的，计入质效评估"
    if day <= cutoff:
        return f"{cutoff:%Y年%-m月%-d日}前（含当日）核实的，计入质效评估"
    return f"数据截止日{cutoff:%Y年%-m月%-d日}已过，现在核实只影响登记，不再计入{year}年质效评估"


def standing(organs: Any, year: int) -> Any:
    """Those of the organs that may be evaluated and stood on at least one day of the year."""
    kinds = frozenset().union(*KINDS.values())
    begun = Q(active_from__isnull=True) | Q(active_from__lte=date(year, 12, 31))
    there = Q(active_to__isnull=True) | Q(active_to__gte=date(year, 1, 1))
    return organs.filter(begun, there, kind__in=kinds)


def left_out(scheme: EvaluationScheme) -> list[str]:
    """Organs of the county that the scheme does not evaluate, founded or abolished in the year included."""
    ids = [pk for group in Group for pk in scheme.members(group)]
    rows = standing(Organ.objects.within(scheme.organ.county()), scheme.year).exclude(pk__in=ids)
    return list(rows.order_by("sort_order", "pk").values_list("name", flat=True))


def told_to(user: Any) -> list[dict[str, Any]]:
    """Schemes in force that name the user's organ, in words; the other organs are not listed."""
    county = user.organ.county().path
    rows = EvaluationScheme.objects.filter(step=SchemeStep.IN_FORCE, organ__path__startswith=county)
    mine = [row for row in rows if any(user.organ_id in row.members(group) for group in Group)]
    return [{"title": str(row), "words": scheme_words(row, groups=False)} for row in mine]
