"""Take the pictures of the README from a running demo: `.venv/bin/python docs/screenshots.py [PORT]`."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

HERE = Path(__file__).resolve().parent
SHOTS = (
    ("desk", "nongye_head", "/"),
    ("checklist", "dangfeng", "/checklists/"),
    ("grid", "nongye", "/ledgers/"),
    ("problems", "nongye", "/problems/"),
    ("round", "nongye", "/rounds/1/"),
)
FLAGS = ("--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-sync")


def log_in(page: Page, base: str, user: str, password: str) -> None:
    """Through the entrance, as a person would."""
    page.goto(f"{base}/login/")
    page.fill("input[name=username]", user)
    page.fill("input[name=password]", password)
    page.press("input[name=password]", "Enter")
    page.wait_for_load_state("networkidle")


def main(port: str = "8000") -> None:
    """One picture per row of SHOTS, 1440 pixels wide."""
    base = f"http://127.0.0.1:{port}"
    password = (Path(os.environ.get("VAR_DIR", HERE.parent / "var")) / "demo-password").read_text().strip()
    (HERE / "screenshots").mkdir(exist_ok=True)
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path="/usr/bin/chromium", args=list(FLAGS))
        for name, user, path in SHOTS:
            page = browser.new_context(viewport={"width": 1440, "height": 900}, locale="zh-CN").new_page()
            log_in(page, base, user, password)
            page.goto(base + path)
            if name == "grid":
                page.click("a[href$='/grid/']")
            page.wait_for_load_state("networkidle")
            page.screenshot(path=str(HERE / "screenshots" / f"{name}.png"))
        browser.close()


if __name__ == "__main__":
    main(*sys.argv[1:2])
