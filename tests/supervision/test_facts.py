"""What the figures ask of a problem: the pair of proof and its day, the history, the filters and the workbook."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.urls import reverse

from accounts.models import Event
from accounts.workflow import Refused
from supervision.actions.problems import change_problem
from supervision.models import Problem
from tests.factories import NOW, TODAY, County, county, enter
from tests.samples import make_problem

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> County:
    return county()


def test_a_proved_problem_has_its_day_between_finding_and_today(cast: County) -> None:
    for values, words in (
        ({"substantiated": True}, "请同时填写查结日期"),
        ({"substantiated": True, "concluded_on": date(2026, 2, 11)}, "晚于今天"),
        ({"found_on": date(2026, 2, 5), "concluded_on": date(2026, 2, 4)}, "早于发现日期2026-02-05"),
    ):
        with pytest.raises(Refused, match=words):
            make_problem(cast, cast.agri, **values)
    assert not Problem.objects.exists()

    problem = make_problem(cast, cast.agri, substantiated=True, concluded_on=TODAY)
    with pytest.raises(Refused, match="请同时填写查结日期"):
        change_problem(problem, {"concluded_on": None}, by=cast.nongye, at=NOW)
    assert Problem.objects.get().concluded_on == TODAY


def test_a_change_of_the_facts_stands_in_the_history_and_on_the_page(cast: County) -> None:
    problem = make_problem(cast, cast.agri, responsible_kind="village")
    facts: dict[str, Any] = {
        "responsible_kind": "functional_department", "phase_found": "before", "substantiated": True, "concluded_on": TODAY,
    }  # fmt: skip

    change_problem(problem, facts, by=cast.nongye, at=NOW)
    change_problem(problem, facts, by=cast.nongye, at=NOW)

    notes = list(Event.objects.of(problem).filter(verb="classify").values_list("note", flat=True))
    assert notes == ["原：村（社区）；现：职能部门，事前，查证属实，2026-02-10查结"]
    client = enter(cast.nongye)
    page = client.get(reverse("supervision:problem", args=[problem.pk])).content.decode()
    assert "更正分类和查证" in page and "事前发现" in page
    listed = reverse("supervision:problems")
    for query, number in (
        ("responsible_kind=functional_department", 1),
        ("phase_found=after", 0),
        ("substantiated=yes", 1),
    ):
        assert client.get(f"{listed}?{query}").context["page"].total == number
    assert client.get(f"{listed}?format=xlsx").status_code == 200


def test_the_form_says_what_is_missing(cast: County) -> None:
    unit = cast.units["县农业农村局"]
    data = {
        "unit": unit.pk,
        "description": "资料不全",
        "found_on": "2026-02-03",
        "source": "daily",
        "severity": "general",
        "substantiated": "on",
    }

    answer = enter(cast.nongye).post(reverse("supervision:problem_new"), data)

    assert answer.status_code == 422
    assert "请同时填写查结日期" in answer.content.decode()
