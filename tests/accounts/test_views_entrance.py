"""The entrance: in, out, locked out, first password, lost session, stale form."""

from collections.abc import Iterator
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from accounts.models import AccessLog, User
from tests.factories import NOW, PASSWORD, County, county

pytestmark = pytest.mark.django_db
LOGIN = "/login/"


@pytest.fixture(autouse=True)
def clock() -> Iterator[Any]:
    with time_machine.travel(NOW, tick=False) as clock:
        yield clock


@pytest.fixture
def cast() -> County:
    return county()


def enter(client: Client, password: str, username: str = "nongye", **fields: str) -> Any:
    return client.post(LOGIN, {"username": username, "password": password, **fields})


def test_the_right_password_leads_to_the_desk_and_leaves_a_trace(cast: County, client: Client) -> None:
    answer = enter(client, PASSWORD)

    assert (answer.status_code, answer["Location"]) == (302, "/")
    assert list(AccessLog.objects.values_list("username", "action", "result")) == [("nongye", "login", "ok")]


def test_the_way_back_is_kept_but_never_to_another_site(cast: County) -> None:
    inside = enter(Client(), PASSWORD, next="/duties/?state=overdue")
    outside = enter(Client(), PASSWORD, next="https://example.com/")

    assert (inside["Location"], outside["Location"]) == ("/duties/?state=overdue", "/")


def test_wrong_name_and_wrong_password_read_the_same(cast: County) -> None:
    known = enter(Client(), "wrong")
    unknown = enter(Client(), "wrong", username="nobody")

    for answer in (known, unknown):
        assert "登录名或密码不对。连续错5次，本机登录该账号将锁定15分钟。" in answer.content.decode()
    assert AccessLog.objects.filter(action="login", result="refused").count() == 2


def test_five_mistakes_lock_the_name_and_say_until_when(cast: County, client: Client) -> None:
    for _ in range(4):
        assert enter(client, "wrong").status_code == 200

    locked = enter(client, "wrong")
    still = enter(client, PASSWORD)

    for answer in (locked, still):
        assert answer.status_code == 429
        assert "已锁定15分钟，请在<strong>09:45</strong>以后再登录" in answer.content.decode()


def test_a_handed_out_password_must_be_changed_first(cast: County, client: Client) -> None:
    User.objects.filter(username="nongye").update(must_change_password=True)

    entered = enter(client, PASSWORD)
    elsewhere = [client.get(path)["Location"] for path in ("/", "/duties/", "/organs/")]

    assert entered["Location"] == reverse("accounts:password")
    assert elsewhere == [reverse("accounts:password")] * 3


def test_a_new_password_keeps_the_session_and_opens_the_desk(cast: County, client: Client) -> None:
    User.objects.filter(username="nongye").update(must_change_password=True)
    enter(client, PASSWORD)

    fields = {"old_password": PASSWORD, "new_password1": "qiutian-shou-liang", "new_password2": "qiutian-shou-liang"}
    answer = client.post("/password/", fields, follow=True)

    assert answer.redirect_chain == [("/", 302)]
    assert "密码已修改" in answer.content.decode()
    assert enter(Client(), "qiutian-shou-liang").status_code == 302


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"old_password": "x", "new_password1": "a", "new_password2": "b"}, "原密码不对，请重新输入。"),
        ({"old_password": PASSWORD, "new_password1": PASSWORD, "new_password2": PASSWORD}, "新密码不能与原密码相同。"),
        ({"old_password": PASSWORD, "new_password1": "a", "new_password2": "b"}, "两次输入的新密码不一致"),
        ({"old_password": PASSWORD, "new_password1": "1" * 20, "new_password2": "1" * 20}, "密码不能全是数字"),
        ({"old_password": PASSWORD, "new_password1": "nongye", "new_password2": "nongye"}, "密码太短，至少12位。"),
    ],
)
def test_a_bad_new_password_is_refused_in_words(
    cast: County, client: Client, fields: dict[str, str], sentence: str
) -> None:
    enter(client, PASSWORD)

    answer = client.post("/password/", fields)

    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert enter(Client(), PASSWORD).status_code == 302


def test_leaving_ends_the_session(cast: County, client: Client) -> None:
    enter(client, PASSWORD)

    left = client.post("/logout/")

    assert left["Location"] == LOGIN
    assert client.get("/")["Location"] == "/login/?next=/"


def test_a_fragment_without_a_session_learns_it_by_401(cast: County, client: Client) -> None:
    answer = client.get("/inbox/", headers={"hx-request": "true"}, follow=True)

    assert answer.status_code == 401


def test_after_the_new_login_the_page_gets_its_token(cast: County, client: Client) -> None:
    enter(client, PASSWORD)

    page = client.get("/reconnected/").content.decode()

    assert f'data-user="{cast.nongye.pk}"' in page and 'data-token="' in page


def test_a_stale_form_says_how_to_go_on(cast: County) -> None:
    answer = Client(enforce_csrf_checks=True).post(LOGIN, {"username": "nongye", "password": PASSWORD})

    assert answer.status_code == 403
    assert "会从草稿恢复" in answer.content.decode()


def test_a_missing_page_says_what_to_do_next(cast: County, client: Client) -> None:
    enter(client, PASSWORD)

    answer = client.get("/nowhere/")

    assert answer.status_code == 404
    assert "请从工作台或左侧导航重新进入" in answer.content.decode()


def test_no_page_carries_inline_script_or_style(cast: County, client: Client) -> None:
    entrance = client.get(LOGIN).content.decode()
    enter(client, PASSWORD)
    desk = client.get("/").content.decode()

    for page in (entrance, desk):
        assert "style=" not in page and " onclick" not in page
        assert all("src=" in tag.split(">")[0] for tag in page.split("<script")[1:])
