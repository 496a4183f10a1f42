"""巡视巡察反馈意见: registered by the organ that watches the unit, or by 县委巡察办 for every unit of the county (A5.6)."""

from __future__ import annotations

from datetime import date

import pytest
from django.urls import reverse

from accounts.models import User
from accounts.roles import OrganKind, Role
from accounts.workflow import Refused
from supervision.actions.feedback import record_feedback
from supervision.models import InspectionFeedback
from tests.factories import NOW, County, county, enter, make_organ, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> County:
    return county()


def member(cast: County, name: str, kind: OrganKind) -> User:
    organ = make_organ(name, kind, cast.root)
    return make_user(organ, Role.CLERK, f"u{organ.pk}")


def test_a5_6_the_inspection_office_registers_for_every_unit_of_the_county(cast: County) -> None:
    clerk = cast.people["xuncha"]
    unit = next(iter(cast.units.values()))
    form = enter(clerk).get(reverse("supervision:feedback_new")).content.decode()
    assert all(name in form for name in cast.units)

    made = record_feedback(unit=unit, level="county", feedback_on=date(2026, 1, 9), text="整改不到位", by=clerk, at=NOW)

    assert InspectionFeedback.objects.get() == made
    assert "整改不到位" in enter(clerk).get(reverse("supervision:feedback")).content.decode()
    assert "整改不到位" in enter(cast.dangfeng).get(reverse("supervision:feedback")).content.decode()


def test_a5_6_other_offices_register_for_none(cast: County) -> None:
    clerk = member(cast, "信访室", OrganKind.INTERNAL_OFFICE)
    unit = next(iter(cast.units.values()))

    with pytest.raises(Refused, match="由其监督单位或县委巡察办登记"):
        record_feedback(unit=unit, level="county", feedback_on=date(2026, 1, 9), text="整改不到位", by=clerk, at=NOW)
    client = enter(clerk)
    assert "登记反馈意见" not in client.get(reverse("supervision:feedback")).content.decode()
    assert reverse("supervision:problem_new") not in client.get(reverse("supervision:problems")).content.decode()
    assert (
        reverse("supervision:problem_new") in enter(cast.nongye).get(reverse("supervision:problems")).content.decode()
    )
