"""Who owes a consultation with whom, and what a record needs before it is locked (A10.3)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from accounts.models import Organ, SupervisedUnit, UnitKind
from accounts.periods import Period
from accounts.permissions import Permission, has
from accounts.roles import LEDGER_KINDS, TOWNSHIP_KINDS
from accounts.workflow import ALLOWED, Verdict, denied
from ledgers.models import Consultation

# What the minutes cannot be without, in the order of the form.
NEEDED = {
    "attendees_organ": "本单位参加人员",
    "attendees_unit": "被监督单位参加人员",
    "suggestions": "整改建议",
}


def party_of(unit: SupervisedUnit) -> str:
    """The Party committee that the meeting is held with, by its own name where it is on file."""
    return unit.party_organ or f"{unit.name}党委（党组）"


def may_hold(user: Any, organ: Organ) -> Verdict:
    """Organs that look after units consult with them; their own people write it down."""
    if organ.kind not in LEDGER_KINDS:
        return denied("专题会商由派驻纪检监察组、乡（镇、办）纪（工）委会同被监督单位开展，本部门不登记。", "A10.3a")
    if not has(user, Permission.DRAFT, organ.pk):
        return denied(f"{organ.label}的专题会商由该单位人员登记。", "A10.3a")
    return ALLOWED


def owing(units: Iterable[SupervisedUnit], half: Period) -> list[SupervisedUnit]:
    """Of the units of one organ those with which it owes a consultation in the half (AMB-9, AMB-18).

    `units` come with their organ. A township's committee owes one with its township's 党（工）委, where that is marked
    as such; offices below it may be invited.
    """
    found = [unit for unit in units if half.owes(unit.organ) and (unit.active_to is None or unit.active_to > half.last)]
    own = [unit for unit in found if unit.organ.kind in TOWNSHIP_KINDS and unit.kind == UnitKind.TOWNSHIP]
    townships = {unit.organ_id for unit in own}
    return [unit for unit in found if unit.organ_id not in townships or unit.kind == UnitKind.TOWNSHIP]


def is_complete(made: Consultation) -> Verdict:
    """Whom it was with, who came, what was told and what was proposed (A10.3a)."""
    if not made.units.exists():
        return denied("请选择会商对象，再登记。", "A10.3a")
    if not (made.common_problems.strip() or made.prominent_problems.strip() or made.problems.exists()):
        return denied("会商要通报普遍性问题或者突出问题，请至少填写一项，再登记。", "A10.3a")
    missing = [label for name, label in NEEDED.items() if not getattr(made, name).strip()]
    if missing:
        return denied(f"还没有填写{'、'.join(missing)}，补齐后再登记。", "A10.3a")
    return ALLOWED


def case_is_treated(made: Consultation) -> Verdict:
    """Where a case against political discipline happened, the unit is urged to 以案促改 (A10.3b)."""
    if made.political_case and not made.case_rectification.strip():
        return denied("发生违反政治纪律和政治规矩案件的，要督促开展以案促改，请写明督促情况，再登记。", "A10.3b")
    return ALLOWED


def not_to_come(held_on: date, *, on: date) -> Verdict:
    """A meeting is recorded after it was held."""
    return denied("会商日期不能晚于今天，请在会商以后登记。", "A10.3a") if held_on > on else ALLOWED
