"""Relationships between entities, as events tell them: RELATED edges, each with its event as evidence.

An edge knows the mentions of its two ends by their ids and stands on their aliases (`salias`, `oalias`), so it follows
merge and split as mentions do, and is closed, never deleted, when its event gets a new version.
"""

from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import datetime

from graph.batch import EventWrite, Placed
from graph.checking import Fault, pages
from graph.database import Database, Row, Transaction
from graph.fact import State
from graph.keys import W
from graph.moment import epoch_ms
from graph.queries import statement
from graph.relation import folded, relation_id

FOLLOW = 1_000
"""Edges that follow a moved alias in one statement."""
ORIGIN = "event"
"""Where a relationship is from: told by an event."""


def write(tx: Transaction, events: Iterable[EventWrite], now: datetime) -> None:
    """Writes the relationships of events whose mentions are there."""
    rows = [row for one in events if one.event.relationships for row in _rows(one)]
    if rows:
        tx.rows(statement("write/related"), {"rows": rows, "at": now})


def close(tx: Transaction, ids: Sequence[str], now: datetime) -> None:
    """Closes the relationships that former versions of these events told."""
    if ids:
        tx.rows(statement("write/related_close"), {"ids": list(ids), "at": now})


def follow(tx: Transaction, aliases: Collection[str]) -> None:
    """Brings both ends of relationships, live and closed, to the entities that these aliases name now."""
    for alias in aliases:
        for end in ("write/related_follow_subject", "write/related_follow_object"):
            while tx.rows(statement(end), {"alias": alias, "limit": FOLLOW})[0]["moved"] == FOLLOW:
                pass


def check_relations(database: Database) -> Iterator[Fault]:
    """Relationships whose ends do not stand on their mention's alias and that alias's entity, and live ones of events
    that no longer tell them."""
    for page in pages(database, "read/related_check"):
        for row in page:
            if row["astray"]:
                yield Fault(
                    "a relationship is between its aliases' entities", row["key"], f"{row['astray']} lead astray"
                )
            if row["unfounded"]:
                yield Fault("a relationship stands on its mentions", row["key"], f"{row['unfounded']} do not")


def _rows(one: EventWrite) -> Iterator[Row]:
    by_name: dict[str, Placed] = {}
    for placed in one.placed:
        if placed.mention.w in (W.WHO, W.WHERE):
            by_name.setdefault(folded(placed.mention.surface), placed)
    seen = set[str]()
    for told in one.event.relationships:
        ends = by_name.get(folded(told.subject)), by_name.get(folded(told.object))
        if told.since == one.event.occurred_at:
            told = told.model_copy(update={"since": None})
        key = relation_id(one.event.id, told)
        if ends[0] is None or ends[1] is None or key in seen:
            continue
        seen.add(key)
        props = {
            "id": key,
            "event": one.event.id,
            "predicate": told.predicate,
            "origin": ORIGIN,
            "state": State.CURRENT.value,
            "salias": ends[0].alias,
            "oalias": ends[1].alias,
            "subject": ends[0].mention.id(one.event.id),
            "object": ends[1].mention.id(one.event.id),
        }
        if told.confidence is not None:
            props |= {"confidence": told.confidence}
        since = epoch_ms(told.since or one.event.occurred_at)
        until = epoch_ms(told.until) if told.until else None
        yield {"subject": ends[0].entity, "object": ends[1].entity, "since": since, "until": until, "props": props}
