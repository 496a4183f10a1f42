"""Figures: counted by the day of the event, once in the county, opened by their records, compared with the period before."""

from datetime import date
from typing import Any

import pytest

from accounts.models import Organ
from reports.counting.catalogue import FIGURES, Scope, freeze
from reports.counting.together import values_of
from supervision.states import RectificationStep
from tests.factories import County, county
from tests.samples import make_problem

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> County:
    """The county of the tests."""
    return county()


QUARTER = (date(2026, 1, 1), date(2026, 3, 31))


def scope(*organs: Organ, today: date = date(2026, 3, 25)) -> Scope:
    """The first quarter of 2026 for some organs."""
    return Scope.of((organ.pk for organ in organs), *QUARTER, today=today)


def test_problems_count_by_the_day_of_finding(cast: County) -> None:
    group, town = cast.agri, cast.town
    inside = [make_problem(cast, group, found_on=day, year=day.year).pk for day in (date(2026, 1, 1), date(2026, 2, 3))]
    make_problem(cast, group, found_on=date(2025, 12, 31), year=2025)
    make_problem(cast, town, found_on=date(2026, 2, 2))
    found = FIGURES["problems_found"]

    assert found.value(scope(group)) == 2
    assert found.ids(scope(group)) == inside
    assert found.by_organ(scope(group, town)) == {group.pk: 2, town.pk: 1}
    assert found.value(scope(group, town).before()) == 1


def test_overdue_is_judged_on_the_last_day_or_today(cast: County) -> None:
    group = cast.agri
    make_problem(cast, group, found_on=date(2026, 2, 1), due_on=date(2026, 3, 20))
    late = FIGURES["rectification_overdue"]

    assert late.value(scope(group, today=date(2026, 3, 20))) == 0
    assert late.value(scope(group, today=date(2026, 3, 21))) == 1
    assert late.value(scope(group, today=date(2027, 1, 1))) == 1


def test_removed_problem_counts_nowhere(cast: County) -> None:
    problem = make_problem(cast, cast.agri, found_on=date(2026, 2, 1))
    problem.removed_at = problem.created_at
    problem.save()
    keys = ("problems_found", "rectification_issued", "rectification_open", "rectification_overdue")

    assert [FIGURES[key].value(scope(cast.agri)) for key in keys] == [0, 0, 0, 0]


def test_frozen_figures_keep_value_the_one_before_and_ids(cast: County) -> None:
    group = cast.agri
    problem = make_problem(cast, group, found_on=date(2026, 2, 1))

    kept = freeze(["problems_found", "losses_recovered"], scope(group))

    assert kept["problems_found"] == {"value": "1", "before": "0", "ids": [problem.pk]}
    assert kept["losses_recovered"] == {"value": "0", "before": "0", "ids": []}
    assert problem.rectification.step == RectificationStep.ISSUED


@pytest.mark.parametrize(
    ("first", "last", "before"),
    [
        (date(2026, 1, 1), date(2026, 3, 31), (date(2025, 10, 1), date(2025, 12, 31))),
        (date(2026, 1, 1), date(2026, 12, 31), (date(2025, 1, 1), date(2025, 12, 31))),
        (date(2024, 2, 1), date(2024, 2, 29), (date(2024, 1, 1), date(2024, 1, 31))),
        (date(2026, 3, 5), date(2026, 3, 14), (date(2026, 2, 23), date(2026, 3, 4))),
    ],
)
def test_period_before(first: date, last: date, before: tuple[date, date]) -> None:
    assert Scope(frozenset(), first, last, last).before().days == before


def test_every_figure_lists_its_records(cast: County) -> None:
    make_problem(cast, cast.agri, found_on=date(2026, 2, 1))
    for figure in FIGURES.values():
        rows = list(figure.records(scope(cast.agri)).values(figure.page_key, *figure.columns))
        assert len(rows) == len(figure.ids(scope(cast.agri))), figure.key


def test_nobody_has_none_of_anything_and_costs_no_question(cast: County, django_assert_num_queries: Any) -> None:
    make_problem(cast, cast.agri, found_on=date(2026, 2, 3))
    found = FIGURES["problems_found"]

    with django_assert_num_queries(0):
        assert values_of([(found, scope()), (FIGURES["activities"], scope())]) == [0, 0]
    assert values_of([(found, scope()), (found, scope(cast.agri))]) == [0, 1]
