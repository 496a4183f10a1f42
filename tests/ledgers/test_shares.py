"""The list of 信息通报: days until the signature, filters, workbook, the desk of 党风政风监督室 (A10.1c)."""

from __future__ import annotations

import io
from datetime import date, timedelta
from typing import Any

import openpyxl
import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from accounts.desk import panels_for
from accounts.models import User
from ledgers.actions.registers import acknowledge, share_information
from ledgers.models import InfoShare
from tests.factories import NOW, TODAY, County, county, enter, moment

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> County:
    return county()


def share(cast: County, subject: str, **fields: Any) -> InfoShare:
    given = {"organ": cast.cases, "figures": "立案3件", "shared_on": TODAY, "by": cast.anguan, "at": NOW, **fields}
    return share_information(subject=subject, **given)


def subjects(client: Client, **query: str) -> list[str]:
    return [row["subject"] for row in client.get(reverse("ledgers:shares"), query).context["page"].rows]


def test_each_notice_shows_how_long_it_waited_or_waits(cast: County) -> None:
    signed = share(cast, "一季度立案情况")
    share(cast, "来访情况")
    acknowledge(signed.pk, by=cast.dangfeng, at=NOW + timedelta(days=3))

    with time_machine.travel(moment(2026, 2, 17), tick=False):
        text = enter(cast.dangfeng).get(reverse("ledgers:shares")).content.decode()

    assert "周明，3天后签收" in text and "已等7天" in text


def test_the_list_filters_and_its_workbook_follows(cast: County) -> None:
    acknowledge(share(cast, "甲类", unit=cast.units["县教育局"]).pk, by=cast.dangfeng, at=NOW)
    share(cast, "乙类", shared_on=date(2025, 12, 1))
    client = enter(cast.dangfeng)

    assert subjects(client) == ["甲类", "乙类"]
    assert subjects(client, state="waiting") == subjects(client, year="2025") == ["乙类"]
    assert subjects(client, q="教育") == subjects(client, state="signed") == ["甲类"]
    data = client.get(reverse("ledgers:shares"), {"format": "xlsx", "state": "signed"}).content
    rows = list(openpyxl.load_workbook(io.BytesIO(data)).active.iter_rows(min_row=3, values_only=True))
    assert [(row[0], row[5], row[7], row[8]) for row in rows] == [("甲类", "周明", 0, "已签收")]


@time_machine.travel(NOW, tick=False)
def test_a_day_to_come_keeps_what_was_typed(cast: County) -> None:
    data = {"subject": "明天的事", "shared_on": "2026-02-11", "figures": "来访5批"}

    answer = enter(cast.anguan).post(reverse("ledgers:shares"), data)

    assert answer.status_code == 422 and "来访5批" in answer.content.decode()
    assert not InfoShare.objects.exists()


def test_the_desk_of_cso_lists_what_waits(cast: County) -> None:
    def desk(user: User) -> Any:
        return next(
            (rows for panel, rows in panels_for(user, on=date(2026, 2, 14)) if panel.key == "info_shares"), None
        )

    waiting = share(cast, "来访情况")
    assert [entry["note"] for entry in desk(cast.dangfeng)["entries"]] == ["通报已4天"]
    assert desk(cast.nongye) is None
    acknowledge(waiting.pk, by=cast.dangfeng, at=NOW)
    assert desk(cast.dangfeng) is None
