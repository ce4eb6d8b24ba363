"""One event with all that is known of it, and the list of events by whom they mention, when, and what they say."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import orjson

from graph.database import Database, Row
from graph.errors import InvalidInput, NotFound
from graph.keys import W
from graph.origins import Origins
from graph.queries import statement
from graph.reading.instants import from_time, of_graph, to_time
from graph.reading.lucene import words
from graph.reading.origins import origins_of

TEXT_SCAN = 1_000


@dataclass(frozen=True, slots=True)
class EventRow:
    """An event as it stands in its latest version."""

    id: str
    version: int
    title: str | None
    text: str | None
    occurred_at: datetime | None
    ended_at: datetime | None
    precision: str | None
    ts: int | None
    category: str | None
    code: str | None
    impact: str | None
    confidence: float | None
    story: str | None
    recorded_at: datetime | None
    change: int | None


@dataclass(frozen=True, slots=True)
class MentionRow:
    """One surface form in one W, and the entity it means now."""

    id: str
    w: str
    surface: str
    role: str | None
    relevance: float | None
    score: float | None
    weight: float | None
    alias: str
    entity: str
    name: str
    kind: str
    risk: float | None
    sanctions: list[dict[str, Any]]
    """Matches on lists: list, id and score."""


@dataclass(frozen=True, slots=True)
class DocumentRow:
    """A document that reported the event, and who published it."""

    id: str
    url: str | None
    title: str | None
    source: str | None
    reliability: float | None


@dataclass(frozen=True, slots=True)
class RelationRow:
    """Another event that this one was caused by, follows or is part of."""

    type: str
    id: str
    title: str | None
    occurred_at: datetime | None


@dataclass(frozen=True, slots=True)
class EventDetail:
    """An event, its mentions by W, its documents, its earlier versions (newest first) and its neighbours in time."""

    row: EventRow
    mentions: list[MentionRow]
    documents: list[DocumentRow]
    versions: list[EventRow]
    relations: list[RelationRow]
    origins: Origins = field(default_factory=Origins)
    """How many publishers and independent origins its documents have."""


@dataclass(frozen=True, slots=True)
class EventPage:
    """Events newest first; `more` when older ones follow; `cut` when the words match more events than are looked at."""

    rows: list[EventRow]
    more: bool
    cut: bool = False


def event_detail(database: Database, event_id: str) -> EventDetail:
    """The event with this id. Raises NotFound."""
    found = database.one(statement("read/event_detail"), {"id": event_id})
    if found is None:
        raise NotFound("event", event_id)
    roots = origins_of(database, [event_id])[event_id]
    return EventDetail(
        row=event_of(found["event"]),
        mentions=[_mention(row) for row in found["mentions"]],
        documents=[DocumentRow(**row) for row in found["documents"]],
        versions=[event_of({**row, "id": event_id}) for row in found["versions"]],
        relations=[relation_of(row) for row in found["relations"]],
        origins=roots,
    )


def event_list(
    database: Database,
    *,
    mentions: Sequence[tuple[W, str]] = (),
    text: str | None = None,
    category: str | None = None,
    since: datetime | None = None,
    until: datetime | None = None,
    after: tuple[int, str] | None = None,
    limit: int = 50,
) -> EventPage:
    """Events that meet all that is asked, newest first, ties by id; `after` is the (ts, id) of the last row seen.

    `mentions` are (W, key of any alias). With `text`, the 1,000 events that match the words best are looked at.
    Raises InvalidInput for a text without words.
    """
    params: dict[str, Any] = {
        "category": category,
        "since": from_time(since),
        "until": to_time(until),
        "after": None,
        "limit": limit + 1,
    }
    if after is not None:
        params |= {"until": after[0], "after": after[1]}
    asked = [{"w": str(w), "key": key} for w, key in mentions]
    if text is not None:
        if not (query := words(text)):
            raise InvalidInput("there is no word in it", "text")
        params |= {"words": query, "scan": TEXT_SCAN, "mentions": asked}
        found = database.one(statement("read/event_list_text"), params)
    elif asked:
        found = database.one(statement("read/event_list_mention"), params | asked[0] | {"others": asked[1:]})
    else:
        listing = "read/event_list" if category is None else "read/event_list_category"
        found = database.one(statement(listing), params)
    rows: list[Row] = found["rows"] if found else []
    cut = bool(found) and found.get("matched", 0) >= TEXT_SCAN
    return EventPage([event_of(row) for row in rows[:limit]], len(rows) > limit, cut)


def _mention(row: Row) -> MentionRow:
    sanctions: list[dict[str, Any]] = orjson.loads(row["sanctions"]) if row["sanctions"] else []
    values: Row = {**row, "sanctions": sanctions}
    return MentionRow(**values)


def relation_of(row: Row) -> RelationRow:
    """The noun from a row of the graph."""
    values: Row = {**row, "occurred_at": of_graph(row["occurred_at"])}
    return RelationRow(**values)


def event_of(row: Row) -> EventRow:
    """The noun from an event's properties."""
    return EventRow(
        id=row["id"],
        version=row.get("version") or 1,
        title=row.get("title"),
        text=row.get("text"),
        occurred_at=of_graph(row.get("occurred_at")),
        ended_at=of_graph(row.get("ended_at")),
        precision=row.get("precision"),
        ts=row.get("ts"),
        category=row.get("category"),
        code=row.get("code"),
        impact=row.get("impact"),
        confidence=row.get("confidence"),
        story=row.get("story"),
        recorded_at=of_graph(row.get("recorded_at")),
        change=row.get("change"),
    )
