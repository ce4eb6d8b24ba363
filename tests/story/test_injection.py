"""Injections in every field of every operation, against the real servers: what should not happen leaves traces that
are looked for. Cypher, Lucene, Redis, HTML and paths in one hostile text each in CI, all of them one by one when slow.
"""

import json
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from copy import deepcopy
from pathlib import Path
from typing import Any

import httpx2
import pytest
from neo4j import Driver
from redis import Redis

from graph.backup.kinds import ALSO, Label
from graph.database import Database
from graph.embedded import Servers
from tests.story.test_access_matrix import filled
from tests.unit.api.made import made_app
from tests.whole_service import whole

END = ("", "//", "/*", " RETURN 1//")
CYPHER = [
    *(f"{quote}) {deed}{end}" for quote in ("'", '"', "`", "\\u0060") for deed in ("DETACH DELETE n",) for end in END),
    *(f"{quote}}}) WITH 1 AS x MATCH (n) DETACH DELETE n//" for quote in ("'", '"', "`", "\\u0060", "\\'", '\\"')),
    *(f"x{quote} SET n.canary = 'dead'//" for quote in ("'", '"', "`", "\\u0060")),
    *(f"x{quote}:Hacked {{a: 1}}) CREATE (:Hacked)//" for quote in ("`", "\\u0060", "\\\\u0060", "\u0060")),
    "x\\u0027) MATCH (n:Canary) DETACH DELETE n//",
    "1 UNION MATCH (n:Canary) DETACH DELETE n RETURN 1",
    "LOAD CSV FROM 'http://127.0.0.1:{port}/csv' AS l RETURN l",
    "' CALL apoc.load.json('http://127.0.0.1:{port}/apoc') YIELD value//",
    "'; CREATE USER eve SET PASSWORD 'correct-horse'; //",
    "$limit; DROP CONSTRAINT audit_n_unique; //",
    "${{key}} CALL {{ MATCH (n:Canary) DELETE n }} //",
]
LUCENE = [
    "(((",
    '"',
    "\\",
    "*",
    "?*",
    "a AND",
    "OR",
    "a~0.8",
    "a^99999999",
    "[* TO *]",
    "{a TO b}",
    "field:*",
    "/.*/",
    "!",
    "+-&&||",
]
REDIS = [
    "\r\nFLUSHALL\r\n",
    "*1\r\n$8\r\nFLUSHALL\r\n",
    "\nCONFIG SET dir /tmp\n",
    "{pentad}*",
    "return redis.call('FLUSHALL')",
]
OTHERS = [
    *(
        "<script>fetch('http://127.0.0.1:{port}/xss')</script>",
        '"><img src=http://127.0.0.1:{port}/img>',
        "javascript:alert(1)",
    ),
    *(
        '=HYPERLINK("http://127.0.0.1:{port}/csv")',
        "../../../../etc/passwd",
        "%2e%2e%2f",
        "x\r\nX-Injected: 1",
        "{{7*7}}",
        "${jndi:ldap://127.0.0.1:{port}/a}",
    ),
    *("http://127.0.0.1:{port}/ssrf", "file:///etc/passwd", "%00", "\ufeff", "x" * 9_000),
]
PAYLOADS = [*CYPHER, *LUCENE, *REDIS, *OTHERS]
# Together they are as long as a name may be; one that breaks out of its quotes breaks out of these too.
AT_ONCE = [CYPHER[0] + LUCENE[0], CYPHER[26] + '"\\' + OTHERS[0], REDIS[0]]


class Listening:
    """Counts whoever connects."""

    def __init__(self) -> None:
        self.hits = 0
        self._socket = socket.create_server(("127.0.0.1", 0))
        self.port = self._socket.getsockname()[1]
        threading.Thread(target=self._count, daemon=True).start()

    def _count(self) -> None:
        with suppress(OSError):
            while True:
                self._socket.accept()[0].close()
                self.hits += 1

    def close(self) -> None:
        self._socket.close()


@contextmanager
def listening() -> Iterator[Listening]:
    one = Listening()
    try:
        yield one
    finally:
        one.close()


OPENAPI: dict[str, Any] = made_app().openapi()
SKIPPED = {"streamChanges", "streamWatch", "streamJobs"}


def operations() -> list[tuple[str, str, dict[str, Any]]]:
    return [
        (method.upper(), path, operation)
        for path, methods in OPENAPI["paths"].items()
        for method, operation in methods.items()
        if "stream" not in path
    ]


def leaves(value: Any, at: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Places of texts in a body."""
    if isinstance(value, str):
        yield at
    elif isinstance(value, dict):
        for name, one in value.items():
            yield from leaves(one, (*at, name))
    elif isinstance(value, list):
        for number, one in enumerate(value[:1]):
            yield from leaves(one, (*at, number))


def put(value: Any, at: tuple[Any, ...], text: str) -> Any:
    made = deepcopy(value)
    part = made
    for step in at[:-1]:
        part = part[step]
    if not at:
        return text
    part[at[-1]] = text
    return made


def requests(payload: str) -> Iterator[tuple[str, str, dict[str, Any]]]:
    """Each operation with the payload in one field after the other."""
    for method, path, operation in operations():
        here = filled(path)
        for parameter in operation.get("parameters", []):
            if parameter["in"] == "query":
                yield method, here, {"params": {parameter["name"]: payload}}
            elif parameter["in"] == "path":
                yield method, path.replace(f"{{{parameter['name']}}}", quoted(payload)), {}
        content = operation.get("requestBody", {}).get("content", {}).get("application/json", {})
        example = content.get("example") or next(iter(content.get("examples", {}).values()), {}).get("value")
        if example is not None:
            for place in leaves(example):
                yield method, here, {"content": json.dumps(put(example, place, payload))}


def quoted(text: str) -> str:
    return "".join(f"%{byte:02x}" for byte in text.encode())


def strange(driver: Driver, redis_client: Redis) -> dict[str, Any]:
    """What must be the same afterwards."""
    known = {*Label, *ALSO, "Canary"}
    with driver.session() as session:

        def one(text: str) -> Any:
            return session.run(text).single(strict=True)[0]  # type: ignore[arg-type]

        labels = {label for row in session.run("CALL db.labels()") for label in row.values()}
        return {
            "canary": one("MATCH (n:Canary) RETURN properties(n)"),
            "event": one(
                "MATCH (e:Event {id: 'khashoggi-1'})-[r]->(x) WITH e, count(r) AS r, count(DISTINCT x) AS x"
                " RETURN [e.title, r, x]"
            ),
            "labels": {label for label in labels - known if one(f"MATCH (n:`{label}`) RETURN count(n)")},
            "constraints": one("SHOW CONSTRAINTS YIELD name RETURN collect(name)"),
            "redis": redis_client.get("canary"),
            "keys": {key for key in redis_client.scan_iter(count=1_000) if not key.startswith(("pentad", "canary"))},
        }


@pytest.fixture
def api(
    graph: Database, driver: Driver, redis_client: Redis, servers: Servers, tmp_path: Path
) -> Iterator[httpx2.Client]:
    with driver.session() as session:
        session.run("CREATE (:Canary {sings: true})").consume()
    redis_client.set("canary", "sings")
    with whole(servers, graph, tmp_path) as door:
        yield door.client
    with driver.session() as session:
        session.run("MATCH (n:Canary) DELETE n").consume()


def tried(payloads: list[str], api: httpx2.Client, driver: Driver, redis_client: Redis) -> int:
    before = strange(driver, redis_client)
    count, failed = 0, []
    with listening() as canary:
        for payload in payloads:
            text = payload.replace("{port}", str(canary.port))
            for method, path, more in requests(text):
                headers = {"content-type": "application/json"} if "content" in more else {}
                answer = api.request(method, path, headers=headers, **more)
                count += 1
                if answer.status_code >= 500 or "x-injected" in answer.headers:
                    failed.append(f"{answer.status_code} {method} {path[:80]} {str(more)[:120]}")
        assert failed == []
        assert canary.hits == 0
    assert strange(driver, redis_client) == before
    return count


def test_no_field_of_any_operation_lets_a_text_out_of_its_place(
    api: httpx2.Client, driver: Driver, redis_client: Redis
) -> None:
    assert tried(AT_ONCE, api, driver, redis_client) > 800


@pytest.mark.slow
def test_sixty_injections_in_each_field(api: httpx2.Client, driver: Driver, redis_client: Redis) -> None:
    assert len(PAYLOADS) >= 60
    assert tried(PAYLOADS, api, driver, redis_client) > 10_000
