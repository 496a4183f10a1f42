"""A text that was refused comes back on the form, and one that was taken does not, in a real browser."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Browser, expect

from reports.actions import appraisals as acts
from reports.models import AppraisalText
from tests.factories import PASSWORD, county
from tests.reports.ecology_cases import DEC, written

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
MINE = "写了很久的一大段评价，不能因为一次退回就丢了。"


def test_refused_text_comes_back_and_a_saved_one_does_not(
    browser: Browser, browser_context_args: dict[str, Any], live_server: Any
) -> None:
    cast = county()
    row = written(cast)
    path = f"/appraisals/{row.pk}/write/team/"
    page = browser.new_context(**{**browser_context_args, "base_url": live_server.url}).new_page()
    page.goto("/login/")
    page.get_by_label("登录名").fill("nongye")
    page.get_by_label("密码").fill(PASSWORD)
    page.get_by_role("button", name="登录").click()
    page.wait_for_url(f"{live_server.url}/")

    page.goto(path)
    page.locator("#id_text").fill(MINE)
    approval = acts.submit_appraisal(row, by=cast.nongye, at=DEC)
    page.get_by_role("button", name="保存", exact=True).click()
    expect(page.locator("#typed-1")).to_have_value(MINE)

    page.goto(f"/approvals/{approval.pk}/")
    page.get_by_role("button", name="撤回修改").click()
    expect(page.get_by_text("已撤回").first).to_be_visible()
    page.goto(path)
    expect(page.locator("#id_text")).to_have_value(MINE)
    page.get_by_role("button", name="保存", exact=True).click()
    expect(page.get_by_text("已保存领导班子评价").first).to_be_visible()
    assert AppraisalText.objects.get(appraisal=row, about="team").text == MINE
    assert page.evaluate("Object.keys(localStorage).filter((key) => key.startsWith('draft|')).length") == 0

    page.goto(path)
    acts.write_text(row, "team", text="同事后来写的话。", by=cast.nongye_head, at=DEC)
    page.locator("#id_text").fill(f"{MINE}再加一句。")
    page.get_by_role("button", name="保存", exact=True).click()
    expect(page.locator("#kept-1")).to_have_value("同事后来写的话。")
    page.goto("/")
    page.goto(path)
    expect(page.locator("#id_text")).to_have_value(f"{MINE}再加一句。")
    page.context.close()
