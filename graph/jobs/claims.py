"""The right to work on jobs: claimed, extended, and looked at by each write, which is refused once it no longer holds.

A lease can run out while its worker only sleeps (a paused machine, a long collection). So time decides who may claim,
and the fence decides who may write: it rises with each claim, and a write under an older one rolls back.
"""

from collections.abc import Callable, Iterable, Mapping
from typing import TypeVar

from graph.database import Database, Params, Row, Transaction
from graph.errors import Conflict
from graph.job import Claim, Job
from graph.jobs.rows import job_of, milliseconds
from graph.queries import Statement, statement

T = TypeVar("T")

LOOKED_THROUGH = 128
"""Queued jobs among which those are looked for that may come along: where others wait in front, one goes alone."""


class LostLease(Conflict):
    """The job was taken from this worker: its lease ran out, or somebody cancelled it. Nothing was written."""

    def __init__(self, job: str) -> None:
        super().__init__(f"job {job} is no longer ours: its lease ran out, or it was cancelled")


def claim(
    database: Database, job: str, *, worker: str, task: str, lease: float, along: Mapping[str, int] | None = None
) -> list[tuple[Job, Claim]]:
    """The job and the right to work on it for `lease` seconds; empty when it is not to be had now.

    It may be running elsewhere, be over, or not be due. Of several who claim at once, one gets it.
    `along` tells of which kinds others may come along, and how many: those that wait in the same queue, may begin, and
    were never tried, if this one was not either. So a job that ended its worker is alone from then on. Each has a fence
    of its own; one that came along and is lost with its worker has no attempt counted, since it may not have begun.
    """
    params = {
        "id": job,
        "worker": worker,
        "task": task,
        "lease": milliseconds(lease),
        "along": dict(along or {}),
        "most": max((along or {}).values(), default=0),
        "look": LOOKED_THROUGH,
    }
    taken = [job_of(row) for row in database.write_alone(statement("write/jobs_claim"), params)["jobs"]]
    return [(one, Claim(one.id, one.fence)) for one in taken]


def standing(database: Database, claims: Iterable[Claim]) -> set[str]:
    """Ids of the jobs whose claims hold now."""
    rows = [{"id": claim.job, "fence": claim.fence} for claim in claims]
    return set(database.read(statement("read/jobs_standing"), {"rows": rows})[0]["ids"])


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

    def write_alone(self, query: Statement, params: Params | None = None) -> Row:
        """As `Database.write_alone`, in as many messages as it takes. Raises LostLease too."""
        return self.write(lambda tx, _: tx.rows(query, params), shown=False)[0]


def heartbeat(
    database: Database, claim: Claim, *, lease: float, done: int | None = None, total: int | None = None
) -> int:
    """Extends the lease to `lease` seconds from now and tells progress; the job's version. Raises LostLease."""
    params = {"lease": milliseconds(lease), "done": done, "total": total, "id": claim.job, "fence": claim.fence}
    rows = database.write(lambda tx, _: tx.rows(statement("write/job_heartbeat"), params), shown=False)
    return _held(claim, rows)["version"]


def _held(claim: Claim, rows: list[Row]) -> Row:
    if not rows:
        raise LostLease(claim.job)
    return rows[0]
