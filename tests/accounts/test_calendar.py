"""Working days against dates counted by hand from the State Council's notices."""

from datetime import UTC, date, datetime

import pytest

from accounts.calendar import WorkCalendar, local_day, spoken

PLAIN = WorkCalendar()


@pytest.mark.parametrize(
    ("day", "works"),
    [
        (date(2026, 9, 25), False),  # Mid-Autumn, a Friday: the third quarter's deadline
        (date(2026, 9, 24), True),
        (date(2026, 2, 14), True),  # a Saturday made up for Spring Festival
        (date(2026, 2, 17), False),
        (date(2026, 1, 4), True),  # a Sunday made up for New Year
        (date(2026, 3, 7), False),  # a plain Saturday
        (date(2027, 3, 25), True),  # a year without 调休 data: Monday to Friday
        (date(2027, 9, 25), False),
        (date(2044, 6, 1), True),  # far outside every table
    ],
)
def test_is_workday_by_hand(day: date, works: bool) -> None:
    assert PLAIN.is_workday(day) is works


def test_office_table_overrides_the_library_both_ways() -> None:
    table = WorkCalendar({date(2027, 2, 20): True, date(2027, 3, 1): False})

    assert table.is_workday(date(2027, 2, 20))  # a Saturday
    assert not table.is_workday(date(2027, 3, 1))  # a Monday


def test_a_year_is_known_once_its_makeup_days_are() -> None:
    assert PLAIN.knows(2026)
    assert not PLAIN.knows(2027)
    assert WorkCalendar({date(2027, 2, 20): True}).knows(2027)


def test_last_and_next_workday_around_mid_autumn() -> None:
    assert PLAIN.last_workday(date(2026, 9, 25)) == date(2026, 9, 24)
    assert PLAIN.next_workday(date(2026, 9, 25)) == date(2026, 9, 28)


def test_add_workdays_does_not_count_the_day_itself() -> None:
    assert PLAIN.add_workdays(date(2026, 3, 6), 3) == date(2026, 3, 11)  # Friday + 3 = Wednesday
    assert PLAIN.add_workdays(date(2026, 2, 13), 2) == date(2026, 2, 24)  # 14 Feb works, 15-23 Feb rest


def test_local_day_is_shanghai_whatever_the_host_says() -> None:
    assert local_day(datetime(2026, 3, 24, 15, 59, 59, tzinfo=UTC)) == date(2026, 3, 24)
    assert local_day(datetime(2026, 3, 24, 16, 0, 0, tzinfo=UTC)) == date(2026, 3, 25)


def test_spoken_day() -> None:
    assert spoken(date(2026, 9, 25)) == "2026年9月25日（周五）"
