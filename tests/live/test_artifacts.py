"""Pages through the real graph, the real ladder and real Chromium, from a site on loopback."""

import socket
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from neo4j import Driver
from redis import Redis

from graph import artifacts, backup, jobs
from graph.artifact import ArtifactState
from graph.artifacts import Settled
from graph.database import Database
from graph.errors import InvalidInput, NotFound
from graph.job import Asked as AskedJob
from graph.job import JobState
from graph.reading.artifacts import artifact, artifact_list
from graph.reading.changes import changes
from graph.reading.entities import Order, entity_list
from ingest.fetching import FetchError
from ingest.pages.options import Rung
from ingest.pages.pace import Pace
from ingest.pages.page_jobs import EXTRACTION, SWEEP
from ingest.pages.requests import Asked
from tests.factory import World, named, person, told, value
from tests.judging_world import Court
from tests.pages_readers import Readers, matrix
from tests.pages_site import PAGES, TITLES, Site, article, paragraphs, serving

NOW = datetime(2026, 3, 5, tzinfo=UTC)


@pytest.fixture(scope="module")
def site() -> Iterator[Site]:
    with serving() as found:
        yield found


@pytest.fixture
def readers(graph: Database, site: Site) -> Iterator[Readers]:
    site.asked.clear()
    site.seen.clear()
    made = Readers(graph, site)
    yield made
    made.browsers.close()


def test_every_page_of_the_gauntlet_ends_as_it_should(
    readers: Readers, site: Site, capsys: pytest.CaptureFixture[str]
) -> None:
    paths = list(PAGES)
    found = readers.read(*(site.url(path) for path in paths), threads=8)
    outcomes = [
        (PAGES[path][1], page.error_type or str(page.state) if page.state is ArtifactState.FAILED else str(page.state))
        for path, page in zip(paths, found, strict=True)
    ]
    wrong = [(path, *pair) for path, pair in zip(paths, outcomes, strict=True) if pair[0] != pair[1]]
    readable = [pair for pair in outcomes if pair[0] == "extracted"]
    success = sum(expected == came for expected, came in readable) / len(readable)
    with capsys.disabled():
        sys.stdout.write(f"\nexpected (rows) against found (columns)\n{matrix(outcomes)}\n")
        sys.stdout.write(f"extraction success {success:.1%} of {len(readable)} readable pages\n")
    assert success >= 0.95
    assert wrong == []
    by_path = dict(zip(paths, found, strict=True))
    assert by_path["/news/en"].title == TITLES["en"]
    assert (by_path["/news/en"].source_name, by_path["/news/fr"].source_name) == ("The Selwyn Post", site.place)
    assert by_path["/news/zh"].text.startswith(paragraphs("zh")[0])
    assert "déplacée" in by_path["/news/latin1"].text
    assert "编码" in by_path["/news/gbk"].text
    assert by_path["/app"].text.count("by script") == 6
    assert by_path["/news/en"].published_at == datetime(2026, 3, 4, 5, 6, 7, tzinfo=UTC)
    assert {page.language for page in found if page.state is ArtifactState.EXTRACTED} == {"en", "fr", "es", "pt", "zh"}
    assert site.times("/private/page") == 0
    assert site.times("/file.pdf") == 0


def test_a_retry_changes_the_means_and_the_log_tells_it(readers: Readers, site: Site) -> None:
    slow = readers.done(readers.ask(site.url("/slow/once"))[0])
    assert [one.told["timeout"] for one in slow.log] == [1.0, 2.0, 4.0][: len(slow.log)]
    assert (slow.state, len(slow.log) > 1) == (JobState.DONE, True)
    job = readers.done(readers.ask(site.url("/wall/scripts"))[0])
    assert job.state is JobState.DONE
    assert [one.told["extraction_method"] for one in job.log] == ["light", "impersonated", "browser"]
    assert [one.told.get("failure") for one in job.log] == ["bot_detected", "bot_detected", None]
    assert [(one.retry_count, one.success) for one in job.log] == [(0, False), (1, False), (2, True)]
    assert job.log[-1].told["word_count"] > 100
    assert job.log[-1].told["url"] == site.url("/wall/scripts")


@pytest.mark.parametrize(
    ("path", "failure", "attempts"),
    [("/paywall", "paywall", 1), ("/nowhere", "not_found", 1), ("/odd", "unknown", 1), ("/broken", "network", 3)],
)
def test_what_no_attempt_can_mend_is_a_dead_letter_at_once(
    path: str, failure: str, attempts: int, readers: Readers, site: Site
) -> None:
    (wish,) = readers.ask(site.url(path))
    job = readers.done(wish)
    assert (job.state, job.error_class, job.attempts) == (JobState.DEAD, "NotRead", attempts)
    page = artifact(readers.graph, wish.id)
    assert (page.state, page.error_type) == (ArtifactState.FAILED, failure)
    assert job.cause == f"{failure}: {page.reason}"


def test_a_dead_letter_is_run_again_and_so_is_a_page_that_is_asked_for_again(readers: Readers, site: Site) -> None:
    (wish,) = readers.ask(site.url("/odd"))
    dead = readers.done(wish)
    PAGES["/odd"], before = (PAGES["/news/en"][0], "extracted"), PAGES["/odd"]
    try:
        assert readers.ask(site.url("/odd"))[0].job is None
        assert readers.done(readers.ask(site.url("/odd"), again=True)[0]).state is JobState.DONE
        assert artifact(readers.graph, wish.id).state is ArtifactState.EXTRACTED
        assert readers.ask(site.url("/odd"), again=True)[0].job is None
        (other,) = readers.ask(site.url("/gone"))
        gone = readers.done(other)
        jobs.retry(readers.graph, gone.id)
        assert readers.done(other).state is JobState.DEAD
        assert dead.id != gone.id
    finally:
        PAGES["/odd"] = before


def test_the_same_address_is_the_same_artifact_however_it_is_written(readers: Readers, site: Site) -> None:
    forms = ["/news/en", "/news/en/", "/news/en?utm_source=x&fbclid=1", "/news/en#part", "//news/en?gclid=4"]
    found = readers.ask(*(site.url(form) for form in forms))
    assert len({one.id for one in found}) == 1
    assert [one.created for one in found] == [True, False, False, False, False]
    assert readers.ask(site.url("/news/en?id=7"))[0].id != found[0].id
    one, other = readers.ask(site.url("/x?ref=2&id=1&p=3"), site.url("/x?p=3&id=1"))
    assert one.id == other.id


def test_the_same_text_is_the_same_artifact_wherever_it_comes_from(readers: Readers, site: Site) -> None:
    (page,) = readers.read(site.url("/moved/3"))
    (other,) = readers.read(site.url("/moved/1"))
    assert (other.id, other.also) == (page.id, (site.url("/moved/1"),))
    (given,) = readers.ask(Asked(text=page.text.replace("\n\n", "\n")))
    assert (given.id, given.job) == (page.id, None)
    text = "\n".join(paragraphs("en", 5, "as it was given"))
    one, two = readers.ask(Asked(text=text), Asked(text=text.replace(" ", "  ")))
    assert one.id == two.id
    html, same = readers.ask(Asked(html=article("fr")), Asked(html=article("fr")))
    assert html.id == same.id


def test_given_texts_and_html_are_read_without_fetching(readers: Readers, site: Site) -> None:
    text = "\n".join(paragraphs("es", 5, "dicho"))
    asked = (
        Asked(text=text, title="El muelle", published=NOW, source="La Costa"),
        Asked(html=article("pt", salt="dado"), url=site.url("/given")),
        Asked(text="Too short."),
    )
    one, two, three = readers.read(*asked)
    assert (one.title, one.published_at, one.source_name, one.language) == ("El muelle", NOW, "La Costa", "es")
    assert (one.state, one.method) == (ArtifactState.EXTRACTED, "text")
    assert (two.url, two.title, two.method) == (site.url("/given"), TITLES["pt"], "html")
    assert (three.state, three.error_type, three.reason) == (ArtifactState.LOW_QUALITY, "thin", "2 words of 100")
    assert site.asked == []


@pytest.mark.parametrize(
    "asked",
    [
        Asked(),
        Asked(url="ftp://a.example/"),
        Asked(url="http://a b/"),
        Asked(url="http://me@a.example/"),
        Asked(text="  "),
        Asked(text="x", html="y"),
        Asked(text="x", url="https://a.example/"),
        Asked(text="x" * 5_000_001),
        Asked(text="x", title="\0"),
    ],
)
def test_a_wish_that_cannot_be_is_refused_with_its_field(asked: Asked, readers: Readers) -> None:
    with pytest.raises(InvalidInput):
        readers.ask(asked)


def test_a_document_of_an_event_becomes_the_artifact(
    readers: Readers, site: Site, redis_client: Redis, driver: Driver
) -> None:
    address = site.url("/news/es?utm_medium=feed")
    World(readers.graph, redis_client).take(told("e1", source={"name": "La Costa", "url": address, "title": "T"}))
    (before,) = value(driver, "MATCH (:Event {id: 'e1'})-[:REPORTED_IN]->(d) RETURN collect(d.id)")
    with pytest.raises(NotFound):
        artifact(readers.graph, before)
    (page,) = readers.read(site.url("/news/es?utm_medium=feed"))
    assert (page.id, page.state, page.source_name) == (before, ArtifactState.EXTRACTED, "La Costa")
    assert readers.ask(site.url("/news/es"))[0].id == before
    assert value(driver, "MATCH (:Event)-[:REPORTED_IN]->(:Document)-[:HAS_PASSAGE]->(p) RETURN count(p)") >= 1


def test_passages_end_with_paragraphs_and_are_the_text(readers: Readers, site: Site, driver: Driver) -> None:
    (page,) = readers.read(site.url("/news/long"))
    rows: Any = value(
        driver, "MATCH (d:Document)-[:HAS_PASSAGE]->(p) WITH p ORDER BY p.n RETURN collect([p.id, p.text])"
    )
    assert [key for key, _ in rows] == [f"{page.id}-{n}" for n in range(len(rows))]
    assert "".join(text for _, text in rows) == page.text
    assert all(2_000 < len(text) <= 6_000 and text.endswith("\n\n") for _, text in rows[:-1])
    assert page.text.count("\n\n") >= 119


def test_each_gate_is_recorded_and_an_extracted_page_goes_on(graph: Database, site: Site) -> None:
    readers = Readers(graph, site, then=lambda key: AskedJob("semantic", f"semantic:{key}", {"document": key}))
    (good, thin) = readers.read(site.url("/news/pt"), site.url("/thin"))
    readers.browsers.close()
    assert [(one.gate, one.go) for one in good.decisions] == [("url", True), ("text", True)]
    assert [(one.gate, one.go) for one in thin.decisions] == [("url", True), ("text", False)]
    (asked,) = jobs.list_jobs(graph, kind="semantic").rows
    assert (asked.payload, asked.state) == ({"document": good.id}, JobState.QUEUED)
    assert jobs.get_job(graph, good.job or "").log[-1].told["next"] == asked.id


def test_done_twice_the_second_changes_nothing(readers: Readers, site: Site) -> None:
    (wish,) = readers.ask(site.url("/news/fr"))
    readers.done(wish)
    change = changes(readers.graph, None, limit=100)[-1].change
    again, _ = jobs.ask(readers.graph, AskedJob(EXTRACTION, "once more", {"id": wish.id}))
    readers.worker.run(again.id)
    assert jobs.get_job(readers.graph, again.id).log[-1].told["outcome"] == "read already"
    assert artifacts.settle(readers.graph, wish.id, Settled(ArtifactState.FAILED), NOW) is None
    assert changes(readers.graph, None, limit=100)[-1].change == change
    assert site.times("/news/fr") == 1


def test_the_change_feed_tells_of_pages(readers: Readers, site: Site) -> None:
    pages = readers.read(site.url("/news/fr"), site.url("/thin"), site.url("/nowhere"))
    feed = [one for change in changes(readers.graph, None, limit=100) for one in change.feed]
    assert [one.type for one in feed] == ["page.created", "page.extracted", "page.low_quality", "page.failed"]
    assert [one.ids for one in feed[1:]] == [[page.id] for page in pages]


def test_the_change_feed_tells_of_entities_that_are_new(graph: Database) -> None:
    court = Court(graph)
    for n in range(2):
        court.take(told(f"e{n}", who=[person("Ann Abernathy"), named("Acme")], where=[named("Oslo")]))
    feed = [one for change in changes(graph, None, limit=100) for one in change.feed]
    assert [one.type for one in feed] == ["event.formed", "entity.discovered", "event.formed"]
    rows = {row.name: row.key for row in entity_list(graph, Order.NAME, limit=50).rows}
    assert sorted(feed[1].ids) == sorted(rows[name] for name in ("Ann Abernathy", "Acme", "Oslo"))


def test_the_list_goes_on_page_by_page_and_keeps_to_a_state(readers: Readers, site: Site) -> None:
    found = [readers.ask(site.url(f"/many/{n}"))[0].id for n in range(5)]
    first = artifact_list(readers.graph, limit=3)
    last = first.rows[-1]
    assert last.requested_at is not None
    place = (last.requested_at.isoformat().replace("+00:00", "Z"), last.id)
    rest = artifact_list(readers.graph, after=place, limit=3)
    assert [one.id for one in (*first.rows, *rest.rows)] == found[::-1]
    assert (first.more, rest.more) == (True, False)
    assert len(artifact_list(readers.graph, state=ArtifactState.STUB).rows) == 5
    assert artifact_list(readers.graph, state=ArtifactState.FAILED).rows == []


def test_the_sweep_finds_pages_whose_job_was_lost(readers: Readers, site: Site, driver: Driver) -> None:
    lost, dead, called_off, kept = readers.ask(*(site.url(f"/many/{n}") for n in range(4)))
    with driver.session() as session:
        session.run("MATCH (j:Job {id: $id}) DELETE j", id=lost.job.id if lost.job else "").consume()
        dying = (
            "MATCH (j:Job {id: $id})"
            " SET j.state = 'dead', j.held_key = null, j.error_class = 'WorkerLost', j.cause = 'w'"
        )
        session.run(dying, id=dead.job.id if dead.job else "").consume()
    jobs.cancel(readers.graph, called_off.job.id if called_off.job else "")
    sweep, _ = jobs.ask(readers.graph, AskedJob(SWEEP, SWEEP, {}))
    readers.worker.run(sweep.id)
    assert jobs.get_job(readers.graph, sweep.id).log[-1].told == {"asked": 1, "failed": 2}
    states = [artifact(readers.graph, one.id) for one in (lost, dead, called_off, kept)]
    assert [(one.state, one.error_type) for one in states] == [
        (ArtifactState.STUB, None),
        (ArtifactState.FAILED, "worker_lost"),
        (ArtifactState.FAILED, "unknown"),
        (ArtifactState.STUB, None),
    ]
    assert readers.done(readers.ask(site.url("/many/1"), again=True)[0]).state is JobState.DONE


def test_a_site_with_a_wall_is_begun_with_what_opened_it(readers: Readers, site: Site) -> None:
    readers.read(site.url("/wall?id=1"), site.url("/wall?id=2"))
    job = readers.done(readers.ask(site.url("/wall?id=3"))[0])
    assert [one.told["extraction_method"] for one in job.log] == ["impersonated"]


def test_a_backup_holds_pages_and_a_restore_brings_them_back(
    readers: Readers, site: Site, tmp_path: Path, driver: Driver
) -> None:
    (page,) = readers.read(site.url("/news/pt"))
    file = tmp_path / "b.gz"
    out = BytesIO()
    backup.backup(readers.graph, out, version="t", now=NOW)
    file.write_bytes(out.getvalue())
    held = backup.inspect(file)
    assert (held.nodes["Passage"], held.nodes["Site"], held.edges["HAS_PASSAGE"]) == (1, 1, 1)
    with driver.session() as session:
        session.run("MATCH (n) WHERE NOT n:SchemaStep AND NOT n:Gate DETACH DELETE n").consume()
        session.run("MATCH (g:Gate) SET g = {name: 'gate', change: 0}").consume()
    backup.restore(readers.graph, file, NOW)
    assert artifact(readers.graph, page.id) == page


def test_a_browser_reaches_nothing_but_through_the_guard(readers: Readers, site: Site) -> None:
    with socket.create_server(("127.0.0.1", 0)) as canary:
        canary.settimeout(0)
        at = f"127.0.0.1:{canary.getsockname()[1]}"
        attacks = f"""<script>new WebSocket('ws://{at}/'); new EventSource('http://{at}/'); fetch('http://{at}/');
        navigator.sendBeacon('http://{at}/'); new Worker('http://{at}/w.js'); window.open('http://{at}/');
        </script><img src='http://{at}/i'><iframe src='http://{at}/f'></iframe><link rel=prefetch href='http://{at}/p'>
        <link rel=preconnect href='http://{at}'><script src='http://{at}/s.js'></script><video src='http://{at}/v'></video>
        <form id=f method=post action='http://{at}/'></form><script>
        new RTCPeerConnection({{iceServers: [{{urls: 'turn:{at}?transport=tcp', username: 'a', credential: 'b'}}]}})
          .createOffer({{offerToReceiveAudio: true}}); setTimeout(() => f.submit(), 300)</script>"""
        PAGES["/attack"] = (PAGES["/thin"][0].__class__(article("en") + attacks), "extracted")  # type: ignore[operator]
        try:
            readers.browsers.fetch(site.url("/attack"), timeout=8)
        except FetchError:
            pass
        finally:
            del PAGES["/attack"]
        with pytest.raises(BlockingIOError):
            canary.accept()


def test_browsers_are_used_again_and_replaced_after_so_many_pages(readers: Readers, site: Site) -> None:
    for _ in range(3):
        assert readers.browsers.fetch(site.url("/app"), timeout=20).rung is Rung.BROWSER
    assert readers.browsers.started == 2


def test_turns_at_one_host_are_shared_by_all_workers(redis_client: Redis, clean: None) -> None:
    one, two = Pace(redis_client), Pace(redis_client)
    one.wait("a.example", 0.3)
    began = datetime.now(UTC)
    two.wait("b.example", 0.3)
    two.wait("a.example", 0.3)
    assert 0.2 < (datetime.now(UTC) - began).total_seconds() < 1.0
