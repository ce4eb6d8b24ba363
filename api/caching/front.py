"""In front of the whole application: gives a kept answer while it is true, has all others made, and keeps those.

The way of a kept answer is short on purpose: one look-up, one comparison of the stamp, one look whether this caller was
let in a moment ago. Where a server asks `at_once` (`api.caching.wire`) that is all, else two messages follow. It has no
line in the log; the counts tell of it. What has to be asked of the graph counts towards the deadline of the request.
"""

import asyncio
import itertools
import logging
import re
import secrets
import time
from collections.abc import Callable, Coroutine, Sequence
from typing import Any, TypeVar

from anyio import to_thread
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.access import Caller, Granted, Guard, ScopedRoute, address_of
from api.caching.answers import Answer, Answers, Headers, Name, answer_of
from api.caching.counts import Counts
from api.caching.options import KEPT, CacheOptions, Kept
from api.caching.shared import SharedAnswers
from api.deadline import KEY as DEADLINE
from api.deadline import Deadline
from api.keys import Scope as KeyScope
from api.problems import TooManyRequests, overdue
from api.rates import KEY as RATE
from api.rates import Limiter
from graph.changing import STAMP, Changing, still
from graph.errors import PentadError

_SANE = re.compile(rb"[A-Za-z0-9._:+/=@-]{1,64}")
_WAIT = 1.0
_SHARED = 0.5
"""Seconds that Redis, and the graph for its number, are waited for: making an answer may be quicker."""
_CALLERS = 10_000
_OF_REDIS = (b'"source":"board"', b'"degraded":false')
_OWN = (b"x-request-id", b"ratelimit", b"ratelimit-policy")
"""Headers that are of one request and of no other."""
_ASKS_MORE = frozenset({b"if-none-match", b"x-request-id", b"content-length", b"transfer-encoding", b"expect"})
"""Headers of requests that are not answered at once."""
Told = tuple[Any, ...]
"""All that the guard decides by."""
T = TypeVar("T")
log = logging.getLogger("pentad.api")


class AnswersMiddleware:
    """Knows the routes that keep their answers; everything else passes through."""

    def __init__(
        self,
        app: ASGIApp,
        *,
        routes: Sequence[ScopedRoute],
        guard: Guard | Granted,
        changing: Changing,
        options: CacheOptions,
        shared: SharedAnswers,
        answers: Answers,
        counts: Counts,
        rates: Limiter,
        seconds: float,
    ) -> None:
        """`seconds` is how long a read may take in all."""
        self.app = app
        self._seconds = seconds
        self._left_behind: set[asyncio.Task[Any]] = set()
        self._rates = rates
        self._counted = rates.options.reads > 0
        self._routes = [(route.path_regex, route.path, Kept(_extra(route)[KEPT])) for route in routes]
        self._guard = guard
        self._memory = changing.shared()
        self._options = options
        self._shared = shared
        self._answers = answers
        self._counts = counts
        self._callers: dict[Told, tuple[float, Caller]] = {}
        self._making: dict[Name, asyncio.Future[None]] = {}
        self._stamp = b""
        self._lot = secrets.token_hex(8).encode()
        self._numbers = itertools.count()
        self._first: Headers | None = None
        self._line = b""

    def at_once(self, target: bytes, client: tuple[str, int] | None, sent: Headers, first: Headers) -> bytes | None:
        """The whole answer to `GET target` as it goes over the wire, if one is kept that is true and this caller is
        known to be let in, uncounted; None where anything has to be found out. `sent` are the headers of the request,
        names in small letters; `first` those that the server says of itself."""
        path, _, query = target.partition(b"?")
        if b"%" in path or not path.isascii():
            return None
        answer = self._answers.held.get((path.decode(), query))
        if answer is None or not answer.wire:
            return None
        now = time.monotonic()
        headers = dict(sent)
        if not self._true(answer, now) or not self._free(_caller(client, sent, headers), now):
            return None
        if not _ASKS_MORE.isdisjoint(headers):
            return None
        if first is not self._first:
            lines = b"".join(b"%b: %b\r\n" % pair for pair in first)
            self._first, self._line = first, b"HTTP/1.1 200 OK\r\n" + lines
        answer.given[0] += 1
        return b"%b%b%b%x\r\n\r\n%b" % (self._line, answer.wire, self._lot, next(self._numbers), answer.body)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["method"] != "GET":
            await self.app(scope, receive, send)
            return
        name = (scope["path"], scope["query_string"])
        answer = self._answers.held.get(name)
        now = time.monotonic()
        if answer is not None and self._true(answer, now):
            headers: dict[bytes, bytes] = dict(scope["headers"])
            told = _caller(scope["client"], scope["headers"], headers)
            if self._free(told, now) and b"if-none-match" not in headers and b"x-request-id" not in headers:
                answer.given[0] += 1
                own = [*answer.headers, (b"x-request-id", self._id())]
                await send({"type": "http.response.start", "status": 200, "headers": own})
                await send(answer.message)
                return
        scope[DEADLINE] = Deadline(self._seconds)
        try:
            await self._slowly(name, scope, receive, send)
        except _Overdue:
            log.warning("GET %s: nobody could tell within %.1f s who may read", scope["path"], self._seconds)
            await overdue()(scope, receive, send)

    async def _slowly(self, name: Name, scope: Scope, receive: Receive, send: Send) -> None:
        """What takes more than a look. Raises _Overdue, before anything was sent."""
        answer = self._answers.held.get(name)
        if answer is not None and self._true(answer, time.monotonic()):
            headers: dict[bytes, bytes] = dict(scope["headers"])
            if await self._may(scope, _caller(scope["client"], scope["headers"], headers)):
                await self._give(answer, scope, headers, send, "memory")
                return
        await self._other(name, scope, receive, send)

    def _true(self, answer: Answer, now: float) -> bool:
        return (
            answer.stamp == self._memory[:STAMP]
            and answer.generation == self._answers.generation
            and answer.until > now
        )

    def _free(self, told: Told, now: float) -> bool:
        """Whether this caller was let in a moment ago, and how often it asks is not counted."""
        until, caller = self._callers.get(told, _NOBODY)
        return until > now and not (caller.limited and self._counted)

    def _id(self) -> bytes:
        return b"%b%x" % (self._lot, next(self._numbers))

    async def _give(self, answer: Answer, scope: Scope, headers: dict[bytes, bytes], send: Send, source: str) -> None:
        given = headers.get(b"x-request-id")
        own = given if given is not None and _SANE.fullmatch(given) else self._id()
        told = [*answer.headers, (b"x-request-id", own), *scope.get(RATE, ())]
        if source == "memory":
            answer.given[0] += 1
        else:
            self._counts.answers[answer.route, source] += 1
        match = headers.get(b"if-none-match")
        if match is not None and _same(match, answer.etag):
            self._counts.unchanged += 1
            told = [pair for pair in told if pair[0] not in (b"content-length", b"content-type")]
            await send({"type": "http.response.start", "status": 304, "headers": told})
            await send({"type": "http.response.body", "body": b""})
            return
        await send({"type": "http.response.start", "status": 200, "headers": told})
        await send(answer.message)

    async def _admitted(self, scope: Scope, told: Told) -> Caller | None:
        """Who may read, as found out a moment ago or now; who may not is told so by the application. Raises
        _Overdue."""
        until, caller = self._callers.get(told, _NOBODY)
        if until > time.monotonic():
            return caller
        try:
            asked = self._guard.admission(Request(scope), KeyScope.READ)
            until, caller = await self._within(scope[DEADLINE].left, asked)
        except PentadError:
            return None
        if len(self._callers) >= _CALLERS:
            self._callers.clear()
        self._callers[told] = until, caller
        return caller

    async def _within(self, seconds: float, work: Coroutine[Any, Any, T]) -> T:
        """What comes of the work, if it comes in time; a thread that waits for a silent server ends by itself. Raises
        _Overdue."""
        task = asyncio.create_task(work)
        done, _ = await asyncio.wait({task}, timeout=max(0.0, seconds))
        if not done:
            self._left_behind.add(task)
            task.add_done_callback(self._forget)
            raise _Overdue
        return task.result()

    def _forget(self, task: asyncio.Task[Any]) -> None:
        self._left_behind.discard(task)
        # Looked at, so that nobody is told of an error that came too late to matter.
        _ = task.cancelled() or task.exception()

    async def _shared_in_time(self, scope: Scope, work: Callable[..., T], *asked: Any) -> T | None:
        """What is asked of Redis, or of the graph for it; None where that takes too long."""
        try:
            return await self._within(min(_SHARED, scope[DEADLINE].left), to_thread.run_sync(work, *asked))
        except _Overdue:
            return None

    async def _may(self, scope: Scope, told: Told) -> bool:
        """Whether a kept answer may be given: it counts as a read like any other. Who asks too often is told so by the
        application."""
        caller = await self._admitted(scope, told)
        if caller is None:
            return False
        try:
            if caller.limited:
                await self._rates.take(scope, caller.name, address_of(Request(scope)), writing=False)
        except TooManyRequests:
            return False
        return True

    async def _other(self, name: Name, scope: Scope, receive: Receive, send: Send) -> None:
        """What is not in memory: from Redis, or made, by one of those who ask for it at once."""
        found = next(((path, kept) for form, path, kept in self._routes if form.match(name[0])), None)
        headers = dict(scope["headers"])
        told = _caller(scope["client"], scope["headers"], headers)
        if found is None or await self._admitted(scope, told) is None:
            await self.app(scope, receive, send)
            return
        if (waiting := self._making.get(name)) is not None:
            await asyncio.wait({waiting}, timeout=_WAIT)
            answer = self._answers.held.get(name)
            if answer is not None and self._true(answer, time.monotonic()) and await self._may(scope, told):
                await self._give(answer, scope, headers, send, "memory")
                return
        done = asyncio.get_running_loop().create_future()
        self._making.setdefault(name, done)
        try:
            await self._made(name, *found, scope, receive, send)
        finally:
            done.set_result(None)
            if self._making.get(name) is done:
                del self._making[name]

    async def _made(self, name: Name, route: str, kept: Kept, scope: Scope, receive: Receive, send: Send) -> None:
        stamp, generation = self._standing(), self._answers.generation
        epoch = None
        if kept is Kept.SHARED and self._options.redis and still(stamp):
            epoch = await self._shared_in_time(scope, self._shared.epoch, stamp, generation)
            found = await self._shared_in_time(scope, self._shared.get, name, epoch) if epoch is not None else None
            if found is not None:
                said, body, left = found
                answer = answer_of(
                    route, said, body, stamp, generation, min(left, self._options.life), self._counts.memory(route)
                )
                if self._true(answer, time.monotonic()):
                    self._answers.keep(name, answer)
                    headers = dict(scope["headers"])
                    if await self._may(scope, _caller(scope["client"], scope["headers"], headers)):
                        await self._give(answer, scope, headers, send, "redis")
                        return
        passing = _Passing(scope, send, route, self._options.largest)
        await self.app(scope, receive, passing)
        if not passing.kept:
            return
        self._counts.answers[route, "made"] += 1
        if passing.body is None or (kept is Kept.OWN and not all(part in passing.body for part in _OF_REDIS)):
            return
        if b'"age":' in passing.body and b'"age":0.0' not in passing.body:
            return
        life = self._options.life
        answer = answer_of(route, passing.headers, passing.body, stamp, generation, life, self._counts.memory(route))
        answer.until -= passing.taken
        if still(stamp) and self._true(answer, time.monotonic()):
            self._answers.keep(name, answer)
            if epoch is not None:
                left = life - passing.taken
                await to_thread.run_sync(self._shared.put, name, epoch, passing.headers, passing.body, left)

    def _standing(self) -> bytes:
        """The stamp of now; one object for as long as it stays, since every answer has one."""
        if self._answers.held:
            self._answers.tidy()
        stamp = self._memory[:STAMP]
        if stamp != self._stamp:
            self._stamp = stamp
        return self._stamp


class _Overdue(Exception):
    """The graph did not tell in time who may read."""


class _Passing:
    """Passes an answer on with its tag, which is known only with the last byte, and remembers it if it is a whole one.

    Answers that are no 200, or too long, pass as they are; so does what another door says, whose fixed path looked like
    one with an entity's key.
    """

    def __init__(self, scope: Scope, send: Send, route: str, largest: int) -> None:
        self._scope = scope
        self._route = route
        self._match = next((value for name, value in scope["headers"] if name == b"if-none-match"), None)
        self._send = send
        self._largest = largest
        self._start: Message | None = None
        self._parts: list[bytes] = []
        self._began = time.monotonic()
        self.headers: list[tuple[bytes, bytes]] = []
        self.body: bytes | None = None

    @property
    def kept(self) -> bool:
        """Whether the door that answers is the one that was meant."""
        return getattr(self._scope.get("route"), "path", None) == self._route

    @property
    def taken(self) -> float:
        """Seconds since it was asked for."""
        return time.monotonic() - self._began

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start" and message["status"] == 200 and self.kept:
            self._start = message
            return
        if self._start is None:
            await self._send(message)
            return
        self._parts.append(message.get("body", b""))
        if message.get("more_body", False) and sum(map(len, self._parts)) <= self._largest:
            return
        start, body = self._start, b"".join(self._parts)
        self._start = None
        if message.get("more_body", False):
            await self._send(start)
            await self._send({**message, "body": body})
            return
        headers = [(bytes(one), bytes(other)) for one, other in start["headers"]]
        self.headers = [pair for pair in headers if pair[0] not in _OWN]
        self.body = body
        told = answer_of("", headers, body, b"", 0, 0, [0])
        if self._match is not None and _same(self._match, told.etag):
            own = [pair for pair in told.headers if pair[0] not in (b"content-length", b"content-type")]
            await self._send({**start, "status": 304, "headers": own})
            await self._send({"type": "http.response.body", "body": b""})
            return
        await self._send({**start, "headers": told.headers})
        await self._send(told.message)


_NOBODY = (0.0, Caller("nobody"))


def _caller(client: tuple[str, int] | None, sent: Headers, headers: dict[bytes, bytes]) -> Told:
    if len(headers) != len(sent):
        # One of them was sent twice: the guard looks at both.
        return client, tuple(sent)
    get = headers.get
    return client[0] if client else None, get(b"host"), get(b"origin"), get(b"x-api-key"), get(b"authorization")


def _same(match: bytes, etag: bytes) -> bool:
    """Whether one of the tags in `If-None-Match` is this one (RFC 9110, 13.1.2: weak ones count, `*` is any)."""
    return any(one.strip().removeprefix(b"W/") in (etag, b"*") for one in match.split(b","))


def _extra(route: ScopedRoute) -> dict[str, Any]:
    return route.openapi_extra or {}
