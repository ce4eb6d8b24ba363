"""Watches: made, changed, dropped; what they told as a list and as a stream; deliveries that died, sent again."""

from collections.abc import AsyncIterator
from typing import Annotated, Any

import anyio
import orjson
from fastapi import Depends, Path, Query, Request, Response
from fastapi.concurrency import run_in_threadpool
from sse_starlette import EventSourceResponse, ServerSentEvent

from api.access import needs, scoped_router
from api.keys import Scope
from api.problems import declared
from api.routes.bodied import Author, body_of, described
from api.routes.wired import NoQuery, Paged, Wired, last_event_id
from api.services import Services
from api.shapes.watches import (
    CHANGE_EXAMPLE,
    JUDGEMENT_EXAMPLE,
    WATCH_EXAMPLE,
    AskedFirings,
    AskedStream,
    AskedWatches,
    CandidateScoreOut,
    FiringOut,
    FiringsOut,
    JudgementIn,
    SecretOut,
    WatchChangeIn,
    WatchesOut,
    WatchId,
    WatchIn,
    WatchMadeOut,
    WatchOut,
)
from graph import jobs, watches
from graph.errors import NotFound, Unavailable
from graph.watch import Fired, Watch
from ingest.watching.following import Watching
from ingest.watching.keeping import Draft, change, judge, make, new_secret

router = scoped_router("watches")
READ = needs(Scope.READ)
WRITE = needs(Scope.WRITE)
SECONDS = 20.0
POLL = 1.0
"""Seconds between two looks at what a watch told."""
STREAMED = 3_600.0
"""Seconds after which a listener has to ask again."""
PART = 100
_STREAM: dict[str, Any] = {"description": "One event a firing.", "content": {"text/event-stream": {}}}


async def _watching(services: Wired) -> Watching:
    return Watching(services.database, services.boards, services.judging, services.clock)


Watches = Annotated[Watching, Depends(_watching)]


@router.get("/api/watches", operation_id="listWatches", openapi_extra=READ, responses=declared())
def list_watches(asked: Annotated[AskedWatches, Query()], services: Wired, pages: Paged) -> WatchesOut:
    """All watches, paused ones too."""
    start = pages.start({}, asked.cursor)
    found = watches.listed(services.database, str(start[0]) if start else "", asked.limit + 1)
    shown = found[: asked.limit]
    return WatchesOut(
        items=[_told(one) for one in shown],
        next_cursor=pages.next({}, (shown[-1].id,) if len(found) > len(shown) else None),
    )


@router.post(
    "/api/watches",
    operation_id="makeWatch",
    status_code=201,
    openapi_extra=needs(Scope.WRITE, seconds=SECONDS, requestBody=described(WatchIn, WATCH_EXAMPLE)),
    responses=declared(404, 408, 409, 413),
    dependencies=[NoQuery],
)
def make_watch(asked: Annotated[WatchIn, Depends(body_of(WatchIn))], author: Author, watching: Watches) -> WatchMadeOut:
    """Watches an entity, a pair, a search or an example from now on."""
    made = make(watching, Draft(asked.sort, asked.spec, asked.name, tuple(asked.on), asked.url), author)
    return WatchMadeOut(**_told(made).model_dump(), secret=made.secret)


@router.get(
    "/api/watches/{watch_id}",
    operation_id="getWatch",
    openapi_extra=READ,
    responses=declared(404),
    dependencies=[NoQuery],
)
def get_watch(watch_id: WatchId, services: Wired) -> WatchOut:
    """One watch; of an example also whom it may mean now."""
    return _told(watches.get(services.database, watch_id))


@router.patch(
    "/api/watches/{watch_id}",
    operation_id="changeWatch",
    openapi_extra=needs(Scope.WRITE, seconds=SECONDS, requestBody=described(WatchChangeIn, CHANGE_EXAMPLE)),
    responses=declared(404, 408, 409, 413),
    dependencies=[NoQuery],
)
def change_watch(
    watch_id: WatchId, asked: Annotated[WatchChangeIn, Depends(body_of(WatchChangeIn))], watching: Watches
) -> WatchMadeOut:
    """Renames, pauses, resumes or readdresses a watch. The secret is shown when the watch begins to deliver."""
    before = watches.get(watching.database, watch_id)
    found = change(watching, watch_id, name=asked.name, paused=asked.paused, url=asked.url, on=tuple(asked.on))
    fresh = found.secret if found.secret != before.secret else None
    return WatchMadeOut(**_told(found).model_dump(), secret=fresh)


@router.delete(
    "/api/watches/{watch_id}",
    operation_id="dropWatch",
    status_code=204,
    openapi_extra=WRITE,
    responses=declared(404),
    dependencies=[NoQuery],
)
def drop_watch(watch_id: WatchId, services: Wired) -> None:
    """Ends a watch; what it told goes with it."""
    watches.drop(services.database, watch_id)


@router.post(
    "/api/watches/{watch_id}/secret",
    operation_id="renewWatchSecret",
    openapi_extra=WRITE,
    responses=declared(404),
    dependencies=[NoQuery],
)
def renew_secret(watch_id: WatchId, services: Wired) -> SecretOut:
    """Signs deliveries with a new secret, shown this once."""
    watches.get(services.database, watch_id)
    secret = new_secret()
    watches.keep(services.database, watch_id, {"secret": secret}, None)
    return SecretOut(secret=secret)


@router.put(
    "/api/watches/{watch_id}/judgements",
    operation_id="judgeCandidate",
    openapi_extra=needs(Scope.WRITE, seconds=SECONDS, requestBody=described(JudgementIn, JUDGEMENT_EXAMPLE)),
    responses=declared(404, 408, 409, 413),
    dependencies=[NoQuery],
)
def judge_candidate(
    watch_id: WatchId, said: Annotated[JudgementIn, Depends(body_of(JudgementIn))], watching: Watches
) -> WatchOut:
    """Says of a candidate of a watched example that it is the one, or is not; null takes it back."""
    return _told(judge(watching, watch_id, said.entity, said.verdict))


@router.get("/api/watches/{watch_id}/firings", operation_id="listFirings", openapi_extra=READ, responses=declared(404))
def list_firings(watch_id: WatchId, asked: Annotated[AskedFirings, Query()], services: Wired) -> FiringsOut:
    """What a watch told, in order, and how each delivery stands; `delivery=dead` lists dead letters."""
    watches.get(services.database, watch_id)
    delivery = str(asked.delivery) if asked.delivery else None
    found = watches.fired(services.database, watch_id, after=asked.after, delivery=delivery, limit=asked.limit)
    return FiringsOut(items=[_fired(one) for one in found], after=found[-1].n if found else asked.after)


@router.post(
    "/api/watches/{watch_id}/firings/{n}/retry",
    operation_id="retryDelivery",
    openapi_extra=WRITE,
    responses=declared(404, 409),
    dependencies=[NoQuery],
)
def retry_delivery(watch_id: WatchId, n: Annotated[int, Path(ge=1, le=2**53)], services: Wired) -> FiringOut:
    """Delivers a dead letter again: the same message under the same id."""
    one = _nth(services, watch_id, n)
    if one.job is None:
        raise NotFound("delivery", str(n))
    services.woken(jobs.retry(services.database, one.job))
    return _fired(_nth(services, watch_id, n))


@router.get(
    "/api/watches/{watch_id}/events",
    operation_id="streamWatch",
    openapi_extra=needs(Scope.READ, seconds=STREAMED),
    response_model=None,
    responses={200: _STREAM, **declared(404)},
)
async def stream_watch(
    watch_id: WatchId, asked: Annotated[AskedStream, Query()], request: Request, services: Wired
) -> Response:
    """What a watch tells, as server-sent events, until the watch is dropped.

    The id of an event is its number: with it as `Last-Event-ID`, or as `after`, what followed is told; without either,
    what is told from now on. Events are called by their occasion.
    """
    watch = await run_in_threadpool(watches.get, services.database, watch_id)
    last = last_event_id(request)
    known = asked.after if last is None else last
    return EventSourceResponse(_stream(services, watch_id, watch.n if known is None else known))


async def _stream(services: Services, watch: str, after: int) -> AsyncIterator[ServerSentEvent]:
    """Between two looks no thread is held. A graph that is away for a moment is waited for."""

    def look() -> list[Fired]:
        found = watches.fired(services.database, watch, after=after, limit=PART)
        if not found:
            watches.get(services.database, watch)
        return found

    while True:
        try:
            found = await run_in_threadpool(look)
        except Unavailable:
            found = []
        except NotFound:
            return
        for one in found:
            after = one.n
            yield ServerSentEvent(data=orjson.dumps(one.told).decode(), event=one.sort, id=str(one.n))
        if len(found) < PART:
            await anyio.sleep(POLL)


def _nth(services: Services, watch: str, n: int) -> Fired:
    found = watches.fired(services.database, watch, after=n - 1, limit=1)
    if not found or found[0].n != n:
        raise NotFound("firing", str(n))
    return found[0]


def _told(watch: Watch) -> WatchOut:
    scores: dict[str, dict[str, object]] = watch.state.get("scores", {})
    candidates = [CandidateScoreOut.model_validate({"key": key, **one}) for key, one in scores.items()]
    return WatchOut(
        id=watch.id,
        name=watch.name,
        sort=watch.sort,
        spec=watch.spec,
        on=list(watch.on),
        url=watch.url,
        paused=watch.paused,
        created_at=watch.created_at,
        author=watch.author,
        told=watch.n,
        candidates=sorted(candidates, key=lambda one: (-one.score, one.key)),
    )


def _fired(one: Fired) -> FiringOut:
    return FiringOut.model_validate(one)
