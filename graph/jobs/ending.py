"""The ends of attempts: any number of them in one transaction, each under its own fence.

One whose claim no longer holds is left as it is and keeps none of the others from being written.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from graph.database import Database, Row, Transaction
from graph.job import Attempt, Claim, JobState
from graph.jobs import dead
from graph.jobs.claims import LostLease
from graph.jobs.rows import entry_of, milliseconds
from graph.queries import statement


@dataclass(frozen=True, slots=True)
class Failure:
    """Why an attempt failed; `again` with a `delay` in seconds, or a dead letter."""

    error_class: str
    cause: str
    again: bool
    delay: float = 0.0


@dataclass(frozen=True, slots=True)
class End:
    """How an attempt ended: it failed, or is given back `undone` and does not count, or else the job is done.

    `progress` are steps done and of how many, where that is to be told.
    """

    claim: Claim
    attempt: Attempt
    failure: Failure | None = None
    undone: bool = False
    progress: tuple[int, int] | None = None


def end(database: Database, ends: Sequence[End]) -> dict[str, JobState]:
    """What became of each job, by id. Those are missing whose claim no longer held: of them nothing was written."""
    params = {"rows": [_row(one) for one in ends]}
    ending = statement("write/jobs_end")
    if not any(one.failure and not one.failure.again for one in ends):
        return _states(database.write_alone(ending, params))

    def work(tx: Transaction, change: int) -> Row:
        found = tx.rows(ending, params)[0]
        dead.tell(tx, change, found["at"], [one for one in found["ended"] if one["state"] == JobState.DEAD])
        return found

    return _states(database.write(work))


def finish(database: Database, claim: Claim, attempt: Attempt, *, progress: tuple[int, int] | None = None) -> None:
    """The job is done. Raises LostLease."""
    _alone(database, End(claim, attempt, progress=progress))


def fail(database: Database, claim: Claim, attempt: Attempt, failure: Failure) -> JobState:
    """The attempt failed: the job is queued again or dead. Raises LostLease."""
    return _alone(database, End(claim, attempt, failure))


def release(database: Database, claim: Claim, attempt: Attempt) -> None:
    """Gives the job back undone; the attempt does not count. Raises LostLease."""
    _alone(database, End(claim, attempt, undone=True))


def _alone(database: Database, one: End) -> JobState:
    state = end(database, [one]).get(one.claim.job)
    if state is None:
        raise LostLease(one.claim.job)
    return state


def _states(found: Row) -> dict[str, JobState]:
    return {one["id"]: JobState(one["state"]) for one in found["ended"]}


def _row(one: End) -> Row:
    failure = one.failure
    done, total = one.progress or (None, None)
    return {
        "id": one.claim.job,
        "fence": one.claim.fence,
        "end": ("retry" if failure.again else "dead") if failure else "released" if one.undone else "done",
        "entry": entry_of(one.attempt),
        "cause": failure.cause if failure else None,
        "error_class": failure.error_class if failure else None,
        "delay": milliseconds(failure.delay) if failure else 0,
        "done": done,
        "total": total,
    }
