"""Jobs: what waits, runs, is done or died and why; watched while they run, and dug up again."""

from collections.abc import AsyncIterator
from typing import Annotated, Any

import anyio
from fastapi import Query, Request, Response
from fastapi.concurrency import run_in_threadpool
from sse_starlette import EventSourceResponse, ServerSentEvent

from api.access import needs, scoped_router
from api.keys import Scope
from api.problems import declared
from api.routes.wired import NoQuery, Paged, Wired, last_event_id
from api.services import Services
from api.shapes.jobs import AskedJobs, JobDetailOut, JobId, JobOut, JobsOut
from graph import jobs
from graph.errors import Unavailable
from graph.job import Job

router = scoped_router("jobs")
READ = needs(Scope.READ)
POLL = 1.0
"""Seconds between two looks at a job that is watched."""
WATCH = 3_600.0
"""Seconds after which a watcher has to ask again."""
_STREAM: dict[str, Any] = {"description": "One event a change.", "content": {"text/event-stream": {}}}


@router.get("/api/jobs", operation_id="listJobs", openapi_extra=READ, responses=declared())
def list_jobs(asked: Annotated[AskedJobs, Query()], services: Wired, pages: Paged) -> JobsOut:
    """Jobs of all or one state and kind, the last asked for first."""
    filters = {"state": asked.state, "kind": asked.kind}
    start = pages.start(filters, asked.cursor)
    after = (start[0], start[1]) if start else None
    page = jobs.list_jobs(services.database, state=asked.state, kind=asked.kind, after=after, limit=asked.limit)
    last = page.rows[-1] if page.more else None
    return JobsOut(
        items=[JobOut.model_validate(job) for job in page.rows],
        next_cursor=pages.next(
            filters, (last.created_at.isoformat().replace("+00:00", "Z"), last.id) if last else None
        ),
    )


@router.get(
    "/api/jobs/{job_id}", operation_id="getJob", openapi_extra=READ, responses=declared(404), dependencies=[NoQuery]
)
def get_job(job_id: JobId, services: Wired) -> JobDetailOut:
    """One job with all its attempts and what went wrong."""
    return JobDetailOut.model_validate(jobs.get_job(services.database, job_id))


@router.post(
    "/api/jobs/{job_id}/retry",
    operation_id="retryJob",
    openapi_extra=needs(Scope.ADMIN),
    responses=declared(404, 409),
    dependencies=[NoQuery],
)
def retry_job(job_id: JobId, services: Wired) -> JobDetailOut:
    """Puts a dead or cancelled job back in its queue, with all its attempts before it."""
    job = jobs.retry(services.database, job_id)
    services.woken(job)
    return JobDetailOut.model_validate(job)


@router.get(
    "/api/jobs/{job_id}/events",
    operation_id="watchJob",
    openapi_extra=needs(Scope.READ, seconds=WATCH),
    response_model=None,
    responses={200: _STREAM, **declared(404)},
    dependencies=[NoQuery],
)
async def watch_job(job_id: JobId, request: Request, services: Wired) -> Response:
    """A job's progress as server-sent events, until it is over.

    The id of an event is the job's version: with it as `Last-Event-ID` only what is newer is told. Events are called
    `progress`, the last one `over`; each holds the job as in the list.
    """
    job = await run_in_threadpool(jobs.get_job, services.database, job_id)
    return EventSourceResponse(_changes(services, job, last_event_id(request) or 0))


async def _changes(services: Services, job: Job, seen: int) -> AsyncIterator[ServerSentEvent]:
    """Between two looks no thread is held. A graph that is away for a moment is waited for."""
    while True:
        if job.version > seen:
            seen = job.version
            told = JobOut.model_validate(job).model_dump_json()
            yield ServerSentEvent(data=told, event="over" if job.over else "progress", id=str(seen))
        if job.over:
            return
        await anyio.sleep(POLL)
        try:
            job = await run_in_threadpool(jobs.get_job, services.database, job.id)
        except Unavailable:
            continue
