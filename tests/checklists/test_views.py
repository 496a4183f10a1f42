"""The pages: what a person sees, what a form keeps, what a refusal says, and that lists cost the same for 1 and 3 rows."""

from collections.abc import Iterator
from io import BytesIO

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from accounts.models import AccessLog, Approval, User
from checklists import actions
from checklists.models import AnnualChecklist, AnnualPoints, ChecklistItem, ChecklistItemChange, InstructionItem
from checklists.states import ChangeKind, Form, ItemStep
from tests.checklists.story import APR, FEB, MAR, YEAR, arrange, draft, filed, issued
from tests.factories import County

pytestmark = pytest.mark.django_db
DRAFT = {
    "form": "stationed", "year": "2026", "title": "农机补贴监督", "focus_area": "power_operation", "content": "查补贴发放",
    "period_start": "2026-03-01", "period_end": "2026-10-31", "linkage_mode": "none",
}  # fmt: skip


@pytest.fixture(autouse=True)
def world() -> Iterator[None]:
    with time_machine.travel(FEB, tick=False):
        yield


def as_(user: User) -> Client:
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def page(user: User, path: str, status: int = 200) -> str:
    answer = as_(user).get(path)
    assert answer.status_code == status
    return answer.content.decode()


def said(answer) -> str:
    """The message shown after the redirect."""
    assert answer.status_code == 302, answer.content.decode()[:2000]
    return answer.client.get(answer.url).content.decode()


# --- the year ---


def test_before_the_points_the_office_is_led_to_them(cast: County) -> None:
    assert "起草要点" in page(cast.dangfeng, "/checklists/?year=2026")
    assert "党风政风监督室还没有印发本年度要点" in page(cast.nongye, "/checklists/?year=2026")


def test_a_group_that_has_not_proposed_is_warned(year: County) -> None:
    shown = page(year.nongye, "/checklists/?year=2026")

    assert "本组还没有驻点式监督项目，每年须确定1至3项" in shown
    assert "/checklists/items/new/?year=2026&amp;form=stationed" in shown


def test_a_full_group_sees_why_it_may_not_add(year: County) -> None:
    for number in range(3):
        draft(year, f"项目{number}")

    shown = page(year.nongye, "/checklists/?year=2026")

    assert "已有3个驻点式监督项目" in shown
    assert "/checklists/items/new/?year=2026&amp;form=stationed" not in shown


def test_the_office_sees_who_has_not_filed(year: County) -> None:
    filed(year)
    item = draft(year, "食堂", by=year.jiaoyu)
    actions.submit_item(item, by=year.jiaoyu, at=FEB)

    shown = page(year.dangfeng, "/checklists/?year=2026")

    assert "已报送1项" in shown
    assert "审批中，在单位负责人孙立" in shown
    assert "1/2个派驻组已报送" in shown


def test_points_are_drafted_and_issued_on_the_page(cast: County) -> None:
    data = {
        "title": "2026年度政治监督要点", "basis": "全会部署", "proposals_due_on": "2026-03-31",
        "rows-TOTAL_FORMS": "2", "rows-INITIAL_FORMS": "0",
        "rows-0-focus_area": "major_decisions", "rows-0-text": "粮食安全", "rows-1-focus_area": "other", "rows-1-text": " ",
    }  # fmt: skip

    assert "共1条" in said(as_(cast.dangfeng).post("/checklists/points/edit/?year=2026", data))
    assert "已印发" in said(as_(cast.dangfeng_head).post("/checklists/points/publish/?year=2026"))

    assert list(AnnualPoints.objects.get().rows.values_list("text", flat=True)) == ["粮食安全"]
    assert "粮食安全" in page(cast.nongye, "/checklists/points/?year=2026")


# --- a project ---


def test_a_project_is_drafted_and_sent_up(year: County) -> None:
    client = as_(year.nongye)

    assert "已存为草稿" in said(client.post("/checklists/items/new/", DRAFT))
    item = ChecklistItem.objects.get()
    assert "已送单位负责人签批" in said(client.post(f"/checklists/items/{item.pk}/act/", {"verb": "submit"}))

    item.refresh_from_db()
    assert (item.title, item.step, item.lead_organ) == ("农机补贴监督", ItemStep.SUBMITTED, year.agri)


def test_what_is_lacking_is_said_beside_the_button_and_at_submission(year: County) -> None:
    client = as_(year.nongye)
    item = draft(year, content="")

    shown = client.get(f"/checklists/items/{item.pk}/").content.decode()
    assert "还没有写监督内容。请写明监督什么、怎么监督，再报送。" in shown
    assert "disabled" in shown
    refused = said(client.post(f"/checklists/items/{item.pk}/act/", {"verb": "submit"}))
    assert "还没有写监督内容" in refused
    assert "依据第六条第（一）项" in refused


def test_a_wrong_form_entry_loses_nothing(year: County) -> None:
    answer = as_(year.nongye).post("/checklists/items/new/", {**DRAFT, "period_end": "2026-02-01", "title": "还在"})

    shown = answer.content.decode()
    assert answer.status_code == 422
    assert "结束日期不能早于开始日期。" in shown
    assert 'value="还在"' in shown
    assert not ChecklistItem.objects.exists()


@pytest.mark.parametrize("gap", ["content", "period_start", "period_end"])
def test_content_and_period_are_asked_for(year: County, gap: str) -> None:
    answer = as_(year.nongye).post("/checklists/items/new/", {**DRAFT, gap: ""})

    assert answer.status_code == 422
    assert f'href="#id_{gap}"' in answer.content.decode()


def test_the_fourth_is_refused_on_the_form(year: County) -> None:
    for number in range(3):
        draft(year, f"项目{number}")

    answer = as_(year.nongye).post("/checklists/items/new/", DRAFT)

    assert answer.status_code == 422
    assert "每年确定1至3个，不能再增加" in answer.content.decode()
    assert ChecklistItem.objects.count() == 3


@pytest.mark.parametrize(
    ("query", "organ", "words"),
    [
        ("form=stationed", "驻县农业农村局纪检监察组", "由确定项目的驻县农业农村局纪检监察组自己牵头"),
        ("form=key", "待定", "请先选牵头部门（单位）"),
        ("form=key&is_multi_area=on", "党风政风监督室", "涉及多个地区、部门（单位）、领域的，由党风政风监督室牵头"),
    ],
)
def test_the_lead_is_explained_while_the_form_is_filled(year: County, query: str, organ: str, words: str) -> None:
    shown = page(year.nongye, f"/checklists/items/lead/?{query}&year=2026")

    assert f"<strong>牵头单位：</strong>{organ}" in shown
    assert words in shown
    assert "县纪委常委会" in shown


def test_the_lead_department_decides_the_lead(year: County) -> None:
    school = year.units["县教育局"]

    shown = page(year.nongye, f"/checklists/items/lead/?form=key&lead_department={school.pk}&year=2026")

    assert "<strong>牵头单位：</strong>驻县教育局纪检监察组" in shown


def test_another_lead_without_reason_is_explained_at_the_field(year: County) -> None:
    data = {**DRAFT, "form": "key", "lead_department": year.units["县教育局"].pk, "lead_organ": year.agri.pk}
    client = as_(year.nongye)

    refused = client.post("/checklists/items/new/", data)
    assert refused.status_code == 422
    assert "如确需由驻县农业农村局纪检监察组牵头，请写明另定牵头单位的理由。" in refused.content.decode()

    client.post("/checklists/items/new/", {**data, "lead_override_reason": "以涉农资金为主"})
    item = ChecklistItem.objects.get()
    assert (item.lead_organ, item.lead_override_reason) == (year.agri, "以涉农资金为主")


def test_a_set_matter_asks_who_when_and_in_what_words(year: County) -> None:
    data = {**DRAFT, "form": "assigned"}
    client = as_(year.dangfeng)

    assert client.post("/checklists/items/new/", data).status_code == 422
    client.post("/checklists/items/new/", {
        **data, "assigned_by": "cpc_secretary", "assigned_on": "2026-02-11", "assigned_words": "盯住补贴",
    })  # fmt: skip

    item = ChecklistItem.objects.get()
    assert (item.form, item.assigned_by, item.assigned_words, item.lead_organ) == (
        Form.ASSIGNED, "cpc_secretary", "盯住补贴", year.cso,
    )  # fmt: skip


def test_a_group_does_not_reach_anothers_draft(year: County) -> None:
    item = draft(year)

    page(year.jiaoyu, f"/checklists/items/{item.pk}/", 404)
    page(year.jiaoyu, f"/checklists/items/{item.pk}/edit/", 404)
    assert as_(year.jiaoyu).post(f"/checklists/items/{item.pk}/act/", {"verb": "submit"}).status_code == 404


def test_an_organ_that_joins_reads_the_listed_project(year: County) -> None:
    item = filed(year, participants=[year.town])
    page(year.liuhe, f"/checklists/items/{item.pk}/", 404)
    issued(year)

    assert "高标准农田监督" in page(year.liuhe, f"/checklists/items/{item.pk}/")
    page(year.jiaoyu, f"/checklists/items/{item.pk}/", 404)


def test_a_reason_of_return_stands_above_the_form(year: County) -> None:
    item = draft(year)
    actions.submit_item(item, by=year.nongye, at=FEB)
    client = as_(year.nongye_head)
    paper = Approval.objects.get()
    client.post(f"/approvals/{paper.pk}/sign/", {"decision": "return", "note": "监督内容太宽"})
    item.refresh_from_db()

    assert item.step == ItemStep.RETURNED
    assert "王建国退回：监督内容太宽" in page(year.nongye, f"/checklists/items/{item.pk}/edit/")


def test_the_signer_reads_the_paper_as_submitted(year: County) -> None:
    item = draft(year)
    approval = actions.submit_item(item, by=year.nongye, at=FEB)

    shown = page(year.nongye_head, f"/approvals/{approval.pk}/")

    assert '<article class="paper"><h2>高标准农田监督</h2>' in shown
    assert "高标准农田管护责任是否落实到村" in shown


def test_an_unknown_verb_is_a_sentence(year: County) -> None:
    item = draft(year)

    assert "没有认出要办的事" in said(as_(year.nongye).post(f"/checklists/items/{item.pk}/act/", {"verb": "x"}))


def test_milestones_are_set_on_their_page(year: County) -> None:
    item = draft(year)
    data = {"rows-TOTAL_FORMS": "2", "rows-INITIAL_FORMS": "0", "rows-0-text": "自查", "rows-0-due_on": "2026-04-30",
            "rows-1-text": "缺日期", "rows-1-due_on": ""}  # fmt: skip
    client, path = as_(year.nongye), f"/checklists/items/{item.pk}/milestones/"

    refused = client.post(path, data)
    assert refused.status_code == 422
    assert "请填写时间节点。" in refused.content.decode()

    assert "共1个" in said(client.post(path, {**data, "rows-1-text": ""}))
    assert list(item.milestones.values_list("text", flat=True)) == ["自查"]


# --- lists of rows ---


def queries(user: User, path: str) -> int:
    client = as_(user)
    client.get(path)
    with CaptureQueriesContext(
        connection,
    ) as seen:
        assert client.get(path).status_code == 200
    return len(seen)


@pytest.mark.parametrize("path", ["/checklists/items/?year=2026", "/checklists/?year=2026"])
def test_lists_cost_the_same_for_one_and_three_rows(year: County, path: str) -> None:
    draft(year, "一", form=Form.KEY, lead_department=year.units["县农业农村局"])
    one = queries(year.nongye, path)
    for number in range(2):
        draft(year, f"再{number}", form=Form.KEY, lead_department=year.units["县农业农村局"])

    assert queries(year.nongye, path) == one


def test_the_export_carries_the_filter_and_leaves_a_trace(year: County) -> None:
    draft(year, "农田")
    draft(year, "补贴")

    answer = as_(year.nongye).get("/checklists/items/?q=补贴&format=xlsx")

    sheet = load_workbook(BytesIO(answer.content)).active
    rows = list(sheet.iter_rows(min_row=2, values_only=True))
    assert rows[0][:5] == ("年度", "监督形式", "聚焦方面", "监督项目", "监督内容")
    assert [row[3] for row in rows[1:]] == ["补贴"]
    assert AccessLog.objects.filter(action="export", user=year.nongye).count() == 1


# --- the list ---


def test_the_office_compiles_submits_and_issues_on_the_pages(year: County) -> None:
    item = filed(year, "农田")
    clerk, head, secretary = as_(year.dangfeng), as_(year.dangfeng_head), as_(year.changweihui)
    act = "/checklists/compile/act/?year=2026"
    assert "1个派驻组还没有报送" in page(year.dangfeng, "/checklists/compile/?year=2026")

    clerk.post(act, {"verb": "start"})
    assert "请写明不列入的理由" in said(clerk.post(f"/checklists/compile/{item.pk}/drop/", {"reason": " "}))
    clerk.post(f"/checklists/compile/{item.pk}/move/", {"to": "up"})
    assert "已提请县纪委常委会" in said(head.post(act, {"verb": "submit"}))
    assert "县纪委常委会还没有审议通过本清单" in said(head.post(act, {"verb": "publish"}))
    secretary.post("/checklists/resolution/", {"approved": "1", "meeting_on": "2026-02-11"})
    assert "已印发" in said(head.post(act, {"verb": "publish"}))

    assert AnnualChecklist.objects.get().content[0]["title"] == "农田"
    shown = page(year.liuhe, "/checklists/list/?year=2026")
    assert "农田" in shown
    assert "2026年2月11日（周三）县纪委常委会审批" in shown


def test_an_edit_while_compiling_shows_old_and_new(year: County) -> None:
    item = filed(year, "农田")
    actions.start_compilation(year.cso, YEAR, by=year.dangfeng, at=MAR)
    data = {"title": "高标准农田", "focus_area": item.focus_area, "content": item.content, "reason": "统一表述",
            "period_start": "2026-03-01", "period_end": "2026-11-30"}  # fmt: skip

    answer = as_(year.dangfeng).post(f"/checklists/compile/{item.pk}/edit/", data)

    shown = said(answer)
    assert "<del>农田</del> <ins>高标准农田</ins>" in shown
    assert "理由：统一表述" in shown


def test_the_list_is_one_table_per_form(year: County) -> None:
    filed(year, "农田")
    filed(year, "粮食购销", by=year.dangfeng, form=Form.CENTRALIZED, arrangement=arrange(year))
    issued(year)

    book = load_workbook(BytesIO(as_(year.nongye).get("/checklists/list/?year=2026&format=xlsx").content))

    assert book.sheetnames == ["集中式", "驻点式"]
    heads = [cell.value for cell in book["驻点式"][3]]
    assert heads == [
        "序号", "监督形式", "聚焦方面", "监督项目", "监督内容", "依据/来源", "监督周期", "牵头单位", "配合单位", "被监督单位",
        "协管常委、委员", "分管副书记", "完成时限", "备注",
    ]  # fmt: skip


def test_a_change_is_drafted_with_its_differences(year: County) -> None:
    item = filed(year, "农田")
    issued(year)
    data = {"kind": "modify", "title": "农田", "focus_area": item.focus_area, "content": "连资金一起查", "reason": "扩大",
            "period_start": "2026-03-01", "period_end": "2026-11-30"}  # fmt: skip

    with time_machine.travel(APR, tick=False):
        shown = said(as_(year.nongye).post(f"/checklists/items/{item.pk}/change/?kind=modify", data))

    change = ChecklistItemChange.objects.get()
    assert (change.kind, change.new["content"]) == (ChangeKind.MODIFY, "连资金一起查")
    assert "改动1处" in shown
    assert "<ins>连资金一起查</ins>" in shown


def test_instructions_are_entered_followed_and_exported(cast: County) -> None:
    client = as_(cast.nongye)
    data = {"organ": cast.agri.pk, "title": "农田管护", "source_doc": "省委", "received_on": "2026-02-01",
            "responsible_unit": cast.units["县农业农村局"].pk, "measures": "逐乡排查", "due_on": "2026-02-11"}  # fmt: skip

    client.post("/checklists/instructions/new/", data)
    item = InstructionItem.objects.get()
    act = f"/checklists/instructions/{item.pk}/act/"
    assert "进展已登记" in said(client.post(act, {"verb": "progress", "day": "2026-02-12", "text": "过半"}))
    assert "请填写日期" in said(client.post(act, {"verb": "progress", "day": "昨天", "text": "x"}))
    assert "已逾期1天" in page(cast.nongye, "/checklists/instructions/")

    sheet = load_workbook(BytesIO(client.get("/checklists/instructions/?format=xlsx").content)).active
    rows = list(sheet.iter_rows(min_row=2, values_only=True))
    assert [(row[0], row[1], row[8]) for row in rows[1:]] == [(1, "农田管护", "过半")]


def test_the_office_keeps_the_vocabularies(cast: County) -> None:
    client = as_(cast.dangfeng)

    client.post("/checklists/vocabulary/", {"kind": "method", "name": "延伸走访", "basis": "党内监督条例"})
    client.post("/checklists/vocabulary/", {"kind": "topic", "name": "秸秆禁烧"})

    shown = page(cast.nongye, "/checklists/vocabulary/")
    assert "延伸走访" in shown
    assert "秸秆禁烧" in shown
    assert as_(cast.nongye).post("/checklists/vocabulary/", {"kind": "topic", "name": "x"}).status_code == 404


@pytest.mark.parametrize(
    "path",
    [
        f"/checklists/items/lead/?form=key&lead_department={'9' * 5000}",
        "/checklists/items/?year=99999999999999999999",
        "/checklists/items/?after=%00",
        "/checklists/items/lead/?form=key&lead_department=²",
        "/checklists/items/lead/?form=key&lead_department=99999999999999999999",
        "/checklists/list/?year=2026&version=²",
    ],
)
def test_a_broken_address_is_no_error(year: County, path: str) -> None:
    page(year.nongye, path)


@pytest.mark.parametrize(
    ("query", "status"),
    [("items/?organ=x", 404), ("items/?form=y", 422), ("items/?year=abc", 422), ("instructions/?q=%00", 422)],
)
def test_a_filter_that_cannot_be_read_is_named(year: County, query: str, status: int) -> None:
    page(year.nongye, f"/checklists/{query}", status)


def test_a_broken_entry_is_no_error(year: County) -> None:
    office = as_(year.dangfeng)

    assert office.post("/checklists/points/edit/?year=2027", {"title": "x"}).status_code == 422
    assert office.post("/checklists/vocabulary/toggle/", {"kind": "method", "id": "²"}).status_code == 302
    assert office.post("/checklists/vocabulary/toggle/", {"kind": "method", "id": "9" * 18}).status_code == 404
    assert as_(year.nongye).post("/checklists/items/new/", {**DRAFT, "units": ["x", "9" * 30]}).status_code == 422
    assert as_(year.nongye).get("/checklists/items/99999999999999999999999/").status_code == 404
