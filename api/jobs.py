"""Which kinds of jobs there are, who does them and who asks for them, put together from open clients."""

from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from pathlib import Path

from api.settings import Settings
from api.wiring import Clients
from graph.embedded import connect as connect_servers
from graph.errors import Unavailable
from graph.job import Job, Queue
from ingest.beat import Beat, BeatOptions, Wake
from ingest.dedupe_job import deduping
from ingest.extraction_job import extraction
from ingest.hierarchy import hierarchy_upkeep
from ingest.job_context import WorkerOptions
from ingest.job_kinds import Kind, registry
from ingest.profiles import profile_upkeep
from ingest.readers import reader_upkeep
from ingest.upkeep import upkeep
from ingest.worker import Worker


def kinds(clients: Clients, data_dir: Path | None = None) -> list[Kind]:
    """Every kind of job that this version can do. A new kind is added here; docs/jobs.md tells how. In the data folder
    a job may keep what spares work."""
    return [
        *upkeep(clients.boards, clients.clock),
        extraction(clients.boards, clients.clock),
        reader_upkeep(clients.clock),
        hierarchy_upkeep(),
        profile_upkeep(clients.embedder),
        clients.watching.upkeep(),
        deduping(clients.boards, clients.clock, data_dir / "dedupe" if data_dir else None),
    ]


def worker_of(settings: Settings, clients: Clients, more: Iterable[Kind] = ()) -> Worker:
    """Who does jobs of all kinds, and of further ones."""
    # What reads pages is imported with it: only workers wait for that.
    from api.enriching import enrichment
    from api.extraction import stage_kinds
    from api.fetching import safe_client
    from api.pages import pages_of
    from ingest.feeds.polling import feed_kinds
    from ingest.watching.delivering import deliveries

    options = WorkerOptions(
        lease=settings.job_lease,
        silence=settings.job_silence,
        attempts=settings.job_attempts,
        backoff=settings.job_backoff,
    )
    client = safe_client(settings)
    delivering = deliveries(client, clients.clock)
    polling = feed_kinds(client, clients.clock, woken_by(settings))
    own = [delivering, *polling, *stage_kinds(settings, clients), enrichment(settings, clients)]
    known = [*kinds(clients, settings.data_dir), *own, *more]
    registered = registry([*known, *pages_of(settings, clients, known)])
    return Worker(clients.database, registered, options, waker(settings))


def beat_of(settings: Settings, clients: Clients) -> Beat:
    """Who keeps time."""
    options = BeatOptions(
        sweep=settings.job_sweep,
        rest=settings.job_lease,
        attempts=settings.job_attempts,
        speed=settings.schedule_speed,
    )
    return Beat(clients.database, waker(settings), options)


def woken_by(settings: Settings) -> Callable[[Job], None]:
    """Wakes a worker for a job that was just asked for; where that fails, the sweep does it seconds later."""
    wake = waker(settings)

    def woken(job: Job) -> None:
        with suppress(Unavailable):
            wake([(job.id, job.queue)])

    return woken


def waker(settings: Settings) -> Wake:
    """How workers are woken. Celery is loaded and Redis asked at the first use."""
    made: list[Wake] = []

    def wake(jobs: Sequence[tuple[str, Queue]]) -> None:
        if not made:
            from api.worker import Waker

            made.append(Waker(connect_servers(settings.embedded()).redis_url))
        made[0](jobs)

    return wake
