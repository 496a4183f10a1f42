"""Every list costs the same number of queries at 3 and at 300 rows."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import Duty, Notice, Official, ScResolution, SupervisedUnit
from checklists.models import ChecklistItem, InstructionItem
from checklists.states import FocusArea, Form
from ledgers.models import (
    CaseRecord,
    Disposition,
    InstitutionBuilt,
    MasterLedgerEntry,
    RowKind,
    TalkRecord,
    UnitLedgerEntry,
)
from reports.models import (
    EcologyDispatch,
    EcologyReport,
    EvaluationRow,
    EvaluationScheme,
    EvaluationTable,
    PerformanceAppraisal,
)
from supervision.models import AccountabilityAction, InspectionFeedback, Problem, RectificationItem
from tests.factories import NOW, TODAY, County, county, enter, serial

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


def years(cast: County, count: int) -> None:
    """As many years with a scheme, a table and the group's row; as many with a report and its copy."""
    by = {"created_by": cast.dangfeng, "created_at": NOW}
    passed = {"resolution": resolution(cast), "approved_at": NOW}
    for _ in range(count):
        year = 2026 - EvaluationTable.objects.count()
        scheme = EvaluationScheme.objects.create(organ=cast.cso, year=year, weights={f"E-{n}": "20" for n in range(1, 6)}, cutoff=TODAY,
                                                 groups={"stationed_group": [cast.agri.pk]}, step="in_force", **passed, **by)  # fmt: skip
        table = EvaluationTable.objects.create(organ=cast.cso, year=year, scheme=scheme, data_as_of=NOW, step="open", opened_at=NOW,
                                               objections_until=TODAY, **by)  # fmt: skip
        EvaluationRow.objects.create(table=table, organ=cast.agri, group="stationed_group")
        report = EcologyReport.objects.create(organ=cast.cso, year=year, step="dispatched", **passed, **by)
        EcologyDispatch.objects.create(report=report, organ=cast.cso, receiver="committee", recipient="县委", sent_on=TODAY,
                                       manner="courier", **by)  # fmt: skip


def resolution(cast: County) -> ScResolution:
    """A decision of the committee."""
    return ScResolution.objects.create(organ=cast.cso, kind="evaluation", meeting_on=TODAY, title="决定", approved=True,
                                       recorded_by=cast.changweihui, recorded_at=NOW)  # fmt: skip


def persons_and_books(cast: County, count: int) -> None:
    """Units with an official, a talk, an appraisal, a disposition; actions on problems, and registers, that wait to be verified."""
    by = {"created_by": cast.nongye, "created_at": NOW}
    signed = {**by, "updated_by": cast.nongye, "updated_at": NOW}
    units = SupervisedUnit.objects.bulk_create(
        SupervisedUnit(name=f"新设单位{serial()}", organ=cast.agri) for _ in range(count)
    )
    people = Official.objects.bulk_create(
        Official(unit=unit, full_name="李四", post="局长", is_top_leader=True) for unit in units
    )
    TalkRecord.objects.bulk_create(
        TalkRecord(organ=cast.agri, kind="top_leader_talk", talk_date=TODAY, unit=one.unit, official=one, talker="组长",
                   talker_level="organ_head", **signed) for one in people[::2]
    )  # fmt: skip
    Disposition.objects.bulk_create(
        Disposition(organ=cast.agri, official=one, form=1, measure="批评教育", decided_on=TODAY, created_by=cast.nongye)
        for one in people
    )
    PerformanceAppraisal.objects.bulk_create(
        PerformanceAppraisal(organ=cast.agri, unit=unit, year=2026, **by) for unit in units
    )
    AccountabilityAction.objects.bulk_create(
        AccountabilityAction(problem=problem, organ=cast.agri, object_kind="person", object_name="王五", responsibility="main",
                             competent_organ="审理室", started_on=TODAY, decided_on=TODAY, result="诫勉", **by)
        for problem in Problem.objects.order_by("-pk")[:count]
    )  # fmt: skip
    CaseRecord.objects.bulk_create(
        CaseRecord(organ=cast.agri, code=f"案{serial()}", filed_on=TODAY, **signed) for _ in units
    )
    InstitutionBuilt.objects.bulk_create(
        InstitutionBuilt(organ=cast.agri, unit=unit, title="办法", issued_on=TODAY, source="daily", **signed)
        for unit in units
    )


ROOMS: dict[str, tuple[str, tuple[str, ...]]] = {
    "reports:indicators": ("period=2026", ("nongye", "dangfeng")),
    "reports:evaluation": ("year=2026", ("nongye", "dangfeng")),
    "reports:appraisals": ("year=2026", ("nongye_head", "dangfeng_head")),
    "reports:ecology": ("year=2026", ("dangfeng_head", "shuji")),
    "ledgers:to_verify": ("year=2026", ("dangfeng", "dangfeng_head")),
    "ledgers:talk_coverage": ("year=2026", ("nongye_head", "dangfeng")),
    "ledgers:dispositions": ("year=2026", ("nongye_head", "shuji")),
    "supervision:accountability": ("year=2026", ("nongye_head", "dangfeng_head")),
}
MOST_OF_ROOM = {"reports:indicators": 58}  # one question for counts, one for rates; each sum and average one of its own


@pytest.mark.once
def test_pages_of_the_later_rooms_cost_the_same_at_3_and_at_60_rows() -> None:
    cast = county()
    asked = [
        (name, reader, f"{reverse(name)}?{query}") for name, (query, readers) in ROOMS.items() for reader in readers
    ]

    def costs() -> dict[tuple[str, str], int]:
        return {(name, reader): cost(cast.people[reader], address) for name, reader, address in asked}

    for grow in (problems, persons_and_books, years):
        grow(cast, 3)
    few = costs()
    assert {enter(cast.people[reader]).get(address).status_code for _, reader, address in asked} == {200}
    for grow in (problems, persons_and_books, years):
        grow(cast, 57)

    assert costs() == few
    assert {key: found for key, found in few.items() if found > MOST_OF_ROOM.get(key[0], MOST)} == {}
