"""第七条: 集中式 supervision follows the standing committee's arrangement, decided as an item of a meeting (A7.1)."""

from __future__ import annotations

import pytest

from accounts.models import ScResolution
from checklists import actions as lists
from tests.checklists.story import MAR, draft, issue_points
from tests.factories import County, county
from tests.reports.committee_cases import ask, called, decide, held

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> County:
    return county()


def test_a07_1_an_arrangement_decided_in_a_meeting_carries_the_project(cast: County) -> None:
    issue_points(cast)
    meeting = called(cast)
    item = ask(cast, meeting, "开展粮食购销集中监督", kind="arrangement")
    held(cast, meeting)

    decide(cast, item, "approve", "同意，由党风政风监督室牵头。")

    made = ScResolution.objects.get(kind="arrangement")
    project = draft(cast, "粮食购销集中监督", by=cast.dangfeng, form="centralized", arrangement=made)
    lists.submit_item(project, by=cast.dangfeng, at=MAR)
    project.refresh_from_db()
    assert (project.step, project.arrangement) == ("submitted", made)
