"""Waiting for a server that was started: polled until it answers, ends, or runs out of time."""

import http.client
import time
from collections.abc import Callable
from pathlib import Path

from graph.embedded.errors import ServerFailed
from graph.embedded.options import Progress
from graph.embedded.ports import HOST
from graph.embedded.process import ProcessMark, find

_POLL_S = 0.1


def await_ready(
    name: str,
    mark: ProcessMark,
    log: Path,
    answers: Callable[[], bool],
    *,
    timeout: float,
    progress: Progress,
) -> None:
    """Return once `answers()` is true. Raises ServerFailed, naming the log, when the process ends or time is out."""
    started = time.monotonic()
    while not answers():
        waited = time.monotonic() - started
        if find(mark) is None:
            raise ServerFailed(name, f"ended while it was starting{_last_line(log)}", log)
        if waited >= timeout:
            raise ServerFailed(name, f"did not answer within {timeout:.0f} s", log)
        progress(name, waited, timeout)
        time.sleep(_POLL_S)
    progress(name, timeout, timeout)


def http_get(port: int, path: str, timeout: float = 2.0) -> bytes | None:
    """The body of a 200 answer from a loopback server; None for anything else."""
    connection = http.client.HTTPConnection(HOST, port, timeout=timeout)
    try:
        connection.request("GET", path, headers={"Accept": "application/json"})
        response = connection.getresponse()
        body = response.read()
        return body if response.status == http.client.OK else None
    except (OSError, http.client.HTTPException):
        return None
    finally:
        connection.close()


def _last_line(log: Path) -> str:
    """The end of the log as part of a sentence: often the cause itself."""
    try:
        with log.open("rb") as stream:
            stream.seek(max(0, log.stat().st_size - 4096))
            lines = [line for line in stream.read().decode("utf-8", "replace").splitlines() if line.strip()]
    except OSError:
        return ""
    return f" ({lines[-1].strip()[:200]})" if lines else ""
