"""Future events reach the boards when their time comes, not before; and the boards' regular care in one call."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from graph.database import Database, Transaction
from graph.numbering import take_number
from graph.queries import statement
from graph.trending.board import Boards
from graph.trending.further import Sums, listed
from graph.trending.names import MENTIONS, METRICS, RISK, SANCTIONS, board_kind, groups
from graph.trending.projector import Followed, follow

BATCH = 1000


@dataclass(frozen=True, slots=True)
class Tended:
    """What one round of care did."""

    swept: int
    followed: Followed
    purged: int


def sweep(database: Database, now: int, batch: int = BATCH) -> int:
    """Marks events whose time has come (`now`, epoch ms) and tells the outbox; how many events that were.

    Each batch is one gated transaction with its own outbox record; the boards follow as with any other change. The
    gate is not taken while nothing is due. Raises DatabaseUnavailable.
    """
    swept = 0
    while _due(database, now):
        swept += database.write(lambda tx, change: _batch(tx, change + 1, now, batch))
    return swept


def tend(database: Database, boards: Boards, now: int) -> Tended:
    """Sweeps, follows and purges: to be called every minute by whoever keeps time.

    Raises BoardUnavailable after the sweep is done: the boards follow later.
    """
    swept = sweep(database, now)
    followed = follow(database, boards, now)
    return Tended(swept, followed, purge_members(boards, now))


def purge_members(boards: Boards, now: int) -> int:
    """Drops what shows less than the floor at `now` from every board; how many that were. Raises BoardUnavailable."""
    return sum(boards.of(group.metric).purge(group.half_life, now) for group in groups())


def _due(database: Database, now: int) -> bool:
    row = database.one(statement("read/board_due"), {"now": now})
    return bool(row and row["due"])


def _batch(tx: Transaction, change: int, now: int, limit: int) -> int:
    events = tx.rows(statement("write/board_sweep"), {"now": now, "limit": limit, "change": change})
    if not events:
        return 0
    sums = _contributions(events)
    told: dict[str, Any] = {metric: {"add": listed(sums[metric])} for metric in (RISK, SANCTIONS) if metric in sums}
    told |= {"add": listed(sums.get(MENTIONS, {})), "events": {"boarded": [event["id"] for event in events]}}
    at = datetime.fromtimestamp(now / 1000, UTC)
    take_number(tx, change, at, told)
    return len(events)


def _contributions(events: Sequence[Mapping[str, Any]]) -> dict[str, Sums]:
    """By metric: what each kind's entities gain, by time; mentions of one time are one contribution."""
    found: dict[str, Sums] = {}
    for event in events:
        for mention in event["mentions"]:
            for metric in METRICS:
                if weight := mention[metric]:
                    members = found.setdefault(metric, {}).setdefault(board_kind(mention["kind"]), {})
                    points = members.setdefault(mention["key"], {})
                    points[mention["ts"]] = points.get(mention["ts"], 0.0) + weight
    return found
