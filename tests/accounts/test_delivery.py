"""The outbox: a message that cannot be sent is neither lost nor doubled, and does not hold up the others."""

from __future__ import annotations

from datetime import datetime, timedelta
from smtplib import SMTPRecipientsRefused, SMTPServerDisconnected
from typing import Any

import pytest
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend

from accounts.delivery import pause_after
from accounts.models import Notice
from accounts.tasks import deliver_notices
from tests.factories import NOW, County, county

pytestmark = pytest.mark.django_db


class Server(BaseEmailBackend):
    """A mail server that the test switches off, or that refuses an address."""

    up = True
    refuses: set[str] = set()
    taken: list[tuple[str, str, str]] = []
    asked = 0
    on_send: Any = None

    def send_messages(self, email_messages: Any) -> int:
        """Take the messages, or fail as smtplib does."""
        for message in email_messages:
            Server.asked += 1
            self._take(message)
        return len(email_messages)

    def _take(self, message: EmailMessage) -> None:
        if Server.on_send is not None:
            Server.on_send()
        if not Server.up:
            raise SMTPServerDisconnected("down")
        (address,) = message.to
        if address in Server.refuses:
            raise SMTPRecipientsRefused({address: (550, b"no such user")})
        Server.taken.append((address, str(message.body), message.extra_headers["Message-ID"]))


@pytest.fixture(autouse=True)
def server(settings: Any) -> Any:
    Server.up, Server.refuses, Server.taken, Server.asked, Server.on_send = True, set(), [], 0, None
    settings.EMAIL_URL, settings.EMAIL_BACKEND = "smtp://mail", "tests.accounts.test_delivery.Server"
    settings.DEFAULT_FROM_EMAIL = "jiwei@example.gov.cn"
    return Server


@pytest.fixture
def cast() -> County:
    cast = county()
    for name in ("nongye", "jiaoyu", "liuhe"):
        cast.people[name].email = f"{name}@example.gov.cn"
        cast.people[name].save()
    return cast


def note(cast: County, name: str, sentence: str = "今天到期") -> Notice:
    return Notice.objects.create(
        recipient=cast.people[name], key=f"k{Notice.objects.count()}", sentence=sentence, created_at=NOW
    )


def run(at: datetime = NOW) -> dict[str, int]:
    return deliver_notices(at=at.isoformat())


def test_each_is_sent_once(cast: County, server: Any) -> None:
    first, second = note(cast, "nongye"), note(cast, "jiaoyu", "还有2天")

    assert (run(), run()) == ({"told": 2, "failed": 0}, {"told": 0, "failed": 0})
    assert server.taken == [
        ("nongye@example.gov.cn", "今天到期", f"<notice-{first.pk}@example.gov.cn>"),
        ("jiaoyu@example.gov.cn", "还有2天", f"<notice-{second.pk}@example.gov.cn>"),
    ]


def test_while_the_server_is_down_everything_waits_and_is_sent_once_when_it_is_back(cast: County, server: Any) -> None:
    notices = [note(cast, name) for name in ("nongye", "jiaoyu", "liuhe")]
    server.up = False
    runs = [run(NOW + timedelta(minutes=n)) for n in range(60)]
    assert sum(found["told"] for found in runs) == 0
    assert server.asked < 30  # a dead server is not knocked at for every notice in every minute
    assert Notice.objects.untold().count() == 3

    server.up = True
    for n in range(60, 60 * 26):
        run(NOW + timedelta(minutes=n))

    assert sorted(taken[2] for taken in server.taken) == sorted(f"<notice-{row.pk}@example.gov.cn>" for row in notices)
    assert Notice.objects.untold().count() == 0


def test_a_refused_address_does_not_hold_up_the_others(cast: County, server: Any) -> None:
    bad = note(cast, "nongye")
    note(cast, "jiaoyu")
    server.refuses = {"nongye@example.gov.cn"}

    assert run() == {"told": 1, "failed": 1}

    bad.refresh_from_db()
    assert (bad.told_at, bad.tries, bad.next_try_at) == (None, 1, NOW + timedelta(minutes=5))
    assert run(NOW + timedelta(minutes=4)) == {"told": 0, "failed": 0}
    assert run(NOW + timedelta(minutes=5)) == {"told": 0, "failed": 1}
    bad.refresh_from_db()
    assert bad.next_try_at == NOW + timedelta(minutes=15)


def test_what_is_no_address_does_not_hold_up_the_others_either(cast: County, settings: Any) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    cast.jiaoyu.email = "张三 无此邮箱"  # from an imported list, past the form
    cast.jiaoyu.save()
    for name in ("nongye", "jiaoyu", "liuhe"):
        note(cast, name)

    assert run() == {"told": 2, "failed": 1}

    waiting = Notice.objects.get(told_at__isnull=True)
    assert (waiting.recipient, waiting.next_try_at) == (cast.jiaoyu, NOW + pause_after(1))


def test_a_second_worker_in_the_middle_of_a_sending_sends_nothing_twice(cast: County, server: Any) -> None:
    note(cast, "nongye")
    note(cast, "jiaoyu")
    nested: list[dict[str, int]] = []

    def other_worker() -> None:
        server.on_send = None
        nested.append(run(NOW))

    server.on_send = other_worker
    run(NOW)

    assert sorted(taken[0] for taken in server.taken) == ["jiaoyu@example.gov.cn", "nongye@example.gov.cn"]
    assert nested == [{"told": 1, "failed": 0}]


def test_whoever_has_no_address_is_told_by_the_inbox(cast: County, server: Any) -> None:
    note(cast, "dangfeng")

    assert (run(), server.taken) == ({"told": 1, "failed": 0}, [])


def test_without_a_server_the_inbox_tells_everybody_at_once(cast: County, settings: Any) -> None:
    settings.EMAIL_URL = ""
    for name in ("nongye", "jiaoyu"):
        note(cast, name)

    assert run()["told"] == 2


def test_the_pause_doubles_up_to_a_day() -> None:
    assert [pause_after(n) for n in (1, 2, 3)] == [timedelta(minutes=m) for m in (5, 10, 20)]
    assert pause_after(9) == timedelta(minutes=1280)
    assert pause_after(10) == pause_after(500) == timedelta(days=1)
