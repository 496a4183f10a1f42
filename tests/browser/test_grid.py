"""The grid in a real browser: keyboard, paste, bad cells, a lost line, two clerks, undo, rows taken off and back."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from ledgers.models import UnitLedgerEntry
from supervision.models import Problem
from tests.browser.soundness import grave_faults
from tests.factories import PASSWORD, County, county
from tests.paper import make_paper

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
TASK, UNIT = "高标准农田建设管护情况专项监督", "县农业农村局"
COLUMN = {"task": 2, "unit": 3, "problem": 4, "found_on": 5, "suggestion": 8}


@pytest.fixture
def cast() -> County:
    made = county()
    make_paper(made, TASK, step="listed")
    return made


@pytest.fixture
def grid_of(browser: Browser, browser_context_args: dict[str, Any], live_server: Any, cast: County) -> Iterator[Any]:
    """The agriculture group's ledger in a browser of one's own."""
    contexts = []

    def open_grid(username: str) -> Page:
        args = {
            **browser_context_args,
            "base_url": live_server.url,
            "permissions": ["clipboard-read", "clipboard-write"],
        }
        context = browser.new_context(**args)
        contexts.append(context)
        page = context.new_page()
        page.goto("/login/")
        page.get_by_label("登录名").fill(username)
        page.get_by_label("密码").fill(PASSWORD)
        page.get_by_role("button", name="登录").click()
        page.wait_for_url(f"{live_server.url}/")
        page.goto(f"/ledgers/{cast.agri.pk}/2026/grid/")
        page.locator("#grid[data-ready=true]").wait_for()
        return page

    yield open_grid
    for context in contexts:
        context.close()


def cell(page: Page, column: str, row: int = 0) -> Any:
    return page.locator(f"#grid td[data-x='{COLUMN[column]}'][data-y='{row}']").first


def type_in(page: Page, column: str, text: str, row: int = 0) -> None:
    """Open the cell, write, leave it, and wait until the server has answered."""
    page.bring_to_front()
    cell(page, column, row).click()  # brings the column into sight; a scrolling sheet opens no editor
    with page.expect_response("**/grid/cells/"):
        cell(page, column, row).dblclick()
        page.keyboard.press("Control+A")
        page.keyboard.type(text)
        page.keyboard.press("Enter")


def does(page: Page, address: str, act: Any) -> None:
    """Do something and wait until the server has answered it."""
    with page.expect_response(f"**/grid/{address}/"):
        act()
    saved(page)


def paste(page: Page, text: str, column: str = "task", row: int = 0) -> None:
    page.evaluate("text => navigator.clipboard.writeText(text)", text)
    cell(page, column, row).click()
    page.keyboard.press("Control+V")


def saved(page: Page) -> None:
    page.locator("#grid-state[data-state=saved]", has_text="已保存").wait_for(timeout=20_000)


def line(problem: str, found_on: str = "2026.3.5") -> str:
    return "\t".join((TASK, UNIT, problem, found_on))


def test_typing_saves_by_itself_and_a_bad_cell_tells_what_to_do(grid_of: Any) -> None:
    page = grid_of("nongye")
    paste(page, line("账目报账拖延", "2月30日"))
    saved(page)

    expect(page.locator("#bad-cells")).to_contain_text("没有这一天")
    assert Problem.objects.get().found_on is None

    type_in(page, "found_on", "2026.2.20")
    expect(page.locator("#bad-cells li")).to_have_count(0)
    expect(cell(page, "found_on")).to_have_text("2026-02-20")
    assert Problem.objects.get().found_on.isoformat() == "2026-02-20"


def test_quoted_cells_with_line_breaks_from_a_spreadsheet_stay_one_cell(grid_of: Any) -> None:
    page = grid_of("nongye")
    paste(page, f'{TASK}\t{UNIT}\t"第一行\n第二行"\t2026-03-05\r\n{line("另一个问题")}\r\n')
    saved(page)

    assert sorted(Problem.objects.values_list("description", flat=True)) == ["另一个问题", "第一行\n第二行"]


def test_a_lost_line_loses_nothing(grid_of: Any) -> None:
    page = grid_of("nongye")
    page.context.set_offline(True)
    paste(page, line("断网时写的问题"))
    expect(page.locator("#grid-state")).to_contain_text("已断网")
    assert Problem.objects.count() == 0

    page.context.set_offline(False)
    saved(page)
    assert Problem.objects.get().description == "断网时写的问题"


def test_what_a_closed_window_could_not_send_comes_back(grid_of: Any) -> None:
    page = grid_of("nongye")
    page.route("**/grid/cells/", lambda route: route.abort())
    paste(page, line("关窗前写的问题"))
    expect(page.locator("#grid-state")).to_contain_text("已断网")
    page.on("dialog", lambda dialog: dialog.accept())
    page.reload()
    page.locator("#grid[data-ready=true]").wait_for()
    expect(cell(page, "problem")).to_have_text("关窗前写的问题")
    assert Problem.objects.count() == 0

    page.unroute("**/grid/cells/")
    saved(page)

    assert Problem.objects.get().description == "关窗前写的问题"


def test_two_clerks_on_one_cell_see_both_versions(grid_of: Any) -> None:
    first = grid_of("nongye")
    paste(first, line("账目报账拖延"))
    saved(first)
    second = grid_of("nongye_head")
    type_in(first, "suggestion", "甲写的建议")
    assert Problem.objects.get().suggestion == "甲写的建议"

    type_in(second, "suggestion", "乙写的建议")
    dialog = second.locator("#conflict")
    expect(dialog).to_contain_text("甲写的建议")
    expect(dialog).to_contain_text("乙写的建议")
    does(second, "cells", dialog.get_by_role("button", name="两者合并").click)

    assert Problem.objects.get().suggestion == "甲写的建议\n乙写的建议"


def test_undo_takes_an_edit_back_on_the_server_too(grid_of: Any) -> None:
    page = grid_of("nongye")
    paste(page, line("账目报账拖延"))
    saved(page)
    type_in(page, "problem", "写错了")
    assert Problem.objects.get().description == "写错了"

    does(page, "cells", page.get_by_role("button", name="撤销").click)
    expect(cell(page, "problem")).to_have_text("账目报账拖延")

    assert Problem.objects.get().description == "账目报账拖延"


def test_a_row_taken_off_can_be_brought_back(grid_of: Any) -> None:
    page = grid_of("nongye")
    paste(page, line("账目报账拖延"))
    saved(page)

    cell(page, "problem").click(button="right")
    does(page, "remove", page.get_by_text("删除所选行（可撤销）").click)
    assert UnitLedgerEntry.objects.live().count() == 0

    does(page, "restore", page.get_by_role("button", name="撤销").click)
    expect(cell(page, "problem")).to_have_text("账目报账拖延")
    assert Problem.objects.live().count() == 1


def test_fourteen_rows_fit_on_a_small_screen_and_nothing_serious_stands_in_the_way(grid_of: Any) -> None:
    page = grid_of("nongye")
    paste(page, "\r\n".join(line(f"问题{n}") for n in range(20)))
    saved(page)

    frame = page.locator("#grid .jss_content").bounding_box()
    fourteenth = cell(page, "problem", 13).bounding_box()
    assert frame and fourteenth and fourteenth["y"] + fourteenth["height"] <= frame["y"] + frame["height"]
    assert frame["y"] + frame["height"] <= 768
    assert grave_faults(page) == []


def compose(page: Page, spelled: str, words: str) -> None:
    """Write as an input method does: letters under composition, then the chosen words in their place."""
    line_to_browser = page.context.new_cdp_session(page)
    taken = {
        "key": "Process",
        "code": "KeyX",
        "windowsVirtualKeyCode": 229,
    }  # how a key reads that the method has taken
    line_to_browser.send("Input.dispatchKeyEvent", {"type": "rawKeyDown", **taken})
    for length in range(1, len(spelled) + 1):
        shown = spelled[:length]
        line_to_browser.send(
            "Input.imeSetComposition", {"text": shown, "selectionStart": length, "selectionEnd": length}
        )
    line_to_browser.send("Input.insertText", {"text": words})


def test_an_input_method_composes_into_an_open_cell(grid_of: Any) -> None:
    page = grid_of("nongye")
    paste(page, line("账目拖延"))
    saved(page)
    cell(page, "suggestion").click()

    cell(page, "suggestion").dblclick()
    compose(page, "nongye", "限期")
    compose(page, "zhenggai", "整改")
    does(page, "cells", lambda: page.keyboard.press("Enter"))

    assert Problem.objects.get().suggestion == "限期整改"


def test_an_input_method_begins_on_a_cell_that_is_only_chosen(grid_of: Any) -> None:
    """As in a spreadsheet: choose the cell, spell the words, press Enter."""
    page = grid_of("nongye")
    paste(page, line("账目拖延"))
    saved(page)
    cell(page, "problem").click()

    compose(page, "xianqizhenggai", "限期整改")
    does(page, "cells", lambda: page.keyboard.press("Enter"))

    assert Problem.objects.get().description == "限期整改"
