"""Does jobs by their id: claim, run the handler of their kind, write down how it ended. Knows nothing of Celery.

Whoever wakes it, and however often: a job that is not to be had is left alone. What a job needs to be right stands in
the graph (state, lease, fence), so workers may be killed at any moment. Of a brief kind it takes along others that wait
(`ingest/batch.py`).
"""

import os
import socket
import time
from collections import deque
from collections.abc import Iterable
from functools import partial
from secrets import SystemRandom
from threading import Event, Lock

import structlog

from graph import jobs
from graph.database import Database
from graph.errors import AccessDenied, Conflict, InvalidInput, NotFound, PentadError
from graph.jobs import Failure, LostLease
from ingest.attempts import Ended, Outcome, Try, cause_of
from ingest.batch import Batch, Pace, lost, released
from ingest.beat import Wake
from ingest.job_context import Context, Stopping, TriedAgain, WorkerOptions
from ingest.job_kinds import Kinds
from ingest.keeper import Keeper
from ingest.memory import Memory

_log = structlog.get_logger(__name__)

PERMANENT = (InvalidInput, NotFound, Conflict, AccessDenied)
"""What another attempt would meet again: dead at once."""
CLAIM_PAUSES = (0.5, 2.0)
"""Seconds between attempts to claim a job of a graph that cannot be asked now."""
REMEMBERED = 4_096
"""Jobs done before their message came: it is known for nothing then, and the graph need not be asked."""
_GROWTH = 6


class UnknownKind(Conflict):
    """A job of a kind that this worker has no handler for: it was asked for by another version."""


def wakes_nobody(_: object) -> None:
    """What was given back is left to the sweep."""


class Worker:
    """Runs jobs, any number of threads at once. `wake` wakes workers for jobs that it claimed and gives back."""

    def __init__(
        self, database: Database, kinds: Kinds, options: WorkerOptions | None = None, wake: Wake = wakes_nobody
    ) -> None:
        self.name = f"{socket.gethostname()}:{os.getpid()}"
        self._database = database
        self._kinds = kinds
        self._options = options or WorkerOptions()
        self._wake = wake
        self._pace = Pace(kinds)
        self._stopping = Event()
        self._keeper = Keeper(self._options.lease)
        self._memory = Memory()
        self._unheard: dict[str, None] = {}
        self._lock = Lock()

    def run(self, job_id: str, task: str = "") -> Outcome:
        """One attempt at the job, if it is to be had, and those that are to follow at once; the same for others that
        came along with it.

        Never raises: what went wrong is in the job and in the log.
        """
        with self._lock:
            if job_id in self._unheard:
                # Once only: after a restore of the graph it may wait again.
                del self._unheard[job_id]
                return Outcome.NONE
        outcome = Outcome.NONE
        at_once = deque([job_id])
        while at_once:
            batch = self._claimed(at_once.popleft(), task)
            if batch is None:
                continue
            at_once += self._done(batch)
            outcome = batch.became.get(job_id, outcome)
            self._remember(id_ for id_, became in batch.became.items() if became is Outcome.DONE and id_ != job_id)
        return outcome

    def stop(self, grace: float) -> bool:
        """Takes no more jobs, gives back those that have not begun, and lets each running one end at its next
        heartbeat. Those that still run after `grace` seconds are given back: whatever they write from then on is
        refused. True when none had to be."""
        self._stopping.set()
        until = time.monotonic() + grace
        while self._keeper.open and time.monotonic() < until:
            time.sleep(0.05)
        left = self._keeper.open
        for batch in left:
            batch.give_back(running=True)
        return not left

    def _claimed(self, job_id: str, task: str) -> Batch | None:
        """The job, if it is to be had, and who came along. A graph that is busy is asked again after a while: else the
        job would rest until the sweep thinks that this worker has forgotten it."""
        along = self._pace.along()
        for pause in (*CLAIM_PAUSES, None):
            if self._stopping.is_set():
                break
            try:
                taken = jobs.claim(
                    self._database, job_id, worker=self.name, task=task, lease=self._options.lease, along=along
                )
            except Exception as error:
                _log.warning("job cannot be claimed now", job=job_id, cause=cause_of(error))
                if pause is None or self._stopping.wait(pause):
                    break
            else:
                tries = [Try(*one, worker=self.name, task=task) for one in taken]
                return Batch(self._database, tries, self._options, self._stopping, self._wake) if tries else None
        return None

    def _done(self, batch: Batch) -> list[str]:
        """Does the jobs of the batch; those that are to be tried again at once."""
        at_once: list[str] = []
        self._keeper.add(batch)
        try:
            with batch:
                while (turn := batch.next()) is not None:
                    attempt, context = turn
                    ended = self._tried(attempt, context)
                    batch.ended(ended)
                    self._pace.told(attempt.job.kind, attempt.seconds)
                    if ended.again_at_once:
                        at_once.append(attempt.job.id)
        finally:
            self._keeper.discard(batch)
            self._memory.give_back()
        return [one for one in at_once if batch.became.get(one) is Outcome.RETRY]

    def _tried(self, attempt: Try, context: Context) -> Ended:
        job, kind = attempt.job, self._kinds.get(attempt.job.kind)
        context.log.info("job begins", attempt=job.attempts)
        try:
            if kind is None:
                raise UnknownKind(f"this worker knows no jobs of the kind {job.kind!r}")
            context.tell(**(kind.run(context) or {}))
        except Stopping:
            return released(attempt)
        except LostLease as error:
            return lost(attempt, error)
        except Exception as error:
            return self._failed(attempt, context, error)
        end = attempt.ended(Outcome.DONE)
        told = {f"told_{name}": value for name, value in end.attempt.told.items()}
        say = partial(context.log.info, "job done", duration_ms=end.attempt.duration_ms, **told)
        return Ended(attempt, Outcome.DONE, end, say, time.monotonic())

    def _failed(self, attempt: Try, context: Context, error: Exception) -> Ended:
        failure = judged(error, attempt.job.attempts, self._options)
        outcome = Outcome.RETRY if failure.again else Outcome.DEAD
        told = {"error_class": failure.error_class, "cause": failure.cause, "attempt": attempt.job.attempts}
        if failure.again:
            say = partial(context.log.warning, "job failed, to be tried again", delay=round(failure.delay, 1), **told)
        else:
            trace = not isinstance(error, PentadError) and error
            say = partial(context.log.error, "job is dead", exc_info=trace, **told)
        return Ended(attempt, outcome, attempt.ended(outcome, failure), say, time.monotonic())

    def _remember(self, done: Iterable[str]) -> None:
        with self._lock:
            self._unheard |= dict.fromkeys(done)
            while len(self._unheard) > REMEMBERED:
                del self._unheard[next(iter(self._unheard))]


def judged(error: Exception, attempts: int, options: WorkerOptions) -> Failure:
    """What an error means for a job that was tried so often: dead at once where another attempt would meet it again,
    else another one after a pause that grows, until all are used up."""
    again = not isinstance(error, PERMANENT) and attempts < options.attempts
    pause = options.backoff * _GROWTH ** (attempts - 1) * SystemRandom().uniform(0.5, 1.5)
    if isinstance(error, TriedAgain):
        pause = error.pause
    return Failure(type(error).__name__, cause_of(error), again, pause if again else 0.0)
