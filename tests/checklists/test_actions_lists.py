"""Compilation, order, recorded edits, the committee's decision, publication with its lock."""

from datetime import date

import pytest

from accounts.models import AppendOnly, Event, Notice, ScResolution
from accounts.workflow import Refused
from checklists import actions, publication
from checklists.models import AnnualChecklist, ChecklistItemChange
from checklists.publication import is_intact
from checklists.states import ChangeKind, ChecklistStep, Form, ItemStep
from tests.checklists.story import FEB, MAR, YEAR, arrange, decided, draft, filed, issued
from tests.factories import County

pytestmark = pytest.mark.django_db


def refusal(call, *args, **kwargs) -> Refused:
    with pytest.raises(Refused) as caught:
        call(*args, **kwargs)
    return caught.value


def titles(checklist: AnnualChecklist) -> list[str]:
    return [line.item.title for line in checklist.lines.select_related("item")]


@pytest.fixture
def compiling(year: County) -> AnnualChecklist:
    filed(year, "农田")
    filed(year, "营养餐", by=year.jiaoyu)
    filed(year, "粮食购销", by=year.dangfeng, form=Form.CENTRALIZED, arrangement=arrange(year))
    draft(year, "未报送")
    return actions.start_compilation(year.cso, YEAR, by=year.dangfeng, at=MAR)


def test_what_was_filed_is_taken_in_by_form_and_organ(compiling: AnnualChecklist) -> None:
    assert titles(compiling) == ["粮食购销", "农田", "营养餐"]


def test_only_the_office_compiles_and_only_once(year: County, compiling: AnnualChecklist) -> None:
    assert refusal(actions.start_compilation, year.cso, YEAR, by=year.nongye, at=MAR).article == "A6.1e"
    assert refusal(actions.start_compilation, year.cso, YEAR, by=year.dangfeng, at=MAR).sentence == (
        "2026年度政治监督重点项目清单（第1版）汇总中，不用重新汇总。"
    )


def test_late_filings_are_taken_in_at_the_end(year: County, compiling: AnnualChecklist) -> None:
    filed(year, "学校食堂", by=year.jiaoyu)

    assert actions.pull_filed(compiling, by=year.dangfeng, at=MAR) == 1
    assert actions.pull_filed(compiling, by=year.dangfeng, at=MAR) == 0
    assert titles(compiling)[-1] == "学校食堂"


def test_lines_move_one_place(year: County, compiling: AnnualChecklist) -> None:
    last = compiling.lines.get(seq=3).item

    actions.move_line(compiling, last, up=True, by=year.dangfeng)
    assert titles(compiling) == ["粮食购销", "营养餐", "农田"]

    actions.move_line(compiling, last, up=True, by=year.dangfeng)
    actions.move_line(compiling, last, up=True, by=year.dangfeng)
    assert titles(compiling) == ["营养餐", "粮食购销", "农田"]


def test_an_edit_keeps_old_words_new_words_and_reason(year: County, compiling: AnnualChecklist) -> None:
    item = compiling.lines.get(item__title="农田").item

    actions.edit_line(compiling, item, {"title": "高标准农田"}, reason="统一表述", by=year.dangfeng, at=MAR)

    change = ChecklistItemChange.objects.get()
    item.refresh_from_db()
    assert item.title == "高标准农田"
    assert (change.kind, change.old, change.new, change.reason) == (
        ChangeKind.COMPILE, {"title": "农田"}, {"title": "高标准农田"}, "统一表述",
    )  # fmt: skip
    assert Event.objects.of(item).last().note == "监督项目。理由：统一表述"
    assert Notice.objects.filter(recipient=year.nongye, sentence__contains="汇总时修改了").count() == 1


@pytest.mark.parametrize(
    ("values", "reason", "words"),
    [({"title": "新"}, " ", "请写明修改理由"), ({"title": "农田"}, "无", "内容没有变化")],
)
def test_an_edit_without_reason_or_change_is_refused(
    year: County, compiling: AnnualChecklist, values: dict, reason: str, words: str
) -> None:
    item = compiling.lines.get(item__title="农田").item

    said = refusal(actions.edit_line, compiling, item, values, reason=reason, by=year.dangfeng, at=MAR)

    assert said.sentence.startswith(words)
    assert not ChecklistItemChange.objects.exists()


def test_a_project_left_out_stays_filed(year: County, compiling: AnnualChecklist) -> None:
    item = compiling.lines.get(item__title="农田").item

    actions.drop_line(compiling, item, reason="与集中式合并", by=year.dangfeng, at=MAR)

    item.refresh_from_db()
    assert item.step == ItemStep.FILED
    assert list(compiling.lines.values_list("seq", "item__title")) == [(1, "粮食购销"), (2, "营养餐")]


def test_the_clerk_of_the_office_does_not_submit(year: County, compiling: AnnualChecklist) -> None:
    said = refusal(actions.submit_checklist, compiling, by=year.dangfeng, at=MAR)

    assert said.sentence == "您没有“提请县纪委常委会审批”的权限，请由有权限的人员办理。"


def test_an_empty_list_is_not_submitted(year: County) -> None:
    checklist = actions.start_compilation(year.cso, YEAR, by=year.dangfeng, at=MAR)

    assert refusal(actions.submit_checklist, checklist, by=year.dangfeng_head, at=MAR).article == "A6.1e"


def test_nothing_is_compiled_any_more_before_the_committee(year: County, compiling: AnnualChecklist) -> None:
    actions.submit_checklist(compiling, by=year.dangfeng_head, at=MAR)
    item = compiling.lines.first().item

    said = refusal(actions.edit_line, compiling, item, {"title": "改"}, reason="迟", by=year.dangfeng, at=MAR)

    assert said.article == "A6.1f"


def test_the_committee_sends_the_list_back_with_its_opinion(year: County, compiling: AnnualChecklist) -> None:
    actions.submit_checklist(compiling, by=year.dangfeng_head, at=MAR)

    actions.record_resolution(
        compiling, by=year.changweihui, at=MAR, approved=False, meeting_on=date(2026, 3, 18), opinion="补充民生项目"
    )

    compiling.refresh_from_db()
    assert (compiling.step, compiling.resolution.approved) == (ChecklistStep.COMPILING, False)
    actions.submit_checklist(compiling, by=year.dangfeng_head, at=MAR)
    compiling.refresh_from_db()
    assert (compiling.step, compiling.resolution) == (ChecklistStep.SUBMITTED, None)
    assert refusal(actions.publish, compiling, by=year.dangfeng_head, at=MAR).article == "A6.1f"


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"approved": False, "meeting_on": date(2026, 3, 18)}, "未通过的，请写明会议意见"),
        ({"approved": True, "meeting_on": date(2026, 3, 21)}, "会议日期不能晚于今天"),
    ],
)
def test_a_decision_is_recorded_in_full(year: County, compiling: AnnualChecklist, fields: dict, words: str) -> None:
    actions.submit_checklist(compiling, by=year.dangfeng_head, at=MAR)

    said = refusal(actions.record_resolution, compiling, by=year.changweihui, at=MAR, **fields)

    assert said.sentence.startswith(words)
    assert ScResolution.objects.filter(kind="list_approval").count() == 0


def test_only_the_secretary_records_the_decision(year: County, compiling: AnnualChecklist) -> None:
    actions.submit_checklist(compiling, by=year.dangfeng_head, at=MAR)

    said = refusal(
        actions.record_resolution, compiling, by=year.dangfeng_head, at=MAR, approved=True, meeting_on=date(2026, 3, 18)
    )

    assert "没有“登记常委会通过”的权限" in said.sentence


def test_publication_freezes_the_rows(year: County) -> None:
    item = filed(year, "农田", units=[year.units["县农业农村局"]], frequency="每季度1次", basis_kinds=["daily"])
    made = issued(year)

    assert made.content == [
        {
            "item": item.pk, "seq": 1, "form": "驻点式", "focus_area": "路线方针政策和重大决策部署", "title": "农田",
            "content": "高标准农田管护责任是否落实到村", "basis": "日常监督发现的突出问题",
            "period": "2026-03-01至2026-11-30，每季度1次", "lead_organ": "驻县农业农村局纪检监察组", "participants": "",
            "units": "县农业农村局", "assisting_member": "钱协", "deputy_secretary": "高副", "due_on": "", "remark": "",
        }
    ]  # fmt: skip
    item.refresh_from_db()
    assert (item.step, made.published_by, made.published_at) == (ItemStep.LISTED, year.dangfeng_head, MAR)
    assert is_intact(AnnualChecklist.objects.get(pk=made.pk))


def test_a_touched_row_is_seen_by_its_digest(year: County) -> None:
    filed(year, "农田")
    made = issued(year)
    made.content[0]["title"] = "别的"

    assert not is_intact(made)


def test_listeners_are_called_inside_the_publication(year: County, monkeypatch: pytest.MonkeyPatch) -> None:
    heard: list = []
    monkeypatch.setattr(publication, "LISTENERS", [lambda *args: heard.append(args)])
    filed(year, "农田")

    made = issued(year)

    assert heard == [(made, year.dangfeng_head, MAR)]


def test_a_listener_that_fails_leaves_the_list_unissued(year: County, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*args: object) -> None:
        raise RuntimeError("台账没有建成")

    monkeypatch.setattr(publication, "LISTENERS", [fail])
    item = filed(year, "农田")
    checklist = decided(year)

    with pytest.raises(RuntimeError):
        actions.publish(checklist, by=year.dangfeng_head, at=MAR)

    checklist.refresh_from_db()
    item.refresh_from_db()
    assert (checklist.step, checklist.content, item.step) == (ChecklistStep.SUBMITTED, [], ItemStep.FILED)


def test_it_is_issued_once(year: County) -> None:
    filed(year, "农田")
    made = issued(year)

    said = refusal(actions.publish, made, by=year.dangfeng_head, at=MAR)

    assert said.sentence == "“2026年度政治监督重点项目清单（第1版）”当前为“已印发”，不能印发清单。"


def test_everybody_who_works_in_the_county_is_told(year: County) -> None:
    filed(year, "农田")
    issued(year)

    told = set(
        Notice.objects.filter(sentence__contains="已印发，共1个监督项目").values_list("recipient__username", flat=True)
    )
    assert {"nongye", "nongye_head", "liuhe", "jiaoyu", "dangfeng"} <= told
    assert not told & {"sysadmin", "fenguan"}


def test_what_happened_is_never_rewritten(year: County) -> None:
    filed(year, "农田")
    issued(year)

    with pytest.raises(AppendOnly):
        Event.objects.all().delete()


def test_the_report_to_the_county_committee_is_a_note(year: County) -> None:
    filed(year, "农田")
    made = issued(year)

    actions.report_to_county_committee(
        made, by=year.dangfeng, at=MAR, reported_on=date(2026, 3, 20), doc_no="濮县纪〔2026〕3号"
    )

    made.refresh_from_db()
    assert (made.report_to_cpc, made.reported_on, made.report_doc_no) == (True, date(2026, 3, 20), "濮县纪〔2026〕3号")
    assert refusal(
        actions.report_to_county_committee, made, by=year.nongye, at=FEB, reported_on=date(2026, 2, 1)
    ).article == "A6.1g"  # fmt: skip
