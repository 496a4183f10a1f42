"""Ladders: who hears of a duty on which day, once, upward, in numbers that the office sets and dates."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts import duties
from accounts.duties import CURE, SOFT, Circle, DutyKind, Grade, Owed, Proof, consultation_days, each_workday_after
from accounts.models import Duty, Notice, RuleSetting, WorkCalendarDay, work_calendar
from tests.factories import County, county, moment

pytestmark = pytest.mark.django_db
DUE = date(2026, 3, 25)  # a Wednesday


@pytest.fixture
def cast(monkeypatch: pytest.MonkeyPatch) -> County:
    monkeypatch.setattr("accounts.duties.kinds.KINDS", {})
    return county()


def owe(cast: County, due_on: date = DUE, **fields: Any) -> Duty:
    kind = fields.pop("kind", "try")
    return Duty.objects.create(kind=kind, article="A6.1b", title="申报监督项目", organ=cast.agri, opened_on=date(2026, 1, 1),
                               due_on=due_on, period=fields.pop("period", "2026"), **fields)  # fmt: skip


def declare(**fields: Any) -> None:
    duties.declare(DutyKind("try", "A6.1b", "申报", lambda day: [], lambda duty: None, **fields))


def run(day: date) -> list[str]:
    """Login names of those who were told on that day, sorted."""
    before = set(Notice.objects.values_list("pk", flat=True))
    duties.remind_duties(day, at=moment(day.year, day.month, day.day, 8))
    return sorted(Notice.objects.exclude(pk__in=before).values_list("recipient__username", flat=True))


GROUP = ["nongye", "nongye_head"]
OFFICE = ["dangfeng", "dangfeng_head"]


def test_a_duty_climbs_from_the_group_to_its_leaders_each_once(cast: County) -> None:
    owe(cast)

    told = {day: names for day in (DUE + timedelta(n) for n in range(-20, 40)) if (names := run(day))}

    assert told == {
        date(2026, 3, 20): GROUP,  # 5 days before
        date(2026, 3, 23): GROUP,  # 2 days before
        date(2026, 3, 25): GROUP,  # the day
        date(2026, 3, 26): sorted(GROUP + OFFICE),  # the day after
        date(2026, 3, 30): ["xieguan1"],  # 3 days after is Saturday the 28th: the leader hears it on Monday
        date(2026, 4, 1): ["fenguan"],  # 7 days after
    }


def test_the_grade_stands_in_the_sentence(cast: County) -> None:
    owe(cast)
    for day in (date(2026, 3, 20), date(2026, 3, 23), date(2026, 3, 25), date(2026, 3, 26)):
        run(day)

    sentences = Notice.objects.filter(recipient=cast.nongye).order_by("pk").values_list("sentence", flat=True)

    assert [text[-7:] for text in sentences] == ["（绿色提醒）。", "（黄色提醒）。", "（红色提醒）。", "（红色提醒）。"]


def test_after_a_pause_each_person_hears_the_loudest_step_once_and_no_burst(cast: County) -> None:
    owe(cast)

    first, again, later = run(date(2026, 4, 3)), run(date(2026, 4, 3)), run(date(2026, 4, 10))

    assert first == sorted([*GROUP, *OFFICE, "xieguan1", "fenguan"])
    assert (again, later) == ([], [])
    assert "已逾期9天" in Notice.objects.get(recipient=cast.nongye).sentence


def test_a_reminder_of_a_rest_day_is_told_on_the_working_day_before(cast: County) -> None:
    # Due on 25 September 2026, Mid-Autumn Day; two days before is a Wednesday; the day itself is told on Thursday.
    owe(cast, date(2026, 9, 25))

    told = [day for day in (date(2026, 9, 15) + timedelta(n) for n in range(11)) if run(day)]

    # 5 days before, Sunday the 20th, is a make-up working day in 2026.
    assert work_calendar().is_workday(date(2026, 9, 20))
    assert told == [date(2026, 9, 20), date(2026, 9, 23), date(2026, 9, 24)]


def test_the_office_own_calendar_moves_the_reminder(cast: County) -> None:
    owe(cast)
    for day in (date(2026, 3, 25), date(2026, 3, 24)):
        WorkCalendarDay.objects.create(day=day, is_workday=False, name="停电")

    told = [day for day in (date(2026, 3, 22), date(2026, 3, 23), date(2026, 3, 24), date(2026, 3, 25)) if run(day)]

    # Both the second and the last reminder fall on Monday the 23rd: one notice, the louder.
    assert told == [date(2026, 3, 22), date(2026, 3, 23)]
    assert Notice.objects.filter(recipient=cast.nongye, sentence__contains="红色").count() == 1


def test_a_dated_number_moves_the_ladder_from_its_day_on(cast: County) -> None:
    owe(cast)
    RuleSetting.objects.create(key="remind_first_days", value="9", valid_from=date(2026, 1, 1))
    RuleSetting.objects.create(key="late_am_days", value="1", valid_from=date(2026, 3, 1))

    told = {day: names for day in (DUE + timedelta(n) for n in range(-12, 3)) if (names := run(day))}

    assert sorted(told) == [date(2026, 3, 16), date(2026, 3, 23), date(2026, 3, 25), date(2026, 3, 26)]
    assert told[date(2026, 3, 26)] == sorted([*GROUP, *OFFICE, "xieguan1"])


@pytest.mark.parametrize(
    ("owner", "told"),
    [
        ("nongye_head", [["nongye_head"]] * 4 + [["xieguan1"], ["fenguan"]]),
        ("xieguan1", [["xieguan1"]] * 4 + [["fenguan"], ["shuji"]]),
        ("fenguan", [["fenguan"]] * 4 + [["shuji"]]),
        ("shuji", [["shuji"]] * 4),
    ],
)
def test_a_duty_of_one_person_climbs_to_the_one_above(cast: County, owner: str, told: list[list[str]]) -> None:
    owe(cast, person=cast.people[owner])

    assert [names for n in range(-10, 20) if (names := run(DUE + timedelta(n)))] == told


def test_an_extension_is_reminded_anew(cast: County) -> None:
    duty = owe(cast)
    run(DUE)
    Duty.objects.filter(pk=duty.pk).update(due_on=date(2026, 4, 24))

    assert run(date(2026, 3, 26)) == []
    assert run(date(2026, 4, 24)) == GROUP


def test_a_group_without_leaders_or_clerks_harms_nobody(cast: County) -> None:
    Duty.objects.create(kind="try", article="A6.1b", title="无人", organ=cast.cases, opened_on=DUE, due_on=DUE)
    cast.people["anguan"].is_active = False
    cast.people["anguan"].save()

    assert run(DUE) == []
    assert run(DUE + timedelta(10)) == OFFICE


def test_rectification_is_asked_for_at_seven_three_and_no_days(cast: County) -> None:
    declare(ladder=CURE)
    owe(cast)

    told = [day for day in (DUE + timedelta(n) for n in range(-12, 1)) if run(day)]

    assert told == [date(2026, 3, 18), date(2026, 3, 20), date(2026, 3, 25)]  # 22 March is a Sunday


def test_a_soft_duty_troubles_no_leader(cast: County) -> None:
    declare(ladder=SOFT)
    owe(cast)

    told = Counter(name for n in range(-20, 60) for name in run(DUE + timedelta(n)))

    assert told == Counter([*GROUP, *OFFICE])


def test_a_kind_may_bring_days_of_its_own(cast: County) -> None:
    def quarterly(due_on: date, calendar: Any) -> list[tuple[date, Grade, Any]]:
        before = [(date(2026, 3, d), Grade.GREEN, (Circle.CLERK, Circle.HEAD)) for d in (15, 20, 25)]
        return before + [(day, Grade.RED, Circle.HEAD) for day in each_workday_after(due_on, calendar, most=3)]

    declare(ladder=quarterly)
    owe(cast)

    told = {day.day: names for day in (date(2026, 3, 10) + timedelta(n) for n in range(22)) if (names := run(day))}

    assert told == {
        15: GROUP,
        20: GROUP,
        25: GROUP,
        26: ["nongye_head"],
        27: ["nongye_head"],
        30: ["nongye_head", "xieguan1"],
    }


def test_consultations_are_asked_for_a_month_and_a_fortnight_before_the_half_ends(cast: County) -> None:
    declare(ladder=consultation_days)
    owe(cast, date(2026, 6, 30))

    told = {day: names for day in (date(2026, 5, 20) + timedelta(n) for n in range(45)) if (names := run(day))}

    # 31 May is a Sunday: Friday 29 May.
    assert sorted(told) == [date(2026, 5, 29), date(2026, 6, 15), date(2026, 6, 30), date(2026, 7, 1), date(2026, 7, 3)]
    assert told[date(2026, 7, 1)] == ["dangfeng", "dangfeng_head", "nongye_head"]
    assert told[date(2026, 7, 3)] == ["xieguan1"]


# --- how much the engine asks of the database ---


def queries(work: Any) -> int:
    with CaptureQueriesContext(connection) as captured:
        work()
    return len(captured)


def test_thirty_duties_cost_as_many_queries_as_one(cast: County) -> None:
    rows: list[Owed] = []
    proved: dict[int, Proof] = {}
    duties.declare(DutyKind("try", "A6.1b", "申报", lambda day: rows, proofs=lambda found: proved, movable=True))

    def grow(count: int) -> None:
        rows.extend(Owed(cast.agri, "申报", DUE, DUE, period=f"{len(rows)}") for _ in range(count))

    grow(1)
    day, at = date(2026, 3, 20), moment(2026, 3, 20)
    one = [queries(lambda: duties.open_duties(day)), queries(lambda: duties.remind_duties(day, at=at))]
    proved.update({pk: Proof(at, "完成") for pk in Duty.objects.values_list("pk", flat=True)})
    one.append(queries(duties.settle_duties))
    grow(30)
    many = [queries(lambda: duties.open_duties(day)), queries(lambda: duties.remind_duties(day, at=at))]
    proved.update({pk: Proof(at, "完成") for pk in Duty.objects.values_list("pk", flat=True)})
    many.append(queries(duties.settle_duties))

    assert Duty.objects.filter(fulfilled_at=at).count() == 31
    assert many == one
    assert Notice.objects.count() == 62


def test_a_movable_duty_follows_its_record_and_a_closed_one_stays(cast: County) -> None:
    rows = [Owed(cast.agri, "整改", DUE, DUE, period=str(n)) for n in range(2)]
    duties.declare(DutyKind("try", "A9.8b", "整改", lambda day: rows, lambda duty: None, movable=True))
    duties.open_duties(DUE)
    done = Duty.objects.get(period="1")
    duties.fulfil(done, Proof(moment(2026, 3, 1), "已销号"))
    rows[:] = [Owed(cast.agri, "整改", DUE + timedelta(30), DUE, period=str(n)) for n in range(2)]

    duties.open_duties(DUE)

    assert list(Duty.objects.order_by("period").values_list("due_on", flat=True)) == [DUE + timedelta(30), DUE]


def test_two_entries_of_one_duty_open_it_once(cast: County) -> None:
    rows = [Owed(cast.agri, "申报", DUE, DUE, period="2026")] * 2
    duties.declare(DutyKind("try", "A6.1b", "申报", lambda day: rows, lambda duty: None))

    assert (duties.open_duties(DUE), duties.open_duties(DUE), Duty.objects.count()) == (1, 0, 1)
