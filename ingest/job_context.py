"""What a handler has while it works: the payload, a fenced door to the graph, a pulse that keeps its lease.

The lease is extended from another thread (`ingest/batch.py`), so a handler that is busy in one long call keeps its
job. One that tells nothing for `silence` seconds is taken for stuck: its lease is let go, and what it writes later is
refused.
"""

import time
from dataclasses import dataclass
from threading import Event
from typing import Any

import structlog

from graph import jobs
from graph.database import Database
from graph.errors import PentadError
from graph.job import Claim, Job

_log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class WorkerOptions:
    """How a worker holds jobs; times in seconds."""

    lease: float = 120.0
    silence: float = 600.0
    attempts: int = 3
    backoff: float = 10.0
    """Before the second attempt; six times as long before the third."""


class Stopping(Exception):
    """The worker is asked to stop: the job goes back to its queue."""


class TriedAgain(PentadError):
    """The attempt failed, and the handler knows when another one is worth while: after `pause` seconds."""

    def __init__(self, reason: str, pause: float = 0.0) -> None:
        super().__init__(reason)
        self.pause = pause


class Overdue(PentadError):
    """The handler told nothing for too long, so its lease was let go."""


class Context:
    """One attempt at a job. `job` is what was claimed, `database` refuses writes once the claim does not hold."""

    def __init__(self, database: Database, job: Job, claim: Claim, options: WorkerOptions, stopping: Event) -> None:
        self.job = job
        self.claim = claim
        self.database = jobs.FencedDatabase(database, claim)
        self.log = _log.bind(job=job.id, kind=job.kind)
        self.told: dict[str, Any] = {}
        self.progress: tuple[int, int] | None = None
        self._options = options
        self._stopping = stopping
        self._error: PentadError | None = None
        self._heard = self._written = time.monotonic()
        self._shown: tuple[int, int] | None = None
        self._due = 0.0
        self._graph = database

    @property
    def payload(self) -> dict[str, Any]:
        """What was asked."""
        return self.job.payload

    @property
    def retry_count(self) -> int:
        """0 at the first attempt. A retry may change its means, by `previous_error`."""
        return self.job.attempts - 1

    @property
    def previous_error(self) -> str | None:
        """The class of the error that ended the attempt before this one."""
        return self.job.error_class if self.retry_count else None

    def heartbeat(self, done: int, total: int = 0) -> None:
        """Tells how far the job is, `total` 0 where that is not known. Cheap: may be called for each record.

        Raises Stopping when the worker is to stop, LostLease when the job is no longer its own: let both pass.
        """
        self.progress = (done, total)
        self._heard = time.monotonic()
        if self._error is not None:
            raise self._error
        if self._stopping.is_set():
            raise Stopping

    def tell(self, **fields: Any) -> None:
        """Fields for this attempt in the job's log, such as a url; they are kept when it fails, too."""
        self.told.update(fields)

    def pulse(self) -> None:
        """Extends the lease and writes the progress, where it is time for one of them. To be called again and again
        from another thread. Nothing once the job is lost or stuck: the handler hears of it at its next heartbeat."""
        lease, now, progress = self._options.lease, time.monotonic(), self.progress
        if self._error is not None or now < self._due:
            return
        self._due = now + min(1.0, lease / 6) / 2
        if now - self._heard > self._options.silence:
            self._error = Overdue(f"told nothing for {self._options.silence:.0f} s")
            self.log.error("job lets its lease go", cause=str(self._error))
            return
        if progress == self._shown and now - self._written < lease / 3:
            return
        done, total = progress if progress is not None and progress != self._shown else (None, None)
        try:
            jobs.heartbeat(self._graph, self.claim, lease=lease, done=done, total=total)
        except jobs.LostLease as error:
            self._error = error
        except Exception as error:
            # Tried again in a moment: the lease lasts for several.
            self.log.warning("heartbeat failed", cause=str(error))
        else:
            self._written, self._shown = now, progress
