"""Jobs to look at: one with its log, or a list."""

from collections.abc import Sequence
from dataclasses import dataclass

from graph.database import Database
from graph.errors import NotFound
from graph.job import Job, JobState
from graph.jobs.rows import job_of
from graph.queries import statement


@dataclass(frozen=True, slots=True)
class JobPage:
    """Jobs in order; `more` when others follow the last one."""

    rows: list[Job]
    more: bool


def get_job(database: Database, job: str) -> Job:
    """One job. Raises NotFound."""
    row = database.one(statement("read/job"), {"id": job})
    if row is None:
        raise NotFound("job", job)
    return job_of(row["job"])


def list_jobs(
    database: Database,
    *,
    state: JobState | None = None,
    kind: str | None = None,
    after: tuple[str, str] | None = None,
    limit: int = 50,
) -> JobPage:
    """Jobs, the last asked for first; `after` is (created_at in ISO 8601 with Z, id) of the last one seen."""
    at, last = after or (None, None)
    params = {"kind": kind, "at": at, "after": last, "limit": limit + 1}
    if state is None:
        rows = database.read(statement("read/job_list"), params)[0]["rows"]
    else:
        rows = database.read(statement("read/job_list_state"), {**params, "state": str(state)})[0]["rows"]
    return JobPage([job_of(row) for row in rows[:limit]], len(rows) > limit)


def live_jobs(database: Database, keys: Sequence[str]) -> list[str]:
    """Ids of the jobs that hold these keys and are not over."""
    return database.read(statement("read/jobs_held"), {"keys": list(keys)})[0]["ids"]
