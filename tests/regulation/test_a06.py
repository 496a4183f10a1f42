"""Article 6(1): key points, one to three projects, the chain, filing, compilation, the committee."""

from datetime import date

import pytest

from accounts.approvals import decide
from accounts.models import Approval
from accounts.workflow import AlreadyDecided, Refused
from checklists import actions
from checklists.models import ChecklistItem
from checklists.publication import is_intact
from checklists.selectors import filings
from checklists.states import ChecklistStep, ItemStep
from tests.checklists.story import FEB, MAR, YEAR, decided, draft, filed, fresh, issue_points, issued
from tests.factories import NOW, County, county

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> County:
    made = county()
    issue_points(made)
    return made


def test_a06_1a_the_points_come_before_the_proposals() -> None:
    cast = county()
    with pytest.raises(Refused) as caught:
        draft(cast)
    assert caught.value.article == "A6.1a"

    issue_points(cast)
    assert draft(cast).pk


def test_a06_1a_one_set_of_points_a_year_told_with_its_last_day(cast: County) -> None:
    with pytest.raises(Refused):
        issue_points(cast)


def test_a06_1b_a_group_has_at_most_three(cast: County) -> None:
    for number in range(3):
        draft(cast, f"项目{number}")

    with pytest.raises(Refused) as caught:
        draft(cast, "第四个")

    assert caught.value.article == "A6.1b"


def test_a06_1b_a_township_is_not_bound_by_the_limit(cast: County) -> None:
    for number in range(4):
        draft(cast, f"项目{number}", by=cast.liuhe)

    assert ChecklistItem.objects.filter(organ=cast.town).count() == 4


def test_a06_1b_none_is_shown_as_missing(cast: County) -> None:
    filed(cast)

    rows = filings(fresh(cast.dangfeng), YEAR, on=FEB.date())

    assert [(row.organ, row.is_missing, row.words) for row in rows] == [
        (cast.edu, True, "未起草"),
        (cast.agri, False, "已报送1项"),
    ]


@pytest.mark.parametrize("gap", [{"content": ""}, {"period_start": None}, {"period_end": None}])
def test_a06_1b_content_and_period_are_obligatory(cast: County, gap: dict) -> None:
    item = draft(cast, **gap)

    with pytest.raises(Refused) as caught:
        actions.submit_item(item, by=cast.nongye, at=FEB)

    assert caught.value.article == "A6.1b"


def test_a06_1c_head_then_member_then_deputy_secretary(cast: County) -> None:
    item = draft(cast)
    approval = actions.submit_item(item, by=cast.nongye, at=FEB)
    with pytest.raises(Refused):
        decide(approval, "approve", by=cast.fenguan, at=FEB)

    for signer in (cast.nongye_head, cast.xieguan1, cast.fenguan):
        decide(approval, "approve", by=signer, at=FEB)

    item.refresh_from_db()
    assert item.step == ItemStep.APPROVED
    assert [step.rung for step in approval.steps.all()] == ["head", "assisting_member", "deputy_secretary"]
    with pytest.raises(AlreadyDecided):
        decide(approval, "approve", by=cast.fenguan, at=FEB)


def test_a06_1c_a_leader_signs_only_for_organs_assigned_to_him(cast: County) -> None:
    item = draft(cast)
    approval = actions.submit_item(item, by=cast.nongye, at=FEB)
    decide(approval, "approve", by=cast.nongye_head, at=FEB)

    with pytest.raises(Refused):
        decide(approval, "approve", by=cast.xieguan2, at=FEB)


def test_a06_1c_the_proposer_does_not_approve(cast: County) -> None:
    item = draft(cast, by=cast.nongye_head)
    approval = actions.submit_item(item, by=cast.nongye_head, at=FEB)

    with pytest.raises(Refused):
        decide(approval, "approve", by=cast.nongye_head, at=FEB)


def test_a06_1d_only_an_approved_project_is_filed(cast: County) -> None:
    item = draft(cast)
    with pytest.raises(Refused) as caught:
        actions.file_item(item, by=cast.nongye, at=FEB)
    assert caught.value.article == "A6.1d"

    received = filed(cast, "另一项")
    assert (received.filed_at, received.received_by) == (FEB, cast.dangfeng)


def test_a06_1e_the_office_compiles_and_its_edits_are_recorded(cast: County) -> None:
    item = filed(cast)
    checklist = actions.start_compilation(cast.cso, YEAR, by=cast.dangfeng, at=MAR)

    change = actions.edit_line(checklist, item, {"remark": "与教育组合并"}, reason="合并", by=cast.dangfeng, at=MAR)

    assert (change.kind, change.old, change.new) == ("compile", {"remark": ""}, {"remark": "与教育组合并"})


def test_a06_1f_the_list_takes_effect_only_by_the_committee(cast: County) -> None:
    item = filed(cast)
    checklist = actions.start_compilation(cast.cso, YEAR, by=cast.dangfeng, at=MAR)
    actions.submit_checklist(checklist, by=cast.dangfeng_head, at=MAR)
    with pytest.raises(Refused) as caught:
        actions.publish(checklist, by=cast.dangfeng_head, at=MAR)
    assert caught.value.article == "A6.1f"

    actions.record_resolution(
        checklist, by=cast.changweihui, at=MAR, approved=True, meeting_on=date(2026, 3, 19), opinion="同意"
    )
    checklist.refresh_from_db()
    actions.publish(checklist, by=cast.dangfeng_head, at=MAR)

    item.refresh_from_db()
    assert (checklist.step, item.step) == (ChecklistStep.PUBLISHED, ItemStep.LISTED)


def test_a06_1f_what_is_issued_is_locked(cast: County) -> None:
    item = filed(cast)
    made = issued(cast)

    for attempt in (
        lambda: actions.edit_item(item, by=cast.nongye, at=MAR, title="改"),
        lambda: actions.edit_line(made, item, {"title": "改"}, reason="改", by=cast.dangfeng, at=MAR),
        lambda: actions.order_lines(made, [], by=cast.dangfeng),
    ):
        with pytest.raises(Refused):
            attempt()
    made.refresh_from_db()
    assert is_intact(made)


def test_a06_1g_the_report_to_the_county_committee_is_optional(cast: County) -> None:
    filed(cast)
    checklist = decided(cast)
    made = actions.publish(checklist, by=cast.dangfeng_head, at=MAR)
    assert made.report_to_cpc is False

    actions.report_to_county_committee(made, by=cast.dangfeng, at=MAR, reported_on=date(2026, 3, 20))

    made.refresh_from_db()
    assert (made.report_to_cpc, made.reported_on) == (True, date(2026, 3, 20))


def test_a06_1_every_round_of_signatures_is_kept(cast: County) -> None:
    item = draft(cast)
    approval = actions.submit_item(item, by=cast.nongye, at=NOW)
    decide(approval, "return", by=cast.nongye_head, at=NOW, note="再议")
    actions.submit_item(item, by=cast.nongye, at=FEB)

    assert list(Approval.objects.of(item).values_list("round_no", "state")) == [(1, "returned"), (2, "running")]
