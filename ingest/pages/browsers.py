"""The last rung: Chromium, for pages that scripts fill. A few browsers, each in a thread of its own, used again.

No browser ever opens a connection: it has no names (they all resolve to nothing) and no proxy, and each request that a
page makes is answered from here, through the guard. Pictures, fonts and films are not fetched.
"""

import os
import shutil
import time
from collections.abc import Callable
from concurrent.futures import Future
from contextlib import suppress
from importlib.util import find_spec
from queue import Empty, SimpleQueue
from threading import BoundedSemaphore, Lock, Thread
from typing import Any

from graph.errors import Unavailable
from ingest.fetching import Fault, FetchError
from ingest.pages.answer import Answer
from ingest.pages.options import Rung
from ingest.pages.plain_means import ImpersonatedMeans

QUIET = (
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
    "--no-first-run",
    "--host-resolver-rules=MAP * ~NOTFOUND",
    "--force-webrtc-ip-handling-policy=disable_non_proxied_udp",
)
_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
_FETCHED = frozenset(("document", "script", "xhr", "fetch", "stylesheet"))
_DROPPED = frozenset(("content-encoding", "content-length", "transfer-encoding", "connection", "keep-alive"))
_PASSED = frozenset(("cookie", "accept", "accept-language", "referer", "x-requested-with"))
_REQUESTS = 60
"""Requests that one page may make."""
_SETTLED = 0.4
_IDLE = 120.0
"""Seconds without work after which a browser is closed."""


def missing(chromium: str = "") -> str | None:
    """Why there is no browser to use; None where there is one."""
    if find_spec("playwright") is None:
        return "the browser rung needs Playwright: pip install 'pentad[browser]'"
    if path_of(chromium) is None:
        return "the browser rung needs Chromium: install it, or name its path in the setting page_chromium"
    return None


def path_of(chromium: str = "") -> str | None:
    """The browser's path: the one that is set, else the first one found."""
    if chromium:
        return chromium if os.access(chromium, os.X_OK) else None
    return next(filter(None, map(shutil.which, _NAMES)), None)


def _sandboxed() -> bool:
    """Chromium's own sandbox cannot be used by root."""
    return os.name != "nt" and os.geteuid() != 0


class BrowserMeans:
    """A pool of browsers, none of them started before it is needed. May be used by many threads."""

    def __init__(self, means: ImpersonatedMeans, *, browsers: int = 3, pages: int = 50, chromium: str = "") -> None:
        self._means = means
        self._pages = pages
        self._chromium = chromium
        self._free = BoundedSemaphore(browsers)
        self._lock = Lock()
        self._idle: list[_Browser] = []
        self.started = 0

    def fetch(self, url: str, *, timeout: float, proxy: str | None = None) -> Answer:
        """The page at the address after its scripts have run. Raises FetchError; Unavailable where there is no browser
        to use."""
        if not self._free.acquire(timeout=timeout * 2):
            raise FetchError(Fault.TIMEOUT, "all browsers are busy")
        try:
            browser = self._taken()
            try:
                return browser.show(url, timeout, proxy)
            finally:
                self._put_back(browser)
        finally:
            self._free.release()

    def close(self) -> None:
        """Ends all browsers that are not at work."""
        with self._lock:
            idle, self._idle = self._idle, []
        for browser in idle:
            browser.end()

    def _taken(self) -> "_Browser":
        with self._lock:
            while self._idle:
                browser = self._idle.pop()
                if browser.alive:
                    return browser
            self.started += 1
        why = missing(self._chromium)
        if why is not None:
            raise Unavailable(why)
        return _Browser(self._means, path_of(self._chromium) or "")

    def _put_back(self, browser: "_Browser") -> None:
        if browser.alive and browser.shown < self._pages:
            with self._lock:
                self._idle.append(browser)
        else:
            browser.end()


class _Browser:
    """One Chromium and the thread that it belongs to: Playwright's objects may be used in no other."""

    def __init__(self, means: ImpersonatedMeans, path: str) -> None:
        self.shown = 0
        self.alive = True
        self._means = means
        self._path = path
        self._work: SimpleQueue[tuple[Future[Answer], Callable[[Any], Answer]] | None] = SimpleQueue()
        self._thread = Thread(target=self._run, name="browser", daemon=True)
        self._thread.start()

    def show(self, url: str, timeout: float, proxy: str | None) -> Answer:
        """Shows one page in a fresh profile. Raises FetchError, Unavailable."""
        self.shown += 1
        done: Future[Answer] = Future()
        self._work.put((done, lambda browser: _Visit(self._means, url, timeout, proxy).made(browser)))
        try:
            return done.result(timeout=timeout * 2 + 30)
        except TimeoutError as error:
            self.alive = False
            raise FetchError(Fault.TIMEOUT, "the browser did not finish in time") from error

    def end(self) -> None:
        """Ends it once it has done its work."""
        self.alive = False
        self._work.put(None)

    def _run(self) -> None:
        # Where the extra is not installed, nothing but this rung misses it.
        from playwright.sync_api import Error, sync_playwright

        try:
            with sync_playwright() as playwright:
                browser = playwright.chromium.launch(
                    executable_path=self._path, args=list(QUIET), chromium_sandbox=_sandboxed()
                )
                try:
                    self._serve(browser, Error)
                finally:
                    with suppress(Error):
                        browser.close()
        except Exception as error:
            self._fail(error)
        finally:
            self.alive = False
            self._fail(RuntimeError("the browser has ended"))

    def _serve(self, browser: Any, failed: type[Exception]) -> None:
        while True:
            try:
                wanted = self._work.get(timeout=_IDLE)
            except Empty:
                return
            if wanted is None:
                return
            done, work = wanted
            try:
                done.set_result(work(browser))
            except FetchError as error:
                done.set_exception(error)
            except failed as error:
                done.set_exception(_of_playwright(error))
                if not browser.is_connected():
                    return
            except Exception as error:
                done.set_exception(error)

    def _fail(self, error: Exception) -> None:
        self.alive = False
        while True:
            try:
                wanted = self._work.get_nowait()
            except Empty:
                return
            if wanted is not None and not wanted[0].done():
                wanted[0].set_exception(
                    Unavailable(f"the browser cannot be used: {' '.join(str(error).split())[:200]}")
                )


class _Visit:
    """One page in one browser: what it asks for, and what it was answered."""

    def __init__(self, means: ImpersonatedMeans, url: str, timeout: float, proxy: str | None) -> None:
        self._means = means
        self._url = url
        self._proxy = proxy
        self._timeout = timeout
        self._end = time.monotonic() + timeout
        self._asked = 0
        self._document: Answer | None = None
        self._error: FetchError | None = None

    def made(self, browser: Any) -> Answer:
        """The page as it stands once its scripts have come to rest. Raises FetchError, Playwright's errors."""
        began = time.monotonic()
        context = browser.new_context(service_workers="block", java_script_enabled=True)
        try:
            context.route("**/*", self._answer)
            context.route_web_socket("**/*", _closed)
            page = context.new_page()
            page.set_default_timeout(self._left() * 1000)
            page.goto(self._url, wait_until="load", timeout=self._left() * 1000)
            html = self._rested(page)
        except Exception:
            if self._error is not None:
                raise self._error from None
            raise
        finally:
            with suppress(Exception):
                context.close()
        document = self._document
        if document is None:
            raise self._error or FetchError(Fault.PROTOCOL, "the browser was shown no page")
        headers = {**document.headers, "content-type": document.headers.get("content-type", "text/html")}
        headers = {name: value for name, value in headers.items() if name not in _DROPPED}
        body = html.encode("utf-8", "replace")
        if document.media_type in ("text/html", "application/xhtml+xml", ""):
            headers["content-type"] = "text/html; charset=utf-8"
        else:
            body = document.body
        elapsed = round((time.monotonic() - began) * 1000)
        return Answer(document.url, document.status, headers, body, Rung.BROWSER, elapsed)

    def _rested(self, page: Any) -> str:
        """The page's HTML once it is the same twice; a page may move on to another one meanwhile."""
        before, html = "", ""
        while True:
            with suppress(Exception):
                html = page.content()
            if html and html == before:
                return html
            left = self._end - time.monotonic()
            if left <= 0:
                return html
            before = html
            page.wait_for_timeout(min(_SETTLED, left) * 1000)

    def _answer(self, route: Any) -> None:
        """Answers one request of the page."""
        request = route.request
        self._asked += 1
        if request.resource_type not in _FETCHED or request.method != "GET" or self._asked > _REQUESTS:
            route.abort()
            return
        shown = (
            request.resource_type == "document"
            and request.is_navigation_request()
            and request.frame.parent_frame is None
        )
        try:
            told = {name: value for name, value in request.all_headers().items() if name in _PASSED}
            found = self._means.fetch(request.url, timeout=self._left(), proxy=self._proxy, headers=told)
        except FetchError as error:
            if shown:
                self._error = error
            route.abort()
            return
        if shown:
            self._document = found
        headers = {name: value for name, value in found.headers.items() if name not in _DROPPED}
        headers.setdefault("content-type", "text/html")
        route.fulfill(status=found.status, headers=headers, body=found.body)

    def _left(self) -> float:
        left = self._end - time.monotonic()
        if left <= 0:
            raise FetchError(Fault.TIMEOUT, "it took too long altogether")
        return left


def _closed(socket: Any) -> None:
    socket.close()


def _of_playwright(error: Exception) -> FetchError:
    said = str(error)
    if "Timeout" in type(error).__name__ or "Timeout" in said[:200]:
        return FetchError(Fault.TIMEOUT, "the browser did not finish in time")
    return FetchError(Fault.PROTOCOL, f"the browser failed: {' '.join(said.split())[:200]}")
