"""Every request has an id: in its answer, in each line that is logged on its way, and in one line at its end.

That line says route, status, milliseconds and the id of the key; never the path's values, the query, or the key.
"""

import re
import time
import uuid
from contextlib import nullcontext

import structlog
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.access import presented_key
from api.keys import FORM
from api.measures import Measures
from api.rates import KEY as RATE
from api.spans import Spans

HEADER = "X-Request-ID"
UNMATCHED = "unmatched"
CLIENT_GONE = 499
"""Told of a request whose client left before it was answered; nothing is sent with it."""
_SANE = re.compile(r"[A-Za-z0-9._:+/=@-]{1,64}")
_log = structlog.get_logger("pentad.access")


class TracingMiddleware:
    """Outermost of all: what it measures is what the client waits for."""

    def __init__(self, app: ASGIApp, measures: Measures, spans: Spans | None = None) -> None:
        self.app = app
        self.measures = measures
        self.spans = spans

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        request_id, began = request_id_of(scope), time.monotonic()
        status, seconds = CLIENT_GONE, 0.0

        async def sent(message: Message) -> None:
            nonlocal status, seconds
            if message["type"] == "http.response.start":
                status, seconds = message["status"], time.monotonic() - began
                own = [(HEADER.lower().encode(), request_id.encode()), *scope.get(RATE, ())]
                message["headers"] = [*message.get("headers", ()), *own]
            await send(message)

        with (
            structlog.contextvars.bound_contextvars(request_id=request_id),
            self.measures.in_flight.track_inprogress(),
            self.spans.request(scope["method"], Request(scope).headers) if self.spans else nullcontext() as span,
        ):
            try:
                await self.app(scope, receive, sent)
            finally:
                taken = time.monotonic() - began
                route = route_of(scope)
                self.measures.answered(scope["method"], route, status, seconds or taken)
                if self.spans is not None:
                    self.spans.told(span, scope["method"], route, int(status), request_id)
                key = {"key": key_id} if (key_id := _key_id(scope)) and status not in (401, CLIENT_GONE) else {}
                ms = round(taken * 1000, 1)
                _log.info("request", method=scope["method"], route=route, status=status, ms=ms, **key)


def request_id_of(scope: Scope) -> str:
    """The caller's id where it sent one that is short and plain, else a new one."""
    given = Request(scope).headers.get(HEADER, "")
    return given if _SANE.fullmatch(given) else uuid.uuid4().hex


def route_of(scope: Scope) -> str:
    """The template of the route that a request met, such as `/api/entities/{key}`."""
    return str(getattr(scope.get("route"), "path", UNMATCHED))


def _key_id(scope: Scope) -> str | None:
    """The public part of the key presented."""
    match = FORM.fullmatch(presented_key(Request(scope)) or "")
    return match["id"] if match else None
