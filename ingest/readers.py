"""Reads as they are told, and the job that keeps their decay."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from graph import readers
from graph.database import Database
from graph.errors import InvalidInput
from graph.job import Queue
from ingest.job_context import Context
from ingest.job_kinds import Kind

AHEAD = timedelta(minutes=5)
"""So much may the clock of whoever tells a read be ahead of ours."""


def tell_read(database: Database, reader: str, content: str, at: datetime | None, now: datetime) -> readers.Read:
    """As `graph.readers.read`, now where no time is told. Raises InvalidInput for a time to come, NotFound."""
    if at is not None and at > now + AHEAD:
        raise InvalidInput("lies in the future", "at")
    return readers.read(database, reader, content, at or now, now)


def reader_upkeep(clock: Callable[[], datetime]) -> Kind:
    """The daily job that writes each interest's `decay_factor`."""

    def decay(context: Context) -> dict[str, Any]:
        looked, changed = readers.keep_decay(context.database, clock())
        return {"readers": looked, "changed": changed}

    return Kind("reader-decay", decay, Queue.UPKEEP)
