"""Article 10(2): joint working of offices, groups, townships and the inspection office."""

import pytest

from accounts.workflow import Refused
from checklists import actions
from checklists.states import Form
from tests.checklists.story import FEB, arrange, draft, issue_points
from tests.factories import County, county

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> County:
    made = county()
    issue_points(made)
    return made


def refused_article(item, by) -> str:
    try:
        actions.submit_item(item, by=by, at=FEB)
    except Refused as refused:
        return refused.article
    return ""


@pytest.mark.parametrize(
    ("mode", "others", "article"),
    [
        ("room_group", ["cso"], ""),
        ("room_group", ["town"], "A10.2a"),
        ("group_group", ["edu"], ""),
        ("group_group", ["cso"], "A10.2a"),
        ("room_group_local", ["cso", "town"], ""),
        ("room_group_local", ["cso"], "A10.2a"),
    ],
)
def test_a10_2a_the_mode_matches_who_takes_part(cast: County, mode: str, others: list[str], article: str) -> None:
    item = draft(cast, linkage_mode=mode, participants=[getattr(cast, name) for name in others])

    assert refused_article(item, cast.nongye) == article


def test_a10_2b_with_the_inspection_office_and_by_the_committee(cast: County) -> None:
    values = {
        "by": cast.dangfeng, "form": Form.KEY, "lead_department": cast.units["县教育局"], "is_multi_area": True,
        "linkage_mode": "room_group_inspection_local", "participants": [cast.edu, cast.tours, cast.town],
    }  # fmt: skip

    assert refused_article(draft(cast, "缺部署", **values), cast.dangfeng) == "A10.2b"
    assert refused_article(draft(cast, "有部署", **values, arrangement=arrange(cast)), cast.dangfeng) == ""


def test_a10_2b_without_the_inspection_office_it_is_not_that_mode(cast: County) -> None:
    item = draft(
        cast, by=cast.dangfeng, form=Form.KEY, lead_department=cast.units["县教育局"], is_multi_area=True,
        linkage_mode="room_group_inspection_local", participants=[cast.edu, cast.town], arrangement=arrange(cast),
    )  # fmt: skip

    assert refused_article(item, cast.dangfeng) == "A10.2b"
