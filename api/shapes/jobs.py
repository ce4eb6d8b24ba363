"""Jobs as doors show them, and what may be asked of the list of them."""

from datetime import datetime
from typing import Annotated, Any

from fastapi import Path
from pydantic import Field

from api.shapes.common import MOST, Asked, Cursor, Page, Told
from graph.job import JobState, Queue

JobId = Annotated[
    str, Path(pattern="^[0-9a-f]{32}$", description="Id of a job.", examples=["0f3a5b8a7c6f4e3d9c4b5a69788796a5"])
]


class AskedJobs(Asked):
    """Jobs that meet all that is asked."""

    state: JobState | None = Field(None, description="Only in this state; `dead` lists dead letters.")
    kind: str | None = Field(None, max_length=100, description="Only this kind.", examples=["rank-mirror"])
    limit: int = Field(50, ge=1, le=MOST)
    cursor: Cursor = None


class JobOut(Told):
    """A job as it stands. `total` is 0 where it is not known how much there is to do."""

    id: str
    key: str
    kind: str
    queue: Queue
    state: JobState
    attempts: int
    version: int
    done: int
    total: int
    worker: str | None
    error_class: str | None
    cause: str | None
    created_at: datetime
    not_before: datetime
    started_at: datetime | None
    lease_until: datetime | None
    finished_at: datetime | None


class AttemptOut(Told):
    """One try at a job; `told` is what the job had to say of it."""

    retry_count: int
    worker_name: str
    task_id: str
    started_at: datetime
    duration_ms: int
    outcome: str
    success: bool
    error_class: str | None
    cause: str | None
    told: dict[str, Any]


class JobDetailOut(JobOut):
    """A job with what was asked and each attempt that ended, the last 50 at most."""

    payload: dict[str, Any]
    log: list[AttemptOut]


class JobsOut(Page):
    """Jobs, the last asked for first."""

    items: list[JobOut]
