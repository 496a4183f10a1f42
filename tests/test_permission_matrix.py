"""Every URL x every role x own and foreign record, generated from the URL map: no URL may be missing."""

from __future__ import annotations

from copy import deepcopy
from http.cookies import SimpleCookie
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import transaction
from django.test import Client, TestCase
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.utils import timezone

from accounts.models import Organ, User
from accounts.permissions import has
from accounts.policy import TABLE, Audience, Page, admits
from tests.factories import County, county, enter
from tests.samples_year import SAMPLES

pytestmark = pytest.mark.once

PERSONAS = (
    "anonymous", "nongye", "nongye_head", "liuhe", "liuhe_head", "dangfeng", "dangfeng_head", "xieguan1", "fenguan",
    "shuji", "changweihui", "wenshu", "anguan", "xuncha", "sysadmin", "secadmin", "auditor",
)  # fmt: skip
FOUND = {200, 201, 202, 204, 302, 303, 400, 403, 405, 409, 422, 429}


def url_names(resolver: Any = None, prefix: str = "") -> list[str]:
    """Every name in the URL map, with its namespace."""
    names = []
    for entry in (resolver or get_resolver()).url_patterns:
        if isinstance(entry, URLResolver):
            inner = f"{prefix}{entry.namespace}:" if entry.namespace else prefix
            names += url_names(entry, inner)
        elif isinstance(entry, URLPattern):
            names.append(f"{prefix}{entry.name}")
    return names


def test_every_url_has_a_row_and_every_row_a_url() -> None:
    assert sorted(set(url_names())) == sorted(TABLE)


def test_every_named_sample_exists() -> None:
    named = {page.sample for page in TABLE.values() if page.sample}
    assert named <= SAMPLES.keys(), f"no factory for {sorted(named - SAMPLES.keys())}"


def test_strangers_meet_only_the_entrance() -> None:
    open_pages = {name for name, page in TABLE.items() if Audience.OPEN in page.get + page.post}
    assert open_pages == {"accounts:healthz", "accounts:login", "accounts:duty_feed"}


class Matrix(TestCase):
    """One method per URL is added below; the world is built once."""

    home: County
    abroad: County
    cookies: dict[str, SimpleCookie]

    @classmethod
    def setUpTestData(cls) -> None:
        today = timezone.localdate()  # so that nobody's groups are looked at anew on his first page
        cls.home, cls.abroad = county(on=today), county("外县", on=today)
        cls.cookies = {name: enter(cls.home.people[name]).cookies for name in PERSONAS if name in cls.home.people}
        cls.cookies["anonymous"] = SimpleCookie()

    def check(self, name: str) -> None:
        """All personas on one URL, with a record of each organ at home and one abroad."""
        page = TABLE[name]
        for organ, cast in self.places(page):
            with transaction.atomic():
                url = reverse(name, kwargs=SAMPLES[page.sample](cast, organ) if page.sample else {})
                for persona in PERSONAS:
                    self.try_page(name, page, persona, organ, url)
                transaction.set_rollback(True)

    def places(self, page: Page) -> list[tuple[Organ, County]]:
        """Own organs, sibling organs, and another county's."""
        if page.sample is None:
            return [(self.home.agri, self.home)]
        return [(self.home.agri, self.home), (self.home.town, self.home), (self.abroad.agri, self.abroad)]

    def try_page(self, name: str, page: Page, persona: str, organ: Organ, url: str) -> None:
        """Reads and writes; what one persona changes, the next must not find."""
        user: Any = AnonymousUser() if persona == "anonymous" else User.objects.get(username=persona)
        client = Client()
        client.cookies = deepcopy(self.cookies[persona])
        with transaction.atomic():
            for method in ("GET", "POST"):
                self.assert_answer(name, page, user, organ, method, client.generic(method, url).status_code)
            transaction.set_rollback(True)

    def assert_answer(self, name: str, page: Page, user: Any, organ: Organ, method: str, status: int) -> None:
        told = f"{method} {name} as {getattr(user, 'username', 'anonymous')} on {organ}: {status}"
        circles = page.get if method == "GET" else page.post
        if Audience.OPEN in page.get + page.post:
            assert status in FOUND | {503}, told
        elif not user.is_authenticated:
            assert status == 302, told
        elif not circles or not admits(user, page, method) or not self.finds(page, user, organ):
            assert status == 404, told
        else:
            assert status in FOUND, told

    def finds(self, page: Page, user: Any, organ: Organ) -> bool:
        """Whether the record exists for the user."""
        return not page.sample or not page.scope or any(has(user, code, organ.pk) for code in page.scope)


def _method(name: str) -> Any:
    def test(self: Matrix) -> None:
        self.check(name)

    return test


for _name in sorted(set(url_names())):
    setattr(Matrix, f"test_{_name.replace(':', '__').replace('-', '_')}", _method(_name))


@pytest.mark.django_db
def test_the_three_administrators_hold_no_business_right() -> None:
    cast = county()

    held = [has(cast.people[name], code, organ.pk) for name in ("sysadmin", "secadmin", "auditor")
            for organ in cast.organs for page in TABLE.values() for code in page.scope]  # fmt: skip

    assert held and not any(held)
