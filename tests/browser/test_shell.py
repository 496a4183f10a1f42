"""The frame in a real browser: signing by hand, drafts, a lost session, small screens, keyboard, accessibility."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.contrib.sessions.models import Session
from django.utils import timezone
from playwright.sync_api import Page, expect

from accounts.models import Approval, Duty, Official
from accounts.notifications import tell
from tests.browser.soundness import grave_faults
from tests.factories import PASSWORD, TODAY, County, county
from tests.paper import make_paper, plain_route, send_up

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True), pytest.mark.once]
WIDTHS = (1440, 1366, 390)


@pytest.fixture
def cast() -> Iterator[County]:
    with plain_route():
        yield county()


@pytest.fixture
def console(page: Page) -> Iterator[list[str]]:
    """What the browser complains about; a journey ends without a complaint of ours or of the content policy."""
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: said.append(str(error)))
    yield said


def enter(page: Page, live_server: Any, username: str) -> None:
    page.goto(f"{live_server.url}/login/")
    page.get_by_label("登录名").fill(username)
    page.get_by_label("密码").fill(PASSWORD)
    page.get_by_role("button", name="登录").click()
    page.wait_for_url(f"{live_server.url}/", wait_until="load")


def sent_up(cast: County, title: str = "高标准农田监督") -> Approval:
    return send_up(make_paper(cast, title), by=cast.nongye, at=timezone.now())


def test_a_paper_is_signed_with_two_clicks_from_the_desk(
    page: Page, live_server: Any, cast: County, console: list[str]
) -> None:
    sent_up(cast)
    enter(page, live_server, "nongye_head")

    page.get_by_role("link", name="阅签").click()
    page.get_by_role("button", name="同意，送协管常委、委员钱协").click()

    expect(page.get_by_role("status")).to_contain_text("已送协管常委、委员钱协签批：高标准农田监督")
    assert console == []


def test_a_return_without_a_reason_does_not_leave_the_page(page: Page, live_server: Any, cast: County) -> None:
    approval = sent_up(cast)
    enter(page, live_server, "nongye_head")
    page.goto(f"{live_server.url}/approvals/{approval.pk}/")

    page.get_by_role("button", name="退回").click()
    expect(page.get_by_label("批注")).to_be_focused()
    page.get_by_label("批注").fill("请写明监督周期")
    page.get_by_role("button", name="退回").click()

    expect(page.get_by_role("status")).to_contain_text("已退回")


def fill_official(page: Page, name: str) -> None:
    page.get_by_label("所在单位").select_option(label="县农业农村局")
    page.get_by_label("姓名").fill(name)
    page.get_by_label("职务").fill("局长")
    page.get_by_label("“一把手”").check()


def test_a_draft_survives_the_closed_page_and_goes_when_the_record_is_saved(
    page: Page, live_server: Any, cast: County
) -> None:
    page.on("dialog", lambda dialog: dialog.accept())
    enter(page, live_server, "nongye")
    form = f"{live_server.url}/officials/form/"
    page.goto(form)
    fill_official(page, "郑某")
    expect(page.locator("[data-draft-line]")).to_contain_text("草稿已自动保存")

    page.goto(f"{live_server.url}/inbox/")
    page.goto(form)
    expect(page.get_by_label("姓名")).to_have_value("郑某")
    expect(page.get_by_label("“一把手”")).to_be_checked()
    expect(page.get_by_text("尚未提交的内容")).to_be_visible()

    page.get_by_role("button", name="保存").click()
    expect(page.get_by_role("status")).to_contain_text("已保存县农业农村局郑某")
    page.goto(form)
    expect(page.get_by_label("姓名")).to_have_value("")


def test_a_draft_can_be_thrown_away(page: Page, live_server: Any, cast: County) -> None:
    page.on("dialog", lambda dialog: dialog.accept())
    enter(page, live_server, "nongye")
    page.goto(f"{live_server.url}/officials/form/")
    fill_official(page, "郑某")
    expect(page.locator("[data-draft-line]")).to_contain_text("草稿已自动保存")
    page.reload()

    page.get_by_role("button", name="不要草稿").click()

    expect(page.get_by_label("姓名")).to_have_value("")
    page.reload()
    expect(page.get_by_label("姓名")).to_have_value("")


def test_a_draft_is_back_after_the_session_ran_out(page: Page, live_server: Any, cast: County) -> None:
    enter(page, live_server, "nongye")
    page.goto(f"{live_server.url}/officials/form/")
    fill_official(page, "郑某")
    Session.objects.all().delete()

    page.get_by_role("button", name="保存").click()
    page.get_by_label("登录名").fill("nongye")
    page.get_by_label("密码").fill(PASSWORD)
    page.get_by_role("button", name="登录").click()

    expect(page.get_by_label("姓名")).to_have_value("郑某")
    assert Official.objects.count() == 0


def test_mistakes_are_listed_and_lead_to_their_field(page: Page, live_server: Any, cast: County) -> None:
    enter(page, live_server, "nongye")
    page.goto(f"{live_server.url}/officials/form/")
    page.get_by_label("姓名").fill("郑某")

    page.get_by_role("button", name="保存").click()

    expect(page.locator("[data-form-errors]")).to_be_focused()
    page.get_by_role("link", name="职务：").click()
    expect(page.get_by_label("职务")).to_be_focused()
    expect(page.get_by_label("姓名")).to_have_value("郑某")


def test_a_double_click_sends_once(page: Page, live_server: Any, cast: County) -> None:
    enter(page, live_server, "nongye")
    page.goto(f"{live_server.url}/officials/form/")
    fill_official(page, "郑某")

    page.get_by_role("button", name="保存").dblclick()

    expect(page.get_by_role("status")).to_contain_text("已保存")
    assert Official.objects.count() == 1


def test_a_fragment_whose_session_ran_out_opens_the_login_and_loses_nothing(
    page: Page, live_server: Any, cast: County
) -> None:
    enter(page, live_server, "nongye")
    page.goto(f"{live_server.url}/officials/form/")
    fill_official(page, "郑某")
    Session.objects.all().delete()

    page.evaluate("htmx.ajax('GET', '/inbox/', '#dialog')")
    login = page.frame_locator("#login-frame iframe")
    login.get_by_label("登录名").fill("nongye")
    login.get_by_label("密码").fill(PASSWORD)
    login.get_by_role("button", name="登录").click()

    expect(page.locator("#messages")).to_contain_text("已重新登录，请再按一次刚才的按钮。")
    page.get_by_role("button", name="保存").click()
    expect(page.get_by_role("status")).to_contain_text("已保存县农业农村局郑某")


def test_a_refusal_of_a_fragment_is_read_in_the_dialog(page: Page, live_server: Any, cast: County) -> None:
    approval = sent_up(cast)
    enter(page, live_server, "nongye")

    page.evaluate(f"htmx.ajax('POST', '/approvals/{approval.pk}/sign/', '#main')")

    expect(page.locator("#dialog")).to_contain_text("现在由单位负责人王建国签批，您不是应签人。")
    expect(page.get_by_role("heading", name="工作台")).to_be_attached()
    page.keyboard.press("Escape")
    expect(page.locator("#dialog")).to_be_hidden()


def test_the_navigation_slides_in_on_a_narrow_screen(page: Page, live_server: Any, cast: County) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    enter(page, live_server, "nongye")
    navigation = page.get_by_role("navigation", name="主导航")
    expect(navigation).to_be_hidden()

    page.get_by_role("button", name="打开导航").click()
    navigation.get_by_role("link", name="职责期限").click()

    expect(page).to_have_url(f"{live_server.url}/duties/")
    expect(navigation).to_be_hidden()


def test_the_keyboard_skips_to_the_text(page: Page, live_server: Any, cast: County) -> None:
    enter(page, live_server, "nongye")

    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="跳到正文")).to_be_focused()
    page.keyboard.press("Enter")

    expect(page.locator("#main")).to_be_focused()


def test_a_stroke_leads_to_the_search(page: Page, live_server: Any, cast: County) -> None:
    enter(page, live_server, "nongye")

    page.keyboard.press("/")
    expect(page.get_by_role("searchbox")).to_be_focused()
    page.keyboard.type("农田")
    page.keyboard.press("Enter")

    expect(page).to_have_url(re.compile(r"\?q=%E5%86%9C%E7%94%B0$"))


PAGES = {
    "nongye": ("/", "/inbox/", "/duties/", "/organs/", "/units/", "/officials/", "/officials/form/", "/password/"),
    "nongye_head": ("/", "/approvals/{approval}/"),
    "dangfeng_head": (
        "/",
        "/duties/",
        "/assignments/",
        "/assignments/form/",
        "/deputations/form/",
        "/calendar/",
        "/limits/",
    ),
    "sysadmin": ("/users/", "/users/form/"),
    "auditor": ("/audit/",),
}


@pytest.mark.parametrize("name", sorted(PAGES))
def test_pages_are_accessible_and_fit_every_screen(
    page: Page, live_server: Any, cast: County, console: list[str], name: str
) -> None:
    approval = sent_up(cast)
    tell([cast.nongye], "请更新台账。", key="n1", at=timezone.now(), article="A6.2c")
    Duty.objects.create(kind="k", article="A10.4", title="报送情况", organ=cast.agri, opened_on=TODAY, due_on=TODAY)
    page.goto(f"{live_server.url}/login/")
    assert grave_faults(page) == []
    page.get_by_label("登录名").fill(name)
    page.get_by_label("密码").fill(PASSWORD)
    page.get_by_role("button", name="登录").click()

    for path in PAGES[name]:
        page.goto(live_server.url + path.format(approval=approval.pk))
        assert grave_faults(page) == [], path
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 768})
            assert page.evaluate("document.documentElement.scrollWidth") <= width, f"{path} at {width}"
        page.set_viewport_size({"width": 1366, "height": 768})
    assert console == []


def test_a_page_prints_without_its_frame(page: Page, live_server: Any, cast: County) -> None:
    approval = sent_up(cast)
    enter(page, live_server, "nongye_head")
    page.goto(f"{live_server.url}/approvals/{approval.pk}/")

    page.emulate_media(media="print")

    expect(page.get_by_role("navigation", name="主导航")).to_be_hidden()
    expect(page.locator(".topbar")).to_be_hidden()
    expect(page.get_by_role("button", name="退回")).to_be_hidden()
    expect(page.locator(".paper")).to_be_visible()
