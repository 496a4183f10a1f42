"""The year's checklist from the first proposal to the ledger that follows by itself, walked by hand in a real browser."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import Browser, Page, expect

from accounts.models import Approval
from checklists.actions import points
from checklists.models import AnnualChecklist, ChecklistItem
from checklists.states import FocusArea
from ledgers.models import MasterLedgerEntry, UnitLedgerEntry
from supervision.models import Problem
from tests.factories import PASSWORD, County, county

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
TITLES = ("高标准农田建设管护情况专项监督", "惠农补贴“一卡通”发放情况监督", "农村集体“三资”管理监督检查")
ROWS = 500


@pytest.fixture
def cast() -> County:
    return county()


@pytest.fixture
def desk_of(browser: Browser, browser_context_args: dict[str, Any], live_server: Any) -> Iterator[Any]:
    """A browser of one's own per person, logged in once."""
    pages: dict[str, Page] = {}

    def open_desk(username: str) -> Page:
        if username not in pages:
            args = {
                **browser_context_args,
                "base_url": live_server.url,
                "permissions": ["clipboard-read", "clipboard-write"],
            }
            page = pages[username] = browser.new_context(**args).new_page()
            page.goto("/login/")
            page.get_by_label("登录名").fill(username)
            page.get_by_label("密码").fill(PASSWORD)
            page.get_by_role("button", name="登录").click()
            page.wait_for_url(f"{live_server.url}/")
        return pages[username]

    yield open_desk
    for page in pages.values():
        page.context.close()


def propose(page: Page, year: int, title: str) -> None:
    """Fill in a 驻点式 project and send it up."""
    page.goto(f"/checklists/items/new/?year={year}&form=stationed")
    page.locator("#id_title").fill(title)
    page.locator("#id_focus_area").select_option(FocusArea.MAJOR_DECISIONS.value)
    page.locator("#id_content").fill("检查责任落实、资金使用和问题整改情况")
    page.locator("#id_period_start").fill(f"{year}-03-01")
    page.locator("#id_period_end").fill(f"{year}-11-30")
    page.get_by_label("县农业农村局").check()
    page.get_by_role("button", name="保存草稿").click()
    page.get_by_role("button", name="层报审批").click()
    expect(page.get_by_role("status")).to_contain_text("已送")


def sign(page: Page, *, returned: str = "") -> None:
    """Sign, or send back, the first paper on the desk."""
    page.goto("/")
    page.get_by_role("link", name="阅签").first.click()
    if returned:
        page.get_by_label("批注").fill(returned)
        page.get_by_role("button", name="退回").click()
    else:
        page.get_by_role("button", name="同意").click()
    expect(page.get_by_role("status")).to_be_visible()


def test_a_year_from_proposal_to_ledger(cast: County, desk_of: Any) -> None:
    year = timezone.localdate().year
    issue_points(cast, year)
    clerk = desk_of("nongye")
    for title in TITLES:
        propose(clerk, year, title)

    clerk.goto(f"/checklists/items/new/?year={year}&form=stationed")
    expect(clerk.locator("main")).to_contain_text("每年确定1至3个，不能再增加")
    expect(clerk.locator("main")).to_contain_text("依据第六条第（一）项")

    returned_and_resubmitted(cast, desk_of)
    sign_everything(desk_of)
    file_everything(clerk)
    compile_and_publish(desk_of, year)
    printed(desk_of("dangfeng"), year)
    fill_the_ledger(clerk, year)
    county_has_followed(desk_of("dangfeng"), cast, year)


def issue_points(cast: County, year: int) -> None:
    """The key points are there before the proposals (A6.1a)."""
    made = points.save_points(cast.cso, year, title=f"{year}年度政治监督要点", basis="县纪委全会部署", by=cast.dangfeng,
                              rows=[(FocusArea.MAJOR_DECISIONS, "围绕粮食安全开展监督")], at=timezone.now())  # fmt: skip
    points.publish_points(made, by=cast.dangfeng_head, at=timezone.now())


def returned_and_resubmitted(cast: County, desk_of: Any) -> None:
    """One project comes back from the head with a reason and goes up again."""
    sign(desk_of("nongye_head"), returned="请写明检查频次")
    item = ChecklistItem.objects.get(step="returned")
    page = desk_of("nongye")
    page.goto(f"/checklists/items/{item.pk}/")
    expect(page.locator("main")).to_contain_text("请写明检查频次")
    page.goto(f"/checklists/items/{item.pk}/edit/")
    page.locator("#id_frequency").fill("每季度1次")
    page.get_by_role("button", name="保存").click()
    page.get_by_role("button", name="层报审批").click()
    expect(page.get_by_role("status")).to_contain_text("已送")
    assert Approval.objects.filter(subject_id=item.pk).count() == 2


def sign_everything(desk_of: Any) -> None:
    """Head, AM, DS, three papers each."""
    for username in ("nongye_head", "xieguan1", "fenguan"):
        for _ in TITLES:
            sign(desk_of(username))
    assert ChecklistItem.objects.filter(step="approved").count() == 3


def file_everything(page: Page) -> None:
    """What the DS approved goes to 党风政风监督室."""
    for item in ChecklistItem.objects.order_by("pk"):
        page.goto(f"/checklists/items/{item.pk}/")
        page.get_by_role("button", name="报送党风政风监督室").click()
        expect(page.get_by_role("status")).to_be_visible()


def compile_and_publish(desk_of: Any, year: int) -> None:
    """Clerk compiles, head submits, the committee's secretary records, head publishes."""
    clerk, head, secretary = desk_of("dangfeng"), desk_of("dangfeng_head"), desk_of("changweihui")
    clerk.goto(f"/checklists/compile/?year={year}")
    clerk.get_by_role("button", name="开始汇总").click()
    expect(clerk.locator("main")).to_contain_text(TITLES[0])
    head.goto(f"/checklists/compile/?year={year}")
    head.get_by_role("button", name="提请县纪委常委会审批").click()
    secretary.goto(f"/checklists/resolution/?year={year}")
    secretary.get_by_label("会议日期").fill(timezone.localdate().isoformat())
    secretary.get_by_label("审议通过").check()
    secretary.get_by_role("button", name="登记决定").click()
    expect(secretary.get_by_role("status")).to_be_visible()
    head.goto(f"/checklists/compile/?year={year}")
    head.get_by_role("button", name="印发清单").click()
    expect(head.locator("main")).to_contain_text("第1版")


def printed(page: Page, year: int) -> None:
    """The published list holds the three projects on screen, as PDF and as workbook."""
    page.goto(f"/checklists/list/?year={year}")
    for title in TITLES:
        expect(page.locator("main")).to_contain_text(title)
    pk = AnnualChecklist.objects.get(year=year).pk
    pdf = page.request.get(f"/reports/checklists/{pk}.pdf")
    book = page.request.get(f"/reports/checklists/{pk}.xlsx")
    assert pdf.body().startswith(b"%PDF") and book.body().startswith(b"PK")
    assert MasterLedgerEntry.objects.filter(year=year).count() == 3


def fill_the_ledger(page: Page, year: int) -> None:
    """500 rows pasted from a spreadsheet, saved without a button."""
    page.goto("/ledgers/")
    page.get_by_role("link", name="填写台账").first.click()
    page.locator("#grid[data-ready=true]").wait_for()
    lines = [
        "\t".join((TITLES[n % 3], "县农业农村局", f"工程变更未履行审批手续，涉及{n}个标段", f"{year}.1.5"))
        for n in range(ROWS)
    ]
    page.evaluate("text => navigator.clipboard.writeText(text)", "\r\n".join(lines))
    page.locator("#grid td[data-x='2'][data-y='0']").first.click()
    page.keyboard.press("Control+V")
    page.locator("#grid-state[data-state=saved]", has_text="已保存").wait_for(timeout=90_000)
    assert Problem.objects.count() == ROWS
    assert UnitLedgerEntry.objects.filter(kind="problem").count() == ROWS


def county_has_followed(page: Page, cast: County, year: int) -> None:
    """党风政风监督室 sees the counts without typing anything."""
    page.goto(f"/ledgers/?year={year}")
    expect(page.get_by_role("row", name="驻县农业农村局纪检监察组")).to_contain_text("500")
    page.goto(f"/ledgers/master/?year={year}")
    counts = page.get_by_role("row").filter(has_text=TITLES[0]).get_by_role("link")
    expect(counts.nth(2)).to_have_text("167")
