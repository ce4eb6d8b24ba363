"""What is exported: entities, events with their mentions, and ties between entities, read page by page.

Whoever writes a format may read each of the three as often as it needs; nothing but a page is ever held, so an export
of the whole graph takes no more memory than one of a day.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Protocol

from graph.database import Database, Row
from graph.errors import InvalidInput
from graph.moment import epoch_ms
from graph.queries import statement
from graph.reading.entities import NOT_STATED
from graph.reading.instants import BEGINNING, END, of_graph
from graph.reading.neighbourhood import Edge, neighbourhood
from graph.reading.timeline import entity_timeline

PAGE = 500
TIMEOUT = 60.0
EVENTS = 200
"""Newest events of an entity that go with its neighbourhood."""


@dataclass(frozen=True, slots=True)
class ExportedEntity:
    """An entity; `stated` are attributes that mentions state, `point` is (latitude, longitude)."""

    key: str
    name: str
    kind: str
    mentions: int
    first_seen: datetime | None
    last_seen: datetime | None
    aliases: list[str]
    roles: list[str]
    ws: list[str]
    point: tuple[float, float] | None
    stated: dict[str, Any]


@dataclass(frozen=True, slots=True)
class ExportedMention:
    """One name in one W of an event, and the entity it means; `told`: the kind that was stated of
    the name, no guess."""

    id: str
    w: str
    surface: str
    role: str | None
    relevance: float | None
    key: str
    name: str
    kind: str
    told: str | None
    point: tuple[float, float] | None


@dataclass(frozen=True, slots=True)
class ExportedEvent:
    """An event with its mentions, the ids of its causes, those of them that are exported too, and what reported it."""

    id: str
    title: str
    text: str | None
    at: datetime
    ended_at: datetime | None
    precision: str | None
    category: str | None
    impact: str | None
    confidence: float | None
    recorded_at: datetime | None
    mentions: list[ExportedMention]
    causes: list[str]
    linked: list[str]
    documents: list[dict[str, str | None]] = field(default_factory=list[dict[str, str | None]])


class Content(Protocol):
    """What a format is written of; each call reads anew."""

    def entities(self) -> Iterator[ExportedEntity]: ...

    def events(self) -> Iterator[ExportedEvent]: ...

    def ties(self) -> Iterator[Edge]: ...


@dataclass(frozen=True, slots=True)
class Period:
    """All events of a period (epoch ms, both included) and the entities that they mention."""

    database: Database
    since: int = BEGINNING
    until: int = END

    def entities(self) -> Iterator[ExportedEntity]:
        """By key. Raises DatabaseUnavailable, BudgetExceeded."""
        after: str | None = ""
        while after is not None:
            asked = {"after": after, "since": self.since, "until": self.until, "limit": PAGE}
            row = self.database.read(statement("read/export_entities"), asked, timeout=TIMEOUT)[0]
            yield from map(_entity, row["entities"])
            after = row["last"]

    def events(self) -> Iterator[ExportedEvent]:
        """By time and id. Raises DatabaseUnavailable, BudgetExceeded."""
        since, after = self.since, None
        while True:
            asked = {"since": since, "until": self.until, "after": after, "limit": PAGE}
            rows = self.database.read(statement("read/export_events"), asked, timeout=TIMEOUT)[0]["rows"]
            for row in rows:
                yield _event(row, [one["id"] for one in row["causes"] if self.since <= one["ts"] <= self.until])
            if len(rows) < PAGE:
                return
            since, after = rows[-1]["event"]["ts"], rows[-1]["event"]["id"]

    def ties(self) -> Iterator[Edge]:
        """None: the events themselves join the entities."""
        return iter(())


@dataclass(frozen=True, slots=True)
class Surroundings:
    """The neighbourhood of an entity with its ties, and its newest events as far as they mention those shown."""

    database: Database
    keys: Sequence[str]
    edges: Sequence[Edge]
    ids: Sequence[str]

    def entities(self) -> Iterator[ExportedEntity]:
        """The nearest first. Raises DatabaseUnavailable."""
        row = self.database.read(statement("read/export_some"), {"keys": list(self.keys)})[0]
        yield from map(_entity, row["entities"])

    def events(self) -> Iterator[ExportedEvent]:
        """By time and id; mentions of entities that are not shown are left out. Raises DatabaseUnavailable."""
        shown = set(self.keys)
        for row in self.database.read(statement("read/export_events_of"), {"ids": list(self.ids)})[0]["rows"]:
            kept = [mention for mention in row["mentions"] if mention["key"] in shown]
            linked = [one["id"] for one in row["causes"] if one["id"] in self.ids]
            yield _event({**row, "mentions": kept}, linked)

    def ties(self) -> Iterator[Edge]:
        """Entities named together."""
        return iter(self.edges)


def content_of(
    database: Database,
    *,
    entity: str | None = None,
    depth: int = 1,
    since: datetime | None = None,
    until: datetime | None = None,
) -> Content:
    """What to export: of a period, of everything, or around an entity. Raises NotFound, InvalidInput."""
    if entity is None:
        first, last = BEGINNING if since is None else epoch_ms(since), END if until is None else epoch_ms(until)
        return Period(database, first, last)
    if since is not None or until is not None:
        raise InvalidInput("an entity or a period, not both", "entity")
    found = neighbourhood(database, entity, depth=depth, limit=50)
    told = entity_timeline(database, entity, limit=EVENTS)
    ids = list(dict.fromkeys(row.event for row in told.rows))
    return Surroundings(database, [node.key for node in found.nodes], found.edges, ids)


def _entity(row: Row) -> ExportedEntity:
    return ExportedEntity(
        key=row["key"],
        name=row["name"],
        kind=row.get("kind") or "unspecified",
        mentions=row.get("mentions") or 0,
        first_seen=of_graph(row.get("first_seen")),
        last_seen=of_graph(row.get("last_seen")),
        aliases=list(row.get("aliases") or []),
        roles=list(row.get("roles") or []),
        ws=list(row.get("ws") or []),
        point=_point(row.get("location")),
        stated={name: value for name, value in sorted(row.items()) if name not in NOT_STATED and name != "location"},
    )


def _event(row: Row, linked: list[str]) -> ExportedEvent:
    event: Row = row["event"]
    at = of_graph(event["occurred_at"])
    if at is None:
        raise InvalidInput("an event without a time", event["id"])
    return ExportedEvent(
        id=event["id"],
        title=event.get("title") or "",
        text=event.get("text"),
        at=at,
        ended_at=of_graph(event.get("ended_at")),
        precision=event.get("precision"),
        category=event.get("category"),
        impact=event.get("impact"),
        confidence=event.get("confidence"),
        recorded_at=of_graph(event.get("recorded_at")),
        mentions=[_mention(mention) for mention in row["mentions"]],
        causes=[cause["id"] for cause in row["causes"]],
        linked=linked,
        documents=row["documents"],
    )


def _mention(row: Row) -> ExportedMention:
    names = ("id", "w", "surface", "role", "relevance", "key", "name", "kind")
    told: Row = {name: row[name] for name in names}
    return ExportedMention(**told, told=row["told"], point=_point(row["location"]))


def _point(value: Any) -> tuple[float, float] | None:
    return None if value is None else (float(value.latitude), float(value.longitude))
