"""Take the pictures of the README and of the manual from a running demo: `.venv/bin/python docs/screenshots.py [PORT]`."""

from __future__ import annotations

import os
import sys
from io import BytesIO
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

HERE = Path(__file__).resolve().parent
SHOTS = (
    ("desk", "nongye_head", "/"),
    ("checklist", "dangfeng", "/checklists/"),
    ("grid", "nongye", "/ledgers/", "a[href$='/grid/']"),
)
# Name, user, page, and what is pressed on the way, so that no picture hangs on a record's number.
MANUAL = (
    ("clerk-desk", "nongye", "/"),
    ("clerk-grid", "nongye", "/ledgers/", "a[href$='/grid/']"),
    ("clerk-round", "nongye", "/rounds/", "text=高标准农田建设管护情况专项监督（第1轮）"),
    ("clerk-quarterly", "nongye", "/quarterly/", "text=继续修改、签字报送"),
    ("clerk-appraisal", "nongye", "/appraisals/", "main table a:has-text('县农机服务中心')"),
    ("clerk-coverage", "nongye", "/registers/talks/coverage/"),
    ("head-returned", "jiaoyu_head", "/quarterly/", "main table a:has-text('第三季度')"),
    ("head-close", "weijian_head", "/problems/?step=submitted", "main table a:has-text('药品验收单')"),
    ("head-evaluation", "nongye_head", "/evaluation/", "main a:text-is('核对')"),
    ("assisting-desk", "xieguan1", "/"),
    ("assisting-briefing", "xieguan1", "/briefings/", "tr:has-text('核对') a >> nth=0"),
    ("deputy-coverage", "fenguan", "/briefings/coverage/"),
    ("secretary-overview", "shuji", "/overview/"),
    ("secretary-matrix", "shuji", "/duties/matrix/"),
    ("office-desk", "dangfeng", "/"),
    ("office-master", "dangfeng", "/ledgers/", "text=工作总台账"),
    ("office-quarterly", "dangfeng", "/quarterly/?period=2026Q3"),
    ("office-checks", "dangfeng", "/checks/"),
    ("office-limits", "dangfeng_head", "/limits/"),
    ("office-indicators", "dangfeng", "/indicators/"),
    ("office-sentences", "dangfeng", "/indicators/sources/003/"),
    ("office-evaluation", "dangfeng", "/evaluation/", "main table a:has-text('评估表')"),
    ("office-verify", "dangfeng_head", "/registers/verify/"),
    ("office-ecology", "dangfeng", "/ecology/", "text=2025年度政治生态分析报告"),
    ("committee-meeting", "changweihui", "/committee/", "text=第11次会议"),
    ("committee-decision", "changweihui", "/", "text=阅签"),
    ("document-number", "wenshu", "/", "main a:text-is('编号') >> nth=0"),
    ("case-shares", "anguan", "/ledgers/shares/"),
    ("admin-users", "sysadmin", "/users/"),
    ("duties", "nongye", "/duties/"),
)
FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-sync",
)
SIZE = {"width": 1440, "height": 900}
COLOURS = 128  # enough for a page of text; keeps a picture well under 200 kB


def log_in(page: Page, base: str, user: str, password: str) -> None:
    """Through the entrance, as a person would."""
    page.goto(f"{base}/login/")
    page.fill("input[name=username]", user)
    page.fill("input[name=password]", password)
    page.press("input[name=password]", "Enter")
    page.wait_for_load_state("networkidle")


def take(page: Page, address: str, presses: tuple[str, ...], target: Path) -> None:
    """One viewport, in few colours."""
    page.goto(address)
    for press in presses:
        page.wait_for_load_state("networkidle")
        page.click(press)
    page.wait_for_load_state("networkidle")
    picture = Image.open(BytesIO(page.screenshot())).convert("RGB")
    picture.quantize(COLOURS, dither=Image.Dither.NONE).save(target, optimize=True)


def take_all(browser: Browser, base: str, password: str, shots: tuple[tuple[str, ...], ...], folder: Path) -> None:
    """One picture per row."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, user, path, *presses in shots:
        page = browser.new_context(viewport=SIZE, locale="zh-CN").new_page()
        log_in(page, base, user, password)
        take(page, base + path, tuple(presses), folder / f"{name}.png")
        page.context.close()


def main(port: str = "8000", *names: str) -> None:
    """All pictures, or the named ones, 1440 pixels wide."""
    base = f"http://127.0.0.1:{port}"
    password = (Path(os.environ.get("VAR_DIR", HERE.parent / "var")) / "demo-password").read_text().strip()
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path="/usr/bin/chromium", args=list(FLAGS))
        for shots, folder in ((SHOTS, HERE / "screenshots"), (MANUAL, HERE / "manual" / "pictures")):
            wanted = tuple(shot for shot in shots if not names or shot[0] in names)
            take_all(browser, base, password, wanted, folder)
        browser.close()


if __name__ == "__main__":
    main(*sys.argv[1:])
