"""A meeting of the standing committee, walked by hand: agenda, packet, decisions saved one by one, a task, the minutes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import Browser, Page, expect

from reports.models import AgendaItem, CommitteeMeeting
from supervision.models import InspectionReport
from tests.browser.soundness import sound
from tests.factories import NOW, PASSWORD, County, county
from tests.supervision import report_samples

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True), pytest.mark.once]


@pytest.fixture
def cast() -> County:
    return county()


@pytest.fixture
def secretary(browser: Browser, browser_context_args: dict[str, Any], live_server: Any) -> Iterator[Page]:
    """The secretary's window; what its console complains about fails the journey, a refusal with its sentence does not."""
    complaints: list[str] = []
    page = browser.new_context(**{**browser_context_args, "base_url": live_server.url}).new_page()
    page.on(
        "console",
        lambda said: complaints.append(said.text) if said.type == "error" and "of 422" not in said.text else None,
    )
    page.on("dialog", lambda dialog: dialog.accept())
    page.goto("/login/")
    yield page
    page.context.close()
    assert complaints == []


def waiting_report(cast: County) -> InspectionReport:
    report = report_samples.tabled_row(cast, cast.agri)
    report.content = {"sections": {}, "problems": []}
    report.save()
    assert report.approved_at == NOW
    return report


def test_from_the_agenda_to_the_minutes(cast: County, secretary: Page) -> None:
    report, page, today = waiting_report(cast), secretary, timezone.localdate().isoformat()
    page.get_by_label("登录名").fill("changweihui")
    page.get_by_label("密码").fill(PASSWORD)
    page.get_by_role("button", name="登录").click()
    page.get_by_role("link", name="常委会会议").click()
    page.get_by_role("link", name="安排会议").first.click()
    page.get_by_label("会议日期").fill(today)
    page.get_by_label("主持人").fill("马书记")
    page.get_by_label("出席").fill("马书记\n高副\n钱协")
    page.get_by_role("button", name="保存").click()
    page.get_by_role("button", name=re.compile("列入议程 ?：")).click()
    page.get_by_text("写入一项议题").click()
    page.get_by_label("议题名称").fill("牵头单位分工问题")
    page.get_by_label("内容").fill("建议由党风政风监督室牵头明确。")
    page.get_by_role("button", name="列入议程", exact=True).click()
    page.get_by_role("button", name=re.compile("上移 ?第2项")).press("Enter")
    expect(page.locator(".agenda li").first).to_contain_text("牵头单位分工问题")
    sound(page)
    page.get_by_role("button", name="确定议程，汇编材料").click()
    expect(page.get_by_role("link", name="下载 PDF")).to_be_visible()
    page.get_by_text("会后登记开会情况").click()
    page.get_by_role("button", name="登记开会，进入逐项登记").click()
    record(page)
    sound(page)
    page.get_by_role("button", name="办结会议").click()
    expect(page.get_by_role("link", name="会议纪要 PDF")).to_be_visible()

    report.refresh_from_db()
    meeting = CommitteeMeeting.objects.get()
    assert (meeting.step, report.step) == ("closed", "studied")
    assert [item.decision for item in AgendaItem.objects.order_by("position")] == ["approve", "approve"]


def record(page: Page) -> None:
    """Two decisions without leaving the page; what was typed survives a reload; one task."""
    first, second = page.get_by_label("第1项议题"), page.get_by_label("第2项议题")
    first.get_by_role("button", name="登记第1项决定").click()
    expect(first.get_by_text("会议决定：请选择会议决定。")).to_be_visible()
    second.get_by_label("会议意见").fill("限期整改，适时回头看。")
    expect(second.get_by_text("草稿已自动保存")).to_be_visible()
    page.reload()
    expect(second.get_by_label("会议意见")).to_have_value("限期整改，适时回头看。")
    second.get_by_label("已研判").check()
    second.get_by_label("同意票", exact=False).first.fill("3")
    second.get_by_role("button", name="登记第2项决定").click()
    expect(second.get_by_role("paragraph").filter(has_text="同意3票，不同意0票，弃权0票")).to_be_visible()
    expect(page.locator("#left")).to_have_text("还有1项未登记决定")
    first.get_by_label("同意", exact=True).check()
    first.get_by_role("button", name="登记第1项决定").click()
    expect(page.locator("#left")).to_have_text("已全部登记")
    first.get_by_text("交办任务").click()
    first.get_by_label("任务").fill("提出分工意见")
    first.get_by_label("完成时限").fill("2099-12-31")
    first.get_by_role("button", name="交办", exact=True).click()
    expect(first.get_by_text("提出分工意见（2099-12-31前完成）")).to_be_visible()
