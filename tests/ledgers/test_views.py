"""Pages of the ledgers: grid addresses, the row form, the county's view, the master ledger, guidance."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import Notice
from ledgers.models import LedgerGuidance, MasterLedgerEntry, UnitLedgerEntry
from supervision.models import Problem
from tests.factories import County, county, enter
from tests.paper import make_paper
from tests.samples import make_problem

pytestmark = pytest.mark.django_db
TASK = "高标准农田建设管护情况专项监督"


@pytest.fixture
def cast() -> County:
    return county()


def send(client: Client, cast: County, name: str, body: Any) -> Any:
    data = body if isinstance(body, str) else json.dumps(body)
    return client.post(
        reverse(f"ledgers:grid_{name}", args=[cast.agri.pk, 2026]), data, content_type="application/json"
    )


@pytest.mark.parametrize("body", ["", "nonsense", "[]", "{}", '{"changes": 3}', '{"changes": ["x"]}'])
def test_nonsense_is_answered_with_a_sentence_never_an_error(cast: County, body: str) -> None:
    answer = send(enter(cast.nongye), cast, "cells", body)

    assert answer.status_code == 400
    assert "请刷新页面后重试" in answer.content.decode()


def test_cells_come_and_go(cast: County) -> None:
    make_paper(cast, TASK, step="listed")
    client = enter(cast.nongye)
    cells = {"task": TASK, "unit": "县农业农村局", "problem": "账目不清"}
    changes = [
        {"change": key, "row": None, "temp": "a", "column": key, "base": "", "value": text}
        for key, text in cells.items()
    ]

    answer = send(client, cast, "cells", {"changes": changes}).json()
    rows = client.get(reverse("ledgers:grid_rows", args=[cast.agri.pk, 2026])).json()

    assert [result["status"] for result in answer["results"]] == ["saved"] * 3
    assert [row["cells"]["problem"] for row in rows["rows"]] == ["账目不清"]
    assert rows["next"] is None


def test_the_grid_is_for_the_organs_own_people(cast: County) -> None:
    address = reverse("ledgers:grid", args=[cast.agri.pk, 2026])

    codes = {
        name: enter(cast.people[name]).get(address).status_code
        for name in ("nongye", "nongye_head", "jiaoyu", "dangfeng", "xieguan1")
    }

    assert codes == {"nongye": 200, "nongye_head": 200, "jiaoyu": 404, "dangfeng": 404, "xieguan1": 404}


def test_a_row_by_form_follows_the_same_rules(cast: County) -> None:
    make_paper(cast, TASK, step="listed")
    client, address = enter(cast.nongye), reverse("ledgers:row_new", args=[cast.agri.pk, 2026])

    bad = client.post(
        address, {"temp": "f1", "task": TASK, "unit": "县农业农村局", "problem": "账目不清", "found_on": "2月30日"}
    )
    assert bad.status_code == 422 and "没有这一天" in bad.content.decode()

    client.post(
        address, {"temp": "f2", "task": TASK, "unit": "县农业农村局", "problem": "票据缺失", "found_on": "2月3日"}
    )
    assert Problem.objects.get(description="票据缺失").found_on.isoformat() == "2026-02-03"


def test_master_ledger_counts_come_from_the_problems(cast: County) -> None:
    item = make_paper(cast, TASK, step="listed")
    MasterLedgerEntry.objects.create(organ=cast.agri, item=item, year=2026, task=TASK)
    for n in range(3):
        make_problem(
            cast,
            cast.agri,
            item=item,
            description=f"问题{n}",
            clue_ref="A-1" if n else "",
            handling="批评教育" if n == 2 else "",
        )

    row = enter(cast.dangfeng).get(reverse("ledgers:master"), {"year": 2026}).context["rows"][0]

    assert (row["found"], row["closed"], row["clues"], row["handled"]) == (3, 0, 2, 1)


def test_the_county_sees_who_is_silent_and_guides_him(cast: County) -> None:
    page = enter(cast.dangfeng).get(reverse("ledgers:home"), {"year": 2026})
    assert {row["name"] for row in page.context["silent"]} == {cast.agri.name, cast.edu.name, cast.town.name}

    enter(cast.dangfeng).post(reverse("ledgers:guidance", args=[cast.agri.pk]), {"text": "请及时更新台账"})

    note = LedgerGuidance.objects.get()
    assert "请及时更新台账" in Notice.objects.filter(recipient=cast.nongye).latest("pk").sentence
    enter(cast.nongye).post(reverse("ledgers:guidance_read", args=[note.pk]), {"answer": "已更新"})
    note.refresh_from_db()
    assert note.read_at and note.answer == "已更新"
    assert enter(cast.jiaoyu).post(reverse("ledgers:guidance_read", args=[note.pk])).status_code == 404


def test_an_organs_own_people_go_straight_to_their_ledger(cast: County) -> None:
    answer = enter(cast.nongye).get(reverse("ledgers:home"), {"year": 2026})

    assert answer["Location"] == f"/ledgers/{cast.agri.pk}/?year=2026"
    assert UnitLedgerEntry.objects.count() == 0
