"""The graph or a part of it as a file, streamed."""

from collections.abc import AsyncIterator, Iterator
from typing import Annotated, Any

from anyio import CapacityLimiter
from fastapi import Query, Request, Response
from fastapi.concurrency import iterate_in_threadpool, run_in_threadpool
from fastapi.responses import StreamingResponse

from api.access import needs, scoped_router
from api.deadline import KEY
from api.keys import Scope
from api.problems import declared
from api.routes.wired import Wired
from api.shapes.export import AskedExport
from graph.errors import Unavailable
from graph.exporting import FORMATS, content_of

router = scoped_router("export")
CHUNK = 65_536
_CONTENT: dict[str, dict[str, Any]] = {one.media_type: {} for one in FORMATS.values()}
_FILE: dict[str, Any] = {"description": "The file, streamed.", "content": _CONTENT}


@router.get(
    "/api/export",
    operation_id="getExport",
    openapi_extra=needs(Scope.READ),
    response_model=None,
    responses={200: _FILE, **declared(404)},
)
async def get_export(asked: Annotated[AskedExport, Query()], request: Request, services: Wired) -> Response:
    """The whole graph, a period of it, or the surroundings of an entity, in a format that other programs read.

    Written as it is read, in bounded memory; few at a time. A stream that breaks off is no valid file.
    """
    limiter: CapacityLimiter = request.app.state.streams
    if limiter.available_tokens < 1:
        raise Unavailable("As many streams as are served at a time are under way.", retry_after=5)
    request.scope[KEY].seconds = services.options.stream_deadline
    content = await run_in_threadpool(
        content_of, services.database, entity=asked.entity, depth=asked.depth, since=asked.since, until=asked.until
    )
    chosen = FORMATS[asked.format]
    chunks = _chunked(chosen.write(content))
    # The first is read before anything is answered: what goes wrong at once is told as a problem.
    first = await run_in_threadpool(next, chunks, b"")
    name = {"Content-Disposition": f'attachment; filename="pentad.{chosen.ending}"'}
    return StreamingResponse(_streamed(limiter, first, chunks), media_type=chosen.media_type, headers=name)


async def _streamed(limiter: CapacityLimiter, first: bytes, chunks: Iterator[bytes]) -> AsyncIterator[bytes]:
    async with limiter:
        yield first
        async for chunk in iterate_in_threadpool(chunks):
            yield chunk


def _chunked(parts: Iterator[str]) -> Iterator[bytes]:
    """Small parts gathered: a message each would cost more than what is in it."""
    held, size = list[str](), 0
    for part in parts:
        held.append(part)
        size += len(part)
        if size >= CHUNK:
            yield "".join(held).encode()
            held, size = [], 0
    yield "".join(held).encode()
