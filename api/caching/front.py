"""In front of the whole application: gives a kept answer while it is true, has all others made, and keeps those.

The way of a kept answer is short on purpose: one look-up, one comparison of the stamp, one look whether this caller was
let in a moment ago, two messages. It has no line in the log; the counts tell of it.
"""

import asyncio
import itertools
import re
import secrets
import time
from collections.abc import Sequence
from typing import Any

from anyio import to_thread
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.access import Caller, Granted, Guard, ScopedRoute, address_of
from api.caching.answers import Answer, Answers, Name, answer_of
from api.caching.counts import Counts
from api.caching.options import KEPT, CacheOptions, Kept
from api.caching.shared import SharedAnswers
from api.keys import Scope as KeyScope
from api.problems import TooManyRequests
from api.rates import KEY as RATE
from api.rates import Limiter
from graph.changing import STAMP, Changing, still
from graph.errors import PentadError

_SANE = re.compile(rb"[A-Za-z0-9._:+/=@-]{1,64}")
_WAIT = 1.0
_CALLERS = 10_000
_OF_REDIS = (b'"source":"board"', b'"degraded":false')
_OWN = (b"x-request-id", b"ratelimit", b"ratelimit-policy")
"""Headers that are of one request and of no other."""
Told = tuple[Any, ...]
"""All that the guard decides by."""


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
    ) -> None:
        self.app = app
        self._rates = rates
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
        self._ids = (f"{secrets.token_hex(8)}{number:x}".encode() for number in itertools.count())

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["method"] != "GET":
            await self.app(scope, receive, send)
            return
        name = (scope["path"], scope["query_string"])
        answer = self._answers.held.get(name)
        if answer is not None and self._true(answer):
            headers: dict[bytes, bytes] = dict(scope["headers"])
            until, caller = self._callers.get(_caller(scope, headers), _NOBODY)
            free = until > time.monotonic() and not caller.limited
            if free and b"if-none-match" not in headers and b"x-request-id" not in headers:
                # Nearly all of them: said at once.
                answer.given[0] += 1
                told = [*answer.headers, (b"x-request-id", next(self._ids))]
                await send({"type": "http.response.start", "status": 200, "headers": told})
                await send(answer.message)
                return
            if await self._may(scope, headers):
                await self._give(answer, scope, headers, send, "memory")
                return
        await self._other(name, scope, receive, send)

    def _true(self, answer: Answer) -> bool:
        return (
            answer.stamp == self._memory[:STAMP]
            and answer.generation == self._answers.generation
            and answer.until > time.monotonic()
        )

    async def _give(self, answer: Answer, scope: Scope, headers: dict[bytes, bytes], send: Send, source: str) -> None:
        given = headers.get(b"x-request-id")
        own = given if given is not None and _SANE.fullmatch(given) else next(self._ids)
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

    async def _admitted(self, scope: Scope, headers: dict[bytes, bytes]) -> Caller | None:
        """Who may read, as found out a moment ago or now; who may not is told so by the application."""
        told = _caller(scope, headers)
        until, caller = self._callers.get(told, _NOBODY)
        if until > time.monotonic():
            return caller
        try:
            until, caller = await self._guard.admission(Request(scope), KeyScope.READ)
        except PentadError:
            return None
        if len(self._callers) >= _CALLERS:
            self._callers.clear()
        self._callers[told] = until, caller
        return caller

    async def _may(self, scope: Scope, headers: dict[bytes, bytes]) -> bool:
        """Whether a kept answer may be given: it counts as a read like any other. Who asks too often is told so by the
        application."""
        caller = await self._admitted(scope, headers)
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
        if found is None or await self._admitted(scope, headers) is None:
            await self.app(scope, receive, send)
            return
        if (waiting := self._making.get(name)) is not None:
            await asyncio.wait({waiting}, timeout=_WAIT)
            answer = self._answers.held.get(name)
            if answer is not None and self._true(answer) and await self._may(scope, headers):
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
            epoch = await to_thread.run_sync(self._shared.epoch, stamp, generation)
            found = await to_thread.run_sync(self._shared.get, name, epoch) if epoch is not None else None
            if found is not None:
                told, body, left = found
                answer = answer_of(
                    route, told, body, stamp, generation, min(left, self._options.life), self._counts.memory(route)
                )
                if self._true(answer):
                    self._answers.keep(name, answer)
                    headers = dict(scope["headers"])
                    if await self._may(scope, headers):
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
        if still(stamp) and self._true(answer):
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


def _caller(scope: Scope, headers: dict[bytes, bytes]) -> Told:
    if len(headers) != len(scope["headers"]):
        # One of them was sent twice: the guard looks at both.
        return scope["client"], tuple(scope["headers"])
    client, get = scope["client"], headers.get
    return client[0] if client else None, get(b"host"), get(b"origin"), get(b"x-api-key"), get(b"authorization")


def _same(match: bytes, etag: bytes) -> bool:
    """Whether one of the tags in `If-None-Match` is this one (RFC 9110, 13.1.2: weak ones count, `*` is any)."""
    return any(one.strip().removeprefix(b"W/") in (etag, b"*") for one in match.split(b","))


def _extra(route: ScopedRoute) -> dict[str, Any]:
    return route.openapi_extra or {}
