"""Terms of the regulation: how each stands, who sees it, who may free from it."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from io import BytesIO

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import load_workbook

from accounts.models import AccessLog, Duty, DutyState, Event, Notice, Organ, User
from accounts.views.duties import in_state
from tests.factories import NOW, TODAY, County, county, enter, moment

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def world() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def cast() -> County:
    return county()


def owe(organ: Organ, title: str, due_on: date, *, done: datetime | None = None) -> Duty:
    number = Duty.objects.count()
    return Duty.objects.create(kind=f"k{number}", article="A10.4", title=title, organ=organ, opened_on=date(2026, 1, 1),
                               due_on=due_on, fulfilled_at=done, period="2026Q1")  # fmt: skip


def as_(user: User) -> Client:
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def listed(user: User, query: str = "") -> str:
    answer = as_(user).get(f"/duties/{query}")
    assert answer.status_code == 200
    return answer.content.decode()


def test_the_list_and_the_record_agree_on_every_state(cast: County) -> None:
    duties = [
        owe(cast.agri, "今天到期", TODAY),
        owe(cast.agri, "五天后", TODAY + timedelta(days=5)),
        owe(cast.agri, "六天后", TODAY + timedelta(days=6)),
        owe(cast.agri, "昨天", TODAY - timedelta(days=1)),
        owe(cast.agri, "当天夜里完成", TODAY, done=moment(2026, 2, 10, 23, 59)),
        owe(cast.agri, "次日零点完成", TODAY, done=moment(2026, 2, 11, 0, 0)),
    ]

    found = {
        duty.title: [state for state in DutyState if in_state(Duty.objects.filter(pk=duty.pk), state, on=TODAY)]
        for duty in duties
    }

    assert found == {duty.title: [duty.state(on=TODAY)] for duty in duties}
    assert found["当天夜里完成"] == [DutyState.DONE] and found["次日零点完成"] == [DutyState.LATE]


def test_an_organ_sees_its_own_terms_and_cso_sees_all(cast: County) -> None:
    owe(cast.agri, "农业组事项", TODAY)
    owe(cast.edu, "教育组事项", TODAY)

    group, office = listed(cast.nongye), listed(cast.dangfeng)

    assert "农业组事项" in group and "教育组事项" not in group
    assert "农业组事项" in office and "教育组事项" in office


def test_a_state_filters_and_nonsense_is_named(cast: County) -> None:
    owe(cast.agri, "逾期事项", TODAY - timedelta(days=3))
    owe(cast.agri, "将来事项", TODAY + timedelta(days=30))

    late, all_ = listed(cast.nongye, "?state=overdue"), listed(cast.nongye, "?after=y")

    assert "逾期事项" in late and "将来事项" not in late
    assert "逾期事项" in all_ and "将来事项" in all_
    wrong = enter(cast.nongye).get(reverse("accounts:duties"), {"period": "2026Q9"})
    assert wrong.status_code == 422 and "“2026Q9”不是时段" in wrong.content.decode()


def test_an_empty_list_says_why(cast: County) -> None:
    assert "没有符合条件的职责期限" in listed(cast.nongye)


def test_the_period_is_read_out(cast: County) -> None:
    owe(cast.agri, "报送情况", TODAY)

    assert "2026年第一季度" in listed(cast.nongye)


def test_cso_frees_an_organ_with_a_reason_that_it_learns(cast: County) -> None:
    duty = owe(cast.agri, "下半年会商", TODAY)

    as_(cast.dangfeng).post("/duties/excuse/", {"duty": duty.pk, "reason": "本单位当年撤并"})

    duty.refresh_from_db()
    assert (duty.state(on=TODAY), duty.excuse, duty.excused_by) == (DutyState.EXCUSED, "本单位当年撤并", cast.dangfeng)
    told = Notice.objects.filter(sentence__contains="本单位当年撤并").values_list("recipient__username", flat=True)
    assert set(told) == {"nongye", "nongye_head"}


@pytest.mark.parametrize("fields", [{"reason": ""}, {"reason": "   "}])
def test_without_a_reason_nobody_is_freed(cast: County, fields: dict[str, str]) -> None:
    duty = owe(cast.agri, "下半年会商", TODAY)

    answer = as_(cast.dangfeng).post("/duties/excuse/", {"duty": duty.pk, **fields})

    assert answer.status_code == 409
    assert "免除须写明理由" in answer.content.decode()
    assert Duty.objects.open().count() == 1


def test_what_is_done_cannot_be_freed(cast: County) -> None:
    duty = owe(cast.agri, "下半年会商", TODAY, done=NOW)

    answer = as_(cast.dangfeng).post("/duties/excuse/", {"duty": duty.pk, "reason": "误报"})

    assert answer.status_code == 409
    assert "已完成或已免除" in answer.content.decode()


def test_an_excuse_given_to_the_wrong_row_is_taken_back_with_a_reason(cast: County) -> None:
    duty = owe(cast.agri, "下半年会商", TODAY)
    client = as_(cast.dangfeng)
    client.post("/duties/excuse/", {"duty": duty.pk, "reason": "撤并"})
    assert "撤回免除" in client.get("/duties/?state=excused").content.decode()

    back = {"duty": duty.pk, "verb": "take_back"}
    assert client.post("/duties/excuse/", {**back, "reason": " "}).status_code == 409
    client.post("/duties/excuse/", {**back, "reason": "点错了一行"})

    assert Duty.objects.open().get() == duty
    told = Notice.objects.filter(sentence__contains="点错了一行").values_list("recipient__username", flat=True)
    assert set(told) == {"nongye", "nongye_head"}
    kept = list(Event.objects.of(duty).order_by("pk").values_list("label", "note"))
    assert kept == [("免除职责期限", "撤并"), ("撤回免除", "原免除理由：撤并；撤回理由：点错了一行")]
    assert client.post("/duties/excuse/", {**back, "reason": "再撤"}).status_code == 409


@pytest.mark.parametrize("name", ["nongye_head", "fenguan", "sysadmin"])
def test_nobody_but_cso_frees(cast: County, name: str) -> None:
    duty = owe(cast.agri, "下半年会商", TODAY)

    answer = as_(cast.people[name]).post("/duties/excuse/", {"duty": duty.pk, "reason": "想免"})

    assert answer.status_code == 404
    assert "免除</summary>" not in listed(cast.people["nongye_head"])


def test_the_list_costs_the_same_with_one_and_with_three_rows(cast: County) -> None:
    owe(cast.agri, "一", TODAY)
    client = as_(cast.dangfeng)
    client.get("/duties/")

    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            client.get("/duties/")
        return len(captured)

    before = queries()
    owe(cast.edu, "二", TODAY)
    owe(cast.town, "三", TODAY)

    assert queries() == before


def test_the_workbook_holds_the_filtered_list_and_the_export_is_logged(cast: County) -> None:
    owe(cast.agri, "逾期事项", TODAY - timedelta(days=3))
    owe(cast.agri, "将来事项", TODAY + timedelta(days=30))
    owe(cast.edu, "教育组事项", TODAY - timedelta(days=3))

    answer = as_(cast.nongye).get("/duties/?state=overdue&format=xlsx")

    page = load_workbook(BytesIO(answer.content)).active
    rows = [(*row[:5], str(row[5])[:10], row[6]) for row in page.iter_rows(min_row=3, values_only=True)]
    assert rows == [
        ("逾期事项", "2026年第一季度", "驻县农业农村局纪检监察组", None, "第十条第（四）项", "2026-02-07", "已逾期3天")
    ]  # fmt: skip
    assert AccessLog.objects.get().action == "export"


def test_a_press_on_the_head_turns_the_order(cast: County) -> None:
    owe(cast.agri, "先到期", TODAY)
    owe(cast.agri, "后到期", TODAY + timedelta(days=9))

    usual, turned = listed(cast.nongye), listed(cast.nongye, "?sort=-due")

    assert usual.index("先到期") < usual.index("后到期") and turned.index("后到期") < turned.index("先到期")
    assert 'aria-sort="ascending"><a href="?sort=-due"' in usual
    assert 'aria-sort="descending"><a href="?sort=due"' in turned
