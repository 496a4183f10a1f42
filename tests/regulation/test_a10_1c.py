"""Article 10(1): 信访、案管、审理 inform 党风政风监督室 in time."""

from datetime import timedelta

import pytest
from django.http import Http404
from django.test import Client
from django.urls import reverse

from accounts.models import Notice
from accounts.workflow import Refused
from ledgers.actions.registers import acknowledge, days_to_acknowledge, share_information
from ledgers.models import InfoShare
from tests.factories import NOW, TODAY, County, county

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> County:
    return county()


def share(cast: County) -> InfoShare:
    return share_information(
        organ=cast.cases, subject="一季度立案情况", figures="立案3件", shared_on=TODAY, by=cast.anguan, at=NOW
    )


def test_a10_1c_a_notice_reaches_cso_and_shows_the_days_to_its_signature(cast: County) -> None:
    made = share(cast)
    assert "一季度立案情况" in Notice.objects.get(recipient=cast.dangfeng).sentence
    assert days_to_acknowledge(made) is None

    signed = acknowledge(made.pk, by=cast.dangfeng, at=NOW + timedelta(days=3))
    again = acknowledge(made.pk, by=cast.dangfeng_head, at=NOW + timedelta(days=9))

    assert (days_to_acknowledge(signed), again.acknowledged_by) == (3, cast.dangfeng)


def test_a10_1c_only_the_office_itself_informs_and_only_cso_signs(cast: County) -> None:
    with pytest.raises(Refused, match="通报部门"):
        share_information(organ=cast.cases, subject="x", figures="", shared_on=TODAY, by=cast.nongye, at=NOW)
    with pytest.raises(Http404):
        acknowledge(share(cast).pk, by=cast.nongye, at=NOW)


def test_a10_1c_the_page_sends_and_signs(cast: County) -> None:
    def enter(name: str) -> Client:
        client = Client()
        client.force_login(cast.people[name], backend="django.contrib.auth.backends.ModelBackend")
        return client

    enter("anguan").post(
        reverse("ledgers:shares"), {"subject": "信访情况", "shared_on": TODAY.isoformat(), "figures": "来访5批"}
    )
    enter("dangfeng").post(reverse("ledgers:share_sign"), {"share": InfoShare.objects.get().pk})

    assert InfoShare.objects.get().acknowledged_by == cast.dangfeng
    assert "信访情况" not in enter("nongye").get(reverse("ledgers:shares")).content.decode()
