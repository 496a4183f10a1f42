"""A ledger that nobody touches is owed an update; a lively one owes nothing (A6.2c)."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import pytest

from accounts.duties import open_duties, remind_duties, settle_duties
from accounts.models import Duty, Notice, RuleSetting
from checklists.models import AnnualChecklist
from ledgers.models import UnitLedger, UnitLedgerEntry
from tests.factories import County, county, moment

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> County:
    cast = county()
    version = AnnualChecklist.objects.create(organ=cast.cso, year=2026, version=1, created_by=cast.dangfeng)
    UnitLedger.objects.create(organ=cast.agri, year=2026, checklist=version, opened_at=moment(2026, 3, 2))
    return cast


def touch(cast: County, at: datetime) -> None:
    people: dict[str, Any] = {"created_by": cast.nongye, "updated_by": cast.nongye}
    UnitLedgerEntry.objects.create(organ=cast.agri, year=2026, position=1, note="走访", updated_at=at, **people)


def silent() -> list[tuple[str, date]]:
    rows = Duty.objects.filter(kind="ledger_freshness").order_by("due_on")
    return [(duty.period, duty.due_on) for duty in rows]


def test_a6_2c_the_duty_appears_a_week_before_the_silence_is_too_long(cast: County) -> None:
    open_duties(date(2026, 3, 24))
    assert silent() == []

    open_duties(date(2026, 3, 25))
    open_duties(date(2026, 3, 26))

    assert silent() == [("2026-03-02", date(2026, 4, 1))]


def test_a6_2c_a_change_settles_it_and_begins_a_new_silence(cast: County) -> None:
    open_duties(date(2026, 3, 26))
    touch(cast, moment(2026, 4, 3))
    settle_duties()
    open_duties(date(2026, 4, 27))

    first, second = Duty.objects.filter(kind="ledger_freshness").order_by("due_on")
    assert (first.fulfilled_at, first.state(on=date(2026, 5, 1)).value) == (moment(2026, 4, 3), "late")
    assert (second.period, second.fulfilled_at) == ("2026-04-03", None)


def test_a6_2c_the_number_of_days_is_the_offices(cast: County) -> None:
    RuleSetting.objects.create(key="ledger_silence_days", value="60", valid_from=date(2026, 1, 1))

    open_duties(date(2026, 4, 20))
    assert silent() == []
    open_duties(date(2026, 4, 24))
    assert silent() == [("2026-03-02", date(2026, 5, 1))]


def test_a6_2c_silence_is_told_to_the_group_then_to_the_office_and_to_no_leader(cast: County) -> None:
    open_duties(date(2026, 3, 30))
    for day in (1, 2, 20):
        remind_duties(date(2026, 4, day), at=moment(2026, 4, day))

    told = Notice.objects.filter(sentence__contains="更新2026年工作台账").values_list("recipient__username", flat=True)

    assert sorted(told) == ["dangfeng", "dangfeng_head", "nongye", "nongye_head"]


def test_amb_18_an_organ_that_ended_is_not_asked(cast: County) -> None:
    cast.agri.active_to = date(2026, 3, 25)
    cast.agri.save()

    open_duties(date(2026, 3, 26))

    assert silent() == []


def test_the_next_years_ledger_ends_the_duty_of_the_old_one(cast: County) -> None:
    open_duties(date(2026, 12, 30))
    version = AnnualChecklist.objects.create(organ=cast.cso, year=2027, version=1, created_by=cast.dangfeng)
    UnitLedger.objects.create(organ=cast.agri, year=2027, checklist=version, opened_at=moment(2027, 3, 1))

    settle_duties()

    assert Duty.objects.get(kind="ledger_freshness").proof == "年度已结束，已建立下一年台账"
