"""Hot reads: kept answers of the API as it is served, beside a bare ASGI application with the same bytes on the same
server. Cost is CPU of the server's process, which a busy machine does not change; requests a second stand beside it."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import httpx2
import psutil

from api.settings import Settings
from api.wiring import Clients, open_clients, prepare
from bench.figures import Figure
from bench.hammer import Hammer, Told, middle
from bench.world import lines
from graph.embedded import start
from graph.queries import statement

ROUNDS, TIMES, EVENTS = 5, 24_000, 3_000
EARLIER = 42_726
"""Requests a second that an earlier system told of itself, at a hit rate of 99.2 %."""


def measure(settings: Settings) -> list[Figure]:
    """On stores of its own with a few thousand events: what a kept answer costs does not depend on the graph's size."""
    with start(settings.embedded(), owned=True), open_clients(settings) as clients:
        prepare(clients)
        clients.pipeline.ingest(enumerate(lines(EVENTS), 1))
        clients.projections.catch_up()
        return _asked(settings, hub_of(clients))


def hub_of(clients: Clients) -> str:
    """Key of the entity with most mentions."""
    page = {"kind": None, "after": None, "mentions": None, "key": None, "limit": 1}
    return clients.database.read(statement("read/entity_list_mentions"), page)[0]["rows"][0]["key"]


def _asked(settings: Settings, hub: str) -> list[Figure]:
    """Entity, board and co-mentions of the hub by one worker; then what two workers do together."""
    doors = {
        "entity": f"/api/entities/{hub}",
        "board 50": "/api/entities/trending?limit=50",
        "co-mentions": f"/api/entities/{hub}/co-mentions",
    }
    figures: list[Figure] = []
    with served(settings, 1) as (client, process):
        for name, path in doors.items():
            ours, raw = _hot(client, process, path)
            figures += [
                Figure(f"kept {name}, hot / raw ASGI, by CPU", 1e6 / ours.cpu, 1e6 / raw.cpu, "requests/s", ">= .9"),
                Figure(f"kept {name}, hot / raw ASGI, as seen", ours.rate, raw.rate, "requests/s"),
            ]
        told = client.get("/api/cache").json()
        figures.append(Figure("hit rate of that", told["hit_rate"] * 100, None, "%"))
    with served(settings, 2) as (client, process):
        ours, _ = _hot(client, process, doors["entity"])
        name = "kept entity on 2 workers / what an earlier system told"
        figures.append(Figure(name, ours.rate, EARLIER, "requests/s"))
    return figures


def _hot(client: httpx2.Client, process: psutil.Process, path: str) -> tuple[Told, Told]:
    for _ in range(20):
        body = client.get(path).raise_for_status().content
    assert client.base_url.port
    with _raw(body) as (port, bare):
        ours, raw = Hammer(client.base_url.port, path, process), Hammer(port, path, bare)
        try:
            ours.strike(TIMES // 4)
            raw.strike(TIMES // 4)
            pairs = [(ours.strike(TIMES), raw.strike(TIMES)) for _ in range(ROUNDS)]
        finally:
            ours.close()
            raw.close()
    return middle([one for one, _ in pairs]), middle([other for _, other in pairs])


@contextmanager
def served(settings: Settings, workers: int, **more: str) -> Iterator[tuple[httpx2.Client, psutil.Process]]:
    """The API of a data folder whose stores run, with so many workers; `more` are further settings, as its environment
    has them."""
    port = _port()
    command = [sys.executable, "-m", "api.cli", "serve", "--data-dir", str(settings.data_dir), "--port", str(port)]
    with _running([*command, "--workers", str(workers)], port, "/readyz", more=more) as (client, process):
        yield client, process


@contextmanager
def running(command: list[str], ready: str, given: bytes) -> Iterator[tuple[httpx2.Client, psutil.Process]]:
    """A server that is told its port as the last argument and `given` on stdin; it runs once it answers `ready`."""
    port = _port()
    with _running([*command, str(port)], port, ready, given) as (client, process):
        yield client, process


@contextmanager
def _raw(body: bytes) -> Iterator[tuple[int, psutil.Process]]:
    with running([sys.executable, "-m", "bench.raw_asgi"], "/", body) as (client, process):
        assert client.base_url.port
        yield client.base_url.port, process


@contextmanager
def _running(
    command: list[str], port: int, ready: str, given: bytes = b"", more: Mapping[str, str] | None = None
) -> Iterator[tuple[httpx2.Client, psutil.Process]]:
    popen = subprocess.Popen(
        command,
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        cwd=Path(__file__).parents[1],
        env={**os.environ, **(more or {})},
    )
    assert popen.stdin
    popen.stdin.write(given)
    popen.stdin.close()
    try:
        with httpx2.Client(base_url=f"http://127.0.0.1:{port}", timeout=30) as client:
            while True:
                assert popen.poll() is None, command
                try:
                    if client.get(ready).status_code == 200:
                        break
                except httpx2.TransportError:
                    time.sleep(0.1)
            yield client, psutil.Process(popen.pid)
    finally:
        popen.terminate()
        popen.wait(30)


def _port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
