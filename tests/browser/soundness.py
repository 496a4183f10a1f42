"""What every page owes its readers: nothing that stops a screen reader, and nothing wider than the screen."""

from __future__ import annotations

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

WIDTHS = (390, 1366, 1440)


def grave_faults(page: Page) -> list[str]:
    """Serious and critical faults, with the place of the first; the mouse lies aside, so that nothing changes meanwhile."""
    page.wait_for_load_state()
    page.mouse.move(0, 0)
    # The library is put into the page by the test driver, which the content policy of the page allows to it alone.
    found = Axe().run(page).response["violations"]
    return [
        f"{rule['id']}: {rule['nodes'][0]['target']}" for rule in found if rule["impact"] in ("serious", "critical")
    ]


def sound(page: Page) -> None:
    """No serious fault for a screen reader, and nothing wider than a telephone or an office screen."""
    assert grave_faults(page) == []
    size = page.viewport_size
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        assert page.evaluate("document.documentElement.scrollWidth") <= width, f"{page.url} at {width}"
    if size:
        page.set_viewport_size(size)
