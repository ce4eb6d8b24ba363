"""Jobs that one thread claimed at once: done one after another, their ends written together.

Meanwhile a keeper (`ingest/keeper.py`) extends the lease of the job that runs, writes ends that have waited for
`UNTOLD` seconds, and gives back what has not begun after `PATIENCE`: so neither a job that is slow for once nor one
that never ends keeps the others. A batch of one is the same without anything to wait for.
"""

import time
from collections import deque
from collections.abc import Iterable, Sequence
from threading import Event, Lock

import structlog

from graph import jobs
from graph.database import Database
from ingest.attempts import Ended, Outcome, Try, cause_of
from ingest.beat import Wake
from ingest.job_context import Context, WorkerOptions
from ingest.job_kinds import Kinds

_log = structlog.get_logger(__name__)

AT_ONCE = 16
"""Jobs of a batch at most."""
SPELL = 0.25
"""Seconds of work that a batch should come to: how many are claimed follows how long others of the kind took."""
UNTOLD = 0.25
PATIENCE = 1.0
SURE = 0.1
"""Seconds for which a claim is taken to hold that a job waits under: then it is looked at before the job begins."""
_WEIGHT = 0.2


class Pace:
    """How long jobs of each kind take: a mean in which older ones count for less. Thread-safe."""

    def __init__(self, kinds: Kinds) -> None:
        self._seconds: dict[str, float | None] = {name: None for name, kind in kinds.items() if kind.brief}

    def told(self, kind: str, seconds: float) -> None:
        """One more took so long."""
        if kind in self._seconds:
            mean = self._seconds[kind]
            self._seconds[kind] = seconds if mean is None else mean + _WEIGHT * (seconds - mean)

    def along(self) -> dict[str, int]:
        """How many others a job of a kind may bring along; none where it is not known how long they take."""
        sizes = {
            name: min(AT_ONCE, int(SPELL / max(seconds, 1e-6)))
            for name, seconds in self._seconds.items()
            if seconds is not None
        }
        return {name: size - 1 for name, size in sizes.items() if size > 1}


class Batch:
    """One batch; to be used in a `with`, at whose end everything is written. `became` tells how each job ended."""

    def __init__(
        self, database: Database, tries: Iterable[Try], options: WorkerOptions, stopping: Event, wake: Wake
    ) -> None:
        self.became: dict[str, Outcome] = {}
        self._database = database
        self._options = options
        self._stopping = stopping
        self._wake = wake
        self._waiting = deque(tries)
        self._running: Try | None = None
        self._begun = False
        self._ended: list[Ended] = []
        self._lock = Lock()
        self._writing = Lock()
        self._seen = time.monotonic()
        # Nobody extends the leases of those that wait: they are given back long before.
        self._late_at = self._seen + min(PATIENCE, options.lease / 3)

    def __enter__(self) -> "Batch":
        return self

    def __exit__(self, *_: object) -> None:
        self.give_back()
        self._write()

    @property
    def pressing(self) -> bool:
        """Whether jobs or ends of them wait."""
        with self._lock:
            return bool(self._waiting or self._ended)

    def next(self) -> tuple[Try, Context] | None:
        """The one whose turn it is; None when none is left that may begin."""
        self._look()
        with self._lock:
            if self._late or not self._waiting:
                return None
            attempt = self._running = self._waiting.popleft()
            self._begun = True
        context = Context(self._database, attempt.job, attempt.claim, self._options, self._stopping)
        attempt.begin(context)
        return attempt, context

    def ended(self, ended: Ended) -> None:
        """The one that ran is over. Its end is written with the others', soon."""
        with self._lock:
            self._running = None
            self._ended.append(ended)

    def give_back(self, *, running: bool = False) -> None:
        """Gives back at once what has not begun, and what is `running`: whatever that writes from now on is refused."""
        with self._lock:
            back = [*self._waiting]
            self._waiting.clear()
            if running and self._running is not None:
                back.append(self._running)
            self._ended += [released(one) for one in back]
        if back:
            self._write()

    @property
    def _late(self) -> bool:
        """Whether no other one is to begin."""
        return self._stopping.is_set() or (self._begun and time.monotonic() > self._late_at)

    def _look(self) -> None:
        """Leaves out what was cancelled, or lost while this process slept."""
        with self._lock:
            waiting = [*self._waiting]
        now = time.monotonic()
        if not waiting or now - self._seen < SURE:
            return
        try:
            standing = jobs.standing(self._database, [one.claim for one in waiting])
        except Exception as error:
            # Begun all the same, as one that was just claimed would be: each of its writes is looked at, too.
            _log.warning("claims cannot be looked at", cause=cause_of(error))
            return
        self._seen = now
        with self._lock:
            gone = [one for one in self._waiting if one.job.id not in standing]
            self._waiting = deque(one for one in self._waiting if one.job.id in standing)
            self._ended += [lost(one, jobs.LostLease(one.job.id)) for one in gone]

    def tend(self) -> None:
        """What is due while a job runs; to be called again and again by another thread. Never raises."""
        if self._late:
            self.give_back()
        with self._lock:
            context = self._running.context if self._running else None
            due = bool(self._ended) and time.monotonic() - self._ended[0].at > UNTOLD
        if due:
            self._write()
        if context is not None:
            context.pulse()

    def _write(self) -> None:
        """Writes the ends that are not written yet. Never raises."""
        with self._writing:
            with self._lock:
                ended, self._ended = self._ended, []
            if not ended:
                return
            ends = [one.end for one in ended if one.end is not None]
            try:
                states = jobs.end(self._database, ends) if ends else {}
            except Exception as error:
                # Their leases run out, and the jobs are done again.
                for one in ended:
                    self.became[one.attempt.job.id] = Outcome.LOST
                    _told(one, "end of job not written", error)
                return
            for one in ended:
                written = one.attempt.job.id in states
                self.became[one.attempt.job.id] = one.outcome if written else Outcome.LOST
                if written or one.end is None:
                    one.say()
                else:
                    _told(one, "job lost", jobs.LostLease(one.attempt.job.id))
        if not self._stopping.is_set():
            self._woken([one for one in ended if one.outcome is Outcome.RELEASED and one.attempt.job.id in states])

    def _woken(self, back: Sequence[Ended]) -> None:
        """Others hear of what was given back, since its messages may be used up; else the sweep tells them."""
        try:
            if back:
                self._wake([(one.attempt.job.id, one.attempt.job.queue) for one in back])
        except Exception as error:
            _log.warning("nobody can be woken", cause=cause_of(error))


def released(attempt: Try) -> Ended:
    """Given back: the attempt does not count."""

    def say() -> None:
        _log.info("job given back", job=attempt.job.id, kind=attempt.job.kind)

    return Ended(attempt, Outcome.RELEASED, attempt.ended(Outcome.RELEASED), say, time.monotonic())


def lost(attempt: Try, error: Exception) -> Ended:
    """Taken from this worker: there is nothing to write."""

    def say() -> None:
        _log.warning("job lost", job=attempt.job.id, kind=attempt.job.kind, cause=cause_of(error))

    return Ended(attempt, Outcome.LOST, None, say, time.monotonic())


def _told(ended: Ended, event: str, error: Exception) -> None:
    _log.warning(event, job=ended.attempt.job.id, kind=ended.attempt.job.kind, cause=cause_of(error))
