"""Several people take the same step of a round in the same instant: one does, the others are told, nothing is done twice."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection

from accounts.models import Event, ScResolution
from accounts.roles import Role
from accounts.workflow import Refused
from supervision.actions import rounds
from supervision.actions.problems import create_problem
from supervision.actions.reporting import disposal, reports
from supervision.models import DisposalRoute, InspectionReport, Problem, UnitFeedback
from tests.accounts.test_races import together
from tests.factories import TODAY, County, county, make_user
from tests.supervision import report_cases as cases
from tests.supervision.rounds import fresh

PEOPLE = 6


@pytest.fixture
def cast() -> County:
    assert connection.vendor == "postgresql"
    return county()


def answers(work: Callable[[Any], Any], people: list[Any]) -> Counter[str]:
    """What each of them is told."""

    def tried(person: Any) -> str:
        try:
            work(person)
        except Refused as refused:
            assert refused.sentence.endswith("。")
            return "told"
        return "done"

    return Counter(together(tried, people))


def clerks(cast: County) -> list[Any]:
    """Six people who may do the work of the group."""
    return [make_user(cast.agri, Role.CLERK, f"clerk{n}", f"经办{n}") for n in range(PEOPLE)]


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_six_secretaries_record_one_study(cast: County) -> None:
    round = cases.make_round(cast.agri)
    cases.find(round)
    report = cases.tabled(cast, cases.signed(cast, cases.ready(round)))
    people = [make_user(cast.office, Role.SC_SECRETARY, f"secretary{n}", f"秘书{n}") for n in range(PEOPLE)]

    def study(person: Any) -> None:
        found = InspectionReport.objects.select_related("round", "organ").get(pk=report.pk)
        reports.study_report(found, by=person, at=cases.STUDIED, meeting_on=cases.STUDIED.date(), opinion="限期整改。")

    assert answers(study, people) == {"done": 1, "told": PEOPLE - 1}
    assert ScResolution.objects.count() == 1
    assert fresh(round).step == "sc_analysed"
    assert Event.objects.of(round).filter(verb="analyse").count() == 1


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_a_unit_is_told_once_and_the_round_disposed_of_once(cast: County) -> None:
    round = cases.analysed(cast, problems=1)
    problem, people = Problem.objects.get(round=round), clerks(cast)
    disposal.set_routes(round, [problem], ["no_action"], by=cast.nongye, at=cases.STUDIED, reason="已处理")

    def tell(person: Any) -> None:
        disposal.feed_back(round, problem.unit, [problem], by=person, at=cases.STUDIED, fed_back_on=cases.STUDIED.date(),
                           manner="meeting", receiver="张主任")  # fmt: skip

    assert answers(tell, people) == {"done": 1, "told": PEOPLE - 1}
    assert UnitFeedback.objects.count() == 1
    assert answers(lambda person: rounds.advance(fresh(round), "dispose", by=person, at=cases.STUDIED), people) == {
        "done": 1, "told": PEOPLE - 1,
    }  # fmt: skip
    assert Event.objects.of(round).filter(verb="dispose").count() == 1


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_six_heads_close_a_round_once(cast: County) -> None:
    round = cases.make_round(cast.agri, step="rectifying")
    heads = [make_user(cast.agri, Role.ORGAN_HEAD, f"head{n}", f"组长{n}") for n in range(PEOPLE)]

    assert answers(lambda head: rounds.advance(fresh(round), "close", by=head, at=cases.STUDIED), heads) == {
        "done": 1, "told": PEOPLE - 1,
    }  # fmt: skip
    assert Event.objects.of(round).filter(verb="close").count() == 1


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_routes_chosen_while_the_round_is_disposed_of_are_in_it_or_refused(cast: County) -> None:
    """Whichever is first, the round never stands disposed of with a way that was changed afterwards."""
    round = cases.analysed(cast, problems=1)
    problem, people = Problem.objects.get(round=round), clerks(cast)
    disposal.set_routes(round, [problem], ["no_action"], by=cast.nongye, at=cases.STUDIED, reason="已处理")
    disposal.feed_back(round, problem.unit, [problem], by=cast.nongye, at=cases.STUDIED, fed_back_on=cases.STUDIED.date(),
                       manner="meeting", receiver="张主任")  # fmt: skip

    def work(person: Any) -> None:
        if person == people[0]:
            rounds.advance(fresh(round), "dispose", by=person, at=cases.STUDIED)
        else:
            disposal.set_routes(round, [problem], ["no_action"], by=person, at=cases.STUDIED, reason=f"理由{person.pk}")

    answers(work, people)

    assert fresh(round).step == "disposed"
    disposed = Event.objects.of(round).get(verb="dispose").pk
    assert not Event.objects.of(problem).filter(verb="route", pk__gt=disposed).exists()
    assert DisposalRoute.objects.filter(problem=problem).count() == 1


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_a_problem_entered_while_the_report_goes_up_is_on_its_list_or_refused(cast: County) -> None:
    round = cases.make_round(cast.agri)
    report, people = cases.ready(round), clerks(cast)

    def work(person: Any) -> None:
        if person == people[0]:
            reports.submit_report(InspectionReport.objects.get(pk=report.pk), by=person, at=cases.DRAFTED)
        else:
            create_problem(organ=cast.agri, unit=round.units.get(), description="归档滞后", year=2026, round=fresh(round),
                           found_on=TODAY, by=person, at=cases.DRAFTED)  # fmt: skip

    assert sum(answers(work, people).values()) == PEOPLE

    sent = InspectionReport.objects.get()
    listed = len(sent.content.get("problems", []))
    assert (sent.step, listed) == ("submitted", Problem.objects.filter(round=round).count()) or sent.step == "draft"
