"""A line to a server on loopback that can fall silent, slow down, be cut, or swallow the reply to a commit."""

import socket
import threading
import time
from collections.abc import Generator
from contextlib import contextmanager, suppress
from enum import Enum, auto

COMMIT = b"\x00\x02\xb0\x12\x00\x00"
"""Bolt's COMMIT as it goes over the wire: one chunk of two bytes, a structure without fields, tag 0x12."""
_BEGIN = b"\xb1\x11"
_READING = b"\x84mode\x81r"
"""Of a BEGIN: that its transaction only reads."""
_PART = 65_536


class Mode(Enum):
    """What the line does with what comes."""

    PASS = auto()
    SILENT = auto()
    """Connections are accepted and kept, and nothing goes through."""
    SLOW = auto()
    """Each answer is late by `Relay.delay` seconds."""
    DEAF_AT_COMMIT = auto()
    """The next commit of a transaction that writes goes through; its reply does not, and that connection ends. Then the
    line passes again."""


class Relay:
    """Passes bytes between clients and the server at `to`."""

    def __init__(self, to: int) -> None:
        self.mode = Mode.PASS
        self.delay = 0.5
        self.swallowed = 0
        self._to = to
        self._ends: set[socket.socket] = set()
        self._lock = threading.Lock()
        self._listening = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._listening.getsockname()[1]
        threading.Thread(target=self._accept, daemon=True).start()

    def cut(self) -> None:
        """Ends all connections; new ones are taken as the mode says."""
        with self._lock:
            ends = list(self._ends)
        for end in ends:
            _end(end)

    def close(self) -> None:
        """Ends the line for good."""
        _end(self._listening)
        self.cut()

    def _accept(self) -> None:
        with suppress(OSError):
            while True:
                near = self._listening.accept()[0]
                try:
                    far = socket.create_connection(("127.0.0.1", self._to), timeout=5)
                except OSError:
                    # The server is gone: so is the line to it.
                    _end(near)
                    continue
                far.settimeout(None)
                with self._lock:
                    self._ends |= {near, far}
                for work in (self._up, self._down):
                    threading.Thread(target=work, args=(near, far), daemon=True).start()

    def _up(self, near: socket.socket, far: socket.socket) -> None:
        """From the client to the server."""
        reading = False
        with suppress(OSError):
            while data := near.recv(_PART):
                self._wait(near)
                if _BEGIN in data:
                    reading = _READING in data
                if self.mode is Mode.DEAF_AT_COMMIT and COMMIT in data and not reading:
                    self.mode = Mode.PASS
                    self.swallowed += 1
                    far.sendall(data)
                    self._swallow(near, far)
                    return
                far.sendall(data)
        self._close(near, far)

    def _down(self, near: socket.socket, far: socket.socket) -> None:
        """From the server to the client."""
        with suppress(OSError):
            while data := far.recv(_PART):
                with self._lock:
                    if near not in self._ends:
                        return
                self._wait(near)
                if self.mode is Mode.SLOW:
                    time.sleep(self.delay)
                near.sendall(data)
        self._close(near, far)

    def _swallow(self, near: socket.socket, far: socket.socket) -> None:
        with self._lock:
            self._ends.discard(near)
        # The server commits what it was told before it sees that nobody listens.
        time.sleep(0.5)
        self._close(near, far)

    def _wait(self, near: socket.socket) -> None:
        while self.mode is Mode.SILENT and near.fileno() >= 0:
            time.sleep(0.02)

    def _close(self, near: socket.socket, far: socket.socket) -> None:
        with self._lock:
            self._ends -= {near, far}
        _end(near)
        _end(far)


@contextmanager
def relayed(to: int) -> Generator[Relay]:
    """A relay to a port of this machine."""
    relay = Relay(to)
    try:
        yield relay
    finally:
        relay.mode = Mode.PASS
        relay.close()


def _end(one: socket.socket) -> None:
    with suppress(OSError):
        one.shutdown(socket.SHUT_RDWR)
    one.close()
