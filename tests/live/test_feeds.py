"""Feeds are polled with ETag by a job, their pages asked for once; files of others land through `pentad ingest`."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from graph import feeds, jobs
from graph.database import Database
from graph.embedded import Servers
from graph.errors import NotFound
from graph.feed import Feed
from graph.job import Asked, JobState
from graph.reading.artifacts import artifact_list
from ingest.feeds.polling import FEEDS, feed_kinds
from ingest.fetching import Allowed, Guard, SafeClient
from ingest.job_kinds import registry
from ingest.worker import Worker
from tests.loopback import Call, Reply, answering
from tests.story.test_cli import Pentad, here, settings_of
from tests.unit.ingest.test_feeds import FILES, SAMPLES

START = datetime(2026, 1, 10, 12, tzinfo=UTC)


class Paper:
    """A publisher on loopback with one feed."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.items = ["one", "two"]
        self.status = 200
        self.answered: list[int] = []

    @property
    def body(self) -> bytes:
        items = "".join(f"<item><title>{name}</title><link>/{name}</link></item>" for name in self.items)
        return f"<rss version='2.0'><channel><title>The Selwyn Post</title>{items}</channel></rss>".encode()

    @property
    def etag(self) -> str:
        return f'"{len(self.items)}"'

    @property
    def feed(self) -> str:
        return f"http://127.0.0.1:{self.port}/feed.xml"


@contextmanager
def published() -> Iterator[Paper]:
    def answer(call: Call) -> Reply:
        same = call.headers.get("If-None-Match") == paper.etag
        status = 304 if same and paper.status == 200 else paper.status
        paper.answered.append(status)
        later = {"Retry-After": "7200"} if status == 503 else {}
        return Reply(paper.body if status == 200 else b"", status, {"ETag": paper.etag, **later})

    with answering(answer) as port:
        paper = Paper(port)
        yield paper


class Rounds:
    """A worker that polls, at a clock that only the test moves."""

    def __init__(self, graph: Database, paper: Paper) -> None:
        self.graph = graph
        self.now = START
        client = SafeClient(Guard(Allowed.of([f"127.0.0.1:{paper.port}"])))
        self.worker = Worker(graph, registry(feed_kinds(client, lambda: self.now)))

    def poll(self) -> dict[str, Any]:
        job, _ = jobs.ask(self.graph, Asked(FEEDS, f"{FEEDS}:{self.now.isoformat()}", {}))
        self.worker.run(job.id)
        done = jobs.get_job(self.graph, job.id)
        assert done.state is JobState.DONE, done.cause
        return done.log[-1].told

    def feed(self) -> Feed:
        [found] = feeds.feeds(self.graph)
        return found


def test_a_feed_is_polled_when_its_time_comes_and_its_pages_are_asked_for_once(graph: Database) -> None:
    with published() as paper:
        rounds = Rounds(graph, paper)
        feeds.add(graph, paper.feed, 900, START)
        assert rounds.poll()["asked"] == 2
        assert {page.url for page in artifact_list(graph).rows} == {
            f"http://127.0.0.1:{paper.port}/{name}" for name in ("one", "two")
        }
        assert (rounds.feed().title, rounds.feed().listed, rounds.feed().etag) == ("The Selwyn Post", 2, paper.etag)
        assert rounds.poll()["looked"] == 0
        rounds.now += timedelta(seconds=900)
        assert rounds.poll()["asked"] == 0
        assert paper.answered == [200, 304]
        assert rounds.feed().outcome == "unchanged"
        paper.items.append("three")
        rounds.now += timedelta(seconds=900)
        assert rounds.poll()["asked"] == 1
        assert rounds.feed().listed == 3


def test_a_look_that_fails_is_told_and_the_next_comes_later(graph: Database) -> None:
    with published() as paper:
        rounds = Rounds(graph, paper)
        feeds.add(graph, paper.feed, 900, START)
        paper.status = 500
        rounds.poll()
        assert (rounds.feed().outcome, rounds.feed().failures) == ("answered 500", 1)
        assert rounds.feed().next_at == START + timedelta(seconds=1800)
        rounds.now = rounds.feed().next_at
        paper.status = 503
        rounds.poll()
        assert rounds.feed().next_at == rounds.now + timedelta(seconds=7200)
        rounds.now = rounds.feed().next_at
        paper.status = 200
        rounds.poll()
        assert (rounds.feed().failures, rounds.feed().listed) == (0, 2)


def test_a_feed_on_a_private_address_is_never_reached(graph: Database) -> None:
    with published() as paper:
        rounds = Rounds(graph, paper)
        rounds.worker = Worker(graph, registry(feed_kinds(SafeClient(), lambda: rounds.now)))
        feeds.add(graph, paper.feed, 900, START)
        rounds.poll()
        assert paper.answered == []
        assert rounds.feed().failures == 1


def test_feeds_are_removed_by_address_or_id(graph: Database) -> None:
    made = [feeds.add(graph, f"https://post.example/{n}", 900, START) for n in range(2)]
    feeds.remove(graph, made[0].url)
    feeds.remove(graph, made[1].id)
    assert feeds.feeds(graph) == []
    with pytest.raises(NotFound):
        feeds.remove(graph, made[0].url)


@pytest.fixture
def pentad(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, servers: Servers, graph: Database) -> Pentad:
    return here(tmp_path, monkeypatch, settings_of(servers))


def test_files_of_others_land_and_feeds_are_kept_from_the_command_line(pentad: Pentad) -> None:
    for form, name in FILES.items():
        done = pentad("ingest", str(SAMPLES / name), "--format", form.value)
        assert done.returncode == 0, done.stderr
    assert "Riga" in pentad("search", "Riga").stdout
    again = pentad("ingest", str(SAMPLES / "acled.csv"), "--format", "acled", "--resume")
    assert "was loaded whole" in again.stderr
    assert pentad("ingest", str(SAMPLES / "acled.csv"), "--format", "nothing").returncode == 2
    assert pentad("ingest", "x.csv", "--format", "acled", "--map", "title=notes").returncode == 2
    assert pentad("feed", "add", "https://post.example/feed", "--every", "600").returncode == 0
    assert "never looked at" in pentad("feed", "list").stdout
    assert pentad("feed", "add", "ftp://post.example/feed").returncode == 2
    assert pentad("feed", "remove", "https://post.example/feed").returncode == 0
    assert "no feed is polled" in pentad("feed", "list").stdout
