"""A real Chromium, driven by Playwright, that looks at what Pentad shows.

Chromium is the system's (`make test` installs it where it may). `CHROMIUM` names another one.
"""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import BrowserContext, Page, sync_playwright

QUIET = ("--no-sandbox", "--disable-background-networking", "--disable-component-update", "--disable-sync")


def chromium() -> str:
    """Path of the browser."""
    found = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    path = os.environ.get("CHROMIUM") or found
    assert path, "no Chromium: install it (Debian: apt-get install chromium) or set CHROMIUM to its path"
    return path


@contextmanager
def browsing(width: int = 1500, height: int = 1000) -> Iterator[BrowserContext]:
    """A fresh profile that may use the clipboard."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=list(QUIET))
        try:
            size = {"width": width, "height": height}
            yield browser.new_context(viewport=size, permissions=["clipboard-read", "clipboard-write"])
        finally:
            browser.close()


class Neo4jBrowser:
    """Neo4j Browser as a person uses it: log in, paste, run, look."""

    def __init__(self, page: Page, address: str) -> None:
        self.page = page
        page.goto(address)

    def log_in(self, user: str, password: str) -> None:
        """Fills in the login form that stands there at the start."""
        page = self.page
        page.get_by_test_id("username").fill(user)
        page.get_by_test_id("password").fill(password)
        page.get_by_test_id("connect").click()
        page.get_by_text("You are connected as user").wait_for()

    def run(self, text: str) -> None:
        """Pastes into the editor and runs it; waits for its frame."""
        page = self.page
        frames = page.get_by_test_id("frame").count()
        page.get_by_test_id("activeEditor").click()
        page.keyboard.press("Control+a")
        # Pasted, not typed: the editor would close brackets that are typed a second time.
        page.evaluate("text => navigator.clipboard.writeText(text)", text)
        page.keyboard.press("Control+v")
        page.get_by_test_id("editor-Run").click()
        page.wait_for_function("count => document.querySelectorAll('[data-testid=frame]').length > count", arg=frames)

    def wait_for_graph(self, nodes: int) -> None:
        """Until at least so many nodes are drawn and have come to rest."""
        self.page.wait_for_function(
            "nodes => document.querySelectorAll('svg circle.b-outline').length >= nodes", arg=nodes
        )
        self.page.wait_for_timeout(2500)

    def colours(self) -> set[str]:
        """Fill colours of the nodes that are drawn."""
        found: list[str] = self.page.evaluate(
            "[...document.querySelectorAll('svg circle.b-outline')].map(c => c.getAttribute('fill'))"
        )
        return {colour.upper() for colour in found}
