"""Several people take the same step of a quarterly report in the same instant: one does, the others are told."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest
from django.db import connection

from accounts.models import Organ
from accounts.roles import Role
from accounts.workflow import Refused
from reports.actions import county_quarter
from reports.actions import quarterly as acts
from reports.models import CountyQuarter, QuarterlyReport, QuarterlySubmission
from tests.accounts.test_races import together
from tests.factories import County, county, make_user, moment
from tests.reports.quarterly_cases import FIRST, sent, written

PEOPLE = 6
AT = moment(2026, 3, 24)
pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def cast() -> County:
    assert connection.vendor == "postgresql"
    return county()


def answers(work: Any, people: list[Any]) -> Counter[str]:
    """What each of them is told."""

    def tried(person: Any) -> str:
        try:
            work(person)
        except Refused:
            return "told"
        return "done"

    return Counter(together(tried, people))


def people(organ: Organ, role: str) -> list[Any]:
    return [make_user(organ, role, f"{role}{n}") for n in range(PEOPLE)]


def test_six_heads_sign_one_report(cast: County) -> None:
    report = written(cast.agri, at=AT)

    def sign(person: Any) -> None:
        acts.submit_report(QuarterlyReport.objects.select_related("organ").get(pk=report.pk), by=person, at=AT)

    assert answers(sign, people(cast.agri, Role.ORGAN_HEAD)) == {"done": 1, "told": PEOPLE - 1}
    assert QuarterlySubmission.objects.count() == 1


def test_six_clerks_begin_one_report(cast: County) -> None:
    found = together(
        lambda person: acts.start_report(cast.agri, FIRST, by=person, at=AT).pk, people(cast.agri, Role.CLERK)
    )

    assert len(set(found)) == 1 and QuarterlyReport.objects.count() == 1


def test_six_clerks_merge_one_county(cast: County) -> None:
    sent(cast.agri, at=AT)

    together(lambda person: county_quarter.merge(cast.cso, FIRST, by=person, at=AT).pk, people(cast.cso, Role.CLERK))

    assert CountyQuarter.objects.count() == 1
