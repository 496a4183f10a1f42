"""What nobody owes any longer leaves the list (A9.8b, AMB-18)."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from accounts.duties import open_duties, remind_duties, settle_duties
from accounts.models import Duty, Notice
from supervision.actions.problems import remove_problem, restore_problem
from tests.factories import County, county, moment
from tests.samples import make_problem

pytestmark = pytest.mark.django_db

DAY = date(2026, 4, 1)


@pytest.fixture
def cast() -> County:
    return county()


def open_of(kind: str, **where: Any) -> list[str]:
    return sorted(Duty.objects.open().filter(kind=kind, **where).values_list("organ__name", flat=True))


@pytest.mark.parametrize("kind", ["quarterly_report", "consultation", "appraisals"])
def test_amb_18_an_organ_abolished_after_its_duty_was_opened_owes_it_no_longer(cast: County, kind: str) -> None:
    day = date(2026, 11, 2)
    open_duties(day)
    before = open_of(kind)
    assert cast.agri.name in before
    cast.agri.active_to = date(2026, 11, 15)
    cast.agri.save()

    assert [settle_duties(), open_duties(day), settle_duties()] == [0, 0, 0]

    assert open_of(kind) == [name for name in before if name != cast.agri.name]
    remind_duties(date(2027, 1, 4), at=moment(2027, 1, 4))
    assert not Notice.objects.filter(sentence__startswith=cast.agri.name, recipient=cast.dangfeng).exists()


def test_amb_18_a_unit_abolished_in_the_half_is_not_to_be_consulted_with(cast: County) -> None:
    open_duties(DAY)
    unit = cast.units["县农业农村局"]
    unit.active_to = date(2026, 5, 31)
    unit.save()

    settle_duties()

    assert not Duty.objects.filter(kind="consultation", subject_id=unit.pk).exists()
    assert open_of("consultation", organ=cast.agri) == [cast.agri.name] * 2


def test_what_was_handed_in_before_the_end_stays_on_record(cast: County) -> None:
    open_duties(DAY)
    sent = Duty.objects.get(kind="quarterly_report", organ=cast.agri)
    sent_at = moment(2026, 4, 2)
    Duty.objects.filter(pk=sent.pk).update(fulfilled_at=sent_at)
    cast.agri.active_to = date(2026, 5, 31)
    cast.agri.save()

    settle_duties()

    assert Duty.objects.filter(pk=sent.pk, fulfilled_at=sent_at).exists()


def test_a9_8b_a_deleted_problem_is_not_asked_for_and_a_restored_one_is_again(cast: County, time_machine: Any) -> None:
    time_machine.move_to(moment(2026, 8, 1))
    problem = make_problem(cast, cast.agri, due_on=date(2026, 9, 30))
    open_duties(date(2026, 8, 1))
    assert open_of("rectification_due") == [cast.agri.name]

    remove_problem(problem, by=cast.nongye, at=moment(2026, 8, 1), reason="重复登记")
    settle_duties()
    assert open_of("rectification_due") == []

    restore_problem(problem, by=cast.nongye, at=moment(2026, 8, 3))
    open_duties(date(2026, 8, 3))
    assert open_of("rectification_due") == [cast.agri.name]
