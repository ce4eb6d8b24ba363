"""What was committed, change by change, for those who follow."""

from typing import Annotated

from fastapi import Query

from api.access import needs, scoped_router
from api.keys import Scope
from api.problems import declared
from api.routes.wired import Paged, Wired
from api.shapes.changes import AskedChanges, ChangesOut, CommittedOut, FeedOut
from graph.errors import InvalidInput
from graph.reading.changes import Committed, changes

router = scoped_router("changes")


@router.get("/api/changes", operation_id="listChanges", openapi_extra=needs(Scope.READ), responses=declared(409))
def list_changes(asked: Annotated[AskedChanges, Query()], services: Wired, pages: Paged) -> ChangesOut:
    """What was committed, oldest first; kept for a day at least. An older cursor is a conflict: read all anew."""
    if asked.cursor is not None and asked.after is not None:
        raise InvalidInput("a cursor or a number, not both", "after")
    start = pages.start({}, asked.cursor)
    after = start[0] if start else asked.after
    found = changes(services.database, after, limit=asked.limit)
    end = found[-1].change if found else after or 0
    cursor = pages.next({}, (end,))
    return ChangesOut(items=[_committed(one) for one in found], next_cursor=cursor or "")


def _committed(one: Committed) -> CommittedOut:
    feed = [FeedOut(type=told.type, ids=told.ids, decision=told.decision, count=len(told.ids)) for told in one.feed]
    return CommittedOut(change=one.change, at=one.at, feed=feed)
