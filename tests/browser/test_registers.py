"""A clerk enters talks and pastes a table, timed: the hand stays on the keyboard."""

from __future__ import annotations

import time
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from ledgers.models import StudyRecord, TalkRecord
from tests.browser.test_documents import sound
from tests.factories import PASSWORD, County, county
from tests.ledgers.registers import official

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True), pytest.mark.once]
SECONDS = 20


@pytest.fixture
def cast() -> County:
    return county()


def _expected(text: str) -> bool:
    """A refused form."""
    return "status of 422" in text


@pytest.fixture
def desk(cast: County, browser: Browser, browser_context_args: dict[str, Any], live_server: Any) -> Iterator[Page]:
    """The clerk's browser; what its console complains about fails the journey."""
    complaints: list[str] = []
    context = browser.new_context(**{**browser_context_args, "base_url": live_server.url})
    page = context.new_page()
    page.on(
        "console",
        lambda said: complaints.append(said.text) if said.type == "error" and not _expected(said.text) else None,
    )
    page.goto("/login/")
    page.get_by_label("登录名").fill("nongye")
    page.get_by_label("密码").fill(PASSWORD)
    page.get_by_role("button", name="登录").click()
    page.wait_for_url(f"{live_server.url}/")
    yield page
    context.close()
    assert complaints == []


def test_a_talk_is_entered_in_seconds_and_the_next_one_keeps_day_and_kind(cast: County, desk: Page) -> None:
    for name in ("赵一", "钱二", "孙三", "李四", "周五", "吴六"):
        official(cast.units["县农业农村局"], name)
    desk.goto("/registers/talks/")
    sound(desk)
    line = desk.get_by_role("form", name="登记谈话记录")
    begun = time.monotonic()

    line.get_by_label("谈话类别").select_option(label="廉政谈话")
    line.get_by_label("谈话对象").fill("孙三")
    line.get_by_label("谈话对象").press("Enter")
    expect(desk.get_by_text("可以接着登记下一次")).to_be_visible()
    took = time.monotonic() - begun

    assert took < SECONDS
    expect(line.get_by_label("谈话类别")).to_have_value("integrity_talk")
    expect(line.get_by_label("谈话对象")).to_be_focused()
    desk.keyboard.type("李四")
    desk.keyboard.press("Enter")
    expect(desk.get_by_role("link", name="2026").first).to_be_visible()
    expect(desk.locator("tbody tr")).to_have_count(2)
    assert sorted(TalkRecord.objects.values_list("official__full_name", "kind", "talker")) == [
        ("孙三", "integrity_talk", "李青"), ("李四", "integrity_talk", "李青"),
    ]  # fmt: skip


def pasted(desk: Page, text: str) -> None:
    """Cells pasted into the first cell of the spreadsheet."""
    desk.evaluate("text => navigator.clipboard.writeText(text)", text)
    desk.locator("#paste-grid td[data-x='0'][data-y='0']").click()
    desk.keyboard.press("Control+V")


def test_a_table_is_pasted_corrected_on_the_page_and_taken(cast: County, desk: Page) -> None:
    desk.context.grant_permissions(["clipboard-read", "clipboard-write"])
    desk.goto("/registers/studies/paste/")
    sound(desk)
    pasted(desk, "类别\t日期\t主题\t参加人数\n自学\t2026-02-30\t民法典\t4")
    desk.get_by_role("button", name="核对").click()
    expect(desk.get_by_text("没有这一天")).to_be_visible()
    sound(desk)

    pasted(desk, '自学\t2026-02-03\t"引号没关\t4\r\n自学\t2026-02-04\t"三重一大"决策\t5')
    desk.get_by_role("button", name="核对").click()
    desk.get_by_role("button", name="导入2行").click()

    expect(desk.get_by_text("已导入学习培训2条")).to_be_visible()
    assert set(StudyRecord.objects.values_list("theme", flat=True)) == {'"引号没关', '"三重一大"决策'}


def test_a_pasted_name_in_other_words_stays_in_sight(cast: County, desk: Page) -> None:
    desk.context.grant_permissions(["clipboard-read", "clipboard-write"])
    desk.goto("/registers/risks/paste/")
    cell = desk.locator("#paste-grid td[data-x='0'][data-y='1']")

    pasted(desk, "单位\t业务环节\t风险点\n县农业  农村局\t验收\t走过场")
    expect(cell).to_have_text("县农业 农村局")
    desk.get_by_role("button", name="核对").click()
    expect(desk.get_by_role("region", name="核对")).to_be_visible()
    expect(cell).to_have_text("县农业 农村局")


def test_the_pages_of_a_record_are_sound(cast: County, desk: Page) -> None:
    for address in (
        "/registers/",
        "/registers/meetings/new/",
        "/registers/visits/",
        "/registers/integrity-opinions/new/",
    ):
        desk.goto(address)
        sound(desk)
