"""Every list costs the same number of queries at 3 and at 300 rows."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import Duty, Notice, Official, SupervisedUnit
from checklists.models import ChecklistItem, InstructionItem
from checklists.states import FocusArea, Form
from ledgers.models import MasterLedgerEntry, RowKind, UnitLedgerEntry
from supervision.models import InspectionFeedback, Problem, RectificationItem
from tests.factories import NOW, TODAY, County, county, serial

pytestmark = pytest.mark.django_db
MOST = 25
MOST_OF = {"desk": 38}  # every room puts its panel there, each for a query or a few


def problems(cast: County, count: int) -> None:
    """Problems with rectification and ledger row, each of a listed project of its own."""
    unit = cast.units["县农业农村局"]
    items = ChecklistItem.objects.bulk_create(
        ChecklistItem(organ=cast.agri, lead_organ=cast.agri, year=2026, form=Form.KEY, focus_area=FocusArea.OTHER, step="listed",
                      title=f"监督项目{serial()}号", created_by=cast.nongye) for _ in range(count)
    )  # fmt: skip
    MasterLedgerEntry.objects.bulk_create(
        MasterLedgerEntry(organ=cast.agri, item=item, year=2026, task=item.title) for item in items
    )
    rows = Problem.objects.bulk_create(
        Problem(organ=cast.agri, unit=unit, item=item, year=2026, description=f"监督问题{serial()}", found_on=TODAY,
                focus_area=FocusArea.OTHER, created_by=cast.nongye) for item in items
    )  # fmt: skip
    RectificationItem.objects.bulk_create(
        RectificationItem(problem=row, organ=cast.agri, first_due_on=TODAY, due_on=TODAY) for row in rows
    )
    UnitLedgerEntry.objects.bulk_create(
        UnitLedgerEntry(organ=cast.agri, year=2026, position=serial(), kind=RowKind.PROBLEM, problem=row, item=row.item, unit=unit,
                        created_by=cast.nongye, updated_by=cast.nongye, updated_at=NOW) for row in rows
    )  # fmt: skip


def others(cast: County, count: int) -> None:
    """Units, officials, notices, duties, instructions and feedback."""
    units = SupervisedUnit.objects.bulk_create(
        SupervisedUnit(name=f"监督单位{serial()}", organ=cast.agri) for _ in range(count)
    )
    Official.objects.bulk_create(Official(unit=unit, full_name="张三", post="主任") for unit in units)
    for person in (cast.nongye, cast.dangfeng):
        Notice.objects.bulk_create(
            Notice(recipient=person, key=f"k{serial()}", sentence="监督通知", created_at=NOW) for _ in range(count)
        )
    Duty.objects.bulk_create(
        Duty(
            kind="try",
            article="A6.1b",
            title="监督职责",
            organ=cast.agri,
            period=str(serial()),
            opened_on=TODAY,
            due_on=TODAY,
        )
        for _ in range(count)
    )
    InstructionItem.objects.bulk_create(
        InstructionItem(organ=cast.agri, title="监督批示", source_doc="来源", received_on=TODAY, responsible_unit=unit, due_on=TODAY,
                        created_by=cast.nongye) for unit in units
    )  # fmt: skip
    InspectionFeedback.objects.bulk_create(
        InspectionFeedback(unit=unit, level="county", feedback_on=TODAY, text="监督反馈", created_by=cast.nongye)
        for unit in units
    )


PAGES: dict[str, Callable[[County], str]] = {
    "desk": lambda cast: reverse("accounts:desk"),
    "inbox": lambda cast: reverse("accounts:inbox"),
    "duties": lambda cast: reverse("accounts:duties"),
    "organs": lambda cast: reverse("accounts:organs"),
    "units": lambda cast: reverse("accounts:units"),
    "officials": lambda cast: reverse("accounts:officials"),
    "checklist home": lambda cast: reverse("checklists:home") + "?year=2026",
    "items": lambda cast: reverse("checklists:items") + "?year=2026",
    "instructions": lambda cast: reverse("checklists:instructions"),
    "problems": lambda cast: reverse("supervision:problems"),
    "ageing": lambda cast: reverse("supervision:ageing"),
    "kanban": lambda cast: reverse("supervision:kanban"),
    "terms of a month": lambda cast: reverse("supervision:due_calendar") + f"?month={TODAY:%Y-%m}",
    "look backs": lambda cast: reverse("supervision:look_backs"),
    "unit": lambda cast: reverse("supervision:unit", args=[cast.units["县农业农村局"].pk]),
    "feedback": lambda cast: reverse("supervision:feedback"),
    "search": lambda cast: reverse("supervision:search") + "?q=监督",
    "board": lambda cast: reverse("supervision:board") + "?year=2026",
    "ledger": lambda cast: reverse("ledgers:ledger", args=[cast.agri.pk]) + "?year=2026",
    "ledgers": lambda cast: reverse("ledgers:home") + "?year=2026",
    "master": lambda cast: reverse("ledgers:master") + "?year=2026",
    "papers": lambda cast: reverse("reports:home"),
    "figure": lambda cast: reverse("reports:figure", args=["problems_found"]) + "?period=2026",
    "checks": lambda cast: reverse("reports:checks"),
}


def cost(user: Any, address: str) -> int:
    """Queries of one page, the process warm."""
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    client.get(address)
    with CaptureQueriesContext(connection) as queries:
        answer = client.get(address)
    assert answer.status_code in (200, 302)
    return len(queries)


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("reader", ["nongye", "dangfeng"])
def test_a_page_costs_the_same_at_3_and_at_300_rows(name: str, reader: str) -> None:
    cast = county()
    user, address = cast.people[reader], PAGES[name](cast)
    problems(cast, 3)
    others(cast, 3)
    few = cost(user, address)
    problems(cast, 297)
    others(cast, 297)

    assert cost(user, address) == few <= MOST_OF.get(name, MOST)


def test_grid_rows_cost_the_same_at_3_and_at_300_rows() -> None:
    cast = county()
    address = reverse("ledgers:grid_rows", args=[cast.agri.pk, 2026])
    problems(cast, 3)
    few = cost(cast.nongye, address)
    problems(cast, 297)

    assert cost(cast.nongye, address) == few <= MOST
