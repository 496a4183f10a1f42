"""第十条第（一）项: 党风政风监督室 plans for the county, checks and analyses; leaders see what is in their charge (A10.1b)."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from accounts.models import Notice
from reports.tasks import tell_checks
from tests.factories import NOW, County, county, moment
from tests.samples import make_problem

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> Any:
    """A county on 10 February 2026, with a clue that nobody handed over in each of two organs."""
    with time_machine.travel(NOW, tick=False):
        made = county()
        for organ in (made.agri, made.town):
            make_problem(made, organ, found_on=date(2026, 1, 5), clue_ref="1号")
        yield made


def tile(user: Any) -> Any:
    """Problems found, as the overview tells them."""
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    answer = client.get(reverse("reports:overview"), {"period": "2026Q1"})
    return answer.context["overview"].tiles[0].value if answer.status_code == 200 else answer.status_code


@pytest.mark.parametrize(
    ("who", "sees"),
    [
        ("dangfeng", "2个"),
        ("dangfeng_head", "2个"),
        ("shuji", "2个"),
        ("fenguan", "2个"),
        ("xieguan1", "1个"),
        ("nongye_head", 404),
    ],
)
def test_a10_1b_analysis_reaches_as_far_as_the_office_of_each(cast: County, who: str, sees: Any) -> None:
    assert tile(cast.people[who]) == sees


def test_a10_1b_contradictions_are_reported_to_the_office_every_week(cast: County) -> None:
    tell_checks(moment(2026, 2, 9, 8, 30).isoformat())

    told = Notice.objects.filter(kind="check")
    assert {notice.recipient_id for notice in told} == {cast.dangfeng.pk, cast.dangfeng_head.pk}
    assert {notice.article for notice in told} == {"A10.1b"}
