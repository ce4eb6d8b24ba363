"""What a person does about jobs: retry a dead letter, cancel what is not wanted, forget what is long over."""

from graph.database import Database, Row
from graph.errors import Conflict
from graph.job import Job
from graph.jobs.asking import REST
from graph.jobs.listing import get_job
from graph.jobs.rows import job_of, milliseconds
from graph.queries import statement

KEPT_DAYS = 30
_AT_ONCE = 1_000


def retry(database: Database, job: str) -> Job:
    """Queues a dead or cancelled job again, with all its attempts before it. Raises NotFound; Conflict when it is
    neither, or when another live job has its key."""
    return _changed(database, job, "write/job_retry", {"rest": milliseconds(REST)}, "retried")


def cancel(database: Database, job: str) -> Job:
    """Ends a job that is queued, running or dead; a running one's writes are refused from now on.

    Raises NotFound; Conflict when it is done or cancelled.
    """
    return _changed(database, job, "write/job_cancel", {}, "cancelled")


def forget(database: Database, days: int = KEPT_DAYS) -> int:
    """Drops jobs that are over for so many days; how many that were."""
    params = {"days": days, "limit": _AT_ONCE}
    dropped = 0
    forgets = statement("write/jobs_forget")
    while found := database.write(lambda tx, _: tx.rows(forgets, params), shown=False)[0]["jobs"]:
        dropped += found
    return dropped


def _changed(database: Database, job: str, name: str, params: Row, done: str) -> Job:
    rows = database.write(lambda tx, _: tx.rows(statement(name), {"id": job, **params}), shown=False)
    if not rows:
        now = get_job(database, job)
        held = " or another live job has its key" if done == "retried" else ""
        raise Conflict(f"job {job} is {now.state} and cannot be {done}{held}")
    return job_of(rows[0]["job"])
