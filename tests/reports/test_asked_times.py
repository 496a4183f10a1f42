"""An address that names no year, quarter or month is answered by a sentence, never by the numbers of another time."""

from __future__ import annotations

import pytest
from django.test import Client

from reports.models import CountyQuarter
from tests.factories import County, county, enter

pytestmark = [pytest.mark.django_db, pytest.mark.once]


@pytest.fixture
def cast() -> County:
    return county()


@pytest.fixture
def office(cast: County) -> Client:
    return enter(cast.dangfeng)


@pytest.mark.parametrize(
    ("address", "sentence"),
    [
        ("/duties/matrix/?period=2026Q5", "“2026Q5”不是时段，请写成2026或2026H1或2026Q1或2026-01。"),
        ("/duties/matrix/?period=1949", "“1949”不是时段"),
        ("/duties/punctuality/?period=去年", "“去年”不是时段"),
        ("/quarterly/?period=2026H1", "“2026H1”不是季度，请写成2026Q1。"),
        ("/problems/calendar/?month=2026-13", "“2026-13”不是月份，请写成2026-01。"),
        ("/problems/calendar/?month=x", "“x”不是月份"),
        ("/problems/calendar/?month=0001-01", "“0001-01”不是月份"),
        ("/problems/calendar/?month=2026Q1", "“2026Q1”不是月份"),
        ("/checklists/?year=1", "年度"),
        ("/checklists/?year=²", "年度"),
        (f"/checklists/?year={'9' * 5000}", "年度"),
        ("/ledgers/?year=2099", "年度"),
        ("/appraisals/?year=abc", "年度"),
    ],
)
def test_what_is_no_time_is_named(office: Client, address: str, sentence: str) -> None:
    answer = office.get(address)

    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert "查询条件有误" in answer.content.decode()


@pytest.mark.parametrize("address", ["/duties/matrix/?period=", "/problems/calendar/?month=2026-02", "/checklists/"])
def test_what_is_a_time_or_nothing_is_answered(office: Client, address: str) -> None:
    assert office.get(address).status_code == 200


def test_a_form_for_no_quarter_makes_no_county_report(cast: County) -> None:
    answer = enter(cast.dangfeng).post("/quarterly/merge/", {"period": "2026Q7"})

    assert (answer.status_code, CountyQuarter.objects.count()) == (422, 0)
    assert "“2026Q7”不是季度" in answer.content.decode()


def test_a_form_for_no_year_begins_no_paper(cast: County) -> None:
    assert enter(cast.dangfeng).post("/annual-reports/new/", {"year": "明年"}).status_code == 422
