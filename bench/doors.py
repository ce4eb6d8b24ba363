"""The API over HTTP beside its own empty route, and what its process takes."""

import sys

import httpx2
import psutil

from api.settings import Settings
from bench.figures import Figure, paired
from graph.embedded import start_api, status

TIMES = 100


def measure(settings: Settings, hub: str) -> list[Figure]:
    """Rows of the table; starts the API on servers that run."""
    address = start_api(
        settings.embedded(),
        lambda port: [
            *(sys.executable, "-m", "api.cli", "serve"),
            *("--port", str(port), "--data-dir", str(settings.data_dir)),
        ],
        version="bench",
    )
    with httpx2.Client(base_url=address, timeout=10) as client:

        def ask(path: str) -> None:
            client.get(path).raise_for_status()

        doors = {
            "entity": f"/api/entities/{hub}",
            "timeline 100 of the hub": f"/api/entities/{hub}/timeline",
            "co-mentions of the hub": f"/api/entities/{hub}/co-mentions",
            "trending 50": "/api/entities/trending",
        }
        figures = [
            Figure(f"GET {name} / GET /livez", *paired(lambda p=path: ask(p), lambda: ask("/livez"), TIMES), "ms p50")
            for name, path in doors.items()
        ]
    running = status(settings.embedded())
    memory = {
        name: psutil.Process(server.pid).memory_info().rss / 1e6
        for name, server in running.by_name.items()
        if server.pid is not None
    }
    return [*figures, *(Figure(f"memory of {name}", taken, None, "MB") for name, taken in memory.items())]
