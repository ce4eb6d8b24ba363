"""Feeds: RSS and Atom that are polled, each page that they list read once."""

from typing import Annotated

from fastapi import Depends

from api.access import needs, scoped_router
from api.keys import Scope
from api.problems import declared
from api.routes.bodied import body_of, described
from api.routes.wired import NoQuery, Wired
from api.shapes.feeds import FEED_EXAMPLE, FeedId, FeedIn, FeedOut, FeedsOut
from graph import feeds

router = scoped_router("artifacts")


@router.post(
    "/api/feeds",
    operation_id="postFeed",
    status_code=201,
    openapi_extra=needs(Scope.WRITE, requestBody=described(FeedIn, FEED_EXAMPLE)),
    responses=declared(408, 413),
    dependencies=[NoQuery],
)
def post_feed(asked: Annotated[FeedIn, Depends(body_of(FeedIn))], services: Wired) -> FeedOut:
    """Adds a feed, or changes how often one is looked at. A worker looks at it within a minute."""
    return FeedOut.model_validate(feeds.add(services.database, asked.url, asked.every, services.clock()))


@router.get(
    "/api/feeds",
    operation_id="listFeeds",
    openapi_extra=needs(Scope.READ),
    responses=declared(),
    dependencies=[NoQuery],
)
def list_feeds(services: Wired) -> FeedsOut:
    """All feeds, with what came of the last look at each."""
    return FeedsOut(items=[FeedOut.model_validate(one) for one in feeds.feeds(services.database)])


@router.delete(
    "/api/feeds/{id}",
    operation_id="deleteFeed",
    openapi_extra=needs(Scope.WRITE),
    responses=declared(404),
    dependencies=[NoQuery],
)
def delete_feed(id: FeedId, services: Wired) -> FeedOut:  # noqa: A002 (the path names it)
    """Removes a feed; what it led to stays."""
    return FeedOut.model_validate(feeds.remove(services.database, id))
