"""The register of officials: the day of the update, the day of leaving, levels of posts."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.urls import reverse

from accounts.administration import save_official
from accounts.models import Official
from accounts.workflow import Refused
from tests.factories import NOW, TODAY, County, county, enter

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> County:
    return county()


def person(cast: County, **values: Any) -> Official:
    return Official(unit=cast.units["县农业农村局"], full_name="张三", post="科长", **values)


def test_saving_dates_the_update_and_the_leaving(cast: County) -> None:
    row = save_official(person(cast, post_level="middle"), by=cast.nongye, at=NOW)
    assert (row.updated_on, row.left_on) == (TODAY, None)

    row.is_active = False
    assert save_official(row, by=cast.nongye, at=NOW).left_on == TODAY
    row.left_on = date(2026, 1, 31)
    assert save_official(row, by=cast.nongye, at=NOW).left_on == date(2026, 1, 31)
    row.is_active = True
    assert save_official(row, by=cast.nongye, at=NOW).left_on is None


def test_who_left_before_days_were_kept_stays_without_one(cast: County) -> None:
    old = person(cast, is_active=False)
    old.save()

    assert save_official(old, by=cast.nongye, at=NOW).left_on is None


def test_strangers_and_days_out_of_order_are_refused(cast: County) -> None:
    with pytest.raises(Refused, match="由驻县农业农村局纪检监察组人员登记"):
        save_official(person(cast), by=cast.jiaoyu, at=NOW)
    with pytest.raises(Refused, match="晚于今天"):
        save_official(person(cast, post_since=date(2026, 2, 11)), by=cast.nongye, at=NOW)
    early = person(cast, is_active=False, post_since=date(2026, 1, 10), left_on=date(2026, 1, 9))
    with pytest.raises(Refused, match="早于任现职时间"):
        save_official(early, by=cast.nongye, at=NOW)
    assert not Official.objects.exists()


def test_the_list_filters_by_level_and_office_and_leaves_as_a_workbook(cast: County) -> None:
    for name, level, active in (("甲", "middle", True), ("乙", "key_post", True), ("丙", "middle", False)):
        Official.objects.create(
            unit=cast.units["县农业农村局"], full_name=name, post="科长", post_level=level, is_active=active
        )
    client, address = enter(cast.nongye), reverse("accounts:officials")

    for query, number in (("level=middle", 2), ("level=middle&active=yes", 1), ("active=no", 1)):
        assert client.get(f"{address}?{query}").context["page"].total == number
    assert client.get(f"{address}?level=nonsense").status_code == 422
    assert client.get(f"{address}?format=xlsx").status_code == 200
