"""Article 3(4): the four forms, chosen by people, counted in persons."""

from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import AccessLog, Official
from accounts.workflow import Refused
from ledgers.actions.registers import four_forms, record_disposition
from ledgers.models import Disposition
from tests.factories import NOW, TODAY, County, county

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> County:
    return county()


def official(cast: County, unit: str = "县农业农村局", name: str = "张三") -> Official:
    return Official.objects.create(unit=cast.units[unit], full_name=name, post="副局长")


def dispose(cast: County, person: Official, form: int, measure: str, day: date = TODAY) -> Disposition:
    return record_disposition(
        organ=cast.agri, official=person, form=form, measure=measure, decided_on=day, by=cast.nongye, at=NOW
    )


def test_a03_4_each_disposition_has_one_of_the_four_forms_and_its_measure(cast: County) -> None:
    person = official(cast)
    with pytest.raises(Refused, match="四种形态"):
        dispose(cast, person, 5, "警告")
    with pytest.raises(Refused, match="不属于第一种形态"):
        dispose(cast, person, 1, "开除党籍")
    with pytest.raises(Refused, match="不能晚于今天"):
        dispose(cast, person, 1, "谈话提醒", TODAY + timedelta(days=1))
    with pytest.raises(Refused, match="监督范围"):
        dispose(cast, official(cast, "县教育局"), 1, "谈话提醒")


def test_a03_4_the_table_counts_persons_not_events(cast: County) -> None:
    first, second = official(cast), official(cast, name="李四")
    for person, form, measure in (
        (first, 1, "谈话提醒"),
        (first, 1, "批评教育"),
        (second, 1, "诫勉"),
        (second, 2, "警告"),
    ):
        dispose(cast, person, form, measure)

    table = four_forms(2026, frozenset({cast.agri.pk}))

    assert table == {"第一种形态": 2, "第二种形态": 1, "第三种形态": 0, "第四种形态": 0}


def test_a03_4_only_the_organ_and_the_restricted_right_see_persons_and_each_look_is_logged(cast: County) -> None:
    dispose(cast, official(cast), 1, "谈话提醒")

    def sees(name: str) -> bool:
        client = Client()
        client.force_login(cast.people[name], backend="django.contrib.auth.backends.ModelBackend")
        return "张三" in client.get(reverse("ledgers:dispositions"), {"year": 2026}).content.decode()

    assert {name: sees(name) for name in ("nongye", "xieguan1", "dangfeng_head", "dangfeng", "jiaoyu")} == {
        "nongye": True, "xieguan1": True, "dangfeng_head": True, "dangfeng": False, "jiaoyu": False,
    }  # fmt: skip
    assert AccessLog.objects.filter(action="view").count() == 5
