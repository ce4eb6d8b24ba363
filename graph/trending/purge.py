"""Drops what is of no use any more: outbox records that everybody followed, forgotten board members, old ranks."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from graph.database import Database
from graph.queries import Statement, statement
from graph.trending.board import Boards
from graph.trending.projector import newest_of
from graph.trending.snapshot import MOST_DAYS, month_of
from graph.trending.sweep import purge_members

OUTBOX_KEPT = timedelta(hours=24)
BATCH = 200
"""Nodes deleted in one gated transaction; an outbox record may have some 300 kB."""


@dataclass(frozen=True, slots=True)
class PurgeReport:
    """How many were dropped: outbox records, members of boards, months of ranks."""

    outbox: int
    members: int
    snapshots: int


def purge(database: Database, boards: Boards, now: int) -> PurgeReport:
    """Drops outbox records older than 24 h that all boards and kept co-mentions have applied (never the newest), board
    members below the floor, and rank histories of months that ended over 400 days ago.

    Raises BoardUnavailable (then nothing was dropped: what the boards have applied is not known), DatabaseUnavailable.
    """
    members = purge_members(boards, now)
    reached = newest_of(boards)
    followed = database.read(statement("read/board_followed"))[0]
    at = datetime.fromtimestamp(now / 1000, UTC)
    upto = {"change": min(reached, followed["followed"], followed["change"] - 1), "before": at - OUTBOX_KEPT}
    oldest = {"month": month_of((at - timedelta(days=MOST_DAYS)).date())}
    return PurgeReport(
        outbox=_until_none(database, statement("write/board_outbox_purge"), upto),
        members=members,
        snapshots=_until_none(database, statement("write/rank_history_purge"), oldest),
    )


def _until_none(database: Database, query: Statement, params: Mapping[str, Any]) -> int:
    purged = 0
    while done := database.write(lambda tx, _: tx.rows(query, {**params, "limit": BATCH}))[0]["purged"]:
        purged += done
    return purged
