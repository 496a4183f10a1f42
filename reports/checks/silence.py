"""Silence: work was done and nothing was found, or what is owed by the half-year was not done (A3.1, A10.3)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date, timedelta

from django.urls import reverse

from accounts.models import Duty, SupervisedUnit
from accounts.periods import Period, PeriodKind
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
    """Units with which the last full half-year owed a 专题会商 that nobody has recorded: its open duties (AMB-9, AMB-18)."""
    half = Period.of(PeriodKind.HALF, day).before()
    rows = Duty.objects.open().filter(kind="consultation", organ_id__in=organs, period=half.key)
    owed: dict[int, list[int]] = defaultdict(list)
    for organ, unit in rows.order_by("organ__sort_order", "organ_id", "subject_id").values_list(
        "organ_id", "subject_id"
    ):
        owed[organ].append(unit)
    names = dict(SupervisedUnit.objects.filter(organ_id__in=owed).values_list("pk", "name"))
    for organ, units in owed.items():
        said = "、".join(names.get(pk, "") for pk in units[:NAMED]) + ("等" if len(units) > NAMED else "")
        page = f"{reverse('ledgers:coverage')}?year={half.at_year}"
        yield Hit(organ, f"{half.label}没有与{said}{len(units)}个单位开展专题会商。", page, f"organ:{organ}:{half.key}",
                  half.last + timedelta(days=1))  # fmt: skip


declare(
    Check("silent_quarter", "有检查、无问题", Gravity.MIDDLE, "A3.1",
          "一个季度开展了检查却没有发现一个问题，可能是没有深入，也可能是没有登记。",
          "核对检查记录：有问题的补登；确实没有的，由党风政风监督室核实后注明。", silent_quarters),
    Check("no_consultation", "半年未会商", Gravity.HIGH, "A10.3a",
          "派驻纪检监察组、乡（镇、办）纪（工）委每半年至少与被监督单位党组织会商1次。",
          "尽快安排专题会商并登记；已经会商的，补登会商记录。", without_consultation),
)  # fmt: skip
