"""Relationships that events tell: those of one entity gathered by predicate and other end, and those of one event."""

from dataclasses import dataclass
from datetime import datetime

from graph.database import Database, Row
from graph.errors import NotFound
from graph.queries import statement
from graph.reading.instants import of_graph

EVIDENCE = 5
"""Events that are shown for each relationship, the newest."""


@dataclass(frozen=True, slots=True)
class Witness:
    """An event that tells a relationship."""

    id: str
    title: str | None
    occurred_at: datetime | None


@dataclass(frozen=True, slots=True)
class Relation:
    """What relates an entity to another: `outgoing` when the entity is the subject. `n` counts the events that say so,
    `confidence` is the highest that one of them states."""

    predicate: str
    outgoing: bool
    key: str
    name: str
    kind: str
    n: int
    confidence: float | None
    first_at: datetime | None
    last_at: datetime | None
    events: list[Witness]


@dataclass(frozen=True, slots=True)
class Relations:
    """Those of one entity, most events first; `more` when there are others."""

    key: str
    name: str
    kind: str
    rows: list[Relation]
    more: bool


@dataclass(frozen=True, slots=True)
class ToldRelation:
    """A relationship as one event tells it, between the entities that its names mean now."""

    subject: str
    subject_name: str
    predicate: str
    object: str
    object_name: str
    confidence: float | None


def entity_relations(database: Database, key: str, limit: int = 50) -> Relations:
    """Live relationships of the entity that holds the alias with this key now. Raises NotFound.

    Ends that were merged into one are no relationship to anybody: they are left out while that lasts.
    """
    found = database.one(
        statement("read/related_of"), {"key": key, "limit": limit + 1, "evidence": EVIDENCE}, timeout=10
    )
    if found is None:
        raise NotFound("entity", key)
    rows = [_relation(row) for row in found["rows"]]
    return Relations(found["key"], found["name"], found["kind"], rows[:limit], len(rows) > limit)


def event_relations(database: Database, event_id: str) -> list[ToldRelation]:
    """What the latest version of an event tells, by predicate."""
    rows = database.read(statement("read/related_told"), {"id": event_id})
    return [ToldRelation(**row) for row in rows]


def _relation(row: Row) -> Relation:
    events = [Witness(one["id"], one["title"], of_graph(one["occurred_at"])) for one in row["events"]]
    times: Row = {"first_at": of_graph(row["first_at"]), "last_at": of_graph(row["last_at"]), "events": events}
    return Relation(**{**row, **times})
