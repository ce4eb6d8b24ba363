"""The list of all entities as it was at a past time, in each of its orders: of whoever had been mentioned by then.

No index keeps former counts, so each page is one scan of all mentions.
"""

import heapq
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from graph.database import Database, Transaction
from graph.entity import UNSPECIFIED
from graph.moment import epoch_ms
from graph.reading.clocks import Clocks
from graph.reading.entities import EntityPage, Order
from graph.trending import ALL, Listed
from graph.trending.standings import Which
from resolution.past.boards import ranked
from resolution.past.identity import Partition
from resolution.past.limits import SECONDS
from resolution.past.reads import entities_of
from resolution.past.tallies import Mentioned, mentioned, most_frequent
from resolution.past.weighing import by_entity


def entity_list_then(
    database: Database,
    clocks: Clocks,
    order: Order = Order.MENTION_COUNT,
    *,
    kind: str | None = None,
    after: tuple[Any, str] | None = None,
    limit: int = 50,
) -> EntityPage:
    """Entities that had been mentioned by then, as `graph.reading.entities.entity_list` orders and pages them. Raises
    BudgetExceeded."""

    def work(tx: Transaction) -> EntityPage:
        partition = Partition(tx, clocks.identity_at)
        held = by_entity((one for one in mentioned(tx, clocks) if one.n), partition)
        if kind is not None:
            kinds = partition.kinds({key: names[0].entity_kind for key, names in held.items()})
            held = {key: names for key, names in held.items() if kinds.get(key, UNSPECIFIED) == kind}
        places = ((_place(order, names), key) for key, names in held.items())
        begin = None if after is None else (_turned(order, after[0]), after[1])
        page = heapq.nsmallest(limit + 1, (one for one in places if begin is None or one > begin))
        told = entities_of(tx, [key for _, key in page[:limit]], clocks)
        return EntityPage([told[key].row for _, key in page[:limit]], len(page) > limit)

    return database.reading(work, timeout=SECONDS)


def entities_by_score_then(
    database: Database, now: int, clocks: Clocks, *, kind: str = ALL, limit: int, offset: int = 0
) -> Listed:
    """Entities that had a score, at `as_of` or `now` (epoch ms). Raises InvalidInput for a kind without a board,
    BudgetExceeded."""
    at, which = clocks.moment(now), Which(kind=kind)

    def work(tx: Transaction) -> Listed:
        best = ranked(tx, which, at, clocks)
        page, end = best[offset : offset + limit], offset + limit
        told = entities_of(tx, [key for key, _ in page], clocks.of(at))
        rows = [replace(told[key].row, trending_score=score) for key, score in page]
        return Listed(rows, end if end < len(best) else None, degraded=False)

    return database.reading(work, timeout=SECONDS)


def _place(order: Order, names: Sequence[Mentioned]) -> Any:
    """What an entity is ordered by, so that the first is the least."""
    if order is Order.NAME:
        return most_frequent(names).name
    return -sum(one.n for one in names) if order is Order.MENTION_COUNT else -max(one.last or 0 for one in names)


def _turned(order: Order, value: Any) -> Any:
    """The same of the value of a row."""
    if order is Order.NAME:
        return value
    return -(epoch_ms(value) if isinstance(value, datetime) else value)
