"""Events as doors show them, what may be asked of them, and the report of an ingest."""

from datetime import datetime
from typing import Any

from pydantic import Field

from api.shapes.common import MOST, AskedThen, Cursor, Instant, Key, Page, SomeText, Told, Until
from graph.keys import W


class AskedEvents(AskedThen):
    """Events that meet all that is asked."""

    who: list[Key] = Field([], max_length=10, description="Each of these acts in it.")
    what: list[Key] = Field([], max_length=10, description="It is each of these.")
    where: list[Key] = Field([], max_length=10, description="It is at each of these.")
    when: list[Key] = Field([], max_length=10, description="It is in each of these moments.")
    why: list[Key] = Field([], max_length=10, description="It has each of these reasons.")
    text: SomeText | None = Field(None, description="Words of its title or text, in any script.")
    category: str | None = Field(None, max_length=200)
    since: Instant | None = Field(None, description="From here on.")
    until: Until | None = Field(None, description="Up to here, included: a date to the end of its day.")
    limit: int = Field(50, ge=1, le=MOST)
    cursor: Cursor = None

    @property
    def mentions(self) -> list[tuple[W, str]]:
        """All entities asked for, with the W they are asked for in."""
        asked = {W.WHO: self.who, W.WHAT: self.what, W.WHERE: self.where, W.WHEN: self.when, W.WHY: self.why}
        return [(w, key) for w, keys in asked.items() for key in keys]


class EventOut(Told):
    """An event as it stands."""

    id: str
    version: int
    title: str | None
    occurred_at: datetime | None
    ended_at: datetime | None
    precision: str | None
    category: str | None
    code: str | None
    impact: str | None
    confidence: float | None
    story: str | None
    recorded_at: datetime | None


class EventsOut(Page):
    """Events, newest first; `cut` when the words match more than the 1,000 events that are looked at."""

    items: list[EventOut]
    cut: bool = False


class SanctionOut(Told):
    """A match on a sanctions list."""

    list: str
    id: str
    score: float


class MentionOut(Told):
    """One surface form, and the entity it means now."""

    id: str
    surface: str
    role: str | None
    relevance: float | None
    score: float | None
    weight: float | None
    alias: str
    entity: str
    name: str
    kind: str
    risk_score: float | None = Field(validation_alias="risk")
    sanctions: list[SanctionOut]


class DocumentOut(Told):
    """A document that reported it."""

    id: str
    url: str | None
    title: str | None
    source: str | None
    reliability: float | None


class RelationOut(Told):
    """Another event it was caused by, follows or is part of."""

    type: str
    id: str
    title: str | None
    occurred_at: datetime | None


class RelationshipToldOut(Told):
    """A relationship that the event tells, between the entities that its names mean now."""

    subject: str
    subject_name: str
    predicate: str
    object: str
    object_name: str
    confidence: float | None


class VersionOut(EventOut):
    """A version that was."""

    text: str | None


class EventDetailOut(EventOut):
    """An event with its five W's, its documents, its earlier versions and its neighbours. `missing` are the W's that it
    does not tell (a date answers when, a category what), `completeness` is the share of the five that it does. So many
    `sources` published its documents, from so many `independent_origins`: copies of one another, and what one publisher
    told, count once."""

    text: str | None
    change: int | None
    missing: list[W]
    completeness: float
    who: list[MentionOut]
    what: list[MentionOut]
    where: list[MentionOut]
    when: list[MentionOut]
    why: list[MentionOut]
    documents: list[DocumentOut]
    sources: int
    independent_origins: int
    versions: list[VersionOut]
    relations: list[RelationOut]
    relationships: list[RelationshipToldOut]


class EventCounts(Told):
    """What became of the events."""

    new: int
    changed: int
    unchanged: int


class EntityCounts(Told):
    """What became of the names: founded an entity, joined one under a new name, or await review."""

    new: int
    matched: int
    review: int


class RejectOut(Told):
    """A record that was set aside; `position` counts from 1."""

    position: int
    id: str | None
    field: str
    reason: str


class IgnoredOut(Told):
    """A field that was passed over in analyses, how often, and the first record that had it."""

    field: str
    count: int
    position: int
    example: str


class ReportOut(Told):
    """What an ingest did: all counts, and the first 1,000 ids and rejects."""

    events: EventCounts
    mentions: int
    entities: EntityCounts
    rejected: int
    rejects: list[RejectOut]
    ignored: list[IgnoredOut]
    change: int = Field(description="Number of the last batch written, 0 when nothing was.")
    ids: list[str]


EVENT_EXAMPLE: dict[str, Any] = {
    "id": "khashoggi-2018-10-02",
    "occurred_at": "2018-10-02",
    "title": "Jamal Khashoggi enters the Saudi consulate in Istanbul",
    "who": [{"name": "Jamal Khashoggi", "kind": "person", "role": "target"}],
    "what": [{"text": "Disappearance", "kind": "political"}],
    "where": [{"name": "Istanbul", "kind": "city"}],
    "sources": [{"name": "Example News", "url": "https://news.example/1"}],
}
