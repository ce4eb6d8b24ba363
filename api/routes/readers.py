"""Readers: what they read, what that says of their interests, a feed with reasons, and being forgotten.

What is kept of a reader is for whoever may write, and for the reader: a key that was made for one reader opens these
doors alone, of that reader alone; to it others are not there.
"""

from typing import Annotated, Any

from fastapi import Depends, Query, Request

from api.access import needs, scoped_router
from api.keys import Scope
from api.problems import declared
from api.routes.bodied import body_of, described
from api.routes.wired import NoQuery, Paged, Wired
from api.shapes.readers import (
    READ_EXAMPLE,
    SETTINGS_EXAMPLE,
    AskedFeed,
    ContentId,
    FeedItemOut,
    FeedOut,
    ForgottenOut,
    InterestOut,
    InterestsOut,
    ReaderId,
    ReadIn,
    ReadOut,
    SettingsIn,
    SettingsOut,
)
from graph import readers
from graph.errors import NotFound
from graph.reading.readers import ReaderSettings, feed, interests, reader_settings
from ingest.readers import tell_read

router = scoped_router("readers")
OWN = needs(Scope.WRITE, reader=True)


async def _only(request: Request) -> str | None:
    return request.state.reader


async def _own(reader_id: ReaderId, only: Annotated[str | None, Depends(_only)]) -> str:
    if only is not None and only != reader_id:
        raise NotFound("reader", reader_id)
    return reader_id


Only = Annotated[str | None, Depends(_only)]
Own = Annotated[str, Depends(_own)]


@router.post(
    "/api/contents/{content_id}/read",
    operation_id="readContent",
    openapi_extra=needs(Scope.WRITE, reader=True, requestBody=described(ReadIn, READ_EXAMPLE)),
    responses=declared(404, 408, 413),
    dependencies=[NoQuery],
)
def read_content(
    content_id: ContentId, told: Annotated[ReadIn, Depends(body_of(ReadIn))], only: Only, services: Wired
) -> ReadOut:
    """Tells that somebody read a content: 5 points for each person, body and place that it speaks of."""
    if only is not None and only != told.reader_id:
        raise NotFound("reader", told.reader_id)
    now = services.clock()
    found = tell_read(services.database, told.reader_id, content_id, told.at, now)
    return ReadOut(
        reader_id=told.reader_id,
        content_id=content_id,
        at=told.at or now,
        counted=found.counted,
        entities=found.entities,
    )


@router.get(
    "/api/readers/{reader_id}/interests",
    operation_id="listInterests",
    openapi_extra=OWN,
    responses=declared(404),
    dependencies=[NoQuery],
)
def list_interests(reader_id: Own, services: Wired) -> InterestsOut:
    """What a reader often reads about: the 50 strongest interests."""
    found = interests(services.database, reader_id, services.clock())
    return InterestsOut(reader_id=reader_id, items=[InterestOut.model_validate(one) for one in found])


@router.get(
    "/api/readers/{reader_id}/feed",
    operation_id="getFeed",
    openapi_extra=needs(Scope.WRITE, reader=True, seconds=20.0),
    responses=declared(404),
)
def get_feed(reader_id: Own, asked: Annotated[AskedFeed, Query()], services: Wired, pages: Paged) -> FeedOut:
    """Contents that may interest a reader and were not read yet, each with its reasons in the reader's language."""
    filters = {"lang": asked.lang, "read": asked.read}
    start = pages.start(filters, asked.cursor)
    found = feed(
        services.database,
        reader_id,
        services.clock(),
        language=asked.lang,
        read=asked.read,
        after=(start[0], start[1], start[2]) if start else None,
        limit=asked.limit,
    )
    return FeedOut(
        reader_id=reader_id,
        items=[FeedItemOut.model_validate(one) for one in found.items],
        next_cursor=pages.next(filters, found.end),
    )


@router.get(
    "/api/readers/{reader_id}/settings",
    operation_id="getReaderSettings",
    openapi_extra=OWN,
    responses=declared(404),
    dependencies=[NoQuery],
)
def get_settings(reader_id: Own, services: Wired) -> SettingsOut:
    """What a reader chose: themes, topics, sources, language."""
    return _settings(reader_settings(services.database, reader_id))


@router.put(
    "/api/readers/{reader_id}/settings",
    operation_id="putReaderSettings",
    openapi_extra=needs(Scope.WRITE, reader=True, requestBody=described(SettingsIn, SETTINGS_EXAMPLE)),
    responses=declared(408, 413),
    dependencies=[NoQuery],
)
def put_settings(
    reader_id: Own, told: Annotated[SettingsIn, Depends(body_of(SettingsIn))], services: Wired
) -> SettingsOut:
    """Puts these settings in place of the former ones."""
    once: dict[str, Any] = {name: tuple(dict.fromkeys(getattr(told, name))) for name in ("themes", "topics", "sources")}
    chosen = readers.Chosen(**once, language=told.language)
    readers.choose(services.database, reader_id, chosen, services.clock())
    return _settings(reader_settings(services.database, reader_id))


@router.delete(
    "/api/readers/{reader_id}",
    operation_id="forgetReader",
    openapi_extra=OWN,
    responses=declared(404),
    dependencies=[NoQuery],
)
def forget_reader(reader_id: Own, services: Wired) -> ForgottenOut:
    """Forgets a reader: reads, interests and settings are gone, and keys that were theirs alone have ended."""
    return ForgottenOut.model_validate(readers.forget(services.database, reader_id, services.clock()))


def _settings(found: ReaderSettings) -> SettingsOut:
    chosen = found.chosen
    told: dict[str, Any] = {name: getattr(chosen, name) for name in ("themes", "topics", "sources", "language")}
    return SettingsOut(reader_id=found.id, created_at=found.created_at, reads=found.reads, **told)
