"""Doors that ask the graph, none of their answers kept, beside a bare application on the asynchronous driver that runs
the same statement on the same server: what routes, checks, shapes and threads cost."""

import sys
from collections.abc import Callable

import orjson
import psutil

from api.settings import Settings
from api.wiring import open_clients, prepare
from bench.answers import hub_of, running, served
from bench.figures import Figure, spread
from bench.hammer import Hammer, Told, middle
from bench.world import lines
from graph.embedded import Servers, start
from graph.queries import statement
from graph.reading.entities import ALIASES_SHOWN
from graph.reading.instants import BEGINNING, END

ROUNDS, TIMES, EVENTS = 5, 1_600, 3_000
ROWS = 20
KEPT_BY_NOBODY = {"PENTAD_CACHE_MEMORY": "0", "PENTAD_CACHE_REDIS": "false"}


def measure(settings: Settings) -> list[Figure]:
    """Rows of the table, on stores of their own."""
    with start(settings.embedded(), owned=True) as servers, open_clients(settings) as clients:
        prepare(clients)
        clients.pipeline.ingest(enumerate(lines(EVENTS), 1))
        clients.projections.catch_up()
        hub = hub_of(clients)
        ws = clients.database.read(statement("read/entity_detail"), {"key": hub, "aliases": 0})[0]["entity"]["ws"]
        return _asked(settings, servers, hub, ws)


def _asked(settings: Settings, servers: Servers, hub: str, ws: list[str]) -> list[Figure]:
    of_timeline = {"key": hub, "ws": ws, "since": BEGINNING, "until": END, "mention": None, "limit": ROWS + 1}
    doors = {
        "entity": (f"/api/entities/{hub}", "read/entity_detail", {"key": hub, "aliases": ALIASES_SHOWN}),
        f"timeline {ROWS}": (f"/api/entities/{hub}/timeline?limit={ROWS}", "read/entity_timeline", of_timeline),
    }
    statements = {f"/{n}": (statement(query).text, params) for n, (_, query, params) in enumerate(doors.values())}
    access = {"uri": servers.neo4j_uri, "user": servers.neo4j_user, "password": servers.neo4j_password}
    given = orjson.dumps({**access, "statements": statements})
    figures: list[Figure] = []
    command = [sys.executable, "-m", "bench.raw_async"]
    with (
        served(settings, 1, **KEPT_BY_NOBODY) as (client, ours),
        running(command, "/0", given) as (raw, theirs),
    ):
        assert client.base_url.port and raw.base_url.port
        for n, (name, (path, _, _)) in enumerate(doors.items()):
            mine = _struck(client.base_url.port, path, ours)
            bare = _struck(raw.base_url.port, f"/{n}", theirs)
            figures += _rows(name, mine, bare)
    return figures


def _struck(port: int, path: str, process: psutil.Process) -> Callable[[], Told]:
    """One round, on connections of its own: those that wait for the other side's are closed as idle."""

    def strike() -> Told:
        hammer = Hammer(port, path, process)
        try:
            return hammer.strike(TIMES)
        finally:
            hammer.close()

    return strike


def _rows(name: str, ours: Callable[[], Told], bare: Callable[[], Told]) -> list[Figure]:
    for strike in (ours, bare):
        strike()
    pairs = [(ours(), bare()) for _ in range(ROUNDS)]
    mine, theirs = middle([one for one, _ in pairs]), middle([other for _, other in pairs])
    label = f"GET {name}, not kept / bare asynchronous driver"
    by_round = spread([one.rate for one, _ in pairs])
    return [
        Figure(f"{label}, as seen", mine.rate, theirs.rate, "requests/s", ">= .75", spread=by_round),
        Figure(f"{label}, by CPU", 1e6 / mine.cpu, 1e6 / theirs.cpu, "requests/s", ">= .75"),
    ]
