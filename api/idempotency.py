"""`Idempotency-Key`: a writing request that names itself has one effect and one answer, however often it is sent.

After the IETF draft "The Idempotency-Key HTTP Header Field". The answer is kept once the request has succeeded; a
repeat gets it back, marked `Idempotency-Replayed: true`. The effects of our routes are idempotent by themselves (keys
are hashes of content), so a request whose process was killed before its answer was kept is simply carried out again.
"""

import hashlib
import re
from collections.abc import Callable, Coroutine
from dataclasses import replace
from typing import Any

from fastapi import Request, Response
from fastapi.concurrency import run_in_threadpool
from starlette.types import Message

from api.bodies import read_whole
from api.problems import BodyTooLarge
from api.services import Services
from graph import replies
from graph.audit import acting
from graph.errors import Conflict, InvalidInput
from graph.replies import Reply

HEADER = "Idempotency-Key"
REPLAYED = "Idempotency-Replayed"
BODY_LIMIT = 6_000_000
"""Bytes of a request that may name itself: a page with its markup. A longer stream is idempotent by itself."""
REPLY_LIMIT = 1_000_000
_FORM = re.compile(r"[\x21-\x7e]{1,255}")
Handler = Callable[[Request], Coroutine[Any, Any, Response]]
PARAMETER = {
    "name": HEADER,
    "in": "header",
    "required": False,
    "description": "Names this request, so that it can be sent again: the answer is kept for 24 hours and given back.",
    "schema": {"type": "string", "minLength": 1, "maxLength": 255, "pattern": r"^[\x21-\x7e]+$"},
}

STATUSES = (408, 409, 413)
"""What a request may meet because it names itself: it is read whole, and its key may have named another."""


class Repeats:
    """Requests under way in this process, by the hash of their key."""

    def __init__(self) -> None:
        self._under_way: set[str] = set()

    async def answer(self, request: Request, who: str, handler: Handler) -> Response:
        """What the handler answers, or what it answered before to the same request of `who`.

        Raises InvalidInput for a key of another form, Conflict where the key named another request or one that is
        still being carried out, and what the handler raises.
        """
        name = request.headers.get(HEADER)
        if name is None:
            return await handler(request)
        if not _FORM.fullmatch(name):
            raise InvalidInput("is 1 to 255 visible ASCII characters", HEADER)
        services: Services = request.app.state.services
        key = _hash(who, name)
        if key in self._under_way:
            raise Conflict(f"The request that this {HEADER} names is being carried out. Send it again in a moment.")
        self._under_way.add(key)
        try:
            return await self._once(request, services, key, handler)
        finally:
            self._under_way.discard(key)

    async def _once(self, request: Request, services: Services, key: str, handler: Handler) -> Response:
        body = await _body(request, services)
        asked = _hash(
            request.method, request.url.path, request.url.query, request.headers.get("content-type", ""), body
        )
        known = await run_in_threadpool(replies.kept, services.database, key, services.clock())
        if known is not None:
            if known.request != asked:
                raise Conflict(f"This {HEADER} named another request. Take a new one for each.")
            return Response(known.body or None, known.status, {REPLAYED: "true"}, media_type=known.media_type or None)
        answer = await handler(Request(request.scope, _again(body)))
        told = bytes(answer.body) if isinstance(getattr(answer, "body", None), bytes | memoryview) else None
        if told is not None and answer.status_code < 300 and len(told) <= REPLY_LIMIT:
            media_type = answer.headers.get("content-type", "")
            reply = Reply(asked, answer.status_code, media_type, told.decode())
            # The audit log tells what the request did; that its answer is kept is no act of its own.
            with acting(None):
                await run_in_threadpool(replies.keep, services.database, key, reply, services.clock())
        return answer


async def _body(request: Request, services: Services) -> bytes:
    try:
        return await read_whole(request, replace(services.options, body_limit=BODY_LIMIT))
    except BodyTooLarge as error:
        reason = (
            f"A request with {HEADER} has at most {BODY_LIMIT:,} bytes. A stream of events can be sent again as is."
        )
        raise BodyTooLarge(reason) from error


def _again(body: bytes) -> Callable[[], Coroutine[Any, Any, Message]]:
    """The body as if it came just now."""
    messages: list[Message] = [{"type": "http.request", "body": body, "more_body": False}]

    async def receive() -> Message:
        return messages.pop() if messages else {"type": "http.disconnect"}

    return receive


def _hash(*parts: str | bytes) -> str:
    made = hashlib.sha256()
    for part in parts:
        raw = part.encode() if isinstance(part, str) else part
        made.update(len(raw).to_bytes(8, "big") + raw)
    return made.hexdigest()
