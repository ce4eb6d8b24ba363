"""Kept answers: given again as they are, and never when what they show has changed, whichever process changed it."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import httpx2
import psutil
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from neo4j import Driver
from redis import Redis

from api.keys import create_key, revoke_key
from graph.changing import Changing, still
from graph.database import Database
from graph.embedded import Servers
from graph.trending import Boards
from tests.api_processes import ROOT, api_process
from tests.conftest import empty
from tests.factory import person, told
from tests.judging_world import key_of
from tests.story.test_api import served

NAMES = ("Anna Kowalska", "Zofia Nowak", "Maria Lis", "Jan Kot")
KEYS = tuple(key_of(name) for name in NAMES)
DOORS = (
    *(f"/api/entities/{key}" for key in KEYS),
    *(f"/api/entities/{key}/{what}" for key in KEYS for what in ("timeline", "co-mentions", "rank", "history")),
    "/api/entities/trending?limit=10",
    "/api/events?limit=5",
)
PASSING = {"at", "age", "trending_score", "next_cursor"}
"""What is true at the stated time alone; and cursors, which each service signs for itself."""


@pytest.fixture(scope="module")
def processes(
    servers: Servers, database: Database, driver: Driver, redis_client: Redis, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[httpx2.Client, httpx2.Client]]:
    """Two processes on one machine; and one that keeps nothing, to compare with, in this process."""
    empty(driver, redis_client)
    logs = tmp_path_factory.mktemp("logs")
    with api_process(servers, logs / "one") as one, api_process(servers, logs / "other", "--workers", "2") as other:
        ingest(one, 0, list(NAMES))
        deadline = time.monotonic() + 60
        while one.get("/api/entities/trending").json()["source"] != "board":
            assert time.monotonic() < deadline
            time.sleep(0.2)
        yield one, other


@pytest.fixture(scope="module")
def plain(database: Database, redis_client: Redis) -> Iterator[httpx2.Client]:
    with served(database, Boards(redis_client), now=lambda: datetime.now(UTC)) as client:
        yield client


def lasting(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: lasting(one) for name, one in value.items() if name not in PASSING}
    return [lasting(one) for one in value] if isinstance(value, list) else value


def stale(kept: httpx2.Client, plain: httpx2.Client, door: str, etags: dict[str, tuple[str, Any]]) -> bool:
    """Whether a door tells what is not so, when nothing was changed while it was asked."""
    for _ in range(5):
        before = plain.get(door)
        tag, known = etags.get(door, ("", None))
        found = kept.get(door, headers={"If-None-Match": tag} if tag else {})
        after = plain.get(door)
        if lasting(before.json()) == lasting(after.json()):
            break
    else:
        return False
    shown = known if found.status_code == 304 else found.json()
    if found.status_code == 200:
        etags[door] = found.headers["etag"], shown
    return lasting(shown) != lasting(after.json())


def ingest(api: httpx2.Client, number: int, names: list[str]) -> None:
    at = (datetime.now(UTC) - timedelta(hours=1)).isoformat()
    record = told(f"e{number}", at, who=[person(name) for name in names])
    api.post("/api/events", json=[record]).raise_for_status()


DOOR = st.sampled_from((0, 1))
SOME = st.lists(st.sampled_from(NAMES), min_size=1, max_size=3, unique=True)
STEP = st.one_of(
    st.tuples(st.just("tell"), DOOR, SOME),
    st.tuples(st.just("merge"), DOOR, st.permutations(KEYS)),
    st.tuples(st.just("undo"), DOOR, st.none()),
    st.tuples(st.just("ask"), DOOR, st.sampled_from(DOORS)),
    st.tuples(st.just("ask"), st.just(0), st.just("all")),
)
STEPS = st.lists(STEP, min_size=8, max_size=20)


class Readers:
    """Anybody tells, merges and undoes through either process, and asks either; what was asked for is compared with
    what a process tells that keeps nothing."""

    def __init__(self, kept: tuple[httpx2.Client, httpx2.Client], plain: httpx2.Client) -> None:
        self.kept, self.plain = kept, plain
        self.etags: tuple[dict[str, tuple[str, Any]], ...] = ({}, {})
        self.number, self.asked = 0, 0
        self.merges: list[str] = []

    def take(self, what: str, door: int, of: Any) -> None:
        api = self.kept[door]
        if what == "tell":
            self.number += 1
            ingest(api, self.number, of)
        elif what == "merge":
            made = api.post("/api/merges", json={"entities": of[:2], "reason": "one"})
            assert made.status_code in (200, 201, 404, 409, 422), made.text
            self.merges += [made.json()["id"]] if made.status_code == 201 else []
        elif what == "undo" and self.merges:
            undone = api.delete(f"/api/merges/{self.merges.pop()}")
            assert undone.status_code in (200, 201, 409), undone.text
        elif what == "ask":
            asked = [(one, path) for path in DOORS[:: len(KEYS)] for one in (0, 1)] if of == "all" else [(door, of)]
            for one, path in asked:
                self.asked += 1
                assert not stale(self.kept[one], self.plain, path, self.etags[one]), path


@pytest.mark.parametrize("examples", [6, pytest.param(300, marks=pytest.mark.slow)])
def test_no_answer_is_stale_whoever_changed_what_it_shows(
    processes: tuple[httpx2.Client, httpx2.Client], plain: httpx2.Client, examples: int
) -> None:
    readers = Readers(processes, plain)

    @settings(
        max_examples=examples,
        deadline=None,
        suppress_health_check=list(HealthCheck),
        database=None,
        phases=(Phase.generate,),
    )
    @given(STEPS)
    def holds(steps: list[tuple[str, int, Any]]) -> None:
        for step in steps:
            readers.take(*step)

    holds()
    told_of = processes[0].get("/api/cache").json()
    assert told_of["memory"] + told_of["redis"] + told_of["unchanged"] > 0
    assert readers.asked > 0


def test_an_answer_is_given_again_from_memory_then_from_redis_and_told_unchanged(
    processes: tuple[httpx2.Client, httpx2.Client], servers: Servers, tmp_path: Path
) -> None:
    one, _ = processes
    ingest(one, 1_000_001, ["Anna Kowalska", "Maria Lis"])
    door = f"/api/entities/{KEYS[0]}/timeline"
    deadline = time.monotonic() + 20
    while True:  # what follows the graph has to come to rest first
        first = one.get(door).raise_for_status()
        before = one.get("/api/cache").json()
        time.sleep(1.5)
        again = one.get(door)
        assert again.content == first.content and again.headers["etag"] == first.headers["etag"]
        if one.get("/api/cache").json()["memory"] == before["memory"] + 1:
            break
        assert time.monotonic() < deadline
    with api_process(servers, tmp_path / "log") as third:
        assert third.get(door).content == first.content
        assert third.get("/api/cache").json()["redis"] == 1
    unchanged = one.get(door, headers={"If-None-Match": f'"other", {first.headers["etag"]}', "X-Request-ID": "mine"})
    assert (unchanged.status_code, unchanged.content) == (304, b"")
    assert unchanged.headers["x-request-id"] == "mine" and unchanged.headers["etag"] == first.headers["etag"]
    figures = one.get("/metrics").text
    assert 'pentad_kept_answers_total{route="/api/entities/{key}/timeline",source="memory"}' in figures
    assert "pentad_kept_answers_hit_ratio" in figures and "pentad_answers_unchanged_total" in figures


def test_kept_answers_keep_the_order_and_the_form_of_others(processes: tuple[httpx2.Client, httpx2.Client]) -> None:
    one, _ = processes
    door, port = f"/api/entities/{KEYS[0]}", one.base_url.port
    deadline = time.monotonic() + 20
    while True:  # until what follows the graph has come to rest
        before = one.get("/api/cache").json()["memory"]
        plain = one.get(door, headers={"X-Request-ID": "mine"}).raise_for_status()
        asked = b"".join(
            [
                question(door, port),
                question("/livez", port),
                question(door, port, "Content-Length: 2") + b"{}",
                question(door, port),
                question("/api/entities/none", port),
                question(door, port, "Connection: close"),
            ]
        )
        found = answers_to(port, asked)
        if one.get("/api/cache").json()["memory"] >= before + 4:
            break
        assert time.monotonic() < deadline
        time.sleep(0.2)
    assert [status for status, _, _ in found] == [200, 200, 200, 200, 422, 200]
    kept = [found[number] for number in (0, 2, 3, 5)]
    assert {body for _, _, body in kept} == {plain.content}
    ids = {headers.pop("x-request-id") for _, headers, _ in found}
    assert len(ids) == len(found)
    last = kept[-1][1]
    assert last.pop("connection") == "close"
    names = set(plain.headers) - {"x-request-id"}
    assert all(set(headers) == names for _, headers, _ in kept)


def test_what_is_no_request_is_told_as_every_other_error(processes: tuple[httpx2.Client, httpx2.Client]) -> None:
    port = processes[0].base_url.port
    for asked in (b"what is this\r\n\r\n", question(f"/reconcile?queries={'%F0%9D%A5%93' * 6_000}", port)):
        ((status, headers, body),) = answers_to(port, asked)
        assert (status, headers["content-type"], headers["connection"]) == (400, "application/problem+json", "close")
        assert json.loads(body)["type"] == "urn:pentad:problem:bad-request"


def question(door: str, port: int | None, *more: str) -> bytes:
    return "\r\n".join((f"GET {door} HTTP/1.1", f"Host: 127.0.0.1:{port}", *more, "", "")).encode()


def answers_to(port: int | None, asked: bytes) -> list[tuple[int, dict[str, str], bytes]]:
    """Status, headers and body of each answer, until the server ends the connection."""
    with socket.create_connection(("127.0.0.1", port or 0), timeout=20) as connection:
        connection.sendall(asked)
        got = b"".join(iter(lambda: connection.recv(1 << 16), b""))
    found: list[tuple[int, dict[str, str], bytes]] = []
    while got:
        head, _, got = got.partition(b"\r\n\r\n")
        first, *lines = head.decode().split("\r\n")
        headers = {name.lower(): value for name, _, value in (line.partition(": ") for line in lines)}
        length = int(headers["content-length"])
        found.append((int(first.split()[1]), headers, got[:length]))
        got = got[length:]
    return found


def test_a_kept_answer_asks_for_a_key_once_there_are_any(
    processes: tuple[httpx2.Client, httpx2.Client], database: Database, driver: Driver
) -> None:
    one, _ = processes
    door = f"/api/entities/{KEYS[0]}"
    one.get(door).raise_for_status()
    secret = create_key(database, "reader", ["read"], datetime.now(UTC))
    try:
        deadline = time.monotonic() + 15
        while one.get(door).status_code == 200:
            assert time.monotonic() < deadline
            time.sleep(0.2)
        refused = one.get(door)
        assert (refused.status_code, refused.headers["content-type"]) == (401, "application/problem+json")
        allowed = one.get(door, headers={"X-API-Key": secret})
        assert allowed.status_code == 200 and "etag" in allowed.headers
        assert one.get(door, headers=[("X-API-Key", secret), ("X-API-Key", "pk_other")]).status_code == 401
        revoke_key(database, secret.split("_")[1], datetime.now(UTC))
        while one.get(door, headers={"X-API-Key": secret}).status_code == 200:
            assert time.monotonic() < deadline
            time.sleep(0.2)
    finally:
        driver.execute_query("MATCH (k:ApiKey) DELETE k")
    deadline = time.monotonic() + 15
    while one.get(door).status_code != 200:
        assert time.monotonic() < deadline
        time.sleep(0.2)


def test_what_another_machine_changes_is_heard_of(
    processes: tuple[httpx2.Client, httpx2.Client], servers: Servers, tmp_path: Path
) -> None:
    one, _ = processes
    door = f"/api/entities/{KEYS[1]}"
    with api_process(servers, tmp_path / "log", data_dir=tmp_path / "elsewhere", cache_check="0.2") as elsewhere:
        ingest(one, 1_000_002, ["Zofia Nowak"])
        before = elsewhere.get(door).raise_for_status().json()["mention_count"]
        ingest(one, 1_000_003, ["Zofia Nowak"])
        deadline = time.monotonic() + 20
        while elsewhere.get(door).json()["mention_count"] != before + 1:
            assert time.monotonic() < deadline
            time.sleep(0.05)


def test_several_workers_share_a_port_and_one_that_is_killed_is_replaced(servers: Servers, tmp_path: Path) -> None:
    with api_process(servers, tmp_path / "log", "--workers", "2") as api:
        port = str(api.base_url.port)
        parent = next(one for one in psutil.Process().children() if port in command_of(one))
        first = workers_of(parent)
        assert len(first) == 2
        os.kill(min(first), signal.SIGKILL)
        deadline = time.monotonic() + 60
        while len(now := workers_of(parent)) != 2 or min(first) in now:
            assert time.monotonic() < deadline
            time.sleep(0.2)
        assert api.get("/livez").status_code == 200


def workers_of(parent: psutil.Process) -> set[int]:
    return {one.pid for one in parent.children() if any("spawn_main" in word for word in command_of(one))}


def command_of(process: psutil.Process) -> list[str]:
    try:
        return process.cmdline()
    except psutil.Error:  # ended, and nobody has looked at how
        return []


def test_a_change_under_way_or_over_is_seen_by_others_and_a_killed_writer_is_cleared(tmp_path: Path) -> None:
    writer, reader = Changing(tmp_path), Changing(tmp_path)
    before = reader.stamp()
    assert still(before)
    with writer.marked():
        amid = reader.stamp()
        assert not still(amid)
    after = reader.stamp()
    assert still(after) and after != before
    writer.begin()
    dies = f"from pathlib import Path; from graph.changing import Changing; Changing(Path({str(tmp_path)!r})).begin()"
    subprocess.run([sys.executable, "-c", dies], cwd=ROOT, check=True)
    writer.end()
    assert not still(reader.stamp())
    reader.settle()
    assert still(reader.stamp())
    for one in (writer, reader):
        one.close()
