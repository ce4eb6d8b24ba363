"""API processes as `pentad serve` runs them, on the servers of the tests."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx2

from graph.embedded import Servers

ROOT = Path(__file__).parents[1]


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@contextmanager
def api_process(
    servers: Servers, log: Path, *arguments: str, data_dir: Path | None = None, **settings: str
) -> Iterator[httpx2.Client]:
    """One `pentad serve` with a data folder, by default that of the servers, and `PENTAD_…` settings."""
    port = free_port()
    own = {
        "NEO4J_URI": servers.neo4j_uri,
        "NEO4J_USER": servers.neo4j_user,
        "NEO4J_PASSWORD": servers.neo4j_password,
        "REDIS_URL": servers.redis_url,
        "PENTAD_DATA_DIR": str(data_dir or servers.data_dir),
        **{f"PENTAD_{name.upper()}": value for name, value in settings.items()},
    }
    command = [sys.executable, "-m", "api.cli", "serve", "--port", str(port), *arguments]
    with log.open("wb") as out:
        popen = subprocess.Popen(command, cwd=ROOT, env={**os.environ, **own}, stdout=out, stderr=out)
    try:
        with httpx2.Client(base_url=f"http://127.0.0.1:{port}", timeout=30) as client:
            deadline = time.monotonic() + 60
            while True:
                assert popen.poll() is None, log.read_text()[-3_000:]
                assert time.monotonic() < deadline, log.read_text()[-3_000:]
                try:
                    if client.get("/readyz").status_code == 200:
                        break
                except httpx2.TransportError:
                    time.sleep(0.1)
            yield client
    finally:
        popen.terminate()
        try:
            popen.wait(20)
        except subprocess.TimeoutExpired:
            popen.kill()
            popen.wait(5)
