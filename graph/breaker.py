"""Keeps a process from waiting again and again for a server that is known to be away.

Invariant: while the breaker is open, at most one call in `patience` seconds waits for the server; all others are
told at once.
"""

from collections.abc import Callable, Generator
from contextlib import contextmanager
from threading import Lock
from time import monotonic

from graph.errors import DatabaseUnavailable


class Breaker:
    """Opened by a failed connection or an answer long overdue, closed by a call that gets through. Thread-safe.

    Nothing is tried for `rest` seconds after a failure. Then one call tries; while it waits, for `patience` seconds
    at most, the others still fail at once.
    """

    def __init__(self, rest: float = 1.0, patience: float = 5.0, clock: Callable[[], float] = monotonic) -> None:
        self._rest = rest
        self._patience = patience
        self._clock = clock
        self._lock = Lock()
        self._overdue_at: dict[object, float] = {}
        self._cause = ""
        self._next = 0.0

    @property
    def open(self) -> bool:
        """Whether the server was found away and has not been reached since."""
        return bool(self._cause)

    @contextmanager
    def calling(self, seconds: float) -> Generator[None]:
        """Around one call, which the server itself ends after `seconds`; the caller says `reached` or `failed`.

        Raises DatabaseUnavailable, naming what failed, while the server is known to be away.
        """
        call = object()
        with self._lock:
            now = self._clock()
            if not self._cause and min(self._overdue_at.values(), default=now) < now:
                # A frozen server keeps its connections open and says nothing on any of them.
                self._cause = "it fell silent"
            if self._cause and now < self._next:
                raise DatabaseUnavailable(f"Neo4j could not be reached a moment ago: {self._cause}", retry_after=1)
            self._next = now + self._patience if self._cause else now
            self._overdue_at[call] = now + seconds + self._patience
        try:
            yield
        finally:
            self._overdue_at.pop(call)

    def failed(self, cause: str) -> None:
        """The server was not reached."""
        with self._lock:
            self._cause = cause or "no connection"
            self._next = self._clock() + self._rest

    def reached(self) -> None:
        """The server was reached, whatever it said."""
        with self._lock:
            self._cause = ""
