"""三员分立: one writes accounts, one wakes them, one reads the log; nobody does two of the three."""

from collections.abc import Iterator

import pytest
import time_machine
from django.test import Client

from accounts.models import AccessLog, User
from accounts.permissions import Permission, has
from tests.factories import NOW, PASSWORD, County, county

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def world() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def cast() -> County:
    return county()


def as_(user: User) -> Client:
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def fields_of(cast: County, **changes: object) -> dict[str, object]:
    return {"username": "xinren", "full_name": "新任", "organ": cast.agri.pk, "role": "clerk", **changes}


def open_account(cast: County, **changes: object) -> str:
    page = as_(cast.sysadmin).post("/users/form/", fields_of(cast, **changes)).content.decode()
    return page.split('first-password">')[1].split("<")[0]


def enter(username: str, password: str) -> int:
    return Client().post("/login/", {"username": username, "password": password}).status_code


def test_a_new_account_sleeps_until_the_security_administrator_wakes_it(cast: County) -> None:
    password = open_account(cast)
    person = User.objects.get(username="xinren")
    asleep = enter("xinren", password)

    as_(cast.secadmin).post("/users/activate/", {"user": person.pk, "active": "yes"})

    assert (asleep, enter("xinren", password)) == (200, 302)
    assert has(User.objects.get(pk=person.pk), Permission.DRAFT, cast.agri.pk)
    assert User.objects.get(pk=person.pk).must_change_password


def test_a_new_role_puts_the_account_to_sleep_and_takes_its_rights(cast: County) -> None:
    fields = fields_of(cast, username="nongye", full_name="李青", role="organ_head")

    as_(cast.sysadmin).post(f"/users/form/?user={cast.nongye.pk}", fields)

    person = User.objects.get(pk=cast.nongye.pk)
    assert (person.role, person.is_active) == ("organ_head", False)
    assert not person.groups.exists()


def test_a_new_name_leaves_the_account_awake(cast: County) -> None:
    as_(cast.sysadmin).post(f"/users/form/?user={cast.nongye.pk}", fields_of(cast, full_name="李青青"))

    person = User.objects.get(pk=cast.nongye.pk)
    assert (person.username, person.full_name, person.is_active) == ("nongye", "李青青", True)


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [({"username": "nongye"}, "已存在"), ({"role": "fenguan"}, "请从列表中选择"), ({"role": "deputy_secretary"}, "应为县纪委监委本级")],
)  # fmt: skip
def test_an_account_that_makes_no_sense_is_refused(cast: County, changes: dict[str, object], sentence: str) -> None:
    answer = as_(cast.sysadmin).post("/users/form/", fields_of(cast, **changes))

    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert not User.objects.filter(username="xinren").exists()


def test_a_reset_password_replaces_the_old_one(cast: County) -> None:
    page = as_(cast.sysadmin).post("/users/reset/", {"user": cast.nongye.pk})

    password = page.content.decode().split('first-password">')[1].split("<")[0]
    assert (enter("nongye", PASSWORD), enter("nongye", password)) == (200, 302)
    assert "no-store" in page["Cache-Control"]


def test_nobody_acts_on_his_own_account(cast: County) -> None:
    sleep = as_(cast.secadmin).post("/users/activate/", {"user": cast.secadmin.pk, "active": "no"})
    reset = as_(cast.sysadmin).post("/users/reset/", {"user": cast.sysadmin.pk})
    own = fields_of(cast, username="sysadmin", full_name="系统员", role="security_admin", organ=cast.office.pk)
    change = as_(cast.sysadmin).post(f"/users/form/?user={cast.sysadmin.pk}", own)

    assert [answer.status_code for answer in (sleep, reset, change)] == [409, 409, 409]
    assert User.objects.get(pk=cast.sysadmin.pk).role == "system_admin"


def test_each_administrator_finds_only_his_own_pages(cast: County) -> None:
    pages = {"/users/form/": "GET", "/users/activate/": "POST", "/users/reset/": "POST", "/audit/": "GET"}

    found = {
        name: [
            path for path, method in pages.items() if as_(cast.people[name]).generic(method, path).status_code != 404
        ]
        for name in ("sysadmin", "secadmin", "auditor", "dangfeng_head")
    }

    assert found == {
        "sysadmin": ["/users/form/", "/users/reset/"], "secadmin": ["/users/activate/"], "auditor": ["/audit/"], "dangfeng_head": [],
    }  # fmt: skip


def test_accounts_of_another_county_are_not_found(cast: County) -> None:
    abroad = county("外县")

    assert as_(cast.sysadmin).get(f"/users/form/?user={abroad.nongye.pk}").status_code == 404
    assert as_(cast.secadmin).post("/users/activate/", {"user": abroad.nongye.pk, "active": "no"}).status_code == 409
    assert "外县" not in as_(cast.sysadmin).get("/users/").content.decode()


def test_every_step_of_an_administrator_is_in_the_log(cast: County) -> None:
    open_account(cast)
    person = User.objects.get(username="xinren")
    as_(cast.secadmin).post("/users/activate/", {"user": person.pk, "active": "yes"})

    logged = AccessLog.objects.order_by("pk").values_list("username", "action", "subject")
    page = as_(cast.auditor).get("/audit/?q=xinren").content.decode()

    assert list(logged) == [("sysadmin", "change", "新增账号：xinren"), ("secadmin", "activate", "账号：xinren")]
    assert "新增账号：xinren" in page and "启用" in page


def test_the_log_is_filtered_by_day(cast: County) -> None:
    open_account(cast)

    today = as_(cast.auditor).get("/audit/?first=2026-02-10&last=2026-02-10").content.decode()
    tomorrow = as_(cast.auditor).get("/audit/?first=2026-02-11&last=2026-02-11").content.decode()
    no_day = as_(cast.auditor).get("/audit/?first=2026-02-11&last=x")

    assert "xinren" in today and "没有符合条件的日志。" in tomorrow
    assert no_day.status_code == 422 and "没有“x”这一天" in no_day.content.decode()
