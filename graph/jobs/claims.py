"""Working on a job: claim, heartbeat, and the end of it, each refused once the claim no longer holds.

A lease can run out while its worker only sleeps (a paused machine, a long collection). So time decides who may claim,
and the fence decides who may write: it rises with each claim, and a write under an older one rolls back.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from graph.database import Database, Row, Transaction
from graph.errors import Conflict
from graph.job import Attempt, Claim, Job, JobState
from graph.jobs import dead
from graph.jobs.rows import entry_of, job_of, milliseconds
from graph.queries import statement

T = TypeVar("T")


class LostLease(Conflict):
    """The job was taken from this worker: its lease ran out, or somebody cancelled it. Nothing was written."""

    def __init__(self, job: str) -> None:
        super().__init__(f"job {job} is no longer ours: its lease ran out, or it was cancelled")


@dataclass(frozen=True, slots=True)
class Failure:
    """Why an attempt failed; `again` with a `delay` in seconds, or a dead letter."""

    error_class: str
    cause: str
    again: bool
    delay: float = 0.0


def claim(database: Database, job: str, *, worker: str, task: str, lease: float) -> tuple[Job, Claim] | None:
    """The job and the right to work on it for `lease` seconds; None when it is not to be had now.

    It may be running elsewhere, be over, or not be due. Of several who claim at once, one gets it.
    """
    params = {"id": job, "worker": worker, "task": task, "lease": milliseconds(lease)}
    rows = database.write(lambda tx, _: tx.rows(statement("write/job_claim"), params), shown=False)
    if not rows:
        return None
    taken = job_of(rows[0]["job"])
    return taken, Claim(taken.id, taken.fence)


def hold(tx: Transaction, claim: Claim) -> None:
    """To be called in the gated transaction that writes the job's effect. Raises LostLease: nothing is written."""
    _held(claim, tx.rows(statement("write/job_hold"), {"id": claim.job, "fence": claim.fence}))


class FencedDatabase(Database):
    """The same database for one claim: each write first looks whether the claim still holds, in its transaction."""

    def __init__(self, database: Database, claim: Claim) -> None:
        super().__init__(database._driver, database.options, database._breaker, database._changing, database._bookmarks)
        self._claim = claim

    def write(self, work: Callable[[Transaction, int], T], *, timeout: float | None = None, shown: bool = True) -> T:
        """As `Database.write`. Raises LostLease too."""

        def fenced(tx: Transaction, change: int) -> T:
            hold(tx, self._claim)
            return work(tx, change)

        return super().write(fenced, timeout=timeout, shown=shown)


def heartbeat(
    database: Database, claim: Claim, *, lease: float, done: int | None = None, total: int | None = None
) -> int:
    """Extends the lease to `lease` seconds from now and tells progress; the job's version. Raises LostLease."""
    params = {"lease": milliseconds(lease), "done": done, "total": total}
    return _write(database, claim, "write/job_heartbeat", params)["version"]


def finish(
    database: Database, claim: Claim, attempt: Attempt, *, done: int | None = None, total: int | None = None
) -> None:
    """The job is done. Raises LostLease."""
    _write(database, claim, "write/job_finish", {"entry": entry_of(attempt), "done": done, "total": total})


def fail(database: Database, claim: Claim, attempt: Attempt, failure: Failure) -> JobState:
    """The attempt failed: the job is queued again or dead. Raises LostLease."""
    params = {
        "entry": entry_of(attempt),
        "cause": failure.cause,
        "error_class": failure.error_class,
        "again": failure.again,
        "delay": milliseconds(failure.delay),
        "id": claim.job,
        "fence": claim.fence,
    }

    def work(tx: Transaction, change: int) -> str:
        ended = _held(claim, tx.rows(statement("write/job_fail"), params))
        if not failure.again:
            dead.tell(tx, change, ended["at"], [ended])
        return ended["state"]

    return JobState(database.write(work, shown=not failure.again))


def release(database: Database, claim: Claim, attempt: Attempt) -> None:
    """Gives the job back undone; the attempt does not count. Raises LostLease."""
    _write(database, claim, "write/job_release", {"entry": entry_of(attempt)})


def _write(database: Database, claim: Claim, name: str, params: Row) -> Row:
    params = {**params, "id": claim.job, "fence": claim.fence}
    return _held(claim, database.write(lambda tx, _: tx.rows(statement(name), params), shown=False))


def _held(claim: Claim, rows: list[Row]) -> Row:
    if not rows:
        raise LostLease(claim.job)
    return rows[0]
