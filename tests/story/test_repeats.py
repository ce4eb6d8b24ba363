"""A client that lost its answer sends the request again; a disk that fills up is told before it is full."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import httpx2
import pytest
from neo4j import Driver
from redis import Redis

from api.keys import create_key
from graph import replies
from graph.database import Database
from graph.room import Room
from graph.trending import Boards
from tests.story.test_api import clock, event, found, served


@pytest.fixture
def api(graph: Database, redis_client: Redis) -> Iterator[httpx2.Client]:
    with served(graph, Boards(redis_client)) as client:
        yield client


def sent(api: httpx2.Client, name: str, body: Any, **headers: str) -> httpx2.Response:
    return api.post("/api/events", json=body, headers={"Idempotency-Key": name, **headers})


def test_a_request_sent_again_gets_its_first_answer(api: httpx2.Client, driver: Driver) -> None:
    first = sent(api, "order-1", event(1))
    assert first.status_code == 201
    assert "idempotency-replayed" not in first.headers
    again = sent(api, "order-1", event(1))
    assert (again.status_code, again.content) == (201, first.content)
    assert again.headers["idempotency-replayed"] == "true"
    assert again.headers["content-type"] == first.headers["content-type"]
    # Without the name it is seen that nothing is new.
    assert api.post("/api/events", json=event(1)).status_code == 200
    assert driver.execute_query("MATCH (e:Event) RETURN count(e) AS n").records[0]["n"] == 1


def test_a_name_is_of_one_request(api: httpx2.Client, graph: Database) -> None:
    assert sent(api, "order-1", event(1)).status_code == 201
    other = sent(api, "order-1", event(2))
    assert (other.status_code, other.headers["content-type"]) == (409, "application/problem+json")
    assert api.get("/api/events/khashoggi-2").status_code == 404
    elsewhere = api.put("/api/readers/kim/settings", json={}, headers={"Idempotency-Key": "order-1"})
    assert elsewhere.status_code == 409
    # What failed was not done: the same name may be tried with what is right.
    assert sent(api, "order-2", {"title": "no date"}).status_code == 422
    assert sent(api, "order-2", event(2)).status_code == 201
    assert replies.forget(graph, clock() + replies.KEPT) == 2
    assert sent(api, "order-1", event(3)).status_code == 201


def test_names_of_two_keys_are_apart(api: httpx2.Client, graph: Database) -> None:
    keys = [create_key(graph, name, ["write"], clock()) for name in ("one", "two")]
    for number, key in enumerate(keys, 1):
        answer = sent(api, "order-1", event(number), **{"X-API-Key": key})
        assert (answer.status_code, "idempotency-replayed" in answer.headers) == (201, False)
    assert sent(api, "order-1", event(1)).status_code == 401


def test_of_many_at_once_one_is_carried_out(api: httpx2.Client, driver: Driver) -> None:
    with ThreadPoolExecutor(16) as threads:
        answers = list(threads.map(lambda _: sent(api, "order-1", event(1)), range(16)))
    assert {answer.status_code for answer in answers} <= {201, 409}
    done = {answer.content for answer in answers if answer.status_code == 201}
    assert len(done) == 1
    found = driver.execute_query("MATCH (e:Event) RETURN count(e) AS n, max(e.version) AS version").records[0]
    assert (found["n"], found["version"]) == (1, 1)


@pytest.mark.parametrize("name", ["", "with blank", "x" * 256, "é"])
def test_a_name_of_another_form_is_refused(api: httpx2.Client, name: str) -> None:
    answer = api.post("/api/events", json=event(1), headers=[(b"Idempotency-Key", name.encode())])
    assert (answer.status_code, answer.json()["errors"][0]["field"]) == (422, "Idempotency-Key")


def test_a_deletion_sent_again_is_not_told_that_nothing_is_there(api: httpx2.Client) -> None:
    assert sent(api, "order-1", event(1)).status_code == 201
    watch = {"name": "Istanbul", "entity": {"key": found(api, "Istanbul")}}
    made = api.post("/api/watches", json=watch, headers={"Idempotency-Key": "watch-1"})
    assert made.status_code == 201, made.text
    again = api.post("/api/watches", json=watch, headers={"Idempotency-Key": "watch-1"})
    assert again.json() == made.json()
    assert len(api.get("/api/watches").json()["items"]) == 1
    address = f"/api/watches/{made.json()['id']}"
    dropped = [api.delete(address, headers={"Idempotency-Key": "drop-1"}) for _ in range(2)]
    assert [answer.status_code for answer in dropped] == [204, 204]
    assert api.delete(address).status_code == 404


def test_nothing_is_taken_in_on_a_full_disk_and_reads_go_on(
    graph: Database, redis_client: Redis, tmp_path: Path
) -> None:
    with served(graph, Boards(redis_client)) as api:
        assert api.post("/api/events", json=event(1)).status_code == 201
        assert api.get("/readyz").json()["disk"]["state"] == "ready"
    full = Room(tmp_path, least=1 << 62, share=2)
    with served(graph, Boards(redis_client), room=full) as api:
        refused = api.post("/api/events", json=event(2))
        assert (refused.status_code, refused.json()["type"]) == (507, "urn:pentad:problem:storage-low")
        assert "retry-after" in refused.headers
        assert api.get("/api/events/khashoggi-1").status_code == 200
        assert api.get("/api/events/khashoggi-2").status_code == 404
        ready = api.get("/readyz")
        assert (ready.status_code, ready.json()["state"], ready.json()["disk"]["state"]) == (200, "degraded", "low")
