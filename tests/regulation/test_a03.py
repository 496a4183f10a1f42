"""Article 3: politics first, problems, the key few, early correction, the closed loop."""

from datetime import date

import pytest

from supervision.actions.problems import create_problem
from supervision.models import Problem
from supervision.selectors import STAGES, board_rows, stage_of
from supervision.states import Deviation
from tests.checklists.story import APR, YEAR, filed, issue_points, issued
from tests.factories import County, county

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> County:
    made = county()
    issue_points(made)
    return made


def find(cast: County, **values: object) -> Problem:
    fields = {"description": "补贴发放不及时", "found_on": date(2026, 4, 8), **values}
    return create_problem(organ=cast.agri, unit=cast.units["县农业农村局"], year=YEAR, by=cast.nongye, at=APR, **fields)


def test_a03_1_a_daily_problem_needs_no_project(cast: County) -> None:
    problem = find(cast, political_analysis="惠农政策落实有偏差")

    assert (problem.source, problem.item, problem.political_analysis) == ("daily", None, "惠农政策落实有偏差")


def test_a03_2_a_political_deviation_is_a_persons_word(cast: County) -> None:
    assert find(cast, severity="major").political_deviation == Deviation.NONE

    said = find(cast, political_deviation=Deviation.SUSPECTED, political_analysis="责任悬空")
    said.refresh_from_db()
    assert (said.political_deviation, said.political_analysis) == ("suspected", "责任悬空")


def test_a03_3_what_concerns_the_key_few_is_marked_with_its_aspect(cast: County) -> None:
    find(cast)
    marked = find(cast, concerns_top_leader=True, deviation_aspects=["commitment"])

    found = Problem.objects.filter(concerns_top_leader=True)
    assert [(row.pk, row.deviation_aspects) for row in found] == [(marked.pk, ["commitment"])]


@pytest.mark.parametrize(
    ("counts", "stage"),
    [((0, 0, 0, 0), 1), ((2, 1, 0, 0), 2), ((2, 2, 1, 0), 3), ((2, 2, 2, 1), 4), ((2, 2, 2, 2), 5)],
)
def test_a03_5_the_stage_follows_from_the_records(counts: tuple[int, int, int, int], stage: int) -> None:
    assert stage_of(*counts) == stage
    assert stage_of(0, 0, 0, 0, begun=1) == 2
    assert STAGES == ("清单引领", "精准监督", "纠偏整改", "处置问责", "跟踪问效")


def test_a03_5_a_listed_project_stands_on_the_board(cast: County) -> None:
    item = filed(cast)
    issued(cast)
    item.refresh_from_db()
    find(cast, item=item, due_on=date(2026, 5, 1))

    rows = board_rows(YEAR, frozenset({cast.agri.pk}))

    assert [(row["pk"], row["found"], row["stage"]) for row in rows] == [(item.pk, 1, 3)]
