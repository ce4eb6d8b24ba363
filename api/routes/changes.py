"""What was committed, change by change, for those who follow: page by page, or as it comes."""

from collections.abc import AsyncIterator
from typing import Annotated, Any

import anyio
import orjson
from fastapi import Query, Request, Response
from fastapi.concurrency import run_in_threadpool
from sse_starlette import EventSourceResponse, ServerSentEvent

from api.access import needs, scoped_router
from api.deadline import KEY
from api.keys import Scope
from api.problems import declared
from api.routes.wired import Paged, Wired, last_event_id
from api.services import Services
from api.shapes.changes import AskedChanges, ChangesOut, CommittedOut, FeedOut
from graph.errors import Conflict, InvalidInput, Unavailable
from graph.queries import statement
from graph.reading.changes import Committed, changes

router = scoped_router("changes")
POLL = 1.0
"""Seconds between two looks at a graph that is followed."""
STREAMED = 3_600.0
"""Seconds after which a follower has to ask again."""
PART = 20
"""Changes that one look of a stream reads at most."""
_STREAM: dict[str, Any] = {
    "description": "A page; where text/event-stream is accepted, one event for each thing that happened, as it comes.",
    "content": {"text/event-stream": {}},
}


@router.get(
    "/api/changes",
    operation_id="listChanges",
    openapi_extra=needs(Scope.READ),
    response_model=ChangesOut,
    responses={200: _STREAM, **declared(409)},
)
async def list_changes(
    asked: Annotated[AskedChanges, Query()], request: Request, services: Wired, pages: Paged
) -> Response | ChangesOut:
    """What was committed, oldest first; kept for a day at least. An older cursor is a conflict: read all anew.

    With `Accept: text/event-stream` it goes on as server-sent events, called by `type`, for an hour at most. The id of
    an event is its change, told with the last event of each: with it as `Last-Event-ID`, or from `after` or a cursor,
    what followed is told; without any, what happens from now on. Where what follows is not kept any more, the last
    event is `gap`.
    """
    if asked.cursor is not None and asked.after is not None:
        raise InvalidInput("a cursor or a number, not both", "after")
    start = pages.start({}, asked.cursor)
    after = start[0] if start else asked.after
    if "text/event-stream" in request.headers.get("accept", ""):
        request.scope[KEY].seconds = STREAMED
        last = last_event_id(request)
        first = await run_in_threadpool(_first, services, after if last is None else last)
        return EventSourceResponse(_stream(services, *first))
    found = await run_in_threadpool(changes, services.database, after, limit=asked.limit)
    end = found[-1].change if found else after or 0
    cursor = pages.next({}, (end,))
    return ChangesOut(items=[_committed(one) for one in found], next_cursor=cursor or "")


def _first(services: Services, after: int | None) -> tuple[list[Committed], int]:
    """What a stream begins with, and the change that it follows. Raises Conflict, DatabaseUnavailable."""
    if after is None:
        row = services.database.one(statement("read/gate_change"))
        return [], row["change"] if row else 0
    return changes(services.database, after, limit=PART), after


async def _stream(services: Services, found: list[Committed], after: int) -> AsyncIterator[ServerSentEvent]:
    """Between two looks no thread is held. A graph that is away for a moment is waited for."""
    while True:
        for one in found:
            after = one.change
            told = _committed(one)
            for n, feed in enumerate(told.feed, 1):
                data = {"change": told.change, "at": told.at, **feed.model_dump()}
                # Cut amid a change, a follower that comes again hears the whole of it again, and never less.
                name = str(after) if n == len(told.feed) else None
                yield ServerSentEvent(data=orjson.dumps(data).decode(), event=feed.type, id=name)
        if len(found) < PART:
            await anyio.sleep(POLL)
        try:
            found = await run_in_threadpool(changes, services.database, after, limit=PART)
        except Conflict as error:
            yield ServerSentEvent(data=orjson.dumps({"after": after, "reason": str(error)}).decode(), event="gap")
            return
        except Unavailable:
            found = []


def _committed(one: Committed) -> CommittedOut:
    feed = [FeedOut(type=told.type, ids=told.ids, decision=told.decision, count=len(told.ids)) for told in one.feed]
    return CommittedOut(change=one.change, at=one.at, feed=feed)
