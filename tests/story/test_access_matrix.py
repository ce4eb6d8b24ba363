"""Every route with every kind of key: who may not is told so and gets nothing. Generated from the routes."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from http.client import HTTPConnection
from typing import Any, NamedTuple

import pytest
from neo4j import Driver
from redis import Redis

from api.access import scope_of
from api.app import PAGES, ROUTERS, ApiOptions
from api.keys import RANK, Scope, create_key, revoke_key
from graph.database import Database
from graph.trending import Boards
from tests.conftest import empty
from tests.story.test_api import NOW, event, served

PARTS = {"key": "0" * 64, "other": "1" * 64, "id": "f" * 32, "reader_id": "bob"}
GRANTED = [scope for scope in Scope if scope is not Scope.PUBLIC]


class Route(NamedTuple):
    """One method of one route, its path filled in."""

    method: str
    path: str
    scope: Scope
    personal: bool
    page: bool


def filled(path: str) -> str:
    return re.sub(r"\{(\w+)(?::\w+)?\}", lambda part: PARTS.get(part[1], "x"), path)


def routes() -> list[Route]:
    found: list[Route] = []
    for routers, page in ((ROUTERS, False), (PAGES, True)):
        for route in (route for router in routers for route in router.routes):
            extra: dict[str, Any] = getattr(route, "openapi_extra", None) or {}
            methods: set[str] = getattr(route, "methods", set())
            path = filled(str(getattr(route, "path", "")))
            found += [
                Route(method, path, scope_of(route), bool(extra.get("x-reader")), page) for method in sorted(methods)
            ]
    return found


ROUTES = routes()
CLOSED = [route for route in ROUTES if route.scope is not Scope.PUBLIC]


class Asking:
    """One connection that sends paths as they are, and reads no more of an answer than it must."""

    def __init__(self, host: str, port: int) -> None:
        self._where = host, port

    def __call__(self, method: str, path: str, headers: dict[str, str]) -> int:
        connection = HTTPConnection(*self._where, timeout=30)
        try:
            connection.putrequest(method, path, skip_accept_encoding=True)
            body = b"{}" if method in ("POST", "PUT", "PATCH") else b""
            told = {"content-type": "application/json", "content-length": str(len(body)), **headers}
            for name, value in told.items():
                connection.putheader(name, value.encode("latin-1"))
            connection.endheaders(body)
            return connection.getresponse().status
        finally:
            connection.close()


@pytest.fixture(scope="module")
def keys(database: Database, driver: Driver, redis_client: Redis) -> dict[Scope, str]:
    empty(driver, redis_client)
    return {scope: create_key(database, scope, [scope], datetime.now(UTC)) for scope in GRANTED}


@pytest.fixture(scope="module")
def asking(database: Database, redis_client: Redis, keys: dict[Scope, str]) -> Iterator[Asking]:
    with served(database, Boards(redis_client), ApiOptions(read_deadline=20, key_cache=30)) as api:
        api.post("/api/events", json=event(1), headers={"x-api-key": keys[Scope.WRITE]})
        yield Asking(str(api.base_url.host), int(api.base_url.port or 0))


def shown(route: Route, key: str | None) -> dict[str, str]:
    own = {"sec-fetch-site": "same-origin", "accept": "text/html"} if route.page else {}
    return own if key is None else {**own, "x-api-key": key}


def test_there_are_many_routes_and_each_has_a_scope() -> None:
    assert len(ROUTES) > 100
    assert {route.scope for route in ROUTES} == set(Scope)


def test_each_scope_opens_what_it_should_and_nothing_else(asking: Asking, keys: dict[Scope, str]) -> None:
    wrong: list[str] = []
    for route in ROUTES:
        for holder in (None, *GRANTED):
            status = asking(route.method, route.path, shown(route, keys[holder] if holder else None))
            if route.scope is Scope.PUBLIC or (holder and RANK[holder] >= RANK[route.scope]):
                # The page that asks for a key says 401 to one that is none.
                right = status not in (401, 403) or route.path == "/login"
            else:
                right = status == (403 if holder else 401)
            if not right:
                wrong.append(f"{route.method} {route.path} needs {route.scope}, {holder} got {status}")
    assert wrong == []


def bad_keys(database: Database, keys: dict[Scope, str]) -> list[dict[str, str]]:
    """Seventeen ways to show something that is no valid key."""
    good = keys[Scope.ADMIN]
    _, key_id, secret = good.split("_", 2)
    now = datetime.now(UTC)
    ended = create_key(database, "ended", ["admin"], now)
    revoke_key(database, ended.split("_")[1], now)
    past = create_key(database, "past", ["admin"], NOW - timedelta(days=2), NOW - timedelta(days=1))
    return [
        {},
        {"x-api-key": ""},
        {"x-api-key": " "},
        {"x-api-key": good[:-1]},
        {"x-api-key": good + "A"},
        {"x-api-key": good.swapcase()},
        {"x-api-key": f"pk_{key_id}_{'A' * 43}"},
        {"x-api-key": f"pk_{'0' * 12}_{secret}"},
        {"x-api-key": f"pk_{key_id}_"},
        {"x-api-key": secret},
        {"x-api-key": ended},
        {"x-api-key": past},
        {"x-api-key": f"{good}, {good}"},
        {"x-api-key": "' OR 1=1 //"},
        {"authorization": f"Basic {good}"},
        {"authorization": good},
        {"authorization": f"Bearer {good}", "x-api-key": f"pk_{'0' * 12}_{secret}"},
    ]


def test_no_form_of_a_bad_key_opens_any_route(asking: Asking, keys: dict[Scope, str], database: Database) -> None:
    forms = bad_keys(database, keys)
    assert len(forms) == 17
    passed = [
        (route.method, route.path, form)
        for route in CLOSED
        for form in forms
        if asking(route.method, route.path, {**shown(route, None), **form}) != 401
    ]
    assert passed == []


TRICKS = [
    lambda path: "/" + path,
    lambda path: path + "/",
    lambda path: path.replace("/", "//", 2),
    lambda path: "/." + path,
    lambda path: "/x/.." + path,
    lambda path: path.upper(),
    lambda path: path.replace("/", "%2f"),
    lambda path: path + "%00",
    lambda path: path + ";x=1",
    lambda path: path.replace("a", "%61").replace("e", "%65"),
]


def test_no_trick_of_the_path_opens_a_route_without_a_key(asking: Asking, keys: dict[Scope, str]) -> None:
    passed = [
        (route.method, trick(route.path), status)
        for route in CLOSED
        if route.path != "/"
        for trick in TRICKS
        if (status := asking(route.method, trick(route.path), shown(route, None))) not in (400, 401, 404, 405)
    ]
    assert passed == []


def test_a_readers_key_opens_their_own_doors_alone(asking: Asking, database: Database, keys: dict[Scope, str]) -> None:
    alice = create_key(database, "alice", ["write"], datetime.now(UTC), reader="alice")
    wrong: list[str] = []
    for route in CLOSED:
        for reader, right in (("bob", {403, 404}), ("alice", {200, 204, 404, 422})):
            path = route.path.replace("/bob", f"/{reader}")
            if reader == "bob" and path == route.path.replace("/bob", "/alice"):
                continue
            allowed = right if route.personal else {403}
            status = asking(route.method, path, shown(route, alice))
            if status not in allowed:
                wrong.append(f"{route.method} {path}: {status}")
    assert wrong == []
    assert sum(route.personal for route in CLOSED) >= 5
