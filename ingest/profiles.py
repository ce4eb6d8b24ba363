"""The job that keeps profiles of entities and events up to date, where an embedder is set."""

from typing import Any

from graph.embedding import Embedder, event_profiles, profiles
from graph.job import Queue
from ingest.job_context import Context
from ingest.job_kinds import Kind


def profile_upkeep(embedder: Embedder | None) -> Kind:
    """Does nothing without an embedder."""

    def run(context: Context) -> dict[str, Any]:
        if embedder is None:
            return {"profiles": 0, "events": 0}
        made = profiles.follow(context.database, embedder, context.heartbeat)
        return {"profiles": made, "events": event_profiles.follow(context.database, embedder, context.heartbeat)}

    return Kind("profiles", run, Queue.UPKEEP)
