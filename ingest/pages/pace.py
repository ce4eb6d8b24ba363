"""How often one host is asked: once an interval, by all workers together as far as Redis can be reached."""

import time
from threading import Lock
from typing import Any

from redis import Redis
from redis.exceptions import RedisError

from ingest.pages.failures import Failure, Unread

LONGEST = 60.0
"""Seconds that a worker waits for its turn; who would wait longer comes back later."""
_KEY = "pentad:pages:host:"


class Pace:
    """Turns at hosts. A turn is a key in Redis that lives as long as the interval, so a lost one does no harm."""

    def __init__(self, redis: Redis | None = None, *, longest: float = LONGEST) -> None:
        self._redis = redis
        self._longest = longest
        self._lock = Lock()
        self._until: dict[str, float] = {}

    def wait(self, host: str, interval: float) -> None:
        """Returns when it is this caller's turn. Raises Unread (`rate_limited`) where that takes too long."""
        until = time.monotonic() + self._longest
        while (left := self._turn(host, interval)) > 0:
            if time.monotonic() + left > until:
                raise Unread(Failure.RATE_LIMITED, f"others wait for {host}", left)
            time.sleep(min(left, 0.5))

    def rest(self, host: str, seconds: float) -> None:
        """Nobody asks the host for so long."""
        with self._lock:
            self._until[host] = time.monotonic() + seconds
        if self._redis is not None and seconds > 0:
            try:
                self._redis.set(_KEY + host, 1, px=max(1, round(seconds * 1000)))
            except RedisError:
                return

    def _turn(self, host: str, interval: float) -> float:
        """0 when the turn was taken, else seconds until it may be asked for again."""
        with self._lock:
            now = time.monotonic()
            left = self._until.get(host, 0.0) - now
            if left > 0:
                return left
            if len(self._until) > 10_000:
                self._until = {name: at for name, at in self._until.items() if at > now}
            self._until[host] = now + interval
        if self._redis is None or interval <= 0:
            return 0.0
        try:
            if self._redis.set(_KEY + host, 1, px=max(1, round(interval * 1000)), nx=True):
                return 0.0
            milliseconds: Any = self._redis.pttl(_KEY + host)
        except RedisError:
            return 0.0
        with self._lock:
            self._until.pop(host, None)
        return max(0.01, milliseconds / 1000)
