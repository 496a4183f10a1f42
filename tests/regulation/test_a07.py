"""Article 7: the form decides who leads, and the product says why."""

from datetime import date

import pytest

from accounts.workflow import Refused
from checklists import actions
from checklists.leads import lead_for
from checklists.states import Form
from tests.checklists.story import FEB, YEAR, arrange, draft, issue_points
from tests.factories import County, county, moment

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> County:
    made = county()
    issue_points(made)
    return made


def test_a07_1_the_office_leads_what_the_committee_arranged(cast: County) -> None:
    item = draft(cast, "粮食购销", by=cast.dangfeng, form=Form.CENTRALIZED)
    assert item.lead_organ == cast.cso
    with pytest.raises(Refused) as caught:
        actions.submit_item(item, by=cast.dangfeng, at=FEB)
    assert caught.value.article == "A7.1"

    actions.edit_item(item, by=cast.dangfeng, at=FEB, arrangement=arrange(cast))
    assert actions.submit_item(item, by=cast.dangfeng, at=FEB).round_no == 1


def test_a07_1_nobody_else_leads_it(cast: County) -> None:
    with pytest.raises(Refused) as caught:
        draft(cast, by=cast.dangfeng, form=Form.CENTRALIZED, lead_organ=cast.agri, lead_override_reason="熟悉")

    assert caught.value.article == "A7.1"


def test_a07_2_the_group_in_the_lead_department_leads(cast: County) -> None:
    lead = lead_for(Form.KEY, cast.units["县教育局"], False, cast.agri)

    assert (lead.organ, lead.article) == (cast.edu, "A7.2")
    assert lead.why == "“重点式”由驻在牵头部门县教育局的驻县教育局纪检监察组牵头组织实施。"


def test_a07_2_several_areas_are_led_by_the_office(cast: County) -> None:
    item = draft(cast, form=Form.KEY, lead_department=cast.units["县教育局"], is_multi_area=True)

    assert item.lead_organ == cast.cso


def test_a07_2_another_lead_needs_a_reason(cast: County) -> None:
    choice = {"form": Form.KEY, "lead_department": cast.units["县教育局"], "lead_organ": cast.agri}
    with pytest.raises(Refused) as caught:
        draft(cast, **choice)
    assert caught.value.article == "A7.2"

    item = draft(cast, **choice, lead_override_reason="以涉农资金为主")
    assert (item.lead_organ, item.lead_override_reason) == (cast.agri, "以涉农资金为主")


def test_a07_3_a_group_leads_its_own_project(cast: County) -> None:
    assert draft(cast).lead_organ == cast.agri
    with pytest.raises(Refused) as caught:
        draft(cast, "转给别人", lead_organ=cast.edu, lead_override_reason="忙")
    assert caught.value.article == "A7.3"


def assigned(cast: County, **values: object):
    fields = {
        "assigned_by": "cpc_standing_committee", "assigned_on": date(2026, 9, 1), "assigned_words": "盯住秋收",
        "title": "秋收", "focus_area": "other", "content": "查秋收补贴", "period_start": date(2026, 9, 1),
        "period_end": date(2026, 11, 30), **values,
    }  # fmt: skip
    return actions.add_assigned_item(cast.cso, YEAR, by=cast.dangfeng, at=moment(2026, 9, 2), **fields)


def test_a07_4_a_set_matter_comes_at_any_time_and_the_office_leads(cast: County) -> None:
    item = assigned(cast)

    assert (item.lead_organ, item.assigned_by, item.assigned_words) == (cast.cso, "cpc_standing_committee", "盯住秋收")
    assert actions.submit_item(item, by=cast.dangfeng, at=moment(2026, 9, 2)).content["点题原话"] == "盯住秋收"


@pytest.mark.parametrize("gap", [{"assigned_by": ""}, {"assigned_words": " "}])
def test_a07_4_who_and_in_what_words_is_obligatory(cast: County, gap: dict) -> None:
    item = assigned(cast, **gap)

    with pytest.raises(Refused) as caught:
        actions.submit_item(item, by=cast.dangfeng, at=moment(2026, 9, 2))

    assert caught.value.article == "A7.4"


def test_a07_4_groups_do_not_set_matters(cast: County) -> None:
    with pytest.raises(Refused) as caught:
        draft(cast, form=Form.ASSIGNED)

    assert caught.value.sentence == "驻县农业农村局纪检监察组不能申报“点题式”项目，可以申报“驻点式”、“重点式”。"
