"""One entity by any key it ever had, and the list of all of them."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any

from neo4j.spatial import Point
from neo4j.time import DateTime

from graph.database import Database, Row
from graph.errors import NotFound
from graph.queries import statement
from graph.reading.instants import of_graph

ALIASES_SHOWN = 200
Attribute = str | float | bool | list[str] | list[float]
NOT_STATED = frozenset(
    "key kid name kind kind_source aliases roles role_counts ws mentions first_seen last_seen version hub"
    " beside lies_in created_at updated_at last_synced_at trend_score trend_rank".split()
)
"""Properties of an entity that Pentad itself keeps; all others were stated."""


class Order(StrEnum):
    """How a list of entities is ordered; counts and times fall, names rise."""

    MENTION_COUNT = "mention_count"
    LAST_SEEN = "last_seen"
    NAME = "name"


@dataclass(frozen=True, slots=True)
class EntityRow:
    """An entity in a list; `alias` and `alias_key` tell which of its names matched a search, `trending_score` is
    told in a list by score."""

    key: str
    name: str
    kind: str
    mentions: int
    first_seen: datetime | None
    last_seen: datetime | None
    roles: list[str]
    ws: list[str]
    alias: str | None = None
    alias_key: str | None = None
    trending_score: float | None = None


@dataclass(frozen=True, slots=True)
class AliasRow:
    """One normalised name of an entity, with how often and when it was used."""

    key: str
    name: str
    normalised: str
    family: str
    discriminator: str
    kind: str | None
    mentions: int
    first_seen: datetime | None
    last_seen: datetime | None


@dataclass(frozen=True, slots=True)
class EntityDetail:
    """An entity with its aliases, most frequent first (200 at most, `alias_count` says of how many).

    `trend_score` and `trend_rank` are those of the rank mirror at `last_synced_at`. `attributes` is all that was stated
    of it; a point is [latitude, longitude].
    """

    row: EntityRow
    kind_source: str | None
    version: int
    hub: bool
    created_at: datetime | None
    updated_at: datetime | None
    last_synced_at: datetime | None
    trend_score: float | None
    trend_rank: int | None
    attributes: dict[str, Attribute]
    alias_count: int
    aliases: list[AliasRow] = field(default_factory=list[AliasRow])


@dataclass(frozen=True, slots=True)
class EntityPage:
    """Rows of a list in order; `more` when others follow the last one."""

    rows: list[EntityRow]
    more: bool


_LISTS = {
    Order.MENTION_COUNT: ("read/entity_list_mentions", "mentions"),
    Order.LAST_SEEN: ("read/entity_list_last_seen", "seen"),
    Order.NAME: ("read/entity_list_name", "name"),
}


def entity_detail(database: Database, key: str) -> EntityDetail:
    """The entity that holds the alias with this key now. Raises NotFound."""
    found = database.one(statement("read/entity_detail"), {"key": key, "aliases": ALIASES_SHOWN})
    if found is None:
        raise NotFound("entity", key)
    entity = found["entity"]
    return EntityDetail(
        row=entity_row(entity),
        kind_source=entity.get("kind_source"),
        version=entity.get("version", 1),
        hub=entity.get("hub", False),
        created_at=of_graph(entity.get("created_at")),
        updated_at=of_graph(entity.get("updated_at")),
        last_synced_at=of_graph(entity.get("last_synced_at")),
        trend_score=entity.get("trend_score"),
        trend_rank=entity.get("trend_rank"),
        attributes={name: _attribute(value) for name, value in sorted(entity.items()) if name not in NOT_STATED},
        alias_count=found["alias_count"],
        aliases=[_alias(row) for row in found["aliases"]],
    )


def entity_list(
    database: Database,
    order: Order = Order.MENTION_COUNT,
    *,
    kind: str | None = None,
    after: tuple[Any, str] | None = None,
    limit: int = 50,
) -> EntityPage:
    """Entities that are mentioned, ordered, ties by key; `after` is the (order value, key) of the last row seen."""
    name, column = _LISTS[order]
    value, key = after or (None, None)
    if order is Order.MENTION_COUNT and kind is not None:
        name = "read/entity_list_mentions_kind"
    params = {"kind": kind, column: value, "after": key, "limit": limit + 1}
    rows = database.read(statement(name), params)[0]["rows"]
    return EntityPage([entity_row(row) for row in rows[:limit]], len(rows) > limit)


def entity_rows(database: Database, keys: Sequence[str]) -> dict[str, Row]:
    """What is shown of the entities that hold these keys now, by the key asked for; a key of none is left out."""
    if not keys:
        return {}
    found = database.one(statement("read/entity_rows"), {"keys": list(keys)})
    return {row["asked"]: row for row in (found["rows"] if found else ())}


def entity_row(row: Row) -> EntityRow:
    """A row of the graph, or all properties of an Entity node, as a noun."""
    return EntityRow(
        key=row["key"],
        name=row["name"],
        kind=row["kind"],
        mentions=row.get("mentions") or 0,
        first_seen=of_graph(row.get("first_seen")),
        last_seen=of_graph(row.get("last_seen")),
        roles=list(row.get("roles") or []),
        ws=list(row.get("ws") or []),
        alias=row.get("alias"),
        alias_key=row.get("alias_key"),
        trending_score=row.get("trending_score"),
    )


def _attribute(value: Any) -> Attribute:
    if isinstance(value, Point):
        longitude, latitude = value[0], value[1]
        return [latitude, longitude]
    return value.iso_format() if isinstance(value, DateTime) else value


def _alias(row: Row) -> AliasRow:
    return AliasRow(
        key=row["key"],
        name=row["name"],
        normalised=row["normalised"],
        family=row["family"],
        discriminator=row["discriminator"] or "",
        kind=row["kind"],
        mentions=row["mentions"] or 0,
        first_seen=of_graph(row["first_seen"]),
        last_seen=of_graph(row["last_seen"]),
    )
