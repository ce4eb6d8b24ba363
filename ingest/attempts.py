"""One attempt at a job, from its claim to how it ended."""

import time
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from pathlib import Path

from graph.errors import PentadError
from graph.job import Attempt, Claim, Job
from graph.jobs import End, Failure
from ingest.job_context import Context

CAUSE_LENGTH = 500
_ROOT = Path(__file__).parents[1]


class Outcome(StrEnum):
    """What became of being woken for a job."""

    DONE = "done"
    RETRY = "retry"
    DEAD = "dead"
    RELEASED = "released"
    LOST = "lost"
    NONE = "none"
    """It was not to be had: somebody else has it, it is over, or not due."""


class Try:
    """One attempt, for the log of its job. `context` is there once it has begun."""

    def __init__(self, job: Job, claim: Claim, *, worker: str, task: str) -> None:
        self.job = job
        self.claim = claim
        self.context: Context | None = None
        self._worker = worker
        self._task = task
        self._claimed = self._began = time.monotonic()

    def begin(self, context: Context) -> None:
        """Its turn has come."""
        self.context = context
        self._began = time.monotonic()

    @property
    def seconds(self) -> float:
        """Since it began; since it was claimed where it did not."""
        return time.monotonic() - self._began

    def ended(self, outcome: Outcome, failure: Failure | None = None) -> End:
        """How it ended, to be written."""
        claimed_at = self.job.started_at or datetime.now(UTC)
        attempt = Attempt(
            retry_count=self.job.attempts - 1,
            worker_name=self._worker,
            task_id=self._task,
            started_at=claimed_at + timedelta(seconds=self._began - self._claimed),
            duration_ms=round(self.seconds * 1000),
            outcome=str(outcome),
            success=outcome is Outcome.DONE,
            error_class=failure.error_class if failure else None,
            cause=failure.cause if failure else None,
            told=dict(self.context.told) if self.context else {},
        )
        progress = self.context.progress if self.context and outcome is Outcome.DONE else None
        return End(self.claim, attempt, failure, outcome is Outcome.RELEASED, progress)


@dataclass(frozen=True, slots=True)
class Ended:
    """An attempt that is over. `end` is None where nothing is to be written: its claim is lost.

    `say` tells the worker's log, once the end is written.
    """

    attempt: Try
    outcome: Outcome
    end: End | None
    say: Callable[[], object]
    at: float
    """By the monotonic clock."""

    @property
    def again_at_once(self) -> bool:
        """Whether nobody need be woken for the next attempt."""
        failure = self.end.failure if self.end else None
        return failure is not None and failure.again and failure.delay == 0


def cause_of(error: Exception) -> str:
    """One line for whoever asks why: our own errors say it, of others the place is told, too."""
    said = " ".join(str(error).split()) or "no message"
    if isinstance(error, PentadError):
        return said[:CAUSE_LENGTH]
    ours = [frame for frame in traceback.extract_tb(error.__traceback__) if Path(frame.filename).is_relative_to(_ROOT)]
    where = f" ({Path(ours[-1].filename).relative_to(_ROOT)}:{ours[-1].lineno} in {ours[-1].name})" if ours else ""
    return said[: CAUSE_LENGTH - len(where)] + where
