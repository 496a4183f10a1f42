"""A round of 集中式 supervision from its training to its last closing, walked by hand through the pages alone (A9)."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect
from pypdf import PdfReader

from checklists.models import ChecklistItem, Method
from checklists.states import Form, LinkageMode
from supervision.models import Problem
from tests.browser.desks import Desks, desks, fill, press, tick_all, unfold
from tests.browser.soundness import sound
from tests.factories import County, county, moment
from tests.samples import PNG
from tests.supervision.rounds import listed

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
TITLE = "高标准农田建设管护情况专项监督"
FIELDS, TOWN = "县农业农村局", "柳河镇人民政府"
WELLS = "机井无人管护：抽查12处机井，5处没有管护人。"
FEES = "管护资金拨付滞后6个月"
ROADS = "机耕路损毁未修复"
OPINION = "责成限期整改，举一反三。"
PARTS = ("goals", "focus", "division", "coordination", "supervision", "summary")


@pytest.fixture
def cast() -> County:
    return county()


@pytest.fixture
def office(
    browser: Browser, browser_context_args: dict[str, Any], live_server: Any, settings: Any, cast: County
) -> Iterator[Desks]:
    """The county's desks on the morning of 2 March 2026; what a console complains about fails the journey."""
    with desks(browser, browser_context_args, live_server, settings, moment(2026, 3, 2, 8, 30)) as opened:
        yield opened
    assert opened.complaints == []


@pytest.fixture
def project(cast: County) -> ChecklistItem:
    """The listed project: two units, two organs beside 党风政风监督室."""
    Method.objects.get_or_create(code="site_visit", defaults={"name": "实地走访", "basis": "A8"})
    item = listed(cast, lead=cast.cso, by=cast.dangfeng, title=TITLE, form=Form.CENTRALIZED, linkage_mode=LinkageMode.ROOM_GROUP_LOCAL)  # fmt: skip
    item.units.set([cast.units[FIELDS], cast.units[TOWN]])
    item.participants.set([cast.agri, cast.town])
    return item


def test_a_round_from_its_training_to_its_last_closing(office: Desks, project: ChecklistItem) -> None:
    prepare(office)
    plan_goes_up_twice(office)
    inspect(office)
    report_goes_up(office)
    late_before_the_committee(office)
    ways_and_feedback(office)
    notice_with_a_gap(office)
    extended_and_returned(office)
    the_others_close(office)
    rebound(office)
    the_round_ends(office)
    dossier_in_order(office)


def at_round(office: Desks, username: str, step: str = "") -> Page:
    """The page of the round: each person finds it in the list once, and keeps its address."""
    known = office.places.get(username)
    page = office.of(username, known or "/rounds/")
    if not known:
        page.get_by_role("link", name=f"{TITLE}（第1轮）").click()
        page.wait_for_url("**/rounds/*/")
        office.places[username] = page.url
    if step:
        page.locator(".stages").get_by_role("link", name=step).click()
    return page


# --- 1-3: training, teams, plan ---


def prepare(office: Desks) -> None:
    """The round is opened from the project; training; two teams, each member declares."""
    clerk = office.of("dangfeng", "/rounds/")
    clerk.get_by_text("从清单项目开始一轮监督").click()
    clerk.get_by_role("link", name="筹备一轮").click()
    fill(clerk, id_start_planned_on="2026-03-04", id_end_planned_on="2026-03-20", id_scale="全县性")
    press(clerk, "开始筹备", "已开始筹备")
    expect(clerk.locator(".round-body")).to_contain_text("还没有登记学习培训")

    clerk.get_by_role("link", name="登记学习培训").click()
    fill(clerk, id_topic="高标准农田政策", id_lecturer="韩冬", id_lecturer_kind="行业专家", id_attendee_count="12")
    press(clerk, "登记培训", "已登记")
    for name, unit, people in (("第一检查组", FIELDS, ("周明，党风政风监督室", "李青，驻县农业农村局纪检监察组")),
                               ("第二检查组", TOWN, ("陈田，柳河镇纪委", "丁一，县审计局"))):  # fmt: skip
        clerk.locator(".stages").get_by_role("link", name="组建力量").click()
        clerk.get_by_role("link", name="组建检查组").click()
        fill(clerk, id_name=name, id_leader=people[0], id_members=people[1])
        clerk.get_by_label(unit).check()
        press(clerk, "保存检查组", "请成员逐人作回避声明")
    expect(clerk.locator(".round-body")).to_contain_text("还没有作回避声明")
    for left in (3, 2, 1, 0):
        clerk.locator("details[open] .declaration").first.get_by_role("button", name="登记").click()
        expect(clerk.get_by_text("未作回避声明")).to_have_count(left)
    expect(clerk.locator(".round-body")).not_to_contain_text("未作回避声明")


def plan_goes_up_twice(office: Desks) -> None:
    """In the commission's name: returned by the head, resubmitted, head, AM, DS and the committee."""
    clerk = at_round(office, "dangfeng")
    clerk.get_by_role("link", name="起草方案").click()
    fill(clerk, **{f"id_{name}": f"{name}：查清管护责任、资金和台账" for name in PARTS}, id_in_name_of_commission=True)
    press(clerk, "保存方案", "方案第1版已保存")
    press(clerk, "层报审批", "方案已送")
    office.sign("dangfeng_head", returned="请写明每周调度")
    clerk = at_round(office, "dangfeng", "制定方案")
    expect(clerk.locator(".round-body")).to_contain_text("请写明每周调度")
    clerk.get_by_role("link", name="修改方案").click()
    fill(clerk, id_supervision="每周调度一次，重大问题随时报告")
    press(clerk, "保存方案")
    press(clerk, "层报审批", "方案已送")
    office.day(moment(2026, 3, 3))
    office.sign("dangfeng_head", "xieguan1", "fenguan")
    secretary = office.of("changweihui")
    secretary.get_by_role("link", name="阅签").first.click()
    secretary.get_by_label("通过", exact=True).check()
    fill(secretary, id_opinion="同意", id_attendance="应到9人，实到9人")
    press(secretary, "登记常委会决定", "已批准")


# --- 4-5: inspection, correction ---


def inspect(office: Desks) -> None:
    """Begun, logged, a paper that another confirms, two problems by hand, a reminder, ended."""
    office.day(moment(2026, 3, 4))
    clerk = at_round(office, "dangfeng")
    press(clerk, "启动监督检查", "监督检查已启动")
    for username, unit in (("nongye", FIELDS), ("liuhe", TOWN)):
        page = at_round(office, username)
        page.get_by_role("link", name="登记检查活动").click()
        fill(page, id_unit=unit, id_method="实地走访", id_findings="三处机井没有管护人", id_participants="李青、丁一")
        press(page, "登记活动", "已登记")
    paper(office)
    for username, unit, text in (("nongye", FIELDS, FEES), ("liuhe", TOWN, ROADS)):
        page = at_round(office, username)
        page.get_by_role("link", name="直接登记问题").click()
        fill(page, id_unit=unit, id_description=text, id_suggestion="限期整改到位")
        press(page, "保存问题", "已登记问题")
    office.day(moment(2026, 3, 6))
    remind(office)
    office.day(moment(2026, 3, 20, 16))
    clerk = at_round(office, "dangfeng", "监督检查")
    sound(clerk)
    press(clerk, "结束检查，形成报告", "检查已结束")


def paper(office: Desks) -> None:
    """底稿: facts by one, confirmed by another, a problem at once."""
    author = at_round(office, "nongye")
    author.get_by_role("link", name="起草问题底稿").click()
    fill(author, id_unit=FIELDS, id_title="机井无人管护", id_facts=WELLS, id_sample_count="12", id_failed_count="5")
    press(author, "保存底稿", "已登记")
    author.get_by_role("link", name="机井无人管护").click()
    press(author, "送复核", "底稿已送复核")
    reviewer = at_round(office, "nongye_head")
    reviewer.get_by_role("link", name="机井无人管护").click()
    fill(reviewer, note="已核对照片和台账，属实")
    press(reviewer, "认定为问题", "已复核认定")


def remind(office: Desks) -> None:
    """纠偏提醒 from the step of the round that asks for it."""
    clerk = at_round(office, "nongye", "纠偏提醒")
    clerk.get_by_role("listitem").filter(has_text="机井").get_by_role("link", name="登记提醒").click()
    fill(clerk, id_kind="约谈提醒", id_given_by="李青", id_response="立即落实管护人")
    press(clerk, "登记提醒", "已登记约谈提醒")


# --- 6-7: report, ten days, disposal ---


def report_goes_up(office: Desks) -> None:
    """Drafted from the records, edited, each team assessed, signed by head, AM, DS."""
    office.day(moment(2026, 3, 23))
    clerk = at_round(office, "dangfeng")
    clerk.get_by_role("link", name="起草监督检查情况报告").click()
    press(clerk, "生成初稿", "已按台账、检查记录和问题生成初稿")
    fill(clerk, id_advice_text="一、落实机井管护人。二、补拨管护资金。三、修复机耕路。")
    press(clerk, "保存报告", "已保存报告")
    sound(clerk)
    clerk.get_by_role("link", name="打开评价").click()
    for unit in (FIELDS, TOWN):
        clerk.get_by_role("link", name="撰写评价").first.click()
        fill(clerk, id_unit=unit, id_about="领导班子", id_conclusion="班子总体担当，抓落实不够细。")
        press(clerk, "保存评价", "已保存评价")
    clerk = at_round(office, "dangfeng")
    clerk.get_by_role("link", name="继续办理报告").click()
    press(clerk, "层报审批", "已送本单位负责人签批")
    office.sign("dangfeng_head", "xieguan1", "fenguan")


def late_before_the_committee(office: Desks) -> None:
    """Signed on 23 March, due on 2 April, brought on the 7th: refused without a reason; then studied."""
    office.day(moment(2026, 4, 7))
    clerk = at_round(office, "dangfeng")
    expect(clerk.locator(".round-body")).to_contain_text("2026年4月2日")
    expect(clerk.locator(".round-body")).to_contain_text("已逾期5天")
    clerk.get_by_role("link", name="登记提交").click()
    press(clerk, "登记提交，送常委会秘书")
    expect(clerk.locator("main")).to_contain_text("请写明逾期原因")
    fill(clerk, id_late_reason="清明假期前后常委会未召开")
    press(clerk, "登记提交，送常委会秘书", "已登记提交县纪委常委会")
    sound(clerk)
    office.day(moment(2026, 4, 9))
    secretary = office.of("changweihui")
    secretary.get_by_role("link", name="登记研判意见").first.click()
    fill(secretary, id_opinion=OPINION)
    press(secretary, "登记研判意见", "研判意见已登记")


def ways_and_feedback(office: Desks) -> None:
    """A way and a term for each problem, each unit told, on to rectification."""
    office.day(moment(2026, 4, 10))
    clerk = at_round(office, "dangfeng")
    expect(clerk.locator(".round-body")).to_contain_text(OPINION)
    expect(clerk.locator(".round-body")).to_contain_text("逾期原因：清明假期前后常委会未召开")
    clerk.get_by_role("link", name="逐个定处置方式、登记反馈").click()
    tick_all(clerk, 3, "选择问题")
    clerk.locator("#route_rectify").check()
    fill(clerk, route_due_on="2026-04-30")
    press(clerk, "确定处置方式", "已确定3个问题的处置方式")
    for name in ("张局长", "刘镇长"):
        clerk.get_by_role("link", name="登记反馈").first.click()
        clerk.get_by_label("接收人").fill(name)
        press(clerk, "登记反馈", "已登记向")
    sound(clerk)
    press(clerk, "完成分类处置", "分类处置已完成")
    clerk = at_round(office, "dangfeng", "研判处置")
    press(clerk, "转入整改跟踪", "已转入整改跟踪")


# --- 8: letter, rectification, second look ---


def notice_with_a_gap(office: Desks) -> None:
    """整改通知书 from the round; signed, numbered, issued, served; one point left out is seen and supplemented."""
    office.day(moment(2026, 4, 13))
    clerk = at_round(office, "nongye")
    sound(clerk)
    clerk.get_by_role("link", name="起草文书").click()
    clerk.get_by_role("link", name="整改通知书").click()
    for label in ("监督检查依据", "整改要求", "建立整改台账要求", "报告时间和方式", "逾期后果"):
        clerk.get_by_role("textbox", name=label, exact=True).fill(f"{label}的文字")
    fill(clerk, id_due_on="2026-04-30", id_reply_due_on="2026-04-24")
    press(clerk, "保存草稿")
    press(clerk, "层报审批")
    office.sign("nongye_head", "xieguan1", "fenguan")
    number(office.of("wenshu"))
    serve(at_round(office, "nongye"))
    office.day(moment(2026, 4, 20, 15))
    clerk = at_round(office, "nongye")
    clerk.get_by_role("link", name="整改通知书").click()
    clerk.get_by_label("第1点的答复").fill("已落实管护人")
    press(clerk, "登记回复", "已登记回复")
    expect(clerk.locator("#reply")).to_contain_text("第2点未答复")
    unfold(clerk, "登记补充回复")
    clerk.get_by_label("第2点的答复").fill("资金已申请拨付")
    press(clerk, "登记回复", "已登记回复")
    expect(clerk.locator("#reply")).not_to_contain_text("第2点未答复")


def number(page: Page) -> None:
    """The document clerk gives the number and issues."""
    page.get_by_role("link", name="编号", exact=True).click()
    page.get_by_label("机关代字").fill("示纪改")
    press(page, "编号", "已编号")
    press(page, "印发，锁定文本", "已印发")


def serve(page: Page) -> None:
    """From the round to the document, and its service."""
    page.get_by_role("link", name="整改通知书").click()
    page.get_by_label("签收人").first.fill("张主任")
    press(page, "登记送达", "已登记送达")


def at_problem(office: Desks, username: str, text: str) -> Page:
    """The page of a problem: each person reaches it from the round once, and keeps its address."""
    place = f"{username} {text}"
    if place in office.places:
        return office.of(username, office.places[place])
    page = at_round(office, username)
    page.locator("table").get_by_role("link", name=text).click()
    page.wait_for_url("**/problems/*/")
    office.places[place] = page.url
    return page


def write_plan(page: Page) -> None:
    """Goal, measures, leader, department; the term stands since the disposal."""
    fill(
        page,
        plan_goal="问题清零",
        plan_measures="逐处落实",
        plan_responsible_leader="张局长",
        plan_responsible_department="农田科",
    )
    press(page, "保存并审定，开始整改", "整改方案已审定")


def prove(page: Page, name: str) -> None:
    """A picture as evidence."""
    page.locator("#file").set_input_files([{"name": name, "mimeType": "image/png", "buffer": PNG}])
    press(page, "上传", "已上传1份佐证材料")


def ask(page: Page, day: str, words: str) -> None:
    """提请销号."""
    fill(page, closure_claimed_on=day, closure_situation=words)
    press(page, "提请销号，送本单位负责人审核", "已提请销号")


def extended_and_returned(office: Desks) -> None:
    """Extension granted; the first check fails, the second person closes afterwards."""
    office.day(moment(2026, 4, 22))
    clerk = at_problem(office, "nongye", "机井")
    write_plan(clerk)
    unfold(clerk, "申请延期")
    fill(clerk, extension_new_due_on="2026-05-20", extension_reason="春灌期间不能停机施工")
    press(clerk, "送本单位负责人审批", "已提出延期申请")
    head = at_problem(office, "nongye_head", "机井")
    press(head, "同意，延至2026-05-20", "已同意延期")
    office.day(moment(2026, 5, 8))
    clerk = at_problem(office, "nongye", "机井")
    prove(clerk, "机井整改照片.png")
    ask(clerk, "2026-05-08", "5处机井均已落实管护人")
    head = at_problem(office, "nongye_head", "机井")
    unfold(head, "核查整改情况")
    fill(head, **{"verify-note": "现场查看，3号井管护人没有到岗"})
    press(head, "核查不通过，退回", "核查不通过")
    office.day(moment(2026, 5, 15))
    clerk = at_problem(office, "nongye", "机井")
    expect(clerk.locator("#chain")).to_contain_text("3号井管护人没有到岗")
    ask(clerk, "2026-05-15", "3号井已更换管护人")
    strike_off(office, "nongye_head", "机井", "现场复查，管护人均在岗")


def strike_off(office: Desks, head: str, text: str, words: str) -> None:
    """The second person closes."""
    page = at_problem(office, head, text)
    fill(page, opinion=words)
    press(page, "同意销号", "已销号")


def the_others_close(office: Desks) -> None:
    """Money of the bureau, roads of the township."""
    for clerk, head, text in (("nongye", "nongye_head", "管护资金"), ("liuhe", "liuhe_head", "机耕路")):
        page = at_problem(office, clerk, text)
        write_plan(page)
        prove(page, "凭证.png")
        ask(page, "2026-05-15", "已整改到位")
        strike_off(office, head, text, "查看凭证和现场，属实")


def rebound(office: Desks) -> None:
    """The second look finds the wells alone again; cured and closed once more."""
    office.day(moment(2026, 6, 10))
    clerk = at_round(office, "nongye")
    clerk.get_by_role("link", name="安排“回头看”").click()
    tick_all(clerk, 2)
    clerk.get_by_label("计划日期").fill("2026-06-15")
    press(clerk, "安排“回头看”", "已安排")
    office.day(moment(2026, 6, 15, 17))
    clerk = at_round(office, "nongye")
    clerk.get_by_role("link", name=f"{FIELDS}“回头看”").click()
    fill(clerk, id_held_on="2026-06-15", id_team="王建国、李青", id_tasks_answer="任务完成", id_rectification_answer="一处反弹",
         id_mechanism_answer="建立巡查制度")  # fmt: skip
    wells = Problem.objects.filter(description__contains="机井").order_by("pk")[0]
    clerk.get_by_label("机井").select_option(label="反弹")
    clerk.get_by_label("管护资金").select_option(label="未反弹")
    clerk.get_by_label(f"{wells.code} 核查情况").fill("2号井管护人离岗")
    clerk.once("dialog", lambda dialog: dialog.accept())
    press(clerk, "完成“回头看”，锁定报告", "已完成“回头看”")
    office.day(moment(2026, 6, 26))
    clerk = at_problem(office, "nongye", "机井")
    ask(clerk, "2026-06-26", "2号井重新落实管护人并签订责任书")
    strike_off(office, "nongye_head", "机井", "再次复查，管护到位")


def the_round_ends(office: Desks) -> None:
    """The head of 党风政风监督室 closes the round."""
    office.day(moment(2026, 6, 30))
    head = at_round(office, "dangfeng_head")
    expect(head.locator(".round-body")).to_contain_text("1个反弹或未完成")
    press(head, "办结本轮监督", "本轮监督已办结")
    sound(head)


def dossier_in_order(office: Desks) -> None:
    """One problem, one chain: the printed file tells the whole way in the order in which it went."""
    page = at_problem(office, "nongye", "机井")
    address = page.get_by_role("link", name="问题档案").get_attribute("href")
    pdf = page.request.get(address).body()
    text = "".join("".join(part.extract_text() for part in PdfReader(io.BytesIO(pdf)).pages).split())
    chain = text[text.index("三、全程记录") :]
    told = ("启动监督检查", "登记问题", "约谈提醒", "结束检查，形成报告", "报告批准", "常委会研判", OPINION, "限期整改", "反馈",
            "印发", "送达", "第2点未答复", "申请延期：2026-04-30延至2026-05-20", "春灌期间不能停机施工", "核查不通过", "3号井管护人没有到岗",
            "现场复查，管护人均在岗", "回头看", "2号井管护人离岗", "再次复查，管护到位")  # fmt: skip
    places, start = [], 0
    for words in told:
        start = chain.find(words, start)
        places.append((words, start))
        assert start >= 0, (places, chain)
