"""Silence: work was done and nothing was found, or what is owed by the half-year was not done (A3.1, A10.3)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from django.apps import apps
from django.urls import reverse

from accounts.models import Organ, SupervisedUnit
from accounts.periods import Period, PeriodKind, owing
from accounts.roles import REPORTING_KINDS, TOWNSHIP_KINDS
from reports.checks.declared import Check, Gravity, Hit, declare
from reports.counting.catalogue import FIGURES, Scope

NAMED = 3  # units in a sentence; the page behind the link has them all


def silent_quarters(organs: frozenset[int], day: date) -> Iterator[Hit]:
    """Organs that checked in the last full quarter and found nothing."""
    quarter = Period.of(PeriodKind.QUARTER, day).before()
    scope = Scope.of(organs, quarter.first, quarter.last, today=day)
    went, found = FIGURES["activities"].by_organ(scope), FIGURES["problems_found"].by_organ(scope)
    for organ in sorted(set(went) - set(found)):
        page = f"{reverse('reports:figure', args=['activities'])}?from={quarter.first}&to={quarter.last}&organ={organ}"
        text = f"{quarter.label}开展监督检查{went[organ]}场次，没有登记任何问题。"
        yield Hit(organ, text, page, f"organ:{organ}:{quarter.key}", quarter.last + timedelta(days=1))


def without_consultation(organs: frozenset[int], day: date) -> Iterator[Hit]:
    """Groups and township committees whose units had no 专题会商 in the last full half-year (AMB-9)."""
    half = Period.of(PeriodKind.HALF, day).before()
    held = consulted(organs, half)
    if held is None:
        return
    rows = Organ.objects.filter(pk__in=organs, kind__in=REPORTING_KINDS).order_by("sort_order", "pk")
    units = _units(organs, half)
    for organ in owing(rows, half):
        missing = [name for pk, name in units.get(organ.pk, ()) if (organ.pk, pk) not in held]
        met = any(pk == organ.pk for pk, _ in held)
        if missing and not (organ.kind in TOWNSHIP_KINDS and met):  # a township committee meets its own Party committee
            names = "、".join(missing[:NAMED]) + ("等" if len(missing) > NAMED else "")
            yield Hit(organ.pk, f"{half.label}没有与{names}{len(missing)}个单位开展专题会商。", reverse("accounts:duties"),
                      f"organ:{organ.pk}:{half.key}", half.last + timedelta(days=1))  # fmt: skip


def _units(organs: frozenset[int], half: Period) -> dict[int, list[tuple[int, str]]]:
    found: dict[int, list[tuple[int, str]]] = {}
    rows = SupervisedUnit.objects.filter(organ_id__in=organs).active(on=half.last).order_by("pk")
    for organ, pk, name in rows.values_list("organ_id", "pk", "name"):
        found.setdefault(organ, []).append((pk, name))
    return found


def consulted(organs: frozenset[int], half: Period) -> set[tuple[int, int]] | None:
    """(organ, unit) that met in the half-year; None where consultations are not kept here."""
    model: Any = apps.get_app_config("ledgers").models.get("consultation")
    if model is None:
        return None
    rows = model.objects.filter(organ_id__in=organs, held_on__range=(half.first, half.last), step="recorded")
    return set(rows.exclude(units=None).values_list("organ_id", "units"))


declare(
    Check("silent_quarter", "有检查、无问题", Gravity.MIDDLE, "A3.1",
          "一个季度开展了检查却没有发现一个问题，可能是没有深入，也可能是没有登记。",
          "核对检查记录：有问题的补登；确实没有的，由党风政风监督室核实后注明。", silent_quarters),
    Check("no_consultation", "半年未会商", Gravity.HIGH, "A10.3a",
          "派驻纪检监察组、乡（镇、办）纪（工）委每半年至少与被监督单位党组织会商1次。",
          "尽快安排专题会商并登记；已经会商的，补登会商记录。", without_consultation),
)  # fmt: skip
