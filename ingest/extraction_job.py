"""The job that reads the names of stored events anew: `pentad extract-entities`, asked for and done by a worker."""

from collections.abc import Callable
from dataclasses import asdict
from datetime import datetime, timedelta
from typing import Any

from graph.errors import InvalidInput
from graph.job import Queue
from graph.trending import Boards
from ingest.backfill import Backfill
from ingest.job_context import Context
from ingest.job_kinds import Kind
from ingest.pipeline import Pipeline
from ingest.projections import Projections

NAME = "extract-entities"


def extraction(boards: Boards | None, clock: Callable[[], datetime]) -> Kind:
    """The kind. Its payload is {days: a number}, or {} for all events; its log tells what was read and changed.

    Done again, or done halfway and again, it leaves alone what is read as it would be today.
    """

    def extract_entities(context: Context) -> dict[str, Any]:
        days = context.payload.get("days")
        if days is not None and (isinstance(days, bool) or not isinstance(days, int | float) or days < 0):
            raise InvalidInput("is no number of days", "days")
        since = None if days is None else clock() - timedelta(days=days)
        follower = Projections(context.database, boards, clock)
        backfill = Backfill(context.database, Pipeline(context.database, clock, follower))
        total = backfill.count(since)
        context.heartbeat(0, total)
        return asdict(backfill.run(since, lambda done: context.heartbeat(done.events_read, total)))

    return Kind(NAME, extract_entities, Queue.LONG)
