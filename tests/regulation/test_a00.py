"""The notice: to whom it is issued."""

import pytest
from django.db import IntegrityError, transaction

from accounts.models import Organ, User
from accounts.roles import LEDGER_KINDS, REPORTING_KINDS, OrganKind
from tests.factories import County, county

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> County:
    return county()


def test_a00_every_addressee_has_its_kind_of_organ() -> None:
    assert {kind.label for kind in OrganKind} == {
        "纪委监委", "党风政风监督室", "县纪委办公室", "机关部室", "县委巡察办", "派驻纪检监察组", "乡（镇、办）纪（工）委",
        "开发区纪工委", "县直单位纪检组（纪委）",
    }  # fmt: skip


def test_a00_the_kind_decides_the_duties() -> None:
    assert {"stationed_group", "township_committee", "dev_zone_committee"} == REPORTING_KINDS
    assert REPORTING_KINDS | {"unit_discipline_organ"} == LEDGER_KINDS


def test_a00_everybody_belongs_to_exactly_one_organ(cast: County) -> None:
    assert {person.organ_id for person in User.objects.all()} <= set(Organ.objects.values_list("pk", flat=True))
    with pytest.raises(IntegrityError), transaction.atomic():
        User.objects.create(username="nobody", full_name="无单位", role="clerk")
