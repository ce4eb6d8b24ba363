"""The change feed as doors show it."""

from datetime import datetime

from pydantic import Field

from api.shapes.common import Asked, Cursor, Told


class AskedChanges(Asked):
    """From where on."""

    after: int | None = Field(None, ge=0, description="Changes after this number, such as one of an earlier answer.")
    limit: int = Field(20, ge=1, le=100, description="Changes at most; one may hold a thousand events.")
    cursor: Cursor = None


class FeedOut(Told):
    """One thing that happened: `event.formed`, `event.updated`, `event.merged` (it went into another one), `event.due`
    (its time has come), `claim.extracted`,
    `entity.discovered` (persons, organisations, places and whom no kind is known of, first told), `entity.merged`,
    `entity.split` (the aliases of its first judgement, and the decision), `entity.regrouped` (entities whose names
    came or went), `entity.enriched` (Wikidata told of them), `entity.confidence` (a page was read that names who was
    known from pages: what these say together of how sure they are has moved), `page.created`, `page.extracted`,
    `page.low_quality`, `page.failed`, `page.semantic_done` or `page.semantic_failed` (no further attempt to read its
    text will be made) (ids of artifacts)."""

    type: str
    ids: list[str]
    decision: str | None
    count: int


class CommittedOut(Told):
    """A change with what happened in it; nothing where only projections moved."""

    change: int
    at: datetime | None
    feed: list[FeedOut]


class ChangesOut(Told):
    """Changes, oldest first. `next_cursor` goes on after the last one, also when there is nothing newer yet."""

    items: list[CommittedOut]
    next_cursor: str
