"""Answers in Redis, for all processes and machines: each with the graph's number it is true at.

The number is the gate's: how many transactions changed what readers are shown. An answer is given only by a process
that has just read the very same number. Redis away costs one wait a second, and nothing else.
"""

import hashlib
import time
from typing import Any, cast

import orjson
from redis import Redis
from redis.exceptions import RedisError

from api.caching.answers import Name
from api.caching.options import CacheOptions
from graph.changing import Changing
from graph.database import Database
from graph.errors import PentadError
from graph.queries import statement

_REST = 1.0


class SharedAnswers:
    """Thread-safe; every call may take as long as Redis or Neo4j take, so none is made by the event loop."""

    def __init__(
        self, redis: Redis | None, database: Database, changing: Changing, options: CacheOptions, secret: bytes
    ) -> None:
        # Cursors in answers are signed, so only those who can read them share answers.
        self._realm = hashlib.blake2b(secret, digest_size=8).hexdigest()
        self._redis = cast(Any, redis)
        self._database = database
        self._changing = changing
        self._life = round(options.life * 1000)
        self._known: tuple[bytes, int, str] | None = None
        self._until = 0.0

    def epoch(self, stamp: bytes, generation: int) -> str | None:
        """The graph's number while that stamp stood; None where it cannot be told."""
        known = self._known
        if known is not None and known[:2] == (stamp, generation):
            return known[2]
        try:
            row = self._database.read(statement("read/answers_epoch"), timeout=1.0)[0]
        except PentadError:
            return None
        epoch = f"{row['change']}.{row['shown']}"
        if self._changing.stamp() != stamp:
            return None
        self._known = (stamp, generation, epoch)
        return epoch

    def get(self, name: Name, epoch: str) -> tuple[list[tuple[bytes, bytes]], bytes, float] | None:
        """Headers, body, and seconds that it has left; None where there is none that is true at this number."""
        if self._redis is None or time.monotonic() < self._until:
            return None
        key = self._key(name)
        try:
            pipe = self._redis.pipeline(transaction=False)
            text, left = pipe.get(key).pttl(key).execute()
        except RedisError:
            self._until = time.monotonic() + _REST
            return None
        if text is None or left <= 0:
            return None
        head, _, body = str(text).partition("\n")
        told = orjson.loads(head)
        if told["epoch"] != epoch or told["name"] != _text(name):
            return None
        headers = [(one.encode("latin-1"), other.encode("latin-1")) for one, other in told["headers"]]
        return headers, body.encode(), left / 1000

    def put(self, name: Name, epoch: str, headers: list[tuple[bytes, bytes]], body: bytes, left: float) -> None:
        """Keeps it for as long as it may still be given."""
        if self._redis is None or time.monotonic() < self._until:
            return
        told = {
            "epoch": epoch,
            "name": _text(name),
            "headers": [[one.decode("latin-1"), other.decode("latin-1")] for one, other in headers],
        }
        try:
            text = orjson.dumps(told).decode() + "\n" + body.decode()
            self._redis.set(self._key(name), text, px=max(1, min(self._life, round(left * 1000))))
        except (RedisError, UnicodeDecodeError):
            self._until = time.monotonic() + _REST

    def _key(self, name: Name) -> str:
        return f"pentad:answer:{self._realm}:" + hashlib.blake2b(_text(name).encode(), digest_size=16).hexdigest()


def _text(name: Name) -> str:
    return f"{name[0]}?{name[1].decode('latin-1')}"
