"""kill -9 of workers while they read pages: each page ends once, none is lost, none doubled."""

import random
import signal
import threading
import time
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from neo4j import Driver

from api.worker import Waker
from graph import artifacts, jobs
from graph.artifact import ArtifactState
from graph.database import Database
from graph.embedded import Servers
from graph.reading.artifacts import artifact_list
from graph.reading.changes import changes
from ingest.beat import Beat, BeatOptions
from ingest.pages.page_jobs import EXTRACTION
from ingest.pages.requests import Asked, wanted
from ingest.schedules import Schedule
from tests.pages_site import Site, serving
from tests.story.test_worker import LEASE, SWEEP, Crew, until


@pytest.fixture(scope="module")
def site() -> Iterator[Site]:
    with serving() as found:
        yield found


def killed(folder: Path, servers: Servers, graph: Database, driver: Driver, site: Site, pages: int, kills: int) -> None:
    """Reads so many pages while workers are killed so often, and counts what is there at the end."""
    crew = Crew(folder, servers, graph)
    settings = {
        "PENTAD_FETCH_ALLOW": site.place,
        "PENTAD_PAGE_INTERVAL": "0",
        "PENTAD_PAGE_RUNGS": "light",
        "PENTAD_JOB_ATTEMPTS": str(kills + 3),
    }
    chance, stop = random.Random(7), threading.Event()
    options = BeatOptions(SWEEP, LEASE, kills + 3, 30)
    beat = Beat(graph, Waker(servers.redis_url), options, [Schedule("page-sweep", 60.0)])
    thread = threading.Thread(target=beat.run, args=(stop,))
    thread.start()
    try:
        workers = [crew.begin("tests.mortal_worker", **settings) for _ in range(2)]
        until(lambda: all(one.ready for one in workers), 60)
        wishes = [wanted(Asked(url=site.url(f"/many/{n}"))) for n in range(pages)]
        asked = artifacts.request(graph, wishes, EXTRACTION, datetime.now(UTC))
        Waker(servers.redis_url)([(one.job.id, one.job.queue) for one in asked if one.job])
        for _ in range(kills):
            time.sleep(chance.uniform(0.2, 0.8))
            victim = workers.pop(0)
            victim.popen.send_signal(signal.SIGKILL)
            victim.popen.wait(10)
            workers.append(crew.begin("tests.mortal_worker", **settings))
            until(lambda: all(one.ready for one in workers), 60)
        waiting = (ArtifactState.STUB, ArtifactState.EXTRACTING)
        until(lambda: not any(artifact_list(graph, state=state, limit=1).rows for state in waiting), 60 + pages)
    finally:
        stop.set()
        thread.join(10)
        for one in workers:
            one.popen.kill()
            one.popen.wait(10)
    counted: Counter[tuple[str, str]] = Counter()
    after: int | None = None
    while found := changes(graph, after, limit=100):
        counted.update((told.type, key) for one in found for told in one.feed for key in told.ids)
        after = found[-1].change
    ids = [one.id for one in asked]
    rows = jobs.list_jobs(graph, kind=EXTRACTION, limit=200).rows
    assert any(attempt.outcome == "lost" for job in rows for attempt in job.log) or pages > 200
    assert {key for kind, key in counted if kind == "page.extracted"} == set(ids)
    assert len(set(ids)) == pages
    assert set(counted.values()) == {1}
    with driver.session() as session:
        text = (
            "MATCH (d:Document {state: 'extracted'})-[:HAS_PASSAGE]->(p) RETURN count(DISTINCT d) AS d, count(p) AS p"
        )
        row = session.run(text).single(strict=True)
        assert (row["d"], row["p"]) == (pages, pages)


def test_each_page_ends_once_though_workers_are_killed(
    tmp_path: Path, servers: Servers, graph: Database, driver: Driver, site: Site
) -> None:
    killed(tmp_path, servers, graph, driver, site, pages=30, kills=1)


@pytest.mark.slow
def test_each_of_500_pages_ends_once_though_workers_are_killed(
    tmp_path: Path, servers: Servers, graph: Database, driver: Driver, site: Site
) -> None:
    killed(tmp_path, servers, graph, driver, site, pages=500, kills=12)
