"""The jobs of the schedules: each brings one thing up to date, and does nothing where it is."""

from collections.abc import Callable
from dataclasses import asdict
from datetime import datetime
from typing import Any

import structlog

from graph import audit, jobs, replies
from graph.job import Queue
from graph.moment import epoch_ms
from graph.reading import hubs
from graph.trending import Boards, mirror_ranks, purge, snapshot_ranks, sync_trending, tend
from ingest.job_context import Context
from ingest.job_kinds import Kind

_log = structlog.get_logger("pentad.audit")


def upkeep(boards: Boards, clock: Callable[[], datetime]) -> list[Kind]:
    """All kinds that the schedules ask for."""
    care = Upkeep(boards, clock)
    return [
        Kind("future-events", care.future_events, Queue.UPKEEP),
        Kind("co-mentions", care.co_mentions, Queue.UPKEEP),
        Kind("rank-mirror", care.rank_mirror, Queue.UPKEEP),
        Kind("rank-snapshot", care.rank_snapshot, Queue.UPKEEP),
        Kind("drift-check", care.drift_check, Queue.UPKEEP),
        Kind("purge", care.purge, Queue.UPKEEP),
        Kind("audit-head", care.audit_head, Queue.UPKEEP),
    ]


class Upkeep:
    """The handlers, on the boards of one graph."""

    def __init__(self, boards: Boards, clock: Callable[[], datetime]) -> None:
        self._boards = boards
        self._clock = clock

    def future_events(self, context: Context) -> dict[str, Any]:
        """Events whose time has come reach the boards, and the boards the last change."""
        done = tend(context.database, self._boards, self._now)
        return {"swept": done.swept, "change": done.followed.change, "purged": done.purged}

    def co_mentions(self, context: Context) -> dict[str, Any]:
        """The kept co-mentions of hubs reach the last change."""
        return asdict(hubs.follow(context.database))

    def rank_mirror(self, context: Context) -> dict[str, Any]:
        """Ranks on nodes are those of the board."""
        return {"mirrored": mirror_ranks(context.database, self._boards, self._now)}

    def rank_snapshot(self, context: Context) -> dict[str, Any]:
        """Today's ranks are kept."""
        return {"kept": snapshot_ranks(context.database, self._boards, self._now)}

    def drift_check(self, context: Context) -> dict[str, Any]:
        """The boards are what the mentions say; those that drifted are rebuilt."""
        drift = sync_trending(context.database, self._boards, self._now, progress=context.heartbeat)
        told = {"compared": drift.compared, "differing": drift.differing, "missing": drift.missing}
        return {**told, "extra": drift.extra, "rebuilt": drift.rebuilt}

    def purge(self, context: Context) -> dict[str, Any]:
        """What is of no use any more is dropped, jobs that are long over, too."""
        dropped = purge(context.database, self._boards, self._now)
        return {
            **asdict(dropped),
            "jobs": jobs.forget(context.database),
            "replies": replies.forget(context.database, self._clock() - replies.KEPT),
        }

    def audit_head(self, context: Context) -> dict[str, Any]:
        """The head of the audit log is told to the worker's log, so that it stands outside of Neo4j."""
        head = asdict(audit.head(context.database))
        _log.info("audit head", **head)
        return head

    @property
    def _now(self) -> int:
        return epoch_ms(self._clock())
