"""A job as Neo4j holds it, and as a noun."""

from typing import Any

import orjson

from graph.database import Row
from graph.job import Attempt, Job
from graph.reading.instants import of_graph

_TIMES = ("created_at", "not_before", "started_at", "lease_until", "finished_at")
_SAME = ("id", "key", "kind", "queue", "state", "attempts", "fence", "version", "done", "total", "worker")
_TOLD = ("error_class", "cause")


def job_of(row: Row) -> Job:
    """All properties of a Job node as a noun."""
    told: dict[str, Any] = {name: row.get(name) for name in (*_SAME, *_TOLD)}
    told |= {name: of_graph(row.get(name)) for name in _TIMES}
    log = tuple(Attempt.model_validate_json(entry) for entry in row["log"])
    return Job.model_validate({**told, "payload": orjson.loads(row["payload"]), "log": log})


def json_text(value: object) -> str:
    """JSON for a property of a Job node."""
    return orjson.dumps(value, default=str).decode()


def entry_of(attempt: Attempt) -> str:
    """An attempt as the log keeps it."""
    return attempt.model_dump_json(exclude_none=True)


def milliseconds(seconds: float) -> int:
    """Seconds as Cypher's durations want them."""
    return round(seconds * 1000)
