"""The calendar of a person: his own open duties, without a word that must not leave the office, behind his own address."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

import pytest
from django.test import Client

from accounts.duties.feed import escape, fold
from accounts.models import AccessLog, Duty, DutyFeed, Organ, User
from tests.factories import NOW, County, county

pytestmark = [pytest.mark.django_db, pytest.mark.once]


@pytest.fixture
def cast() -> County:
    return county()


def owe(organ: Organ, due_on: date = date(2026, 3, 31), **fields: Any) -> Duty:
    values = {"kind": "propose_items", "article": "A6.1b", "title": "督促张三整改公款吃喝", "period": "2026", **fields}
    return Duty.objects.create(organ=organ, opened_on=date(2026, 1, 1), due_on=due_on, **values)


def as_(user: User) -> Client:
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def address(user: User) -> str:
    """Make an address as the person does and read it off the page."""
    page = as_(user).post("/duties/feed/").content.decode()
    found = re.search(r"http://testserver(/duties/[\w-]+\.ics)", page)
    assert found
    return found[1]


def read(path: str) -> str:
    answer = Client().get(path)
    assert (answer.status_code, answer["Content-Type"]) == (200, "text/calendar; charset=utf-8")
    return answer.content.decode().replace("\r\n ", "")


def test_it_holds_his_own_open_duties_on_their_days(cast: County) -> None:
    own = owe(cast.agri)
    owe(cast.agri, period="2025", fulfilled_at=NOW)
    owe(cast.agri, period="2024", excused_at=NOW, excused_by=cast.dangfeng, excuse="撤并")
    owe(cast.edu)
    owe(cast.agri, kind="sign_step", article="A6.1c", period="", person=cast.nongye_head)

    text = read(address(cast.nongye))

    assert text.count("BEGIN:VEVENT") == 1
    assert f"UID:duty-{own.pk}@political-supervision" in text
    assert "DTSTART;VALUE=DATE:20260331" in text and "DTEND;VALUE=DATE:20260401" in text
    assert "SUMMARY:申报驻点式监督项目（2026年），依据第六条第（一）项" in text
    assert read(address(cast.nongye_head)).count("BEGIN:VEVENT") == 2


def test_no_typed_word_no_unit_and_no_name_leaves_the_office(cast: County) -> None:
    owe(
        cast.agri,
        kind="rectification_due",
        article="A9.8b",
        subject_id=7,
        subject_key="supervision.rectificationitem:7",
    )

    text = read(address(cast.nongye))

    assert "按期整改" in text
    assert not any(word in text for word in ("张三", "公款", "农业", "李青"))


def test_lines_end_in_cr_lf_and_are_at_most_75_octets(cast: County) -> None:
    owe(cast.agri)

    raw = Client().get(address(cast.nongye)).content

    lines = raw.split(b"\r\n")
    assert lines[-1] == b"" and b"\n" not in raw.replace(b"\r\n", b"")
    assert max(len(line) for line in lines) <= 75
    assert lines[0] == b"BEGIN:VCALENDAR" and lines[-2] == b"END:VCALENDAR"
    assert all(line.decode() for line in lines[:-1])  # no character is cut in two


@pytest.mark.parametrize("length", [1, 74, 75, 76, 149, 150, 300])
def test_folding_loses_nothing(length: int) -> None:
    for letter in ("a", "督", "𠮷"):
        line = letter * length
        folded = fold(line)
        assert folded.replace("\r\n ", "") == line
        assert all(len(part.encode()) <= 75 for part in folded.split("\r\n"))


def test_special_characters_are_escaped() -> None:
    assert escape("甲;乙,丙\\丁\n戊") == "甲\\;乙\\,丙\\\\丁\\n戊"


def test_a_renewed_address_voids_the_old_one_and_a_revoked_one_is_not_found(cast: County) -> None:
    old = address(cast.nongye)
    new = address(cast.nongye)
    assert (Client().get(old).status_code, Client().get(new).status_code) == (404, 200)

    as_(cast.nongye).post("/duties/feed/revoke/")

    assert Client().get(new).status_code == 404
    assert AccessLog.objects.filter(action="feed").count() == 3


def test_the_secret_is_shown_once_and_kept_nowhere(cast: County) -> None:
    path = address(cast.nongye)
    secret = path.removeprefix("/duties/").removesuffix(".ics")

    assert secret not in as_(cast.nongye).get("/duties/feed/").content.decode()
    assert secret not in DutyFeed.objects.get().digest and len(secret) >= 43
    assert as_(cast.nongye).post("/duties/feed/")["Cache-Control"] == "no-store"


@pytest.mark.parametrize("token", ["x", "matrix", "a" * 300, "..%2f..", "%00"])
def test_a_guessed_address_is_not_found(cast: County, token: str) -> None:
    assert Client().get(f"/duties/{token}.ics").status_code == 404


def test_whoever_left_has_no_calendar(cast: County) -> None:
    path = address(cast.nongye)
    cast.nongye.is_active = False
    cast.nongye.save()

    assert Client().get(path).status_code == 404


def test_nobody_writes_through_the_address(cast: County) -> None:
    assert Client().post(address(cast.nongye)).status_code in (403, 405)
