"""What was forgotten: jobs whose worker fell silent, jobs that nobody was woken for. Any number may sweep at once."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import cast

from graph.database import Database, Row, Transaction
from graph.job import Attempt, Queue
from graph.jobs import dead
from graph.jobs.rows import entry_of, milliseconds
from graph.queries import statement
from graph.reading.instants import of_graph

AT_ONCE = 200


@dataclass(frozen=True, slots=True)
class Due:
    """What a look found: the server's time, (id, queue) of jobs to wake workers for, whether leases ran out."""

    now: datetime
    queued: list[tuple[str, Queue]]
    lost: bool


def due(database: Database) -> Due:
    """Looks, without the gate."""
    row = database.read(statement("read/jobs_due"), {"limit": AT_ONCE})[0]
    queued = [(job["id"], Queue(job["queue"])) for job in row["queued"]]
    return Due(_time(row["now"]), queued, row["lost"] > 0)


def lose(database: Database, attempts: int) -> int:
    """Puts jobs whose lease ran out back in their queues, or, after so many attempts, among the dead letters; how many
    that were."""
    return database.write(lambda tx, change: _lose(tx, change, attempts))


def woken(database: Database, jobs: Sequence[str], rest: float) -> int:
    """Notes that workers were woken for these jobs: the sweep lets them rest so many seconds."""
    params = {"ids": list(jobs), "rest": milliseconds(rest)}
    return database.write(lambda tx, _: tx.rows(statement("write/jobs_woken"), params), shown=False)[0]["jobs"]


def _lose(tx: Transaction, change: int, attempts: int) -> int:
    found = tx.rows(statement("read/jobs_lost"), {"limit": AT_ONCE})[0]
    rows = [_lost(job, _time(found["now"]), attempts) for job in found["jobs"]]
    if not rows:
        return 0
    lost = tx.rows(statement("write/jobs_lose"), {"rows": rows})[0]
    dead.tell(tx, change, lost["at"], lost["dead"])
    return lost["jobs"]


def _lost(job: Row, now: datetime, attempts: int) -> Row:
    # One that came along with another may not have begun: it is not counted, and is alone from now on.
    again = bool(job["along"]) or job["attempts"] < attempts
    counted = "not counted: it was beside others" if job["along"] else f"attempt {job['attempts']} of {attempts}"
    cause = f"its worker {job['worker']} died or fell silent ({counted})"
    started_at = _time(job["started_at"])
    attempt = Attempt(
        retry_count=job["attempts"] - 1,
        worker_name=job["worker"],
        task_id=job["task"],
        started_at=started_at,
        duration_ms=round((now - started_at).total_seconds() * 1000),
        outcome="lost" if again else "dead",
        success=False,
        error_class="WorkerLost",
        cause=cause,
    )
    return {"id": job["id"], "fence": job["fence"], "entry": entry_of(attempt), "cause": cause, "again": again}


def _time(value: object) -> datetime:
    return cast(datetime, of_graph(value))
