"""How often one may ask: told in every answer, held for each key and address, with Redis and without."""

import json
import socket
from datetime import UTC, datetime

import httpx2
from redis import Redis

from api.app import ApiOptions
from api.keys import create_key
from api.rates import RateOptions
from graph.database import Database
from graph.embedded import Servers
from graph.trending import Boards
from tests.story.test_api import event, served

FEW = ApiOptions(read_deadline=20, key_cache=0.2, rates=RateOptions(reads=5, writes=3))
NOWHERE = "redis://127.0.0.1:1/0"
READ = "/api/entities"


def key_of(graph: Database, scope: str = "read") -> dict[str, str]:
    return {"x-api-key": create_key(graph, "one of many", [scope], datetime.now(UTC))}


def refused(answer: httpx2.Response) -> None:
    assert answer.status_code == 429
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json()["type"] == "urn:pentad:problem:too-many-requests"
    assert 1 <= int(answer.headers["retry-after"]) <= 60


def test_what_is_left_is_told_and_one_more_is_refused(graph: Database, redis_client: Redis, servers: Servers) -> None:
    headers = key_of(graph)
    with served(graph, Boards(redis_client), FEW, redis_url=servers.redis_url) as api:
        told = [api.get(READ, headers=headers) for _ in range(5)]
        assert [answer.status_code for answer in told] == [200] * 5
        assert told[0].headers["ratelimit-policy"] == '"read";q=5;w=60'
        left = [int(answer.headers["ratelimit"].split("r=")[1].split(";")[0]) for answer in told]
        assert left == [4, 3, 2, 1, 0]
        refused(api.get(READ, headers=headers))
        assert "r=0" in api.get(READ, headers=headers).headers["ratelimit"]
        assert api.get(READ, headers=key_of(graph)).status_code == 200
        assert "ratelimit" in api.get("/api/entities?limit=x", headers=key_of(graph)).headers
        assert all(api.get("/livez").status_code == 200 for _ in range(20))


def test_processes_count_together_and_writing_is_counted_apart(
    graph: Database, redis_client: Redis, servers: Servers
) -> None:
    headers = key_of(graph, "write")
    with (
        served(graph, Boards(redis_client), FEW, redis_url=servers.redis_url) as one,
        served(graph, Boards(redis_client), FEW, redis_url=servers.redis_url) as other,
    ):
        answers = [api.get(READ, headers=headers).status_code for api in (one, other) * 3]
        assert answers == [200] * 5 + [429]
        wrote = [api.post("/api/events", json=event(1), headers=headers).status_code for api in (one, other) * 2]
        assert wrote == [201, 200, 200, 429]


def test_without_redis_each_process_counts_for_itself(graph: Database, redis_client: Redis) -> None:
    headers = key_of(graph)
    with served(graph, Boards(redis_client), FEW, redis_url=NOWHERE) as api:
        assert [api.get(READ, headers=headers).status_code for _ in range(6)] == [200] * 5 + [429]


def test_agents_and_questions_are_counted_like_all_others(graph: Database, redis_client: Redis) -> None:
    headers = key_of(graph)
    call = {"jsonrpc": "2.0", "id": 1, "method": "tools/call", "params": {"name": "trending", "arguments": {}}}
    accept = {"accept": "application/json, text/event-stream", **headers}
    with served(graph, Boards(redis_client), FEW, redis_url=NOWHERE) as api:
        assert api.post("/api/ask", json={"question": "Who trends?"}, headers=headers).status_code == 200
        # A tool is a request of its own, behind the one that brought it.
        assert api.post("/mcp", json=call, headers=accept).json()["result"]["isError"] is False
        assert api.post("/api/ask", json={"question": "Who trends?"}, headers=headers).status_code == 200
        told = api.post("/mcp", json=call, headers=accept).json()["result"]
        assert told["isError"] is True and json.loads(told["content"][0]["text"])["status"] == 429
        refused(api.post("/api/ask", json={"question": "Who trends?"}, headers=headers))


def test_who_sits_at_this_machine_without_keys_is_not_limited(graph: Database, redis_client: Redis) -> None:
    with served(graph, Boards(redis_client), FEW, redis_url=NOWHERE) as api:
        answers = [api.get(READ) for _ in range(12)]
        assert {answer.status_code for answer in answers} == {200}
        assert "ratelimit" not in answers[0].headers


def test_guessing_keys_ends_before_the_graph_is_asked(graph: Database, redis_client: Redis) -> None:
    right = key_of(graph)
    with served(graph, Boards(redis_client), FEW, redis_url=NOWHERE) as api:
        guesses = [api.get(READ, headers={"x-api-key": f"pk_{n:012x}_{'A' * 43}"}) for n in range(7)]
        assert [answer.status_code for answer in guesses] == [401] * 5 + [429] * 2
        refused(api.get(READ, headers=right))


def test_forty_slow_senders_delay_nobody(graph: Database, redis_client: Redis) -> None:
    with served(graph, Boards(redis_client)) as api:
        where = (api.base_url.host, api.base_url.port)
        fields = ("Host: localhost", "Content-Type: application/json", "Content-Length: 900")
        head = "\r\n".join(("POST /api/events HTTP/1.1", *fields, "", "[")).encode()
        slow = [socket.create_connection(where) for _ in range(40)]
        try:
            for sender in slow:
                sender.sendall(head)
            assert api.get(READ, timeout=10).status_code == 200
            assert api.post("/api/events", json=event(1), timeout=10).status_code == 201
            for sender in slow:
                sender.setblocking(False)
                try:
                    ended = sender.recv(1)
                except BlockingIOError:
                    continue
                raise AssertionError(f"a slow sender was answered meanwhile: {ended!r}")
        finally:
            for sender in slow:
                sender.close()
