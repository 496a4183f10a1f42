"""Periods as the office counts them, and the organs that owe something for one."""

from datetime import date
from types import SimpleNamespace

import pytest

from accounts.periods import Period, PeriodKind, owing

pytestmark = pytest.mark.once


@pytest.mark.parametrize(
    ("period", "first", "last", "key", "label"),
    [
        (Period.month(2026, 3), date(2026, 3, 1), date(2026, 3, 31), "2026-03", "2026年3月"),
        (Period.month(2028, 2), date(2028, 2, 1), date(2028, 2, 29), "2028-02", "2028年2月"),
        (Period.quarter(2026, 1), date(2026, 1, 1), date(2026, 3, 31), "2026Q1", "2026年第一季度"),
        (Period.quarter(2026, 4), date(2026, 10, 1), date(2026, 12, 31), "2026Q4", "2026年第四季度"),
        (Period.half(2026, 1), date(2026, 1, 1), date(2026, 6, 30), "2026H1", "2026年上半年"),
        (Period.half(2026, 2), date(2026, 7, 1), date(2026, 12, 31), "2026H2", "2026年下半年"),
        (Period.year_of(2026), date(2026, 1, 1), date(2026, 12, 31), "2026", "2026年"),
    ],
)
def test_a_period_knows_its_days_its_key_and_its_words(period, first, last, key, label) -> None:
    assert (period.first, period.last, period.key, period.label, str(period)) == (first, last, key, label, label)
    assert Period.read(key) == period
    assert first in period and last in period and date(2025, 12, 31) not in period


@pytest.mark.parametrize(
    ("kind", "key"), [("month", "2026-07"), ("quarter", "2026Q3"), ("half", "2026H2"), (PeriodKind.YEAR, "2026")]
)
def test_a_day_lies_in_one_period_of_each_kind(kind: str, key: str) -> None:
    assert Period.of(kind, date(2026, 7, 1)).key == key


@pytest.mark.parametrize(
    ("key", "after", "before"),
    [("2026-12", "2027-01", "2026-11"), ("2026Q1", "2026Q2", "2025Q4"), ("2026H2", "2027H1", "2026H1"), ("2026", "2027", "2025")],
)  # fmt: skip
def test_one_period_follows_another(key: str, after: str, before: str) -> None:
    assert (Period.read(key).next().key, Period.read(key).before().key) == (after, before)


@pytest.mark.parametrize(
    "key", ["", "2026Q5", "2026Q0", "2026H3", "2026-13", "2026-00", "26", "0000", "2026-3", "下半年"]
)
def test_nonsense_is_no_period(key: str) -> None:
    with pytest.raises(ValueError):
        Period.read(key)


@pytest.mark.parametrize(
    ("since", "until", "owes"),
    [
        (None, None, True),
        (date(2026, 4, 1), None, True),  # stood on the first day: a full quarter
        (date(2026, 4, 2), None, False),  # mid-quarter: from the next one on
        (date(2026, 7, 1), None, False),
        (None, date(2026, 7, 1), True),  # ends in the next quarter
        (None, date(2026, 6, 30), False),  # ends in this one
        (None, date(2026, 3, 31), False),
    ],
)
def test_an_organ_owes_from_its_first_full_period_until_the_one_of_its_end(since, until, owes: bool) -> None:
    organ = SimpleNamespace(active_from=since, active_to=until)

    assert Period.quarter(2026, 2).owes(organ) is owes
    assert owing([organ], Period.quarter(2026, 2)) == ([organ] if owes else [])
