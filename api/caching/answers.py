"""Answers in the memory of one process, each with the stamp of the moment at which it was true."""

import hashlib
import re
import time
from dataclasses import dataclass
from typing import Any

from api.caching.counts import Counts
from api.caching.options import CacheOptions

Name = tuple[str, bytes]
"""Path and query, as they were sent."""
Headers = list[tuple[bytes, bytes]]
"""Names in small letters, and values."""
_OVERHEAD = 1_500
_UNSAFE = re.compile(rb"[\x00-\x1f\x7f]")


@dataclass(slots=True)
class Answer:
    """One answer, ready to be sent. `until` is on the monotonic clock; `wire` are its headers as they go over the wire,
    up to the value of `x-request-id`, empty where they could not be sent so."""

    route: str
    headers: Headers
    etag: bytes
    body: bytes
    message: dict[str, Any]
    stamp: bytes
    generation: int
    until: float
    given: list[int]
    """One number: how many answers of its door were given from memory."""
    wire: bytes


def answer_of(
    route: str,
    headers: Headers,
    body: bytes,
    stamp: bytes,
    generation: int,
    life: float,
    given: list[int],
) -> Answer:
    """With its tag among its headers; the tag is of the bytes, which state the change number and the time they are
    true at. A client may keep it, and must ask before it shows it again."""
    etag = b'"' + hashlib.blake2b(body, digest_size=12).hexdigest().encode() + b'"'
    own = [pair for pair in headers if pair[0] not in (b"etag", b"cache-control")]
    told = [*own, (b"etag", etag), (b"cache-control", b"private, no-cache")]
    return Answer(
        route,
        told,
        etag,
        body,
        {"type": "http.response.body", "body": body},
        stamp,
        generation,
        time.monotonic() + life,
        given,
        _wire(told, len(body)),
    )


class Answers:
    """Bounded; the oldest go first. Written by the event loop alone, but for `forget`, which any thread may call."""

    def __init__(self, options: CacheOptions, counts: Counts) -> None:
        self._options = options
        self._counts = counts
        self.held: dict[Name, Answer] = {}
        self.generation = 0
        """Answers of an earlier one are not given any more."""

    def keep(self, name: Name, answer: Answer) -> None:
        """For as long as its stamp and the generation stay."""
        if answer.generation != self.generation or len(answer.body) > self._options.largest:
            return
        held, counts = self.held, self._counts
        former = held.pop(name, None)
        counts.bytes += _size(answer) - (_size(former) if former else 0)
        held[name] = answer
        while counts.bytes > self._options.memory and held:
            counts.bytes -= _size(held.pop(next(iter(held))))
        counts.entries = len(held)

    def forget(self) -> None:
        """Everything, and what is being made now is not kept either."""
        self.generation += 1

    def tidy(self) -> None:
        """Lets go of what cannot be given any more: called by the event loop when it met such an answer."""
        if next(iter(self.held.values())).generation != self.generation:
            self.held.clear()
            self._counts.bytes = self._counts.entries = 0


def _wire(headers: Headers, length: int) -> bytes:
    """Empty where the server would refuse one of them, or would have to find out how long the answer is."""
    lengths = [value for name, value in headers if name == b"content-length"]
    if lengths != [b"%d" % length] or any(_UNSAFE.search(part) for pair in headers for part in pair):
        return b""
    return b"".join(b"%b: %b\r\n" % pair for pair in headers) + b"x-request-id: "


def _size(answer: Answer) -> int:
    return len(answer.body) + _OVERHEAD
