"""Asks one door over and over on a few open connections, and tells what that cost the server."""

import socket
import statistics
import time
from dataclasses import dataclass

import psutil

CONNECTIONS = 16


@dataclass(frozen=True, slots=True)
class Told:
    """Requests a second as the client saw them, and microseconds of the server's CPU for each."""

    rate: float
    cpu: float


def middle(told: list[Told]) -> Told:
    """The medians of several rounds."""
    return Told(statistics.median(one.rate for one in told), statistics.median(one.cpu for one in told))


class Hammer:
    """Open connections to one server. Close it."""

    def __init__(self, port: int, path: str, process: psutil.Process) -> None:
        self._asked = f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n\r\n".encode()
        self._processes = [process, *process.children(recursive=True)]
        self._sockets = [socket.create_connection(("127.0.0.1", port)) for _ in range(CONNECTIONS)]
        for one in self._sockets:
            one.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

    def strike(self, times: int) -> Told:
        """So many requests, one on each connection at a time."""
        before, start = self._cpu(), time.perf_counter()
        for _ in range(times // CONNECTIONS):
            for one in self._sockets:
                one.sendall(self._asked)
            for one in self._sockets:
                _take(one)
        seconds = time.perf_counter() - start
        done = times // CONNECTIONS * CONNECTIONS
        return Told(done / seconds, (self._cpu() - before) / done * 1e6)

    def close(self) -> None:
        """Ends the connections."""
        for one in self._sockets:
            one.close()

    def _cpu(self) -> float:
        return sum(sum(one.cpu_times()[:2]) for one in self._processes)


def _take(one: socket.socket) -> None:
    got = one.recv(1 << 16)
    head, _, body = got.partition(b"\r\n\r\n")
    assert head.startswith(b"HTTP/1.1 200"), head[:200]
    at = head.lower().index(b"content-length: ") + 16
    left = int(head[at : at + 12].split(b"\r\n")[0]) - len(body)
    while left > 0:
        left -= len(one.recv(1 << 16))
