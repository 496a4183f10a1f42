"""Page, workbook and command list the same rows of the same organs; rates and the evaluation have pages; the command helps who mistypes."""

from __future__ import annotations

import io
import json
from datetime import date
from io import StringIO
from typing import Any

import pytest
import time_machine
from django.core.management import CommandError, call_command
from django.urls import reverse
from openpyxl import load_workbook

from accounts.models import User
from accounts.roles import ADMIN_ROLES
from checklists.models import Topic
from tests.factories import County, county, enter, moment
from tests.ledgers.registers import made
from tests.samples import make_problem

pytestmark = [pytest.mark.django_db, pytest.mark.once]
YEAR = {"period": "2026"}
DAYS = ("--from", "2026-01-01", "--to", "2026-12-31")


@pytest.fixture
def cast() -> County:
    """The county of the tests."""
    return county()


@pytest.fixture(autouse=True)
def _february() -> Any:
    """The office's day is 10 February 2026."""
    with time_machine.travel(moment(2026, 2, 10), tick=False):
        yield


def page(user: Any, **query: Any) -> Any:
    """The table of all indicators."""
    return enter(user).get(reverse("reports:indicators"), {**YEAR, **query})


def ids_of(answer: Any) -> list[str]:
    return [told.indicator.id for _, some in answer.context["groups"] for told in some]


def one(user: Any, key: str, **query: Any) -> Any:
    """The page of one row."""
    return enter(user).get(reverse("reports:indicator", args=[key]), {**YEAR, **query})


def printed(*asked: str) -> dict[str, Any]:
    out = StringIO()
    call_command("indicators", *DAYS, *asked, "--json", stdout=out)
    found: dict[str, Any] = json.loads(out.getvalue())
    return found


def refused(*asked: str) -> tuple[str, int]:
    """The sentence and the exit status."""
    with pytest.raises(CommandError) as wrong:
        call_command("indicators", *asked)
    return str(wrong.value), wrong.value.returncode


def test_page_workbook_and_command_list_the_same_rows_with_the_same_numbers(cast: County) -> None:
    make_problem(cast, cast.agri, found_on=date(2026, 1, 5), due_on=date(2026, 2, 1))
    command, answer = printed(), page(cast.dangfeng)
    told = {row.indicator.id: row.value for _, some in answer.context["groups"] for row in some}
    book = load_workbook(io.BytesIO(page(cast.dangfeng, format="xlsx").content)).active

    assert list(command) == list(told) == [row[0] for row in book.values][3:]
    numbers = {key: None if value is None else float(value) for key, value in told.items()}
    unreported = {key for key, value in numbers.items() if value is None and command[key]["class"] == "E"}
    assert len(unreported) == 10  # a sum of nothing to a program; to a reader, nothing that was reported
    assert {key: None if row["value"] is None else float(row["value"]) for key, row in command.items()} == {
        key: 0 if key in unreported else value for key, value in numbers.items()
    }
    assert [source.title for source, _ in answer.context["groups"]][-2:] == ["比率和与指标并列的数字", "质效评估指标"]
    assert numbers["R-3"] == 0 and numbers["R-4"] == 1 and command["R-4"]["records"] == 1


def test_papers_come_first_then_rates_then_the_evaluation(cast: County) -> None:
    keys = list(printed("--id", "E-5", "E-1", "R-1", "I4-7", "I0-1", "R-13"))

    assert keys == ["I0-1", "I4-7", "R-1", "R-13", "R-13/on_time_reply_rate", "E-1", "E-5"]


def test_the_county_of_the_command_is_the_county_of_the_page(cast: County) -> None:
    """I3-26 counts the commission's own leaders too, for whoever reads the whole county."""
    staff = User.objects.filter(is_active=True).exclude(role__in=ADMIN_ROLES)
    told = {row.indicator.id: row.value for _, some in page(cast.dangfeng).context["groups"] for row in some}

    assert staff.filter(organ=cast.root).exists()
    assert told["I3-26"] == staff.count()
    assert printed("--id", "I3-26")["I3-26"]["value"] == told["I3-26"]
    assert printed("--organ", cast.root.name, "--id", "I3-26")["I3-26"]["value"] == told["I3-26"]


def test_the_word_and_the_tab_find_rates_and_evaluation(cast: County) -> None:
    assert ids_of(page(cast.nongye, q="E-1")) == ["E-1"]
    assert ids_of(page(cast.nongye, q="r-1"))[:2] == ["R-1", "R-10"]
    assert ids_of(page(cast.nongye, group="E")) == ["E-1", "E-2", "E-3", "E-4", "E-5"]
    assert ids_of(page(cast.nongye, group="R"))[0] == "R-1"


def test_a_rate_shows_its_two_numbers_with_their_records_over_time_and_among_organs(cast: County) -> None:
    for organ in (cast.agri, cast.agri, cast.town):
        make_problem(cast, organ, found_on=date(2026, 1, 5), due_on=date(2026, 2, 1))
    closed = make_problem(cast, cast.agri, found_on=date(2026, 1, 6)).rectification
    closed.step, closed.closed_on, closed.closed_by = "closed", date(2026, 2, 9), cast.nongye_head
    closed.save()

    answer = one(cast.dangfeng, "R-3")

    assert "整改率 25" in answer.content.decode()
    part, whole = answer.context["sides"]
    assert (part.name, part.number) == ("交办问题中已销号数（分子）", "1个")
    assert (whole.name, whole.number) == ("交办整改问题（分母）", "4个")
    assert enter(cast.dangfeng).get(part.address).context["page"].total == 1
    assert enter(cast.dangfeng).get(whole.address).context["page"].total == 4
    organs, quarters, years = answer.context["charts"]
    assert dict(zip(organs.categories, organs.series[0].values, strict=True)) == {
        "驻县农业农村局纪检监察组": 33.3, "柳河镇纪委": 0}  # fmt: skip
    assert list(organs.extra[1]) == ["1／3", "0／1"]
    assert list(quarters.series[0].values) == [0] * 7 + [25]
    assert list(years.series[0].values) == [0] * 4 + [25]
    assert one(cast.nongye, "R-3").context["told"].number == "33.3"
    assert one(cast.dangfeng, "R-3", format="xlsx")["Content-Type"].endswith("sheet")


@pytest.mark.parametrize("key", ["R-4", "R-6", "R-9", "rectification_rate_due", "consultation_coverage", "E-1"])
def test_every_kind_of_row_opens(cast: County, key: str) -> None:
    assert one(cast.dangfeng, key).status_code == one(cast.nongye, key, format="xlsx").status_code == 200


def test_a_share_of_periods_says_how_many_had_a_record(cast: County) -> None:
    part, whole = one(cast.nongye, "R-5").context["sides"]

    assert (part.name, part.number, whole.name, whole.number) == (
        "有记录的季度（分子）",
        "0个",
        "应有的季度（分母）",
        "1个",
    )


def test_what_does_not_exist_is_not_found(cast: County) -> None:
    assert [one(cast.dangfeng, key).status_code for key in ("R-14", "E-6", "R")] == [404] * 3


def test_names_are_taken_as_pages_show_them_and_ids_in_any_case(cast: County) -> None:
    cast.agri.short_name = "驻县农业农村局组"
    cast.agri.save()
    make_problem(cast, cast.agri, found_on=date(2026, 1, 5), due_on=date(2026, 2, 1))

    assert printed("--organ", "驻县农业农村局组", "--id", "r-4", "i0-1") == printed(
        "--organ", cast.agri.name, "--id", "I0-1", "R-4"
    )
    assert printed("--organ", "驻县农业农村局组", "--id", "r-4")["R-4"]["value"] == 1


def test_a_campaign_is_asked_for_by_its_name(cast: County) -> None:
    campaign: Any = made("campaigns", cast.agri, cast.nongye, name="校园餐整治")
    problem = make_problem(cast, cast.agri, found_on=date(2026, 1, 5), due_on=date(2026, 2, 1))
    make_problem(cast, cast.agri, found_on=date(2026, 1, 6), due_on=date(2026, 2, 1))
    campaign.refresh_from_db()
    problem.topics.add(campaign.topic)

    assert printed("--campaign", "校园餐整治", "--id", "R-4")["R-4"]["value"] == 1
    assert printed("--id", "R-4")["R-4"]["value"] == 2


def test_who_mistypes_is_told_what_there_is(cast: County) -> None:
    Topic.objects.get_or_create(name="粮食安全")
    made("campaigns", cast.agri, cast.nongye, name="校园餐整治")

    sentence, status = refused(*DAYS, "--organ", "农业农村局")
    assert status == 1 and "没有名为“农业农村局”的单位。相近的名称：驻县农业农村局纪检监察组" in sentence
    assert refused(*DAYS, "--topic", "粮食") == ("没有名为“粮食”的专题。相近的名称：粮食安全。", 1)
    assert refused(*DAYS, "--campaign", "营商") == ("没有名为“营商”的专项行动。现有名称：校园餐整治。", 1)
    sentence, status = refused(*DAYS, "--id", "I9-9", "R-1")
    assert status == 2
    assert sentence == (
        "没有编号为“I9-9”的指标。现有编号：I0-1至I0-25、I1-1至I1-9、I3-1至I3-27、I4-1至I4-7、R-1至R-13、E-1至E-5。"
    )


@pytest.mark.parametrize(
    ("asked", "sentence"),
    [
        (("--to", "2026-12-31"), "请用 --from 写明起始日期，如 --from 2026-07-01。"),
        (("--from", "2026-01-01"), "请用 --to 写明截止日期，如 --to 2026-07-01。"),
        ((*DAYS, "--id"), "--id 后面没有编号，请写编号，如 --id I3-5 R-1。"),
        ((*DAYS, "--id", " "), "--id 后面没有编号，请写编号，如 --id I3-5 R-1。"),
        ((*DAYS, "--topic", "甲", "--campaign", "乙"), "--topic 和 --campaign 只能写一个"),
    ],
)
def test_what_is_missing_is_named(cast: County, asked: tuple[str, ...], sentence: str) -> None:
    said, status = refused(*asked)

    assert said.startswith(sentence) and status == 2
