"""A reader in a real Chromium: from a name to events and their causes, deciding by keys, on a phone, in French.

Each page that is opened is watched: nothing may be asked of another origin, no script may fail. With KEEP_PICTURES set
a screenshot goes to docs/images.
"""

import gzip
import hashlib
import json
import os
import re
import shutil
import socket
import threading
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import uvicorn
from neo4j import Driver
from playwright.sync_api import Browser, Page, expect, sync_playwright
from redis import Redis

from api.app import ApiOptions, Services, create_app
from api.keys import create_key, revoke_key
from graph import jobs
from graph.database import Database
from graph.job import Asked
from graph.judgement import Author, Judgement, Verdict
from graph.moment import epoch_ms
from graph.reading.reviews import review_list
from graph.trending import Boards, snapshot_ranks
from ingest import sample
from tests.browser import QUIET, chromium
from tests.factory import country, holder, person, told, value
from tests.judging_world import Court, key_of, people

ROOT = Path(__file__).parents[2]
AXE = ROOT / "tests" / "axe" / "axe.min.js.gz"
AXE_SHA256 = "29348999450cdf2849a8e70b7912fc2da85a849da39c0d0d5394f51d4a9ed95c"
LATE = datetime(2015, 9, 30, 12, tzinfo=UTC)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=chromium(), args=list(QUIET))
        yield opened
        opened.close()


@pytest.fixture
def court(graph: Database, redis_client: Redis) -> Court:
    return Court(graph, redis_client)


@contextmanager
def served(court: Court, **more: Any) -> Iterator[str]:
    """The address of the application on this world, behind uvicorn on a free port."""
    services = Services(
        database=court.graph,
        boards=court.boards,
        ingest=court.pipeline,
        judging=court.judging,
        clock=lambda: court.now,
        cursor_secret=b"a secret of the story",
        options=ApiOptions(read_deadline=20, key_cache=0.1),
    )
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        app = create_app(replace(services, **more))
        server = uvicorn.Server(uvicorn.Config(app, log_config=None, lifespan="off"))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
        thread.start()
        while not server.started:
            time.sleep(0.02)
        try:
            yield f"http://127.0.0.1:{listening.getsockname()[1]}"
        finally:
            server.should_exit = True
            thread.join(10)


class Watched:
    """A page, and all that it should not have done."""

    def __init__(self, browser: Browser, address: str, **options: Any) -> None:
        self.context = browser.new_context(base_url=address, **{"viewport": {"width": 1280, "height": 900}, **options})
        self.page = self.context.new_page()
        self.faults: list[str] = []
        self.page.on("request", lambda request: self._asked(request.url, address))
        self.page.on("pageerror", lambda error: self.faults.append(f"error {error}"))
        self.page.on("console", lambda message: self._said(message.type, message.text))

    def _asked(self, url: str, address: str) -> None:
        if not url.startswith(f"{address}/"):
            self.faults.append(f"asked {url}")

    def _said(self, sort: str, text: str) -> None:
        """That a page was not found is told on the console by the browser itself."""
        if sort in ("error", "warning") and "the server responded with a status of 4" not in text:
            self.faults.append(f"console {text}")


@contextmanager
def watching(browser: Browser, address: str, **options: Any) -> Iterator[Page]:
    """A fresh reader's page; at the end nothing is found against it."""
    watched = Watched(browser, address, **options)
    try:
        yield watched.page
        assert watched.faults == []
    finally:
        watched.context.close()


def axe(page: Page) -> list[str]:
    """Serious and critical accessibility violations of what is shown."""
    source = gzip.decompress(AXE.read_bytes())
    assert hashlib.sha256(source).hexdigest() == AXE_SHA256
    page.evaluate(source.decode())
    found = page.evaluate("async () => (await axe.run()).violations")
    return [
        f"{page.url} {one['id']}: {node['html'][:200]}"
        for one in found
        if one["impact"] in ("serious", "critical")
        for node in one["nodes"]
    ]


def too_wide(page: Page) -> list[str]:
    """What sticks out where a page has to be scrolled sideways; nothing when it has not."""
    return page.evaluate(
        """() => {
          if (document.documentElement.scrollWidth <= innerWidth) return [];
          const out = one => !one.closest('.wide') && one.getBoundingClientRect().right > innerWidth + 1;
          const names = [...document.querySelectorAll('body *')].filter(out).map(one => `${one.tagName}#${one.id}`);
          return ['the page', ...names.slice(0, 20)];
        }"""
    )


def picture(page: Page, folder: Path, name: str) -> None:
    """Takes a screenshot; with KEEP_PICTURES set it becomes that of the docs."""
    shot = folder / f"{name}.png"
    page.screenshot(path=shot)
    if os.environ.get("KEEP_PICTURES"):
        shutil.copy(shot, ROOT / "docs" / "images")


def interactive(page: Page, path: str) -> float:
    """Milliseconds until a page could be used."""
    page.goto(path)
    return page.evaluate("performance.getEntriesByType('navigation')[0].domInteractive")


def unsure(court: Court, one: str, other: str, score: float = 0.8) -> None:
    said = Judgement(
        a=key_of(one), b=key_of(other), verdict=Verdict.UNSURE, by=Author.BATCH, score=score, reason="uncertain"
    )
    court.judging.judge([said])


def waiting(court: Court) -> list[str]:
    return sorted(row.a.alias for row in review_list(court.graph).rows)


def days_of_sample(court: Court, days: Iterable[int]) -> None:
    """The bundled sample taken in as its days passed, with a snapshot of ranks at the end of each of these."""
    assert court.boards is not None
    left = sorted(sample.lines(sample.EARLY), key=lambda line: json.loads(line)["occurred_at"])
    for day in days:
        end = f"2015-09-{day}T99" if day < 30 else "9"
        now = [line for line in left if json.loads(line)["occurred_at"] <= end]
        left = left[len(now) :]
        assert court.take(*now).rejected == 0
        court.projections.catch_up()
        snapshot_ranks(court.graph, court.boards, epoch_ms(datetime(2015, 9, day, 12, tzinfo=UTC)))


def test_a_reader_goes_from_a_name_to_its_events_and_their_causes(
    court: Court, browser: Browser, tmp_path: Path
) -> None:
    court.now = LATE
    days_of_sample(court, (20, 22, 24, 26, 28, 30))
    jobs.ask(court.graph, Asked("rank-mirror", "k", {}))
    with served(court) as address:
        with watching(browser, address) as page:
            page.goto("/")
            assert page.locator("table.board tbody tr").count() == 25
            assert page.locator("table.board svg.spark").count() > 10
            page.get_by_role("searchbox").fill("pope fr")
            page.keyboard.press("Enter")
            page.get_by_role("link", name="Pope Francis", exact=True).first.click()
            expect(page.get_by_role("heading", level=1)).to_contain_text("Pope Francis")
            drawn, rows = page.locator(".graph a.spot"), page.locator("section[aria-labelledby=around] tbody tr")
            assert drawn.count() == 19 and rows.count() == 15
            assert page.locator(".graph .rim").count() > 3
            expect(page.locator("svg.spark")).to_have_attribute("aria-label", re.compile(r"best \d+, worst \d+"))
            picture(page, tmp_path, "explorer")
            entity = page.url
            assert page.locator("svg.map .area").count() >= 1
            page.get_by_text("Places as a table").click()
            expect(page.locator("section[aria-labelledby=places] tbody")).to_contain_text("United States")
            assert min(interactive(page, entity) for _ in range(3)) < 1_000
            page.locator(".timeline a").first.click()
            expect(page.locator(".five h2")).to_have_text(["Who", "What", "Where", "When", "Why"])
            assert page.locator("section[aria-labelledby=sources] a").first.get_attribute("href")
            page.goto("/event?id=made-002")
            expect(page.locator("section[aria-labelledby=causes]")).to_contain_text("Dockers at Port Selene vote")
            expect(page.locator("section[aria-labelledby=effects]")).to_contain_text("Fuel prices in Norvia")
            paths = f"/paths?from={entity.rsplit('/', 1)[1]}&to=european+union"
            pages = ["/", "/search?q=pope", entity, f"{entity}/history", "/event?id=made-002", paths, "/reviews"]
            pages += ["/jobs", f"{entity}/merge?q=russia", "/login", f"/entities/{'0' * 64}", "/rising", "/graph"]
            page.goto(f"/graph?grow={entity.rsplit('/', 1)[1]}")
            pages.append(page.url)
            page.wait_for_timeout(600)
            page.locator("#canvas").scroll_into_view_if_needed()
            picture(page, tmp_path, "graph")
            page.goto("/compare?from=2015-09-20&to=2015-09-28")
            assert {"▲", "▼"} <= set(page.locator("table").inner_text())
            picture(page, tmp_path, "compare")
            page.locator("tbody a.entity").first.click()
            expect(page.locator("section[aria-labelledby=shifts]")).to_contain_text("mentions")
            pages += ["/compare?from=2015-09-20&to=2015-09-28", page.url]
            page.goto("/ask")
            page.get_by_label("Question").fill("Who connects Tomas Riel and Kestrel Bank?")
            page.get_by_role("button", name="Ask").click()
            expect(page.locator("section[aria-labelledby=answer]")).to_contain_text("Halden Marine")
            assert page.locator("section[aria-labelledby=sources] a.event").count() >= 2
            pages += ["/ask?question=Who+is+Zorblax%3F", page.url]
            page.goto(paths)
            assert page.locator(".way").count() >= 1
            for one in pages:
                page.goto(one)
                assert axe(page) == []
        with watching(browser, address, color_scheme="dark", locale="fr-FR") as page:
            for one in pages:
                page.goto(one)
                assert axe(page) == []
                assert page.locator("html").get_attribute("lang") == "fr"
            page.goto("/")
            expect(page.get_by_role("heading", level=1)).to_have_text("Qui a fait quoi, où, quand et pourquoi")
            page.get_by_role("link", name="English").click()
            expect(page.get_by_role("heading", level=1)).to_have_text("Who did what, where, when and why")
            page.goto("/jobs")
            assert page.locator("html").get_attribute("lang") == "en"
        with watching(browser, address, viewport={"width": 360, "height": 740}, has_touch=True) as page:
            for one in pages:
                page.goto(one)
                assert too_wide(page) == [], one


@pytest.mark.parametrize("scripts", [True, False], ids=["by keys", "without JavaScript"])
def test_questions_are_answered_one_after_the_other_and_taken_back(
    court: Court, browser: Browser, driver: Driver, scripts: bool
) -> None:
    court.take(*people("Anna Kowalska", "Zofia Nowak", "Maria Lis", "Piotr Zych", "Jan Bak", "Ewa Sowa"))
    for nth, pair in enumerate(
        (("Anna Kowalska", "Zofia Nowak"), ("Maria Lis", "Piotr Zych"), ("Jan Bak", "Ewa Sowa"))
    ):
        unsure(court, *pair, 0.84 - nth / 100)

    def answer(page: Page, key: str, name: str) -> None:
        if scripts:
            page.keyboard.press(key)
        else:
            page.get_by_role("button", name=name).click()

    with served(court) as address, watching(browser, address, java_script_enabled=scripts) as page:
        page.goto("/reviews")
        expect(page.locator(".side h2")).to_have_text(["Anna Kowalska", "Zofia Nowak"])
        if scripts:
            assert axe(page) == []
        answer(page, "y", "Same y")
        expect(page.locator(".side h2")).to_have_text(["Maria Lis", "Piotr Zych"])
        assert holder(driver, "e0", "Anna Kowalska")["key"] == holder(driver, "e1", "Zofia Nowak")["key"]
        answer(page, "z", "Undo z")
        expect(page.locator(".side h2")).to_have_text(["Anna Kowalska", "Zofia Nowak"])
        assert holder(driver, "e0", "Anna Kowalska")["key"] != holder(driver, "e1", "Zofia Nowak")["key"]
        answer(page, "n", "Different n")
        expect(page.locator(".side h2")).to_have_text(["Maria Lis", "Piotr Zych"])
        answer(page, "u", "Unsure u")
        expect(page.locator(".side h2")).to_have_text(["Jan Bak", "Ewa Sowa"])
        answer(page, "s", "Skip s")
        expect(page.locator("section[aria-labelledby=waiting] tbody")).to_contain_text("0.4")
        assert waiting(court) == ["Jan Bak"]
        answer(page, "y", "Same y")
        expect(page.locator(".empty")).to_contain_text("Nothing waits for a decision.")
    assert waiting(court) == []
    authors = value(driver, "MATCH (j:Judgement {by: 'person'}) RETURN collect(DISTINCT j.author)")
    assert authors == ["local"]


def test_a_stale_answer_is_refused_and_told(court: Court, browser: Browser) -> None:
    court.take(*people("Anna Kowalska", "Zofia Nowak", "Maria Lis"))
    unsure(court, "Anna Kowalska", "Zofia Nowak")
    with served(court) as address, watching(browser, address) as page:
        page.goto("/reviews")
        court.merge(key_of("Zofia Nowak"), key_of("Maria Lis"))
        page.keyboard.press("y")
        expect(page.get_by_role("heading", level=1)).to_have_text("Conflict")
        page.get_by_role("link", name="Try again").click()
        expect(page.locator(".side h2").first).to_be_visible()


def test_a_merge_and_a_split_are_seen_before_they_are_made_and_undone(
    court: Court, browser: Browser, driver: Driver
) -> None:
    court.take(*people("Anna Kowalska", "Zofia Nowak"))

    def one() -> bool:
        return holder(driver, "e0", "Anna Kowalska")["key"] == holder(driver, "e1", "Zofia Nowak")["key"]

    with served(court) as address, watching(browser, address) as page:
        page.goto(f"/entities/{key_of('Anna Kowalska')}")
        page.get_by_role("link", name="Merge…").click()
        page.get_by_label("With whom").fill("zofia")
        page.keyboard.press("Enter")
        page.get_by_role("link", name="Zofia Nowak").click()
        expect(page.get_by_text("It can be undone.")).to_be_visible()
        assert axe(page) == []
        assert not one()
        page.get_by_label("Reason").fill("the same <b>minister</b>")
        page.get_by_role("button", name="They are one").click()
        expect(page.get_by_role("status")).to_contain_text("Merged.")
        assert one()
        expect(page.locator(".aliases")).to_contain_text("the same <b>minister</b>")
        page.get_by_role("link", name="Split…").click()
        page.get_by_label("Zofia Nowak").check()
        assert axe(page) == []
        page.get_by_role("button", name="What would become of it").click()
        assert axe(page) == []
        assert one()
        page.get_by_role("button", name="Somebody else").click()
        expect(page.get_by_role("status")).to_contain_text("Split.")
        assert not one()
        page.get_by_role("button", name="Undo").click()
        expect(page.get_by_role("status")).to_have_count(0)
        assert one()


HOSTILE = (
    "<script>document.title='owned'</script>",
    '"><img src=x onerror=alert(1)>',
    "{{ 7*7 }} {% raw %}",
    "\u05d3\u05d5\u05d3 \u0627\u0644\u0639\u0631\u0628\u064a\u0629",
    "\U0001f9ff \U0001f469\u200d\U0001f680 Zo\u00eb",
    "x" * 300,
)


def test_hostile_names_stay_text_everywhere(court: Court, browser: Browser, driver: Driver) -> None:
    who = [person(name) for name in HOSTILE]
    bad = {"name": HOSTILE[0], "url": "javascript:alert(1)"}
    report = court.take(told("../<e>?&#1", title=HOSTILE[1], text=HOSTILE[0], who=who, category=HOSTILE[2], source=bad))
    assert report.rejected == 0
    court.projections.catch_up()
    keys = value(driver, "MATCH (x:Who) RETURN collect(x.key)")
    assert len(keys) == len(HOSTILE)
    with served(court) as address, watching(browser, address, viewport={"width": 360, "height": 740}) as page:
        page.on("dialog", lambda dialog: pytest.fail(dialog.message))
        for path in (
            "/",
            "/search?q=%3Cscript%3E",
            f"/entities/{keys[0]}",
            f"/entities/{keys[-1]}/history",
            "/reviews",
        ):
            page.goto(path)
            assert page.title() != "owned" and "49" not in page.title()
            assert page.locator("main img, main script").count() == 0
            assert too_wide(page) == [], path
        page.goto(f"/entities/{keys[0]}")
        page.locator(".timeline a").first.click()
        expect(page.get_by_role("heading", level=1)).to_have_text(HOSTILE[1])
        shown = page.locator(".five .w.who a").all_inner_texts()
        assert sorted(shown) == sorted(HOSTILE)
        assert page.locator("a[href^=javascript]").count() == 0
        assert too_wide(page) == []
        assert axe(page) == []


def test_who_has_no_key_signs_in_and_who_may_only_read_sees_no_buttons(
    court: Court, browser: Browser, driver: Driver
) -> None:
    court.take(*people("Anna Kowalska", "Zofia Nowak"))
    unsure(court, "Anna Kowalska", "Zofia Nowak")
    reads = create_key(court.graph, "reader", ["read"], court.now)
    reviews = create_key(court.graph, "reviewer", ["review"], court.now)
    with served(court) as address, watching(browser, address) as page:
        assert page.goto("/reviews").status == 401  # type: ignore[union-attr]
        page.get_by_label("API key").fill("pk_wrong")
        page.get_by_role("button", name="Sign in").click()
        expect(page.get_by_role("alert")).to_contain_text("not valid")
        page.goto("/reviews")
        page.get_by_label("API key").fill(reads)
        page.keyboard.press("Enter")
        expect(page.locator(".side h2")).to_have_text(["Anna Kowalska", "Zofia Nowak"])
        assert page.url == f"{address}/reviews"
        assert page.evaluate("document.cookie") == ""
        assert page.locator(".answers").count() == 0
        page.goto(f"/entities/{key_of('Anna Kowalska')}")
        assert page.get_by_role("link", name="Merge…").count() == 0
        page.get_by_role("button", name="Sign out").click()
        assert page.goto("/").status == 401  # type: ignore[union-attr]
        page.goto("/reviews")
        page.get_by_label("API key").fill(reviews)
        page.keyboard.press("Enter")
        expect(page.locator(".answers")).to_be_visible()
        page.keyboard.press("y")
        expect(page.locator("div.empty")).to_be_visible()
        author = value(driver, "MATCH (j:Judgement {by: 'person'}) RETURN j.author")
        assert author == f"key {reviews.split('_')[1]}"
        revoke_key(court.graph, reviews.split("_")[1], court.now)
        time.sleep(0.2)
        assert page.goto("/").status == 401  # type: ignore[union-attr]


def test_a_page_of_elsewhere_can_decide_nothing(court: Court, browser: Browser) -> None:
    court.take(*people("Anna Kowalska", "Zofia Nowak"))
    unsure(court, "Anna Kowalska", "Zofia Nowak")
    (question,) = review_list(court.graph).rows
    form = f"<form method=post action=ADDRESS/reviews/{question.id}><input name=verdict value=same></form>"
    with served(court) as address:
        context = browser.new_context()
        page = context.new_page()
        page.route(
            "http://evil.example/",
            lambda route: route.fulfill(body=form.replace("ADDRESS", address), content_type="text/html"),
        )
        page.goto("http://evil.example/")
        with page.expect_navigation():
            page.evaluate("document.forms[0].submit()")
        expect(page.get_by_role("heading", level=1)).to_have_text("Forbidden")
        context.close()
    assert waiting(court) == ["Anna Kowalska"]


WALK = (
    told("w1", who=[person("Anna Kowalska"), person("Zofia Nowak")], occurred_at="2026-01-05"),
    told("w2", who=[person("Zofia Nowak"), person("Maria Lis")], occurred_at="2026-01-20"),
    told("w3", who=[person("Maria Lis"), person("Jan Bak")], what="Talks", occurred_at="2026-01-30"),
)


def shown(page: Page) -> list[str]:
    return page.locator("section[aria-labelledby=nodes] th a").all_inner_texts()


@pytest.mark.parametrize("scripts", [True, False], ids=["canvas", "without JavaScript"])
def test_a_graph_is_grown_joined_and_kept_in_its_address(court: Court, browser: Browser, scripts: bool) -> None:
    court.take(*WALK)
    with served(court) as address, watching(browser, address, java_script_enabled=scripts) as page:
        page.goto("/graph")
        page.get_by_label("Add", exact=True).fill("anna kowalska")
        page.keyboard.press("Enter")
        expect(page.locator("section[aria-labelledby=nodes] tbody tr")).to_have_count(1)
        page.get_by_role("link", name="strongest Anna Kowalska").click()
        expect(page.locator("section[aria-labelledby=edges] tbody tr")).to_have_count(1)
        page.get_by_label("To", exact=True).first.fill("Jan Bak")
        page.get_by_role("button", name="Join").click()
        expect(page.locator("section[aria-labelledby=nodes] tbody tr")).to_have_count(4)
        assert shown(page) == ["Anna Kowalska", "Zofia Nowak", "Maria Lis", "Jan Bak"]
        page.get_by_role("link", name="what Jan Bak").click()
        expect(page.locator("section[aria-labelledby=nodes]")).to_contain_text("Talks")
        page.get_by_role("link", name="remove Talks").click()
        expect(page.locator("section[aria-labelledby=nodes] tbody tr")).to_have_count(4)
        kept = page.url
        page.locator("#period input[name=until]").fill("2026-01-10")
        page.locator("#period button").click()
        expect(page.locator("section[aria-labelledby=edges] tbody tr")).to_have_count(1)
        page.go_back()
        expect(page.locator("section[aria-labelledby=edges] tbody tr")).to_have_count(3)
        page.goto(f"{kept}&as_of=2026-01-10")
        expect(page.locator("#choices")).to_contain_text("What had happened by 2026-01-10")
        expect(page.locator("section[aria-labelledby=edges] tbody tr")).to_have_count(1)
        if scripts:
            assert axe(page) == []
        page.get_by_role("link", name="remove Jan Bak").click()
        expect(page.locator("section[aria-labelledby=nodes] tbody tr")).to_have_count(3)
        page.get_by_role("link", name="Now", exact=True).click()
        expect(page.locator("section[aria-labelledby=edges] tbody tr")).to_have_count(2)
        page.goto(kept)
        assert len(shown(page)) == 4
        page.goto("/graph?add=nobody+at+all")
        expect(page.locator("#said")).to_contain_text("Nobody and nothing of that name.")
        assert page.goto("/graph?keys=zzz").status == 422  # type: ignore[union-attr]


def test_the_canvas_is_pinned_filtered_by_time_and_reached_by_keys(court: Court, browser: Browser) -> None:
    court.take(*WALK)
    keys = ",".join(key_of(name) for name in ("Anna Kowalska", "Zofia Nowak", "Maria Lis", "Jan Bak"))
    with served(court) as address, watching(browser, address) as page:
        page.goto(f"/graph?keys={keys}&pins=0:0:0")
        expect(page.locator("#canvas canvas").first).to_be_visible()
        page.get_by_role("button", name="pin Zofia Nowak").click()
        expect(page).to_have_url(re.compile(r"pins=0%3A0%3A0%2C1%3A-?\d+%3A-?\d+|pins=0:0:0,1:-?\d+:-?\d+"))
        page.get_by_role("button", name="Unpin all").click()
        expect(page).not_to_have_url(re.compile("pins="))
        later = page.locator("#slider input").nth(1)
        later.focus()
        for _ in range(12):
            page.keyboard.press("ArrowLeft")
        expect(page.locator("section[aria-labelledby=edges] tbody tr")).to_have_count(1)
        expect(page).to_have_url(re.compile("until=2026-01-18"))
        assert axe(page) == []


def test_two_dates_are_compared(court: Court, browser: Browser) -> None:
    court.take(*WALK)
    court.now = datetime(2026, 2, 1, tzinfo=UTC)
    with served(court) as address, watching(browser, address) as page:
        page.goto("/compare")
        page.get_by_label("From").fill("2026-01-10")
        page.get_by_label("To").fill("2026-01-31")
        page.get_by_role("button", name="Compare").click()
        row = page.locator("tbody tr", has_text="Jan Bak")
        expect(row).to_contain_text("new")
        expect(page.locator("tbody tr", has_text="Anna Kowalska")).to_contain_text("▼")
        page.get_by_label("Of").fill("zofia")
        page.get_by_role("button", name="Compare").click()
        expect(page.locator("section[aria-labelledby=with]")).to_contain_text("Maria Lis")
        expect(page.locator("section[aria-labelledby=between]")).to_contain_text("2026")
        page.goto("/compare?from=2026-01-31&to=2026-01-10")
        expect(page.get_by_role("heading", level=1)).not_to_have_text("Compare two dates")


def test_an_empty_graph_and_a_board_without_redis_say_so(court: Court, browser: Browser) -> None:
    with served(court) as address, watching(browser, address) as page:
        page.goto("/")
        expect(page.locator("div.empty")).to_contain_text("pentad demo")
        court.take(told("e1", who=person("Anna Kowalska")))
        page.goto("/")
        expect(page.locator("table.board")).to_contain_text("Anna Kowalska")
        page.goto("/?as_of=2000-01-01")
        page.get_by_role("link", name="the last day with events").click()
        expect(page.locator("table.board")).to_contain_text("Anna Kowalska")
        page.goto(f"/?within={key_of('Anna Kowalska')}")
        expect(page.locator("div.empty")).to_contain_text("Nothing of this kind counts")
    gone = Boards(Redis(port=1, socket_connect_timeout=0.2, retry=None))
    with served(court, boards=gone) as address, watching(browser, address) as page:
        page.goto("/")
        expect(page.get_by_role("note")).to_contain_text("Redis is away")
        expect(page.locator("table.board")).to_contain_text("Anna Kowalska")
        page.goto(f"/entities/{key_of('Anna Kowalska')}")
        expect(page.locator("aside")).to_contain_text("Redis is away")


def test_all_is_reached_by_keyboard(court: Court, browser: Browser) -> None:
    court.take(told("e1", who=[person("Anna Kowalska"), person("Zofia Nowak")]))
    court.projections.catch_up()
    with served(court) as address, watching(browser, address) as page:
        page.goto(f"/entities/{key_of('Anna Kowalska')}")
        page.keyboard.press("Tab")
        expect(page.locator(".skip")).to_be_focused()
        page.keyboard.press("Enter")
        expect(page.locator("#main")).to_be_focused()
        page.keyboard.press("/")
        expect(page.locator("#find")).to_be_focused()
        page.locator(".graph a.spot.right").focus()
        page.keyboard.press("Enter")
        expect(page.get_by_role("heading", level=1)).to_contain_text("Zofia Nowak")


def test_a_job_is_seen_to_move(court: Court, browser: Browser) -> None:
    job, _ = jobs.ask(court.graph, Asked("rank-mirror", "k", {"what": "<b>all</b>"}))
    with served(court) as address, watching(browser, address) as page:
        page.goto(f"/jobs/{job.id}")
        expect(page.locator("pre")).to_contain_text("<b>all</b>")
        expect(page.locator(".state")).to_have_text("queued")
        assert axe(page) == []
        jobs.cancel(court.graph, job.id)
        expect(page.locator(".state")).to_have_text("cancelled")


def test_facts_are_shown_and_what_told_them_is_withdrawn_after_a_look_and_told_again(
    court: Court, browser: Browser
) -> None:
    def elected(n: int, year: int, name: str, source: str) -> dict[str, Any]:
        fact = {"subject": name, "predicate": "president_of", "object": "Norway"}
        return told(
            f"e{n}",
            f"{year}-01-10",
            who=[person(name)],
            where=[country("Norway")],
            relationships=[fact],
            source={"name": source, "url": f"https://{source}.example/{n}"},
        )

    court.take(elected(0, 2020, "Anna Kowalska", "gull"), elected(1, 2024, "Zofia Nowak", "ebb"))
    anna = f"/entities/{key_of('Anna Kowalska')}"
    with served(court) as address, watching(browser, address) as page:
        page.goto(anna)
        facts = page.locator("section[aria-labelledby=facts]")
        expect(facts).to_contain_text("president of Norway")
        expect(facts).to_contain_text("superseded by: Zofia Nowak president of Norway")
        assert axe(page) == []
        page.get_by_role("link", name="Retractions").click()
        expect(page.locator(".empty")).to_contain_text("Nothing was withdrawn.")
        page.locator("select[name=sort]").select_option("source")
        page.get_by_label("Address, id or name").fill("ebb")
        page.get_by_role("button", name="What leans on it").click()
        expect(page.locator("section[aria-labelledby=events]")).to_contain_text("goes")
        expect(page.locator("section[aria-labelledby=facts]")).to_contain_text("Zofia Nowak president of Norway")
        assert axe(page) == []
        page.get_by_label("Reason").fill("<b>withdrawn</b>")
        page.get_by_role("button", name="Withdraw").click()
        expect(page.get_by_role("status")).to_contain_text("Withdrawn.")
        expect(page.locator("tbody")).to_contain_text("<b>withdrawn</b>")
        assert axe(page) == []
        withdrawn = page.url
        page.goto(anna)
        expect(facts).to_contain_text("current")
        page.goto(withdrawn)
        page.get_by_role("status").get_by_role("button", name="Undo").click()
        expect(page.locator("tbody")).to_contain_text("undone")
        page.goto(anna)
        expect(facts).to_contain_text("superseded by")
        page.goto("/retractions/leaning?sort=source&given=nobody")
        expect(page.get_by_role("heading", level=1)).to_have_text("Not found")
    with served(court) as address, watching(browser, address, locale="fr-FR", java_script_enabled=False) as page:
        page.goto("/retractions")
        expect(page.get_by_role("heading", level=1)).to_have_text("Rétractations")
        page.get_by_label("Adresse, identifiant ou nom").fill("https://gull.example/0")
        page.get_by_role("button", name="Ce qui s’appuie dessus").click()
        expect(page.get_by_role("button", name="Retirer")).to_be_visible()
    assert court.faults() == []
