"""The rank mirror: where the best of the board of all mentions stand, written on their nodes for whoever queries the
graph by hand. A copy: `last_synced_at` says of when."""

from collections.abc import Sequence
from datetime import UTC, datetime

from graph.database import Database
from graph.errors import BoardUnavailable
from graph.queries import statement
from graph.trending import decay
from graph.trending.as_of import top_as_of
from graph.trending.board import Boards
from graph.trending.names import ALL

TOP = 5_000
"""Places that are mirrored, and kept by the daily snapshot: nobody looks for the ones behind them by hand, and each
costs a write every 15 minutes and a place a day."""
BATCH = 500
"""Entities in one gated transaction: some 10 ms, so that an ingest hardly waits."""

Place = tuple[str, float, int]
"""Key, score, rank from 1."""


def mirror_ranks(database: Database, boards: Boards, now: int, *, top: int = TOP) -> int:
    """Writes `trend_score`, `trend_rank`, `last_synced_at` of the `top` best and clears those that fell out; how many
    were written. Versions, change numbers and the outbox stay as they are.

    Entities that merged away meanwhile are passed over. Raises DatabaseUnavailable, BudgetExceeded.
    """
    at = datetime.fromtimestamp(now / 1000, UTC)
    best = best_places(database, boards, now, top)
    mirrored = 0
    for begin in range(0, len(best), BATCH):
        rows = place_rows(best[begin : begin + BATCH])
        written = database.write(
            lambda tx, _, rows=rows: tx.rows(statement("write/rank_mirror"), {"rows": rows, "at": at})
        )
        mirrored += written[0]["mirrored"]
    clear = {"at": at, "limit": BATCH}
    while database.write(lambda tx, _: tx.rows(statement("write/rank_clear"), clear))[0]["cleared"]:
        pass
    return mirrored


def best_places(database: Database, boards: Boards, now: int, top: int = TOP) -> Sequence[Place]:
    """The `top` best of the board of all mentions, default half-life; from the graph while Redis has none."""
    try:
        page = boards.top(ALL, decay.DEFAULT_HALF_LIFE, now, top)
    except BoardUnavailable:
        page = None
    return (page or top_as_of(database, now, limit=top)).rows


def place_rows(places: Sequence[Place]) -> list[dict[str, str | float]]:
    """Places as the statements take them."""
    return [{"key": key, "score": score, "rank": rank} for key, score, rank in places]
