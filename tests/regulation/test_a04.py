"""Article 4: the object of supervision is Party organisations, their teams, above all the principal leaders."""

import pytest
from django.db import IntegrityError, transaction

from accounts.models import Official, SupervisedUnit
from tests.factories import County, county

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> County:
    return county()


def test_a04_an_active_unit_has_one_supervising_organ(cast: County) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        SupervisedUnit.objects.create(name="县农业农村局", organ=cast.edu)


def test_a04_the_top_leader_stands_before_the_team(cast: County) -> None:
    unit = cast.units["县农业农村局"]
    for name, top, member in (("王科员", False, False), ("李副", False, True), ("张局", True, True)):
        Official.objects.create(unit=unit, full_name=name, post="职务", is_top_leader=top, is_team_member=member)

    assert [person.full_name for person in unit.officials.all()] == ["张局", "李副", "王科员"]
