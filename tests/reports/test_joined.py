"""参与: who joined a round sees its records beside his own number; they are the lead organ's, and the county's once."""

from __future__ import annotations

import io
from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import load_workbook

from accounts.models import Organ
from reports.counting.catalogue import FIGURES, Scope
from supervision.models import InspectionActivity, Problem
from supervision.rounds.states import RoundStep
from tests.factories import NOW, TODAY, County, county, enter, methods
from tests.samples import make_problem, make_round

pytestmark = [pytest.mark.django_db, pytest.mark.once]


@pytest.fixture
def cast() -> County:
    """A round of the office that a group and a township joined: three problems, three days; the group's own beside it."""
    made = county()
    joint = make_round(made, made.cso, step=RoundStep.INSPECTING, started_on=TODAY)
    joint.participants.set([made.agri, made.town])
    own = make_round(made, made.agri, step=RoundStep.INSPECTING, started_on=TODAY)
    for organ, round_, count in (
        (made.agri, joint, 2),
        (made.town, joint, 1),
        (made.agri, own, 1),
        (made.agri, None, 1),
    ):
        for _ in range(count):
            problem = make_problem(made, organ, found_on=TODAY, responsible_kind="functional_department")
            Problem.objects.filter(pk=problem.pk).update(round=round_)
    method = methods()["site_visit"]
    for organ, round_ in ((made.cso, joint), (made.cso, joint), (made.agri, joint), (made.agri, own)):
        InspectionActivity.objects.create(organ=organ, round=round_, held_on=TODAY, kind="special", method=method,
                                          created_by=made.nongye, created_at=NOW)  # fmt: skip
    return made


def whole(*organs: Organ) -> Scope:
    """The year 2026 for some organs, or for all."""
    chosen = organs or Organ.objects.all()
    return Scope.of((organ.pk for organ in chosen), date(2026, 1, 1), date(2026, 12, 31), today=TODAY)


def page(user: Any, key: str, **query: Any) -> Any:
    """The page of one indicator in 2026."""
    return enter(user).get(reverse("reports:indicator", args=[key]), {"period": "2026", **query})


def test_a_joint_record_is_its_organ_s_and_stands_beside_for_the_others(cast: County) -> None:
    problems, days, rounds = (
        FIGURES[key] for key in ("functional_dept_problem_count", "special_checks", "rounds_started")
    )
    agri, town, office = cast.agri.pk, cast.town.pk, cast.cso.pk

    assert (problems.value(whole()), problems.by_organ(whole()), problems.joined(whole())) == (
        5, {agri: 4, town: 1}, {agri: 1, town: 2},
    )  # fmt: skip
    assert (days.value(whole()), days.by_organ(whole()), days.joined(whole())) == (
        4, {agri: 2, office: 2}, {agri: 2, town: 3},
    )  # fmt: skip
    assert (rounds.value(whole()), rounds.joined(whole())) == (2, {agri: 1, town: 1})
    assert problems.joined(whole(cast.town)) == {town: 2}  # the other organs' records, read by one organ alone
    assert problems.joined(whole(cast.edu)) == {}
    assert FIGURES["supervised_unit_count"].joined(whole()) == {}  # hangs on no round


def test_all_organs_are_one_question(cast: County) -> None:
    with CaptureQueriesContext(connection) as asked:
        FIGURES["special_checks"].joined(whole())

    assert len(asked) == 1 + 2  # the organs asked for here; all organs, and what they joined


def test_every_figure_that_names_its_round_can_be_asked(cast: County) -> None:
    joint = [one for one in FIGURES.values() if one.joint]

    assert {"problems_found", "special_checks", "rounds_started", "trainings", "look_backs", "rebounds"} <= {
        one.key for one in joint
    }
    assert all(set(one.joined(whole())) <= {cast.agri.pk, cast.town.pk} for one in joint)


def test_the_page_and_its_workbook_have_the_column(cast: County) -> None:
    answer = page(cast.dangfeng, "I0-14")
    chart = answer.context["charts"][0]
    book = load_workbook(io.BytesIO(page(cast.dangfeng, "I0-14", format="xlsx").content))
    lines = [[cell for cell in row if cell is not None] for row in book["各单位各有多少？"].values]

    found = {row["name"]: (row["cells"][0][0], row["tail"]) for row in chart.rows()}
    assert (chart.extra[0], sorted(found.values())) == ("参与", [(0, 3), (2, 0), (2, 2)])
    assert found["驻县农业农村局纪检监察组"] == (2, 2)
    assert answer.context["sentence"].startswith("各单位合计4次，与总数一致。")
    assert '<th scope="col" class="num">参与</th>' in answer.content.decode()
    assert ["驻县农业农村局纪检监察组", 2, 2] in lines and any(line[-1] == "参与" for line in lines if line)


def test_one_organ_reads_what_it_took_part_in(cast: County) -> None:
    answer = page(cast.nongye, "I0-15").content.decode()
    sheet = load_workbook(io.BytesIO(page(cast.nongye, "I0-15", format="xlsx").content)).active

    assert "<dt>参与</dt><dd>1条记录。“参与”是其他单位登记、本单位参加的联合监督轮次中的记录" in answer
    assert any(str(cell).startswith("参与：1条记录。") for row in sheet.values for cell in row)
    assert "<dt>参与</dt>" not in page(cast.nongye, "I3-8").content.decode()


def test_what_is_reckoned_is_one_question_for_all_organs(cast: County) -> None:
    late = FIGURES["rectification_overdue_days"]
    for organ, due in ((cast.agri, date(2026, 1, 9)), (cast.agri, date(2026, 1, 8)), (cast.edu, date(2026, 1, 7))):
        make_problem(cast, organ, found_on=date(2026, 1, 2), due_on=due)
    when = Scope.of((organ.pk for organ in Organ.objects.all()), date(2026, 1, 1), date(2026, 1, 10), today=TODAY)

    with CaptureQueriesContext(connection) as asked:
        found = late.by_organ(when)

    assert found == {cast.agri.pk: 3, cast.edu.pk: 3}
    assert late.value(when) == 6
    assert len(asked) == 1
