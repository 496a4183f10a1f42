"""动态更新: who signs for which form, what the new version says, what may not be changed."""

from datetime import date

import pytest

from accounts.actions import resolve
from accounts.approvals import decide
from accounts.models import Approval, Notice
from accounts.workflow import Refused
from checklists import actions
from checklists.models import AnnualChecklist, ChecklistItem, ChecklistItemChange
from checklists.publication import differences
from checklists.states import ChangeKind, ChangeStep, ChecklistStep, Form, ItemStep
from tests.checklists.story import APR, YEAR, arrange, draft, filed, issued, sign_up
from tests.factories import County

pytestmark = pytest.mark.django_db


def refusal(call, *args, **kwargs) -> Refused:
    with pytest.raises(Refused) as caught:
        call(*args, **kwargs)
    return caught.value


@pytest.fixture
def item(year: County) -> ChecklistItem:
    made = filed(year, "农田")
    filed(year, "粮食购销", by=year.dangfeng, form=Form.CENTRALIZED, arrangement=arrange(year))
    issued(year)
    made.refresh_from_db()
    return made


def versions() -> list[tuple[int, str]]:
    return list(AnnualChecklist.objects.order_by("version").values_list("version", "step"))


def committee(cast: County, change: ChecklistItemChange, *, approved: bool = True, opinion: str = "同意") -> None:
    approval = Approval.objects.of(change).running().get()
    fields = {
        "kind": "change_approval",
        "approved": approved,
        "meeting_on": APR.date(),
        "attendance": "应到9人，实到9人",
    }
    resolve(approval, {**fields, "opinion": opinion}, by=cast.changweihui, at=APR)


def test_a_stationed_project_is_changed_by_the_deputy_secretary(year: County, item: ChecklistItem) -> None:
    change = actions.propose_change(
        item, ChangeKind.MODIFY, reason="范围扩大", values={"content": "管护和资金都查"}, by=year.nongye, at=APR
    )
    actions.submit_change(change, by=year.nongye, at=APR)
    sign_up(year, change, at=APR)

    item.refresh_from_db()
    assert (change.step, item.content, item.step) == (ChangeStep.APPLIED, "管护和资金都查", ItemStep.LISTED)
    assert versions() == [(1, ChecklistStep.SUPERSEDED), (2, ChecklistStep.PUBLISHED)]
    old, new = AnnualChecklist.objects.order_by("version")
    found = differences(old.content, new.content)
    assert found == {
        "added": [],
        "removed": [],
        "changed": [("农田", [("监督内容", "高标准农田管护责任是否落实到村", "管护和资金都查")])],
    }
    assert change.checklist == new
    assert Notice.objects.filter(recipient=year.dangfeng, sentence__contains="现为第2版").count() == 1


def test_the_old_version_keeps_its_words(year: County, item: ChecklistItem) -> None:
    change = actions.propose_change(
        item, ChangeKind.MODIFY, reason="更名", values={"title": "高标准农田"}, by=year.nongye, at=APR
    )
    actions.submit_change(change, by=year.nongye, at=APR)
    sign_up(year, change, at=APR)

    first = AnnualChecklist.objects.get(version=1)
    assert [row["title"] for row in first.content] == ["粮食购销", "农田"]


def test_a_centralized_project_also_needs_the_committee(year: County, item: ChecklistItem) -> None:
    central = ChecklistItem.objects.get(form=Form.CENTRALIZED)
    change = actions.propose_change(central, ChangeKind.WITHDRAW, reason="上级已统一检查", by=year.dangfeng, at=APR)
    actions.submit_change(change, by=year.dangfeng, at=APR)

    sign_up(year, change, at=APR)
    assert (change.step, versions()) == (ChangeStep.SUBMITTED, [(1, ChecklistStep.PUBLISHED)])

    committee(year, change)
    change.refresh_from_db()
    central.refresh_from_db()
    newest = AnnualChecklist.objects.get(version=2)
    assert (change.step, central.step) == (ChangeStep.APPLIED, ItemStep.WITHDRAWN)
    assert [row["title"] for row in newest.content] == ["农田"]
    assert newest.resolution == change.resolution


def test_the_committee_refuses_a_change(year: County, item: ChecklistItem) -> None:
    central = ChecklistItem.objects.get(form=Form.CENTRALIZED)
    change = actions.propose_change(central, ChangeKind.WITHDRAW, reason="上级已统一检查", by=year.dangfeng, at=APR)
    actions.submit_change(change, by=year.dangfeng, at=APR)
    sign_up(year, change, at=APR)

    committee(year, change, approved=False, opinion="继续做")

    change.refresh_from_db()
    assert (change.step, versions()) == (ChangeStep.RETURNED, [(1, ChecklistStep.PUBLISHED)])


def test_a_new_project_is_added_with_one_chain(year: County, item: ChecklistItem) -> None:
    new = draft(year, "秸秆禁烧")
    change = actions.propose_change(new, ChangeKind.ADD, reason="新部署", by=year.nongye, at=APR)
    actions.submit_change(change, by=year.nongye, at=APR)
    new.refresh_from_db()
    assert new.step == ItemStep.SUBMITTED

    sign_up(year, change, at=APR)

    new.refresh_from_db()
    assert new.step == ItemStep.LISTED
    newest = AnnualChecklist.objects.get(version=2)
    assert [row["title"] for row in newest.content] == ["粮食购销", "农田", "秸秆禁烧"]


def test_after_publication_a_project_goes_the_way_of_a_change(year: County, item: ChecklistItem) -> None:
    new = draft(year, "秸秆禁烧")

    said = refusal(actions.submit_item, new, by=year.nongye, at=APR)

    assert said.sentence == "2026年度清单已印发，新增项目请点“申请增列”，按动态更新层报审批。"


def test_a_set_matter_is_ratified_by_the_committee(year: County, item: ChecklistItem) -> None:
    new = actions.add_assigned_item(
        year.cso, YEAR, by=year.dangfeng, at=APR, assigned_by="cpc_secretary", assigned_on=date(2026, 4, 8),
        assigned_words="纪委要盯住春灌", title="春灌", focus_area="other", content="查水费",
        period_start=date(2026, 4, 10), period_end=date(2026, 6, 30),
    )  # fmt: skip
    change = actions.propose_change(new, ChangeKind.ADD, reason="县委书记点题", by=year.dangfeng, at=APR)
    actions.submit_change(change, by=year.dangfeng, at=APR)
    sign_up(year, change, at=APR)
    new.refresh_from_db()
    assert new.step == ItemStep.SUBMITTED

    committee(year, change)

    new.refresh_from_db()
    assert new.step == ItemStep.LISTED


def test_a_returned_addition_takes_its_project_back(year: County, item: ChecklistItem) -> None:
    new = draft(year, "秸秆禁烧")
    change = actions.propose_change(new, ChangeKind.ADD, reason="新部署", by=year.nongye, at=APR)
    approval = actions.submit_change(change, by=year.nongye, at=APR)

    decide(approval, "return", by=year.nongye_head, at=APR, note="先摸底")

    new.refresh_from_db()
    change.refresh_from_db()
    assert (new.step, change.step) == (ItemStep.RETURNED, ChangeStep.RETURNED)


def test_two_changes_of_one_project_do_not_run_together(year: County, item: ChecklistItem) -> None:
    actions.propose_change(item, ChangeKind.WITHDRAW, reason="合并", by=year.nongye, at=APR)

    said = refusal(actions.propose_change, item, ChangeKind.WITHDRAW, reason="再提", by=year.nongye, at=APR)

    assert said.sentence == "该项目另有一件调整正在办理（撤销），请等其办结后再提。"


def test_a_dropped_change_makes_way(year: County, item: ChecklistItem) -> None:
    first = actions.propose_change(item, ChangeKind.WITHDRAW, reason="合并", by=year.nongye, at=APR)
    actions.drop_change(first, by=year.nongye, at=APR, reason="不合并了")

    assert actions.propose_change(item, ChangeKind.WITHDRAW, reason="再提", by=year.nongye, at=APR).pk


@pytest.mark.parametrize(
    ("reason", "values", "words"),
    [(" ", {"content": "新"}, "请写明调整理由。"), ("无", {}, "调整后的内容与原内容相同，没有需要审批的变化。")],
)
def test_a_change_changes_something_for_a_reason(
    year: County, item: ChecklistItem, reason: str, values: dict, words: str
) -> None:
    said = refusal(
        actions.propose_change, item, ChangeKind.MODIFY, reason=reason, values=values, by=year.nongye, at=APR
    )

    assert said.sentence == words
    assert not ChecklistItemChange.objects.exists()


def test_before_publication_there_is_nothing_to_change(year: County) -> None:
    new = draft(year, "农田")

    said = refusal(
        actions.propose_change, new, ChangeKind.MODIFY, reason="早", values={"title": "x"}, by=year.nongye, at=APR
    )

    assert said.sentence == "2026年度清单还没有印发，不用走动态更新，请直接修改项目。"


def test_the_limit_of_three_binds_additions(year: County, item: ChecklistItem) -> None:
    for number in range(2):
        draft(year, f"再加{number}")

    assert refusal(draft, year, "第四个").article == "A6.1b"
