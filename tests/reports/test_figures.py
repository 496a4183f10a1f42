"""The list behind a figure: the records that it counts, of organs the reader reads, persons only by the restricted right."""

from __future__ import annotations

import io
from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook

from accounts.models import AccessLog, Official
from ledgers.models import Disposition
from reports.counting.catalogue import FIGURES
from tests.factories import County, county
from tests.ledgers.registers import made
from tests.samples import make_problem

pytestmark = pytest.mark.django_db
SPAN = {"from": "2026-01-01", "to": "2026-03-31"}


@pytest.fixture
def cast() -> County:
    """The county of the tests."""
    return county()


def seen(user: Any, key: str, **more: Any) -> Any:
    """The page of a figure in the first quarter."""
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client.get(reverse("reports:figure", args=[key]), {**SPAN, **more})


def disposed(cast: County, name: str, *, times: int = 1) -> None:
    """A person of a unit of the group, disposed of some times."""
    unit = cast.units["县农业农村局"]
    person = Official.objects.create(unit=unit, full_name=name, post="主任")
    for _ in range(times):
        Disposition.objects.create(
            organ=cast.agri,
            official=person,
            form=1,
            measure="谈话提醒",
            decided_on=date(2026, 2, 3),
            created_by=cast.nongye,
        )


def test_heading_says_value_days_and_article_and_each_row_opens_its_record(cast: County) -> None:
    problem = make_problem(cast, cast.agri, description="机井无人管护", found_on=date(2026, 2, 3))
    make_problem(cast, cast.agri, description="去年的问题", found_on=date(2025, 12, 31), year=2025)

    answer = seen(cast.shuji, "problems_found").content.decode()

    assert "发现问题 1个" in answer and "2026年第一季度" in answer and "依据第九条第（四）项" in answer
    assert f'<a href="{reverse("supervision:problem", args=[problem.pk])}">机井无人管护</a>' in answer
    assert "去年的问题" not in answer


def test_only_organs_that_the_reader_reads_are_counted_and_listed(cast: County) -> None:
    make_problem(cast, cast.agri, description="机井无人管护", found_on=date(2026, 2, 3))
    make_problem(cast, cast.town, description="资金拨付滞后", found_on=date(2026, 2, 3))

    own, county_wide = (seen(user, "problems_found").content.decode() for user in (cast.nongye, cast.dangfeng))

    assert "发现问题 1个" in own and "资金拨付滞后" not in own
    assert seen(cast.nongye, "problems_found", organ=cast.town.pk).status_code == 404
    assert "发现问题 2个" in county_wide
    assert "发现问题 1个" in seen(cast.dangfeng, "problems_found", organ=cast.town.pk).content.decode()


def test_focus_area_and_lateness_narrow_the_list(cast: County) -> None:
    for days, due_on in ((5, date(2026, 2, 5)), (30, date(2026, 1, 11)), (31, date(2026, 1, 10))):
        make_problem(cast, cast.agri, description=f"逾期{days}天", found_on=date(2026, 1, 2), due_on=due_on)
    today = {"from": "2026-01-01", "to": "2026-02-10"}

    page = seen(cast.shuji, "rectification_overdue", age="2", **today).content.decode()

    assert "逾期未销号问题 1个" in page and "逾期30天" in page and "逾期5天" not in page and "逾期31天" not in page
    assert "0个" in seen(cast.shuji, "problems_found", area="instructions").content.decode()


def test_persons_are_told_as_a_number_and_listed_to_whoever_reads_their_register(cast: County) -> None:
    disposed(cast, "张三", times=2)
    register = {user.pk: Disposition.objects.visible_to(user).exists() for user in cast.people.values()}

    for user in (cast.nongye_head, cast.nongye, cast.xieguan1, cast.shuji, cast.dangfeng):
        answer = seen(user, "dispositions").content.decode()
        assert "1人，共2条记录" in answer and ("张三" in answer) == register[user.pk], user.username
    assert "张三" not in seen(cast.jiaoyu, "dispositions").content.decode()
    logged = AccessLog.objects.filter(action="view", subject__contains="涉及人员的名单")
    readers = [
        user.username for user in (cast.nongye_head, cast.nongye, cast.xieguan1, cast.shuji) if register[user.pk]
    ]
    assert readers == list(logged.order_by("pk").exclude(username="jiaoyu").values_list("username", flat=True))
    assert {"nongye", "nongye_head", "xieguan1"} <= set(readers)


def test_an_author_opens_the_names_behind_the_number_of_his_own_talks(cast: County) -> None:
    person = Official.objects.create(unit=cast.units["县农业农村局"], full_name="张三", post="主任")
    talk = made("talks", cast.agri, cast.nongye, kind="heart_to_heart", official=person.pk, talk_date="2026-02-03")

    own, foreign = seen(cast.nongye, "stationed_talk_persons"), seen(cast.jiaoyu, "stationed_talk_persons")

    assert [row["pk"] for row in own.context["page"].rows] == [talk.pk] and "张三" in own.content.decode()
    assert "0人" in foreign.content.decode() and "张三" not in foreign.content.decode()


def test_workbook_holds_the_same_rows(cast: County) -> None:
    make_problem(cast, cast.agri, description="机井无人管护", found_on=date(2026, 2, 3))

    answer = seen(cast.shuji, "problems_found", format="xlsx")
    sheet = load_workbook(io.BytesIO(answer.content)).active

    rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=2)]
    assert rows[0][:3] == ["发现日期", "被监督单位", "问题"]
    assert [(f"{row[0]:%Y-%m-%d}", *row[1:3]) for row in rows[1:]] == [("2026-02-03", "县农业农村局", "机井无人管护")]
    assert "张三" not in seen(cast.dangfeng, "dispositions", format="xlsx").content.decode()


def test_sum_of_money_is_written_with_its_records(cast: County) -> None:
    for amount in ("1200.50", "34000"):
        made("losses", cast.agri, cast.nongye, amount=amount, confirmed_on=date(2026, 2, 9))

    assert "挽回经济损失 35,200.50元，共2条记录" in seen(cast.shuji, "losses_recovered").content.decode()


def test_pages_follow_one_another_without_gap(cast: County) -> None:
    for number in range(51):
        make_problem(cast, cast.agri, description=f"第{number:02}号问题", found_on=date(2026, 2, 3))

    first = seen(cast.shuji, "problems_found")
    second = seen(cast.shuji, "problems_found", after=first.context["page"].next)

    assert len(first.context["rows"]) == 50 and len(second.context["rows"]) == 1
    assert "第00号问题" in second.content.decode()


def test_every_figure_opens(cast: County) -> None:
    make_problem(cast, cast.agri, found_on=date(2026, 2, 1))

    assert {key: seen(cast.nongye_head, key).status_code for key in FIGURES} == dict.fromkeys(FIGURES, 200)


@pytest.mark.parametrize(
    ("query", "status"), [({"after": "!!"}, 200), ({"age": "99"}, 422), ({"area": "x"}, 422), ({"organ": "zz"}, 404)]
)
def test_nonsense_in_the_address_is_not_left_out(cast: County, query: dict[str, str], status: int) -> None:
    assert seen(cast.shuji, "rectification_open", **query).status_code == status


def test_unknown_figure_is_not_found(cast: County) -> None:
    assert seen(cast.shuji, "nonsense").status_code == 404
