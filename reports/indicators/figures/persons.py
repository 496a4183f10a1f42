"""Persons dealt with, and the registers of who is there: sanctions, accountability, officials, units, staff."""

from __future__ import annotations

from typing import Any

from django.db.models import BigIntegerField, F, OuterRef, Subquery
from django.db.models.functions import Coalesce

from accounts.models import Official, SupervisedUnit, User
from accounts.roles import ADMIN_ROLES
from ledgers.states import SANCTIONS
from reports.counting.disposal import OF_ACCOUNTABLE, OF_DISPOSITION, accountability, dispositions
from reports.counting.figure import Figure, Rows, Scope, declare
from reports.indicators.figures.talks import OF_OFFICIAL, registered
from supervision.rounds.states import AccountabilityObject

ENVIRONMENT, LAND, GANGS = ("环保督察",), ("违规用地",), ("扫黑除恶",)


def _accountable(**more: Any) -> Rows:
    return accountability(AccountabilityObject.PERSON, **more)


def _units(scope: Scope) -> Any:
    return SupervisedUnit.objects.active(on=scope.on).filter(organ_id__in=scope.organs)


def _updated(scope: Scope) -> Any:
    """Officials whose data were gone through in the period, those who have left since as well."""
    return Official.objects.filter(unit__organ_id__in=scope.organs, updated_on__range=scope.days)


def _staff(scope: Scope) -> Any:
    """Who worked in the organs on the day of judging, by the history of the accounts; the three administrators left out.

    An account without history of that time counts as it stands today.
    """
    earlier: Any = User.history.filter(id=OuterRef("pk"), history_date__date__lte=scope.on)  # type: ignore[attr-defined]
    latest = earlier.order_by("-history_date", "-history_id")
    then = {
        "was_active": Coalesce(Subquery(latest.values("is_active")[:1]), F("is_active")),
        "was_in": Coalesce(Subquery(latest.values("organ_id")[:1]), F("organ_id"), output_field=BigIntegerField()),
    }
    staff: Any = User.objects.exclude(role__in=ADMIN_ROLES)
    return staff.annotate(**then).filter(was_active=True, was_in__in=scope.organs)


declare(
    Figure("sanctioned_persons", "党纪政务处分人数", "人", "A3.4", dispositions(measure__in=SANCTIONS), **OF_DISPOSITION),
    Figure("sanctioned_persons_triple_check", "一案三查处分人数", "名", "A3.4",
           dispositions(measure__in=SANCTIONS, triple_check=True), topics=GANGS, **OF_DISPOSITION),
    Figure("accountable_persons_env_inspection", "环保督察追责人数", "人", "A9.7f", _accountable(), topics=ENVIRONMENT,
           **OF_ACCOUNTABLE),
    Figure("accountable_persons_joint_case", "配合上级查处追责人数", "人", "A9.7f", _accountable(in_cooperation=True), topics=LAND,
           **OF_ACCOUNTABLE),
    Figure("supervised_unit_count", "监督单位数", "个", "A4", _units,
           columns={"name": "事项", "organ__name": "监督单位"}),
    Figure("officials_by_rank", "梳理监察对象人数", "名", "A4", _updated, **OF_OFFICIAL),
    Figure("official_count", "监察对象人数", "名", "A4", registered, **OF_OFFICIAL),
    Figure("organ_staff_count", "组内在岗人数", "名", "A4", _staff, organ="was_in",
           columns={"full_name": "人员", "post": "职务", "organ__name": "现所在单位"}),
)  # fmt: skip
