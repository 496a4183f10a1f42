"""Desks in a real browser: one window per person, logged in once, and a clock that the office's server believes."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any

import time_machine
from playwright.sync_api import Browser, Page, expect

from tests.browser import PATIENCE
from tests.factories import PASSWORD

LONG = 400 * 24 * 3600  # seconds: who logged in at the beginning of the year is still logged in at its end


class Desks:
    """Pages by name of the person; complaints of their consoles; the day on which the office works."""

    def __init__(self, browser: Browser, args: dict[str, Any], clock: Any) -> None:
        self._browser, self._args, self._clock = browser, args, clock
        self._pages: dict[str, Page] = {}
        self.complaints: list[str] = []
        self.places: dict[str, str] = {}  # addresses that people keep

    def day(self, moment: datetime) -> None:
        """Go on at this moment; the clock ticks from there."""
        self._clock.move_to(moment)

    def of(self, username: str, address: str = "/") -> Page:
        """The person's page, opened at an address."""
        page = self._pages.get(username) or self._enter(username)
        page.goto(address)
        return page

    def _enter(self, username: str) -> Page:
        page = self._pages[username] = self._browser.new_context(**self._args).new_page()
        page.set_default_timeout(PATIENCE)
        page.on("console", lambda said: self._hear(said.type, said.text))
        page.goto("/login/")
        page.get_by_label("登录名").fill(username)
        page.get_by_label("密码").fill(PASSWORD)
        page.get_by_role("button", name="登录").click()
        page.wait_for_url("**/")
        return page

    def _hear(self, kind: str, text: str) -> None:
        """A refusal with its sentence (409, 422) is an answer; every other error of a console is a complaint."""
        if kind == "error" and "status of 409" not in text and "status of 422" not in text:
            self.complaints.append(text)

    def sign(self, *usernames: str, returned: str = "") -> None:
        """Each signs the first paper on the desk, or sends it back with these words."""
        for username in usernames:
            page = self.of(username)
            page.get_by_role("link", name="阅签").first.click()
            if returned:
                page.get_by_label("批注").fill(returned)
            page.get_by_role("button", name="退回" if returned else "同意").click()
            expect(page.get_by_role("status")).to_be_visible()

    def close(self) -> None:
        """Close every window."""
        for page in self._pages.values():
            page.context.close()


@contextmanager
def desks(browser: Browser, args: dict[str, Any], server: Any, settings: Any, start: datetime) -> Iterator[Desks]:
    """Windows at the live server, whose clock begins at `start`."""
    settings.SESSION_COOKIE_AGE = LONG
    with time_machine.travel(start, tick=True) as clock:
        opened = Desks(browser, {**args, "base_url": server.url}, clock)
        yield opened
        opened.close()


def fill(page: Page, **values: str) -> None:
    """Write into fields by their id: a text, a day, or a choice by its label; True or False ticks."""
    for name, value in values.items():
        field = page.locator(f"#{name}")
        if isinstance(value, bool):
            field.set_checked(value)
        elif field.evaluate("node => node.tagName") == "SELECT":
            field.select_option(label=value)
        else:
            field.fill(value)


def tick_all(page: Page, count: int, name: str | None = None) -> None:
    """Tick every box (of this name), once the page has put all of them there."""
    boxes = page.get_by_role("checkbox", name=name)
    expect(boxes).to_have_count(count)
    for box in boxes.all():
        box.check()


def press(page: Page, button: str, says: str = "") -> None:
    """Press a button; the page answers with a sentence."""
    page.get_by_role("button", name=button, exact=True).click()
    if says:
        expect(page.get_by_role("status")).to_contain_text(says)


def unfold(page: Page, summary: str) -> None:
    """Open what is folded, if it is."""
    page.locator("details:not([open]) > summary", has_text=summary).first.click()
