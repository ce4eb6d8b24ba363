"""Work that must be done once it was asked for: a node with a state, a lease and a log, whoever does it."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from pydantic import BaseModel, ConfigDict


class JobState(StrEnum):
    """Where a job stands. A dead job is a dead letter: it waits for somebody to retry or cancel it."""

    QUEUED = "queued"
    RUNNING = "running"
    DONE = "done"
    DEAD = "dead"
    CANCELLED = "cancelled"


class Queue(StrEnum):
    """Which workers a job is for; a worker serves all of them unless told otherwise, the first ones first."""

    URGENT = "urgent"
    """Somebody waits for it."""
    NORMAL = "normal"
    LONG = "long"
    """Takes minutes."""
    UPKEEP = "upkeep"
    """What the schedules ask for."""


class Attempt(BaseModel):
    """One try at a job, as its log tells it. `told` is what the job itself had to say, such as a count or a url."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    retry_count: int
    worker_name: str
    task_id: str
    started_at: datetime
    duration_ms: int
    outcome: str
    """done, retry, released, lost (with its worker) or dead (the last of its tries)."""
    success: bool
    error_class: str | None = None
    cause: str | None = None
    told: dict[str, Any] = {}


class Job(BaseModel):
    """A job as the graph has it. `version` counts its changes; `attempts` counts tries that were begun and not given
    back; `cause` says why the last one failed."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str
    key: str
    kind: str
    queue: Queue
    state: JobState
    payload: dict[str, Any]
    attempts: int
    fence: int
    version: int
    done: int
    total: int
    worker: str | None = None
    error_class: str | None = None
    cause: str | None = None
    created_at: datetime
    not_before: datetime
    started_at: datetime | None = None
    lease_until: datetime | None = None
    finished_at: datetime | None = None
    log: tuple[Attempt, ...] = ()

    @property
    def over(self) -> bool:
        """Whether nothing more happens to it by itself."""
        return self.state in (JobState.DONE, JobState.DEAD, JobState.CANCELLED)


@dataclass(frozen=True, slots=True)
class Asked:
    """A job to be done. While one with this key is live (queued or running), asking again changes nothing.

    `once`: nor afterwards, as long as the job is remembered. `alone`: nor while any job of this kind is live.
    `delay` is in seconds.
    """

    kind: str
    key: str
    payload: dict[str, Any]
    queue: Queue = Queue.NORMAL
    delay: float = 0.0
    once: bool = False
    alone: bool = False


@dataclass(frozen=True, slots=True)
class Claim:
    """The right to work on a job: it holds as long as the job still bears this fence."""

    job: str
    fence: int
