"""Projects: the limit of 1-3, what must be there before going up, filing, receipt, withdrawal."""

from datetime import date

import pytest

from accounts.approvals import decide, withdraw
from accounts.models import Approval, Event, Notice
from accounts.workflow import Refused
from checklists import actions
from checklists.models import ChecklistItem
from checklists.states import FocusArea, Form, ItemStep
from tests.checklists.story import FEB, arrange, draft, filed, sign_up
from tests.factories import County, moment

pytestmark = pytest.mark.django_db


def refusal(call, *args, **kwargs) -> Refused:
    with pytest.raises(Refused) as caught:
        call(*args, **kwargs)
    return caught.value


def test_a_project_waits_for_the_key_points(cast: County) -> None:
    said = refusal(draft, cast)

    assert (said.sentence, said.article) == (
        "2026年度政治监督要点还没有印发，要点印发后才能对照申报监督项目。",
        "A6.1a",
    )
    assert not ChecklistItem.objects.exists()


def test_the_fourth_stationed_project_is_refused_when_drafted(year: County) -> None:
    for number in range(3):
        draft(year, f"项目{number}")

    said = refusal(draft, year, "第四个")

    assert said.article == "A6.1b"
    assert said.sentence.startswith("驻县农业农村局纪检监察组2026年度已有3个驻点式监督项目，每年确定1至3个")
    assert ChecklistItem.objects.count() == 3


def test_a_withdrawn_project_makes_room(year: County) -> None:
    first = draft(year, "项目0")
    for number in (1, 2):
        draft(year, f"项目{number}")

    actions.withdraw_item(first, by=year.nongye, at=FEB, reason="与上级安排重复")

    assert draft(year, "替换").step == ItemStep.DRAFT


def test_the_limit_holds_again_at_submission(year: County) -> None:
    items = [draft(year, f"项目{number}") for number in range(3)]
    ChecklistItem.objects.create(
        organ=year.agri, lead_organ=year.agri, year=2026, form=Form.STATIONED, focus_area=FocusArea.OTHER, title="绕过",
        created_by=year.nongye,
    )  # fmt: skip

    assert refusal(actions.submit_item, items[0], by=year.nongye, at=FEB).article == "A6.1b"
    items[0].refresh_from_db()
    assert items[0].step == ItemStep.DRAFT


def test_another_group_and_another_form_have_their_own_count(year: County) -> None:
    for number in range(3):
        draft(year, f"项目{number}")

    other = draft(year, "教育", by=year.jiaoyu)
    key = draft(year, "重点", form=Form.KEY, lead_department=year.units["县农业农村局"])

    assert (other.organ, key.form) == (year.edu, Form.KEY)


def test_a_key_project_does_not_turn_into_a_fourth_stationed_one(year: County) -> None:
    for number in range(3):
        draft(year, f"项目{number}")
    key = draft(year, "重点", form=Form.KEY, lead_department=year.units["县农业农村局"])

    assert refusal(actions.edit_item, key, by=year.nongye, at=FEB, form=Form.STATIONED).article == "A6.1b"


@pytest.mark.parametrize(
    ("gap", "words"), [({"content": " "}, "还没有写监督内容"), ({"period_end": None}, "还没有定监督周期")]
)
def test_content_and_period_are_there_before_it_goes_up(year: County, gap: dict, words: str) -> None:
    item = draft(year, **gap)

    said = refusal(actions.submit_item, item, by=year.nongye, at=FEB)

    assert said.sentence.startswith(words)
    assert not Approval.objects.exists()


def test_a_project_goes_up_and_is_filed_and_received(year: County) -> None:
    item = draft(year)
    actions.submit_item(item, by=year.nongye, at=FEB)
    sign_up(year, item)
    assert item.step == ItemStep.APPROVED

    actions.file_item(item, by=year.nongye, at=FEB)
    actions.receive_item(item, by=year.dangfeng, at=FEB)

    item.refresh_from_db()
    assert (item.step, item.filed_at, item.received_by) == (ItemStep.FILED, FEB, year.dangfeng)
    verbs = list(Event.objects.of(item).values_list("verb", flat=True))
    assert verbs == ["draft", "submit", "sign", "sign", "approve", "file", "receive"]
    assert Notice.objects.filter(recipient=year.dangfeng, sentence__startswith="驻县农业农村局").count() == 1


def test_only_what_the_deputy_secretary_approved_is_filed(year: County) -> None:
    item = draft(year)
    actions.submit_item(item, by=year.nongye, at=FEB)
    approval = Approval.objects.of(item).get()
    for signer in (year.nongye_head, year.xieguan1):
        decide(approval, "approve", by=signer, at=FEB)

    said = refusal(actions.file_item, item, by=year.nongye, at=FEB)

    assert (said.sentence, said.article) == ("“高标准农田监督”当前为“审批中”，不能报送党风政风监督室。", "A6.1d")


def test_it_is_received_once(year: County) -> None:
    item = filed(year)

    said = refusal(actions.receive_item, item, by=year.dangfeng_head, at=FEB)

    assert said.sentence == "此项已由周明签收，不用重复签收。"


def test_a_returned_project_is_edited_and_goes_up_again(year: County) -> None:
    item = draft(year)
    approval = actions.submit_item(item, by=year.nongye, at=FEB)
    decide(approval, "return", by=year.nongye_head, at=FEB, note="监督内容太宽")
    item.refresh_from_db()
    assert item.step == ItemStep.RETURNED

    actions.edit_item(item, by=year.nongye, at=FEB, content="只查管护资金")
    again = actions.submit_item(item, by=year.nongye, at=FEB)

    assert again.round_no == 2
    assert again.content["监督内容"] == "只查管护资金"


def test_a_project_taken_back_is_a_draft_again(year: County) -> None:
    item = draft(year)
    approval = actions.submit_item(item, by=year.nongye, at=FEB)

    withdraw(approval, by=year.nongye, at=FEB)

    item.refresh_from_db()
    assert item.step == ItemStep.DRAFT


def test_nothing_is_edited_on_its_way_up(year: County) -> None:
    item = draft(year)
    actions.submit_item(item, by=year.nongye, at=FEB)

    said = refusal(actions.edit_item, item, by=year.nongye, at=FEB, content="换一个")

    assert said.sentence == "“高标准农田监督”当前为“审批中”，不能修改。请先撤回，或等签批人退回。"


def test_strangers_do_not_draft_for_an_organ(year: County) -> None:
    said = refusal(
        actions.create_item, year.agri, 2026, Form.STATIONED, by=year.jiaoyu, at=FEB, title="越位",
        focus_area=FocusArea.OTHER,
    )  # fmt: skip

    assert said.sentence == "您不能为驻县农业农村局纪检监察组申报监督项目，请由该单位经办人办理。"


def test_the_offices_own_project_needs_no_filing(year: County) -> None:
    item = filed(year, "粮食购销", by=year.dangfeng, form=Form.CENTRALIZED, arrangement=arrange(year))

    assert item.step == ItemStep.FILED


def test_withdrawal_says_why(year: County) -> None:
    item = draft(year)

    assert refusal(actions.withdraw_item, item, by=year.nongye, at=FEB, reason=" ").sentence == "请写明撤销理由。"


def test_a_set_matter_is_answered(year: County) -> None:
    item = actions.add_assigned_item(
        year.cso, 2026, by=year.dangfeng, at=moment(2026, 7, 2), assigned_by="cpc_secretary",
        assigned_on=date(2026, 7, 1), assigned_words="纪委要盯住防汛", title="防汛责任", focus_area=FocusArea.OTHER,
    )  # fmt: skip

    actions.reply_assigned(item, by=year.dangfeng, at=moment(2026, 8, 1), replied_on=date(2026, 7, 31), reply="已查完")

    item.refresh_from_db()
    assert (item.replied_on, item.reply, item.lead_organ) == (date(2026, 7, 31), "已查完", year.cso)
    assert refusal(
        actions.reply_assigned, item, by=year.dangfeng, at=FEB, replied_on=date(2026, 8, 9), reply="早了"
    ).sentence == "答复日期不能晚于今天。"  # fmt: skip


def test_milestones_are_written_anew_with_what_is_done(year: County) -> None:
    item = draft(year)
    rows = [("自查", date(2026, 4, 30), date(2026, 2, 11)), ("总结", date(2026, 11, 30), None)]

    actions.set_milestones(item, rows, by=year.dangfeng, at=FEB)

    assert list(item.milestones.values_list("text", "due_on", "done_on")) == rows
    assert Event.objects.of(item).last().note == "2026-04-30 自查；2026-11-30 总结"


def test_a_milestone_is_not_finished_tomorrow_nor_by_strangers(year: County) -> None:
    item = draft(year)
    rows = [("自查", date(2026, 4, 30), date(2026, 2, 13))]

    assert (
        refusal(actions.set_milestones, item, rows, by=year.nongye, at=FEB).sentence == "节点的完成日期不能晚于今天。"
    )
    assert refusal(actions.set_milestones, item, [], by=year.jiaoyu, at=FEB).article == "A6.2a"
    assert not item.milestones.exists()
