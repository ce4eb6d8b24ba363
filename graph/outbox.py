"""What a batch tells the projections: contributions to the boards, values counted anew, events, entities moved."""

from collections.abc import Mapping
from datetime import datetime

from graph.batch import EventWrite
from graph.database import Row, Transaction
from graph.moment import epoch_ms
from graph.numbering import take_number
from graph.rows import weight
from graph.trending import decay, members
from graph.trending.further import further
from graph.trending.names import BOARD_WS, board_kind


def payload(
    tx: Transaction, events: list[EventWrite], kinds: Mapping[str, str], anew: set[str], moved: set[str], at: datetime
) -> Row:
    """The outbox record of a batch; see docs/graph.md. `anew` are entities whose board values are counted anew from
    the mentions as this transaction leaves them (a decrease is a value set, never a negative increment)."""
    told: Row = {
        "events": {
            "new": [write.event.id for write in events if write.known is None],
            "changed": [write.event.id for write in events if write.known is not None],
        }
    }
    added = _added(events, kinds, anew)
    if added:
        told["add"] = added
    now = epoch_ms(at)
    found = members.of_keys(tx.rows, sorted(anew), now, tuple(decay.HALF_LIVES)) if anew else []
    if found:
        told["set"] = {m.key: {"kind": m.kind, "at": now, "values": dict(m.values)} for m in found}
    told |= further(events, kinds, anew, found, now)
    if moved:
        told["moved"] = sorted(moved)
    return told


def tell_pages(tx: Transaction, change: int, at: datetime, pages: Mapping[str, list[str]]) -> None:
    """Takes the number after `change`, and tells what became of pages: their ids by state."""
    take_number(tx, change + 1, at, {"pages": dict(pages)})


def _added(events: list[EventWrite], kinds: Mapping[str, str], anew: set[str]) -> Row:
    boards: dict[str, dict[str, dict[int, float]]] = {}
    for write in events:
        if not write.boarded:
            continue
        at = epoch_ms(write.event.occurred_at)
        for placed in write.placed:
            if placed.mention.w in BOARD_WS and placed.entity not in anew:
                points = boards.setdefault(board_kind(kinds.get(placed.entity)), {}).setdefault(placed.entity, {})
                points[at] = points.get(at, 0.0) + weight(write, placed)
    return {kind: {key: list(points.items()) for key, points in found.items()} for kind, found in boards.items()}
