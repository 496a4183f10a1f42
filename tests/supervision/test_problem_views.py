"""Problems by lateness, by step, by day; and one act on many, each under its own rules."""

from __future__ import annotations

import io
from datetime import date, timedelta
from typing import Any

import openpyxl
import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.models import Event, Notice
from accounts.workflow import Refused
from supervision.actions.batch import act_on_many, remind
from supervision.actions.failures import link_repeat
from supervision.cure.ageing import ageing_rows
from supervision.models import Extension, Problem, RectificationItem
from supervision.selectors import ageing, filtered
from tests.factories import TODAY, County, county, enter, moment
from tests.samples import make_problem
from tests.supervision.second_looks import struck_off

pytestmark = pytest.mark.django_db
LATER = moment(2026, 3, 2)
TODAY_ON = date(2026, 3, 2)


@pytest.fixture
def cast() -> County:
    return county()


def items(*problems: Problem) -> list[RectificationItem]:
    keys = [problem.pk for problem in problems]
    return list(RectificationItem.objects.filter(problem__in=keys).select_related("problem").order_by("pk"))


# --- lateness ---


@pytest.mark.parametrize(
    ("late", "bucket"), [(-5, 0), (0, 0), (1, 1), (10, 1), (11, 2), (30, 2), (31, 3), (90, 3), (91, 4), (400, 4)]
)
def test_each_day_late_falls_into_one_bucket(cast: County, late: int, bucket: int) -> None:
    found_on = TODAY_ON - timedelta(days=500)
    make_problem(cast, cast.agri, found_on=found_on, due_on=TODAY_ON - timedelta(days=late))
    problems = Problem.objects.all()

    expected = [int(n == bucket) for n in range(5)]
    assert ageing_rows(problems, by="organ", on=TODAY_ON)[0]["buckets"] == expected
    assert [count for _, count in ageing(problems, on=TODAY_ON)] == expected
    assert [filtered(problems, {"age": str(n)}, on=TODAY_ON).count() for n in range(5)] == expected


def test_no_term_is_not_late_and_closed_is_out(cast: County) -> None:
    make_problem(cast, cast.agri)
    struck_off(cast, due_on=date(2026, 2, 20))

    row = ageing_rows(Problem.objects.all(), by="organ", on=TODAY_ON)[0]
    assert (row["buckets"], row["open"], row["total"]) == ([1, 0, 0, 0, 0], 1, 2)


def test_units_show_their_repeats(cast: County) -> None:
    old = make_problem(cast, cast.agri, found_on=date(2026, 1, 5))
    link_repeat(make_problem(cast, cast.agri), old, by=cast.nongye, at=LATER)

    rows = ageing_rows(Problem.objects.all(), by="unit", on=TODAY_ON)

    assert [(row["name"], row["repeats"]) for row in rows] == [(old.unit.name, 1)]


def test_the_page_of_ages_is_scoped_opens_its_records_and_leaves_as_a_workbook(cast: County) -> None:
    make_problem(cast, cast.agri, found_on=date(2020, 1, 1), due_on=date(2020, 2, 1), year=2020)
    make_problem(cast, cast.edu)
    address = reverse("supervision:ageing")

    page = enter(cast.nongye).get(address, {"by": "unit"})
    assert [row["name"] for row in page.context["rows"]] == ["县农业农村局"]
    unit = page.context["rows"][0]["key"]
    assert f"?unit={unit}&amp;age=4" in page.content.decode()
    assert (
        len(enter(cast.nongye).get(reverse("supervision:problems"), {"unit": unit, "age": "4"}).context["page"].rows)
        == 1
    )

    sheet = openpyxl.load_workbook(io.BytesIO(enter(cast.nongye).get(address, {"format": "xlsx"}).content)).worksheets[
        0
    ]
    assert [cell.value for cell in sheet[3]] == ["驻县农业农村局纪检监察组", 1, 1, 0, 0, 0, 0, 1, 0, 0, 0]


# --- step and day ---


def test_the_kanban_keeps_the_filter(cast: County) -> None:
    make_problem(cast, cast.agri, description="公示不及时")
    make_problem(cast, cast.agri, description="台账不完整")
    struck_off(cast, description="公示已整改")

    columns = enter(cast.nongye).get(reverse("supervision:kanban"), {"q": "公示"}).context["columns"]

    assert {step.value: [row["description"] for row in rows] for step, count, rows in columns if count} == {
        "issued": ["公示不及时"],
        "closed": ["公示已整改"],
    }


def test_the_calendar_shows_terms_on_their_day(cast: County) -> None:
    make_problem(cast, cast.agri, description="三月到期", due_on=date(2026, 3, 10))
    make_problem(cast, cast.agri, description="四月到期", due_on=date(2026, 4, 20))

    page = enter(cast.nongye).get(reverse("supervision:due_calendar"), {"month": "2026-03"}).context

    cells = [cell for week in page["weeks"] for cell in week]
    shown = {cell["day"]: [row["description"] for row in cell["rows"]] for cell in cells if cell["rows"]}
    assert shown == {date(2026, 3, 10): ["三月到期"]}
    assert (cells[0]["day"], page["before"], page["after"], page["count"]) == (
        date(2026, 2, 23),
        "2026-02",
        "2026-04",
        1,
    )


def test_no_month_is_this_month(cast: County) -> None:
    first = enter(cast.nongye).get(reverse("supervision:due_calendar"), {"month": ""}).context["first"]

    assert first == timezone.localdate().replace(day=1)


def test_january_and_december_turn_the_year(cast: County) -> None:
    client, address = enter(cast.nongye), reverse("supervision:due_calendar")

    assert client.get(address, {"month": "2026-12"}).context["after"] == "2027-01"
    assert client.get(address, {"month": "2026-01"}).context["before"] == "2025-12"


# --- many at once ---


def test_each_problem_keeps_its_own_rules_and_the_answer_names_both(cast: County) -> None:
    able = make_problem(cast, cast.agri, due_on=date(2026, 3, 10))
    earlier = make_problem(cast, cast.agri, description="时限更晚", due_on=date(2026, 5, 10))
    foreign = make_problem(cast, cast.edu, due_on=date(2026, 3, 10))

    outcome = act_on_many(items(able, earlier, foreign), "extend", by=cast.nongye, at=LATER, note="汛期",
                          new_due_on=date(2026, 4, 1))  # fmt: skip

    assert [item.problem_id for item in outcome.done] == [able.pk]
    sentences = [sentence for _, sentence in outcome.refused]
    assert "应晚于现在的时限2026-05-10" in sentences[0] and "不能为这个单位申请延期" in sentences[1]
    assert Extension.objects.count() == 1


@pytest.mark.parametrize(
    ("verb", "fields", "sentence"),
    [
        ("extend", {"note": "理由"}, "须填写申请延至的日期"),
        ("failure", {"note": "事实"}, "请选择整改不力的情形"),
        ("close", {"note": "同意"}, "请选择要办理的事项"),
        ("", {"note": ""}, "请选择要办理的事项"),
    ],
)
def test_what_is_wrong_with_all_is_said_once(cast: County, verb: str, fields: dict[str, Any], sentence: str) -> None:
    problem = make_problem(cast, cast.agri, due_on=date(2026, 3, 10))

    with pytest.raises(Refused, match=sentence):
        act_on_many(items(problem), verb, by=cast.nongye, at=LATER, **fields)
    assert not Event.objects.filter(at=LATER).exists()


def test_a_reminder_reaches_the_organ_once_a_day(cast: County) -> None:
    problem = make_problem(cast, cast.agri, due_on=date(2026, 3, 10))
    item = items(problem)[0]

    remind(item, by=cast.dangfeng, at=LATER, note="请按期完成")
    with pytest.raises(Refused, match="今天已经提醒过"):
        remind(item, by=cast.dangfeng, at=LATER, note="再次提醒")
    remind(item, by=cast.dangfeng, at=moment(2026, 3, 3), note="")

    told = Notice.objects.filter(recipient=cast.nongye, key__startswith="remind:")
    assert told.count() == 2 and "周明提醒督促县农业农村局整改" in told.earliest("pk").sentence
    with pytest.raises(Refused, match="由监督单位或党风政风监督室"):
        remind(item, by=cast.jiaoyu, at=LATER, note="")


def test_the_list_acts_on_what_was_ticked_and_only_on_what_may_be_seen(cast: County) -> None:
    mine = make_problem(cast, cast.agri, due_on=TODAY)
    closed = struck_off(cast)
    foreign = make_problem(cast, cast.edu, due_on=TODAY)
    ticked = {"problem": [mine.pk, closed.problem_id, foreign.pk], "verb": "remind", "note": "抓紧"}

    page = enter(cast.nongye).post(reverse("supervision:batch"), ticked).content.decode()

    assert "办理1个，未办理1个" in page and "该问题已销号，无须提醒" in page
    assert not Event.objects.of(items(foreign)[0]).filter(verb="remind").exists()
