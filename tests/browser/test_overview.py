"""The overview in a real browser: charts that open their records in two presses, tables without a script, no complaints."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.desks import Desks, desks, fill, press
from tests.browser.soundness import sound
from tests.factories import PASSWORD, County, county, moment
from tests.samples import make_problem

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
WELLS = "机井无人管护：抽查12处机井，5处没有管护人。"


@pytest.fixture
def cast() -> County:
    """Three problems, one of them late."""
    made = county()
    make_problem(made, made.agri, description=WELLS, found_on=date(2026, 1, 5), due_on=date(2026, 2, 1), clue_ref="1号")
    for organ in (made.agri, made.town):
        make_problem(made, organ, found_on=date(2026, 2, 3), due_on=date(2026, 6, 1))
    return made


@pytest.fixture
def office(
    browser: Browser, browser_context_args: dict[str, Any], live_server: Any, settings: Any, cast: County
) -> Iterator[Desks]:
    """The county's desks on 2 March 2026; what a console complains about fails the journey."""
    with desks(browser, browser_context_args, live_server, settings, moment(2026, 3, 2, 8, 30)) as opened:
        yield opened
    assert opened.complaints == []


def press_bar(page: Page, chart: str, colour: str) -> None:
    """Press the longest bar of a colour in a drawing; the legend's mark is shorter than any bar."""
    drawing = page.locator(f"[data-chart='{chart}'][data-drawn] svg")
    drawing.scroll_into_view_if_needed()
    boxes = [box for bar in drawing.locator(f"path[fill='{colour}']").all() if (box := bar.bounding_box())]
    box = max(boxes, key=lambda one: one["width"])
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)


def test_from_a_bar_to_the_record_in_two_presses(office: Desks) -> None:
    page = office.of("shuji", "/overview/")
    expect(page.locator("[data-chart='organs'] svg")).to_be_visible()
    sound(page)
    page.set_viewport_size({"width": 1366, "height": 768})
    page.reload()

    expect(page.locator("[data-chart='organs'][data-drawn] svg")).to_be_visible()
    press_bar(page, "organs", "#a51d14")
    page.wait_for_url("**/figures/rectification_overdue/**")
    expect(page.locator("h1")).to_have_text("逾期未销号问题 1个")
    sound(page)
    page.get_by_role("link", name=WELLS).click()
    page.wait_for_url("**/problems/*/")
    expect(page.locator("body")).to_contain_text(WELLS)


def test_tiles_and_periods_lead_on(office: Desks) -> None:
    page = office.of("dangfeng", "/")
    page.get_by_role("link", name="统计评估").first.click()
    page.get_by_role("link", name="本年", exact=True).click()
    expect(page.locator("h1")).to_have_text("全县2026年政治监督情况统计")
    page.get_by_role("link", name="发现问题 3个").click()
    expect(page.locator("h1")).to_have_text("发现问题 3个")
    page.get_by_role("link", name="回到统计").click()
    expect(page.locator("h1")).to_have_text("全县2026年政治监督情况统计")


def test_without_a_script_the_tables_stand_open(
    browser: Browser, browser_context_args: dict[str, Any], live_server: Any, cast: County
) -> None:
    context = browser.new_context(**browser_context_args, base_url=live_server.url, java_script_enabled=False)
    page = context.new_page()
    page.goto("/login/")
    page.get_by_label("登录名").fill("shuji")
    page.get_by_label("密码").fill(PASSWORD)
    page.get_by_role("button", name="登录").click()
    page.goto("/overview/?period=2026Q1")

    table = page.get_by_role("region", name="哪些单位整改逾期最多？")
    expect(table.get_by_role("row", name="驻县农业农村局纪检监察组")).to_be_visible()
    expect(page.locator(".drawing").first).to_be_hidden()
    context.close()


def test_a_hit_is_cleared_with_a_reason(office: Desks) -> None:
    page = office.of("dangfeng", "/checks/")
    expect(page.locator("tbody tr")).to_have_count(1)
    sound(page)
    page.get_by_text("无须处理", exact=True).click()
    fill(page, **{"reason-1": "所填为信访件编号"})
    press(page, "已核实，无须处理", "已核实“有线索、无移送”一项")
    expect(page.get_by_text("没有发现异常沉默或前后矛盾的记录")).to_be_visible()
    page.get_by_role("link", name="已核实").click()
    expect(page.locator("tbody")).to_contain_text("所填为信访件编号")
    sound(page)
