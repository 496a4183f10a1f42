"""Article 10(1): the yearly deployment, and the office's co-ordination."""

from datetime import date

import pytest

from accounts.permissions import visible_organ_ids
from accounts.workflow import Refused
from checklists import actions
from checklists.selectors import deployment_of
from tests.checklists.story import APR, FEB, YEAR, filed, fresh, issue_points, issued
from tests.factories import County, county

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> County:
    made = county()
    issue_points(made)
    return made


def test_a10_1a_the_deployment_of_the_year_is_recorded_and_missed(cast: County) -> None:
    assert deployment_of(fresh(cast.nongye), YEAR) is None

    actions.save_deployment(cast.cso, YEAR, plenum_on=date(2026, 1, 10), text="聚焦粮食安全", by=cast.dangfeng, at=FEB)

    found = deployment_of(fresh(cast.nongye), YEAR)
    assert found is not None
    assert found.text == "聚焦粮食安全"


def test_a10_1b_the_office_reads_every_organ_and_divides_the_tasks(cast: County) -> None:
    item = filed(cast)
    issued(cast)
    item.refresh_from_db()
    assert {organ.pk for organ in cast.organs} <= visible_organ_ids(fresh(cast.dangfeng))

    task = actions.assign_task(item, cast.town, task="核查三村", due_on=date(2026, 5, 8), by=cast.dangfeng, at=APR)

    assert (task.organ, task.due_on) == (cast.town, date(2026, 5, 8))
    with pytest.raises(Refused) as caught:
        actions.assign_task(item, cast.town, task="越位", due_on=date(2026, 5, 8), by=cast.nongye, at=APR)
    assert caught.value.article == "A10.1b"
