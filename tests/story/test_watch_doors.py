"""Watches and readers as a user meets them: through HTTP, as a stream, and on the command line."""

import json
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx2
import pytest
from redis import Redis

from api.keys import create_key
from graph import watches
from graph.database import Database
from graph.embedded import Servers
from graph.job import JobState
from graph.trending import Boards
from ingest.watching.following import Watching, WatchingOptions
from tests.factory import person, told
from tests.judging_world import key_of
from tests.story.test_api import NOW, served
from tests.story.test_cli import Pentad, here, settings_of
from tests.story.test_job_doors import events

ANNA, ZOFIA, MARIA = (key_of(name) for name in ("Anna Kowalska", "Zofia Nowak", "Maria Lis"))


@pytest.fixture
def api(graph: Database, redis_client: Redis) -> Iterator[httpx2.Client]:
    with served(graph, Boards(redis_client)) as client:
        yield client


@pytest.fixture
def pentad(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, servers: Servers, graph: Database) -> Pentad:
    return here(tmp_path, monkeypatch, settings_of(servers))


def tell(api: httpx2.Client, *meetings: tuple[str, ...]) -> None:
    made = [
        told(
            f"{'-'.join(names)}-{time.monotonic_ns()}",
            "2018-10-01",
            who=[person(name) for name in names],
            sources=[
                {"name": "The Selwyn Post", "url": f"https://post.example/{time.monotonic_ns()}", "title": "News"}
            ],
        )
        for names in meetings
    ]
    api.post("/api/events", json=made).raise_for_status()


class Asking:
    """Stands for the index where no example is watched."""

    def peek(self, question: Any) -> Any:
        raise AssertionError(question)


def follow(graph: Database) -> None:
    Watching(graph, None, Asking(), lambda: NOW, WatchingOptions(rest=0)).follow()


def test_a_watch_is_made_heard_changed_and_dropped(api: httpx2.Client, graph: Database) -> None:
    tell(api, ("Anna Kowalska",), ("Zofia Nowak",))
    made = api.post("/api/watches", json={"entity": {"key": ANNA}, "name": "Anna"})
    assert made.status_code == 201
    watch = made.json()
    assert (watch["sort"], watch["on"], watch["secret"], watch["told"]) == (
        "entity",
        ["events", "merge", "split"],
        None,
        0,
    )
    here = f"/api/watches/{watch['id']}"
    tell(api, ("Anna Kowalska", "Zofia Nowak"))
    follow(graph)
    listed = api.get(f"{here}/firings").json()
    assert [(one["n"], one["sort"], one["told"]["data"]["count"], one["delivery"]) for one in listed["items"]] == [
        (1, "events", 1, None)
    ]
    assert api.get(f"{here}/firings", params={"after": listed["after"]}).json()["items"] == []
    changed = api.patch(here, json={"url": "https://hooks.example/1", "name": "A."}).raise_for_status().json()
    assert changed["secret"].startswith("whsec_")
    assert api.patch(here, json={"paused": True}).json()["secret"] is None
    assert "secret" not in api.get(here).json() and changed["secret"] not in api.get("/api/watches").text
    assert api.post(f"{here}/secret").json()["secret"] != changed["secret"]
    assert [one["name"] for one in api.get("/api/watches").json()["items"]] == ["A."]
    assert api.delete(here).status_code == 204
    assert api.get(here).status_code == api.get(f"{here}/firings").status_code == api.delete(here).status_code == 404


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ({}, 422),
        ({"entity": {"key": "x"}}, 422),
        ({"entity": {"key": "f" * 64}}, 404),
        ({"entity": {"key": "f" * 64}, "pair": {"a": "f" * 64, "b": "e" * 64}}, 422),
        ({"query": {"q": " "}}, 422),
        ({"query": {"q": "x", "km": 3}}, 422),
        ({"query": {"q": "x", "near": "95,1"}}, 422),
        ({"example": {"names": []}}, 422),
        ({"query": {"q": "x"}, "on": ["rank"]}, 422),
        ({"query": {"q": "x"}, "url": "ftp://example.org/"}, 422),
        ({"query": {"q": "x"}, "id": "mine"}, 422),
    ],
)
def test_what_cannot_be_watched_is_a_problem(api: httpx2.Client, body: Any, status: int) -> None:
    answer = api.post("/api/watches", json=body)
    assert answer.status_code == status
    assert answer.headers["content-type"] == "application/problem+json"


def test_a_search_takes_what_the_search_box_takes(api: httpx2.Client) -> None:
    tell(api, ("Anna Kowalska",))
    query = {"q": "kowalska", "kind": "person", "since": "2018-01-01", "until": "2018-12-31", "preset": "forgiving"}
    made = api.post("/api/watches", json={"query": query}).raise_for_status().json()
    assert made["spec"]["q"] == "kowalska" and made["name"] == "kowalska"
    near = api.post("/api/watches", json={"query": {"q": "oslo", "near": "59.9,10.7", "km": 20}}).raise_for_status()
    assert near.json()["spec"]["near"] == [59.9, 10.7]


def test_a_stream_tells_what_comes_and_goes_on_where_it_ended(api: httpx2.Client, graph: Database) -> None:
    tell(api, ("Anna Kowalska",))
    watch = api.post("/api/watches", json={"entity": {"key": ANNA}}).json()["id"]
    tell(api, ("Anna Kowalska", "Maria Lis"))
    follow(graph)
    heard: list[dict[str, str]] = []

    def listen(headers: dict[str, str]) -> None:
        with api.stream("GET", f"/api/watches/{watch}/events", headers=headers) as stream:
            heard.extend(events(stream.iter_lines()))

    listeners = [threading.Thread(target=listen, args=(headers,)) for headers in ({"last-event-id": "0"}, {})]
    for listener in listeners:
        listener.start()
    time.sleep(1)
    tell(api, ("Anna Kowalska", "Zofia Nowak"))
    follow(graph)
    time.sleep(1.5)
    # A watch that is dropped ends its streams.
    api.delete(f"/api/watches/{watch}").raise_for_status()
    for listener in listeners:
        listener.join(10)
        assert not listener.is_alive()
    assert sorted((one["id"], one["event"]) for one in heard) == [("1", "events"), ("2", "events"), ("2", "events")]
    assert {json.loads(one["data"])["type"] for one in heard} == {"watch.events"}


def test_a_row_of_a_watchlist_is_judged_through_http(api: httpx2.Client) -> None:
    tell(api, ("Anna Kowalska",), ("Ana Kowalska",))
    made = api.post("/api/watches", json={"example": {"names": ["Anna Kowalska"], "kind": "person"}}).json()
    assert made["candidates"][0]["key"] == ANNA and len(made["candidates"]) == 2
    path = f"/api/watches/{made['id']}/judgements"
    judged = api.put(path, json={"entity": ANNA, "verdict": "negative"}).raise_for_status().json()
    scores = {one["key"]: (one["score"], one["why"]) for one in judged["candidates"]}
    assert scores[ANNA] == (0.0, "judged to be somebody else")
    assert api.put(path, json={"entity": "f" * 64, "verdict": None}).status_code == 404
    entity = api.post("/api/watches", json={"entity": {"key": ANNA}}).json()["id"]
    assert api.put(f"/api/watches/{entity}/judgements", json={"entity": ANNA, "verdict": None}).status_code == 422


def test_a_reader_reads_is_fed_and_forgotten(api: httpx2.Client) -> None:
    tell(api, ("Anna Kowalska",), ("Anna Kowalska",), ("Anna Kowalska", "Maria Lis"))
    found = api.get("/api/events").json()["items"]
    contents = [api.get(f"/api/events/{one['id']}").json()["documents"][0]["id"] for one in found]
    read = api.post(f"/api/contents/{contents[0]}/read", json={"reader_id": "ann", "at": "2018-10-30T10:00:00Z"})
    assert (read.status_code, read.json()["counted"]) == (200, True)
    again = api.post(f"/api/contents/{contents[0]}/read", json={"reader_id": "ann", "at": "2018-10-30T10:00:00Z"})
    assert again.json()["counted"] is False
    assert api.get("/api/readers/ann/interests").json()["items"] == []
    api.post(f"/api/contents/{contents[1]}/read", json={"reader_id": "ann"}).raise_for_status()
    (interest,) = api.get("/api/readers/ann/interests").json()["items"]
    assert (interest["key"], interest["score"], interest["read_count"]) == (ANNA, 10.0, 2)
    (item,) = api.get("/api/readers/ann/feed", params={"lang": "fr"}).json()["items"]
    assert (item["id"], item["score"]) == (contents[2], 70)
    assert item["because"] == "Recommandé car vous lisez souvent sur : Anna Kowalska"
    chosen = api.put("/api/readers/ann/settings", json={"topics": ["News"], "language": "zh"}).json()
    assert (chosen["topics"], chosen["language"], chosen["reads"]) == (["News"], "zh", 2)
    first = api.get("/api/readers/ann/feed", params={"read": True, "limit": 2}).json()
    rest = api.get("/api/readers/ann/feed", params={"read": True, "limit": 2, "cursor": first["next_cursor"]}).json()
    assert len({one["id"] for one in first["items"] + rest["items"]}) == 3 and rest["next_cursor"] is None
    assert first["items"][0]["because"].startswith("为您推荐")
    for body, status in (({}, 422), ({"reader_id": ""}, 422), ({"reader_id": "ann", "at": "2030-01-01"}, 422)):
        assert api.post(f"/api/contents/{contents[0]}/read", json=body).status_code == status
    assert api.post("/api/contents/nothing/read", json={"reader_id": "ann"}).status_code == 404
    assert api.get("/api/readers/ann/feed", params={"lang": "de"}).status_code == 422
    gone = api.delete("/api/readers/ann").json()
    assert (gone["reads"], gone["keys"]) == (2, 0)
    assert api.get("/api/readers/ann/interests").status_code == api.delete("/api/readers/ann").status_code == 404


def test_boards_tell_and_weigh_origins(api: httpx2.Client) -> None:
    tell(api, ("Anna Kowalska",), ("Zofia Nowak",))
    board = api.get("/api/entities/trending", params={"weigh": "origins", "origins": True}).raise_for_status().json()
    assert (board["weigh"], board["source"], board["total"]) == ("origins", "graph", 2)
    assert {(row["sources"], row["independent_origins"], row["at_least"]) for row in board["rows"]} == {(1, 1, False)}
    plain = api.get("/api/entities/trending").json()
    assert plain["weigh"] == "mentions" and plain["rows"][0]["independent_origins"] is None
    assert api.get("/api/entities/trending", params={"weigh": "origins", "within": ANNA}).status_code == 422


def test_a_readers_key_opens_that_readers_doors_alone(api: httpx2.Client, graph: Database) -> None:
    tell(api, ("Anna Kowalska",))
    event = api.get("/api/events").json()["items"][0]["id"]
    content = api.get(f"/api/events/{event}").json()["documents"][0]["id"]
    keys = {
        "ann": create_key(graph, "ann", ["write"], NOW, reader="ann"),
        "reads": create_key(graph, "reads", ["read"], NOW),
        "writes": create_key(graph, "writes", ["write"], NOW),
    }
    time.sleep(0.3)

    def ask(who: str, method: str, path: str, body: Any = None) -> int:
        return api.request(method, path, headers={"x-api-key": keys[who]}, json=body).status_code

    read = f"/api/contents/{content}/read"
    assert ask("ann", "POST", read, {"reader_id": "ann"}) == 200
    assert ask("writes", "POST", read, {"reader_id": "ben"}) == 200
    for path in ("interests", "feed", "settings"):
        statuses = [ask(who, "GET", f"/api/readers/{whose}/{path}") for who in keys for whose in ("ann", "ben")]
        assert statuses == [200, 404, 403, 403, 200, 200], path
    assert ask("ann", "POST", read, {"reader_id": "ben"}) == 404
    assert ask("ann", "PUT", "/api/readers/ben/settings", {}) == 404
    assert ask("ann", "DELETE", "/api/readers/ben") == 404
    for method, path in (
        ("GET", "/api/events"),
        ("POST", "/api/events"),
        ("GET", "/api/watches"),
        ("GET", "/api/jobs"),
    ):
        assert ask("ann", method, path) == 403, path
    assert ask("ann", "DELETE", "/api/readers/ann") == 200
    time.sleep(0.3)
    assert ask("ann", "GET", "/api/readers/ann/settings") == 401


def test_the_command_line_watches_and_reads(pentad: Pentad, graph: Database, tmp_path: Path) -> None:
    lines = [
        told(f"e{n}", "2018-10-01", who=[person(name)], sources=[{"name": "Post", "url": f"https://post.example/{n}"}])
        for n, name in enumerate(("Anna Kowalska", "Anna Kowalska", "Anna Kowalska", "Zofia Nowak"))
    ]
    (tmp_path / "news.jsonl").write_text("\n".join(json.dumps(line) for line in lines))
    assert pentad("ingest", "news.jsonl").returncode == 0
    watch = json.loads(pentad("watch", "entity", "Anna Kowalska", "--url", "https://hooks.example/1", "--json").stdout)
    assert watch["secret"].startswith("whsec_")
    for words in (("pair", ANNA, ZOFIA), ("query", "nowak"), ("example", "Ana Kowalska", "--kind", "person")):
        assert pentad("watch", *words).returncode == 0
    assert pentad("watch", "list").stdout.count("\n") == 4
    (tmp_path / "more.jsonl").write_text(json.dumps(told("new", "2018-10-02", who=[person("Anna Kowalska")])))
    assert pentad("ingest", "more.jsonl").returncode == 0
    follow_all(graph)
    assert "what new tells" in pentad("watch", "told", watch["id"]).stdout
    (fired,) = json.loads(pentad("watch", "told", watch["id"], "--json").stdout)
    assert (fired["n"], fired["delivery"]) == (1, JobState.QUEUED)
    assert "Anna" in pentad("watch", "show", watch["id"]).stdout
    assert pentad("watch", "change", watch["id"], "--pause").returncode == 0
    assert watches.get(graph, watch["id"]).paused
    assert pentad("watch", "retry", watch["id"], "9").returncode == 1
    assert pentad("watch", "drop", watch["id"]).returncode == 0
    assert pentad("watch", "told", watch["id"]).returncode == 1
    assert pentad("watch", "entity", ANNA, "--on", "path").returncode == 2
    board = json.loads(pentad("trending", "--weigh", "origins", "--origins", "--as-of", "2018-10-03", "--json").stdout)
    assert board["weigh"] == "origins"
    assert [(row["name"], row["sources"], row["independent_origins"]) for row in board["rows"]] == [
        ("Anna Kowalska", 1, 1),
        ("Zofia Nowak", 1, 1),
    ]
    assert "origins" in pentad("trending", "--origins", "--as-of", "2018-10-03").stdout
    assert pentad("trending", "--weigh", "origins", "--formula", "reddit_hot").returncode == 2
    contents = [json.loads(pentad("event", f"e{n}", "--json").stdout)["documents"][0]["id"] for n in range(3)]
    for content in contents[:2]:
        assert "counted for 1" in pentad("reader", "read", "ann", content).stdout
    assert "Anna Kowalska" in pentad("reader", "interests", "ann").stdout
    (item,) = json.loads(pentad("reader", "feed", "ann", "--lang", "es", "--json").stdout)["items"]
    assert item["because"] == "Recomendado porque sueles leer sobre: Anna Kowalska"
    assert pentad("reader", "choose", "ann", "--topic", "grain", "--lang", "pt").returncode == 0
    assert "grain" in pentad("reader", "settings", "ann").stdout
    assert pentad("reader", "choose", "ann", "--lang", "de").returncode == 2
    assert "forgotten: 2 reads" in pentad("reader", "forget", "ann").stdout
    assert pentad("reader", "forget", "ann").returncode == 1


def follow_all(graph: Database) -> None:
    """What a service does, with an index of its own."""
    from ingest.judging import Judging
    from ingest.pipeline import Pipeline
    from ingest.projections import Projections

    projections = Projections(graph, None, lambda: NOW)
    pipeline = Pipeline(graph, lambda: NOW, projections)
    index = Judging(pipeline, graph, lambda: NOW, projections)
    Watching(graph, None, index, lambda: NOW, WatchingOptions(rest=0)).follow()
