"""Pages read by workers while workers, Redis and Neo4j are killed, and the count of what is there at the end."""

import random
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Protocol

from graph import artifacts, jobs
from graph.database import Database, DatabaseOptions, connect
from graph.embedded import Servers
from graph.errors import PentadError
from graph.job import JobState
from graph.reading.changes import changes
from graph.reading.claims import events_supported
from ingest.pages.page_jobs import EXTRACTION
from ingest.pages.requests import Asked, wanted
from tests.factory import until
from tests.pages_site import Site

LEASE = 3
KINDS = (EXTRACTION, "semantic", "event")


class Killable(Protocol):
    """A data folder whose servers can be killed and brought back."""

    root: Path
    servers: Servers

    @property
    def env(self) -> dict[str, str]: ...
    def start(self) -> None: ...
    def kill(self, name: str) -> None: ...
    def told(self, *words: str) -> Any: ...


@dataclass
class Shift:
    """Workers that read pages of a site, each `pentad worker --beat` as a process of its own."""

    home: Killable
    site: Site
    kills: int
    members: list["subprocess.Popen[bytes]"] = field(default_factory=list["subprocess.Popen[bytes]"])
    started: int = 0

    def begin(self, *, ready: bool = True) -> None:
        """One more worker; not waited for where it is to be ready only soon."""
        self.started += 1
        log = self.home.root / f"shift-{id(self)}-{self.started}.log"
        env = {
            **self.home.env,
            "PENTAD_FETCH_ALLOW": self.site.place,
            "PENTAD_PAGE_INTERVAL": "0",
            "PENTAD_PAGE_RUNGS": "light",
            "PENTAD_JOB_LEASE": str(LEASE),
            "PENTAD_JOB_SWEEP": "0.5",
            "PENTAD_JOB_BACKOFF": "0.5",
            "PENTAD_JOB_ATTEMPTS": str(3 + 3 * self.kills),
        }
        with log.open("wb") as out:
            words = [sys.executable, "-m", "api.cli", "worker", "--beat"]
            popen = subprocess.Popen(words, env=env, cwd=self.home.root, stdout=out, stderr=subprocess.STDOUT)
        self.members.append(popen)
        if not ready:
            return
        until(lambda: "worker is ready" in log.read_text() or popen.poll() is not None, 90)
        assert popen.poll() is None, log.read_text()[-2_000:]

    def kill_worker(self) -> None:
        victim = self.members.pop(0)
        victim.send_signal(signal.SIGKILL)
        victim.wait(10)
        self.begin(ready=False)

    def kill_server(self, name: str) -> None:
        self.home.kill(name)
        self.home.start()

    def end(self) -> None:
        for one in self.members:
            one.kill()
            one.wait(10)


def read_while_killing(home: Killable, site: Site, pages: int, rounds: int, patience: float) -> None:
    """Each round kills a worker, Redis and Neo4j, each once, at moments that differ, beginning while pages are read.
    Asserts that every page ended once, that none was lost or doubled, and that the graph keeps all its promises."""
    shift = Shift(home, site, rounds)
    chance = random.Random(pages)
    try:
        for _ in range(2):
            shift.begin()
        with graph_of(home) as graph:
            wishes = [wanted(Asked(url=site.url(f"/many/{n}"))) for n in range(pages)]
            asked = artifacts.request(graph, wishes, EXTRACTION, datetime.now(UTC))
        for _ in range(rounds):
            deeds: list[Callable[[], None]] = [
                shift.kill_worker,
                lambda: shift.kill_server("redis"),
                lambda: shift.kill_server("neo4j"),
            ]
            chance.shuffle(deeds)
            with graph_of(home) as graph:
                assert not over(graph), "nobody reads any more: kill sooner"
            for deed in deeds:
                time.sleep(chance.uniform(0.2, 1.0))
                deed()
        with graph_of(home) as graph:
            until(lambda: over(graph), patience)
            assert_each_once(graph, [one.id for one in asked])
    finally:
        shift.end()
    assert home.told("check")["differences"] == 0


def graph_of(home: Killable) -> Any:
    """The door to the graph as it runs now."""
    servers = home.servers
    return connect(DatabaseOptions(servers.neo4j_uri, servers.neo4j_user, servers.neo4j_password))


def over(graph: Database) -> bool:
    """Whether no job of pages is live any more."""
    try:
        return not any(
            jobs.list_jobs(graph, kind=kind, state=state, limit=1).rows
            for kind in KINDS
            for state in (JobState.QUEUED, JobState.RUNNING)
        )
    except PentadError:
        return False


def assert_each_once(graph: Database, ids: list[str]) -> None:
    counted: Counter[tuple[str, str]] = Counter()
    after: int | None = None
    while found := changes(graph, after, limit=100):
        counted.update((told.type, key) for one in found for told in one.feed for key in told.ids)
        after = found[-1].change
    assert len(set(ids)) == len(ids)
    for became in ("page.created", "page.extracted", "page.semantic_done"):
        assert {key: n for (kind, key), n in counted.items() if kind == became} == dict.fromkeys(ids, 1), became
    assert not [key for kind, key in counted if kind in ("page.failed", "page.low_quality")]
    for kind in KINDS:
        assert jobs.list_jobs(graph, kind=kind, state=JobState.DEAD, limit=5).rows == []
    # Each tells of an event of its own, and of none twice.
    events = events_supported(graph, ids)
    assert sorted(document for _, _, documents in events for document in documents) == sorted(ids)
    assert all(formed and len(documents) == 1 for _, formed, documents in events)
