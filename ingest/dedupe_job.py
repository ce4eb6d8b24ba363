"""The batch as a job: nightly, and whenever somebody asks for it."""

import uuid
from collections.abc import Callable
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import Any

from graph.job import Asked as AskedJob
from graph.job import Queue
from graph.trending import Boards
from ingest.dedupe_asked import Asked, Engine, Strategy
from ingest.job_context import Context
from ingest.job_kinds import Kind
from ingest.judging import Judging
from ingest.pipeline import Pipeline
from ingest.projections import Projections

NAME = "dedupe"


def asked(given: Asked) -> AskedJob:
    """The job of one run. Raises InvalidInput for a kind that is not compared."""
    _ = given.families
    strategy = given.strategy.value if given.strategy else None
    payload = {"kind": given.kind, "full": given.full, "dry_run": given.dry_run, "strategy": strategy}
    payload["engine"] = given.engine.value
    return AskedJob(NAME, f"{NAME}:{uuid.uuid4().hex}", payload, Queue.LONG)


def deduping(boards: Boards | None, clock: Callable[[], datetime], folder: Path | None) -> Kind:
    """The kind. Its payload is {kind, full, dry_run, strategy, engine}, each of which may be missing; its log tells the
    report. `folder` keeps what spares work. Done again, it finds the ledger as it would have it."""

    def dedupe(context: Context) -> dict[str, Any]:
        # Dedupe and what it stands on take a while to import and much memory: only who runs it pays for that.
        from ingest.deduping import Deduping

        given, strategy = context.payload, context.payload.get("strategy")
        wanted = Asked(
            kind=given.get("kind"),
            full=bool(given.get("full")),
            dry_run=bool(given.get("dry_run")),
            strategy=Strategy(strategy) if strategy else None,
            engine=Engine(given.get("engine") or Engine.DEDUPE),
            cause=f"job {context.job.id}",
        )
        follower = Projections(context.database, boards, clock)
        judging = Judging(Pipeline(context.database, clock, follower), context.database, clock, follower)

        def told(_: str, done: int, total: int) -> None:
            context.heartbeat(done, total)

        return asdict(Deduping(judging, context.database, clock, folder).run(wanted, told))

    return Kind(NAME, dedupe, Queue.LONG)
