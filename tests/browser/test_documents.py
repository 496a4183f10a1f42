"""A notice to a unit, walked by hand: ticked problems, the paper, four signatures' way, number, service, reply, closing."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import Browser, Page, expect

from supervision.models import IssuedDocument
from tests.browser.desks import tick_all
from tests.browser.soundness import sound
from tests.factories import PASSWORD, County, county
from tests.samples import make_problem

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True), pytest.mark.once]
SECTIONS = ("监督检查依据", "整改要求", "建立整改台账要求", "报告时间和方式", "逾期后果")


@pytest.fixture
def cast() -> County:
    return county()


@pytest.fixture
def desk_of(browser: Browser, browser_context_args: dict[str, Any], live_server: Any) -> Iterator[Any]:
    """A browser of one's own per person, logged in once; what a console complains about fails the journey."""
    pages: dict[str, Page] = {}
    complaints: list[str] = []

    def open_desk(username: str) -> Page:
        if username not in pages:
            context = browser.new_context(**{**browser_context_args, "base_url": live_server.url})
            page = pages[username] = context.new_page()
            page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
            page.goto("/login/")
            page.get_by_label("登录名").fill(username)
            page.get_by_label("密码").fill(PASSWORD)
            page.get_by_role("button", name="登录").click()
            page.wait_for_url(f"{live_server.url}/")
        return pages[username]

    yield open_desk
    for page in pages.values():
        page.context.close()
    assert complaints == []


def test_a_notice_from_the_ticked_problems_to_its_closing(desk_of: Any, cast: County) -> None:
    problem = [
        make_problem(cast, cast.agri, description=text, suggestion="限期整改")
        for text in ("验收单缺少签字", "公示不及时")
    ][0]
    clerk, office = desk_of("nongye"), desk_of("wenshu")
    write(clerk)
    for name in ("nongye_head", "xieguan1", "fenguan"):
        signer = desk_of(name)
        signer.goto("/")
        signer.get_by_role("link", name="阅签").first.click()
        signer.get_by_role("button", name="同意").click()
        expect(signer.get_by_role("status")).to_be_visible()
    number_and_issue(office)
    serve_and_answer(clerk, problem.pk)

    document = IssuedDocument.objects.get()
    assert (document.step, document.doc_no[:3]) == ("closed", "示纪改")


def write(clerk: Page) -> None:
    """Tick, choose, fill in, look, send up."""
    day = timezone.localdate() + timedelta(days=30)
    clerk.goto("/problems/")
    sound(clerk)
    tick_all(clerk, 2, "选择")
    clerk.get_by_role("button", name="就勾选的问题起草文书").click()
    sound(clerk)
    clerk.get_by_role("link", name="整改通知书").click()
    sound(clerk)
    for label in SECTIONS:
        clerk.get_by_role("textbox", name=label, exact=True).fill(f"{label}的文字")
    clerk.get_by_role("button", name="再加一项").click()
    expect(clerk.locator("#id_point-3-text")).to_be_focused()
    clerk.keyboard.type("台账没有专人管理")
    clerk.locator("#id_point-3-demand").fill("明确专人")
    clerk.locator("#id_due_on").fill(f"{day:%Y-%m-%d}")
    clerk.locator("#id_reply_due_on").fill(f"{day:%Y-%m-%d}")
    clerk.get_by_role("button", name="保存草稿").click()
    sound(clerk)
    clerk.get_by_role("button", name="层报审批").click()
    expect(clerk.get_by_role("heading", level=1)).to_contain_text("整改通知书")


def number_and_issue(office: Page) -> None:
    """The document clerk finds the paper on the desk."""
    office.goto("/")
    office.get_by_role("link", name="编号", exact=True).click()
    sound(office)
    office.get_by_label("机关代字").fill("示纪改")
    office.get_by_role("button", name="编号", exact=True).click()
    office.get_by_role("button", name="印发，锁定文本").click()
    expect(office.get_by_role("status")).to_contain_text("已印发")
    office.goto("/documents/register/?kind=rectification_notice&year=" + str(timezone.localdate().year))
    sound(office)


def serve_and_answer(clerk: Page, problem: int) -> None:
    """Served, answered point by point, read, closed."""
    clerk.goto("/")
    clerk.get_by_role("link", name="登记送达").click()
    clerk.get_by_label("签收人").first.fill("张主任")
    clerk.get_by_role("button", name="登记送达").click()
    sound(clerk)
    for seq in (1, 2, 3):
        clerk.get_by_label(f"第{seq}点的答复").fill("已整改")
    clerk.get_by_role("button", name="登记回复").click()
    clerk.get_by_text("逐项审阅", exact=True).click()
    for seq in (1, 2, 3):
        clerk.get_by_label(f"第{seq}点", exact=True).select_option("answered")
    clerk.get_by_role("button", name="保存审阅意见").click()
    clerk.get_by_label("落实成效").fill("三项均已整改")
    clerk.get_by_role("button", name="办结", exact=True).click()
    expect(clerk.get_by_role("status")).to_contain_text("已办结")
    about = (f"/documents/bulletins/new/?problem={problem}", f"/problems/{problem}/")
    for address in ("/documents/", "/documents/bulletins/", *about):
        clerk.goto(address)
        sound(clerk)
