"""A small world for the tests of reads: gated batches with their outbox records, shaped as the store shapes them."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from graph.database import Database, Transaction
from graph.keys import canonical_key, mention_id, short_id
from graph.queries import Statement, statement

DAY = 86_400_000
NOON = 1_538_481_600_000
"""2018-10-02T12:00:00Z, the first instant of this world."""

_ENTITIES = Statement(
    "test/entities",
    """
    UNWIND $rows AS row
    MERGE (x:Entity {key: row.key})
    ON CREATE SET x.kid = row.kid, x.name = row.name, x.kind = row.kind, x.ws = [], x.mentions = 0, x.version = 1,
                  x.roles = [], x.aliases = [row.name]
    MERGE (a:Alias {key: row.key})
    ON CREATE SET a.aid = row.kid, a.name = row.name, a.normalised = toLower(row.name), a.family = 'person',
                  a.discriminator = '', a.kind = row.kind, a.mentions = 0
    MERGE (a)-[:NAMES]->(x)
    """,
)
_EVENTS = Statement(
    "test/events",
    """
    UNWIND $rows AS row
    MERGE (e:Event {id: row.id})
    ON CREATE SET e.version = 0
    SET e.version = e.version + 1, e.title = row.title, e.ts = row.ts, e.boarded = true, e.change = $change,
        e.occurred_at = datetime({epochMillis: row.ts}), e.precision = 'second', e.category = row.category
    WITH e, row
    UNWIND row.mentions AS m
    MATCH (a:Alias {key: m.key})-[:NAMES]->(x:Entity)
    SET x.mentions = x.mentions + 1, a.mentions = a.mentions + 1,
        x.ws = CASE WHEN m.w IN x.ws THEN x.ws ELSE x.ws + m.w END,
        x.last_seen = CASE WHEN x.last_seen > e.occurred_at THEN x.last_seen ELSE e.occurred_at END,
        x.first_seen = CASE WHEN x.first_seen < e.occurred_at THEN x.first_seen ELSE e.occurred_at END
    WITH e, row, m, a, x,
         {id: m.id, kid: x.kid, aid: a.aid, ts: row.ts, alias: a.key, alias0: a.key, surface: a.name, role: 'source',
          relevance: 1.0, score: 1.0, weight: 1.0} AS props
    FOREACH (_ IN CASE m.w WHEN 'WHO' THEN [1] ELSE [] END | CREATE (e)-[k:WHO]->(x) SET k = props)
    FOREACH (_ IN CASE m.w WHEN 'WHERE' THEN [1] ELSE [] END | CREATE (e)-[k:WHERE]->(x) SET k = props)
    FOREACH (_ IN CASE m.w WHEN 'WHAT' THEN [1] ELSE [] END | CREATE (e)-[k:WHAT]->(x) SET k = props)
    """,
)
_CLOSE = Statement(
    "test/close",
    """
    MATCH (e:Event {id: $id})-[m:WHO|WHERE|WHAT]->(x:Entity)
    WHERE m.kid IS NOT NULL
    SET m.closed_kid = m.kid, m.closed_aid = m.aid, m.kid = null, m.aid = null, m.closed_at = datetime(),
        x.mentions = x.mentions - 1, e.change = $change, e.version = e.version + 1
    """,
)
_MERGE = Statement(
    "test/merge",
    """
    MATCH (loser:Entity {key: $loser})
    MATCH (winner:Entity {key: $winner})
    MATCH (a:Alias)-[n:NAMES]->(loser)
    DELETE n
    MERGE (a)-[:NAMES]->(winner)
    WITH DISTINCT loser, winner
    SET winner.mentions = winner.mentions + loser.mentions, loser.mentions = 0,
        winner.ws = winner.ws + [w IN loser.ws WHERE NOT w IN winner.ws]
    WITH loser, winner
    MATCH (e:Event)-[m:WHO]->(loser)
    CREATE (e)-[k:WHO]->(winner)
    SET k = properties(m), k.kid = winner.kid
    DELETE m
    """,
)


@dataclass(frozen=True, slots=True)
class Told:
    """An event by the names in it."""

    id: str
    ts: int
    who: tuple[str, ...] = ()
    where: tuple[str, ...] = ()
    what: tuple[str, ...] = ()
    title: str = ""
    category: str | None = None

    @property
    def mentions(self) -> list[dict[str, str]]:
        """Each name with its W."""
        return [
            {"w": w, "key": key_of(name), "id": mention_id(self.id, w, name, "source", nth)}
            for w, names in (("WHO", self.who), ("WHERE", self.where), ("WHAT", self.what))
            for nth, name in enumerate(names)
        ]


def key_of(name: str) -> str:
    """Key of the alias, and of the entity it founds."""
    return canonical_key("person", name.lower())


class World:
    """Writes what it is told, one batch a call, and leaves the outbox record that projections follow."""

    def __init__(self, database: Database) -> None:
        self.database = database

    def tell(self, events: Iterable[Told], kinds: dict[str, str] | None = None) -> int:
        """New events; the change number they were written at."""
        events = list(events)

        def write(tx: Transaction, change: int) -> dict[str, Any]:
            _found(tx, events, kinds or {})
            tx.rows(_EVENTS, {"rows": [_row(event) for event in events], "change": change + 1})
            return {"events": {"new": [event.id for event in events]}}

        return self._batch(write)

    def retell(self, event: Told) -> int:
        """The event in another version."""

        def write(tx: Transaction, change: int) -> dict[str, Any]:
            tx.rows(_CLOSE, {"id": event.id, "change": change + 1})
            _found(tx, [event], {})
            tx.rows(_EVENTS, {"rows": [_row(event)], "change": change + 1})
            return {"events": {"changed": [event.id]}}

        return self._batch(write)

    def retract(self, event_id: str) -> int:
        """All edges of the event closed."""

        def write(tx: Transaction, change: int) -> dict[str, Any]:
            tx.rows(_CLOSE, {"id": event_id, "change": change + 1})
            return {"events": {"changed": [event_id]}}

        return self._batch(write)

    def merge(self, loser: str, winner: str) -> int:
        """Two entities made one, by name of their first alias; only WHO mentions are moved."""

        def write(tx: Transaction, _: int) -> dict[str, Any]:
            tx.rows(_MERGE, {"loser": key_of(loser), "winner": key_of(winner)})
            return {"moved": [key_of(loser), key_of(winner)]}

        return self._batch(write)

    def _batch(self, work: Any) -> int:
        def write(tx: Transaction, change: int) -> int:
            payload = json.dumps(work(tx, change))
            when = statement("write/outbox")
            at = tx.rows(Statement("test/now", "RETURN datetime() AS at"))[0]["at"]
            return int(tx.rows(when, {"change": change + 1, "at": at, "payload": payload})[0]["change"])

        return self.database.write(write)


def _found(tx: Transaction, events: Iterable[Told], kinds: dict[str, str]) -> None:
    names = {name for event in events for name in (*event.who, *event.where, *event.what)}
    rows = [
        {"key": key_of(name), "kid": short_id(key_of(name)), "name": name, "kind": kinds.get(name, "person")}
        for name in sorted(names)
    ]
    tx.rows(_ENTITIES, {"rows": rows})


def _row(event: Told) -> dict[str, Any]:
    return {
        "id": event.id,
        "ts": event.ts,
        "title": event.title or event.id,
        "category": event.category,
        "mentions": event.mentions,
    }
