"""Ends each request at its deadline, whatever happens behind it, and keeps the event loop free meanwhile.

A thread that waits for a silent server cannot be stopped. So the request is raced against the clock: at the deadline
the client is answered, the thread is left to end by the driver's own bounds, and what it says then is dropped.
"""

import asyncio
import logging
import time
from dataclasses import dataclass, field

from starlette.requests import ClientDisconnect
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.problems import internal, overdue
from api.services import ApiOptions

KEY = "pentad.deadline"
log = logging.getLogger("pentad.api")


@dataclass(slots=True)
class Deadline:
    """Seconds that a request has in all; the route that serves it may give it others."""

    seconds: float
    started: float = field(default_factory=time.monotonic)

    @property
    def left(self) -> float:
        """Seconds from now on."""
        return self.started + self.seconds - time.monotonic()


class _Answer:
    """Passes on what the application says until it is told that the deadline has spoken instead."""

    def __init__(self, send: Send) -> None:
        self._send = send
        self.started = False
        self.closed = False

    async def __call__(self, message: Message) -> None:
        if self.closed:
            return
        self.started = self.started or message["type"] == "http.response.start"
        await self._send(message)


class DeadlineMiddleware:
    """Answers 503 for what is overdue and 500 for what fell through every other net."""

    def __init__(self, app: ASGIApp, options: ApiOptions) -> None:
        self.app = app
        self.options = options
        self._left_behind: set[asyncio.Task[None]] = set()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        reading = scope["method"] in ("GET", "HEAD", "OPTIONS")
        # Who stands in front has asked the graph before, and that counts.
        deadline = scope.get(KEY) or Deadline(self.options.read_deadline if reading else self.options.write_deadline)
        scope[KEY] = deadline
        answer = _Answer(send)
        task = asyncio.create_task(self._run(scope, receive, answer))
        try:
            while not task.done() and deadline.left > 0:
                await asyncio.wait({task}, timeout=deadline.left)
        except asyncio.CancelledError:
            self._leave(task)
            raise
        if task.done():
            task.result()
            return
        answer.closed = True
        self._leave(task)
        if not answer.started:
            log.warning("%s %s: not answered within %.1f s", scope["method"], scope["path"], deadline.seconds)
            await overdue()(scope, receive, send)

    async def _run(self, scope: Scope, receive: Receive, answer: _Answer) -> None:
        """An error that reaches this far is one that nobody foresaw: it is logged, and answered if nothing was yet."""
        try:
            await self.app(scope, receive, answer)
        except ClientDisconnect:
            return
        except Exception:
            log.exception("%s %s failed", scope["method"], scope["path"])
        if not answer.started:
            await internal()(scope, receive, answer)

    def _leave(self, task: asyncio.Task[None]) -> None:
        """Cancels what still waits for a thread; what has one is kept until that ends."""
        self._left_behind.add(task)
        task.add_done_callback(self._left_behind.discard)
        task.cancel()
