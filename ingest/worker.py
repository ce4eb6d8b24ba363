"""Does jobs by their id: claim, run the handler of their kind, write down how it ended. Knows nothing of Celery.

Whoever wakes it, and however often: a job that is not to be had is left alone. What a job needs to be right stands in
the graph (state, lease, fence), so workers may be killed at any moment.
"""

import os
import socket
import time
import traceback
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from secrets import SystemRandom
from threading import Event, Lock

import structlog

from graph import jobs
from graph.database import Database
from graph.errors import AccessDenied, Conflict, InvalidInput, NotFound, PentadError
from graph.job import Attempt, Claim, Job
from graph.jobs import Failure, LostLease
from ingest.job_context import Context, Stopping, TriedAgain, WorkerOptions
from ingest.job_kinds import Kinds

_log = structlog.get_logger(__name__)
_ROOT = Path(__file__).parents[1]

PERMANENT = (InvalidInput, NotFound, Conflict, AccessDenied)
"""What another attempt would meet again: dead at once."""
CAUSE_LENGTH = 500
CLAIM_PAUSES = (0.5, 2.0)
"""Seconds between attempts to claim a job of a graph that cannot be asked now."""
_GROWTH = 6


class UnknownKind(Conflict):
    """A job of a kind that this worker has no handler for: it was asked for by another version."""


class Outcome(StrEnum):
    """What became of being woken for a job."""

    DONE = "done"
    RETRY = "retry"
    DEAD = "dead"
    RELEASED = "released"
    LOST = "lost"
    NONE = "none"
    """It was not to be had: somebody else has it, it is over, or not due."""


class Worker:
    """Runs jobs, any number of threads at once."""

    def __init__(self, database: Database, kinds: Kinds, options: WorkerOptions | None = None) -> None:
        self.name = f"{socket.gethostname()}:{os.getpid()}"
        self._database = database
        self._kinds = kinds
        self._options = options or WorkerOptions()
        self._stopping = Event()
        self._running: dict[str, _Try] = {}
        self._lock = Lock()

    def run(self, job_id: str, task: str = "") -> Outcome:
        """One attempt at the job, if it is to be had, and those that are to follow at once.

        Never raises: what went wrong is in the job and in the log.
        """
        outcome, at_once = self._run(job_id, task)
        while at_once:
            outcome, at_once = self._run(job_id, task)
        return outcome

    def _run(self, job_id: str, task: str) -> tuple[Outcome, bool]:
        if self._stopping.is_set():
            return Outcome.NONE, False
        found = self._claimed(job_id, task)
        if found is None:
            return Outcome.NONE, False
        attempt = _Try(*found, worker=self.name, task=task)
        with self._lock:
            self._running[job_id] = attempt
        try:
            outcome = self._settled(attempt)
            return outcome, outcome is Outcome.RETRY and attempt.at_once
        finally:
            with self._lock:
                self._running.pop(job_id, None)

    def _claimed(self, job_id: str, task: str) -> "tuple[Job, Claim] | None":
        """The job, if it is to be had. A graph that is busy is asked again after a while: else the job would rest until
        the sweep thinks that this worker has forgotten it."""
        for pause in (*CLAIM_PAUSES, None):
            try:
                return jobs.claim(self._database, job_id, worker=self.name, task=task, lease=self._options.lease)
            except Exception as error:
                _log.warning("job cannot be claimed now", job=job_id, cause=cause_of(error))
                if pause is None or self._stopping.wait(pause):
                    break
        return None

    def stop(self, grace: float) -> bool:
        """Takes no more jobs, and lets each running one end at its next heartbeat. Those that still run after `grace`
        seconds are given back: whatever they write from then on is refused. True when none had to be."""
        self._stopping.set()
        until = time.monotonic() + grace
        while self._running and time.monotonic() < until:
            time.sleep(0.05)
        with self._lock:
            left = list(self._running.values())
        for attempt in left:
            try:
                jobs.release(self._database, attempt.claim, attempt.ended(Outcome.RELEASED))
                _log.info("job given back", job=attempt.job.id, kind=attempt.job.kind)
            except Exception as error:
                _log.warning("job cannot be given back", job=attempt.job.id, cause=cause_of(error))
        return not left

    def _settled(self, attempt: "_Try") -> Outcome:
        try:
            return self._tried(attempt)
        except LostLease as error:
            _log.warning("job lost", job=attempt.job.id, kind=attempt.job.kind, cause=str(error))
            return Outcome.LOST
        except Exception as error:
            # The end could not be written: the lease runs out, and the job is done again.
            _log.warning("end of job not written", job=attempt.job.id, kind=attempt.job.kind, cause=cause_of(error))
            return Outcome.LOST

    def _tried(self, attempt: "_Try") -> Outcome:
        job, kind = attempt.job, self._kinds.get(attempt.job.kind)
        context = Context(self._database, job, attempt.claim, self._options, self._stopping)
        attempt.context = context
        context.log.info("job begins", attempt=job.attempts)
        try:
            with context:
                if kind is None:
                    raise UnknownKind(f"this worker knows no jobs of the kind {job.kind!r}")
                context.tell(**(kind.run(context) or {}))
        except Stopping:
            jobs.release(self._database, attempt.claim, attempt.ended(Outcome.RELEASED))
            context.log.info("job given back")
            return Outcome.RELEASED
        except LostLease:
            raise
        except Exception as error:
            return self._failed(attempt, context, error)
        done, total = context.progress or (None, None)
        ended = attempt.ended(Outcome.DONE)
        jobs.finish(self._database, attempt.claim, ended, done=done, total=total)
        context.log.info("job done", duration_ms=ended.duration_ms, **{f"told_{k}": v for k, v in ended.told.items()})
        return Outcome.DONE

    def _failed(self, attempt: "_Try", context: Context, error: Exception) -> Outcome:
        failure = judged(error, attempt.job.attempts, self._options)
        outcome = Outcome.RETRY if failure.again else Outcome.DEAD
        attempt.at_once = failure.again and failure.delay == 0
        jobs.fail(self._database, attempt.claim, attempt.ended(outcome, failure), failure)
        told = {"error_class": failure.error_class, "cause": failure.cause, "attempt": attempt.job.attempts}
        if failure.again:
            context.log.warning("job failed, to be tried again", delay=round(failure.delay, 1), **told)
        else:
            context.log.error("job is dead", exc_info=not isinstance(error, PentadError) and error, **told)
        return outcome


def judged(error: Exception, attempts: int, options: WorkerOptions) -> Failure:
    """What an error means for a job that was tried so often: dead at once where another attempt would meet it again,
    else another one after a pause that grows, until all are used up."""
    again = not isinstance(error, PERMANENT) and attempts < options.attempts
    pause = options.backoff * _GROWTH ** (attempts - 1) * SystemRandom().uniform(0.5, 1.5)
    if isinstance(error, TriedAgain):
        pause = error.pause
    return Failure(type(error).__name__, cause_of(error), again, pause if again else 0.0)


def cause_of(error: Exception) -> str:
    """One line for whoever asks why: our own errors say it, of others the place is told, too."""
    said = " ".join(str(error).split()) or "no message"
    if isinstance(error, PentadError):
        return said[:CAUSE_LENGTH]
    ours = [frame for frame in traceback.extract_tb(error.__traceback__) if Path(frame.filename).is_relative_to(_ROOT)]
    where = f" ({Path(ours[-1].filename).relative_to(_ROOT)}:{ours[-1].lineno} in {ours[-1].name})" if ours else ""
    return said[: CAUSE_LENGTH - len(where)] + where


class _Try:
    """One attempt, for the log of its job."""

    def __init__(self, job: Job, claim: Claim, *, worker: str, task: str) -> None:
        self.job = job
        self.claim = claim
        self.context: Context | None = None
        self.at_once = False
        self._worker = worker
        self._task = task
        self._began = time.monotonic()

    def ended(self, outcome: Outcome, failure: Failure | None = None) -> Attempt:
        """How it ended."""
        return Attempt(
            retry_count=self.job.attempts - 1,
            worker_name=self._worker,
            task_id=self._task,
            started_at=self.job.started_at or datetime.now(UTC),
            duration_ms=round((time.monotonic() - self._began) * 1000),
            outcome=str(outcome),
            success=outcome is Outcome.DONE,
            error_class=failure.error_class if failure else None,
            cause=failure.cause if failure else None,
            told=dict(self.context.told) if self.context else {},
        )
