"""The desk and the inbox: each role begins with what is his, and the cost does not grow with the rows."""

from collections.abc import Iterator
from datetime import date, timedelta

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.approvals import decide
from accounts.models import Duty, Notice, User
from accounts.notifications import tell
from tests.factories import NOW, TODAY, County, county
from tests.paper import make_paper, plain_route, send_up

pytestmark = pytest.mark.django_db
BACKEND = "django.contrib.auth.backends.ModelBackend"


@pytest.fixture(autouse=True)
def world() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False), plain_route():
        yield


@pytest.fixture
def cast() -> County:
    return county()


def seen_by(user: User, path: str = "/") -> str:
    client = Client()
    client.force_login(user, backend=BACKEND)
    answer = client.get(path)
    assert answer.status_code == 200
    return answer.content.decode()


def owe(cast: County, name: str, due_on: date, number: int = 1) -> Duty:
    return Duty.objects.create(
        kind=f"k{number}", article="A10.4", title=name, organ=cast.agri, opened_on=TODAY, due_on=due_on
    )


def test_the_head_finds_the_paper_to_sign(cast: County) -> None:
    approval = send_up(make_paper(cast), by=cast.nongye, at=NOW)

    desk = seen_by(cast.nongye_head)

    assert "驻县农业农村局纪检监察组 李青报送，2026年2月13日（周五）前签批" in desk
    assert f'href="/approvals/{approval.pk}/">阅签' in desk


def test_a_leaders_desk_begins_with_the_signature_list(cast: County) -> None:
    approval = send_up(make_paper(cast), by=cast.nongye, at=NOW)
    decide(approval, "approve", by=cast.nongye_head, at=NOW)

    desk = seen_by(cast.xieguan1)

    assert desk.index("待签批") < desk.index("我在等")
    assert ">待我办<" not in desk


def test_a_paper_is_on_nobody_elses_desk(cast: County) -> None:
    send_up(make_paper(cast), by=cast.nongye, at=NOW)

    for name in ("jiaoyu_head", "xieguan1", "xieguan2", "fenguan", "shuji", "dangfeng_head"):
        assert "待签批" not in seen_by(cast.people[name]), name


def test_the_author_sees_who_has_the_paper(cast: County) -> None:
    send_up(make_paper(cast), by=cast.nongye, at=NOW)

    assert "已送单位负责人王建国，应于2026年2月13日（周五）前签批" in seen_by(cast.nongye)


def test_a_returned_paper_lies_before_its_author_until_sent_again(cast: County) -> None:
    paper = make_paper(cast)
    decide(send_up(paper, by=cast.nongye, at=NOW), "return", by=cast.nongye_head, at=NOW, note="请写明监督周期")

    returned = seen_by(cast.nongye)
    send_up(paper, by=cast.nongye, at=NOW)

    assert "王建国退回：请写明监督周期" in returned
    assert "被退回，待修改" not in seen_by(cast.nongye)


def test_terms_within_a_month_are_shown_and_later_ones_are_not(cast: County) -> None:
    owe(cast, "报送第一季度政治监督情况", TODAY + timedelta(days=31))
    owe(cast, "下半年专题会商", TODAY + timedelta(days=32), 2)

    desk = seen_by(cast.nongye)

    assert "报送第一季度政治监督情况" in desk and "下半年专题会商" not in desk


def test_cso_sees_what_others_have_let_pass(cast: County) -> None:
    owe(cast, "报送第一季度政治监督情况", TODAY - timedelta(days=2))

    desk = seen_by(cast.dangfeng)

    assert "驻县农业农村局纪检监察组：报送第一季度政治监督情况" in desk and "已逾期2天" in desk
    assert "各单位逾期" not in seen_by(cast.jiaoyu) and "查看全部逾期" not in desk


def test_cso_sees_the_ten_longest_overdue_and_how_many_more_there_are(cast: County) -> None:
    for days in range(1, 13):
        owe(cast, f"第{days:02d}件", TODAY - timedelta(days=days), days)

    desk = seen_by(cast.dangfeng)

    assert "第12件" in desk and "第03件" in desk and "第02件" not in desk
    assert '<a href="/duties/?state=overdue">还有2项，查看全部逾期</a>' in desk


@pytest.mark.parametrize(("name", "page"), [("sysadmin", "/users/"), ("secadmin", "/users/"), ("auditor", "/audit/")])
def test_administrators_have_no_desk_but_their_table(cast: County, name: str, page: str) -> None:
    client = Client()
    client.force_login(cast.people[name], backend=BACKEND)

    assert client.get("/")["Location"] == page


def queries(user: User, path: str) -> int:
    client = Client()
    client.force_login(user, backend=BACKEND)
    client.get(path)
    with CaptureQueriesContext(connection) as captured:
        client.get(path)
    return len(captured)


def test_the_desk_costs_the_same_with_one_and_with_three_of_everything(cast: County) -> None:
    send_up(make_paper(cast, "项目一"), by=cast.nongye, at=NOW)
    owe(cast, "事项一", TODAY)
    before = [queries(cast.people[name], "/") for name in ("nongye", "nongye_head", "dangfeng")]

    for number in (2, 3):
        send_up(make_paper(cast, f"项目{number}"), by=cast.nongye, at=NOW)
        owe(cast, f"事项{number}", TODAY, number)

    assert [queries(cast.people[name], "/") for name in ("nongye", "nongye_head", "dangfeng")] == before


def test_a_signed_paper_leaves_nobodys_inbox_counting(cast: County) -> None:
    approval = send_up(make_paper(cast), by=cast.nongye, at=NOW)
    before = Notice.objects.visible_to(cast.nongye_head).unread().count()

    decide(approval, "approve", by=cast.nongye_head, at=NOW)

    assert (before, Notice.objects.visible_to(cast.nongye_head).unread().count()) == (1, 0)


# --- inbox ------------------------------------------------------------------------------------------------------------


def test_opening_a_notice_reads_it_and_leads_to_its_page(cast: County) -> None:
    tell([cast.nongye], "请更新台账。", key="n1", at=NOW, link="/duties/")
    notice = Notice.objects.get()
    client = Client()
    client.force_login(cast.nongye, backend=BACKEND)

    answer = client.get(f"/inbox/open/?notice={notice.pk}")

    notice.refresh_from_db()
    assert (answer["Location"], notice.read_at) == ("/duties/", NOW)


def test_nobody_opens_anothers_notice(cast: County) -> None:
    tell([cast.nongye], "请更新台账。", key="n1", at=NOW, link="/duties/")
    client = Client()
    client.force_login(cast.nongye_head, backend=BACKEND)

    answer = client.get(f"/inbox/open/?notice={Notice.objects.get().pk}")

    assert answer["Location"] == "/inbox/"
    assert Notice.objects.get().read_at is None


def test_a_notice_never_leads_out_of_the_product(cast: County) -> None:
    tell([cast.nongye], "请看。", key="n1", at=NOW, link="https://example.com/")
    client = Client()
    client.force_login(cast.nongye, backend=BACKEND)

    assert client.get(f"/inbox/open/?notice={Notice.objects.get().pk}")["Location"] == "/inbox/"


def test_reading_all_reads_only_ones_own(cast: County) -> None:
    tell([cast.nongye, cast.nongye_head], "请更新台账。", key="n1", at=NOW)
    client = Client()
    client.force_login(cast.nongye, backend=BACKEND)

    client.post("/inbox/read/")

    assert list(Notice.objects.unread().values_list("recipient__username", flat=True)) == ["nongye_head"]


def test_the_inbox_says_when_it_is_empty(cast: County) -> None:
    assert "还没有消息。" in seen_by(cast.wenshu, "/inbox/")
    assert "没有未读消息。" in seen_by(cast.wenshu, "/inbox/?state=unread")
