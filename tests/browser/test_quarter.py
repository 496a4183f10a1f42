"""A quarter walked by hand: the draft from the ledger, a wrong number mended, signature, return, again, taken in, merged (A10.4a)."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from django.db import connection
from playwright.sync_api import Browser, Page, expect
from pypdf import PdfReader

from accounts.duties import open_duties
from reports.models import CountyQuarter, QuarterlyReport
from reports.tasks import draft_quarterly
from tests.browser.desks import Desks, desks, press, unfold
from tests.browser.soundness import sound
from tests.factories import County, county, moment
from tests.reports.quarterly_cases import sent
from tests.samples import make_problem

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
REASON = "“存在困难”请结合项目写具体"


@pytest.fixture
def cast() -> County:
    """Four problems of the group, two of the township, one of the year before."""
    made = county()
    for day in (5, 6, 7, 8):
        make_problem(made, made.agri, found_on=date(2026, 1, day), due_on=date(2026, 3, 1 if day < 7 else 31))
    for day in (9, 10):
        make_problem(made, made.town, found_on=date(2026, 2, day), fixed_on_spot=day == 9)
    make_problem(made, made.agri, found_on=date(2025, 12, 30), year=2025)
    return made


@pytest.fixture
def office(
    browser: Browser, browser_context_args: dict[str, Any], live_server: Any, settings: Any, cast: County
) -> Iterator[Desks]:
    """The county's desks on the morning of 18 March 2026; what a console complains about fails the journey."""
    with desks(browser, browser_context_args, live_server, settings, moment(2026, 3, 18, 8, 30)) as opened:
        yield opened
    assert opened.complaints == []


def test_a_quarter_from_its_draft_to_the_countys_paper(office: Desks, cast: County) -> None:
    open_duties(date(2026, 1, 1))
    assert draft_quarterly(at=moment(2026, 3, 18, 8, 35).isoformat()) == {"drafted": 3}
    sent(cast.town, at=moment(2026, 3, 18, 8, 40))
    the_clerk_writes(office)
    the_head_signs(office, moment(2026, 3, 24, 17, 30))
    the_office_returns(office)
    written_again(office)
    taken_in_and_merged(office)
    the_paper_says_what_the_database_says(office)


def type_into(page: Page, section: str, words: str, *, clear: bool = False) -> None:
    """Write at the end of a section of the editor, or in place of it."""
    page.locator(".figure-editor").last.wait_for()
    editor = page.get_by_role("textbox", name=section)
    editor.click()
    if clear:
        editor.press("Control+A")
        editor.press("Delete")
    else:
        editor.press("Control+End")
    page.keyboard.insert_text(words)


def the_clerk_writes(office: Desks) -> None:
    """From the desk into the editor: a chip is put in, a wrong number is marked and mended."""
    page = office.of("nongye")
    page.get_by_role("link", name="核对报送").click()
    expect(page.locator("article")).to_contain_text("共发现问题4个，较上季度增加3个")
    sound(page)
    page.get_by_role("link", name="修改", exact=True).click()
    sound(page)
    type_into(page, "存在困难", "本季度发现问题28个，专业力量不足，其中尚未销号")
    expect(page.locator("main")).to_contain_text("文中“发现问题”28个与台账4个不一致")  # while typing, nothing saved yet
    page.get_by_role("button", name="插入尚未销号问题", exact=True).click()
    type_into(page, "下季度打算", "继续推进。", clear=True)
    page.get_by_role("button", name="保存报告").click()
    expect(page.locator("main")).to_contain_text("文中“发现问题”28个与台账4个不一致")
    page.get_by_role("button", name="改为台账数").click()
    expect(page.get_by_role("status")).to_contain_text("改为台账数")
    report = QuarterlyReport.objects.get(organ__name="驻县农业农村局纪检监察组")
    assert (
        report.text_of("difficulties")
        == "本季度发现问题{{problems_found}}，专业力量不足，其中尚未销号{{rectification_open}}"
    )
    assert report.text_of("plans") == "继续推进。"
    assert "{{problems_found}}" in report.text_of("problems")  # the chips came back as they went out
    office.places["report"] = report.get_absolute_url()


def the_head_signs(office: Desks, at: Any) -> None:
    """The day before the last: the head signs what the ledger says now."""
    office.day(at)
    page = office.of("nongye_head", office.places["report"])
    press(page, "签字报送", "已签字报送党风政风监督室")
    expect(page.locator("main")).to_contain_text("已锁定")
    sound(page)


def the_office_returns(office: Desks) -> None:
    """党风政风监督室 finds one organ missing, reads the report and sends it back."""
    office.day(moment(2026, 3, 26, 9, 0))
    page = office.of("dangfeng")
    page.get_by_role("link", name="看各单位").click()
    expect(page.locator("main")).to_contain_text("应报3个单位：已报2个，逾期未报1个")
    sound(page)
    page.get_by_role("button", name="催办驻县教育局纪检监察组").click()
    expect(page.get_by_role("status")).to_contain_text("已提醒驻县教育局纪检监察组")
    page.get_by_role("row", name="驻县农业农村局纪检监察组").get_by_role("link", name="审阅接收").click()
    unfold(page, "退回修改")
    page.get_by_label("退回理由").fill(REASON)
    press(page, "退回报告单位", "首次报送时间不变")


def written_again(office: Desks) -> None:
    """The clerk reads why, writes, and the head signs again after the 25th: still in time."""
    page = office.of("nongye")
    page.get_by_role("link", name="修改报告").click()
    expect(page.locator("main")).to_contain_text(REASON)
    page.get_by_role("link", name="修改", exact=True).click()
    type_into(page, "存在困难", "缺少工程审计人员。", clear=True)
    press(page, "保存报告", "已保存报告")
    the_head_signs(office, moment(2026, 3, 27, 10, 0))
    page = office.of("nongye_head", office.places["report"])
    expect(page.locator(".rail")).to_contain_text("按时完成")
    expect(page.locator(".rail")).to_contain_text("第2次")


def taken_in_and_merged(office: Desks) -> None:
    """Taken in; one click makes the county's draft; the missing organ is named."""
    page = office.of("dangfeng", office.places["report"])
    press(page, "接收报告", "已接收")
    page.goto("/quarterly/")
    press(page, "汇总全县报告", "已汇总2个单位的报告")
    expect(page.locator("main")).to_contain_text("驻县教育局纪检监察组（未报送）")
    expect(page.locator("article")).to_contain_text("驻县农业农村局纪检监察组：缺少工程审计人员。")
    sound(page)
    page.get_by_role("link", name="修改", exact=True).click()
    type_into(page, "下季度打算", "全县开展交叉检查。", clear=True)
    press(page, "保存汇总稿", "已保存汇总稿")
    expect(page.locator("article")).to_contain_text("全县开展交叉检查。")


def counted(sql: str) -> int:
    """One number of the database, by nobody's code but this test's."""
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return int(cursor.fetchone()[0])


def the_paper_says_what_the_database_says(office: Desks) -> None:
    """Figures of the county's PDF against SQL that knows nothing of the product's counting."""
    row = CountyQuarter.objects.get()
    data = office.of("dangfeng").request.get(f"/quarterly/county/{row.pk}.pdf").body()
    text = "".join(page.extract_text() for page in PdfReader(io.BytesIO(data)).pages).replace("\n", "").replace(" ", "")
    quarter = "p.removed_at IS NULL AND p.found_on BETWEEN '2026-01-01' AND '2026-03-31'"
    joined = "FROM supervision_rectificationitem r JOIN supervision_problem p ON p.id = r.problem_id WHERE"
    spot = "p.fixed_on_spot = '1'" if connection.vendor == "postgresql" else "p.fixed_on_spot = 1"
    expected = {
        "共发现问题": counted(f"SELECT COUNT(*) FROM supervision_problem p WHERE {quarter}"),
        "其中立行立改问题": counted(f"SELECT COUNT(*) FROM supervision_problem p WHERE {quarter} AND {spot}"),
        "尚未销号问题": counted(f"SELECT COUNT(*) {joined} p.removed_at IS NULL AND r.closed_on IS NULL"),
        "其中逾期未销号问题": counted(f"SELECT COUNT(*) {joined} p.removed_at IS NULL AND r.closed_on IS NULL AND r.due_on < '2026-03-27'"),
    }  # fmt: skip
    found = {name: int(hit[1]) for name in expected if (hit := re.search(f"{name}(\\d+)个", text))}
    assert found == expected
    assert expected["共发现问题"] == 6
