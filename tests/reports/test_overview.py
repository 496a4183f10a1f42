"""The overview: same figures as their lists, compared with the period before, of the reader's organs alone."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import Duty, Organ
from accounts.roles import Role
from reports.overview.charts import Chart
from reports.overview.spans import read_span
from supervision.models import Problem, RectificationItem
from tests.factories import TODAY, County, county, enter, make_user, moment, serial
from tests.samples import make_problem

pytestmark = pytest.mark.django_db
MOST_QUERIES = 26


@pytest.fixture
def cast() -> County:
    """The county of the tests."""
    return county()


@pytest.fixture(autouse=True)
def _february() -> Any:
    """The office's day is 10 February 2026."""
    with time_machine.travel(moment(2026, 2, 10), tick=False):
        yield


def seen(user: Any, **query: Any) -> Any:
    """The overview page."""
    return enter(user).get(reverse("reports:overview"), query)


def chart(answer: Any, key: str) -> Chart:
    """One chart of the page."""
    return next(one for one in answer.context["overview"].charts if one.key == key)


def tile(answer: Any, key: str) -> Any:
    """One tile of the page."""
    return next(one for one in answer.context["overview"].tiles if one.key == key)


def duty(organ: Organ, due_on: date, **more: Any) -> None:
    """One duty of an organ."""
    values = {"kind": "try", "article": "A10.4a", "title": "季度报告", "opened_on": date(2026, 1, 1), **more}
    Duty.objects.create(organ=organ, period=str(serial()), due_on=due_on, **values)


def closed(problem: Problem, by: Any, on: date) -> None:
    """The problem struck off."""
    item = problem.rectification
    item.step, item.closed_on, item.closed_by = "closed", on, by
    item.save()


def test_tiles_say_value_before_and_change(cast: County) -> None:
    for day in (date(2026, 1, 5), date(2026, 2, 1), date(2026, 2, 9)):
        make_problem(cast, cast.agri, found_on=day)
    make_problem(cast, cast.town, found_on=date(2025, 10, 1), year=2025)

    found = tile(seen(cast.shuji, period="2026Q1"), "problems_found")

    assert (found.value, found.before, found.change) == ("3个", "1个", "增加2个")
    assert found.address == f"{reverse('reports:figure', args=['problems_found'])}?from=2026-01-01&to=2026-03-31"


def test_rates_name_their_ground_and_are_silent_without_one(cast: County) -> None:
    duty(cast.agri, date(2026, 1, 25), fulfilled_at=moment(2026, 1, 25, 23))
    duty(cast.agri, date(2026, 1, 26), fulfilled_at=moment(2026, 1, 27, 1))
    duty(cast.town, date(2026, 2, 9))
    duty(cast.town, date(2026, 2, 20))

    answer = seen(cast.shuji, period="2026Q1")
    punctual, rebound = tile(answer, "punctuality"), tile(answer, "rebound_rate")

    assert (punctual.value, punctual.ground, punctual.before) == ("33.3%", "1/3，尚未到期1项", "—")
    assert (rebound.value, rebound.ground) == ("—", "0/0")


def test_the_rate_counts_what_fell_due_and_leaders_duties_are_not_the_office_s(cast: County) -> None:
    """On 10 February: two fell due, one was done early, one is for today, two are to come; two are a leader's own."""
    duty(cast.cso, date(2026, 1, 31), fulfilled_at=moment(2026, 1, 30))
    duty(cast.cso, date(2026, 2, 9))
    duty(cast.cso, date(2026, 3, 25), fulfilled_at=moment(2026, 2, 1))
    for day in (date(2026, 2, 10), date(2026, 3, 1), date(2026, 3, 31)):
        duty(cast.cso, day)
    for key in ("briefing", "round_briefing"):
        duty(cast.cso, date(2026, 1, 31), kind=key)

    punctual = tile(seen(cast.shuji, period="2026Q1"), "punctuality")

    assert (punctual.value, punctual.ground) == ("66.7%", "2/3，尚未到期3项")


def test_organs_stand_in_the_order_of_what_is_overdue(cast: County) -> None:
    make_problem(cast, cast.agri, found_on=date(2026, 1, 2), due_on=date(2026, 3, 1))
    make_problem(cast, cast.agri, found_on=date(2026, 1, 2), due_on=date(2026, 3, 1))
    make_problem(cast, cast.town, found_on=date(2026, 1, 2), due_on=date(2026, 2, 9))

    found = chart(seen(cast.shuji), "organs")

    assert list(found.categories) == ["柳河镇纪委", "驻县农业农村局纪检监察组"]
    assert [(one.label, list(one.values)) for one in found.series] == [
        ("逾期未销号", [1, 0]),
        ("发现", [1, 2]),
        ("销号", [0, 0]),
    ]


def test_lateness_is_put_into_buckets_on_the_day_of_judging(cast: County) -> None:
    for due_on in (date(2026, 2, 10), date(2026, 2, 9), date(2026, 1, 31), date(2026, 1, 30), date(2026, 1, 10), None):
        make_problem(cast, cast.agri, found_on=date(2026, 1, 2), due_on=due_on)

    found = chart(seen(cast.shuji), "ages")

    assert list(found.categories) == ["未到期", "逾期1至10天", "逾期11至30天", "逾期31至90天", "逾期90天以上"]
    assert list(found.series[0].values) == [2, 2, 1, 1, 0]


def test_months_run_to_the_day_of_judging(cast: County) -> None:
    problem = make_problem(cast, cast.agri, found_on=date(2026, 1, 2), due_on=date(2026, 3, 1))
    closed(problem, cast.nongye_head, date(2026, 2, 3))

    found = chart(seen(cast.shuji), "months")

    assert list(found.categories) == ["1月", "2月"]
    assert [list(one.values) for one in found.series] == [[1, 0], [0, 1]]
    assert found.series[1].links[1].endswith("rectification_closed/?from=2026-02-01&to=2026-02-28")


def test_every_number_of_every_table_is_the_number_of_its_list(cast: County) -> None:
    for number, organ in enumerate((cast.agri, cast.agri, cast.town, cast.edu)):
        problem = make_problem(cast, organ, found_on=date(2026, 1, 2 + number), due_on=date(2026, 1, 20 + number))
        if number == 1:
            closed(problem, cast.nongye_head, date(2026, 2, 3))
        duty(organ, date(2026, 2, 1 + number), fulfilled_at=moment(2026, 2, 2) if number % 2 else None)
    client, checked = enter(cast.shuji), 0
    for one in seen(cast.shuji).context["overview"].charts:
        for series in one.series:
            for value, address in zip(series.values, series.links, strict=True):
                listed = client.get(address)
                page = listed.context["page"]
                assert page.total == value, (one.key, series.label, address)
                checked += 1

    assert checked > 20


def test_a_leader_sees_the_organs_in_his_charge_alone(cast: County) -> None:
    make_problem(cast, cast.agri, found_on=date(2026, 2, 3))
    make_problem(cast, cast.town, found_on=date(2026, 2, 3))

    assisting, secretary = seen(cast.xieguan1), seen(cast.shuji)

    assert list(chart(assisting, "organs").categories) == ["驻县农业农村局纪检监察组"]
    assert "分管单位2026年第一季度政治监督情况统计" in assisting.content.decode()
    assert len(chart(secretary, "organs").categories) == 2
    assert "全县2026年第一季度政治监督情况统计" in secretary.content.decode()
    assert seen(cast.xieguan1, organ=cast.town.pk).status_code == 404  # a foreign organ
    assert tile(seen(cast.shuji, organ=cast.town.pk), "problems_found").value == "1个"


@pytest.mark.parametrize("role", [Role.CLERK, Role.ORGAN_HEAD])
def test_the_overview_is_not_for_the_groups(cast: County, role: str) -> None:
    assert seen(make_user(cast.agri, role, f"more{role}")).status_code == 404


@pytest.mark.parametrize(
    ("query", "label", "before"),
    [
        ({"period": "2026Q1"}, "2026年第一季度", "上季度"),
        ({"period": "2025H2"}, "2025年下半年", "上半年度"),
        ({"from": "2026-01-01", "to": "2026-12-31"}, "2026年", "上年"),
        ({"from": "2026-02-01", "to": "2026-02-28"}, "2026年2月", "上月"),
        ({"from": "2026-02-03", "to": "2026-02-05"}, "2026-02-03至2026-02-05", "前一时段"),
        ({}, "2026年第一季度", "上季度"),
        ({"from": "", "to": ""}, "2026年第一季度", "上季度"),
    ],
)
def test_spans_are_read_from_the_address(query: dict[str, str], label: str, before: str) -> None:
    span = read_span(query, today=TODAY)

    assert (span.label, span.ago) == (label, before)


WRONG = [
    (
        {"from": "2026-12-31", "to": "2026-01-01"},
        "起始日期2026-12-31晚于截止日期2026-01-01，请把两个日期调换或者改正。",
    ),
    ({"from": "2026-02-30", "to": "2026-03-01"}, "没有“2026-02-30”这一天，请改成日历上有的日期，例如2026-02-28。"),
    ({"from": "2026-01-01"}, "只填了起始日期，请把起始日期和截止日期都填上。"),
    ({"to": "2026-01-01"}, "只填了截止日期，请把起始日期和截止日期都填上。"),
    ({"from": "0001-01-01", "to": "9999-12-31"}, "没有0001年的记录，年份请填1950到2998之间。"),
    ({"period": "1949"}, "没有1949年的记录，年份请填1950到2998之间。"),
    ({"period": "2026Q9"}, "“2026Q9”不是一个时段，请填写起始日期和截止日期，或者写成2026、2026H1、2026Q1、2026-01。"),
]


@pytest.mark.parametrize(("query", "sentence"), WRONG)
@pytest.mark.parametrize(
    ("page", "args"),
    [
        ("overview", ()),
        ("figure", ("problems_found",)),
        ("indicators", ()),
        ("indicator", ("I0-1",)),
        ("indicator_source", ("001",)),
        ("indicator_source_paper", ("001", "docx")),
    ],
)
def test_days_that_no_calendar_has_are_named_and_no_numbers_of_other_days_shown(
    cast: County, page: str, args: tuple[str, ...], query: dict[str, str], sentence: str
) -> None:
    make_problem(cast, cast.town, found_on=date(2026, 2, 3))

    for sheet in ({}, {"format": "xlsx"}):
        answer = enter(cast.shuji).get(reverse(f"reports:{page}", args=args), {**query, **sheet})
        text = answer.content.decode()

        assert answer.status_code == 422
        assert sentence in text and "发现问题" not in text and "第一季度" not in text
        assert all(f'value="{day}"' in text for name, day in query.items() if name != "period")


@pytest.mark.parametrize(
    "wrong", [{"organ": "99999"}, {"organ": "-1"}, {"organ": "甲"}, {"topic": "99999"}, {"topic": "abc"}]
)
def test_an_organ_or_a_topic_that_nobody_knows_is_not_found(cast: County, wrong: dict[str, str]) -> None:
    for page, args in (("overview", ()), ("figure", ("problems_found",)), ("figure", ("quarterlies_due",)), ("indicators", ()),
                       ("indicator", ("I0-1",)), ("indicator_source_paper", ("001", "xlsx"))):  # fmt: skip
        for sheet in ({}, {"format": "xlsx"}):
            answer = enter(cast.shuji).get(reverse(f"reports:{page}", args=args), {**wrong, **sheet})
            assert answer.status_code == 404, (page, wrong)


def test_the_page_leads_to_the_periods_beside_it(cast: County) -> None:
    answer = seen(cast.shuji, period="2026Q1", organ=cast.town.pk)

    assert answer.context["steps"]["before"] == {
        "label": "2025年第四季度",
        "address": f"?period=2025Q4&organ={cast.town.pk}",
    }
    assert answer.context["steps"]["after"]["label"] == "2026年第二季度"


def test_empty_charts_say_so_and_are_not_drawn(cast: County) -> None:
    answer = seen(cast.shuji)

    assert answer.context["drawn"] == []
    assert "这个时段没有可以统计的记录" in answer.content.decode()


def test_the_page_costs_the_same_for_many_organs_and_records(cast: County) -> None:
    client, address = enter(cast.shuji), reverse("reports:overview")
    make_problem(cast, cast.agri, found_on=date(2026, 1, 2), due_on=date(2026, 2, 1))
    duty(cast.agri, date(2026, 2, 1))
    client.get(address)
    with CaptureQueriesContext(connection) as few:
        client.get(address)
    for organ in (cast.agri, cast.town, cast.edu) * 12:
        problem = make_problem(cast, organ, found_on=date(2026, 1, 3), due_on=date(2026, 2, 2))
        RectificationItem.objects.filter(pk=problem.rectification.pk).update(rebound_count=1)
        duty(organ, date(2026, 2, 3))
    with CaptureQueriesContext(connection) as many:
        client.get(address)

    assert len(many) == len(few) <= MOST_QUERIES
